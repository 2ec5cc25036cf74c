"""Values behind a word that names their kind: `QQ：12345`, `"pwd":"..."`, `护照号E12345678`.

In a text, what stands before a sign is read as a header is. So the words of `kinds.toml` serve
columns and texts alike, and forms too common to mean anything by themselves are found in prose,
chats and logs where a word beside them says what they are.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import regex

from detectors.header_words import words
from detectors.phrases import Reading, meaning_of
from detectors.signs import SPACED, bare, signed, spaced
from detectors.tails import IS_NAME, LONGEST, Quads, phrases, quads, table
from detectors.texts import Flags, Ints, Texts

_HINT = 4  # bytes before a value that are looked up first
_SURE = 2  # the grade of a word from which it tells without its table
# The end of what stands before a value: a Han phrase, or a name as in code.
_PHRASE = regex.compile(r"(\p{Han}+|[A-Za-z][A-Za-z0-9_.-]*|[A-Za-z]{1,4}\p{Han}+)$")
_LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-"
_COPULAS = ("就是", "是", "为", "叫", "即")
_COPULA = regex.compile(rf"(?<=\p{{Han}})(?:{'|'.join(_COPULAS)})$")
_END = " ,;\"'<>()[]{}|&\t\r\n，；、。（）【】《》“”！？"


@dataclass(frozen=True, slots=True)
class Keys:
    """Where values begin that a word before them names, in order, and the kinds they are of."""

    starts: Ints
    ends: Ints
    kinds: Ints  # index into `names`
    names: tuple[str, ...]

    def of(self, kinds: frozenset[str]) -> tuple[Ints, Ints]:
        """Starts and ends of the values of these kinds."""
        wanted = [i for i, name in enumerate(self.names) if name in kinds]
        which = np.isin(self.kinds, wanted)
        return self.starts[which], self.ends[which]


def keys(texts: Texts) -> Keys:
    """Every value with a telling word before it, up to the next space or punctuation."""
    before = quads(texts)
    some = [_hinted(texts, before, *places) for places in (signed(texts), bare(texts))]
    some.append(spaced(texts, before))
    stops, starts = (np.concatenate(column) for column in zip(*some, strict=True))
    if not len(stops):
        return Keys(starts, starts, starts, ())
    # A phrase comes again and again: each is read once.
    which, said = phrases(texts, before, stops)
    named = [_kind(phrase) for phrase in said]
    names = tuple(sorted(set(named) - {""}))
    codes = np.array([names.index(name) if name else -1 for name in named], np.int64)[which]
    alone = len(stops) - len(some[-1][0])  # from here on behind a space
    if alone < len(stops):
        fit = np.array([_spaced(phrase) for phrase in said], np.bool_)
        codes[alone:][~fit[which[alone:]]] = -1
    told = np.flatnonzero(codes >= 0)
    told = told[np.argsort(starts[told], kind="stable")]
    starts = starts[told]
    return Keys(starts, _ends(texts, starts), codes[told], names)


def _hinted(texts: Texts, before: Quads, stops: Ints, values: Ints) -> tuple[Ints, Ints]:
    """Those before which a word that names a kind may end, by the last bytes before."""
    last = texts.data[stops - 1]
    wide = np.flatnonzero(last >= 0x80)
    ends = before[stops[wide] + LONGEST - _HINT]
    may = IS_NAME[last]
    may &= ~(_IS_DIGIT[last] & _IS_DIGIT[texts.before(stops - 1)])
    may[wide] = np.asarray(pc.is_in(pa.array(ends), value_set=_hints()), dtype=np.bool_)
    return stops[may], values[may]


@cache
def _hints() -> pa.Array:
    """The last bytes of the Han words that a telling phrase can end with, as one number each."""
    exact = words().exact.items()
    ends = {word for word, sense in exact if (sense.kind or sense.plain) and len(word) > 1}
    tails = {word.encode()[-_HINT:] for word in ends if not word[-1].isascii()}
    tails |= {word.upper().encode()[-_HINT:] for word in ends if not word[-1].isascii()}
    tails |= {(word + copula).encode()[-_HINT:] for word in ends for copula in _COPULAS}
    return pa.array(np.unique(np.frombuffer(b"".join(sorted(tails)), "<u4")))


@cache
def _kind(tail: bytes) -> str:
    """The kind that the phrase at the end of some bytes names for sure; else ""."""
    text = tail.lstrip(b"\0\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f")
    said = _COPULA.sub("", text.decode("utf-8", "ignore").rstrip())
    phrase = _PHRASE.search(said)
    if phrase is None:
        return ""
    han = phrase[1].lstrip(_LATIN)
    readings = (meaning_of(words) for words in dict.fromkeys((phrase[1], han)) if words)
    sure = (m.kind for m in readings if m.reading is Reading.KIND and m.grade >= _SURE)
    return next(sure, "")


@cache
def _spaced(tail: bytes) -> bool:
    """Whether the phrase at the end of some bytes is one that a space alone may follow."""
    return tail.strip(b"\0").decode("utf-8", "ignore").lower() in SPACED


def _ends(texts: Texts, starts: Ints) -> Ints:
    """Where each value ends: at the next space, punctuation or end of the text."""
    if not len(starts):
        return starts
    stops = np.flatnonzero(_is_stop(texts))
    ends = np.append(stops, len(texts.data))[np.searchsorted(stops, starts)]
    ends = np.minimum(ends, texts.offsets[texts.row_of(starts) + 1])
    return np.asarray(ends, dtype=np.int64)


def _is_stop(texts: Texts) -> Flags:
    """True at the first byte of each character that ends a value."""
    stops: Flags = table("".join(char for char in _END if char.isascii()))[texts.data]
    lead = np.flatnonzero((texts.data[:-2] == 0xE3) | (texts.data[:-2] == 0xE2))
    code = texts.data[lead + 1].astype(np.int64) << 8 | texts.data[lead + 2]
    wide = [int.from_bytes(c.encode()[1:]) for c in _END if c.encode()[0] in (0xE2, 0xE3)]
    stops[lead[np.isin(code, wide)]] = True
    return stops


_IS_DIGIT = table("0123456789")
