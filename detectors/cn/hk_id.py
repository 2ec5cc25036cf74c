"""Hong Kong identity card (香港身份证).

One or two letters, six digits, a check character in brackets.

Sources:
    Immigration Department, Hong Kong: the form. Check character: MOD 11 as published in many
    places; specimens A123456(3), G123456(A), AB987654(3).

Caught:
    With brackets anywhere; without, as a whole value or behind a word that names it. Capitals
    or small letters, full width. Proven where the check character agrees; whole values where it
    fails are of the form only.

Not caught:
    Numbers without their check character. Masked ones (see `detectors.states`).

Mistaken for it:
    All codes of one letter and seven digits have the form, one in eleven is proven: article
    and flight numbers. A
    letter typed for the one eleven places on (A, L and W) leaves the check character right.
"""

from typing import ClassVar

import numpy as np

from detectors.base import Proof
from detectors.checksum import falling
from detectors.codes import Codes, digits, shaped
from detectors.keyed import MixedDetector
from detectors.texts import Bytes, Flags, Ints, Texts

_BARE = (r"[A-Z]\d{6}[0-9A]", r"[A-Z]{2}\d{6}[0-9A]")
_OPEN = (r"[A-Z]\d{6}", r"[A-Z]{2}\d{6}")  # and the check character in brackets
_EMPTY = 36  # what the place of a second letter counts where there is none
_WIDTH = 9
_CHECK = np.zeros(256, np.bool_)
_CHECK[np.frombuffer(b"0123456789Aa", np.uint8)] = True


class HkId(MixedDetector):
    """Finds identity cards of Hong Kong."""

    kind: ClassVar[str] = "hk_id"
    chance: ClassVar[float] = 0.091
    shape_chance: ClassVar[float] = 0.99
    text_chance: ClassVar[float] = 1e-3
    proven: ClassVar[float] = 0.93
    otherwise: ClassVar[float] = 0.3  # numbers made up for tests
    digits: ClassVar[int] = 6

    def judge(self, texts: Texts) -> Ints:
        """CHECKED where the check character agrees, with brackets or without; else SHAPE."""
        proofs = np.zeros(len(texts), np.int64)
        cores = texts.cores
        bare = (shaped(texts, shape, fold=True) for shape in _BARE)
        for starts, ends, codes in [*bare, *texts.shared(_open)]:
            rows = texts.row_of(starts)
            whole = (starts == cores.starts[rows]) & (ends == cores.ends[rows])
            agrees = _agrees(codes[whole])
            proofs[rows[whole]] = np.where(agrees, int(Proof.CHECKED), int(Proof.SHAPE))
        return proofs

    def anywhere(self, texts: Texts) -> tuple[Ints, Ints, Ints]:
        """Numbers with brackets."""
        spans = []
        for starts, ends, codes in texts.shared(_open):
            good = texts.bordered(starts, ends)
            good[good] = _agrees(codes[good])
            spans.append((starts[good], ends[good]))
        starts, ends = (np.concatenate(column) for column in zip(*spans, strict=True))
        return starts, ends, np.full(len(starts), int(Proof.CHECKED))


def _open(texts: Texts) -> list[Codes]:
    """Spans with their brackets, and the characters without."""
    found: list[Codes] = []
    for shape in _OPEN:
        starts, ends, codes = shaped(texts, shape, fold=True)
        at = np.flatnonzero(texts.after(ends) == ord("("))
        at = at[ends[at] + 2 < len(texts.data)]
        check = texts.data[ends[at] + 1]
        fits = _CHECK[check] & (texts.data[ends[at] + 2] == ord(")"))
        fits &= texts.row_of(ends[at] + 2) == texts.row_of(starts[at])
        at, check = at[fits], check[fits]
        check = np.where(check == ord("a"), ord("A"), check).astype(np.uint8)
        found.append((starts[at], ends[at] + 3, np.column_stack((codes[at], check))))
    return found


def _agrees(codes: Bytes) -> Flags:
    """True where the last character is the check of the letters and digits before it."""
    places = digits(codes)
    if codes.shape[1] < _WIDTH:
        places = np.column_stack((np.full(len(codes), _EMPTY, np.uint8), places))
    return np.asarray(falling(places) % 11 == 0, dtype=np.bool_)
