"""Religion (宗教信仰).

Sources:
    The five religions recognised in China; the others by name. GA 214 numbers them.

Caught:
    Whole values: religions and their followers, proven (佛教, 基督教徒, Islam); 无 and its like,
    and codes, of the form only. In a text behind a word that names it (`宗教信仰：佛教`).

Not caught:
    Denominations. Popular beliefs.

Mistaken for it:
    What temples, books and holidays belong to, so that values never name a column without its
    header. Of random numbers of two digits 18 in 100 are codes.
"""

from typing import ClassVar

from detectors.keyed import TermDetector, listed

RELIGIONS = listed(
    "佛教 道教 伊斯兰教 基督教 天主教 东正教 犹太教 印度教 锡克教 藏传佛教 喇嘛教 回教 新教 神道教 "
    "摩门教 巴哈伊教 儒教 萨满教 民间信仰 佛教徒 道教徒 穆斯林 基督徒 基督教徒 天主教徒 无宗教信仰 "
    "不信教 信教 无神论 无神论者 Buddhism Taoism Islam Christianity Catholicism Protestantism "
    "Judaism Hinduism Buddhist Taoist Muslim Christian Catholic Protestant Jewish Hindu atheist "
    "atheism"
)


class Religion(TermDetector):
    """Finds religions."""

    kind: ClassVar[str] = "religion"
    chance: ClassVar[float] = 1e-4
    shape_chance: ClassVar[float] = 0.18
    text_chance: ClassVar[float] = 1e-4
    alone: ClassVar[bool] = False
    otherwise: ClassVar[float] = 0.1
    terms: ClassVar[frozenset[str]] = RELIGIONS
    codes: ClassVar[frozenset[str]] = listed(
        "无 没有 其他 其它 未知 保密 不详 none no other unknown 0 1 2 3 4 5 6 7 9 00 01 02 03 04 "
        "05 06 07 10 20 30 40 50 60 70 80 90 99"
    )
