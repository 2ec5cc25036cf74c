"""Where a key may end and its value begin: by a sign, in a tag of XML, behind `is`, by a space."""

from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.tails import IS_NAME, LONGEST, Quads, table
from detectors.texts import Ints, Texts

Places = tuple[Ints, Ints]  # the byte after each key, the first byte of its value

# Keys in Latin letters that a space alone may follow: no sentence has them before such a value.
SPACED = frozenset({"qq", "vx", "wechat", "weixin", "ip", "imei", "remote_addr", "mac"})
_LOOSE = 3  # spaces, quotes and brackets between a sign and its value, or a key and its sign
_SLASH = ord("/")  # of the end of a tag, next after its text
_IS = b" is "
_READ = 24  # bytes of a value behind `is` among which is to be a digit


def signed(texts: Texts) -> Places:
    """Before a colon or an equals sign (`=>` and `:=` too), or as a tag before its text."""
    data = texts.data
    signs = np.flatnonzero((data == ord(":")) | (data == ord("=")))
    signs = signs[signs > 0]
    timed = _IS_DIGIT[data[signs - 1]] & _IS_DIGIT[data[signs - 2]]
    signs = signs[~timed & ~texts.row_flags[signs + 1]]
    stops, values = signs.copy(), signs + 1
    stops -= (texts.before(signs) == ord(":")) & (data[signs] == ord("="))
    values += texts.after(values) == ord(">")
    for _ in range(_LOOSE):
        stops -= _IS_LOOSE[texts.before(stops)]
        values += _IS_LOOSE[texts.after(values)]
    some = [(stops, values), _tagged(texts), _said(texts)]
    stops, values = (np.concatenate(column) for column in zip(*some, strict=True))
    kept = ~texts.row_flags[values] & ~texts.row_flags[stops]
    return stops[kept], values[kept]


def bare(texts: Texts) -> Places:
    """Without a sign: a Han character before an ASCII one, with a space between or two."""
    values = texts.word_runs.starts
    values = values[values > 0]
    stops = values - (texts.data[values - 1] == ord(" "))
    stops -= (stops < values) & (texts.before(stops) == ord(" "))
    joint = (texts.before(stops) >= 0x80) & ~texts.row_flags[values]
    return stops[joint], values[joint]


def spaced(texts: Texts, before: Quads) -> Places:
    """One of `SPACED`, as its last bytes tell, and a space."""
    values = texts.word_runs.starts
    values = values[values > 2]
    values = values[texts.data[values - 1] == ord(" ")]
    stops = values - 1
    stops = stops[_lasts()[texts.data[stops - 1]]]
    stops = stops[~texts.row_flags[stops] & ~texts.row_flags[stops + 1]]
    four = before[stops + LONGEST - 4]
    pair = np.asarray(pc.is_in(pa.array(four >> 16), value_set=_ends(2)), dtype=np.bool_)
    pair |= np.asarray(pc.is_in(pa.array(four), value_set=_ends(4)), dtype=np.bool_)
    return stops[pair], stops[pair] + 1


def _tagged(texts: Texts) -> Places:
    """`<password>x</password>`: what stands between the signs is a name."""
    data = texts.data
    stops = np.flatnonzero(data == ord(">"))
    if not len(stops):
        return stops, stops
    stops = stops[(stops > 1) & ~texts.row_flags[stops] & ~texts.row_flags[stops + 1]]
    others = np.append(-1, np.flatnonzero(~IS_NAME[data] & (data < 0x80)))
    opened = others[np.searchsorted(others, stops) - 1]
    held = (opened >= 0) & (texts.row_of(opened) == texts.row_of(stops))
    begun = (data[opened] == ord("<")) | (data[opened] == ord(":"))  # `<ns:password>`
    stops = stops[held & begun & (stops - opened > 2)]
    tags = np.append(np.flatnonzero(data[:-1] == ord("<")), len(data) - 1)
    stops = stops[data[np.minimum(tags[np.searchsorted(tags, stops)] + 1, len(data) - 1)] == _SLASH]
    return stops, stops + 1


def _said(texts: Texts) -> Places:
    """`password is Tr0ub4dor`: of what is said, only what has a digit is a value."""
    data = texts.data
    at = np.flatnonzero(data == ord("i"))
    at = at[(at > 1) & (at + len(_IS) - 1 < len(data))]
    for place, byte in enumerate(_IS, -1):
        at = at[data[at + place] == byte]
    at = at[texts.row_of(at - 1) == texts.row_of(at + len(_IS) - 1)]
    values = at + len(_IS) - 1
    ends = np.minimum(values + _READ, texts.offsets[texts.row_of(values) + 1])
    told = pc.match_substring_regex(texts.cut(values, ends).array, r"^[^ ,;]*[0-9]")
    kept = np.asarray(told, dtype=np.bool_)
    return at[kept] - 1, values[kept]


@cache
def _ends(size: int) -> pa.Array:
    """The last bytes of the keys of so many letters, or of four and more, in either case."""
    keys = {form for key in SPACED for form in (key, key.upper(), key.capitalize())}
    tails = [key.encode()[-size:] for key in keys if min(len(key) & ~1, 4) == size]
    numbers = sorted({int.from_bytes(tail, "little") for tail in tails})
    return pa.array(numbers, pa.uint32())


@cache
def _lasts() -> np.ndarray:
    return table("".join(sorted({form for key in SPACED for form in key[-1] + key[-1].upper()})))


_IS_LOOSE = table(" \t\"'[({")
_IS_DIGIT = table("0123456789")
