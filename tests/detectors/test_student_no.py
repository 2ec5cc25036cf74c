import pytest

from detectors.base import Proof
from detectors.cn.student_no import StudentNo
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("190000017", "190000017", SHAPE, id="nine digits"),
    pytest.param("S19000017", "S19000017", SHAPE, id="a letter"),
    pytest.param("G11010119000101001X", "G11010119000101001X", SHAPE, id="a register number"),
    pytest.param("学号：190000017，", "190000017", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("0017", id="four digits"),
    pytest.param("ABCD190017", id="four letters"),
    pytest.param("19A0A17", id="letters inside"),
    pytest.param("号190000017到", id="behind another word"),
    pytest.param("1900-0017", id="split"),
    pytest.param("****0017", id="masked"),
    pytest.param("17", id="a count"),
    pytest.param("张三", id="a name"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(StudentNo(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(StudentNo(), [text]) == [[]]


def test_nearly_every_number_has_the_form() -> None:
    proven, found = rates(StudentNo(), digits(100_000, 9))
    assert proven == 0 == StudentNo.chance
    assert found == pytest.approx(StudentNo.shape_chance, rel=0.06)
