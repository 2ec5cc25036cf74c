import numpy as np
import pytest

from detectors.base import Proof
from detectors.cn.vin import Vin
from tests.detectors.lookalikes import digits, rates, spans, words

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED
ANY = b"0123456789ABCDEFGHJKLMNPRSTUVWXYZ"

HITS = [
    pytest.param("LAAAAAAA3AA000001", "LAAAAAAA3AA000001", CHECKED, id="made in China"),
    pytest.param("1AABB00A2CA000003", "1AABB00A2CA000003", CHECKED, id="made in America"),
    pytest.param("LSVAA000XXA000011", "LSVAA000XXA000011", CHECKED, id="check digit X"),
    pytest.param("lbbbbbbb6bb000017", "lbbbbbbb6bb000017", CHECKED, id="small letters"),
    pytest.param("车架号LAAAAAAA3AA000001。", "LAAAAAAA3AA000001", CHECKED, id="in prose"),
    pytest.param("ＬAAAAAAA3AA000001", "LAAAAAAA3AA000001", CHECKED, id="full width"),
    pytest.param("LAAAAAAA4AA000001", "LAAAAAAA4AA000001", SHAPE, id="wrong check digit"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("LAAAAAAA3AA00001", id="16 characters"),
    pytest.param("LAAAAAAA3AA0000011", id="18 characters"),
    pytest.param("LIAAAAAA3AA000001", id="letter I"),
    pytest.param("LOAAAAAA3AA000001", id="letter O"),
    pytest.param("LQAAAAAA3AA000001", id="letter Q"),
    pytest.param("LAAAAAAA3AA00000A", id="letter in the serial number"),
    pytest.param("LAAAAAAABAA000001", id="letter for the check digit"),
    pytest.param("12345678901234567", id="17 digits"),
    pytest.param("123AAAAA3AA000001", id="digits for the maker"),
    pytest.param("XLAAAAAAA3AA000001", id="inside a longer code"),
    pytest.param("LAAAAAAA-3AA000001", id="split"),
    pytest.param("A1B2C3D4", id="an engine number"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Vin(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Vin(), [text]) == [[]]


def test_chance_is_what_random_codes_show() -> None:
    proven, found = rates(Vin(), words(1_000_000, 17, b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    assert Vin.chance / 2 < proven < Vin.chance * 2
    assert found == pytest.approx(Vin.shape_chance, rel=0.2)


def test_one_in_eleven_codes_built_alike_is_proven() -> None:
    letters = np.concatenate((words(100_000, 13, ANY), digits(100_000, 4)), axis=1)
    letters[:, 0] = ord("L")
    letters[:, 8] = np.frombuffer(b"0123456789X", np.uint8)[np.arange(100_000) % 11]
    proven, found = rates(Vin(), letters)
    assert proven / found == pytest.approx(1 / 11, rel=0.05)
