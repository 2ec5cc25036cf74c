"""Which whole texts fit which pattern: for judging values, where detectors find spans."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.texts import Flags, Ints, Texts

L = TypeVar("L")


def fitting(texts: Texts, at: Ints, patterns: Sequence[tuple[L, str]]) -> Iterator[tuple[L, Ints]]:
    """Of the rows `at`, those that fit each RE2 pattern as a whole, with its label.

    White space around is left out. A row goes to the first pattern that it fits.
    """
    trimmed = pc.utf8_trim_whitespace(texts.array.take(pa.array(at)))
    for label, pattern in patterns:
        if not len(at):
            return
        fits = np.asarray(pc.match_substring_regex(trimmed, f"^(?:{pattern})$"), dtype=np.bool_)
        yield label, at[fits]
        at, trimmed = at[~fits], trimmed.filter(pa.array(~fits))


def rows_with(texts: Texts, marks: Flags) -> Ints:
    """The rows in which any byte is marked, one flag a byte."""
    rows = texts.row_of(np.flatnonzero(marks))
    once: Ints = rows[np.diff(rows, prepend=-1) != 0]
    return once
