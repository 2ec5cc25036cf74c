import pytest

from detectors.base import Proof
from detectors.cn.family import Family
from tests.detectors.lookalikes import digits, han, rates, shares, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("户主", "户主", CHECKED, id="who heads the household"),
    pytest.param("配偶", "配偶", CHECKED, id="a spouse"),
    pytest.param("长子", "长子", CHECKED, id="a child"),
    pytest.param(" 母亲 ", "母亲", CHECKED, id="a parent"),
    pytest.param("Father", "Father", CHECKED, id="English"),
    pytest.param("20", "20", SHAPE, id="a code"),
    pytest.param("朋友", "朋友", SHAPE, id="no relative"),
    pytest.param("与户主关系：长子，", "长子", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("关系", id="the header"),
    pytest.param("父亲节", id="a day"),
    pytest.param("女装", id="clothes"),
    pytest.param("母校", id="a school"),
    pytest.param("孩子们", id="several"),
    pytest.param("15", id="no code"),
    pytest.param("他是我父亲", id="in a sentence"),
    pytest.param("关系户", id="a word"),
    pytest.param("子公司", id="a company"),
    pytest.param("同事会", id="a meeting"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Family(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Family(), [text]) == [[]]


def test_codes_are_as_common_as_stated() -> None:
    proven, found = rates(Family(), digits(1_000_000, 2))
    assert proven == 0
    assert found == pytest.approx(Family.shape_chance, rel=0.1)


def test_random_words_are_hardly_ever_proven() -> None:
    assert shares(Family(), han(1_000_000, 2))[0] <= Family.chance
