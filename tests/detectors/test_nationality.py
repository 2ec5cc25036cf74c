import pytest

from detectors.base import Proof
from detectors.cn.nationality import Nationality
from tests.detectors.lookalikes import han, rates, shares, spans, words

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("中国", "中国", CHECKED, id="Chinese"),
    pytest.param(" 中国籍 ", "中国籍", CHECKED, id="a citizen"),
    pytest.param("日本国籍", "日本国籍", CHECKED, id="a citizenship"),
    pytest.param("Chinese", "Chinese", CHECKED, id="a people"),
    pytest.param("CN", "CN", SHAPE, id="two letters"),
    pytest.param("CHN", "CHN", SHAPE, id="three letters"),
    pytest.param("156", "156", SHAPE, id="a number"),
    pytest.param("国籍：中国，", "中国", CHECKED, id="behind its word"),
]
# In a text these would end at their first space or sign.
WHOLE = [
    pytest.param("South Korea", "South Korea", CHECKED, id="English"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("国籍", id="the header"),
    pytest.param("中国银行", id="a bank"),
    pytest.param("火星", id="no country"),
    pytest.param("中文", id="a language"),
    pytest.param("XX", id="no code"),
    pytest.param("157", id="no number"),
    pytest.param("在中国", id="in a phrase"),
    pytest.param("Chinatown", id="a word"),
    pytest.param("C", id="one letter"),
    pytest.param("法语", id="another language"),
]


@pytest.mark.parametrize(("text", "span", "proof"), [*HITS, *WHOLE])
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Nationality(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Nationality(), [text]) == [[]]


def test_chance_is_what_random_letters_show() -> None:
    letters = words(1_000_000, 2, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    proven, found = rates(Nationality(), letters)
    assert proven == pytest.approx(Nationality.chance, rel=0.1)  # UK
    assert found == pytest.approx(Nationality.shape_chance, rel=0.1)


def test_random_words_are_hardly_ever_proven() -> None:
    assert shares(Nationality(), han(1_000_000, 2))[0] <= Nationality.chance
