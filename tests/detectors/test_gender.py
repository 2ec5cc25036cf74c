import pytest

from detectors.base import Proof
from detectors.cn.gender import Gender
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("男", "男", CHECKED, id="a man"),
    pytest.param(" 女 ", "女", CHECKED, id="a woman, spaces around"),
    pytest.param("女性", "女性", CHECKED, id="in two characters"),
    pytest.param("Female", "Female", CHECKED, id="English"),
    pytest.param("2", "2", SHAPE, id="a code"),
    pytest.param("M", "M", SHAPE, id="a letter"),
    pytest.param("保密", "保密", SHAPE, id="not said"),
    pytest.param("姓名：李雷，性别：男，", "男", CHECKED, id="behind its word"),
    pytest.param('{"gender": "1"}', "1", CHECKED, id="a code behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("公", id="an animal"),
    pytest.param("母", id="another"),
    pytest.param("男装", id="clothes"),
    pytest.param("男款", id="goods for men"),
    pytest.param("女士手表", id="a watch"),
    pytest.param("男女", id="both"),
    pytest.param("17", id="a number"),
    pytest.param("他是男的", id="in a sentence"),
    pytest.param("male model", id="in English words"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Gender(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Gender(), [text]) == [[]]


def test_codes_are_as_common_as_stated() -> None:
    proven, found = rates(Gender(), digits(1_000_000, 1))
    assert proven == 0
    assert found == pytest.approx(Gender.shape_chance, rel=0.05)
