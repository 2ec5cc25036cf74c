import pytest

from detectors.base import Proof
from detectors.cn.age import Age
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("35", "35", SHAPE, id="years"),
    pytest.param("0", "0", SHAPE, id="a newborn"),
    pytest.param("120", "120", SHAPE, id="the oldest"),
    pytest.param("35.5", "35.5", SHAPE, id="a half"),
    pytest.param("35岁", "35岁", CHECKED, id="with a unit"),
    pytest.param("35周岁", "35周岁", CHECKED, id="full years"),
    pytest.param("3岁2个月", "3岁2个月", CHECKED, id="years and months"),
    pytest.param("6个月", "6个月", CHECKED, id="months"),
    pytest.param("12天", "12天", CHECKED, id="days"),
    pytest.param("18-25岁", "18-25岁", CHECKED, id="from, to"),
    pytest.param("60岁以上", "60岁以上", CHECKED, id="and more"),
    pytest.param("三十五岁", "三十五岁", CHECKED, id="Han numerals"),
    pytest.param("90后", "90后", CHECKED, id="a decade"),
    pytest.param("6M", "6M", CHECKED, id="months in English"),
    pytest.param("3月", "3月", SHAPE, id="months, as hospitals write"),
    pytest.param("3个月", "3个月", CHECKED, id="months"),
    pytest.param("2岁3个月", "2岁3个月", CHECKED, id="years and months"),
    pytest.param("45天", "45天", CHECKED, id="days"),
    pytest.param("成人", "成人", SHAPE, id="a stage of life"),
    pytest.param("姓名：李雷，年龄：35，", "35", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("30月", id="more months than hospitals write"),
    pytest.param("3月5日", id="a day of the year"),
    pytest.param("2024年3月", id="a month of a year"),
    pytest.param("0月", id="no month"),
    pytest.param("", id="empty"),
    pytest.param("121", id="too old"),
    pytest.param("007", id="noughts before"),
    pytest.param("1990", id="a year"),
    pytest.param("-1", id="below nought"),
    pytest.param("35%", id="a share"),
    pytest.param("35元", id="a price"),
    pytest.param("3.5.1", id="a version"),
    pytest.param("35岁的李雷", id="in a sentence"),
    pytest.param("1,200", id="a large number"),
    pytest.param("v35", id="a code"),
    pytest.param("35kg", id="a weight"),
    pytest.param("3号", id="a number of a house"),
    pytest.param("13个月亮", id="a word"),
    pytest.param("年后", id="no decade"),
    pytest.param("岁", id="only the unit"),
    pytest.param("工龄：35年", id="years of work"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Age(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Age(), [text]) == [[]]


def test_chance_is_what_random_digits_show() -> None:
    proven, found = rates(Age(), digits(1_000_000, 2))
    assert proven <= Age.chance
    assert found == pytest.approx(Age.shape_chance, rel=0.1)
