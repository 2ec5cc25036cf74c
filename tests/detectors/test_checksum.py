import doctest

import numpy as np
import pytest

from detectors import checksum
from detectors.checksum import luhn, mod_11_2, number


def row(text: str) -> np.ndarray:
    return np.array([[int(c) for c in text]], np.uint8)


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(checksum).failed == 0


@pytest.mark.parametrize(
    ("body", "check"),
    [
        pytest.param("11010519491231002", 10, id="specimen with X"),
        pytest.param("44052418800101001", 4, id="specimen with a digit"),
        pytest.param("93268219850101001", 7, id="permit of a foreign resident"),
    ],
)
def test_mod_11_2_of_published_numbers(body: str, check: int) -> None:
    assert mod_11_2(row(body)).tolist() == [check]


def test_mod_11_2_follows_the_weights_of_the_standard() -> None:
    body = np.random.default_rng(1).integers(0, 10, (500, 17), np.uint8)
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    remainders = [sum(int(d) * w for d, w in zip(r, weights, strict=True)) % 11 for r in body]
    printed = ["10X98765432"[r] for r in remainders]
    assert ["0123456789X"[v] for v in mod_11_2(body)] == printed


def test_mod_11_2_sees_every_wrong_digit_and_every_swap_of_neighbours() -> None:
    body = row("44052418800101001")[0]
    typed = [np.where(np.arange(17) == i, d, body) for i in range(17) for d in range(10)]
    swapped = [np.r_[body[:i], body[i + 1], body[i], body[i + 2 :]] for i in range(16)]
    wrong = np.array([r for r in [*typed, *swapped] if not np.array_equal(r, body)])
    assert len(wrong) > 160
    assert not (mod_11_2(wrong) == 4).any()


@pytest.mark.parametrize(
    "digits",
    ["490154203237518", "4111111111111111", "6200000000000005", "79927398713", "0"],
)
def test_luhn_accepts(digits: str) -> None:
    assert luhn(row(digits)).tolist() == [True]


def test_luhn_sees_every_wrong_digit() -> None:
    good = row("6200000000000005")[0]
    typed = [np.where(np.arange(16) == i, d, good) for i in range(16) for d in range(10)]
    wrong = np.array([r for r in typed if not np.array_equal(r, good)])
    assert len(wrong) == 144
    assert not luhn(wrong).any()


def test_luhn_passes_one_random_number_in_ten() -> None:
    digits = np.random.default_rng(2).integers(0, 10, (100_000, 19), np.uint8)
    assert 0.095 < luhn(digits).mean() < 0.105


def test_zeros_in_front_change_nothing_for_luhn() -> None:
    digits = np.random.default_rng(3).integers(0, 10, (1000, 16), np.uint8)
    padded = np.hstack((np.zeros((1000, 3), np.uint8), digits))
    assert np.array_equal(luhn(digits), luhn(padded))


def test_number_holds_18_digits() -> None:
    assert number(row("9" * 18)).tolist() == [10**18 - 1]


@pytest.mark.parametrize("width", [1, 17])
def test_no_rows_give_no_answers(width: int) -> None:
    none = np.zeros((0, width), np.uint8)
    assert [len(f(none)) for f in (mod_11_2, luhn, number)] == [0, 0, 0]
