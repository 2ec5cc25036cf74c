"""Number plate of a vehicle (机动车号牌).

A character for the province, a letter for the office, and a serial of five characters, or six
on vehicles without an engine.

Sources:
    GA 36-2018: layout, alphabet (no I and O), series of six for new energy, and the last
    character 挂 学 警 港 澳 领; 使 and six digits for embassies. 应急 for fire and rescue. The
    letters A to K of new energy, and WJ of the armed police, as public lists of patterns give
    them.

Caught:
    With a dot, space or hyphen after the letter and without; capitals or small letters; full
    width; in prose. Armed police: WJ, province, five characters. Of the form only, since there
    is no check digit.

Not caught:
    Plates of the army (two letters and five digits), of Hong Kong, of tractors and of boats.
    Masked ones (see `detectors.states`).

Mistaken for it:
    Of random codes behind a random common Han character 1.9 in 1,000 have the form, of those
    behind a province's 23 in 100: house and product codes such as 新A12345.
"""

from typing import ClassVar

import numpy as np

from detectors.base import Detector, Matches
from detectors.texts import Bytes, Flags, Ints, Runs, Texts

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_BEFORE = "北南东天创最全"  # 南京, 天津, 创新: then it is another word
_DOTS = ("·", "•", "‧", "・", ".", "-", " ")
_TAILS = "挂学警港澳领"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_ELECTRIC = "ABCDEFGHJK"
_HAN = 3  # bytes
_SHORT, _PLAIN, _LONG = 4, 5, 6  # characters of a serial


class Plate(Detector):
    """Finds number plates."""

    kind: ClassVar[str] = "plate"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.0019
    text_chance: ClassVar[float] = 1e-3
    imitated: ClassVar[float] = 0.23
    digits: ClassVar[int] = 2

    def find(self, texts: Texts) -> Matches:
        """Every plate."""
        found = (_civil(texts), _embassy(texts), _police(texts))
        starts, ends = (np.concatenate(column) for column in zip(*found, strict=True))
        free = texts.bordered(starts, ends)
        return Matches.at(texts, starts[free], ends[free], np.zeros(free.sum(), np.bool_))


def _civil(texts: Texts) -> tuple[Ints, Ints]:
    """Province, letter, serial, and where the serial is of four, one of the tails."""
    runs = texts.word_runs
    at = np.flatnonzero((texts.before(runs.starts) >= 0x80) & _LETTER[texts.after(runs.starts)])
    begins = runs.starts[at]
    province = np.isin(_behind(texts, begins), _codes(_PROVINCES))
    at, begins = at[province], begins[province]
    begins = begins - _HAN
    at = at[~np.isin(_behind(texts, begins), _codes(_BEFORE))]
    solid = at[runs.lengths[at] > _SHORT]
    split, dots = _split(texts, runs, at[runs.lengths[at] == 1])
    starts = np.concatenate((runs.starts[solid], runs.starts[split])) - _HAN
    serials = np.concatenate((runs.starts[solid] + 1, runs.ends[split] + dots))
    ends = np.concatenate((runs.ends[solid], runs.ends[split + 1]))
    fits = _is_serial(texts, serials, ends - serials)
    starts, ends, short = starts[fits], ends[fits], (ends - serials)[fits] == _SHORT
    tails = _tail(texts, ends[short])
    ends[short] += tails
    short[short] = tails == 0
    return starts[~short], ends[~short]


def _split(texts: Texts, runs: Runs, at: Ints) -> tuple[Ints, Ints]:
    """Those of the runs that have a dot and another run behind, and the size of the dot."""
    at = at[at + 1 < len(runs.rows)]
    dots = _dot(texts, runs.ends[at])
    joined = (dots > 0) & (runs.starts[at + 1] == runs.ends[at] + dots)
    joined &= runs.rows[at + 1] == runs.rows[at]
    return at[joined], dots[joined]


def _is_serial(texts: Texts, starts: Ints, lengths: Ints) -> Flags:
    """Two digits or more and no I and O; six characters as on new energy vehicles."""
    chars = _chars(texts, starts, _LONG)
    used = np.arange(_LONG) < lengths[:, None]
    digit = (chars >= ord("0")) & (chars <= ord("9"))
    good = ((digit | _LETTER[chars]) | ~used).all(axis=1)
    good &= (digit & used).sum(axis=1) > 1
    small = _ELECTRIC_LETTER[chars[:, 0]] & digit[:, 2:].all(axis=1)
    large = _ELECTRIC_LETTER[chars[:, -1]] & digit[:, :-1].all(axis=1)
    good &= (lengths != _LONG) | small | large
    return np.asarray(good & (lengths >= _SHORT) & (lengths <= _LONG), dtype=np.bool_)


def _embassy(texts: Texts) -> tuple[Ints, Ints]:
    """使 and six digits, or three and three with a dot between."""
    runs = texts.digit_runs
    at = np.flatnonzero((runs.lengths == 2 * _HAN) | (runs.lengths == _HAN))
    at = at[_behind(texts, runs.starts[at]) == _codes("使")[0]]
    solid = at[runs.lengths[at] == 2 * _HAN]
    split, _ = _split(texts, runs, at[runs.lengths[at] == _HAN])
    split = split[runs.lengths[split + 1] == _HAN]
    starts = np.concatenate((runs.starts[solid], runs.starts[split])) - _HAN
    return starts, np.concatenate((runs.ends[solid], runs.ends[split + 1]))


def _police(texts: Texts) -> tuple[Ints, Ints]:
    """WJ, province, four digits and a digit or letter."""
    runs = texts.word_runs
    at = np.flatnonzero((runs.lengths == 2) & (texts.after(runs.ends) >= 0x80))
    at = at[at + 1 < len(runs.rows)]
    at = at[(_chars(texts, runs.starts[at], 2) == np.frombuffer(b"WJ", np.uint8)).all(axis=1)]
    at = at[np.isin(_ahead(texts, runs.ends[at]), _codes(_PROVINCES))]
    serials = runs.ends[at] + _HAN
    serials += _dot(texts, serials)
    fits = (runs.starts[at + 1] == serials) & (runs.lengths[at + 1] == _PLAIN)
    fits &= runs.rows[at + 1] == runs.rows[at]
    fits &= _is_serial(texts, serials, np.full(len(at), _PLAIN))
    return runs.starts[at[fits]], runs.ends[at[fits] + 1]


def _tail(texts: Texts, ends: Ints) -> Ints:
    """How many bytes 挂, 警 or 应急 take behind each end; 0 where there is none."""
    one = np.isin(_ahead(texts, ends), _codes(_TAILS))
    rescue = (_chars(texts, ends, 2 * _HAN) == np.frombuffer("应急".encode(), np.uint8)).all(axis=1)
    rescue &= texts.row_of(np.minimum(ends + _HAN, len(texts.data) - 1)) == texts.row_of(ends - 1)
    return np.asarray(_HAN * (one + 2 * rescue), dtype=np.int64)


def _behind(texts: Texts, at: Ints) -> Ints:
    """The three bytes before each place as one number, 0 where the text begins there."""
    return _han(texts, np.maximum(at - _HAN, 0), texts.before(at))


def _ahead(texts: Texts, at: Ints) -> Ints:
    """The three bytes from each place on as one number, 0 where the text ends there."""
    return _han(texts, at, texts.after(at))


def _han(texts: Texts, at: Ints, seen: Bytes) -> Ints:
    """Three bytes as one number; only a whole Han character of the same text makes sense."""
    code = np.zeros(len(at), np.int64)
    near = np.flatnonzero(seen >= 0x80)
    chars = _chars(texts, at[near], _HAN).astype(np.int64)
    code[near] = chars[:, 0] << 16 | chars[:, 1] << 8 | chars[:, 2]
    return code


def _chars(texts: Texts, at: Ints, width: int) -> Bytes:
    """So many bytes from each place on, zeros behind the end of all texts."""
    if not len(texts.data):
        return np.zeros((len(at), width), np.uint8)
    places = at[:, None] + np.arange(width)
    chars: Bytes = texts.data[np.minimum(places, len(texts.data) - 1)]
    return np.where(places < len(texts.data), chars, 0).astype(np.uint8)


def _dot(texts: Texts, at: Ints) -> Ints:
    """How many bytes the dot, space or hyphen at each place takes; 0 where there is none."""
    chars = _chars(texts, at, _HAN)
    size = np.zeros(len(at), np.int64)
    for dot in _DOTS:
        code = np.frombuffer(dot.encode(), np.uint8)
        size[(chars[:, : len(code)] == code).all(axis=1)] = len(code)
    return size


def _codes(chars: str) -> Ints:
    return np.array([int.from_bytes(char.encode()) for char in chars], np.int64)


def _table(chars: str) -> Flags:
    table = np.zeros(256, np.bool_)
    table[[ord(char) for char in chars + chars.lower()]] = True
    return table


_LETTER, _ELECTRIC_LETTER = _table(_LETTERS), _table(_ELECTRIC)
