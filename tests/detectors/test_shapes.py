"""Patterns of users: within bounds, found by RE2 as Python's `regex` would find them."""

from random import Random

import numpy as np
import pyarrow as pa
import pytest
import regex

from detectors.shapes import PatternError, Shape
from detectors.texts import Texts
from tests.detectors.lookalikes import takes_linear_time

GOOD = (
    "M-?[0-9]{8}",
    r"\p{Han}{2}[A-Z]\d{4}",
    r"(?:AB|C(?P<x>D))_\d{3,5}",
    r"[^\s0-9]{2}\.\w{2,3}",
)
BAD = [
    pytest.param("(a+)+$", "no end", id="nested repetition"),
    pytest.param("[0-9]*", "no end", id="star"),
    pytest.param("[0-9]{6,}", "no end", id="open count"),
    pytest.param("(?:[0-9]{0,20}){0,20}", "no end", id="longer than a value"),
    pytest.param("[0-9]{0,3}", "empty text", id="empty"),
    pytest.param("^$", "empty text", id="anchors"),
    pytest.param("[A-", "RE2", id="open class"),
    pytest.param(r"(?=1)\d{3}", "look-around", id="look-ahead"),
    pytest.param(r"(\d)\1", "RE2", id="back reference"),
    pytest.param("[[:alpha:]]{3}", "write the characters out", id="POSIX class"),
    pytest.param(r"\p{Greek}{3}", "write the characters out", id="script"),
]


def found(shape: Shape, values: list[str]) -> list[list[str]]:
    texts = Texts(pa.array(values, pa.large_string()))
    out: list[list[str]] = [[] for _ in values]
    for start, end in zip(*shape.spans(texts), strict=True):
        out[texts.row_of(np.array([start]))[0]].append(texts.text(start, end))
    return out


@pytest.mark.parametrize(("pattern", "says"), BAD)
def test_a_pattern_without_bounds_is_refused_in_a_sentence(pattern: str, says: str) -> None:
    with pytest.raises(PatternError, match=says):
        Shape.of(pattern)


@pytest.mark.parametrize("pattern", GOOD)
def test_samples_are_found_and_are_the_same_in_every_run(pattern: str) -> None:
    shape = Shape.of(pattern)
    samples = shape.samples(200, Random(1))
    assert samples == shape.samples(200, Random(1))
    assert len(set(samples)) > 50
    whole = [s for s in samples if s[0].isalnum() and s[-1].isalnum()]
    assert found(shape, whole) == [[s] for s in whole]


@pytest.mark.parametrize("pattern", ["[A-Z][0-9]{4}", "[0-9]{3}-?[0-9]{3}", "张[0-9]{2,3}X?"])
def test_it_finds_what_regex_finds(pattern: str) -> None:
    rng = Random(2)
    values = ["".join(rng.choices("A1234-5X 张，", k=rng.randint(0, 25))) for _ in range(5000)]
    edged = regex.compile(rf"(?<![0-9A-Za-z])(?:{pattern})(?![0-9A-Za-z])")
    expected = [edged.findall(value) for value in values]
    assert sum(map(len, expected)) > 30
    assert found(Shape.of(pattern), values) == expected


def test_control_characters_in_a_text_move_nothing() -> None:
    shape = Shape.of("[A-Z][0-9]{4}")
    values = ["\x01A1234\x02", "a\x02\x01 B1234\x01C1234", "", "D1234.5", "D1234."]
    assert found(shape, values) == [["A1234"], ["B1234", "C1234"], [], [], ["D1234"]]


@pytest.mark.parametrize("unit", ["a", "1", "A1", "1 ", "(a"])
def test_time_grows_with_the_text(unit: str) -> None:
    shape = Shape.of("(?:a{1,10}){1,10}[0-9]{0,20}b|[A-Z]?1")
    assert takes_linear_time(
        lambda size: shape.spans(Texts(pa.array([unit * (size // len(unit))], pa.large_string())))
    )
