from dataclasses import fields, replace
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa
import pytest

from detectors.base import Detector, Evidence, Matches, PatternDetector, Proof
from detectors.distinct import NONE, Distinct
from detectors.registry import load
from detectors.texts import Texts
from tests.detectors.lookalikes import spans


class Badge(PatternDetector):
    """A made-up kind: 工 and four digits, proven where they add up to ten, refuted at zero."""

    kind: ClassVar[str] = "badge"
    chance: ClassVar[float] = 0.1
    pattern: ClassVar[str] = r"工\d{4}|B-\d+"

    def check(self, text: str) -> bool | None:
        total = sum(int(c) for c in text if c.isdigit())
        return None if total not in (0, 10) else total == 10


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("工1234", [("工1234", Proof.CHECKED)], id="proven"),
        pytest.param("工1111", [("工1111", Proof.SHAPE)], id="cannot tell"),
        pytest.param("工0000", [], id="refuted"),
        pytest.param("员工1234号", [("工1234", Proof.CHECKED)], id="between Han"),
        pytest.param("张工１２３４", [("工1234", Proof.CHECKED)], id="full width"),
        pytest.param("工12345", [], id="digit after"),
        pytest.param("工1234a", [], id="letter after"),
        pytest.param("a工1234", [], id="letter before"),
        pytest.param("é工1234", [("工1234", Proof.CHECKED)], id="other letter before"),
        pytest.param("工١٢٣٤", [], id="digits of another script"),
        pytest.param("工1234,工4321", [("工1234", 2), ("工4321", 2)], id="side by side"),
        pytest.param("工1234、B-55；", [("工1234", 2), ("B-55", 2)], id="alternatives"),
        pytest.param("𠮷工1234", [("工1234", 2)], id="after four bytes"),
        pytest.param("", [], id="empty"),
    ],
)
def test_pattern_detector(text: str, found: list[tuple[str, Proof]]) -> None:
    assert spans(Badge(), [text]) == [found]


def test_pattern_detector_keeps_to_its_rows() -> None:
    assert spans(Badge(), ["员", "工1234", "", "x", "B-19"]) == [
        [],
        [("工1234", 2)],
        [],
        [],
        [("B-19", 2)],
    ]


def test_pattern_detector_without_texts() -> None:
    assert len(Badge().find(Texts(pa.array([], pa.string())))) == 0


def test_a_detector_of_the_caller_is_loaded_and_replaces() -> None:
    badge = Badge()
    assert badge in load([badge])
    again = Badge()
    assert [d for d in load([badge, again]) if d.kind == "badge"] == [again]


def test_detectors_need_a_find() -> None:
    class Idle(Detector):
        kind: ClassVar[str] = "idle"

    with pytest.raises(TypeError, match="find"):
        Idle()  # type: ignore[abstract]


def test_matches_at_puts_them_in_order() -> None:
    texts = Texts(pa.array(["ab", "cd"]))
    at = Matches.at(texts, np.array([2, 0]), np.array([4, 1]), np.array([True, False]))
    assert at.rows.tolist() == [0, 1]
    assert at.proofs.tolist() == [Proof.SHAPE, Proof.CHECKED]
    assert at.take(np.array([1])).ends.tolist() == [4]


COUNTED = ("values", "proven", "inner", "holders", "prefixes", "leads", "told")


def test_evidence_counts_rows_and_distinct_texts() -> None:
    texts = Texts.of(pa.array(["工1234", "工1234", " 工1111 ", "见工1234", "无", None]))
    evidence = Evidence.of(texts, Badge().find(texts))
    assert replace(evidence, **dict.fromkeys(COUNTED, NONE)) == Evidence(
        rows=4,
        checked=3,
        whole=3,
        whole_checked=2,
        distinct=3,
        distinct_whole=2,
        distinct_whole_checked=1,
        spans=1,
        spans_checked=1,
        classes=frozenset({0}),
        most=2,
    )
    assert [len(getattr(evidence, name)) for name in COUNTED] == [2, 1, 1, 1, 1, 1, 0]


def test_evidence_counts_a_row_once() -> None:
    texts = Texts(pa.array(["工1234,工4321"]))
    evidence = Evidence.of(texts, Badge().find(texts))
    assert (evidence.rows, evidence.whole) == (1, 0)


def test_evidence_knows_look_alikes_by_class() -> None:
    texts = Texts(pa.array(["工1234", "工9999", "abc", "工0000"]))
    evidence = Evidence.of(texts, Badge().find(texts), np.array([1, 1, 2, 3]))
    assert evidence.classes == {1}


def test_evidence_of_nothing() -> None:
    assert Evidence.of(Texts(pa.array(["a"])), Matches.none()) == Evidence()


def test_prefixes_tell_serials_from_people() -> None:
    serial = Texts(pa.array([f"B-{n}" for n in range(1000, 1100)]))
    spread = Texts(pa.array([f"B-{n}" for n in range(0, 10_000, 100)]))
    narrow, wide = (Evidence.of(t, Badge().find(t)).prefixes for t in (serial, spread))
    assert (len(narrow), len(wide)) == (1, 9)


def evidence(seed: int) -> Evidence:
    numbers = iter(map(int, np.random.default_rng(seed).integers(0, 100, 40)))
    values: dict[str, Any] = {f.name: next(numbers) for f in fields(Evidence)}
    sets = {name: frozenset((values[name],)) for name in ("classes", "lengths", *COUNTED)}
    counted = {name: Distinct(sets[name]) for name in COUNTED}
    return Evidence(**{**values, **sets, **counted})


def test_evidence_adds_up_in_any_order() -> None:
    a, b, c = map(evidence, range(3))
    assert (a + b) + c == a + (b + c)
    assert a + b == b + a
    assert a + Evidence() == a


def test_evidence_of_parts_adds_up_to_the_whole() -> None:
    values = ["工1234", "无", "工1111", "工1234", "见工1234"]
    whole, *parts = (
        Evidence.of(texts, Badge().find(texts))
        for texts in map(Texts.of, map(pa.array, (values, values[:2], values[2:])))
    )
    added = parts[0] + parts[1]
    assert (added.rows, added.whole, added.checked) == (whole.rows, whole.whole, whole.checked)
    assert (added.spans, added.classes) == (whole.spans, whole.classes)
    assert all(getattr(added, name) == getattr(whole, name) for name in COUNTED)
    assert added.most <= whole.distinct_whole <= added.distinct_whole
