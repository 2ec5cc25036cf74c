"""Check digits by name: published specimens, and every wrong character."""

import numpy as np
import pytest

from detectors.named_checks import CHECKS, Check
from detectors.texts import Bytes

HKID = Check(
    "weighted", weights=(8, 7, 6, 5, 4, 3, 2), modulus=11, alphabet="0123456789A",
    remainders="0A987654321",
)  # fmt: skip
SPECIMENS = [
    pytest.param(Check("luhn"), "490154203237518", "0123456789", id="luhn"),
    pytest.param(Check("mod_11_2"), "440524188001010014", "0123456789", id="mod_11_2"),
    pytest.param(
        Check("mod_31"), "91350100M000100Y43", "0123456789ABCDEFGHJKLMNPQRTUWXY", id="mod_31"
    ),
    pytest.param(Check("mod_97_10"), "79444", "0123456789", id="mod_97_10"),
    pytest.param(Check("iban"), "GB82WEST12345698765432", "0123456789", id="iban"),
    pytest.param(Check("verhoeff"), "2363", "0123456789", id="verhoeff"),
    pytest.param(Check("luhn", first=3), "XY18", "0123456789", id="a part"),
]


def codes(*values: str) -> Bytes:
    return np.array([list(value.encode()) for value in values], np.uint8)


def wrong(value: str, alphabet: str, start: int) -> list[str]:
    """The value with each character replaced by each other of its alphabet."""
    places = [at for at in range(start, len(value)) if value[at] in alphabet]
    return [value[:at] + c + value[at + 1 :] for at in places for c in alphabet if c != value[at]]


@pytest.mark.parametrize(("check", "value", "alphabet"), SPECIMENS)
def test_every_wrong_character_is_refuted(check: Check, value: str, alphabet: str) -> None:
    assert check(codes(value)).tolist() == [True]
    errors = wrong(value, alphabet, check.first - 1)
    assert len(errors) >= 18
    assert not check(codes(*errors)).any()


@pytest.mark.parametrize("name", CHECKS)
def test_characters_that_a_check_does_not_know_fail(name: str) -> None:
    assert Check(name)(codes("???????????", "-----------")).tolist() == [False, False]


def test_weights_with_remainders_name_the_last_character() -> None:
    assert HKID(codes(*(f"1345678{last}" for last in "0123456789A"))).tolist().index(True) == 4
    assert HKID(codes("13456784", "13456785")).tolist() == [True, False]
    assert not HKID(codes("1345678")).any()  # one character too few for the weights


def test_weights_without_remainders_sum_to_nothing() -> None:
    isbn = Check("weighted", weights=(10, 9, 8, 7, 6, 5, 4, 3, 2, 1), modulus=11)
    assert isbn(codes("0306406152", "0306406153")).tolist() == [True, False]


@pytest.mark.parametrize(
    ("text", "good"),
    [("18800101", True), ("19000229", False), ("20000229", True), ("20001301", False),
     ("18490101", False), ("2000010X", False)],
)  # fmt: skip
def test_dates_are_days_of_the_calendar(text: str, good: bool) -> None:
    assert Check("date", 3, 10)(codes(f"AB{text}99")).tolist() == [good]
