import pytest

from detectors.base import Proof
from detectors.common.religion import Religion
from tests.detectors.lookalikes import digits, han, rates, shares, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("佛教", "佛教", CHECKED, id="a religion"),
    pytest.param("基督教徒", "基督教徒", CHECKED, id="who follows one"),
    pytest.param("无宗教信仰", "无宗教信仰", CHECKED, id="none"),
    pytest.param("Islam", "Islam", CHECKED, id="English"),
    pytest.param("无", "无", SHAPE, id="may be anything"),
    pytest.param("10", "10", SHAPE, id="a code"),
    pytest.param("宗教信仰：佛教，", "佛教", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("宗教", id="the header"),
    pytest.param("教师", id="a teacher"),
    pytest.param("佛山", id="a city"),
    pytest.param("道教协会", id="an office"),
    pytest.param("信奉佛教", id="in a sentence"),
    pytest.param("8", id="no code"),
    pytest.param("77", id="no code of two digits"),
    pytest.param("佛教音乐", id="music"),
    pytest.param("文教", id="an office"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Religion(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Religion(), [text]) == [[]]


def test_codes_are_as_common_as_stated() -> None:
    proven, found = rates(Religion(), digits(1_000_000, 2))
    assert proven == 0
    assert found == pytest.approx(Religion.shape_chance, rel=0.1)


def test_random_words_are_hardly_ever_proven() -> None:
    assert shares(Religion(), han(1_000_000, 2))[0] <= Religion.chance
