import pytest

from detectors.base import Proof
from detectors.cn.native_place import NativePlace
from tests.detectors.lookalikes import digits, han, rates, shares, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("浙江省", "浙江省", SHAPE, id="a province"),
    pytest.param("杭州", "杭州", SHAPE, id="in short"),
    pytest.param("浙江杭州", "浙江杭州", SHAPE, id="two in short"),
    pytest.param("山东省济南", "山东省济南", SHAPE, id="one in short"),
    pytest.param("浙江省杭州市西湖区", "浙江省杭州市西湖区", SHAPE, id="in full"),
    pytest.param("湖南长沙人", "湖南长沙人", SHAPE, id="a man from"),
    pytest.param("330102", "330102", SHAPE, id="a county by its code"),
    pytest.param("330000", "330000", SHAPE, id="a province by its code"),
    pytest.param("籍贯：浙江杭州，", "浙江杭州", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("非农业户口", id="a sort of household"),
    pytest.param("城镇", id="a sort of household in short"),
    pytest.param("", id="empty"),
    pytest.param("籍贯", id="the header"),
    pytest.param("浙江大学", id="a university"),
    pytest.param("杭州西湖醋鱼", id="a dish"),
    pytest.param("123456", id="no code"),
    pytest.param("990101", id="no province"),
    pytest.param("3301", id="four digits"),
    pytest.param("来自浙江杭州", id="in a phrase"),
    pytest.param("浙江省杭州市西湖区文三路1号", id="an address"),
    pytest.param("苹果", id="a word"),
    pytest.param("火星", id="no place"),
    pytest.param("Hangzhou", id="Latin letters"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(NativePlace(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(NativePlace(), [text]) == [[]]


def test_chance_is_what_random_digits_show() -> None:
    proven, found = rates(NativePlace(), digits(1_000_000, 6))
    assert proven == 0
    assert found == pytest.approx(NativePlace.shape_chance, rel=0.1)


def test_random_words_are_hardly_ever_found() -> None:
    assert shares(NativePlace(), han(1_000_000, 4))[1] < 1e-4
