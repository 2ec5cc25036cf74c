"""Texts as characters in a row, for the rules of `detectors.person_text`: classes, runs, places.

A character is one UTF-16 unit, with a 0 after every text, so that no rule has to ask where a
text ends: all of them read it as they do any character that is not Han. A rare character, which
takes two units, becomes one that stands for it. Places are counted in these units.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from detectors.person_words import INTRODUCING, NEVER_INSIDE, ROLES, STRONG_KEYS, TITLES
from detectors.texts import Bytes, Flags, Ints, Texts
from detectors.units import Chars

DOTS = "·•‧∙・"
# Classes of characters; those from `HAN` on are Han.
SIGN, SPACE, PART, QUOTE, BRACKET, DIGIT, DOT, LETTER, HAN, RARE_HAN = range(1, 11)
# What two characters in a row may be the end of, or all of.
TITLE, ROLE, INTRODUCES, SIGNED, PARTED, NEVER, CALLED = (1 << n for n in range(7))

_MEMBERS = {SIGN: ":=>", PART: ",、(", QUOTE: "\"'", BRACKET: "[", DOT: DOTS}
_BY_PAIR = {
    TITLE: TITLES,
    ROLE: ROLES,
    CALLED: STRONG_KEYS,
    INTRODUCES: INTRODUCING,
    NEVER: NEVER_INSIDE,
}
_LEAD = -64  # from here on, as signed numbers, are the first bytes of characters
_PAD = 48  # units before the first text and after the last: more than a rule looks away
_STANDS_FOR_HAN, _STANDS_FOR_OTHER = 0xD800, 0xD801  # no text has these


@dataclass(frozen=True, slots=True)
class Line:
    """Some texts of a batch as characters in a row."""

    units: Chars
    classes: Bytes
    begins: Ints  # of each text, and where the last has ended
    rows: Ints  # of each text in the batch
    data: npt.NDArray[np.int8]  # the same as UTF-8

    @classmethod
    def of(cls, texts: Texts, rows: Ints) -> "Line":
        """The texts of these rows, in order."""
        chosen = texts.array.take(pa.array(rows))
        ended = pc.binary_join_element_wise(
            chosen, pa.scalar("\0", chosen.type), pa.scalar("", chosen.type)
        )
        data = ended.buffers()[2]
        units = _units(str(data, "utf-8"))
        begins = np.concatenate(([0], np.cumsum(texts.chars[rows] + 1))) + _PAD
        return cls(units, _classes().take(units), begins, rows, np.frombuffer(data, np.int8))

    def pairs(self) -> tuple[Ints, Bytes]:
        """Where two characters stand that may tell of a name, and of what they are the end."""
        said = _pairs().take(self.classes[:-1].astype(np.uint16) << 8 | self.classes[1:])
        at = np.flatnonzero(said != 0)
        return at, said.take(at)

    def is_han(self, places: Ints) -> Flags:
        """True where a character is Han."""
        return np.asarray(self.classes.take(places) >= HAN)

    def are(self, places: Ints, kind: int) -> Flags:
        """True where a character is of the class."""
        return np.asarray(self.classes.take(places) == kind)

    def run(self, places: Ints, most: int, *, back: bool = False) -> Ints:
        """How many Han stand from each place on, or right before it, up to `most`."""
        counts = np.zeros(len(places), np.int64)
        which, at, step = np.arange(len(places)), places - back, -1 if back else 1
        for count in range(1, most + 1):
            going = np.flatnonzero(self.classes.take(at) >= HAN)
            which, at = which[going], at[going] + step
            counts[which] = count
        return counts

    def spans(self, texts: Texts, starts: Ints, ends: Ints) -> tuple[Ints, Ints, Ints]:
        """Rows, first bytes and the bytes after the last, in the batch, of spans in order."""
        held = np.searchsorted(self.begins, starts, side="right") - 1
        leads = np.flatnonzero(self.data >= _LEAD)
        rows = self.rows[held]
        moved = texts.offsets[rows] - leads[self.begins[held] - _PAD]
        return rows, leads[starts - _PAD] + moved, leads[ends - _PAD] + moved


def _units(text: str) -> Chars:
    text = text.join(("\0" * _PAD, "\0" * _PAD))
    units = np.frombuffer(text.encode("utf-16-le"), np.uint16)
    if len(units) == len(text):
        return units
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    beyond = np.where(points >= 0x20000, _STANDS_FOR_HAN, _STANDS_FOR_OTHER)
    return np.where(points > 0xFFFF, beyond, points).astype(np.uint16)


@cache
def _listed() -> dict[str, int]:
    """The classes of the characters that words are searched for by."""
    words = (*TITLES, *ROLES, *STRONG_KEYS, *INTRODUCING, *NEVER_INSIDE)
    chars = sorted({char for word in words for char in word[-2:]})
    return {char: RARE_HAN + 1 + i for i, char in enumerate(chars)}


@cache
def _classes() -> Bytes:
    """The class of every unit."""
    table = np.zeros(1 << 16, np.uint8)
    table[0x3400:0xA000] = HAN
    table[_STANDS_FOR_HAN] = RARE_HAN
    every = [chr(point) for point in range(1 << 16)]
    table[[char.isspace() for char in every]] = SPACE
    table[[char.isdecimal() for char in every]] = DIGIT
    table[[char == "_" or (char.isascii() and char.isalpha()) for char in every]] = LETTER
    for kind, members in _MEMBERS.items():
        table[[ord(char) for char in members]] = kind
    for char, kind in _listed().items():
        table[ord(char)] = kind
    return table


@cache
def _pairs() -> Bytes:
    """What every two classes in a row say."""
    table = np.zeros((256, 256), np.uint8)
    for kind, words in _BY_PAIR.items():
        for word in words:
            one, *other = (_listed()[char] for char in word[-2:])
            table[one, other[0] if other else slice(None)] |= kind
    table[SIGN, [SPACE, QUOTE, BRACKET]] |= SIGNED
    table[SIGN, HAN:] |= SIGNED
    table[HAN:, [PART, SPACE]] |= PARTED
    return table.ravel()
