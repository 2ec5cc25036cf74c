"""Employer (工作单位): names of companies, offices, schools, hospitals.

Sources:
    The words that names of organisations end with.

Caught:
    Whole values that end in such a word, of the form only (…有限公司, …局, …医院, …大学), with a
    department behind it or a branch. In a text behind a word that names it (`工作单位：…`).

Not caught:
    Names in short (华为). Names without a telling end. Organisations amid a sentence.

Mistaken for it:
    Customers, suppliers, shops and schools of any table: an organisation is an employer only where
    the header says so, so that values never name a column. Of random Han words 2 in 100.
"""

from typing import ClassVar

from detectors.base import Proof
from detectors.keyed import WordedDetector, listed

_ENDS = (
    "公司|集团|企业|厂|局|厅|处|署|委|办|部|院|所|站|中心|大学|学院|学校|中学|小学|幼儿园|医院|"
    "卫生院|诊所|银行|支行|分行|信用社|合作社|研究所|研究院|设计院|事务所|委员会|居委会|村委会|"
    "街道办|办事处|政府|法院|检察院|派出所|支队|大队|中队|部队|工会|协会|学会|基金会|商会|联合会|"
    "超市|商场|商店|商行|酒店|宾馆|饭店|餐厅|店|工作室|工作队|门市部|经营部|分公司|子公司|股份|"
    "工厂|矿|煤矿|油田|农场|林场|报社|出版社|电视台|电台|图书馆|博物馆|馆|俱乐部|物业|社区|村|队|"
    "社|行|园|乡|镇"
)
_ENGLISH = (
    r"(?i:co\.?,? ?ltd\.?|ltd\.?|inc\.?|corp(?:oration)?\.?|company|llc|group|university|hospital"
    "|bank|school)"
)


class Employer(WordedDetector):
    """Finds names of organisations."""

    kind: ClassVar[str] = "employer"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.8
    text_chance: ClassVar[float] = 1e-4
    expected: ClassVar[float] = 0.8
    alone: ClassVar[bool] = False
    otherwise: ClassVar[float] = 0.3
    longest: ClassVar[int] = 150
    codes: ClassVar[frozenset[str]] = listed(
        "无 待业 个体 个体户 自由职业 退休 务农 在家务农 务工 自营 无业"
    )
    patterns: ClassVar[tuple[tuple[Proof, str], ...]] = (
        (
            Proof.SHAPE,
            rf"\p{{Han}}[\p{{Han}}A-Za-z0-9()·&.-]+(?:{_ENDS})(?:\([^()]{{1,12}}\))?"
            r"(?:[ -]?\p{Han}{2,8}[部科室处系])?",
        ),
        (Proof.SHAPE, rf"[A-Za-z0-9&.,' -]+ {_ENGLISH}"),
    )
