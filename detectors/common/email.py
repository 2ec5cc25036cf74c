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

from typing import ClassVar

import numpy as np

from detectors.base import Detector, Matches
from detectors.texts import Flags, Ints, Runs, Texts

_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ALNUM = _LETTERS + b"0123456789"
_LOCAL_MOST, _HAN_MOST = 64, 8
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
        starts = _local_starts(texts, at)
        ends = _domain_ends(texts, at)
        fits = (starts < at) & (ends > at)
        starts, ends, at = starts[fits], ends[fits], at[fits]
        kept = ~(_in_url(texts, starts) | _is_remote(texts, starts, at, ends))
        kept[1:] &= starts[1:] >= ends[:-1]  # `a@b.cn@c.cn`: the first
        starts, ends = starts[kept], ends[kept]
        return Matches.at(texts, starts, ends, np.zeros(len(starts), np.bool_))


def _local_starts(texts: Texts, at: Ints) -> Ints:
    """Where each local part begins; `at` itself where there is none that can stand."""
    starts = _touching(texts, texts.runs(_class(texts, _ALNUM + b"._%+-")), at)
    # A local part begins with a letter or digit (or _), and has one before the `@`.
    heads = np.concatenate((np.flatnonzero(_class(texts, _ALNUM + b"_")), [len(texts.data)]))
    starts = np.minimum(heads[np.searchsorted(heads, starts)], at)
    length = at - starts
    good = (length > 0) & (length <= _LOCAL_MOST) & (texts.before(at) != ord("."))
    starts = np.where(good & ~_is_masked(texts, starts), starts, at)
    empty = np.flatnonzero(texts.before(at) >= 0x80)
    starts[empty] = _han_starts(texts, at[empty])
    return starts


def _touching(texts: Texts, runs: Runs, at: Ints) -> Ints:
    """The start of the run that ends at each position, else the position."""
    which = np.searchsorted(runs.ends, at)
    inside = np.flatnonzero(which < len(runs.ends))
    out = at.copy()
    ends, starts = runs.ends[which[inside]], runs.starts[which[inside]]
    # A run may end where the text before ended: that is no touch.
    own = (ends == at[inside]) & ~texts.row_flags[at[inside]]
    out[inside] = np.where(own, starts, out[inside])
    return out


def _han_starts(texts: Texts, at: Ints) -> Ints:
    """Where up to 8 Han characters before each `@` begin; else `at`."""
    spans = texts.runs(texts.data >= 0x80)
    starts = _touching(texts, spans, at)
    # Three bytes a character, led by E4 to E9: the common Han blocks, and little else.
    three = (at - starts) % 3 == 0
    short = three & (starts < at) & (at - starts <= 3 * _HAN_MOST)
    for place in range(_HAN_MOST):
        lead = texts.data[np.minimum(starts + 3 * place, at)]
        short &= (starts + 3 * place >= at) | ((lead >= 0xE4) & (lead <= 0xE9))
    alone = short & ~np.isin(texts.before(starts), list(_ALNUM + b"._%+-*#"))
    return np.where(alone, starts, at)


def _domain_ends(texts: Texts, at: Ints) -> Ints:
    """Where each domain ends; `at` itself where none that can stand follows."""
    body = texts.runs(_class(texts, _ALNUM + b".-"))
    which = np.minimum(np.searchsorted(body.starts, at + 1), max(len(body.starts) - 1, 0))
    if not len(body.starts):
        return at
    solid = texts.runs(_class(texts, _ALNUM))
    # The last label: what is left when points and hyphens at the end (of a sentence) are off.
    last = np.maximum(np.searchsorted(solid.starts, body.ends[which]) - 1, 0)
    starts, ends = solid.starts[last], solid.ends[last]
    good = (body.starts[which] == at + 1) & (starts > at + 2)
    good &= np.isin(texts.after(at + 1), list(_ALNUM)) & (texts.before(starts) == ord("."))
    good &= _no_pair(texts, at, starts) & _is_domain(texts, starts, ends)
    return np.where(good, ends, at)


def _no_pair(texts: Texts, at: Ints, stop: Ints) -> Flags:
    """True where no two points or point and hyphen meet between `at` and `stop`."""
    dots = texts.data == ord(".")
    marks = dots | (texts.data == ord("-"))
    pairs = np.flatnonzero((dots[:-1] & marks[1:]) | (marks[:-1] & dots[1:]))
    none = np.searchsorted(pairs, at) == np.searchsorted(pairs, stop - 1)
    return np.asarray(none, dtype=np.bool_)


def _is_domain(texts: Texts, starts: Ints, ends: Ints) -> Flags:
    """True where a last label has 2 to 24 letters and is no file type or system unit."""
    digits = texts.digit_runs
    first = np.searchsorted(digits.ends, starts, side="right")
    length = ends - starts
    good: Flags = np.searchsorted(digits.starts, ends) == first
    good &= (length >= 2) & (length <= 24)
    code = np.zeros(len(starts), np.uint64)
    for place in range(8):
        byte = texts.data[np.minimum(starts + place, ends - 1)] | 0x20
        code = code << np.uint64(8) | np.where(place < length, byte, 0).astype(np.uint64)
    known = [int.from_bytes(word.ljust(8, b"\0")) for word in _NO_DOMAINS]
    return good & ~((length <= 8) & np.isin(code, np.array(known, np.uint64)))


def _in_url(texts: Texts, starts: Ints) -> Flags:
    """True where `//` stands before with no other `/`, `?`, `#` or space between."""
    stops = np.flatnonzero(_class(texts, b"/?# \t\r\n,;\"'"))
    which = np.searchsorted(stops, starts) - 1
    if not len(stops):
        return np.zeros(len(starts), np.bool_)
    stop = stops[np.maximum(which, 0)]
    same = (which >= 0) & (texts.row_of(stop) == texts.row_of(starts))
    slash = (texts.data[stop] == ord("/")) & (texts.before(stop) == ord("/"))
    return np.asarray(same & slash, dtype=np.bool_)


def _is_remote(texts: Texts, starts: Ints, at: Ints, ends: Ints) -> Flags:
    """True for `git@host:path`."""
    three = np.minimum(starts[:, None] + np.arange(3), at[:, None])
    git = (texts.data[three] == np.frombuffer(b"git", np.uint8)).all(axis=1)
    return np.asarray(git & (at - starts == 3) & (texts.after(ends) == ord(":")), dtype=np.bool_)


def _is_masked(texts: Texts, starts: Ints) -> Flags:
    """True where a mask character stands before: `*`, `#`, `×`, `○`, `●`."""
    last = texts.before(starts)
    low = texts.before(np.maximum(starts - 1, 0))
    out: Flags = (last == ord("*")) | (last == ord("#")) | ((last == 0x97) & (low == 0xC3))
    out |= ((last == 0x8B) | (last == 0x8F)) & (low == 0x97)
    return out


def _class(texts: Texts, members: bytes) -> Flags:
    """True at each byte that is one of `members`."""
    table = np.zeros(256, np.bool_)
    table[np.frombuffer(members, np.uint8)] = True
    flags: Flags = table[texts.data]
    return flags
