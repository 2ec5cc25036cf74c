import pytest

from detectors.base import Proof
from detectors.cn.job_title import JobTitle
from tests.detectors.lookalikes import han, shares, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("公务员", "公务员", CHECKED, id="an occupation"),
    pytest.param("个体户", "个体户", CHECKED, id="another"),
    pytest.param("销售经理", "销售经理", SHAPE, id="a position"),
    pytest.param("前端工程师", "前端工程师", SHAPE, id="an engineer"),
    pytest.param("副局长", "副局长", SHAPE, id="an official"),
    pytest.param("画家", "画家", SHAPE, id="an artist"),
    pytest.param("无", "无", SHAPE, id="none"),
    pytest.param("职业：教师，", "教师", CHECKED, id="behind its word"),
]
# In a text these would end at their first space or sign.
WHOLE = [
    pytest.param("Sales Manager", "Sales Manager", SHAPE, id="English"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("职业", id="the header"),
    pytest.param("国家", id="a country"),
    pytest.param("大家", id="everybody"),
    pytest.param("苹果", id="a word"),
    pytest.param("计算机", id="a thing"),
    pytest.param("销售部", id="a department"),
    pytest.param("17", id="a code"),
    pytest.param("他是一名教师。", id="a sentence"),
    pytest.param("经理室", id="a room"),
    pytest.param("工程", id="a work"),
    pytest.param("manage", id="a verb"),
    pytest.param("家长", id="parents"),
]


@pytest.mark.parametrize(("text", "span", "proof"), [*HITS, *WHOLE])
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(JobTitle(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(JobTitle(), [text]) == [[]]


ADVERTISED = (
    "销售经理 前端工程师 人事专员 仓库主管 客服代表 产品经理 测试工程师 采购员 算法 新媒体运营"
)


def test_positions_that_nobody_here_holds_look_the_same() -> None:
    found = [bool(one) for one in spans(JobTitle(), ADVERTISED.split())]
    assert sum(found) / len(found) == pytest.approx(JobTitle.shape_chance, abs=0.11)


def test_few_random_words_are_found() -> None:
    proven, found = shares(JobTitle(), han(1_000_000, 2))
    assert proven <= JobTitle.chance
    assert found < 0.001
