"""Our checks beside those of python-stdnum: the same but where its own are known to differ."""

import numpy as np
import pytest
from stdnum import imei as std_imei
from stdnum import luhn as std_luhn
from stdnum.cn import ric, uscc

from detectors import checksum
from detectors.base import Proof
from detectors.cn.id_card import IdCard
from detectors.cn.uscc import Uscc
from detectors.common.device_id import DeviceId
from tests.detectors.lookalikes import digits, identities, spans, strings, words

USCC = b"0123456789ABCDEFGHJKLMNPQRTUWXY"


def proven(detector: IdCard | Uscc | DeviceId, values: list[str]) -> list[bool]:
    return [
        (value, Proof.CHECKED) in found
        for value, found in zip(values, spans(detector, values), strict=True)
    ]


def test_identity_numbers_have_the_same_check_digit() -> None:
    numbers = strings(identities(2000, np.array([110101, 440524, 310101]))).to_pylist()
    assert [ric.calc_check_digit(number) for number in numbers] == [n[17] for n in numbers]
    assert proven(IdCard(), numbers) == [True] * len(numbers)


def test_identity_numbers_of_counties_that_it_knows_are_judged_alike() -> None:
    rng = np.random.default_rng(1)
    days = [
        f"19{y:02d}{m:02d}{d:02d}" for y in range(5) for m in range(1, 13) for d in range(1, 29)
    ]
    ends = [
        f"{n:03d}{c}"
        for n, c in zip(
            rng.integers(0, 1000, 3000), rng.choice(list("0123456789X"), 3000), strict=True
        )
    ]
    numbers = [f"110101{day}{end}" for day, end in zip(rng.choice(days, 3000), ends, strict=True)]
    ours = proven(IdCard(), numbers)
    theirs = [ric.calc_check_digit(n) == n[17] for n in numbers]
    assert ours == theirs
    assert 0 < sum(ours) < len(ours)


def test_credit_codes_with_letters_are_judged_alike() -> None:
    letters = words(20_000, 18, USCC, seed=4)
    letters[:, :10] = np.frombuffer(b"91110101MA", np.uint8)
    numbers = strings(letters).to_pylist()
    ours = proven(Uscc(), numbers)
    assert ours == [uscc.is_valid(number) for number in numbers]
    assert 0 < sum(ours) < len(ours)


def test_luhn_is_the_same() -> None:
    letters = digits(20_000, 16, seed=5)
    ours = checksum.luhn(letters - ord("0"))
    assert ours.tolist() == [std_luhn.is_valid(n) for n in strings(letters).to_pylist()]
    assert 0 < ours.sum() < len(ours)


def test_numbers_of_devices_by_bodies_that_we_prove_are_judged_alike() -> None:
    letters = digits(5000, 15, seed=6)
    letters[:, :2] = np.frombuffer(b"86", np.uint8)
    numbers = strings(letters).to_pylist()
    ours = proven(DeviceId(), numbers)
    assert ours == [std_imei.is_valid(number) for number in numbers]
    assert 0 < sum(ours) < len(ours)


# Where the two differ, each a fault or a choice of one side.


def test_it_raises_where_a_county_is_unknown() -> None:
    body = "34052419000101001"
    number = body + ric.calc_check_digit(f"{body}0")
    with pytest.raises(KeyError):
        ric.is_valid(number)
    assert proven(IdCard(), [number]) == [True]


def test_it_rejects_the_specimen_of_the_standard() -> None:
    assert not ric.is_valid("440524188001010014")
    assert proven(IdCard(), ["440524188001010014"]) == [True]


@pytest.mark.parametrize("region", ["810000", "820000", "830000"])
def test_it_rejects_permits_of_births_before_the_regions_were(region: str) -> None:
    body = f"{region}19000101001"
    number = body + ric.calc_check_digit(f"{body}0")
    assert proven(IdCard(), [number]) == [True]
    assert not ric.is_valid(number)


def test_it_does_not_ask_the_organisation_code_inside() -> None:
    letters = digits(20_000, 18, seed=7)
    letters[:, :8] = np.frombuffer(b"91110101", np.uint8)
    numbers = [n for n in strings(letters).to_pylist() if uscc.is_valid(n)]
    ours = proven(Uscc(), numbers)
    assert len(numbers) > 100
    assert sum(ours) / len(ours) < 0.2


def test_it_asks_for_no_registrar() -> None:
    body = "00990101MA0000001"
    number = body + uscc.calc_check_digit(body)
    assert uscc.is_valid(number)
    assert proven(Uscc(), [number]) == [False]


def test_it_proves_devices_whichever_body_reported_them() -> None:
    assert std_imei.is_valid("490154203237518")
    assert spans(DeviceId(), ["490154203237518"]) == [[("490154203237518", Proof.SHAPE)]]


def test_it_rejects_registrars_that_are_letters() -> None:
    body = "Y1110101MA0000001"
    number = body + uscc.calc_check_digit(body)
    assert not uscc.is_valid(number)
    assert proven(Uscc(), [number]) == [True]
