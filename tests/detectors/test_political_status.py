import pytest

from detectors.base import Proof
from detectors.cn.political_status import PoliticalStatus
from tests.detectors.lookalikes import digits, han, rates, shares, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("中共党员", "中共党员", CHECKED, id="a member"),
    pytest.param("共青团员", "共青团员", CHECKED, id="of the Youth League"),
    pytest.param("民盟盟员", "民盟盟员", CHECKED, id="of another party"),
    pytest.param(" 团员 ", "团员", CHECKED, id="in short"),
    pytest.param("中国共产党党员", "中国共产党党员", CHECKED, id="in full"),
    pytest.param("群众", "群众", SHAPE, id="of none"),
    pytest.param("13", "13", SHAPE, id="a code"),
    pytest.param("1", "1", SHAPE, id="a short code"),
    pytest.param("政治面貌：群众，", "群众", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("0", id="no code"),
    pytest.param("14", id="no code of two digits"),
    pytest.param("政治", id="a subject"),
    pytest.param("团长", id="an officer"),
    pytest.param("会员", id="a member of a shop"),
    pytest.param("社员", id="of a cooperative"),
    pytest.param("党委", id="an office"),
    pytest.param("党校", id="a school"),
    pytest.param("他是党员", id="in a sentence"),
    pytest.param("2010-07-01", id="a date of joining"),
    pytest.param("群众路线", id="a slogan"),
    pytest.param("团购", id="a sale"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(PoliticalStatus(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(PoliticalStatus(), [text]) == [[]]


def test_codes_are_as_common_as_stated() -> None:
    proven, found = rates(PoliticalStatus(), digits(1_000_000, 1))
    assert proven == 0
    assert found == pytest.approx(PoliticalStatus.shape_chance, rel=0.1)


def test_random_words_are_hardly_ever_proven() -> None:
    assert shares(PoliticalStatus(), han(1_000_000, 4))[0] <= PoliticalStatus.chance
