"""What holds for every detector there is. A new one is tested here without a line added."""

import importlib
import pickle
from functools import cache

import numpy as np
import pyarrow as pa
import pytest

from detectors.base import Detector, Evidence, Matches, Proof
from detectors.catalogue import kinds
from detectors.keyed import KeyedDetector
from detectors.registry import load
from detectors.texts import Texts
from tests.detectors.lookalikes import log_lines, takes_linear_time

DETECTORS = load()
SECTIONS = ("Sources:", "Caught:", "Not caught:", "Mistaken for it:")
FULL = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
every_detector = pytest.mark.parametrize("detector", DETECTORS, ids=lambda d: d.kind)


@cache
def table(kind: str, name: str) -> tuple[str, ...]:
    """The texts of a table (HITS, MISSES) in the kind's own test module."""
    module = importlib.import_module(f"tests.detectors.test_{kind}")
    rows = [getattr(row, "values", row) for row in getattr(module, name)]
    return tuple(row if isinstance(row, str) else row[0] for row in rows)


def texts_of(values: list[str] | tuple[str, ...]) -> Texts:
    return Texts(pa.array(values, pa.large_string()))


def found(detector: Detector, values: list[str] | tuple[str, ...]) -> list[list[tuple[int, ...]]]:
    """For each value, the matches as characters from and to, and the proof."""
    texts = texts_of(values)
    out: list[list[tuple[int, ...]]] = [[] for _ in values]
    m = detector.find(texts)
    for row, start, end, proof in zip(m.rows, m.starts, m.ends, m.proofs, strict=True):
        out[row].append((*texts.char_span(int(row), int(start), int(end)), int(proof)))
    return out


def assert_sound(texts: Texts, matches: Matches) -> None:
    assert {len(matches.rows), len(matches.starts), len(matches.ends)} == {len(matches.proofs)}
    assert (matches.starts < matches.ends).all()
    assert (matches.ends[:-1] <= matches.starts[1:]).all(), "ordered and free of overlaps"
    assert (matches.starts >= texts.offsets[matches.rows]).all()
    assert (matches.ends <= texts.offsets[matches.rows + 1]).all(), "within one text"
    assert np.isin(matches.proofs, [Proof.SHAPE, Proof.CHECKED]).all()


def test_there_are_detectors() -> None:
    assert {"id_card", "mobile", "bank_card", "email"} <= {d.kind for d in DETECTORS}


@every_detector
def test_the_module_says_what_it_does(detector: Detector) -> None:
    module = importlib.import_module(type(detector).__module__)
    doc = module.__doc__ or ""
    places = [doc.find(f"\n{section}\n") for section in SECTIONS]
    assert -1 not in places, f"docstring sections wanted: {SECTIONS}"
    assert places == sorted(places)


@every_detector
def test_the_kind_is_in_the_catalogue(detector: Detector) -> None:
    assert detector.kind in kinds()


@every_detector
def test_the_file_is_named_after_its_one_kind(detector: Detector) -> None:
    module = type(detector).__module__
    assert module.rsplit(".", 1)[-1] == detector.kind
    assert [d.kind for d in DETECTORS if type(d).__module__ == module] == [detector.kind]


@every_detector
def test_chances_are_stated_and_agree(detector: Detector) -> None:
    assert 0 <= detector.chance <= detector.shape_chance < 1
    assert 0 < detector.text_chance < 1
    assert 0 <= detector.proven <= detector.expected <= 1


@every_detector
def test_the_least_number_of_digits_holds(detector: Detector) -> None:
    hits = texts_of(table(detector.kind, "HITS"))
    runs = hits.digit_runs
    digits = np.bincount(runs.rows, weights=runs.lengths, minlength=len(hits))
    assert digits.min() >= detector.digits


@every_detector
def test_its_tests_have_more_misses_than_hits(detector: Detector) -> None:
    assert len(table(detector.kind, "MISSES")) > len(table(detector.kind, "HITS")) > 0


@every_detector
@pytest.mark.parametrize(
    "array",
    [
        pytest.param(pa.array([], pa.string()), id="no rows"),
        pytest.param(pa.array([None, None], pa.string()), id="nulls"),
        pytest.param(pa.nulls(3), id="null type"),
        pytest.param(pa.array(["", "", ""]), id="empty"),
        pytest.param(pa.array([" ", "\t\n", "　"]), id="blank"),
        pytest.param(pa.array([True, False]), id="booleans"),
        pytest.param(pa.array([b"\xff\xfe", b"\x00"]), id="binary"),
        pytest.param(pa.array(["1", "@", "-", "*", "X", "省", "\x00", "😀"]), id="one character"),
    ],
)
def test_little_or_nothing_is_no_match(detector: Detector, array: pa.Array) -> None:
    found = detector.find(Texts.of(array))
    if isinstance(detector, KeyedDetector):  # a digit may be a code, for a header to decide
        found = found.take(found.proofs == Proof.CHECKED)
    assert len(found) == 0


@every_detector
def test_nulls_between_change_nothing(detector: Detector) -> None:
    hits = list(dict.fromkeys(table(detector.kind, "HITS")))
    dense = detector.find(Texts.of(pa.array(hits)))
    sparse = detector.find(Texts.of(pa.array([v for hit in hits for v in (None, hit)])))
    assert np.array_equal(dense.starts, sparse.starts)
    assert np.array_equal(dense.proofs, sparse.proofs)


@every_detector
def test_matches_are_sound_in_everything_there_is(detector: Detector) -> None:
    values = [v for d in DETECTORS for name in ("HITS", "MISSES") for v in table(d.kind, name)]
    texts = texts_of(values)
    matches = detector.find(texts)
    assert len(matches) > 0
    assert_sound(texts, matches)
    cut = [part for v in values for at in (1, len(v) // 2, len(v) - 1) for part in (v[:at], v[at:])]
    texts = texts_of(cut)
    assert_sound(texts, detector.find(texts))


@every_detector
def test_a_text_is_judged_by_itself(detector: Detector) -> None:
    hits, misses = table(detector.kind, "HITS"), table(detector.kind, "MISSES")
    values = [half for v in (*hits, *misses) for half in (v, v[: len(v) // 2], v[len(v) // 2 :])]
    together = found(detector, values)
    assert together == [found(detector, [v])[0] for v in values]


@every_detector
def test_full_width_is_half_width(detector: Detector) -> None:
    values = [*table(detector.kind, "HITS"), *table(detector.kind, "MISSES")]
    assert found(detector, [v.translate(FULL) for v in values]) == found(detector, values)


@every_detector
def test_found_in_han_prose_without_spaces(detector: Detector) -> None:
    hits = [v for v in table(detector.kind, "HITS") if v.isascii()]
    whole = [v for v, m in zip(hits, found(detector, hits), strict=True) if m and m[0][1] == len(v)]
    # What no form tells is told by a word before it.
    lead = f"其{key_of(detector.kind)}：" if isinstance(detector, KeyedDetector) else "其号码为"
    in_prose = found(detector, [f"{lead}{v}，请核对。" for v in whole])
    ends = [[end - len(lead) for _, end, _ in spans] for spans in in_prose]
    assert [v for v, e in zip(whole, ends, strict=True) if len(v) not in e] == []


def key_of(kind: str) -> str:
    """The first Chinese word that names the kind for sure."""
    return next(word for word in kinds()[kind].words["strong"] if not word.isascii())


@every_detector
def test_integers_are_texts(detector: Detector) -> None:
    hits = [v for v in table(detector.kind, "HITS") if v.isdigit() and v.isascii()]
    small = list(dict.fromkeys(v for v in hits if v[0] != "0" and int(v) < 2**63))
    as_int = detector.find(Texts.of(pa.array([int(v) for v in small], pa.int64())))
    as_text = detector.find(Texts.of(pa.array(small, pa.string())))
    assert np.array_equal(as_int.ends, as_text.ends)
    assert np.array_equal(as_int.proofs, as_text.proofs)


@every_detector
def test_pickled_it_finds_the_same(detector: Detector) -> None:
    copy = pickle.loads(pickle.dumps(detector))
    values = table(detector.kind, "HITS")
    assert copy.kind == detector.kind
    assert found(copy, values) == found(detector, values)


@every_detector
def test_input_is_left_as_it_was(detector: Detector) -> None:
    texts = texts_of(table(detector.kind, "HITS"))
    before = texts.data.copy(), texts.offsets.copy()
    Evidence.of(texts, detector.find(texts))
    assert np.array_equal(texts.data, before[0])
    assert np.array_equal(texts.offsets, before[1])


@every_detector
def test_log_lines_hold_few(detector: Detector) -> None:
    texts = Texts(log_lines(20_000))
    share = len(np.unique(detector.find(texts).rows)) / len(texts)
    assert share <= 2 * detector.text_chance


@every_detector
@pytest.mark.parametrize(
    "unit",
    [
        *("字", "a", "1", "1 ", "@", "a.", "1-", "省1号", "138 ", "X1x"),
        *(
            "姓名:",
            "联系人:客户7;",
            "地址：",
            "浙江省",
            "路",
            "1号",
            "住在",
            "记者",
            "张三、",
            "=李红",
            "密码:a ",
            "redis://:a1@h ",
            "汉Bearer a1b2c3d4e5f6a7b8 ",
            "确诊糖尿病，",
            "护照号E",
            "QQ:1 ",
        ),
    ],
)
def test_time_grows_with_the_text(detector: Detector, unit: str) -> None:
    width = len(unit.encode())
    assert takes_linear_time(lambda size: detector.find(texts_of([unit * (size // width)])))
