"""Which whole texts fit which pattern: for judging values, where detectors find spans."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.texts import Flags, Ints, Texts

L = TypeVar("L")

_SHORT = 64  # bytes of a text that may be a word of a list
_SEVERAL = 2
_FEW = 8  # a view is made for every eighth row or more


def fitting(texts: Texts, at: Ints, patterns: Sequence[tuple[L, str]]) -> Iterator[tuple[L, Ints]]:
    """Of the rows `at`, those that fit each RE2 pattern as a whole, with its label.

    White space around is left out. A row goes to the first pattern that it fits.
    """
    if not len(at):
        return
    values = trimmed(texts, at)
    if len(patterns) > _SEVERAL:  # most rows fit none: one pass tells
        some = _fit(values, "|".join(f"(?:{pattern})" for _, pattern in patterns))
        at, values = _kept(some, at, values)
    for label, pattern in patterns:
        if not len(at):
            return
        fits = _fit(values, pattern)
        yield label, at[fits]
        at, values = _kept(~fits, at, values)


def trimmed(texts: Texts, rows: Ints) -> pa.Array:
    """These texts without white space around, of whatever script."""
    return _chosen(texts, rows, all_trimmed, pc.utf8_trim_whitespace)


def lowered(texts: Texts, rows: Ints) -> pa.Array:
    """These texts without white space around, in small letters."""
    if len(rows) and int(texts.cores.lengths[rows].max()) > _SHORT:
        return pc.utf8_lower(trimmed(texts, rows))
    return _chosen(
        texts, rows, all_lowered, lambda some: pc.utf8_lower(pc.utf8_trim_whitespace(some))
    )


def _chosen(
    texts: Texts,
    rows: Ints,
    view: Callable[[Texts], pa.Array],
    made: Callable[[pa.Array], pa.Array],
) -> pa.Array:
    """Rows of a view that detectors share; few rows are not worth making it."""
    if len(rows) == len(texts):
        return texts.shared(view)
    if _FEW * len(rows) < len(texts):
        return made(texts.array.take(pa.array(rows)))
    return texts.shared(view).take(pa.array(rows))


def all_trimmed(texts: Texts) -> pa.Array:
    """Every text without white space around it."""
    return pc.utf8_trim_whitespace(texts.array)


def all_lowered(texts: Texts) -> pa.Array:
    """Every short text without white space around, in small letters; null for others."""
    short = pa.array(texts.cores.lengths <= _SHORT)
    return pc.utf8_lower(pc.if_else(short, texts.shared(all_trimmed), None))


def _fit(values: pa.Array, pattern: str) -> Flags:
    return np.asarray(pc.match_substring_regex(values, f"^(?:{pattern})$"), dtype=np.bool_)


def _kept(which: Flags, at: Ints, values: pa.Array) -> tuple[Ints, pa.Array]:
    return (at, values) if which.all() else (at[which], values.filter(pa.array(which)))


def rows_with(texts: Texts, marks: Flags) -> Ints:
    """The rows in which any byte is marked, one flag a byte."""
    rows = texts.row_of(np.flatnonzero(marks))
    once: Ints = rows[np.diff(rows, prepend=-1) != 0]
    return once
