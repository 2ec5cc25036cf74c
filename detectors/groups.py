"""Digits written in one run or in groups (`138 0013 8000`), as digit matrices.

A `layout` is where the digits of a number stand, counted in bytes from its first: sizes
(3, 4, 4) lie at 0 1 2, 4 5 6 7, 9 10 11 12.
"""

from collections.abc import Sequence

import numpy as np

from detectors.texts import Bytes, Flags, Ints, Texts

_LONG = 255  # digits: longer runs are no number
_SPACE, _HYPHEN = ord(" "), ord("-")


def layout(sizes: Sequence[int]) -> Ints:
    """The offsets of digits in groups of these sizes, one byte between groups."""
    starts = np.cumsum([0, *(size + 1 for size in sizes[:-1])])
    return np.concatenate([s + np.arange(n) for s, n in zip(starts, sizes, strict=True)])


def grouped(texts: Texts, sizes: Sequence[int], heads: Sequence[int] = (0,)) -> Ints:
    """Where digits stand in groups of these sizes: the first digit run of each place.

    All groups have one same separator between them, a space or a hyphen, and do not go on:
    no further group by a hyphen, and none of the same size by a space (see `led` for what
    goes before). The first group may be longer by any number of digits in `heads`.
    """
    runs = texts.digit_runs
    lengths = runs.lengths
    last = len(sizes) - 1
    fits = np.zeros(_LONG + 1, np.bool_)
    fits[[sizes[0] + head for head in heads]] = True
    at = np.flatnonzero(fits[texts.shared(_sizes)[: max(len(lengths) - last, 0)]])
    for place, size in enumerate(sizes[1:], 1):
        at = at[lengths[at + place] == size]
        at = at[joint(texts, at + place - 1) != 0]
    if not last or not len(at):
        return at
    by = joint(texts, at)
    for place in range(1, last):
        same = joint(texts, at + place) == by
        at, by = at[same], by[same]
    return at[~_goes_on(texts, at + last, by)]


def _sizes(texts: Texts) -> Bytes:
    """Digits in each run, as bytes: small, for every plan looks at all of them."""
    return np.minimum(texts.digit_runs.lengths, _LONG).astype(np.uint8)


def digits_at(texts: Texts, starts: Ints, offsets: Ints) -> Bytes:
    """The digit matrix of numbers that start at `starts`; a letter gives a value above 9."""
    if not len(starts):
        return np.zeros((0, len(offsets)), np.uint8)
    digits: Bytes = texts.data[starts[:, None] + offsets] - np.uint8(ord("0"))
    return digits


def joint(texts: Texts, first: Ints) -> Bytes:
    """The one space or hyphen between each run and the next, 0 where it is anything else."""
    runs = texts.digit_runs
    out = np.zeros(len(first), np.uint8)
    inside = np.flatnonzero((first >= 0) & (first + 1 < len(runs.rows)))
    here, there = first[inside], first[inside] + 1
    byte = texts.after(runs.ends[here])
    near = (runs.starts[there] - runs.ends[here] == 1) & (runs.rows[there] == runs.rows[here])
    out[inside] = np.where(near & ((byte == _SPACE) | (byte == _HYPHEN)), byte, 0)
    return out


def led(texts: Texts, at: Ints) -> Flags:
    """True where a group goes before the first, so that the number is part of another.

    By the same hyphen, or by the same space where both have four digits or more, as on cards.
    """
    lengths = texts.digit_runs.lengths
    by, prior = joint(texts, at - 1), np.maximum(at - 1, 0)
    alike = (lengths[prior] == lengths[at]) & (lengths[at] > 3)
    out: Flags = (by == joint(texts, at)) & ((by == _HYPHEN) | ((by == _SPACE) & alike))
    return out


def is_fraction(texts: Texts, starts: Ints) -> Flags:
    """True where a point and a digit stand before: `0.13800138000`."""
    dotted = texts.before(starts) == ord(".")
    digit = texts.before(np.maximum(starts - 1, 0))
    fraction: Flags = dotted & (digit >= ord("0")) & (digit <= ord("9"))
    return fraction


def _goes_on(texts: Texts, last: Ints, by: Bytes) -> Flags:
    """True where another group follows by the same hyphen, or one of that size by a space."""
    lengths = texts.digit_runs.lengths
    alike = lengths[np.minimum(last + 1, len(lengths) - 1)] == lengths[last]
    out: Flags = (joint(texts, last) == by) & ((by == _HYPHEN) | alike)
    return out
