"""How much a text looks like a postal address: counts of its marks, weighed.

Sources:
    Marks (roads, numbers, buildings, rooms, villages): GB/T 23705, and everyday use.
    Weights: `data/addresses.txt`, fitted by `tools/build_addresses.py` to generated addresses
    and to other texts.

A text is read as classes of characters; a mark counts where the class before it agrees (`号`
after a digit, `路` after Han). Several counts share one 64-bit number, so that a few sums over
all characters count everything: one to two million texts a second.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from detectors.places import beginnings
from detectors.texts import Bytes, Flags, Ints
from detectors.units import Chars, Units, gathered

Floats = npt.NDArray[np.float32]

MOST = 100  # characters of a text that are looked at
_BLOCK = 8192  # texts at a time: their characters stay in the processor's cache
_LANE = 8  # bits of one count, for up to MOST characters
_PER_WORD = 8
_BELOW = -0.1  # the score of a text that has marks and is not located, about

_OTHER, _HAN, _BEFORE = 0, 1, 2  # `_BEFORE`: where a text begins
# Classes of characters from 3 on; what is in none is Han or other.
_CLASSES = {
    "digit": "0123456789",
    "letter": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "numeral": "一二三四五六七八九十百甲乙丙丁东西南北",
    "number": "号號弄",
    "road": "路巷衢",
    "street": "街",
    "way": "道",
    "lane_end": "同",
    "building": "栋棟幢座",
    "room": "室房户戶",
    "floor": "层層楼樓",
    "unit": "元",
    "single": "单單",
    "village": "村屯庄莊寨湾坪堡岗嘎",
    "group": "组組队隊社",
    "place": "苑园園城厦廈邸寓里庭府居墅场場",
    "province": "省",
    "city": "市",
    "district": "区區县縣旗",
    "town": "镇鎮乡鄉州盟",
    "function": "的了是我你他她它们吗吧呢着过把被这那就也都不没很与及或为于从对说想要会能",
    "stop": "。！？；“”《》!?;：:，,、",
    "dash": "-－—#",
    "public": "公",
    "company": "司",
    "small": "小业",
}
_NUMBER = {name: at for at, name in enumerate(_CLASSES, 3)}
_ANY = (
    *("han", "letter", "numeral", "number", "single", "road", "street", "place", "public"),
    *("village", "city", "district", "town", "unit", "building", "floor", "group", "small"),
)
_FIGURE = ("digit", "numeral", "letter")
# Count, its class, and the classes that may stand before (none named: any).
_RULES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("digit", "digit", ()),
    ("way", "road", _ANY),
    ("way", "street", _ANY),
    ("way", "way", ("han", "numeral", "small")),
    ("subdistrict", "way", ("street",)),
    ("numbered", "number", _FIGURE),
    ("number", "number", ()),
    ("building", "building", (*_FIGURE, "number")),
    ("room", "room", ("digit",)),
    ("floor", "floor", ("digit", "numeral", "number")),
    ("unit", "unit", ("single",)),
    ("village", "village", _ANY),
    ("group", "group", ("digit", "numeral")),
    ("place", "place", _ANY),
    ("community", "district", ("group", "small")),  # 社区, 小区, 工业区
    ("place's district", "district", ("place", "village")),
    ("place's city", "city", ("place", "village")),
    ("province", "province", ()),
    ("city", "city", ()),
    ("district", "district", ()),
    ("town", "town", ()),
    ("function", "function", ()),
    ("stop", "stop", ()),
    ("dash", "dash", ("digit", "letter")),
    ("company", "company", ("public",)),
    ("other", "other", ()),
)
_COUNTS = tuple(dict.fromkeys(name for name, *_ in _RULES))
_LAST = {  # last characters
    "ends as an organisation": "司团厂店行局院校部会所社处科系办",
    "ends as a detail": "0123456789号室房户层楼栋幢座组队",
    "ends as a region": "省市区县縣旗镇鎮乡鄉州盟",
}


@dataclass(frozen=True, slots=True)
class Marks:
    """Counts of one batch of texts, by name, and what follows from them."""

    length: Ints
    counts: dict[str, Floats]
    begins: Flags  # with the name of a region
    first: Bytes  # class of the first character
    last: Flags  # (3, n): the last character is one of each of _LAST

    def __getitem__(self, name: str) -> Floats:
        return self.counts[name]

    @property
    def roads(self) -> Floats:
        """Roads, streets and avenues; 街道 is a subdistrict and none."""
        return self["way"] - self["subdistrict"]

    @property
    def details(self) -> Floats:
        """Numbers, buildings, units, floors, rooms and groups."""
        names = ("numbered", "building", "room", "floor", "unit", "group")
        total: Floats = np.sum([self[name] for name in names], axis=0, dtype=np.float32)
        return total

    @property
    def regions(self) -> Floats:
        """Words for regions of any level."""
        return self["province"] + self["city"] + self["district"] + self["town"]

    @property
    def located(self) -> Flags:
        """True where something is finer than a region: road, detail, village or place.

        An organisation is located by a detail, or by three levels of regions before it.
        """
        finer = self.roads + self.details + self["village"] + self["place"] + self["community"]
        finer -= self["place's district"] + self["place's city"]  # 上城区, 石家庄市
        house = (self["dash"] > 1) & (self.begins | (self.regions > 0))  # 3-2-501
        exact = self.roads + self.details + self["community"] > 0
        company = (self["company"] > 0) & self.last[0]
        below = self.begins & (self.regions > 2) & ~self.last[2] & (company | ~self.last[0])
        finely = (finer > 0) & (exact | ~self.last[2]) & ~(company & (self.details == 0))
        return np.asarray(finely | house | below, dtype=np.bool_)

    def features(self) -> dict[str, Floats]:
        """What the weights are for, by name, in order."""
        capped = {name: np.minimum(self[name], most) for name, most in _CAPS.items()}
        regions = self.regions
        length = self.length.astype(np.float32)
        flags = {
            "long": length > 60,
            "begins with a region": self.begins,
            "region and road": (regions > 0) & (self.roads > 0),
            "region and detail": (regions > 0) & (self.details > 0),
            "road and digit": (self.roads > 0) & (self["digit"] > 0),
            "road and number": (self.roads > 0) & (self["numbered"] > 0),
            "two details": self.details > 1,
            "begins with a digit": self.first == _NUMBER["digit"],
            "ends as a detail": self.last[1],
            "ends as a region": self.last[2],
        }
        return {
            "length": np.minimum(length, 40) / 10,
            "other share": self["other"] / np.maximum(length, 1),
            "roads": np.minimum(self.roads, 2),
            "details": np.minimum(self.details, 3),
            **capped,
            **{name: flag.astype(np.float32) for name, flag in flags.items()},
        }


_CAPS = {
    "digit": 8, "numbered": 2, "number": 2, "building": 1, "room": 1, "floor": 1, "unit": 1,
    "village": 2, "group": 1, "place": 2, "province": 1, "city": 2, "district": 2, "town": 1,
    "subdistrict": 1, "community": 1, "function": 4, "stop": 4, "dash": 2, "company": 1,
}  # fmt: skip


def scores(units: Units) -> Floats:
    """The log-odds of each span to be an address; well below 0 for what has no marks.

    A text that names nothing finer than a region, or an organisation alone, scores below 0.
    """
    out = np.empty(len(units), np.float32)
    for at in range(0, len(units), _BLOCK):
        firsts, lengths = units.firsts[at : at + _BLOCK], units.lengths[at : at + _BLOCK]
        out[at : at + _BLOCK] = weighed(marked(units.spans(firsts, lengths)))
    return out


def weighed(marks: Marks) -> Floats:
    """The log-odds of each text whose marks these are, as `scores` says."""
    weights, constant = _weights()
    score = np.full(len(marks.length), constant, np.float32)
    for name, feature in marks.features().items():
        score += weights[name] * feature
    vague = np.maximum(score, 0)  # above all that have no marks, below what is located
    return np.where(marks.located | (score <= 0), score, _BELOW / (1 + vague))


@cache
def _weights() -> tuple[dict[str, np.float32], np.float32]:
    """Weight by feature, and the constant."""
    weights = {}
    text = files("detectors").joinpath("data", "addresses.txt").read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            name, weight = line.rsplit(" ", 1)
            weights[name] = np.float32(weight)
    return weights, weights.pop("constant")


def marked(units: Units) -> Marks:
    """The marks of each span; the spans are in order and do not overlap."""
    chars, firsts = _close(units)
    lengths, filled = units.lengths, units.lengths > 0
    tables = _tables()
    own = gathered(tables.classes, chars)
    before = np.full(len(own), _BEFORE, np.uint8)
    before[1:] = own[:-1]
    before[firsts[filled]] = _BEFORE
    index = before.astype(np.uint16) * np.uint16(32) + own
    looked = firsts + np.minimum(lengths, MOST)
    words = np.empty((len(firsts), len(tables.packed)), "<u8")
    sums = np.zeros(len(index) + 1, np.uint64)
    for column, packed in enumerate(tables.packed):
        np.cumsum(gathered(packed, index), out=sums[1:])  # beyond 64 bits: differences hold
        words[:, column] = sums[looked] - sums[firsts]
    counts = np.array(words.view(np.uint8).T, np.float32, order="C")
    tail = tables.last[chars[np.maximum(firsts + lengths - 1, 0)]]
    return Marks(
        lengths,
        dict(zip(_COUNTS, counts, strict=False)),
        beginnings().at(chars[firsts], chars[firsts + 1]) & (lengths > 1),
        np.where(filled, own[firsts], _OTHER).astype(np.uint8),
        np.stack([tail >> bit & 1 > 0 for bit in range(len(_LAST))]) & filled,
    )


def _close(units: Units) -> tuple[Chars, Ints]:
    """The characters of the spans and two more, and where each span begins among them."""
    if not len(units):
        return np.zeros(2, np.uint16), units.firsts
    begin, stop = int(units.firsts[0]), int(units.firsts[-1] + units.lengths[-1])
    size = int(units.lengths.sum())
    if 2 * size >= stop - begin and stop + 2 <= len(units.chars):
        return units.chars[begin : stop + 2], units.firsts - begin  # and what lies between
    firsts = np.cumsum(units.lengths) - units.lengths
    joined = np.zeros(size + 2, np.uint16)
    at = np.arange(size) + np.repeat(units.firsts - firsts, units.lengths)
    joined[:size] = units.chars[at]
    return joined, firsts


@dataclass(frozen=True, slots=True)
class _Tables:
    classes: pa.Array  # by UTF-16 unit
    packed: tuple[pa.Array, ...]  # by pair of classes
    last: Bytes  # by UTF-16 unit, a bit each of _LAST


@cache
def _tables() -> _Tables:
    """Class of each unit; what each pair of classes adds to each count."""
    classes = np.full(65536, _OTHER, np.uint8)
    classes[0x3400:0xA000] = _HAN
    for name, chars in _CLASSES.items():
        classes[[ord(char) for char in chars]] = _NUMBER[name]
    numbers = _NUMBER | {"han": _HAN, "other": _OTHER}
    packed = np.zeros((-(-len(_COUNTS) // _PER_WORD), 32, 32), np.uint64)
    for name, own, before in _RULES:
        word, lane = divmod(_COUNTS.index(name), _PER_WORD)
        rows = [numbers[b] for b in before] or list(range(32))
        packed[word, rows, numbers[own]] += np.uint64(1 << (_LANE * lane))
    last = np.zeros(65536, np.uint8)
    for bit, chars in enumerate(_LAST.values()):
        last[[ord(char) for char in chars]] |= np.uint8(1 << bit)
    return _Tables(pa.array(classes), tuple(pa.array(table.ravel()) for table in packed), last)
