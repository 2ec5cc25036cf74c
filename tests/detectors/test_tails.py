"""Phrases before stops: what is read four bytes at a time is what a pattern finds."""

import random

import numpy as np
import pyarrow as pa
import pytest
import regex

from detectors.tails import LONGEST, phrases, quads
from detectors.texts import Texts

_PHRASE = regex.compile(rb"[0-9A-Za-z_.-]*[\x80-\xff]*$")
PIECES = [
    "QQ",
    "号",
    "身份证号",
    "user_",
    "a",
    "-",
    " ",
    "，",
    "：",
    "é",
    "12",
    ".",
    "一二三四五六",
]


def read(texts: list[str]) -> list[bytes]:
    """The phrase at the end of each text that is not empty."""
    held = Texts(pa.array(texts, pa.large_string()))
    stops = held.offsets[1:][held.lengths > 0]
    which, found = phrases(held, quads(held), stops)
    return [found[at].lstrip(b"\0") for at in which]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        pytest.param("QQ号", "QQ号", id="letters before Han"),
        pytest.param("号QQ", "QQ", id="Han before letters"),
        pytest.param("用户 user_name", "user_name", id="behind a space"),
        pytest.param("a", "a", id="one letter"),
        pytest.param("号", "号", id="one character"),
        pytest.param("QQ ", "", id="a space last"),
        pytest.param("一二三四五六七八九十甲乙丙", "二三四五六七八九十甲乙丙", id="twelve at most"),
    ],
)
def test_the_phrase_at_the_end(text: str, phrase: str) -> None:
    assert read([text]) == [phrase.encode()]


def test_what_stands_in_the_text_before_is_none_of_it() -> None:
    assert read(["身份证", "号", "abc", "d"]) == [t.encode() for t in ("身份证", "号", "abc", "d")]


def test_equal_phrases_are_read_once() -> None:
    held = Texts(pa.array(["手机号", "x 手机号", "，手机号"] * 50, pa.large_string()))
    which, found = phrases(held, quads(held), held.offsets[1:])
    assert len(set(found)) < len(which) == 150
    assert {found[at].lstrip(b"\0").decode("utf-8") for at in which[:2]} == {"手机号"}


def test_reading_agrees_with_a_pattern() -> None:
    rng = random.Random(3)
    texts = ["".join(rng.choices(PIECES, k=rng.randint(1, 9))) for _ in range(2000)]
    halved = Texts(pa.array(texts, pa.large_string())).array.to_pylist()
    expected = [_PHRASE.search(text.encode()[-LONGEST:]) for text in halved]
    assert read(texts) == [found[0] for found in expected if found]


def test_no_stop_has_no_phrase() -> None:
    held = Texts(pa.array(["abc"], pa.large_string()))
    which, found = phrases(held, quads(held), np.zeros(0, np.int64))
    assert len(which) == 0
    assert found == []
