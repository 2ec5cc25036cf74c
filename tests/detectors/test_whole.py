"""Whole texts: white space around left out, each to the first pattern that it fits."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from detectors.texts import Ints, Texts
from detectors.whole import fitting, lowered, trimmed

VALUES = [" 12", "ab\t", "\u2003AB", "x" * 70, "", "3 4", "İ", "c" * 64]
PATTERNS = (("number", r"\d+"), ("small", "[a-z]+"), ("any", "(?s).+"))


def texts(times: int = 1) -> Texts:
    return Texts(pa.array(VALUES * times, pa.large_string()))


def small(values: list[str]) -> list[str]:
    out: list[str] = pc.utf8_lower(pa.array(values, pa.string())).to_pylist()
    return out


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(np.arange(80), id="all"),
        pytest.param(np.arange(0, 80, 2), id="every other"),
        pytest.param(np.array([2, 78]), id="few"),
        pytest.param(np.zeros(0, np.int64), id="none"),
    ],
)
def test_chosen_rows_are_trimmed_and_lowered(rows: Ints) -> None:
    held = texts(10)
    plain = [(VALUES * 10)[row].strip() for row in rows]
    assert trimmed(held, rows).to_pylist() == plain
    assert lowered(held, rows).to_pylist() == small(plain)
    short = rows[held.lengths[rows] < 60]
    expected = [(VALUES * 10)[row].strip() for row in short]
    assert lowered(held, short).to_pylist() == small(expected)


@pytest.mark.parametrize("several", [2, 3])
def test_a_row_goes_to_the_first_pattern_that_it_fits(several: int) -> None:
    patterns = PATTERNS[-several:]
    found = {label: rows.tolist() for label, rows in fitting(texts(), np.arange(8), patterns)}
    numbers = {"number": [0]} if several > 2 else {}
    rest = [2, 5, 6] if several > 2 else [0, 2, 5, 6]
    assert found == numbers | {"small": [1, 3, 7], "any": rest}


def test_alternatives_of_one_pattern_are_its_own() -> None:
    """A pattern with `|` inside is not cut by those of the others."""
    held = Texts(pa.array(["a1", "b", "a", "1b", "c"], pa.large_string()))
    patterns = ((1, "a|b"), (2, "a1|zz"), (3, "c"))
    found = {label: rows.tolist() for label, rows in fitting(held, np.arange(5), patterns)}
    assert found == {1: [1, 2], 2: [0], 3: [4]}
