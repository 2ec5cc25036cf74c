import pytest

from detectors.base import Proof
from detectors.cn.military_id import MilitaryId
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("军字第0000017号", "军字第0000017号", CHECKED, id="the army"),
    pytest.param("南字第00000017号", "南字第00000017号", CHECKED, id="a region"),
    pytest.param("士字第0017", "士字第0017", CHECKED, id="a soldier"),
    pytest.param("0000017", "0000017", SHAPE, id="a bare number"),
    pytest.param("证件：军字第0000017号，已核", "军字第0000017号", CHECKED, id="in prose"),
    pytest.param("持有，军字第0000017号", "军字第0000017号", CHECKED, id="behind a comma"),
    pytest.param("军官证：0000017，", "0000017", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("京房权证海字第000017号", id="a deed"),
    pytest.param("民初字第0017号", id="a court"),
    pytest.param("某字第0000017号", id="another head"),
    pytest.param("军字第017号", id="three digits"),
    pytest.param("军字第000000017号", id="nine digits"),
    pytest.param("军字0000017号", id="no 第"),
    pytest.param("字第0000017号", id="no head"),
    pytest.param("军字第号", id="no number"),
    pytest.param("00017", id="five digits"),
    pytest.param("000000017", id="nine digits bare"),
    pytest.param("号0000017到", id="behind another word"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(MilitaryId(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(MilitaryId(), [text]) == [[]]


def test_bare_numbers_have_the_form() -> None:
    proven, found = rates(MilitaryId(), digits(100_000, 8))
    assert proven == 0 == MilitaryId.chance
    assert found == pytest.approx(MilitaryId.shape_chance, rel=0.06)
