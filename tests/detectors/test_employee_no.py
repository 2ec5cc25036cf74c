import pytest

from detectors.base import Proof
from detectors.cn.employee_no import EmployeeNo
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("0017", "0017", SHAPE, id="four digits"),
    pytest.param("E0017", "E0017", SHAPE, id="a letter"),
    pytest.param("HR-0017", "HR-0017", SHAPE, id="letters and a hyphen"),
    pytest.param("工号：E0017，", "E0017", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("7", id="one digit"),
    pytest.param("ABCDE0017", id="five letters"),
    pytest.param("0A0A17", id="letters inside"),
    pytest.param("号0017到", id="behind another word"),
    pytest.param("00-17", id="split"),
    pytest.param("**17", id="masked"),
    pytest.param("admin", id="a word"),
    pytest.param("0000000000017", id="thirteen digits"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(EmployeeNo(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(EmployeeNo(), [text]) == [[]]


def test_nearly_every_number_has_the_form() -> None:
    proven, found = rates(EmployeeNo(), digits(100_000, 6))
    assert proven == 0 == EmployeeNo.chance
    assert found == pytest.approx(EmployeeNo.shape_chance, rel=0.06)
