"""Addresses inside longer texts: from a trigger or a region's name to the last mark.

RE2 picks the texts that have a trigger or a road, house or estate; only they are cut, in Python,
into segments at punctuation. A segment gives one candidate at most, and the counts of
`detectors.addresses` judge all candidates at once.
"""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.addresses import read, scores
from detectors.places import first_region
from detectors.texts import Flags, Ints, Texts

_LEAST = 5  # characters of an address
_LEAST_TOLD, _NEARLY = 8, -0.5  # characters and score that do after a trigger
_SHORTEST = 21  # bytes of a text with an address in it: seven characters of Han
_FAR = 8  # characters before a road, where nothing says that an address begins

_KEYS = (
    r"(?:收货|送货|收件|寄件|注册|联系|家庭|详细|通讯|通信|户籍|单位|现居住|居住|邮寄|办公|配送|具体|公司)?"
    r"(?:地址|住址|住所)|现住|居住地|户籍地|(?<![A-Za-z])addr(?:ess)?"
)
_VERBS = (
    "住在|居住在|家住|位于|寄到|寄回|寄往|送到|送至|送往|上门至|放到|放在|改成|改到|发到|发往|到达|搬到|"
    "坐落于|地处|客户在|人在|我在|家在"
)
_LEFT_AT = "(?:^|[,。;])放(?:在|到)?"
_TRIGGER = re.compile(
    rf"(?:{_KEYS})[\"']?\s{{0,2}}(?:改成|改为|应该是|是|为|在)?\s{{0,2}}[=:：]?\s{{0,2}}[\"'\[]?|{_VERBS}|{_LEFT_AT}",
    re.IGNORECASE,
)
_CUT = re.compile(r"[,。;！？!?\n\r\t\"'{}\[\]|<>=:：“”]|\d{7,}|\s{2,}")
_UNIT = "(?:号楼|号院|号|弄|幢|栋|座|单元|室|层|楼|户|房|组|队|#)"
_ROAD = "(?:大道|大街|胡同|(?<!道)路|街(?!道)|巷)"
_ESTATE = (
    "(?:小区|花园|公寓|家园|新村|山庄|社区|广场|大厦|中心|大楼|宿舍|超市|学校|小学|中学|大学|医院|酒店|"
    "工业园|产业园|科技园|园区|市场|商城|苑|(?:城|园|府|庭|居|湾|村|庄|屯)(?!.{0,2}[省市区县旗]))"
)
_MARK = re.compile(
    rf"(?:{_UNIT}|{_ROAD}|{_ESTATE}|(?<=[0-9])[A-Za-z]?|[0-9]+)(?:[东南西北]?门|旁边?|对面)?"
)
_ROAD_MARK = re.compile(_ROAD)
_TAIL = re.compile(r"[^\s]{1,12}$")
# What goes on after an address, in a sentence.
_AFTER = re.compile(
    "的|那边|附近|即可|就行|不是|门口|谢谢|收$|找|请|了|联系|电话|号码|客户|办理|举行|召开|发生"
)
# RE2: what a sentence has and an address has not.
SENTENCE = f"{_VERBS}|即可|就行|谢谢|麻烦|^(?:放|请|客户|师傅)"
# RE2: what numbered documents, dates and stocks have: cases, contracts, orders, bins.
DOCUMENT = (
    r"字第|第\d+号|\d号[库令]|号车位|[〔\[(（](?:19|20)\d\d年?[〕\])）]"
    r"|(?:19|20)\d\d年\d{1,2}月|期\d+号|\d号\d+期"
)
_FIGURE = "[0-9一二三四五六七八九十A-Z]"
# What a text needs for `detectors.addresses` to take it for one: a mark finer than a region, or
# two dashes as in 3-2-501.
_FINER = (
    "[路巷衢街道号號弄栋棟幢座室房户戶层層楼樓元村屯庄莊寨湾坪堡岗嘎组組队隊"
    "社苑園园城厦廈邸寓里庭府居墅场場小业]"
)
_DASH = "[0-9A-Za-z][-－—#]"
_LOCATED = f"{_FINER}|(?s:{_DASH}.*{_DASH})"
_IS_FINER, _IS_DASH = re.compile(_FINER), re.compile(_DASH)
_PREFILTER = re.sub(  # RE2 knows no look-around
    r"\(\?<?!.*?\)",
    "",
    rf"(?i)(?:{_KEYS})|{_VERBS}"
    rf"|{_FIGURE}{_UNIT}|[路街道巷弄村镇区园厦场苑][0-9]"
    rf"|[省市区县镇乡][^,。;:\s]*(?:{_ROAD}|{_ESTATE})",
)


def find(texts: Texts, skip: Flags) -> tuple[Ints, Ints, Flags]:
    """First bytes, ends and proof of every address in the rows that are not to be skipped."""
    rows = np.flatnonzero(~skip & (texts.lengths >= _SHORTEST))
    for pattern in (_LOCATED, _PREFILTER):
        rows = rows[np.asarray(pc.match_substring_regex(texts.array.take(pa.array(rows)), pattern))]
    spans: list[tuple[int, int, bool]] = []
    for row in map(int, rows):
        byte, char = int(texts.offsets[row]), 0  # how far the text is counted
        text = texts.text(byte, int(texts.offsets[row + 1]))
        for start, end, triggered in candidates(text):
            first = byte + len(text[char:start].encode())
            byte, char = first + len(text[start:end].encode()), end
            spans.append((first, byte, triggered))
    columns = np.array(spans, np.int64).reshape(-1, 3)
    starts, ends, told = columns[:, 0], columns[:, 1], columns[:, 2] > 0
    marks = read(texts.data, starts, ends)
    agree = marks.begins & (marks.roads > 0) & (marks["numbered"] > 0)
    # After a trigger a place in a region will do, not a region alone.
    bare = marks.last[2] & (marks["community"] + marks["place's district"] == 0)
    least = np.where(told & ~bare & (marks.length >= _LEAST_TOLD), _NEARLY, 0)
    good = scores(texts.data, starts, ends) > least
    return starts[good], ends[good], (told | agree)[good]


def candidates(text: str) -> list[tuple[int, int, bool]]:
    """Spans that may be addresses, and whether a trigger stands before each."""
    found = []
    at = 0
    for cut in [*_CUT.finditer(text), None]:
        start, end = at, cut.start() if cut else len(text)
        at = cut.end() if cut else end
        if end - start < _LEAST or not _can_be_located(text, start, end):
            continue
        if candidate := _candidate(text, start, end):
            found.append(candidate)
    return found


def _can_be_located(text: str, start: int, end: int) -> bool:
    """True where the segment has what an address needs; far cheaper than to look for one."""
    if _IS_FINER.search(text, start, end):
        return True
    dash = _IS_DASH.search(text, start, end)
    return dash is not None and _IS_DASH.search(text, dash.end(), end) is not None


def _candidate(text: str, start: int, end: int) -> tuple[int, int, bool] | None:
    """The address in one segment: where it begins, its last mark, and if a trigger says so."""
    region = first_region(text, start, end)
    begin, triggered = region, False
    for trigger in _TRIGGER.finditer(text, max(start - 16, 0), end):
        if start <= trigger.end() and (region is None or trigger.end() <= region):
            begin, triggered = trigger.end(), True
    if begin is None:
        road = _ROAD_MARK.search(text, start, end)
        begin = start if road and road.start() - start <= _FAR else None
    if begin is None:
        return None
    after = _AFTER.search(text, min(begin + 4, end), end)
    last = None
    for mark in _MARK.finditer(text, begin, after.start() if after else end):
        last = mark.end() if mark.end() > mark.start() else last
    if last is None or last - begin < _LEAST:
        return None
    if triggered:  # what follows the last mark names a shop or an estate
        tail = _TAIL.match(text, last, after.start() if after else end)
        last = tail.end() if tail else last
    return begin, last, triggered
