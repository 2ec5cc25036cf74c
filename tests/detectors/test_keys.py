"""Values behind words that name their kind."""

import numpy as np
import pyarrow as pa
import pytest

from detectors.keys import keys
from detectors.texts import Texts

# id: (text, [(kind, value), ...])
NAMED = {
    "a colon": ("QQ：12345678", [("qq", "12345678")]),
    "a colon and a space": ("qq: 12345678", [("qq", "12345678")]),
    "an equals sign": ("my pwd=abc123&x=1", [("password", "abc123")]),
    "no sign": ("护照号E00000017", [("passport", "E00000017")]),
    "a verb": ("护照号码为E00000017，请核", [("passport", "E00000017")]),
    "a verb and a space": ("密码是 hunter2", [("password", "hunter2")]),
    "JSON": (
        '{"wechat": "abc_12345","sex":"男"}',
        [("wechat", "abc_12345"), ("gender", "男")],
    ),
    "full width": ("ＱＱ：１２３４５", [("qq", "12345")]),
    "several in a row": (
        "性别:男 学历:本科，民族:汉族",
        [("gender", "男"), ("education", "本科"), ("ethnicity", "汉族")],
    ),
    "camel case": ("userPassword=x1", [("password", "x1")]),
    "a path": ("user.mobile=1", [("mobile", "1")]),
    "a space": ("QQ号 12345678", [("qq", "12345678")]),
    "two spaces": ("护照  E00000017", [("passport", "E00000017")]),
    "Latin letters and a space": ("his QQ 12345678, ok", [("qq", "12345678")]),
    "a header of HTTP": ("remote_addr 192.0.2.1 x", [("ip", "192.0.2.1")]),
    "a tag": ("<wechat>abc_1234</wechat>", [("wechat", "abc_1234")]),
    "a word in short": ("vx：abc_1234", [("wechat", "abc_1234")]),
    "a word before it": ("他的微信号abc_1234", [("wechat", "abc_1234")]),
}
UNNAMED = {
    "nothing": "",
    "a number": "12345",
    "a key of something else": "order: 12345",
    "a time": "12:34:56",
    "the head is another": "密码类型：1",
    "a count": "手机数量：3",
    "a key and no value": "密码：",
    "a key at the end of the text before": "=12345",
    "a part of a longer word": "telemetry=12",
    "a word of a sentence and a space": "the password of 1234",
    "a longer word and a space": "myqq 12345",
    "a tag that is not closed": "<wechat>abc_1234",
    "a number for a key": "u12345:1",
}


def named(*values: str) -> list[list[tuple[str, str]]]:
    texts = Texts(pa.array(values, pa.large_string()))
    found = texts.shared(keys)
    out: list[list[tuple[str, str]]] = [[] for _ in values]
    rows = texts.row_of(found.starts)
    for row, start, end, kind in zip(rows, found.starts, found.ends, found.kinds, strict=True):
        out[row].append((found.names[kind], texts.text(start, end)))
    return out


@pytest.mark.parametrize(("text", "found"), NAMED.values(), ids=NAMED)
def test_a_word_before_a_value_names_it(text: str, found: list[tuple[str, str]]) -> None:
    assert named(text) == [found]


@pytest.mark.parametrize("text", UNNAMED.values(), ids=UNNAMED)
def test_other_words_name_nothing(text: str) -> None:
    assert named(text) == [[]]


def test_texts_do_not_speak_for_each_other() -> None:
    values = [text for text, _ in NAMED.values()] + list(UNNAMED.values())
    values = [part for value in values for part in (value[:4], value[4:], value)]
    assert named(*values) == [named(value)[0] for value in values]


def test_the_view_is_made_once() -> None:
    texts = Texts(pa.array(["QQ：12345"], pa.large_string()))
    assert texts.shared(keys) is texts.shared(keys)


def test_spans_become_texts() -> None:
    texts = Texts(pa.array(["abc", "汉字x"], pa.large_string()))
    some = texts.cut(np.array([1, 3, 0]), np.array([3, 9, 0]))
    assert some.array.to_pylist() == ["bc", "汉字", ""]
