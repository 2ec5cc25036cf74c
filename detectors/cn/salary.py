"""Income (收入与工资).

Sources:
    How payrolls and applications for jobs write amounts.

Caught:
    Whole values, of the form only: amounts with decimals, thousands and currency (12,000.00,
    ￥8500), with a unit (8k, 1.2万, 5000元/月), ranges of them (8k-15k, 5000以下), 面议. In a text
    behind a word that names it (`月薪：8000`), which proves it.

Not caught:
    An amount without its header.

Mistaken for it:
    Every other amount, so that values never name a column without its header: of random numbers
    of five digits 90 in 100.
"""

from typing import ClassVar

from detectors.base import Proof
from detectors.keyed import WordedDetector, listed

_SUM = r"(?:[1-9]\d{0,8}|[1-9]\d{0,2}(?:,\d{3}){1,2}|0)(?:\.\d{1,4})?"
_UNIT = r"(?i: ?(?:元|块|千|万|万元|[kw]|rmb|cny|usd))?"
_PER = "(?:/?(?:月|年|天|日|小时|时|每月|每年)|以[上下内]|及以[上下]|左右|起)?"


class Salary(WordedDetector):
    """Finds amounts, as an income is written."""

    kind: ClassVar[str] = "salary"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.9
    text_chance: ClassVar[float] = 1e-4
    alone: ClassVar[bool] = False
    otherwise: ClassVar[float] = 0.2
    codes: ClassVar[frozenset[str]] = listed(
        "面议 薪资面议 工资面议 保密 无 无收入 无固定收入 低收入 中等 高收入 不详"
    )
    patterns: ClassVar[tuple[tuple[Proof, str], ...]] = (
        (
            Proof.SHAPE,
            rf"[-+]?[￥¥$]? ?{_SUM}{_UNIT}(?: ?[-~—至到] ?[￥¥$]?{_SUM}{_UNIT})?{_PER}"
            rf"|(?:低于|高于|大于|小于|[<>≤≥]=?) ?{_SUM}{_UNIT}{_PER}",
        ),
    )
