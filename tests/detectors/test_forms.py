"""Every value below is made up."""

import pyarrow as pa
import pytest

from detectors.forms import FORMS, alike, forms
from detectors.texts import Texts

CASES = [
    pytest.param("", "blank", id="empty"),
    pytest.param(" \t", "blank", id="only space"),
    pytest.param("7", "digit", id="one digit"),
    pytest.param(" 37 ", "number", id="two digits, spaced"),
    pytest.param("1234567890", "integer", id="ten digits"),
    pytest.param("12345678901", "long_integer", id="eleven digits"),
    pytest.param("1" * 40, "long_integer", id="forty digits"),
    pytest.param("2013-04-10", "date", id="date"),
    pytest.param("2013/4/1 9:05:00", "date", id="date and time"),
    pytest.param("2013-04-10T09:05:00+08:00", "date", id="ISO time with zone"),
    pytest.param("1901年3月", "date", id="Chinese year and month"),
    pytest.param("-12.50", "decimal", id="signed fraction"),
    pytest.param("1,234.5", "decimal", id="thousands"),
    pytest.param("1.38E+10", "decimal", id="scientific"),
    pytest.param("0f8fad5b-d9cb-469f-a165-70867728950e", "uuid", id="uuid"),
    pytest.param("d41d8cd98f00b204e9800998ecf8427e", "hex", id="hash"),
    pytest.param("192.0.2.7", "ip", id="IPv4"),
    pytest.param("2001:db8::1", "ip", id="IPv6"),
    pytest.param("a.b@example.com", "email", id="email"),
    pytest.param("https://example.com/a?b=1", "url", id="url"),
    pytest.param("/upload/2024/a.png", "url", id="path"),
    pytest.param("a.png", "url", id="file name"),
    pytest.param('{"a": 1}', "json", id="object"),
    pytest.param("sys_user", "word", id="identifier"),
    pytest.param("无", "placeholder", id="none"),
    pytest.param(" 暂无 ", "placeholder", id="none so far, space around"),
    pytest.param("NULL", "placeholder", id="null in capitals"),
    pytest.param("N/A", "placeholder", id="not applicable"),
    pytest.param("ｎ／ａ", "placeholder", id="not applicable, full width"),
    pytest.param("-", "placeholder", id="hyphen"),
    pytest.param("***", "placeholder", id="three stars"),
    pytest.param("Test", "placeholder", id="test"),
    pytest.param("测试", "placeholder", id="test in Chinese"),
    pytest.param("\\N", "placeholder", id="null of MySQL"),
    pytest.param("NA", "word", id="Namibia"),
    pytest.param("0", "digit", id="a code"),
    pytest.param("无锡", "han_short", id="a city that begins with none"),
    pytest.param("测试员", "han_short", id="a tester"),
    pytest.param("tester", "word", id="a tester in English"),
    pytest.param("******", "word", id="a masked password"),
    pytest.param("data:image/png;base64," + "iVBORw0KGgo" * 4, "image", id="data URI"),
    pytest.param("data:image/svg+xml;utf8,<svg xmlns='x' width='9'/>", "image", id="drawing"),
    pytest.param("/9j/4AAQSkZJRg" + "ABAQ" * 10, "image", id="JPEG in base64"),
    pytest.param("iVBORw0KGgoAAAANSUhEUg" + "ABAQ" * 10 + "==", "image", id="PNG in base64"),
    pytest.param("R0lGODlhAQABAIAA" + "ABAQ" * 10, "image", id="GIF in base64"),
    pytest.param("UklGRiIAAABXRUJQVlA4" + "ABAQ" * 10, "image", id="WEBP in base64"),
    pytest.param("SUkqAAgAAAAA" + "ABAQ" * 10, "image", id="TIFF in base64"),
    pytest.param("ffd8ffe000104a464946" + "00" * 20, "image", id="JPEG in hex"),
    pytest.param("0x89504E470D0A1A0A" + "00" * 20, "image", id="PNG in hex"),
    pytest.param("UklGRiIAAABXQVZFZm10" + "ABAQ" * 10, "word", id="sound in base64"),
    pytest.param("/9j/4AAQ", "url", id="beginning of a JPEG alone"),
    pytest.param("data:text/plain;base64," + "QUJD" * 10, "url", id="data URI of a text"),
    pytest.param("/upload/2024/05/12/photo-of-a-person-1.jpg", "url", id="path of a picture"),
    pytest.param("hello world", "ascii", id="English"),
    pytest.param("张三", "han_short", id="two characters"),
    pytest.param("买买提·吐", "text", id="dotted name longer than four is text or han"),
    pytest.param("人力资源部", "han", id="five characters"),
    pytest.param("今天天气不错，我们去公园。", "text", id="sentence"),
]


@pytest.mark.parametrize(("text", "form"), CASES)
def test_form(text: str, form: str) -> None:
    (code,) = forms(Texts(pa.array([text])))
    if form == "text":
        assert FORMS[code] in {"text", "han", "han_short"}
    else:
        assert FORMS[code] == form


def test_all_at_once_as_one_by_one() -> None:
    values = [case.values[0] for case in CASES]
    together = forms(Texts(pa.array(values)))
    alone = [forms(Texts(pa.array([value])))[0] for value in values]
    assert together.tolist() == alone


def test_no_texts() -> None:
    assert forms(Texts(pa.array([], pa.string()))).tolist() == []


def test_look_alikes_are_numbers_of_one_length() -> None:
    values = ["110101190001010014", "11010119000101009X", "1234567890", "张三", "李四", "abc"]
    texts = Texts(pa.array(values))
    classes = alike(texts, forms(texts)).tolist()
    assert classes[0] == classes[1] != classes[2]
    assert classes[3] == classes[4] != classes[5]


def test_a_class_is_a_number_below_4096() -> None:
    texts = Texts(pa.array(["1" * 3000, "1" * 100_000]))
    assert max(alike(texts, forms(texts)).tolist()) < 4096
