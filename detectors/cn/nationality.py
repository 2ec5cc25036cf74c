"""Nationality (国籍): the name or the code of a country.

Sources:
    ISO 3166-1 and GB/T 2659: codes of countries. Names: Unicode CLDR, see
    `detectors/data/countries.txt`; others in use by hand.

Caught:
    Whole values: names of countries, Chinese and English, and of their citizens, proven (中国,
    日本国籍, United States, Chinese); codes of two and three letters and their numbers, of the form
    only. In a text behind a word that names it (`国籍：中国`).

Not caught:
    Codes of an application's own. Names in other languages.

Mistaken for it:
    Where goods, films and firms come from, so that values never name a column without its
    header. Of random codes of two letters 37 in 100.
"""

from functools import cache
from importlib.resources import files
from typing import ClassVar

from detectors.keyed import TermDetector, listed

_OTHER_NAMES = listed(
    "中华人民共和国 中国大陆 中国内地 中国籍 中国公民 中国香港 香港 中国澳门 澳门 中国台湾 台湾省 "
    "大韩民国 南韩 北朝鲜 美利坚合众国 美籍 日籍 韩籍 英籍 德籍 法籍 加籍 外籍 大不列颠 联合王国 "
    "俄联邦 俄罗斯联邦 阿联酋 沙特 波黑 刚果 刚果金 刚果布 新西兰 纽西兰 马来西亚 大马 印尼 菲律宾 "
    "老挝 寮国 柬埔寨 越南社会主义共和国 缅甸 外国 港澳台 港澳台侨 华侨 无国籍 侨胞 chinese "
    "american japanese korean british german french russian canadian australian indian singaporean "
    "malaysian thai vietnamese stateless america england britain uk usa russia korea prc"
)
_PHRASES = frozenset(
    (
        "people's republic of china",
        "p.r. china",
        "p.r.china",
        "mainland china",
        "hong kong",
        "macau",
        "the united states",
        "united states of america",
        "great britain",
        "republic of korea",
        "russian federation",
    )
)
_CODES = listed("0 1 2 9 其他 其它 未知 other unknown")


@cache
def countries() -> tuple[frozenset[str], frozenset[str]]:
    """The names of countries, and their codes."""
    text = files("detectors").joinpath("data", "countries.txt").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    chinese = {
        row[2].removesuffix("特别行政区").replace("（", "(").replace("）", ")") for row in rows
    }
    codes = {code for row in rows for code in (row[0], *row[1].split())}
    return frozenset(chinese | {row[3] for row in rows}), frozenset(codes)


class Nationality(TermDetector):
    """Finds countries."""

    kind: ClassVar[str] = "nationality"
    chance: ClassVar[float] = 1.5e-3
    shape_chance: ClassVar[float] = 0.37
    text_chance: ClassVar[float] = 1e-4
    alone: ClassVar[bool] = False
    otherwise: ClassVar[float] = 0.1
    terms: ClassVar[frozenset[str]] = (
        countries()[0]
        | frozenset(f"{name}国籍" for name in countries()[0] if not name.isascii())
        | _OTHER_NAMES
        | _PHRASES
    )
    codes: ClassVar[frozenset[str]] = countries()[1] | _CODES
