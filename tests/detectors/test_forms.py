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
