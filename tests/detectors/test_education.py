import pytest

from detectors.base import Proof
from detectors.cn.education import Education
from tests.detectors.lookalikes import digits, han, rates, shares, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("本科", "本科", CHECKED, id="a level"),
    pytest.param("硕士研究生", "硕士研究生", CHECKED, id="another"),
    pytest.param("大专及以上", "大专及以上", CHECKED, id="and above"),
    pytest.param("Bachelor", "Bachelor", CHECKED, id="English"),
    pytest.param("江南工业大学", "江南工业大学", CHECKED, id="a university"),
    pytest.param("江南市第三中学", "江南市第三中学", CHECKED, id="a school"),
    pytest.param("计算机科学与技术", "计算机科学与技术", SHAPE, id="a subject"),
    pytest.param("会计学", "会计学", SHAPE, id="another subject"),
    pytest.param("三年级2班", "三年级2班", SHAPE, id="a class"),
    pytest.param("2015级", "2015级", SHAPE, id="a year"),
    pytest.param("31", "31", SHAPE, id="a code"),
    pytest.param("姓名：李雷，学历：本科，", "本科", CHECKED, id="behind its word"),
]
# In a text these would end at their first space or sign.
WHOLE = [
    pytest.param("Example University", "Example University", CHECKED, id="abroad"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("学历", id="the header"),
    pytest.param("15", id="no code"),
    pytest.param("苹果", id="a word"),
    pytest.param("他毕业于江南大学，", id="in a sentence"),
    pytest.param("大学生活真好", id="a sentence"),
    pytest.param("手机", id="goods"),
    pytest.param("销售部", id="a department"),
    pytest.param("100", id="a number"),
    pytest.param("杭州市", id="a city"),
    pytest.param("1815级", id="too long ago"),
    pytest.param("3.5", id="a mark"),
    pytest.param("有限公司", id="a company"),
    pytest.param("学生", id="a person"),
]


@pytest.mark.parametrize(("text", "span", "proof"), [*HITS, *WHOLE])
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Education(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Education(), [text]) == [[]]


def test_chance_is_what_random_digits_show() -> None:
    proven, found = rates(Education(), digits(1_000_000, 2))
    assert proven == 0
    assert found == pytest.approx(Education.shape_chance, rel=0.1)


def test_random_words_are_hardly_ever_proven() -> None:
    assert shares(Education(), han(1_000_000, 4))[0] <= Education.chance
