"""Unified social credit code (统一社会信用代码): of an organisation, or of a sole trader.

Two characters say who registered what, six digits where, nine are the old organisation code
with a check digit of its own, the last one checks the whole.

Sources:
    GB 32100-2015: structure, alphabet (no I, O, S, V, Z), check digit (MOD 31).
    GB 11714-1997: the check digit of the organisation code (MOD 11).

Caught:
    18 characters, capitals or small letters, full width, next to Han text without a space.
    Proven where MOD 31 agrees, and where there is no letter MOD 11 too. Of the form only where
    a check digit fails behind a known registrar and a province. Codes that begin with 92 are
    sole traders (个体工商户), who are persons: the verdict says their share.

Not caught:
    Registration and tax numbers of 15 digits from before 2015, organisation codes by
    themselves: they are numbers like any other. Tax numbers of persons are identity numbers.

Mistaken for it:
    3.3 in 10,000 random 18-digit numbers are proven, 10 % have the form: serials that begin as
    a registrar's do. Of random characters of the alphabet 3 in a million.
"""

from typing import ClassVar

import numpy as np

from detectors.base import Matches, Proof
from detectors.checksum import mod_11, mod_31, number
from detectors.codes import CodeDetector, digits
from detectors.regions import is_province
from detectors.texts import Bytes, Flags, Ints, Texts

_ALPHABET = b"0123456789ABCDEFGHJKLMNPQRTUWXY"
_ANY = "[0-9A-HJ-NPQRTUWXY]"
# Who registered (the first character) and what: organs, associations, firms, sole traders, ...
_REGISTRARS = (
    "11 12 13 19 21 29 31 32 33 34 35 39 41 49 51 52 53 54 55 59 61 62 69 71 72 79 81 89 "
    "91 92 93 A1 A9 N1 N2 N3 N9 Y1"
)
_NATIONAL = 10  # registered by the state itself: 100000 in place of a region
_ORGANISATION = slice(8, 16)  # and its check digit behind


class Uscc(CodeDetector):
    """Finds unified social credit codes."""

    kind: ClassVar[str] = "uscc"
    chance: ClassVar[float] = 3.3e-4
    shape_chance: ClassVar[float] = 0.1
    text_chance: ClassVar[float] = 0.0025
    expected: ClassVar[float] = 0.97
    proven: ClassVar[float] = 0.95
    otherwise: ClassVar[float] = 0.2  # numbers from before 2015
    digits: ClassVar[int] = 6
    fold: ClassVar[bool] = True
    marked: ClassVar[str] = "are of sole traders, who are persons"
    shapes: ClassVar[tuple[str, ...]] = (rf"{_ANY}{{2}}\d{{6}}{_ANY}{{10}}",)

    def check(self, codes: Bytes) -> Ints:
        """CHECKED where the check digits agree, SHAPE where they fail behind a known head."""
        values = _VALUES[codes]
        agrees = mod_31(values[:, :17]) == values[:, 17]
        agrees &= (codes > ord("9")).any(axis=1) | _organisation_agrees(codes)
        known = np.isin(codes[:, 0].astype(np.int64) << 8 | codes[:, 1], _registrars())
        where = number(digits(codes[:, 2:4]))
        known &= is_province(where) | (where == _NATIONAL)
        return np.where(known, np.where(agrees, int(Proof.CHECKED), int(Proof.SHAPE)), 0)

    def marks(self, texts: Texts, matches: Matches) -> Flags:
        """Which matches are of sole traders."""
        heads = texts.data[matches.starts[:, None] + np.arange(2)]
        return np.asarray((heads == np.frombuffer(b"92", np.uint8)).all(axis=1), dtype=np.bool_)


def _organisation_agrees(codes: Bytes) -> Flags:
    """True where the organisation code inside has the check digit it should."""
    last = codes[:, _ORGANISATION.stop]
    check = np.where(last == ord("X"), 10, digits(last) + 100 * (last > ord("9")))
    return np.asarray(mod_11(digits(codes[:, _ORGANISATION])) == check, dtype=np.bool_)


def _registrars() -> Ints:
    return np.array([int.from_bytes(pair.encode()) for pair in _REGISTRARS.split()], np.int64)


_VALUES = np.zeros(256, np.uint8)
_VALUES[np.frombuffer(_ALPHABET, np.uint8)] = np.arange(len(_ALPHABET))
