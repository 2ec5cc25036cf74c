"""Masked values: whole texts in which some characters are `*` or the like, by kind.

Conventions as hutool, houbb/sensitive and common front ends write them. Mask characters are
`*`, `×`, `○`, `●`, and in numbers `x`, `X` and `#`; for names also `某`. Full width is half
width here.
"""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.texts import Flags, Ints, Texts
from detectors.whole import fitting, rows_with

_LONGEST = 300  # bytes of a masked value; addresses are the longest
_M, _STAR = "[*×○●#xX]", "[*×○●]"
_HASH = r"(?:\|[0-9A-Fa-f]{32})?"  # houbb/sensitive appends the MD5 of the clear value
_PLATES = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
_PLACE = "[省市区县州盟旗镇乡村路街道巷弄号苑园栋座]"
_SURNAME = (
    "[王李张刘陈杨黄赵吴周徐孙朱马胡郭何高罗林郑梁谢宋唐韩许冯邓曹彭曾肖田董袁于潘蒋杜"
    "蔡余程魏叶吕丁苏任沈姚姜卢崔钟谭汪范陆金石廖贾夏付方韦邹白熊孟秦邱尹江薛闫侯段雷"
    "史龙陶顾贺黎郝毛邵龚万钱武严戴孔向覃常汤]"
)
_TITLE = "(?:先生|女士|小姐)?"

_ID = r"(?:[1-8]|(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{0,12})"

# Masks mostly keep the length, and a length belongs to one kind.
_OF_LENGTH = (
    (11, "mobile", rf"(?:1(?:[3-9]\d{{0,5}})?|{_STAR}){_M}{{2,10}}\d{{0,4}}"),
    (18, "id_card", rf"(?:{_ID}|{_STAR}){_M}{{3,}}\d{{0,4}}[0-9Xx]?"),
    (15, "id_card", rf"{_ID}{_M}{{3,}}\d{{0,4}}"),
    (16, "bank_card", rf"(?:[3-69]\d{{0,9}}|{_STAR}){_M}{{3,}}\d{{0,4}}"),
    (17, "bank_card", rf"(?:6\d{{0,9}}|{_STAR}){_M}{{3,}}\d{{0,4}}"),
    (19, "bank_card", rf"(?:[4-69]\d{{0,9}}|{_STAR}){_M}{{3,}}\d{{0,4}}"),
)
_PATTERNS = (
    ("mobile", rf"(?:\+?86[- ]?)?1[3-9]\d{{1,2}}[- ]?{_M}{{3,8}}[- ]?\d{{2,4}}{_HASH}"),
    ("landline", rf"\(?0\d{{2,3}}\)?[- ]?\d{{0,4}}{_STAR}{{3,8}}\d{{0,4}}{_HASH}"),
    ("bank_card", rf"(?:(?:\d|{_M}){{4}}[ -]){{2,4}}(?:\d|{_M}){{1,4}}{_HASH}"),
    ("bank_card", rf"[4-69]\d{{3,9}}{_STAR}{{4,}}\d{{0,4}}{_HASH}"),
    ("id_card", rf"{_ID}{_STAR}{{6,}}\d{{0,4}}[0-9Xx]{_HASH}"),
    ("email", rf"[^@\s*]*{_STAR}+[^@\s]*@[^@\s]+\.[A-Za-z]{{2,}}{_HASH}"),
    ("email", rf"[^@\s]+@[^@\s]*{_STAR}+[^@\s]*"),
    ("email", rf"[\w.-]+{_STAR}{{4,}}\.(?:com|cn|net|org)"),
    (
        "plate",
        rf"{_PLATES}[A-HJ-NP-Z*][·.]?[A-Z0-9]{{0,4}}{_STAR}{{2,6}}[A-Z0-9]{{0,4}}[港澳学警挂]?",
    ),
    ("name", rf"\p{{Han}}{{1,2}}\*{{1,3}}\p{{Han}}?{_TITLE}{_HASH}"),
    ("name", rf"{_SURNAME}(?:[×○●]{{1,3}}|某{{1,2}})[\p{{Han}}]?{_TITLE}"),
    ("name", r"\*{1,3}\p{Han}{1,2}"),
    ("address", rf"\p{{Han}}{{2,}}.*{_PLACE}.*{_STAR}{{2,}}.*{_HASH}"),
    ("address", rf"\p{{Han}}{{2,}}.*{_STAR}{{2,}}.*{_PLACE}.*"),
    ("", r"[0-9A-Za-z\p{Han}.:-]{0,8}\*{3,}[0-9A-Za-z.]{0,8}"),
)


def masked(texts: Texts) -> Iterator[tuple[str, Ints]]:
    """The rows that are masked as a whole, by the kind they were made from ("": not said)."""
    at = rows_with(texts, _marks(texts))
    at = at[texts.cores.lengths[at] <= _LONGEST]
    if not len(at):
        return
    trimmed = pc.utf8_trim_whitespace(texts.array.take(pa.array(at)))
    chars = np.asarray(pc.utf8_length(trimmed), dtype=np.int64)
    told = np.zeros(len(texts), np.bool_)
    for length, kind, pattern in _OF_LENGTH:
        for label, rows in fitting(texts, at[chars == length], ((kind, pattern),)):
            told[rows] = True
            yield label, rows
    yield from fitting(texts, at[~told[at]], _PATTERNS)


def _marks(texts: Texts) -> Flags:
    """True at mask characters: `*`, × ○ ● 某 by their first two bytes, doubled `x`, `X`, `#`."""
    data = texts.data
    marks: Flags = data == ord("*")
    lead, following = data[:-1], data[1:]
    twin = np.flatnonzero(lead == following)
    byte = data[twin]
    marks[twin[(byte == ord("x")) | (byte == ord("X")) | (byte == ord("#"))]] = True
    two = np.flatnonzero((following == 0x97) | (following == 0x9F))
    byte, second = data[two], data[two + 1]
    cross_or_circle = (second == 0x97) & ((byte == 0xC3) | (byte == 0xE2))
    marks[two[cross_or_circle | ((second == 0x9F) & (byte == 0xE6))]] = True
    return marks
