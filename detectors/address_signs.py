"""What two characters side by side tell of an address: the words that `address_text` looks for.

Characters that no word has are alike, so that two neighbours are one number of 16 bits, and a
table says what they are. A word of three characters is two of two.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from detectors.texts import Bytes, Flags, Ints
from detectors.units import SEPARATOR, Chars, Units, gathered

ANY = ""
Pair = tuple[str, str]  # one of these before one of those; `~` before: none of these

_DIGITS, _DECIMALS = "0", "\u0660"  # ASCII digits; those of other scripts
_LETTERS = "badres"  # each its capital too; b stands for all the rest
_ALNUM = _DIGITS + _LETTERS
_SPACE, _TAB = " ", "\t"  # white space; tabs and returns, which cut too
_SPACES = _SPACE + _TAB + "\n"
_EDGE = chr(SEPARATOR)
_CUTS = f",。;！？!?\"'{{}}[]|<>=:：“”\n{_TAB}{_EDGE}"
_NUMERALS = "一二三四五六七八九十"
_SHIRE = "省市区县旗"
_UNITS = "号弄幢栋座室层楼户房组队#"


def _words(listed: str) -> list[Pair]:
    return [(word[0], word[1]) for word in listed.split()]


LONG = 7  # digits in a row: telephones and codes
# Of whole texts and of segments: has it any?
STOP, FINER, DASH, LEVEL, TELLING, DIGIT = (1 << n for n in range(6))
_KEYS = _words("地址 住址 住所 现住")
_VERBS = _words(
    "住在 家住 位于 寄到 寄回 寄往 送到 送至 送往 放到 放在 改成 改到 发到 发往 到达 搬到 地处 "
    "人在 我在 家在"
)
_GATES: dict[int, list[Pair]] = {
    STOP: [(':;=<>{}[]"!?|,\n', ANY)],
    FINER: [
        (
            "路巷衢街道号號弄栋棟幢座室房户戶层層楼樓元村屯庄莊寨湾坪堡岗嘎组組队隊"
            "社苑園园城厦廈邸寓里庭府居墅场場小业",
            ANY,
        )
    ],
    DASH: [(_ALNUM, "-－—#")],
    LEVEL: [("省市区區县縣旗镇鎮乡鄉州盟", ANY)],
    TELLING: [
        (_ALNUM + _NUMERALS, _UNITS),
        ("路街道巷弄村镇区园厦场苑", _DIGITS),
        *_KEYS,
        *_VERBS,
    ],
    DIGIT: [(_DIGITS + _DECIMALS, ANY)],
}
# Of every place.
CUT, SPACE, ROAD, SECOND_ROAD, ONE, TWO, PLACE, SHIRE, AFTER, BESIDE = (1 << n for n in range(10))
_PLACES: dict[int, list[Pair]] = {
    CUT: [(_CUTS, ANY)],
    SPACE: [(_SPACES, ANY)],
    ROAD: [*_words("大道 大街 胡同"), ("街", "~道"), ("巷", ANY)],
    SECOND_ROAD: [("~道", "路")],
    # A mark that ends behind the first, or behind the second.
    ONE: [(_UNITS + "苑巷" + _DIGITS, ANY), ("街", "~道")],
    TWO: [
        *_words(
            "号院 单元 大道 大街 胡同 小区 花园 公寓 家园 新村 山庄 社区 广场 大厦 中心 大楼 宿舍 "
            "超市 学校 小学 中学 大学 医院 酒店 园区 市场 商城"
        ),
        ("~道", "路"),
        (_DIGITS, _LETTERS),
    ],
    PLACE: [("城园府庭居湾村庄屯", ANY)],  # no mark before a word for a region: 上城区
    SHIRE: [(_SHIRE, ANY)],
    AFTER: [
        ("的找请了", ANY),
        *_words("那边 附近 即可 就行 不是 门口 谢谢 联系 电话 号码 客户 办理 举行 召开 发生"),
    ],
    BESIDE: [("门", "~口"), ("旁", ANY)],
}
# Of few places.
KEY, VERB, KEY_1, KEY_2, VERB_1, VERB_2, LEFT, ADDR_1 = (1 << n for n in range(8))
ADDR_2, ESTATE_1, ESTATE_2, UNIT_1, UNIT_2, SIDE, GATE, LAST = (1 << n for n in range(8, 16))
_RARE: dict[int, list[Pair]] = {
    KEY: _KEYS,
    VERB: _VERBS,
    KEY_1: _words("居住 户籍"),
    KEY_2: _words("住地 籍地"),
    VERB_1: _words("上门 坐落 客户"),
    VERB_2: _words("门至 落于 户在"),
    LEFT: [(_EDGE + ",。;", "放")],
    ADDR_1: [("a", "d")],
    ADDR_2: [("d", "r")],
    ESTATE_1: _words("工业 产业 科技"),
    ESTATE_2: _words("业园 技园"),
    UNIT_1: [(_ALNUM + _NUMERALS, "单")],
    UNIT_2: _words("单元"),
    SIDE: _words("旁边 对面"),
    GATE: [("东南西北", "门")],
    LAST: [("收", ANY)],
}


@dataclass(frozen=True, slots=True)
class Read:
    """A block of texts as characters, and what stands at each with the one behind it."""

    array: pa.Array
    units: Units
    pairs: Chars  # of signs
    gates: Bytes  # bits of STOP to DIGIT
    long: Ints  # where seven digits in a row begin

    @classmethod
    def of(cls, array: pa.Array) -> "Read":
        """Reads the texts; nothing stands behind the last character, a separator."""
        units = Units.of(array)
        signs: Bytes = gathered(_tables().signs, units.chars)
        pairs = signs.astype(np.uint16)
        pairs[:-1] |= signs[1:].astype(np.uint16) << np.uint16(8)
        gates: Bytes = gathered(_tables().gates, pairs)
        return cls(array, units, pairs, gates, _long_numbers(gates))

    def bits(self, spans: Units) -> Bytes:
        """The bits of all gates in each span."""
        if not len(spans):
            return np.zeros(0, np.uint8)
        bounds = np.stack((spans.firsts, spans.firsts + spans.lengths), axis=1).ravel()
        return np.bitwise_or.reduceat(self.gates, bounds)[::2]

    def places(self) -> Chars:
        """Bits of CUT to BESIDE."""
        out: Chars = gathered(_tables().places, self.pairs)
        return out

    def rare(self) -> Chars:
        """Bits of KEY to LAST."""
        out: Chars = gathered(_tables().rare, self.pairs)
        return out


def _long_numbers(gates: Bytes) -> Ints:
    digit = np.asarray(gates & DIGIT, dtype=np.bool_)
    two = digit[:-1] & digit[1:]
    four = two[:-2] & two[2:]
    return np.flatnonzero(four[:-3] & four[3:])


def is_space(chars: Chars) -> Flags:
    """True for white space of any script."""
    return _tables().spaces[chars]


@dataclass(frozen=True, slots=True)
class _Tables:
    spaces: Flags  # by character
    signs: pa.Array
    gates: pa.Array  # by pair of signs
    places: pa.Array
    rare: pa.Array


@cache
def _tables() -> _Tables:
    rules = [*_GATES.values(), *_PLACES.values(), *_RARE.values()]
    letters = "".join(one.lstrip("~") + other.lstrip("~") for rule in rules for one, other in rule)
    numbers = {char: at for at, char in enumerate(sorted(set(letters)), 1)}
    like = [_like(chr(code)) for code in range(65536)]
    signs = np.array([numbers.get(char, 0) for char in like], np.uint8)
    return _Tables(
        np.isin(signs, [numbers[char] for char in _SPACES]),
        pa.array(signs),
        pa.array(_table(_GATES, numbers).astype(np.uint8)),
        pa.array(_table(_PLACES, numbers)),
        pa.array(_table(_RARE, numbers)),
    )


def _like(char: str) -> str:
    """The character that stands for it in the rules."""
    if char.isspace():
        return char if char == "\n" else _TAB if char in "\t\r" else _SPACE
    if char.isdecimal():
        return _DIGITS if char.isascii() else _DECIMALS
    if char.isascii() and char.isalpha():
        return char.lower() if char.lower() in _LETTERS else _LETTERS[0]
    return char


def _table(rules: dict[int, list[Pair]], numbers: dict[str, int]) -> npt.NDArray[np.uint16]:
    """The bits of each pair: the sign of the first counts once, that of the second 256 times."""
    table = np.zeros((256, 256), np.uint16)
    for bit, pairs in rules.items():
        for one, other in pairs:
            table[np.ix_(_which(other, numbers), _which(one, numbers))] |= np.uint16(bit)
    return table.ravel()


def _which(chars: str, numbers: dict[str, int]) -> Flags:
    out = np.zeros(256, np.bool_)
    out[[numbers[char] for char in chars.lstrip("~")]] = True
    return ~out if chars == ANY or chars.startswith("~") else out
