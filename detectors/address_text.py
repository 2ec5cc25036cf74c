"""Addresses inside longer texts: from a trigger or a region's name to the last mark.

A text is cut into segments at punctuation. A segment that has what an address needs gives one
candidate at most, and the counts of `detectors.addresses` judge all candidates at once. All of
it is arithmetic on where the signs of `detectors.address_signs` stand, each kind in order.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from detectors import address_signs as sign
from detectors.address_signs import Read
from detectors.address_triggers import Bits, Rare, triggers
from detectors.addresses import marked, weighed
from detectors.places import names
from detectors.texts import Bytes, Flags, Ints
from detectors.units import Chars, Units, taken

_LEAST = 5  # characters of an address
_LEAST_TOLD, _NEARLY = 8, -0.5  # characters and score that do after a trigger
_FAR = 8  # characters before a road, where nothing says that an address begins
_SURELY = 4  # first characters of an address, among which nothing goes on after it
_TAIL = 12  # characters after the last mark that name a shop or an estate
_NEAR = 3  # characters after a place among which a word for a region makes it one's name
_BEYOND = np.iinfo(np.int64).max
_DASHES = 2  # 3-2-501

# RE2: in one clause a region, and a road or an estate after it.
_PLACED = (
    r"[省市区县镇乡][^,。;:\s]*(?:大道|大街|胡同|路|街|巷|小区|花园|公寓|家园|新村|山庄|社区|广场|大厦|中心|"
    "大楼|宿舍|超市|学校|小学|中学|大学|医院|酒店|工业园|产业园|科技园|园区|市场|商城|苑|[城园府庭居湾村庄屯])"
)


@dataclass(frozen=True, slots=True)
class Found:
    """Addresses in some texts: first character of each, the one after its last, and proof."""

    starts: Ints
    ends: Ints
    checked: Flags

    @classmethod
    def none(cls) -> "Found":
        """No address."""
        return cls(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.bool_))

    def take(self, which: Flags) -> "Found":
        """The chosen ones."""
        return Found(self.starts[which], self.ends[which], self.checked[which])


@dataclass(frozen=True, slots=True)
class _Segments:
    """Parts between cuts: first character, and the one after the last."""

    starts: Ints
    ends: Ints

    def take(self, which: Flags) -> "_Segments":
        return _Segments(self.starts[which], self.ends[which])


def find(read: Read, bits: Bytes, which: Flags) -> Found:
    """Every address in the chosen texts; `bits` are the gates of each."""
    units, rare = read.units, Rare(read.rare())
    told, more = triggers(units.chars, rare)
    worth = _worth(read, bits, which, np.append(more, rare.ends(sign.UNIT_1, sign.UNIT_2)))
    if not worth.any():
        return Found.none()
    places = read.places()
    cut = _cut(places, read.long)
    segments = _segments(cut)
    segments = segments.take(segments.ends - segments.starts >= _LEAST)
    if not worth.all():
        segments = segments.take(worth[units.row_of(segments.starts)])
    segments = segments.take(_located(segments, read))
    begins, by_trigger = _begins(segments, units.chars, places, told)
    lasts = _lasts(segments, begins, by_trigger, places, rare, cut)
    found = Found(begins, lasts, by_trigger).take((begins >= 0) & (lasts - begins >= _LEAST))
    return _judged(units, found)


def can_be_located(bits: Bytes) -> Flags:
    """True where the bits of a text tell that it may have an address in it."""
    return np.asarray(bits & (sign.FINER | sign.DASH), dtype=np.bool_)


def _worth(read: Read, bits: Bytes, which: Flags, clues: Ints) -> Flags:
    """True for texts with a trigger, a figure beside a mark, or a region before a road."""
    worth = _has(bits, sign.TELLING)
    worth[read.units.row_of(clues - 1)] = True
    both = (bits & sign.FINER > 0) & (bits & sign.LEVEL > 0)
    left = np.flatnonzero(which & ~worth & both)
    placed = pc.match_substring_regex(taken(read.array, left), _PLACED)
    worth[left] = np.asarray(placed, dtype=np.bool_)
    return worth & which


def _cut(places: Bits, long: Ints) -> Flags:
    """True for characters that divide a text: punctuation, wide gaps and long numbers."""
    cut = _has(places, sign.CUT)
    space = _has(places, sign.SPACE)
    gaps = np.flatnonzero(space[:-1] & space[1:])
    cut[gaps] = cut[gaps + 1] = True
    cut[(long[:, None] + np.arange(sign.LONG)).ravel()] = True
    return cut


def _segments(cut: Flags) -> _Segments:
    """What is between the cuts; the first and last character are cuts."""
    edges = np.flatnonzero(cut[1:] != cut[:-1]) + 1
    return _Segments(edges[::2], edges[1::2])


def _located(segments: _Segments, read: Read) -> Flags:
    """True for segments with a mark finer than a region, or with two dashes as in 3-2-501."""
    bits = read.bits(read.units.spans(segments.starts, segments.ends - segments.starts))
    located = _has(bits, sign.FINER)
    left = np.flatnonzero(~located & (bits & sign.DASH > 0))
    if not len(left):
        return located
    dashes = _at(read.gates, sign.DASH)
    starts, ends = segments.starts[left], segments.ends[left]
    many = np.searchsorted(dashes, ends) - np.searchsorted(dashes, starts)
    located[left] = many >= _DASHES
    return located


def _begins(segments: _Segments, chars: Chars, places: Bits, told: Ints) -> tuple[Ints, Flags]:
    """Where the address of each segment begins, -1 for none, and whether a trigger says so.

    The last trigger before a region's name; else the name; else the segment, at a near road.
    """
    starts, ends = segments.starts, segments.ends
    region = _next(names().at(chars), starts)
    stop = np.minimum(region, ends)
    trigger = _before(told, stop)
    by_trigger = trigger >= starts
    begins = np.where(by_trigger, trigger, np.where(region < ends - 1, region, -1))
    left = np.flatnonzero(begins < 0)
    if len(left):
        near = _next(_roads(places), starts[left])
        near_enough = (near < ends[left]) & (near - starts[left] <= _FAR)
        begins[left] = np.where(near_enough, starts[left], -1)
    return begins, by_trigger


def _roads(places: Bits) -> Ints:
    """Where a road's mark stands."""
    road = _has(places, sign.ROAD)
    road[1:] |= _has(places[:-1], sign.SECOND_ROAD)
    return np.flatnonzero(road)


def _lasts(
    segments: _Segments, begins: Ints, by_trigger: Flags, places: Bits, rare: Rare, cut: Flags
) -> Ints:
    """Where the address of each segment ends: at the last mark; after a trigger, with its tail."""
    went_on = _has(places, sign.AFTER)
    received = rare.at(sign.LAST)
    went_on[received[cut[received + 1]]] = True
    surely = np.minimum(begins + _SURELY, segments.ends)
    limits = np.minimum(_next(np.flatnonzero(went_on), surely), segments.ends)
    lasts = _before(np.flatnonzero(_marks(places, rare, went_on | cut)), limits)
    tail = by_trigger & (limits - lasts <= _TAIL) & (lasts - begins >= _LEAST)
    tailed = np.flatnonzero(tail & (limits > lasts))
    spaces = _at(places, sign.SPACE)
    tailed = tailed[_next(spaces, lasts[tailed]) >= limits[tailed]]
    lasts[tailed] = limits[tailed]
    return lasts


def _marks(places: Bits, rare: Rare, stops: Flags) -> Flags:
    """True where a mark ends; a place is none before a word for a region: 上城区."""
    ends = np.zeros(len(places) + _NEAR, np.bool_)
    ends[1 : len(places) + 1] = _has(places, sign.ONE)
    ends[2 : len(places) + 2] |= _has(places, sign.TWO)
    parks = rare.ends(sign.ESTATE_1, sign.ESTATE_2)
    ends[parks] = True
    ends[parks[places[parks] & sign.SHIRE > 0] + 1] = False  # 工业园区 ends with its 园
    place = _at(places, sign.PLACE)
    free = np.ones(len(place), np.bool_)
    open_ = free.copy()
    for ahead in range(1, _NEAR + 1):
        at = np.minimum(place + ahead, len(places) - 1)
        open_ &= ~stops[at]
        free &= ~(open_ & (places[at] & sign.SHIRE > 0))
    ends[place[free] + 1] = True
    ends = ends[: len(places)]
    one = _has(places, sign.BESIDE)
    gates, sides = rare.at(sign.GATE), rare.at(sign.SIDE)  # 3号东门, 3号旁边
    gates = gates[ends[gates] & one[gates + 1]]
    sides, beside = sides[ends[sides]], np.flatnonzero(ends & one)
    for at, size in ((gates, 2), (sides, 2), (beside, 1)):
        ends[at + size] = True
    return ends


def _judged(units: Units, found: Found) -> Found:
    """Those that are addresses; proven also where region, road and number agree."""
    marks = marked(units.spans(found.starts, found.ends - found.starts))
    agree = marks.begins & (marks.roads > 0) & (marks["numbered"] > 0)
    # After a trigger a place in a region will do, not a region alone.
    bare = marks.last[2] & (marks["community"] + marks["place's district"] == 0)
    told = found.checked
    least = np.where(told & ~bare & (marks.length >= _LEAST_TOLD), _NEARLY, 0)
    found = Found(found.starts, found.ends, told | agree)
    return found.take(weighed(marks) > least)


def _at(bits: Bits | Bytes, bit: int) -> Ints:
    return np.flatnonzero(_has(bits, bit))


def _has(bits: Bits | Bytes, bit: int) -> Flags:
    return np.asarray(bits & bits.dtype.type(bit), dtype=np.bool_)


def _next(places: Ints, at: Ints) -> Ints:
    """The first of the places at or after each; beyond all where there is none."""
    return np.append(places, _BEYOND)[np.searchsorted(places, at)]


def _before(places: Ints, at: Ints) -> Ints:
    """The last of the places at or before each; -1 where there is none."""
    return np.append(-1, places)[np.searchsorted(places, at, side="right")]
