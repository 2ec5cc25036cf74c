import pytest

from detectors.base import Proof
from detectors.cn.health import Health
from tests.detectors.lookalikes import digits, han, rates, shares, spans, words

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("J45.9", "J45.9", SHAPE, id="a code"),
    pytest.param("I10.x00", "I10.x00", SHAPE, id="Chinese clinical"),
    pytest.param("E11.900x001", "E11.900x001", SHAPE, id="with a local end"),
    pytest.param("2型糖尿病", "2型糖尿病", CHECKED, id="a disease"),
    pytest.param("慢性胃炎", "慢性胃炎", CHECKED, id="an inflammation"),
    pytest.param("高血压2级", "高血压2级", CHECKED, id="a stage behind"),
    pytest.param("腰椎间盘突出", "腰椎间盘突出", CHECKED, id="a condition"),
    pytest.param("AB型", "AB型", CHECKED, id="a blood type"),
    pytest.param("Rh阴性", "Rh阴性", SHAPE, id="a factor"),
    pytest.param("120/80", "120/80", SHAPE, id="a blood pressure"),
    pytest.param("36.5℃", "36.5℃", SHAPE, id="a temperature"),
    pytest.param("良好", "良好", SHAPE, id="a state"),
    pytest.param("诊断：胃炎。", "胃炎", CHECKED, id="behind its word"),
    pytest.param("张三，诊断为高血压。", "高血压", CHECKED, id="diagnosed"),
    pytest.param("患者确诊2型糖尿病，住院", "2型糖尿病", CHECKED, id="confirmed"),
    pytest.param("其母患有冠心病多年", "冠心病", CHECKED, id="has it"),
    pytest.param("后被确诊为肺癌晚期", "肺癌", CHECKED, id="confirmed as"),
]
# In a text these would end at their first space or sign.
WHOLE = [
    pytest.param("J45.9,I10.x00", "J45.9,I10.x00", SHAPE, id="two codes"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("J4", id="too short"),
    pytest.param("j45.9", id="a small letter"),
    pytest.param("J45.9.1", id="goes on"),
    pytest.param("AJ45.9", id="two letters"),
    pytest.param("苹果", id="a word"),
    pytest.param("健康码", id="a header"),
    pytest.param("36.5", id="a bare figure"),
    pytest.param("C型", id="no blood type"),
    pytest.param("今日新增确诊病例3例", id="cases"),
    pytest.param("设备诊断为线路异常，已修", id="of a machine"),
    pytest.param("确诊后请电话联系", id="confirmed, nothing"),
    pytest.param("诊断为：待查，3天后复诊", id="diagnosed, nothing"),
    pytest.param("1/2", id="a fraction"),
    pytest.param("1200/80", id="another number"),
    pytest.param("患者因胃炎入院。已好转", id="a sentence"),
    pytest.param("病人", id="a person"),
    pytest.param("医院", id="a place"),
    pytest.param("诊断：见附件", id="behind its word, nothing"),
    pytest.param("v1.2", id="a version"),
]


@pytest.mark.parametrize(("text", "span", "proof"), [*HITS, *WHOLE])
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Health(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Health(), [text]) == [[]]


def test_chance_is_what_random_codes_show() -> None:
    codes = digits(1_000_000, 5)
    codes[:, :1] = words(1_000_000, 1, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    codes[:, 3] = ord(".")
    proven, found = rates(Health(), codes)
    assert proven == 0
    assert found == pytest.approx(Health.shape_chance, rel=0.03)


def test_few_random_words_end_as_diseases_do() -> None:
    assert shares(Health(), han(1_000_000, 4))[0] == pytest.approx(Health.chance, rel=0.1)
