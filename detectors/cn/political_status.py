"""Political status (政治面貌): membership of a party.

Sources:
    GB/T 4762: 01 member of the Communist Party, 02 probationary member, 03 of its Youth League, 04
    to 11 of the eight other parties, 12 none by conviction, 13 of the masses.

Caught:
    Whole values: parties and their members in full or in short, proven (中共党员, 团员, 民盟盟员);
    群众, numbers and letters, of the form only. In a text behind a word that names it
    (`政治面貌：群众`).

Not caught:
    Dates of joining. Parties of other countries.

Mistaken for it:
    Every column of small codes, so that codes alone name nothing. A dictionary: there each
    word comes once.
"""

from typing import ClassVar

from detectors.keyed import TermDetector, listed

PARTIES = listed(
    "中共党员 中共预备党员 共青团员 中国共产党党员 中国共产党预备党员 中国共产主义青年团团员 党员 "
    "预备党员 团员 中共正式党员 正式党员 共产党员 共青团 中共 入党积极分子 积极分子 发展对象 "
    "少先队员 少先队 民革 民革党员 民革会员 中国国民党革命委员会会员 中国国民党革命委员会党员 民盟 "
    "民盟盟员 中国民主同盟盟员 民建 民建会员 中国民主建国会会员 民进 民进会员 中国民主促进会会员 "
    "农工党 农工党员 农工党党员 中国农工民主党党员 致公党 致公党员 致公党党员 中国致公党党员 "
    "九三学社 九三学社社员 台盟 台盟盟员 台湾民主自治同盟盟员 无党派 无党派人士 无党派民主人士 "
    "民主党派 民主党派人士 民主党派成员 中共党员(含预备党员) 党员(含预备党员)"
)


class PoliticalStatus(TermDetector):
    """Finds memberships of parties."""

    kind: ClassVar[str] = "political_status"
    chance: ClassVar[float] = 1e-4
    shape_chance: ClassVar[float] = 0.9
    text_chance: ClassVar[float] = 1e-4
    expected: ClassVar[float] = 0.98
    alone: ClassVar[bool] = True
    otherwise: ClassVar[float] = 0.35  # a date of joining
    terms: ClassVar[frozenset[str]] = PARTIES
    codes: ClassVar[frozenset[str]] = (
        listed("群众 普通群众 普通公民 公民 其他 无 未知 保密 不详 是 否 Y N party league masses")
        | frozenset(str(number) for number in range(1, 14))
        | frozenset(f"{number:02d}" for number in range(1, 14))
        | frozenset(("99",))
    )
