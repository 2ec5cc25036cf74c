"""Education (教育经历): levels, degrees, schools, subjects.

Sources:
    GB/T 4658 (levels) and GB/T 6864 (degrees), as forms use them; the words that names of schools
    and of subjects end with.

Caught:
    Whole values: levels and degrees, proven (本科, 硕士研究生, bachelor); names of schools, proven
    by their last word (大学, 学院, 中学); subjects, years and classes by theirs, and numbers, of
    the form only. In a text behind a word that names it (`学历：本科`).

Not caught:
    Schools in short (北大). Subjects without a telling end (会计). What stands amid a sentence.

Mistaken for it:
    Tables of schools and of courses, advertisements of jobs (学历要求), so that values never name
    a column without its header. Of random numbers of two digits 4 in 10 are codes.
"""

from typing import ClassVar

from detectors.base import Proof
from detectors.keyed import WordedDetector, listed

LEVELS = listed(
    "文盲 半文盲 扫盲班 学前 小学 小学毕业 小学肄业 初中 初级中学 初中毕业 初中及以下 初中以下 "
    "高中 普通高中 普高 高中毕业 高中及以下 高中以下 职高 职业高中 中专 中技 技校 技工学校 "
    "中等专科 中等职业 中职 中专/高中 高中/中专 中专/技校 高职 大专 专科 大学专科 大专及以上 "
    "大专以上 大学专科和专科学校 大专及以下 专升本 本科 大学本科 大学 本科及以上 本科以上 "
    "全日制本科 全日制大专 全日制专科 非全日制本科 统招本科 双学位 第二学士学位 研究生 硕士 "
    "硕士研究生 博士 博士研究生 博士后 研究生及以上 硕士及以上 硕士以上 研究生教育 大学本科教育 "
    "专科教育 MBA EMBA 硕博 学士 学士学位 硕士学位 博士学位 名誉博士 bachelor master doctor phd "
    "ph.d. undergraduate postgraduate graduate associate college primary secondary"
)
_SCHOOL = (
    "大学(?:.{1,4}(?:分校|校区))?|学院|学校|中学|小学|高中|一中|二中|三中|附中|附小|职高|技校|"
    "党校|幼儿园|师范|分校|研究院|[中高]职|职业中专|进修校|学堂|书院|(?:大学|"
    "学院)\\p{Han}{1,15}(?:学院|系|学部|研究所)"
)
_SUBJECT = (
    "专业|工程|科学|技术|管理|设计|教育|文学|语言|理论|医学|药学|护理|力学|化学|物理|数学|经济学|"
    "法学|会计学?|金融学?|学|系|贸易|营销|英语|日语|艺术|应用|自动化|(?:计算机|软件|网络|通信|"
    "电子|信息)\\p{Han}{0,8}"
)
_LEVEL = "(?:专科|本科|硕士|博士|研究生|大专|中专|高中|初中|小学|学士)"


class Education(WordedDetector):
    """Finds levels of education, schools and subjects."""

    kind: ClassVar[str] = "education"
    chance: ClassVar[float] = 1e-3
    shape_chance: ClassVar[float] = 0.4
    text_chance: ClassVar[float] = 1e-4
    expected: ClassVar[float] = 0.7
    proven: ClassVar[float] = 0.3
    alone: ClassVar[bool] = False
    otherwise: ClassVar[float] = 0.4
    terms: ClassVar[frozenset[str]] = LEVELS
    codes: ClassVar[frozenset[str]] = listed(
        "其他 其它 未知 不限 不详 无 0 1 2 3 4 5 6 7 8 9 00 01 02 03 04 05 06 07 08 09 10 11 12 13 "
        "14 19 20 21 22 23 28 29 30 31 40 41 44 47 50 60 61 62 70 71 73 80 81 90 91 99 会计 法律 "
        "临床 数学 语文 英语"
    )
    patterns: ClassVar[tuple[tuple[Proof, str], ...]] = (
        (
            Proof.CHECKED,
            rf"\p{{Han}}[\p{{Han}}A-Za-z0-9()·-]*(?:{_SCHOOL})(?:\([^()]{{1,12}}\))?",
        ),
        (
            Proof.CHECKED,
            rf"\p{{Han}}{{0,6}}{_LEVEL}(?:在读|毕业|肄业|学历|学位|研究生|及以[上下]|以[上下])?",
        ),
        (
            Proof.CHECKED,
            r"(?i)(?:[a-z.'-]+ ){0,9}(?:university|college|school|institute)(?: of [a-z ]+)?",
        ),
        (Proof.SHAPE, rf"\p{{Han}}*(?:{_SUBJECT})(?:\([^()]{{1,12}}\))?"),
        (
            Proof.SHAPE,
            r"(?:19|20)\d\d[级届]?|\p{Han}{0,8}[一二三四五六七八九0-9]{1,2}(?:年级|班|级)",
        ),
    )
