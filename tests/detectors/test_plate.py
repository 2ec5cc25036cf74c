import numpy as np
import pyarrow as pa
import pytest

from detectors.base import Proof
from detectors.cn.plate import Plate
from detectors.texts import Texts
from tests.detectors.lookalikes import log_lines, spans

SHAPE = Proof.SHAPE
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

HITS = [
    pytest.param("京A00000", "京A00000", SHAPE, id="five digits"),
    pytest.param("粤B0A0B1", "粤B0A0B1", SHAPE, id="digits and letters"),
    pytest.param("京A·00017", "京A·00017", SHAPE, id="dot"),
    pytest.param("京A•00017", "京A•00017", SHAPE, id="bullet"),
    pytest.param("京A-00017", "京A-00017", SHAPE, id="hyphen"),
    pytest.param("京A 00017", "京A 00017", SHAPE, id="space"),
    pytest.param("京a0001z", "京a0001z", SHAPE, id="small letters"),
    pytest.param("沪AD00001", "沪AD00001", SHAPE, id="small and without engine"),
    pytest.param("沪AFA0001", "沪AFA0001", SHAPE, id="small and hybrid"),
    pytest.param("沪A00001D", "沪A00001D", SHAPE, id="large and without engine"),
    pytest.param("沪A·D00001", "沪A·D00001", SHAPE, id="without engine, dot"),
    pytest.param("鲁B0001挂", "鲁B0001挂", SHAPE, id="trailer"),
    pytest.param("鲁B0001学", "鲁B0001学", SHAPE, id="trainer"),
    pytest.param("鲁B0001警", "鲁B0001警", SHAPE, id="police"),
    pytest.param("鲁B·0001警", "鲁B·0001警", SHAPE, id="police, dot"),
    pytest.param("粤Z0001港", "粤Z0001港", SHAPE, id="of Hong Kong in Guangdong"),
    pytest.param("粤Z0001澳", "粤Z0001澳", SHAPE, id="of Macau in Guangdong"),
    pytest.param("沪A0001领", "沪A0001领", SHAPE, id="consulate"),
    pytest.param("使000001", "使000001", SHAPE, id="embassy"),
    pytest.param("使000·001", "使000·001", SHAPE, id="embassy, dot"),
    pytest.param("京X0001应急", "京X0001应急", SHAPE, id="fire and rescue"),
    pytest.param("WJ京00001", "WJ京00001", SHAPE, id="armed police"),
    pytest.param("WJ京·0001X", "WJ京·0001X", SHAPE, id="armed police, letter"),
    pytest.param("车牌号：粤B00017，在门口", "粤B00017", SHAPE, id="in prose behind its word"),
    pytest.param("一辆粤B00017在门口", "粤B00017", SHAPE, id="in prose"),
    pytest.param("车牌：京Ａ０００１７，", "京A00017", SHAPE, id="full width"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("京", id="province alone"),
    pytest.param("京A", id="no serial"),
    pytest.param("京A0001", id="four characters and no tail"),
    pytest.param("京A0001啊", id="another character behind"),
    pytest.param("京A000017", id="six digits"),
    pytest.param("京A0000017", id="seven"),
    pytest.param("京I00017", id="letter I"),
    pytest.param("京O00017", id="letter O"),
    pytest.param("京A0O017", id="letter O in the serial"),
    pytest.param("京A0I017", id="letter I in the serial"),
    pytest.param("京ABCDEF", id="letters only"),
    pytest.param("京ABCDE1", id="one digit"),
    pytest.param("京100017", id="digit for the letter"),
    pytest.param("A00017", id="no province"),
    pytest.param("汉A00017", id="no province's character"),
    pytest.param("京AL00017", id="six, and no letter of new energy"),
    pytest.param("京A0D0017", id="letter of new energy in the middle"),
    pytest.param("京A00017X9", id="longer code"),
    pytest.param("京A·", id="dot and no serial"),
    pytest.param("京A··00017", id="two dots"),
    pytest.param("京 A00017", id="space before the letter"),
    pytest.param("使00001", id="embassy with five digits"),
    pytest.param("使用000001", id="another word"),
    pytest.param("使000·0001", id="embassy, three and four"),
    pytest.param("WJ00017", id="armed police without province"),
    pytest.param("WJ京0001", id="armed police with four"),
    pytest.param("南京A00017", id="a city, then a code"),
    pytest.param("天津B00017", id="another city"),
    pytest.param("京A****7", id="masked"),
    pytest.param("京津冀2024", id="a region and a year"),
    pytest.param("川菜A00017", id="a dish and a code"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Plate(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Plate(), [text]) == [[]]


def codes(heads: str, n: int) -> pa.Array:
    """A character of `heads` and six or seven random capitals and digits."""
    rng = np.random.default_rng(7)
    alphabet = np.array(list("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    head = np.array(list(heads))[rng.integers(0, len(heads), n)].astype(object)
    for _ in range(6):
        head = head + alphabet[rng.integers(0, 36, n)].astype(object)
    return pa.array(head, pa.large_string())


def share(array: pa.Array) -> float:
    return len(np.unique(Plate().find(Texts(array)).rows)) / len(array)


def test_chance_is_what_random_codes_show() -> None:
    level_one = bytes(
        byte for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for byte in (high, low)
    ).decode("gb2312", "ignore")
    assert share(codes(level_one, 1_000_000)) == pytest.approx(Plate.shape_chance, rel=0.1)
    assert share(codes(PROVINCES, 100_000)) == pytest.approx(Plate.imitated, rel=0.1)


def test_log_lines_hold_none() -> None:
    assert len(Plate().find(Texts(log_lines(20_000)))) == 0
