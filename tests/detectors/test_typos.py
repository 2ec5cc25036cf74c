"""Every check digit kills every typing error of one character; where it cannot, it is said."""

from collections.abc import Callable

import numpy as np
import pytest

from detectors.base import Detector, Proof
from detectors.cn.bank_card import BankCard
from detectors.cn.foreign_resident_id import ForeignResidentId
from detectors.cn.hk_id import HkId
from detectors.cn.id_card import IdCard
from detectors.cn.taiwan_id import TaiwanId
from detectors.cn.uscc import Uscc
from detectors.cn.vin import Vin
from detectors.common.device_id import DeviceId
from detectors.texts import Texts
from tests.detectors.lookalikes import Letters, digits, identities, strings, words

DIGITS, CAPITALS = b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
USCC = b"0123456789ABCDEFGHJKLMNPQRTUWXY"
VIN = b"0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
VIN_VALUES = dict(
    zip(VIN, (*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True)
)


def proven(detector: Detector, letters: Letters) -> np.ndarray:
    """The rows that are found whole and with proof."""
    matches = detector.find(Texts(strings(letters)))
    whole = matches.ends - matches.starts == letters.shape[1]
    flags = np.zeros(len(letters), np.bool_)
    flags[matches.rows[whole & (matches.proofs == Proof.CHECKED)]] = True
    return flags


def right(detector: Detector, bodies: Letters, place: int, checks: bytes) -> Letters:
    """The bodies, each with the one check character that is right; those that have none go."""
    found = []
    for check in checks:
        bodies[:, place] = check
        found.append(bodies[proven(detector, bodies)].copy())
    return np.concatenate(found)


def headed(head: bytes, n: int, width: int, alphabet: bytes = DIGITS) -> Letters:
    """Random characters behind a head."""
    letters = words(n, width, alphabet, seed=width)
    letters[:, : len(head)] = np.frombuffer(head, np.uint8)
    return letters


def id_cards() -> Letters:
    return identities(60, np.array([110101, 440524]))


def foreigners() -> Letters:
    bodies = headed(b"91184019000101", 60, 18)
    return right(ForeignResidentId(), bodies, 17, b"0123456789X")


def codes() -> Letters:
    return right(Uscc(), headed(b"91110101MA", 60, 18, USCC), 17, USCC)


def numeric_codes() -> Letters:
    return right(Uscc(), headed(b"91110101", 3000, 18), 17, DIGITS)


def vehicles() -> Letters:
    bodies = np.concatenate((headed(b"L", 60, 13, VIN), digits(60, 4)), axis=1)
    return right(Vin(), bodies, 8, b"0123456789X")


def cards() -> Letters:
    return right(BankCard(), headed(b"622202", 60, 19), 18, DIGITS)


def imeis() -> Letters:
    return right(DeviceId(), headed(b"8612", 60, 15), 14, DIGITS)


def iccids() -> Letters:
    return right(DeviceId(), headed(b"898600", 60, 20), 19, DIGITS)


def hong_kong() -> Letters:
    bodies = np.concatenate((words(60, 1, CAPITALS), digits(60, 7)), axis=1)
    return right(HkId(), bodies, 7, b"0123456789A")


def hong_kong_two() -> Letters:
    bodies = np.concatenate((words(60, 2, CAPITALS), digits(60, 7)), axis=1)
    return right(HkId(), bodies, 8, b"0123456789A")


def taiwan() -> Letters:
    bodies = np.concatenate((words(60, 1, CAPITALS), digits(60, 9)), axis=1)
    bodies[:, 1] = ord("1")
    return right(TaiwanId(), bodies, 9, DIGITS)


def missed(detector: Detector, letters: Letters, alphabet: bytes) -> list[tuple[int, str, str]]:
    """The typing errors that leave a number proven: place, right character, wrong one."""
    assert len(letters) > 40
    assert proven(detector, letters).all()
    out = []
    for place in range(letters.shape[1]):
        for wrong in alphabet:
            typed = letters.copy()
            typed[:, place] = wrong
            changed = letters[:, place] != wrong
            lost = proven(detector, typed[changed])
            was = letters[changed][lost, place]
            out += [(place, chr(char), chr(wrong)) for char in was]
    return out


KILLED = [
    pytest.param(IdCard(), id_cards, b"0123456789X", id="id_card"),
    pytest.param(ForeignResidentId(), foreigners, b"0123456789X", id="foreign_resident_id"),
    pytest.param(Uscc(), codes, USCC, id="uscc"),
    pytest.param(Uscc(), numeric_codes, DIGITS, id="uscc of digits"),
    pytest.param(Vin(), vehicles, DIGITS, id="vin, digits"),
    pytest.param(BankCard(), cards, DIGITS, id="bank_card"),
    pytest.param(DeviceId(), imeis, DIGITS, id="IMEI"),
    pytest.param(DeviceId(), iccids, DIGITS, id="ICCID"),
    pytest.param(HkId(), hong_kong, DIGITS, id="hk_id, digits"),
    pytest.param(HkId(), hong_kong_two, DIGITS, id="hk_id of two letters, digits"),
]


@pytest.mark.parametrize(("detector", "numbers", "alphabet"), KILLED)
def test_no_typing_error_is_proven(
    detector: Detector, numbers: Callable[[], Letters], alphabet: bytes
) -> None:
    lost = missed(detector, numbers(), alphabet)
    # A letter typed as a digit is no digit typed wrong: see below.
    assert [one for one in lost if one[1].encode() in alphabet] == []


def test_a_vehicle_number_keeps_its_check_digit_where_characters_count_the_same() -> None:
    lost = missed(Vin(), vehicles(), VIN)
    assert lost
    assert all(VIN_VALUES[ord(was)] == VIN_VALUES[ord(wrong)] for _, was, wrong in lost)


def test_a_card_of_hong_kong_keeps_its_check_where_letters_are_eleven_apart() -> None:
    for numbers in (hong_kong, hong_kong_two):
        lost = missed(HkId(), numbers(), CAPITALS)
        assert lost
        assert {abs(ord(was) - ord(wrong)) for _, was, wrong in lost} <= {11, 22}


def test_a_card_of_taiwan_keeps_its_check_digit_where_the_weight_has_a_factor_of_ten() -> None:
    lost = missed(TaiwanId(), taiwan(), DIGITS)
    weights = (0, 8, 7, 6, 5, 4, 3, 2, 1, 1)
    assert lost
    assert all((int(was) - int(wrong)) * weights[place] % 10 == 0 for place, was, wrong in lost)
    assert {place for place, _, _ in lost} <= {3, 4, 5, 7}
