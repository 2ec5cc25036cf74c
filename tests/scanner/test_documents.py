"""Documents inside texts: what each text gives, by path; broken and hostile ones too."""

import json

import pyarrow as pa
import pytest

from scanner.documents.escapes import decoded
from scanner.documents.keys import MOST_PATHS, drawn_together, is_word, label
from scanner.documents.leaves import documents
from scanner.documents.opened import LONGEST
from tests.detectors.lookalikes import takes_linear_time

Found = dict[str, list[str | None]]


def found(*texts: str | None) -> Found:
    return {path: values.to_pylist() for path, values in documents(pa.array(texts, pa.string()))}


INNER = json.dumps({"phone": "13900000001", "deep": json.dumps({"x": json.dumps({"y": "1"})})})
OPENED = [
    pytest.param('{"a":"x","b":{"c":1.50}}', {".a": ["x"], ".b.c": ["1.50"]}, id="object"),
    pytest.param('  [{"t":"1"},{"t":null}]', {"[].t": ["1", None]}, id="array of objects"),
    pytest.param("[13900000001, 2]", {"[]": ["13900000001", "2"]}, id="array of numbers"),
    pytest.param('["a","b"]', {"[]": ["a", "b"]}, id="array of texts"),
    pytest.param('{"l":[[1],[2,3]]}', {".l[][]": ["1", "2", "3"]}, id="array of arrays"),
    pytest.param('{"x":"\\u5f20\\u4e09"}', {".x": ["张三"]}, id="escaped Han"),
    pytest.param('{"\\u7535\\u8bdd":"1"}', {".电话": ["1"]}, id="escaped key"),
    pytest.param('{"a":1,"a":"x"}', {".a": ["1", "x"]}, id="a key twice, types mixed"),
    pytest.param('{"a":true,"b":false}', {".a": ["true"], ".b": ["false"]}, id="booleans"),
    pytest.param('{"a":NaN,"b":-1e999}', {".a": ["NaN"], ".b": ["-1e999"]}, id="odd numbers"),
    pytest.param('{"a":' + "9" * 5000 + "}", {".a": ["9" * 5000]}, id="a number of 5,000 digits"),
    pytest.param('{"a":"\\ud800","b":"1"}', {".a": ["\ufffd"], ".b": ["1"]}, id="lone surrogate"),
    pytest.param('{"a":"\\ud83d\\ude00"}', {".a": ["\U0001f600"]}, id="pair of surrogates"),
    pytest.param('{"a":"x\\u0000y"}', {".a": ["x\x00y"]}, id="NUL in a text"),
    pytest.param('{"a":"x\ny"}', {".a": ["x\ny"]}, id="line break in a text"),
    pytest.param(
        json.dumps({"data": INNER}),
        {".data.phone": ["13900000001"], ".data.deep.x": ['{"y": "1"}']},
        id="JSON in JSON in JSON, two levels",
    ),
    pytest.param(json.dumps('{"a":"1"}'), {".a": ["1"]}, id="JSON as a JSON text"),
    pytest.param('q={\\"a\\":\\"1\\"}', {".a": ["1"]}, id="quotes escaped in a log"),
    pytest.param('q={\\\\\\"a\\\\\\":1}', {".a": ["1"]}, id="quotes escaped twice"),
    pytest.param(
        '2024-01-01 INFO [main] saved {"tel":"1"} in 3 ms {"tel":"2"}',
        {".tel": ["1", "2"]},
        id="behind log messages",
    ),
    pytest.param('{"a":"1"}\n{"a":"2"}\n', {".a": ["1", "2"]}, id="a document a line"),
    pytest.param('{"a":"1"}{"a":"2"}', {".a": ["1", "2"]}, id="one after another"),
    pytest.param("{'a': '张', 'n': None}", {".a": ["张"], ".n": [None]}, id="single quotes"),
    pytest.param('{"a":"1","b":[2,],}', {".a": ["1"], ".b[]": ["2"]}, id="trailing commas"),
    pytest.param('{"a":"1","b":{"c":"2","d":"13', {".a": ["1"], ".b.c": ["2"]}, id="cut in text"),
    pytest.param('{"a":"1","b":1390000', {".a": ["1"]}, id="cut in a number"),
    pytest.param('{"a":"1","b', {".a": ["1"]}, id="cut in a key"),
    pytest.param('[{"a":"1"},{"a":"2"},{"a"', {"[].a": ["1", "2"]}, id="array cut off"),
    pytest.param("%7B%22a%22%3A%22%E5%BC%A0%22%7D", {".a": ["张"]}, id="JSON in percent signs"),
    pytest.param(
        "name=%E5%BC%A0+x&phone=13900000001&note=",
        {".name": ["张 x"], ".phone": ["13900000001"], ".note": [""]},
        id="form",
    ),
    pytest.param("name=%D5%C5&a=1", {".name": ["张"], ".a": ["1"]}, id="form in GBK"),
    pytest.param("https://a.example.com/x?tel=1", {".tel": ["1"]}, id="query of a URL"),
    pytest.param("u[tel]=1&i[0][t]=2", {".u.tel": ["1"], ".i[].t": ["2"]}, id="keys in brackets"),
    pytest.param('p={"a":"1"}&q=2', {".a": ["1"]}, id="JSON in a form"),
    pytest.param(
        "<r><u id='7'><![CDATA[张]]></u><t>1</t><t>2</t></r>",
        {".r.u": ["张"], ".r.u.id": ["7"], ".r.t": ["1", "2"]},
        id="XML",
    ),
    pytest.param("<r><t>1</t><u>13", {".r.t": ["1"]}, id="XML cut off"),
    pytest.param('<a:r xmlns:a="urn:x"><a:t>1</a:t></a:r>', {".r.t": ["1"]}, id="namespaces"),
    pytest.param('{"13900000001":{"n":"1"}}', {".{}.n": ["1"]}, id="a mobile as key"),
    pytest.param('{"a@example.com":"1"}', {".{}": ["1"]}, id="an e-mail as key"),
    pytest.param('{"2024-01-02":{"n":1}}', {".{}.n": ["1"]}, id="a date as key"),
    pytest.param('{"a.b":"1"}', {".a.b": ["1"]}, id="a dot in a key"),
    pytest.param('{"":"1"," ":"2"}', {".{}": ["1", "2"]}, id="keys of nothing"),
]
NOTHING = [
    pytest.param("", id="empty"),
    pytest.param("{}", id="an object of nothing"),
    pytest.param("[]", id="an array of nothing"),
    pytest.param("{", id="a brace"),
    pytest.param("[[[[", id="brackets"),
    pytest.param("[INFO] started {} in [3]", id="log without JSON"),
    pytest.param("a=b", id="one pair"),
    pytest.param("x = 1 & y = 2", id="arithmetic"),
    pytest.param("a<b & c>d", id="comparison"),
    pytest.param("<", id="a sign"),
    pytest.param("50% of {all}", id="prose"),
    pytest.param("第3单：请送到{大门}，谢谢", id="Han prose"),
    pytest.param("https://a.example.com/x?y", id="query without a value"),
    pytest.param("{" + '"a":{' * 20 + "}" * 21, id="objects of nothing, deep"),
]


@pytest.mark.parametrize(("text", "paths"), OPENED)
def test_opened(text: str, paths: Found) -> None:
    assert found(text) == paths


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_to_open(text: str) -> None:
    assert found(text) == {}


def test_equal_texts_count_for_each_row() -> None:
    twice = '{"a":"1","l":["x","y"]}'
    assert found(twice, None, '{"a":null}', twice, "") == {
        ".a": ["1", "1", None],
        ".l[]": ["x", "x", "y", "y"],
    }


@pytest.mark.parametrize("kind", [pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
def test_any_array_of_texts(kind: pa.DataType) -> None:
    array = pa.array(["-", '{"a":"1"}', None], pa.string()).cast(kind)[1:]
    assert {path: v.to_pylist() for path, v in documents(array)} == {".a": ["1"]}


@pytest.mark.parametrize("array", [pa.array([1, 2]), pa.array([b'{"a":1}']), pa.nulls(3)])
def test_other_arrays_hold_no_documents(array: pa.Array) -> None:
    assert list(documents(array)) == []


DEEP = 100_000
BOMB = '<!DOCTYPE r [<!ENTITY a "13900000001"><!ENTITY b "&a;&a;">]><r><t>&b;</t></r>'
HOSTILE = [
    pytest.param("[" * DEEP, id="brackets"),
    pytest.param("[" * DEEP + "]" * DEEP, id="brackets, closed"),
    pytest.param('{"a":' * DEEP, id="objects"),
    pytest.param('{"a":' * DEEP + "1" + "}" * DEEP, id="objects, closed"),
    pytest.param('{"' * DEEP, id="quotes that never close"),
    pytest.param('["' * DEEP, id="arrays that never close"),
    pytest.param("{'" * DEEP, id="single quotes"),
    pytest.param('{"a":"' + "\\" * DEEP, id="backslashes"),
    pytest.param("{" + "\\" * DEEP + '"', id="backslashes before a quote"),
    pytest.param('{"a":' + "9" * 300_000, id="a number without end"),
    pytest.param('{"a":"' + "\\ud800" * DEEP + '"}', id="lone surrogates"),
    pytest.param("{" + " " * 500_000, id="spaces"),
    pytest.param("\x00" * 500_000 + '{"', id="NUL"),
    pytest.param("[1," * DEEP, id="arrays of numbers"),
    pytest.param("?a=" * DEEP, id="question marks"),
    pytest.param("a=&" * DEEP, id="a form of one key"),
    pytest.param("<a>" * DEEP, id="elements"),
    pytest.param("<a>" * DEEP + "</a>" * DEEP, id="elements, closed"),
    pytest.param("<a " + "b='1' " * DEEP, id="attributes"),
    pytest.param("%7B" * DEEP, id="percent signs"),
    pytest.param('{"a":1} ' * DEEP, id="many documents"),
    pytest.param('{"a" ' * DEEP, id="many faults"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_take_linear_time(text: str) -> None:
    def read(size: int) -> None:
        array = pa.array([text[:size]])
        sum(len(values) for _, values in documents(array))
        decoded(array)

    assert takes_linear_time(read, len(text))


def test_xml_that_declares_entities_is_left_alone() -> None:
    assert found(BOMB) == {}


def test_what_is_too_long_is_left_to_the_search() -> None:
    document = '{"a":"1","b":"' + "x" * LONGEST + '"}'
    assert found(document, '{"a":"2"}') == {".a": ["2"]}


def test_what_lies_too_deep_is_left_out_and_the_rest_is_not() -> None:
    strict = '{"a":' * 30 + '"x"' + "}" * 29 + ',"b":"1"}'
    assert found(strict) == found(strict[:-1]) == {".b": ["1"]}


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        pytest.param("\\u5f20\\u4E09 x", "张三 x", id="escapes"),
        pytest.param("\\ud83d\\ude00", "\U0001f600", id="a pair of surrogates"),
        pytest.param("\\ud83d x", "\ufffd x", id="a lone surrogate"),
        pytest.param("q=%E5%BC%A0&r=%40", "q=张&r=@", id="percent signs"),
        pytest.param("%D5%C5", "张", id="GBK"),
        pytest.param("%FF", "%FF", id="no text"),
        pytest.param("50% off, C:\\users", "50% off, C:\\users", id="neither"),
    ],
)
def test_escapes_are_read(text: str, plain: str) -> None:
    array = pa.array([None, "-", text, text])
    assert decoded(array[1:]).to_pylist() == ["-", plain, plain]
    assert decoded(array).to_pylist()[0] is None


@pytest.mark.parametrize(
    ("key", "name"),
    [
        pytest.param("phone", ".phone", id="word"),
        pytest.param("收货人 电话", ".收货人 电话", id="Han with a space"),
        pytest.param("AAC001", ".AAC001", id="a code of three digits"),
        pytest.param("sha256", ".sha256", id="a word with digits"),
        pytest.param("@type", ".@type", id="sign before"),
        pytest.param("user_20240101", ".{}", id="date behind"),
        pytest.param("kanarek_0987", ".{}", id="number behind"),
        pytest.param("17", ".{}", id="number"),
        pytest.param("6fa459ea-ee8a-3ca4-894e-db77e160355e", ".{}", id="UUID"),
        pytest.param("d41d8cd98f00b204", ".{}", id="hash"),
        pytest.param("我的电话，请记下", ".{}", id="sentence"),
        pytest.param("x" * 65, ".{}", id="long"),
        pytest.param("a{b}", ".{}", id="braces"),
        pytest.param("items[12].tel", ".items[].tel", id="index"),
    ],
)
def test_what_a_key_is_called(key: str, name: str) -> None:
    assert label(key) == name


def test_too_many_keys_are_data_but_words_of_headers_stay() -> None:
    users = [f".data.zq{chr(97 + n // 26)}{chr(97 + n % 26)}.phone" for n in range(300)]
    named = drawn_together([*users, ".data.phone", ".code"], is_word)
    assert set(named.values()) == {".data.{*}.phone", ".data.phone", ".code"}


def test_no_column_has_more_paths_than_it_may() -> None:
    paths = [f".{a}{b}.{c}{d}" for a in "abcdefgh" for b in "xyz" for c in "klmn" for d in "pqrs"]
    named = drawn_together(paths, is_word)
    assert set(named) == set(paths)
    assert len(set(named.values())) <= MOST_PATHS
