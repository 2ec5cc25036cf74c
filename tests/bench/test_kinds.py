"""Verdicts on made-up columns: no kind may fall below the committed baseline."""

import pytest

from bench import baseline
from bench.baseline import Scores, falls
from bench.kinds import NAME, scores


def test_no_kind_falls_below_the_baseline() -> None:
    assert falls(baseline.read(NAME), scores(seed=3, rows=300)) == []


FALLS = {
    "fewer found": ({"qq": (10, 9, 0)}, {"qq": (10, 8, 0)}),
    "more wrongly named": ({"qq": (10, 9, 0)}, {"qq": (10, 9, 1)}),
    "wrongly named where never before": ({}, {"qq": (0, 0, 1)}),
    "no column any more": ({"qq": (10, 9, 0)}, {}),
}
HOLDS = {
    "the same": ({"qq": (10, 9, 1)}, {"qq": (10, 9, 1)}),
    "better": ({"qq": (10, 9, 1)}, {"qq": (10, 10, 0)}),
    "as good on fewer columns": ({"qq": (10, 8, 0)}, {"qq": (5, 4, 0)}),
    "a new kind": ({}, {"qq": (10, 3, 0)}),
}


@pytest.mark.parametrize(("before", "now"), FALLS.values(), ids=FALLS)
def test_a_fall_is_told(
    before: dict[str, tuple[int, int, int]], now: dict[str, tuple[int, int, int]]
) -> None:
    assert len(falls(Scores.of(before), Scores.of(now))) == 1


@pytest.mark.parametrize(("before", "now"), HOLDS.values(), ids=HOLDS)
def test_no_fall_is_no_fall(
    before: dict[str, tuple[int, int, int]], now: dict[str, tuple[int, int, int]]
) -> None:
    assert falls(Scores.of(before), Scores.of(now)) == []


def test_scores_count_columns() -> None:
    said = Scores()
    said.judge(["qq", "wechat"], ["wechat"])
    said.judge(["qq"], ["ip"])
    said.judge([], ["ip", "vin"], known=["vin"])
    assert said.rows() == {"ip": (0, 0, 2), "qq": (2, 1, 0)}
