"""Counts of different values that add up over any split. Every value is made up."""

import pickle
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detectors.distinct import MOST, Distinct
from detectors.texts import Texts


def count(values: list[str]) -> Distinct:
    texts = Texts(pa.array(values, pa.large_string()))
    return Distinct.of(texts, texts.offsets[:-1], texts.offsets[1:])


WORDS = st.text("0aé中\0", max_size=9) | st.sampled_from(["a" * n for n in (7, 8, 9, 16, 17, 64)])


@settings(deadline=None, max_examples=200)
@given(st.lists(WORDS, max_size=60), st.lists(st.integers(0, 60), max_size=5))
def test_it_is_exact_while_values_are_few_however_they_are_split(
    values: list[str], cuts: list[int]
) -> None:
    added = Distinct()
    for start, end in pairwise(sorted({0, *cuts, 60})):
        added += count(values[start:end])
    assert added == count(values)
    assert len(added) == len(set(values))


@pytest.mark.parametrize("parts", [1, 2, 7, 50])
def test_beyond_the_most_it_says_many_in_any_split(parts: int) -> None:
    values = [str(10**10 + n % 300) for n in range(6000)]
    added = Distinct()
    for n in range(parts):
        added += count(values[n::parts])
    assert added.many
    assert len(added) == MOST + 1
    assert added + count(["a"]) == count(["a"]) + added == added


def test_few_values_are_few_after_many_rows() -> None:
    assert len(count(["13900000000", "13900000001"] * 20_000)) == 2


@pytest.mark.parametrize("length", [9, 100, 1024, 1025, 5000])
def test_long_texts_that_differ_at_an_end_are_different(length: int) -> None:
    body = "长" * length
    assert len(count([body, f"a{body}", f"{body}a", f"{body}b", body])) == 4


def test_labels_count_apart() -> None:
    texts = Texts(pa.array(["a", "b", "c"]))
    found = Distinct.of(texts, texts.offsets[:-1], texts.offsets[1:], np.array([3, 4095, 3]))
    assert [found.labelled(labels) for labels in ([3], [4095], [3, 4095], [])] == [2, 1, 3, 0]


def test_beginnings() -> None:
    texts = Texts(pa.array(["139", "1380", "135", "1"]))
    starts = texts.offsets[:-1]
    assert [len(Distinct.heads(texts, starts, size)) for size in (1, 3)] == [1, 4]


def test_neither_value_nor_hash_is_shown() -> None:
    found = count(["13900000000"])
    (key,) = found.keys
    assert str(key) not in repr(found)
    assert pickle.loads(pickle.dumps(found)) == found
