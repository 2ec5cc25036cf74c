"""Ethnic group (民族): the 56 peoples of China.

Sources:
    GB/T 3304: names of the peoples, their letters and numbers, and their romanised names.

Caught:
    Whole values: a people's name with 族, proven, and without it where that is no common word
    (汉, 维吾尔); the others without it (土, 蒙古), numbers 1 to 56, 97 and 98, letters (HA),
    romanised names, 其他 and the like, of the form only. In a text behind a word that names it
    (`民族：回`).

Not caught:
    Codes of an application's own. Peoples of other countries.

Mistaken for it:
    Numbers of two digits: 60 in 100 random ones are codes, so that only names with 族 say
    anything without a header. A dictionary of peoples: there each comes once.
"""

from typing import ClassVar

from detectors.keyed import TermDetector, listed

# In the order of the numbers 01 to 56.
_NAMES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 "
    "拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 "
    "怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
PEOPLES: tuple[str, ...] = tuple(_NAMES.split())
LETTERS = listed(
    "HA MG HU ZA UG MH YI ZH BY CS MA DO YA BA TJ HN KZ DA LI LS VA SH GS LH SU DX NX JP KG TU DU "
    "ML QI BL SL MN GL XB AC PM TA NU UZ RS EW DE BN YG GI TT DR OR HZ MB LB JN"
)
ROMANISED = listed(
    "Han Mongol Hui Zang Tibetan Uygur Uyghur Miao Yi Zhuang Buyei Chosen Korean Man Manchu Dong "
    "Yao Bai Tujia Hani Kazak Dai Li Lisu Va She Gaoshan Lahu Sui Dongxiang Naxi Jingpo Kirgiz Tu "
    "Daur Mulao Qiang Blang Salar Maonan Gelao Xibe Achang Pumi Tajik Nu Uzbek Russ Ewenki Deang "
    "Bonan Yugur Gin Tatar Derung Oroqen Hezhen Monba Lhoba Jino hanzu huizu manzu zangzu zhuangzu "
    "miaozu"
)
OTHERS = listed(
    "其他 其它 其他民族 其他族 少数民族 少 未知 未识别民族 未定族称 外国血统 外国血统中国籍人士 "
    "不详"
)
# Without 族 these mean other things as well: countries, mountains, surnames, elements.
_COMMON = listed(
    "回 苗 壮 满 白 黎 水 土 怒 京 蒙古 朝鲜 高山 东乡 塔吉克 俄罗斯 保安 布朗 独龙 普米 土家 景颇"
)
_BARE = frozenset(PEOPLES) - _COMMON
_NUMBERS = (*range(1, 57), 97, 98, 99)


class Ethnicity(TermDetector):
    """Finds the peoples of China."""

    kind: ClassVar[str] = "ethnicity"
    chance: ClassVar[float] = 1e-4
    shape_chance: ClassVar[float] = 0.6
    text_chance: ClassVar[float] = 1e-4
    expected: ClassVar[float] = 0.98
    alone: ClassVar[bool] = True
    terms: ClassVar[frozenset[str]] = (
        frozenset(f"{name}族" for name in PEOPLES) | _BARE | listed("穿青人 革家人 僜人 夏尔巴人")
    )
    codes: ClassVar[frozenset[str]] = (
        (frozenset(PEOPLES) - _BARE)
        | frozenset(str(number) for number in _NUMBERS)
        | frozenset(f"{number:02d}" for number in _NUMBERS)
        | LETTERS
        | ROMANISED
        | OTHERS
    )
