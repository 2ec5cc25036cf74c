"""Age (年龄).

Sources:
    Plain numbers of years; how forms and hospitals write ages of children.

Caught:
    Whole values: 0 to 120, a fraction too, and months (3月), of the form only. With a unit proven:
    35岁, 35周岁, 3岁2个月, 6个月, 12天, 18-25岁, 60岁以上, 三十五岁, 90后, 35 years, 6M; words
    for stages of life (成人, 婴儿). In a text behind a word that names it (`年龄：35`).

Not caught:
    A number without its header. `35岁` in a sentence that does not say whose age it is.

Mistaken for it:
    Every column of small numbers, so that values never name a column without its header. Of
    random numbers of two digits 90 in 100.
"""

from typing import ClassVar

from detectors.base import Proof
from detectors.keyed import WordedDetector, listed

_YEARS = r"(?:\d|[1-9]\d|1[01]\d|120)"
_HAN = "[一二三四五六七八九十百]{1,4}"
_UNIT = "(?:周|虚)?岁(?:半|多|余)?"
_PART = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2}) ?"
_ENGLISH = "(?i:years?(?: old)?|yrs?|y(?:/?o)?|months?|mths?|m|days?|d|weeks?|w)"


class Age(WordedDetector):
    """Finds ages."""

    kind: ClassVar[str] = "age"
    chance: ClassVar[float] = 1e-4
    shape_chance: ClassVar[float] = 0.9
    text_chance: ClassVar[float] = 1e-4
    expected: ClassVar[float] = 0.97
    terms: ClassVar[frozenset[str]] = listed("婴儿 幼儿 婴幼儿 儿童 少年 青少年 成年 未成年 老年")
    codes: ClassVar[frozenset[str]] = listed("成人 成年人 未成年人 老人 老年人 青年 中年 新生儿")
    patterns: ClassVar[tuple[tuple[Proof, str], ...]] = (
        (Proof.SHAPE, rf"{_YEARS}(?:\.\d{{1,2}})?|{_YEARS} ?[-~—至到] ?{_YEARS}"),
        (Proof.CHECKED, rf"(?:{_YEARS}(?:\.\d)?|{_HAN}) ?{_UNIT}(?:{_PART}个?月)?(?:{_PART}天)?"),
        (Proof.CHECKED, rf"{_PART}个月(?:{_PART}天)?|{_PART}(?:月龄|日龄|天|周)"),
        (Proof.SHAPE, r"[1-9]月|[12]\d月"),
        (
            Proof.CHECKED,
            rf"{_YEARS}(?:岁)? ?[-~—至到] ?{_YEARS} ?岁|{_YEARS} ?岁(?:以[上下]|及以[上下])",
        ),
        (Proof.CHECKED, rf"[0-9][05]后|{_YEARS} ?{_ENGLISH}"),
    )
