"""Family (家庭成员): how one person is related to another.

Sources:
    GB/T 4761: relations within a household and their numbers.

Caught:
    Whole values: words for relatives, proven (配偶, 长子, 户主, mother); numbers, and relations
    that need not be of a family (朋友, 同事), of the form only. In a text behind a word that names
    it (`与户主关系：长子`).

Not caught:
    Names of relatives. Sentences. Codes of an application's own.

Mistaken for it:
    Dictionaries of relations; 父亲 and 母亲 as fields of a form. Values never name a column without
    its header. Of random numbers of two digits 47 in 100 are codes.
"""

from typing import ClassVar

from detectors.keyed import TermDetector, listed

RELATIVES = listed(
    "父子 父女 母子 母女 祖孙 "
    "本人 户主 配偶 夫 妻 丈夫 妻子 夫妻 爱人 子 女 儿子 女儿 子女 独生子 独生女 长子 次子 三子 "
    "四子 五子 长女 次女 三女 四女 五女 养子 养女 继子 继女 女婿 儿媳 媳妇 孙子 孙女 外孙子 外孙女 "
    "外孙 孙媳妇 孙媳 外孙媳妇 孙女婿 外孙女婿 曾孙子 曾孙女 重孙 父 母 父亲 母亲 父母 爸爸 妈妈 "
    "养父 养母 继父 继母 岳父 岳母 公公 婆婆 公婆 岳父母 公婆 祖父 祖母 祖父母 外祖父 外祖母 爷爷 "
    "奶奶 外公 外婆 姥姥 姥爷 曾祖父 曾祖母 配偶祖父 配偶祖母 兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹 兄弟 "
    "姐妹 兄弟姐妹 嫂 嫂子 弟媳 弟媳妇 姐夫 妹夫 伯父 伯母 叔父 婶母 叔叔 婶婶 舅父 舅母 舅舅 舅妈 "
    "姨父 姨母 姑父 姑母 姑姑 姨妈 堂兄 堂弟 堂姐 堂妹 表兄 表弟 表姐 表妹 侄子 侄女 外甥 外甥女 "
    "亲属 其他亲属 亲戚 直系亲属 旁系亲属 监护人 法定监护人 father mother spouse husband wife son "
    "daughter parent parents child sibling brother sister grandfather grandmother grandson "
    "granddaughter guardian relative householder uncle aunt"
)


class Family(TermDetector):
    """Finds words for relatives."""

    kind: ClassVar[str] = "family"
    chance: ClassVar[float] = 1e-4
    shape_chance: ClassVar[float] = 0.47
    text_chance: ClassVar[float] = 1e-4
    expected: ClassVar[float] = 0.9
    alone: ClassVar[bool] = False
    otherwise: ClassVar[float] = 0.4
    terms: ClassVar[frozenset[str]] = RELATIVES
    codes: ClassVar[frozenset[str]] = listed(
        "0 1 2 3 4 5 6 7 8 9 01 02 03 10 11 12 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 "
        "37 38 39 40 41 42 43 44 50 51 52 53 54 60 61 62 63 70 71 72 80 90 97 99 朋友 同事 同学 "
        "室友 恋人 情侣 老师 领导 邻居 保姆 其他 其它 非亲属 无 self friend colleague other"
    )
