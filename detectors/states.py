"""How whole values are stored where not in clear: masked, hashed, encrypted, damaged.

A masked or damaged value shows which kind it was made from; a hash or cipher text shows none,
unless it is one that is made for passwords.
How it was done is said too (`detectors.how`), in words and counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from detectors.checksum import luhn, number
from detectors.ciphers import FOR_PASSWORDS, encoded, encrypted, hashed
from detectors.cn.id_card import check_agrees, regional
from detectors.groups import digits_at, layout
from detectors.how import How
from detectors.masks import masked
from detectors.texts import Flags, Ints, Texts
from detectors.visible import visible
from detectors.whole import fitting, rows_with

# What a spreadsheet makes of a long number in a cell: `1.38E+10`, `4.40524E+17`.
_SCIENTIFIC = (
    ("mobile", r"1\.[3-9]\d*[eE]\+?10"),
    ("id_card", r"[1-8]\.\d+[eE]\+?17"),
    ("bank_card", r"6\.2\d*[eE]\+?1[58]"),
)


_ZEROS, _NEAREST, _EXPONENT = (
    "last digits lost in a spreadsheet",
    "rounded to a floating-point number",
    "in scientific notation",
)


@dataclass(frozen=True, slots=True)
class Stored:
    """The texts (`rows`) stored in one `state` and one way, from one `kind` ("": not said)."""

    state: str
    kind: str
    how: How
    rows: Ints


def states(texts: Texts) -> tuple[Stored, ...]:
    """How each whole text is stored, where not in clear; no text has two states."""
    left = np.ones(len(texts), np.bool_)
    out: list[Stored] = []
    for state, kind, how, rows in _findings(texts):
        new = rows[left[rows]]
        if len(new):
            left[new] = False
            ways = visible(texts, kind, new) if state == "masked" else ((how, new),)
            out += [Stored(state, kind, way, some) for way, some in ways]
    return tuple(out)


def _findings(texts: Texts) -> Iterator[tuple[str, str, How, Ints]]:
    """Rows by state, kind and way; a row that comes twice counts where it comes first."""
    for kind, how, rows in _damaged(texts):
        yield "damaged", kind, how, rows
    for how, rows in hashed(texts):
        yield "hashed", "password" if how.name in FOR_PASSWORDS else "", how, rows
    for kind, how, rows in encoded(texts):
        yield "encrypted", kind, how, rows
    for how, rows in encrypted(texts):
        yield "encrypted", "", how, rows
    for kind, rows in masked(texts):
        yield "masked", kind, How(), rows


def _damaged(texts: Texts) -> Iterator[tuple[str, How, Ints]]:
    """Numbers that lost digits to a spreadsheet or to a floating-point column."""
    runs, cores = texts.digit_runs, texts.cores
    whole = runs.take(
        (runs.starts == cores.starts[runs.rows]) & (runs.ends == cores.ends[runs.rows])
    )
    ids = whole.take(whole.lengths == 18)
    ids = ids.take(_is_rounded(number(digits_at(texts, ids.starts, layout((18,))))))
    digits = digits_at(texts, ids.starts, layout((18,)))
    lost, zeros = regional(digits) & ~check_agrees(digits), ~digits[:, 15:].any(axis=1)
    yield "id_card", How(_ZEROS), ids.rows[lost & zeros]
    yield "id_card", How(_NEAREST), ids.rows[lost & ~zeros]
    union = texts.data[whole.starts] == ord("6")
    for length in (18, 19):
        cards = whole.take(union & (whole.lengths == length))
        digits = digits_at(texts, cards.starts, layout((length,)))
        lost = (digits[:, 1] == 2) & _is_rounded(number(digits)) & ~luhn(digits)
        zeros = ~digits[:, 15:].any(axis=1)
        yield "bank_card", How(_ZEROS), cards.rows[lost & zeros]
        yield "bank_card", How(_NEAREST), cards.rows[lost & ~zeros]
    lead, following = texts.data[:-1], texts.data[1:]
    marks = (lead == ord("e")) | (lead == ord("E"))
    marks &= (following == ord("+")) | (following == ord("1"))
    at = rows_with(texts, marks)
    for kind, rows in fitting(texts, at[cores.lengths[at] <= 24], _SCIENTIFIC):
        yield kind, How(_EXPONENT), rows


def _is_rounded(values: Ints) -> Flags:
    """True for what is left of 18 or 19 digits: 15 and zeros, or the nearest double."""
    _, exponents = np.frexp(values.astype(np.float64))
    spacing = np.left_shift(1, np.maximum(exponents - 53, 0).astype(np.int64))
    return np.asarray((values % 1000 == 0) | (values % spacing == 0), dtype=np.bool_)
