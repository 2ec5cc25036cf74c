"""Columns of numbers of several kinds of documents. Every value is made up."""

import random
from collections.abc import Callable

import pyarrow as pa
import pytest

from connectors.base import Column
from detectors import registry
from scanner.examine import examine
from scanner.model import Level, Verdict
from scanner.verdict import verdicts
from tests.scanner import made

DETECTORS = registry.load()


def hong_kong(rng: random.Random) -> str:
    """A letter, six digits, and the digit that makes the weighted sum a multiple of eleven."""
    letter, digits = rng.choice("ABCDEGHKPRYZ"), [rng.randrange(10) for _ in range(6)]
    weighed = sum(d * w for d, w in zip(digits, range(7, 1, -1), strict=True))
    check = -(36 * 9 + (ord(letter) - 55) * 8 + weighed) % 11
    return f"{letter}{''.join(map(str, digits))}({'A' if check == 10 else check})"


MAKE: dict[str, Callable[[random.Random], str]] = {
    "id_card": made.identity_number,
    "passport": lambda rng: f"{rng.choice('EG')}{rng.randrange(10**8):08d}",
    "hk_id": hong_kong,
    "taiwan_permit": lambda rng: f"{rng.randrange(10**8):08d}",
    "hk_macau_permit": lambda rng: f"{rng.choice('HM')}{rng.randrange(10**8):08d}",
}


def judged(name: str, n: int = 1000, **shares: float) -> dict[str, Verdict]:
    rng = random.Random(5)
    values = [MAKE[kind](rng) for kind, share in shares.items() for _ in range(round(n * share))]
    rng.shuffle(values)
    profile = examine(pa.table({name: values}), DETECTORS)
    (report,) = verdicts(profile, (Column(name),), DETECTORS, "t_42")
    return {verdict.kind: verdict for verdict in report.verdicts}


MIXES = [
    pytest.param(
        {"id_card": 0.7, "passport": 0.12, "hk_id": 0.1, "taiwan_permit": 0.08}, id="most"
    ),
    pytest.param({"id_card": 0.3, "passport": 0.4, "hk_id": 0.2, "taiwan_permit": 0.1}, id="some"),
    pytest.param({"passport": 0.5, "hk_id": 0.4, "taiwan_permit": 0.1}, id="no identity cards"),
]


@pytest.mark.parametrize("name", ["证件号", "certificate_no", "zjhm"])
@pytest.mark.parametrize("shares", MIXES)
def test_a_mixed_column_names_its_kind_and_each_kind_in_it(
    name: str, shares: dict[str, float]
) -> None:
    found = judged(name, **shares)
    whole = found.pop("certificate_no", None)
    assert set(found) == set(shares)
    if name != "zjhm":
        assert whole
        assert whole.level is Level.CERTAIN
        assert (whole.prevalence or (0, 0))[1] > 0.95
    for kind, share in shares.items():
        low, high = found[kind].prevalence or (0, 0)
        assert low - 0.02 <= share <= high + 0.02, kind
        assert found[kind].level is not Level.POSSIBLE or kind == "taiwan_permit"
        assert sum(reason.weight for reason in found[kind].reasons)


@pytest.mark.parametrize("name", ["证件号", "certificate_no"])
def test_a_column_of_identity_cards_alone_is_not_mixed(name: str) -> None:
    assert set(judged(name, id_card=1.0)) == {"id_card"}


def test_a_column_of_passports_alone_is_not_mixed() -> None:
    assert set(judged("证件号", passport=1.0)) == {"certificate_no"}


def test_a_stray_passport_does_not_make_a_column_mixed() -> None:
    assert "passport" not in judged("证件号", id_card=0.997, passport=0.003)


def test_no_header_no_mix() -> None:
    assert set(judged("c1", id_card=0.7, passport=0.3)) == {"id_card"}
