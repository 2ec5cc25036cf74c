"""Gender (性别).

Sources:
    GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated. Applications number them otherwise.

Caught:
    Words as whole values, Chinese and English, proven; codes (0, 1, 2, 3, 9, M, F) and words
    for unknown, of the form only. In a text behind a word that names it (`性别：男`).

Not caught:
    Codes of an application's own (`S01`). 公 and 母: those are animals.

Mistaken for it:
    Every column of small codes, so that codes alone name nothing. A shop's 男 and 女 for clothes.
"""

from typing import ClassVar

from detectors.keyed import TermDetector, listed


class Gender(TermDetector):
    """Finds words for men and women."""

    kind: ClassVar[str] = "gender"
    chance: ClassVar[float] = 1e-4
    shape_chance: ClassVar[float] = 0.5
    text_chance: ClassVar[float] = 1e-4
    expected: ClassVar[float] = 0.98
    alone: ClassVar[bool] = True
    terms: ClassVar[frozenset[str]] = listed(
        "男 女 男性 女性 男士 女士 先生 小姐 未知性别 male female man woman"
    )
    codes: ClassVar[frozenset[str]] = listed(
        "0 1 2 3 9 M F 00 01 02 09 未知 保密 不详 未说明 unknown 其他"
    )
