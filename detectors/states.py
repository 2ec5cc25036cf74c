"""How whole values are stored where not in clear: masked, hashed, encrypted, damaged.

A masked or damaged value shows which kind it was made from; a hash or cipher text shows none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from detectors.checksum import luhn, number
from detectors.ciphers import encrypted, hashed
from detectors.cn.id_card import check_agrees, regional
from detectors.groups import digits_at, layout
from detectors.masks import masked
from detectors.texts import Flags, Ints, Texts
from detectors.whole import fitting, rows_with

# What a spreadsheet makes of a long number in a cell: `1.38E+10`, `4.40524E+17`.
_SCIENTIFIC = (
    ("mobile", r"1\.[3-9]\d*[eE]\+?10"),
    ("id_card", r"[1-8]\.\d+[eE]\+?17"),
    ("bank_card", r"6\.2\d*[eE]\+?1[58]"),
)


@dataclass(frozen=True, slots=True)
class Stored:
    """The texts (`rows`) stored in one `state`, made from one `kind` ("" where not said)."""

    state: str
    kind: str
    rows: Flags


def states(texts: Texts) -> tuple[Stored, ...]:
    """How each whole text is stored, where not in clear; no text has two states."""
    left = np.ones(len(texts), np.bool_)
    out: dict[tuple[str, str], Flags] = {}
    for state, kind, rows in _findings(texts):
        new = rows[left[rows]]
        if len(new):
            left[new] = False
            out.setdefault((state, kind), np.zeros(len(texts), np.bool_))[new] = True
    return tuple(Stored(state, kind, flags) for (state, kind), flags in out.items())


def _findings(texts: Texts) -> Iterator[tuple[str, str, Ints]]:
    """Rows by state and kind; a row that comes twice counts where it comes first."""
    for kind, rows in _damaged(texts):
        yield "damaged", kind, rows
    yield "hashed", "", hashed(texts)
    yield "encrypted", "", encrypted(texts)
    for kind, rows in masked(texts):
        yield "masked", kind, rows


def _damaged(texts: Texts) -> Iterator[tuple[str, Ints]]:
    """Numbers that lost digits to a spreadsheet or to a floating-point column."""
    runs, cores = texts.digit_runs, texts.cores
    whole = runs.take(
        (runs.starts == cores.starts[runs.rows]) & (runs.ends == cores.ends[runs.rows])
    )
    ids = whole.take(whole.lengths == 18)
    ids = ids.take(_is_rounded(number(digits_at(texts, ids.starts, layout((18,))))))
    digits = digits_at(texts, ids.starts, layout((18,)))
    yield "id_card", ids.rows[regional(digits) & ~check_agrees(digits)]
    union = texts.data[whole.starts] == ord("6")
    for length in (18, 19):
        cards = whole.take(union & (whole.lengths == length))
        digits = digits_at(texts, cards.starts, layout((length,)))
        zeros = (digits[:, 1] == 2) & ~digits[:, 15:].any(axis=1)
        yield "bank_card", cards.rows[zeros & ~luhn(digits)]
    lead, following = texts.data[:-1], texts.data[1:]
    marks = (lead == ord("e")) | (lead == ord("E"))
    marks &= (following == ord("+")) | (following == ord("1"))
    at = rows_with(texts, marks)
    yield from fitting(texts, at[cores.lengths[at] <= 24], _SCIENTIFIC)


def _is_rounded(values: Ints) -> Flags:
    """True for what is left of 18 digits: 15 and zeros, or the nearest double."""
    _, exponents = np.frexp(values.astype(np.float64))
    spacing = np.left_shift(1, np.maximum(exponents - 53, 0).astype(np.int64))
    return np.asarray((values % 1000 == 0) | (values % spacing == 0), dtype=np.bool_)
