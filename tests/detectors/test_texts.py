import datetime as dt
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from detectors.texts import Texts

LONG = 440524188001010014


def values(texts: Texts) -> list[str]:
    return texts.array.to_pylist()


CASTS = [
    pytest.param(pa.array([LONG, 5]), [str(LONG), "5"], id="int64"),
    pytest.param(pa.array([2**64 - 1], pa.uint64()), [str(2**64 - 1)], id="uint64"),
    pytest.param(pa.array([13800138000.0, 1.5]), ["13800138000", "1.5"], id="double"),
    pytest.param(
        pa.array([float("nan"), float("inf"), -0.0]), ["nan", "inf", "0"], id="odd double"
    ),
    pytest.param(pa.array([-1e300]), ["-1e+300"], id="huge double"),
    pytest.param(pa.array([138.0], pa.float32()), ["138"], id="float"),
    pytest.param(pa.array([Decimal("13800138000.00")]), ["13800138000"], id="decimal"),
    pytest.param(pa.array([Decimal("1.50"), Decimal("100.00")]), ["1.50", "100"], id="decimals"),
    pytest.param(pa.array([Decimal(LONG)], pa.decimal128(38, 0)), [str(LONG)], id="NUMBER(38)"),
    pytest.param(pa.array([dt.date(1880, 1, 1)]), ["1880-01-01"], id="date"),
    pytest.param(
        pa.array([dt.datetime(1880, 1, 1, 2, 3, 4)], pa.timestamp("s")),
        ["1880-01-01 02:03:04"],
        id="timestamp",
    ),
    pytest.param(pa.array([dt.time(1, 2, 3)], pa.time32("s")), ["01:02:03"], id="time"),
    pytest.param(pa.array([True, False]), ["true", "false"], id="boolean"),
    pytest.param(pa.array(["a", "b", "a"]).dictionary_encode(), ["a", "b"], id="dictionary"),
    pytest.param(pa.array([7, 7]).dictionary_encode(), ["7"], id="dictionary of integers"),
    pytest.param(pa.array(["a"], pa.large_string()), ["a"], id="large string"),
    pytest.param(pa.array([b"13800138000", "张".encode()]), ["13800138000", "张"], id="binary"),
    pytest.param(pa.array([b"\xff", b"ok", None]), ["ok"], id="binary that is no text"),
    pytest.param(pa.array([b"ab"], pa.binary(2)), ["ab"], id="binary of fixed size"),
    pytest.param(pa.array([b"ab"], pa.large_binary()), ["ab"], id="large binary"),
    pytest.param(pa.array(["a", "b", "c"])[1:], ["b", "c"], id="slice"),
    pytest.param(pa.array(["xx", "b", "cc", "d"])[1:3], ["b", "cc"], id="slice inside"),
    pytest.param(pa.array([1, 2, 3])[2:], ["3"], id="slice of integers"),
    pytest.param(pa.chunked_array([["a"], ["b", "a"]]), ["a", "b"], id="chunks"),
    pytest.param(pa.chunked_array([[1], [2]]), ["1", "2"], id="chunks of integers"),
    pytest.param(pa.chunked_array([], pa.string()), [], id="no chunks"),
    pytest.param(pa.chunked_array([[b"\xff", b"a"]]), ["a"], id="chunks of binary"),
    pytest.param(pa.chunked_array([pa.array(["a"]).dictionary_encode()]), ["a"], id="chunks, dict"),
    pytest.param(pa.array([], pa.string()), [], id="empty"),
    pytest.param(pa.array([], pa.int64()), [], id="empty integers"),
    pytest.param(pa.array([None, "a", None]), ["a"], id="nulls"),
    pytest.param(pa.array([None, 1]), ["1"], id="nulls of integers"),
    pytest.param(pa.array([None, 1.0]), ["1"], id="nulls of doubles"),
    pytest.param(pa.nulls(2), [], id="nothing but nulls"),
    pytest.param(pa.array([["a"], None]), [], id="lists hold no text themselves"),
    pytest.param(pa.array([""]), [""], id="empty text"),
]


@pytest.mark.parametrize(("array", "expected"), CASTS)
def test_of_casts(array: pa.Array, expected: list[str]) -> None:
    assert values(Texts.of(array)) == expected


def test_of_counts_equal_values_once() -> None:
    texts = Texts.of(pa.array(["a", None, "b", "a", "a"]))
    assert dict(zip(values(texts), texts.counts.tolist(), strict=True)) == {"a": 3, "b": 1}


@pytest.mark.parametrize(
    ("text", "half"),
    [
        pytest.param("１３８", "138", id="digits"),
        pytest.param("Ｘｘ＠．＋（）～！", "Xx@.+()~!", id="letters and signs"),
        pytest.param("张　三", "张 三", id="ideographic space"),
        pytest.param("张１三２", "张1三2", id="between Han"),
        pytest.param("１", "1", id="one alone"),
        pytest.param("｟ﾀ￥", "｟ﾀ￥", id="neighbours of the block stay"),
        pytest.param("漢㈱🏠", "漢㈱🏠", id="nothing to do"),
    ],
)
def test_full_width_becomes_half_width(text: str, half: str) -> None:
    assert values(Texts(pa.array([text]))) == [half]


def test_offsets_hold_after_full_width() -> None:
    source = ["甲１３８乙", "", "１", "丙"]
    texts = Texts(pa.array(source))
    assert values(texts) == ["甲138乙", "", "1", "丙"]
    runs = texts.digit_runs
    spans = [
        texts.char_span(*map(int, s)) for s in zip(runs.rows, runs.starts, runs.ends, strict=True)
    ]
    assert spans == [(1, 4), (0, 1)]
    assert [source[r][a:b] for r, (a, b) in zip(runs.rows, spans, strict=True)] == ["１３８", "１"]


@pytest.mark.parametrize(
    ("source", "spans"),
    [
        pytest.param(["a12b345"], ["12", "345"], id="two in one"),
        pytest.param(["12", "34"], ["12", "34"], id="texts that touch"),
        pytest.param(["1", "", "", "2"], ["1", "2"], id="empty between"),
        pytest.param(["", ""], [], id="empty"),
        pytest.param([], [], id="none"),
        pytest.param(["张", "三"], [], id="Han alone"),
        pytest.param(["١٢", "²"], [], id="digits of other scripts"),
    ],
)
def test_digit_runs(source: list[str], spans: list[str]) -> None:
    texts = Texts(pa.array(source, pa.string()))
    runs = texts.digit_runs
    assert [texts.text(a, b) for a, b in zip(runs.starts, runs.ends, strict=True)] == spans
    assert [s in source[r] for r, s in zip(runs.rows, spans, strict=True)] == [True] * len(spans)


def test_digit_runs_agree_with_a_plain_loop() -> None:
    rng = np.random.default_rng(0)
    source = ["".join(rng.choice(list("12ab张-"), rng.integers(0, 12))) for _ in range(500)]
    texts = Texts(pa.array(source))
    expected = []
    for row, (text, begin) in enumerate(zip(source, texts.offsets[:-1], strict=True)):
        data, at = text.encode(), 0
        while at < len(data):
            end = at
            while end < len(data) and 48 <= data[end] < 58:
                end += 1
            expected += [(row, begin + at, begin + end)] if end > at else []
            at = end + 1
    runs = texts.digit_runs
    assert list(zip(runs.rows, runs.starts, runs.ends, strict=True)) == expected


@pytest.mark.parametrize(
    ("text", "free"),
    [
        pytest.param("138", True, id="alone"),
        pytest.param("张138三", True, id="between Han"),
        pytest.param("-138_", True, id="between signs"),
        pytest.param("a138", False, id="letter before"),
        pytest.param("138Z", False, id="letter after"),
        pytest.param("138.", True, id="full stop"),
        pytest.param("138.张", True, id="full stop before Han"),
        pytest.param("138.0", True, id="point zero"),
        pytest.param("138.00", True, id="point zero zero"),
        pytest.param("138.5", False, id="decimal fraction"),
        pytest.param("138.05", False, id="decimal fraction after zero"),
        pytest.param("138.50", False, id="decimal fraction before zero"),
        pytest.param("138.0张", True, id="point zero before Han"),
    ],
)
def test_bordered(text: str, free: bool) -> None:
    texts = Texts(pa.array(["9", text, "9"]))
    start = int(texts.offsets[1]) + len(text[: text.index("138")].encode())
    assert texts.bordered(np.array([start]), np.array([start + 3])).tolist() == [free]


def test_before_and_after_end_at_the_text() -> None:
    texts = Texts(pa.array(["a", "b", ""]))
    assert texts.before(np.array([0, 1])).tolist() == [0, 0]
    assert texts.after(np.array([1, 2])).tolist() == [0, 0]
    assert Texts(pa.array([""])).after(np.array([0])).tolist() == [0]


def test_lengths_and_characters() -> None:
    texts = Texts(pa.array(["", "ab", "张三", "𠮷１"]))
    assert texts.lengths.tolist() == [0, 2, 6, 5]
    assert texts.chars.tolist() == [0, 2, 2, 2]


@pytest.mark.parametrize(
    ("source", "cores"),
    [
        pytest.param([" a b ", "c"], ["a b", "c"], id="space around"),
        pytest.param(["  ", "", "x"], ["", "", "x"], id="blank"),
        pytest.param(["　张　"], ["张"], id="ideographic space"),
        pytest.param([], [], id="none"),
        pytest.param(["", ""], ["", ""], id="empty"),
    ],
)
def test_cores(source: list[str], cores: list[str]) -> None:
    texts = Texts(pa.array(source, pa.string()))
    runs = texts.cores
    assert [texts.text(a, b) for a, b in zip(runs.starts, runs.ends, strict=True)] == cores
    assert (runs.starts >= texts.offsets[:-1]).all()
    assert (runs.ends <= texts.offsets[1:]).all()


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        pytest.param([0, 4], [3, 6], ["ab1", "cd"], id="in order"),
        pytest.param([4, 0], [6, 3], ["cd", "ab1"], id="out of order"),
        pytest.param([0, 1], [5, 3], ["ab1,c", "b1"], id="overlapping"),
        pytest.param([0, 3, 3], [3, 3, 6], ["ab1", "", ",cd"], id="an empty one"),
        pytest.param([2], [9], ["1,cd号"], id="one"),
        pytest.param([], [], [], id="none"),
    ],
)
def test_cut(starts: list[int], ends: list[int], expected: list[str]) -> None:
    texts = Texts(pa.array(["ａb1", "，cd号x"]))
    spans = np.array(starts, np.int64), np.array(ends, np.int64)
    assert texts.cut(*spans).array.to_pylist() == expected


def test_runs_of_many_texts_know_their_rows() -> None:
    runs = Texts(pa.array(["", "12 3", "", "x", "4", "5-6-7", ""])).digit_runs
    assert runs.rows.tolist() == [1, 1, 4, 5, 5, 5]
