"""Masked values: whole texts in which some characters are `*` or the like, by kind.

Conventions as hutool, houbb/sensitive and common front ends write them. Mask characters are
`*`, `×`, `○`, `●`, and in numbers `x`, `X` and `#`; for names also `某`. Numbers of which a few
digits are left (`尾号1234`, `138...12`) are masked too. Full width is half width here.
"""

from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from detectors.texts import Flags, Ints, Texts
from detectors.whole import fitting, rows_with, trimmed

_LONGEST = 300  # bytes of a masked value; addresses are the longest
_SHORTEST, _TOLD = 9, 48  # bytes of last digits that are said to be that
_M, _STAR = "[*×○●#xX]", "[*×○●]"
_BESIDE = r"\|[0-9A-Fa-f]{32}"  # houbb/sensitive appends the MD5 of the clear value
_HASH = f"(?:{_BESIDE})?"
_PLATES = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
_PLACE = "[省市区县州盟旗镇乡村路街道巷弄苑园栋座]"
_ANY = "[^。，！？；!?,;:]*"  # addresses are no sentences
# Private addresses with stars are wildcards, and so is one star alone: rules of networks.
_PUBLIC = r"(?:[2-9]|1[1-9]|[2-9]\d|1[013-8]\d|12[0-689]|19[013-9]|2[0-4]\d|25[0-5])"
_IP = (
    rf"(?:{_PUBLIC}|192|172)(?:\.\*{{1,3}}){{3}}|{_PUBLIC}\.\d{{1,3}}(?:\.\*{{1,3}}){{2}}"
    rf"|{_PUBLIC}\.\d{{1,3}}\.\d{{1,3}}\.\*{{2,3}}|[12]\d\d?\*{{3}}\d{{0,2}}\.\d{{1,3}}"
)
_SURNAME = (
    "[王李张刘陈杨黄赵吴周徐孙朱马胡郭何高罗林郑梁谢宋唐韩许冯邓曹彭曾肖田董袁于潘蒋杜"
    "蔡余程魏叶吕丁苏任沈姚姜卢崔钟谭汪范陆金石廖贾夏付方韦邹白熊孟秦邱尹江薛闫侯段雷"
    "史龙陶顾贺黎郝毛邵龚万钱武严戴孔向覃常汤康赖樊施牛洪温葛兰莫殷庞颜倪欧岳翟鲁庄聂章"
    "柯耿焦喻纪齐梅盛童霍芦柴祝辛骆阮褚尚柳詹季凌涂俞项祁沙关苗费柏翁游舒屈毕宁解]"
)
# Of 15 digits too, beginning as these do, are numbers of telephones.
_PHONE = "(?:35|86|01|99)"
_TAIL = r"\(?(?:的)?(?:后四位|尾号)(?:是|为)?[: ]?\d{3,4}\)?"
_CARD = r"\p{Han}{0,8}(?:银行|储蓄卡|信用卡|借记卡|银行卡|卡号?)"
_DOUBLE = "(?:欧阳|上官|司马|诸葛|夏侯|皇甫|慕容|令狐|尉迟|东方|公孙|司徒|端木|南宫|轩辕)"
_TITLE = "(?:先生|女士|小姐)?"

_PROVINCES = "(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_ID = rf"(?:[1-8]|{_PROVINCES}\d{{0,12}})"
_BIN = r"(?:[456]\d{3}(?:\d\d)?|9558(?:\d\d)?|9\d{5})"

# Masks mostly keep the length, and a length belongs to one kind.
_OF_LENGTH = (
    (11, "mobile", rf"(?:1(?:[3-9]\d{{0,5}})?|{_STAR}){_M}{{2,10}}\d{{0,4}}"),
    (18, "id_card", rf"(?:{_ID}|{_STAR}){_M}{{3,}}\d{{0,4}}[0-9Xx]?"),
    (15, "", rf"{_PHONE}\d{{0,12}}{_M}{{3,}}\d{{0,4}}"),
    (15, "id_card", rf"{_ID}{_M}{{3,}}\d{{0,4}}"),
    (16, "bank_card", rf"(?:[3-6]\d{{0,9}}|{_BIN}|{_STAR}){_M}{{3,}}\d{{0,4}}"),
    (17, "bank_card", rf"(?:6\d{{0,9}}|{_STAR}){_M}{{3,}}\d{{0,4}}"),
    (19, "bank_card", rf"(?:[4-6]\d{{0,9}}|{_BIN}|{_STAR}){_M}{{3,}}\d{{0,4}}"),
    (7, "plate", rf"{_PLATES}[A-HJ-NP-Z*][A-Z0-9]{{0,4}}\*{{1,5}}[A-Z0-9]{{0,4}}[港澳学警挂]?"),
)
_NOT = (r"\*+(?:必[填选]|选填|可选|注意?|备注|说明|重要|提示|免费|[无新热荐])", r"[*.:-]{1,5}")
_LABEL = "not masked"
_GROUP, _GAP, _MASKED_GROUP = rf"(?:\d|{_M}){{4}}", "[ -]", rf"{_M}{{4}}"
_LAST = rf"{_GAP}(?:\d|{_M}){{1,4}}"
_PATTERNS = (
    (_LABEL, "|".join(_NOT)),
    ("mobile", rf"(?:手机号?码?|电话号?码?){_TAIL}"),
    ("bank_card", rf"{_CARD}{_TAIL}"),
    ("", _TAIL),
    ("", r"1[3-9]\d(?:\.{3,8}|…{1,4})\d{2,4}"),
    ("mobile", rf"(?:\+?86[- ]?)?1[3-9]\d{{1,2}}[- ]?{_M}{{3,8}}[- ]?\d{{2,4}}{_HASH}"),
    ("landline", rf"\(?0\d{{2,3}}\)?[- ]?\d{{0,4}}{_STAR}{{3,8}}\d{{0,4}}{_HASH}"),
    ("landline", rf"\(?0\d{{2,3}}[-)] ?\d{{0,4}}{_M}{{3,8}}\d{{0,4}}"),
    ("bank_card", rf"{_MASKED_GROUP}(?:{_GAP}{_GROUP}){{1,3}}{_LAST}{_HASH}"),
    ("bank_card", rf"{_GROUP}{_GAP}{_MASKED_GROUP}(?:{_GAP}{_GROUP}){{0,2}}{_LAST}{_HASH}"),
    ("bank_card", rf"(?:{_GROUP}{_GAP}){{2}}{_MASKED_GROUP}(?:{_GAP}{_GROUP})?{_LAST}{_HASH}"),
    ("bank_card", rf"\d{{6}}(?:[ -]{_STAR}{{4}}){{1,3}}[ -]\d{{1,4}}"),
    # Of another length the beginning has to tell: four or six digits of a card, four of a region.
    ("bank_card", rf"{_BIN}{_STAR}{{4,}}\d{{2,4}}{_HASH}"),
    ("bank_card", rf"[4-69]\d{{3,9}}{_STAR}{{4,}}\d{{0,4}}{_BESIDE}"),
    ("id_card", rf"{_PROVINCES}\d{{2,12}}{_STAR}{{6,}}\d{{0,4}}[0-9Xx]{_HASH}"),
    ("id_card", rf"{_ID}{_STAR}{{6,}}\d{{0,4}}[0-9Xx]{_BESIDE}"),
    ("email", rf"[^@\s*]+{_STAR}+[^@\s]*@[^@\s*]+\.[A-Za-z]{{2,}}{_HASH}"),
    ("email", rf"{_STAR}{{2,}}[^@\s]*@[^@\s*]+\.[A-Za-z]{{2,}}{_HASH}"),
    ("email", rf"[^@\s]+@[^@\s]*{_STAR}{{2,}}[^@\s]*"),
    ("email", rf"[\w.-]+{_STAR}{{4,}}\.(?:com|cn|net|org)"),
    (
        "plate",
        rf"{_PLATES}[A-HJ-NP-Z*][·.]?[A-Z0-9]{{0,4}}{_STAR}{{2,6}}[A-Z0-9]{{0,4}}[港澳学警挂]?",
    ),
    ("ip", _IP),
    ("name", rf"\p{{Han}}\*{{1,3}}\p{{Han}}?{_TITLE}{_HASH}"),
    ("name", rf"(?:\p{{Han}}{{2}}\*{{1,2}}|{_DOUBLE}\*{{1,2}}\p{{Han}}){_TITLE}{_HASH}"),
    ("name", rf"{_SURNAME}(?:[×○●]{{1,3}}|某{{1,2}}|xx|XX)[\p{{Han}}]?{_TITLE}{_HASH}"),
    ("name", rf"{_SURNAME}[xX][^\x00-\x7f宽长高低厚深大小号型]"),
    ("name", r"\*{1,3}\p{Han}{1,2}"),
    ("name", r"\p{Han}{1,6}[·•]\*{2,12}|\p{Han}\*{1,5}[·•][\p{Han}*]{1,12}"),
    ("address", rf"\p{{Han}}{{2,}}{_ANY}{_PLACE}{_ANY}{_STAR}{{2,}}{_ANY}{_HASH}"),
    ("address", rf"\p{{Han}}{{2,}}{_ANY}{_STAR}{{2,}}{_ANY}{_PLACE}{_ANY}"),
    ("address", rf"\p{{Han}}{{2,}}{_ANY}[路街道巷弄村](?:xx+|XX+)[号弄栋]{_ANY}"),
    ("", r"(?:19|20)[\d*]{2}(?:[-/.年][\d*]{1,2}){1,2}[月日]?"),  # `1990-**-**`: whose is not said
    ("", r"\d{1,3}\.\d{0,6}\*{2,}(?:[,; ]{1,2}\d{1,3}\.\d{0,6}\*{2,})?"),  # a place's degrees
    ("", r"[0-9A-Za-z\p{Han}.:-]{0,8}\*{3,}[0-9A-Za-z.]{0,8}"),
)


def masked(texts: Texts) -> Iterator[tuple[str, Ints]]:
    """The rows that are masked as a whole, by the kind they were made from ("": not said)."""
    at = np.union1d(rows_with(texts, _marks(texts)), _tails(texts))
    at = at[texts.cores.lengths[at] <= _LONGEST]
    if not len(at):
        return
    values = trimmed(texts, at)
    chars = np.asarray(pc.utf8_length(values), dtype=np.int64)
    told = np.zeros(len(texts), np.bool_)
    for length, kind, pattern in _OF_LENGTH:
        left = at[(chars == length) & ~told[at]]
        for label, rows in fitting(texts, left, ((kind, pattern),)):
            told[rows] = True
            yield label, rows
    for kind, rows in fitting(texts, at[~told[at]], _PATTERNS):
        if kind != _LABEL:
            yield kind, rows


def _tails(texts: Texts) -> Ints:
    """The rows that begin with no digit and may be the last digits of a number, said to be that."""
    cores = texts.cores
    rows = np.flatnonzero((cores.lengths >= _SHORTEST) & (cores.lengths <= _TOLD))
    first = texts.data[cores.starts[rows]]
    rows = rows[(first >= 0x80) | (first == ord("("))]
    ends = cores.ends[rows] - (texts.data[cores.ends[rows] - 1] == ord(")"))
    last = texts.data[ends[:, None] - np.arange(1, 4)]
    digits = ((last >= ord("0")) & (last <= ord("9"))).all(axis=1)
    rows, ends = rows[digits], ends[digits]
    # The fourth or the fifth byte from the end is of what says so: 号, 位, a colon.
    before = texts.data[ends[:, None] - np.arange(4, 6)]
    told = (before >= 0x80) | (before == ord(":")) | (before == ord(" "))
    good: Ints = rows[told.any(axis=1)]
    return good


def _marks(texts: Texts) -> Flags:
    """True at mask characters: `*`, × ○ ● 某 … by their first two bytes, doubled `x`, `#`, `.`.

    `X` is as `x`; a single one counts between Han characters.
    """
    data = texts.data
    marks: Flags = data == ord("*")
    lead, following = data[:-1], data[1:]
    twin = np.flatnonzero(lead == following)
    byte = data[twin]
    marks[twin[np.isin(byte, list(b"xX#."))]] = True
    cross = np.flatnonzero((lead | 0x20) == ord("x"))
    marks[cross[(data[cross - 1] >= 0x80) & (following[cross] >= 0x80)]] = True
    dots = np.flatnonzero(lead == 0xE2)
    marks[dots[following[dots] == 0x80]] = True
    two = np.flatnonzero((following == 0x97) | (following == 0x9F))
    byte, second = data[two], data[two + 1]
    cross_or_circle = (second == 0x97) & ((byte == 0xC3) | (byte == 0xE2))
    marks[two[cross_or_circle | ((second == 0x9F) & (byte == 0xE6))]] = True
    return marks
