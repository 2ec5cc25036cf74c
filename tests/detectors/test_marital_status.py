import pytest

from detectors.base import Proof
from detectors.cn.marital_status import MaritalStatus
from tests.detectors.lookalikes import digits, han, rates, shares, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("未婚", "未婚", CHECKED, id="single"),
    pytest.param("已婚", "已婚", CHECKED, id="married"),
    pytest.param("离异", "离异", CHECKED, id="divorced"),
    pytest.param("丧偶", "丧偶", CHECKED, id="widowed"),
    pytest.param(" 已婚已育 ", "已婚已育", CHECKED, id="with children"),
    pytest.param("Married", "Married", CHECKED, id="English"),
    pytest.param("20", "20", SHAPE, id="a code"),
    pytest.param("1", "1", SHAPE, id="a short code"),
    pytest.param("单身", "单身", SHAPE, id="may be a room"),
    pytest.param("是", "是", SHAPE, id="yes"),
    pytest.param("single", "single", SHAPE, id="may be anything"),
    pytest.param("婚姻状况：未婚，", "未婚", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("婚姻", id="the header"),
    pytest.param("婚纱", id="clothes"),
    pytest.param("结婚日期", id="another header"),
    pytest.param("已婚人士专享", id="in a sentence"),
    pytest.param("8", id="no code"),
    pytest.param("11", id="no code of two digits"),
    pytest.param("2020-05-20", id="a date"),
    pytest.param("离婚率", id="a rate"),
    pytest.param("marriage", id="the English header"),
    pytest.param("单身公寓", id="a flat"),
    pytest.param("已读", id="of a message"),
    pytest.param("未付", id="of a bill"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(MaritalStatus(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(MaritalStatus(), [text]) == [[]]


def test_codes_are_as_common_as_stated() -> None:
    proven, found = rates(MaritalStatus(), digits(1_000_000, 1))
    assert proven == 0
    assert found == pytest.approx(MaritalStatus.shape_chance, rel=0.1)


def test_random_words_are_hardly_ever_proven() -> None:
    assert shares(MaritalStatus(), han(1_000_000, 2))[0] <= MaritalStatus.chance
