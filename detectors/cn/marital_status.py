"""Marital status (婚姻状况).

Sources:
    GB/T 2261.2: 10 single, 20 married, 21 first, 22 second time, 23 to each other again, 30
    widowed, 40 divorced, 90 not stated. Applications number them otherwise.

Caught:
    Whole values: words that say nothing else, proven (已婚, 离异, divorced); words and codes that
    may mean other things, of the form only (单身, single, 是, 1, 20). In a text behind a word
    that names it (`婚姻状况：已婚`).

Not caught:
    Dates of weddings. Sentences.

Mistaken for it:
    Every column of small codes, so that codes alone name nothing. A dictionary: there each
    word comes once.
"""

from typing import ClassVar

from detectors.keyed import TermDetector, listed

STATUSES = listed(
    "未婚 已婚 离异 离婚 丧偶 初婚 再婚 复婚 已婚未育 已婚已育 未婚未育 离异未育 离异已育 未婚有孩 "
    "已婚有孩 离异有孩 已婚无子女 已婚有子女 离异无孩 已离婚 已离异 未结婚 已结婚 离婚未再婚 "
    "离异单身 married divorced widowed unmarried remarried widower"
)


class MaritalStatus(TermDetector):
    """Finds words for being married or not."""

    kind: ClassVar[str] = "marital_status"
    chance: ClassVar[float] = 1e-4
    shape_chance: ClassVar[float] = 0.7
    text_chance: ClassVar[float] = 1e-4
    expected: ClassVar[float] = 0.98
    alone: ClassVar[bool] = True
    otherwise: ClassVar[float] = 0.35  # a date of the wedding
    terms: ClassVar[frozenset[str]] = STATUSES
    codes: ClassVar[frozenset[str]] = listed(
        "0 1 2 3 4 5 9 01 02 03 04 05 06 09 10 20 21 22 23 30 40 90 99 Y N S M D W 是 否 有 无 "
        "true false yes no 单身 恋爱 恋爱中 热恋 同居 分居 订婚 保密 其他 未知 未说明 不详 single "
        "separated engaged partnered unknown other 未说明的婚姻状况 独身 鳏寡 已 未"
    )
