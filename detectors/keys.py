"""Values behind a word that names their kind: `QQ：12345`, `"pwd":"..."`, `护照号E12345678`.

In a text, what stands before a sign is read as a header is. So the words of `kinds.toml` serve
columns and texts alike, and forms too common to mean anything by themselves are found in prose,
chats and logs where a word beside them says what they are.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import regex

from detectors.header_words import words
from detectors.phrases import Reading, meaning_of
from detectors.texts import Bytes, Flags, Ints, Texts

_TAIL = 36  # bytes before a value that can name it: twelve Han characters
_HINT = 4  # of these, the last that are looked up first
_LOOSE = 3  # spaces, quotes and brackets between a sign and its value, or a key and its sign
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
    stops, values = _borders(texts)
    if not len(stops):
        none = np.zeros(0, np.int64)
        return Keys(none, none, none, ())
    hinted = _hinted(_tails(texts, stops, values, _HINT))
    stops, values = stops[hinted], values[hinted]
    # A phrase comes again and again: each is read once.
    phrases = _phrases(_tails(texts, stops, values, _TAIL)).dictionary_encode()
    which = np.asarray(phrases.indices, dtype=np.int64)
    named = [_kind(phrase) for phrase in phrases.dictionary.to_pylist()]
    names = tuple(sorted(set(named) - {""}))
    codes = np.array([names.index(name) if name else -1 for name in named], np.int64)[which]
    told = codes >= 0
    starts = values[told]
    return Keys(starts, _ends(texts, starts), codes[told], names)


def _borders(texts: Texts) -> tuple[Ints, Ints]:
    """Where a phrase may end and its value begin: around a sign, or where Han meets ASCII."""
    data = texts.data
    signs = np.flatnonzero((data == ord(":")) | (data == ord("=")))
    bare = texts.word_runs.starts
    gaps = (texts.before(bare) == ord(" ")).astype(np.int64)
    joint = texts.before(bare - gaps) >= 0x80
    bare, gaps = bare[joint], gaps[joint]
    stops, values = signs.copy(), signs + 1
    for _ in range(_LOOSE):
        stops -= _IS_LOOSE[texts.before(stops)]
        values += _IS_LOOSE[texts.after(np.minimum(values, len(data)))]
    kept = (values < len(data)) & (texts.row_of(values) == texts.row_of(signs))
    stops, values = stops[kept], values[kept]
    order = np.argsort(np.concatenate((values, bare)), kind="stable")
    all_values = np.concatenate((values, bare))[order]
    first = np.diff(all_values, prepend=-1) != 0  # a sign before, rather than the bare border
    return np.concatenate((stops, bare - gaps))[order][first], all_values[first]


def _tails(texts: Texts, stops: Ints, values: Ints, width: int) -> Bytes:
    """The last bytes of each value's text before a stop, zeros where there are fewer."""
    padded = np.concatenate((np.zeros(width, np.uint8), texts.data))
    tails: Bytes = np.lib.stride_tricks.sliding_window_view(padded, width)[stops]
    held = stops - texts.offsets[texts.row_of(values)]
    short = np.flatnonzero(held < width)
    tails[short] *= np.arange(width) >= width - held[short, None]
    return tails


def _phrases(tails: Bytes) -> pa.Array:
    """Each tail cut to the phrase at its end: what is no ASCII, then letters and digits.

    So `QQ号` stays whole.
    """
    back = tails[:, ::-1]
    wide = np.logical_and.accumulate(back >= 0x80, axis=1)
    kept = np.logical_and.accumulate(wide | _IS_NAME[back], axis=1)[:, ::-1]
    data = pa.py_buffer(np.ascontiguousarray(np.where(kept, tails, 0).astype(np.uint8)))
    return pa.Array.from_buffers(pa.binary(_TAIL), len(tails), [None, data])


def _hinted(tails: Bytes) -> Flags:
    """False where the last bytes show that no word which names a kind can end there."""
    last, before = tails[:, -1], tails[:, -2]
    named = _IS_NAME[last] & ~(_IS_DIGIT[last] & _IS_DIGIT[before])
    return np.asarray(named | np.isin(tails.view(np.uint32).ravel(), _hints()), dtype=np.bool_)


@cache
def _hints() -> npt.NDArray[np.uint32]:
    """The last bytes of the Han words that a telling phrase can end with, as one number each."""
    exact = words().exact.items()
    ends = {word for word, sense in exact if (sense.kind or sense.plain) and len(word) > 1}
    tails = {word.encode()[-_HINT:] for word in ends if not word[-1].isascii()}
    tails |= {(word + copula).encode()[-_HINT:] for word in ends for copula in _COPULAS}
    return np.unique(np.frombuffer(b"".join(sorted(tails)), np.uint32))


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


def _ends(texts: Texts, starts: Ints) -> Ints:
    """Where each value ends: at the next space, punctuation or end of the text."""
    stops = np.flatnonzero(_is_stop(texts))
    ends = np.append(stops, len(texts.data))[np.searchsorted(stops, starts)]
    ends = np.minimum(ends, texts.offsets[texts.row_of(starts) + 1])
    return np.asarray(ends, dtype=np.int64)


def _is_stop(texts: Texts) -> Flags:
    """True at the first byte of each character that ends a value."""
    stops: Flags = _table("".join(char for char in _END if char.isascii()))[texts.data]
    lead = np.flatnonzero((texts.data[:-2] == 0xE3) | (texts.data[:-2] == 0xE2))
    code = texts.data[lead + 1].astype(np.int64) << 8 | texts.data[lead + 2]
    wide = [int.from_bytes(c.encode()[1:]) for c in _END if c.encode()[0] in (0xE2, 0xE3)]
    stops[lead[np.isin(code, wide)]] = True
    return stops


def _table(chars: str) -> Flags:
    table = np.zeros(256, np.bool_)
    table[[ord(char) for char in chars]] = True
    return table


_IS_LOOSE = _table(" \t\"'[({")
_IS_DIGIT = _table("0123456789")
_IS_NAME = _table("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.-")
