import pytest

from detectors.base import Proof
from detectors.cn.date_of_birth import DateOfBirth
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("1990-01-31", "1990-01-31", SHAPE, id="ISO"),
    pytest.param("1990/1/31", "1990/1/31", SHAPE, id="slashes"),
    pytest.param("1990.1", "1990.1", SHAPE, id="year and month"),
    pytest.param("1990年1月31日", "1990年1月31日", SHAPE, id="Han"),
    pytest.param("19900131", "19900131", SHAPE, id="eight digits"),
    pytest.param("199001", "199001", SHAPE, id="six digits"),
    pytest.param("1990", "1990", SHAPE, id="a year"),
    pytest.param("631123200", "631123200", SHAPE, id="seconds"),
    pytest.param("-631123200", "-631123200", SHAPE, id="seconds before 1970"),
    pytest.param("631123200000", "631123200000", SHAPE, id="milliseconds"),
    pytest.param("一九九〇年一月三十一日", "一九九〇年一月三十一日", SHAPE, id="Han numerals"),
    pytest.param("二○○一年十二月", "二○○一年十二月", SHAPE, id="circles for nought"),
    pytest.param("05-12", "05-12", SHAPE, id="without a year"),
    pytest.param("姓名：李雷，生日：1990-01-31。", "1990-01-31", CHECKED, id="behind its word"),
    pytest.param('{"birthday":"19900131"}', "19900131", CHECKED, id="in JSON"),
]
# In a text these would end at their first space or sign.
WHOLE = [
    pytest.param("1990-01-31 00:00:00", "1990-01-31 00:00:00", SHAPE, id="with a time"),
    pytest.param("31 Jan 1990", "31 Jan 1990", SHAPE, id="English"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("1849-01-31", id="too long ago"),
    pytest.param("2190-01-31", id="to come"),
    pytest.param("1990-13-01", id="a month too many"),
    pytest.param("1990-01-32", id="a day too many"),
    pytest.param("19901301", id="month 13 in digits"),
    pytest.param("0000-00-00", id="zeros"),
    pytest.param("12345678", id="eight digits"),
    pytest.param("1800", id="another number"),
    pytest.param("1.5", id="a decimal"),
    pytest.param("13800000000", id="eleven digits"),
    pytest.param("9999999999", id="seconds of the year 2286"),
    pytest.param("12345", id="five digits"),
    pytest.param("00:00:00", id="a time"),
    pytest.param("于1990年1月31日入职", id="in a sentence"),
    pytest.param("入职日期：1990-01-31", id="behind another word"),
    pytest.param("1990-01-31至1991-01-31", id="a span"),
    pytest.param("2.0.1", id="a version"),
    pytest.param("1990-1-31-7", id="goes on"),
    pytest.param("一九九〇", id="numerals without a year"),
    pytest.param("生日快乐", id="a wish"),
]


@pytest.mark.parametrize(("text", "span", "proof"), [*HITS, *WHOLE])
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(DateOfBirth(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(DateOfBirth(), [text]) == [[]]


def test_chance_is_what_random_digits_show() -> None:
    proven, found = rates(DateOfBirth(), digits(1_000_000, 8))
    assert proven == 0 == DateOfBirth.chance
    assert found == pytest.approx(DateOfBirth.shape_chance, rel=0.1)
