"""E-mail address (电子邮箱).

Sources:
    RFC 5322 and RFC 5321: local part of up to 64 characters, domain; of their forms, those
    that mail providers hand out. RFC 6531: a local part of Han characters.

Caught:
    Local part of letters, digits and `. _ % + -`, or of up to 8 Han characters; a domain of
    two or more labels whose last is of letters. Next to Han text without a space, full width,
    in `mailto:` and in brackets.

Not caught:
    Quoted local parts, address literals, Han domains, the Han in front of a local part of
    mixed script. Masked ones (see `detectors.states`).

Mistaken for it:
    Mentions (`@name`), remotes (`git@host:`), credentials in a URL (`//user:word@host`), image
    sizes (`x@2x.png`), package versions (`name@1.2.3`) and system units are told apart. Of
    random words of these characters with an `@` among them 2.8 % have the form: nothing
    proves more, so `chance`, of a proof, is 0.
"""

from functools import cache
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.base import Detector, Matches
from detectors.beside import Beside
from detectors.texts import Bytes, Flags, Ints, Texts
from detectors.units import gathered

_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ALNUM = _LETTERS + b"0123456789"
_LOCAL_MOST, _HAN_MOST = 64, 8
# Classes of bytes, as bits, so that the texts are looked up once.
_LOCAL, _HEAD, _BODY, _SOLID, _LETTER, _STOP = (1 << n for n in range(6))
_MEMBERS = (
    (_LOCAL, _ALNUM + b"._%+-"),
    (_HEAD, _ALNUM + b"_"),
    (_BODY, _ALNUM + b".-"),
    (_SOLID, _ALNUM),
    (_LETTER, _LETTERS),
    (_STOP, b"/?# \t\r\n,;\"'"),
)
_SMALL = np.uint64(0x2020202020202020)  # makes capitals small letters
# Last labels that are file names or units of a system, not domains.
_NO_DOMAINS = (
    b"png jpg jpeg gif svg webp bmp ico css js ts json html htm txt md xml yml yaml "
    b"pdf doc docx xls xlsx csv log conf php jsp mp3 mp4 avi jar war tar gz service socket "
    b"slice scope timer target mount swap path device"
).split()


class Email(Detector):
    """Finds e-mail addresses; the form is all they show."""

    kind: ClassVar[str] = "email"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.028
    text_chance: ClassVar[float] = 1e-3
    expected: ClassVar[float] = 0.98

    def find(self, texts: Texts) -> Matches:
        """Every address."""
        at = np.flatnonzero(texts.data == ord("@"))
        if not len(at):
            return Matches.none()
        classes: Bytes = gathered(_byte_classes(), texts.data)
        rows = texts.row_of(at)
        starts = _local_starts(texts, classes, at, texts.offsets[rows])
        ends = _domain_ends(texts, classes, at, texts.offsets[rows + 1])
        fits = (starts < at) & (ends > at)
        starts, ends, at = starts[fits], ends[fits], at[fits]
        kept = ~(_in_url(texts, classes, starts) | _is_remote(texts, starts, at, ends))
        kept[1:] &= starts[1:] >= ends[:-1]  # `a@b.cn@c.cn`: the first
        starts, ends = starts[kept], ends[kept]
        return Matches.at(texts, starts, ends, np.zeros(len(starts), np.bool_))


@cache
def _byte_classes() -> pa.Array:
    table = np.zeros(256, np.uint8)
    for bit, members in _MEMBERS:
        table[np.frombuffer(members, np.uint8)] |= np.uint8(bit)
    return pa.array(table)


def _runs(classes: Bytes, bit: int) -> Beside:
    return Beside(np.asarray(classes & np.uint8(bit), dtype=np.bool_))


def _local_starts(texts: Texts, classes: Bytes, at: Ints, begins: Ints) -> Ints:
    """Where each local part begins; `at` itself where there is none that can stand."""
    starts = np.maximum(_runs(classes, _LOCAL).before(at), begins)
    # A local part begins with a letter or digit (or _), and has one before the `@`.
    odd = np.flatnonzero(((classes[starts] & _HEAD) == 0) & (starts < at))
    if len(odd):
        signs = Beside((classes & _HEAD) == 0)
        starts[odd] = np.minimum(signs.after(starts[odd]), at[odd])
    length = at - starts
    good = (length > 0) & (length <= _LOCAL_MOST) & (texts.before(at) != ord("."))
    starts = np.where(good & ~_is_masked(texts, starts), starts, at)
    empty = np.flatnonzero(texts.before(at) >= 0x80)
    if len(empty):
        starts[empty] = _han_starts(texts, at[empty])
    return starts


def _han_starts(texts: Texts, at: Ints) -> Ints:
    """Where up to 8 Han characters before each `@` begin; else `at`."""
    begins = texts.offsets[texts.row_of(at)]
    starts = np.maximum(Beside(texts.data >= 0x80).before(at), begins)
    # Three bytes a character, led by E4 to E9: the common Han blocks, and little else.
    three = (at - starts) % 3 == 0
    short = three & (starts < at) & (at - starts <= 3 * _HAN_MOST)
    for place in range(_HAN_MOST):
        lead = texts.data[np.minimum(starts + 3 * place, at)]
        short &= (starts + 3 * place >= at) | ((lead >= 0xE4) & (lead <= 0xE9))
    alone = short & ~np.isin(texts.before(starts), list(_ALNUM + b"._%+-*#"))
    return np.where(alone, starts, at)


def _domain_ends(texts: Texts, classes: Bytes, at: Ints, limits: Ints) -> Ints:
    """Where each domain ends; `at` itself where none that can stand follows."""
    ends = np.minimum(_runs(classes, _BODY).after(at + 1), limits)
    # Points and hyphens at the end (of a sentence) are off.
    odd = np.flatnonzero((ends > at + 1) & ((classes[ends - 1] & _SOLID) == 0))
    if len(odd):
        signs = Beside((classes & _SOLID) == 0)
        ends[odd] = np.maximum(signs.before(ends[odd]), at[odd] + 1)
    # The last label is all letters, and a point is before it.
    starts = _runs(classes, _LETTER).before(ends)
    good = (starts > at + 2) & (ends > at) & (texts.before(starts) == ord("."))
    good &= (classes[np.minimum(at + 1, len(classes) - 1)] & _SOLID) > 0
    good &= _no_pair(texts, at, starts) & _is_domain(texts, starts, ends)
    return np.where(good, ends, at)


def _no_pair(texts: Texts, at: Ints, stop: Ints) -> Flags:
    """True where no two points or point and hyphen meet between `at` and `stop`."""
    dot = texts.data == ord(".")
    sign = dot | (texts.data == ord("-"))
    pairs = np.flatnonzero(sign[:-1] & sign[1:] & (dot[:-1] | dot[1:]))
    if not len(pairs):
        return np.ones(len(at), np.bool_)
    none = np.searchsorted(pairs, at) == np.searchsorted(pairs, stop - 1)
    return np.asarray(none, dtype=np.bool_)


def _is_domain(texts: Texts, starts: Ints, ends: Ints) -> Flags:
    """True where a last label has 2 to 24 letters and is no file type or system unit."""
    length = ends - starts
    good: Flags = (length >= 2) & (length <= 24)
    padded = np.append(texts.data, np.zeros(8, np.uint8))
    eights = np.ndarray(len(texts.data) + 1, ">u8", padded, strides=(1,))
    word = eights[np.maximum(starts, 0)].astype(np.uint64) | _SMALL
    rest = (8 * np.maximum(8 - length, 0)).astype(np.uint64)
    known = np.asarray(pc.is_in(pa.array(word >> rest << rest), value_set=_no_domains()))
    free: Flags = good & ~((length <= 8) & known)
    return free


@cache
def _no_domains() -> pa.Array:
    return pa.array([int.from_bytes(word.ljust(8, b"\0")) for word in _NO_DOMAINS], pa.uint64())


def _in_url(texts: Texts, classes: Bytes, starts: Ints) -> Flags:
    """True where `//` stands before with no other `/`, `?`, `#` or space between."""
    out = np.zeros(len(starts), np.bool_)
    left = texts.before(starts)
    at = np.flatnonzero(left > ord(" "))  # else a space or the text's begin is before it
    if not len(at):
        return out
    stop = Beside((classes & _STOP) == 0).before(starts[at]) - 1
    same = stop >= texts.offsets[texts.row_of(starts[at])]
    slash = ord("/")
    out[at] = same & (texts.data[stop] == slash) & (texts.before(np.maximum(stop, 0)) == slash)
    return out


def _is_remote(texts: Texts, starts: Ints, at: Ints, ends: Ints) -> Flags:
    """True for `git@host:path`."""
    out = np.zeros(len(starts), np.bool_)
    short = np.flatnonzero(at - starts == 3)
    git = texts.data[starts[short, None] + np.arange(3)] == np.frombuffer(b"git", np.uint8)
    out[short] = git.all(axis=1) & (texts.after(ends[short]) == ord(":"))
    return out


def _is_masked(texts: Texts, starts: Ints) -> Flags:
    """True where a mask character stands before: `*`, `#`, `×`, `○`, `●`."""
    last = texts.before(starts)
    low = texts.before(np.maximum(starts - 1, 0))
    out: Flags = (last == ord("*")) | (last == ord("#")) | ((last == 0x97) & (low == 0xC3))
    out |= ((last == 0x8B) | (last == 0x8F)) & (low == 0x97)
    return out
