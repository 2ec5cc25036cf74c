import numpy as np
import pytest

from detectors.base import Proof
from detectors.cn.landline import Landline
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("010-65540000", "010-65540000", CHECKED, id="two digits of area"),
    pytest.param("0755-26540000", "0755-26540000", CHECKED, id="three digits of area"),
    pytest.param("0317-2654000", "0317-2654000", CHECKED, id="seven digits"),
    pytest.param("010 65540000", "010 65540000", CHECKED, id="space"),
    pytest.param("(010)65540000", "(010)65540000", CHECKED, id="brackets"),
    pytest.param("（010）65540000", "(010)65540000", CHECKED, id="full-width brackets"),
    pytest.param("(0755) 26540000", "(0755) 26540000", CHECKED, id="brackets and a space"),
    pytest.param("010-6554-0000", "010-6554-0000", CHECKED, id="in two groups"),
    pytest.param("0317 265 4000", "0317 265 4000", CHECKED, id="three and four"),
    pytest.param("+86-10-65540000", "+86-10-65540000", CHECKED, id="country's code"),
    pytest.param("+86 755 26540000", "+86 755 26540000", CHECKED, id="the same, spaces"),
    pytest.param("0086-010-65540000", "0086-010-65540000", CHECKED, id="0086 and the 0"),
    pytest.param("86-21-65540000", "86-21-65540000", CHECKED, id="86 alone"),
    pytest.param("010-65540000-801", "010-65540000-801", CHECKED, id="extension"),
    pytest.param("010-65540000转801", "010-65540000转801", CHECKED, id="extension in Chinese"),
    pytest.param("010-65540000x801", "010-65540000x801", CHECKED, id="extension with x"),
    pytest.param("传真0755-26540000，", "0755-26540000", CHECKED, id="in prose"),
    pytest.param("01065540000", "01065540000", SHAPE, id="in one run"),
    pytest.param("075526540000", "075526540000", SHAPE, id="twelve digits"),
    pytest.param("65540000", "65540000", SHAPE, id="without area"),
    pytest.param("2654000", "2654000", SHAPE, id="seven without area"),
    pytest.param("65540000-801", "65540000-801", SHAPE, id="without area, extension"),
    pytest.param("座机：65540000，请拨", "65540000", CHECKED, id="behind its word"),
    pytest.param('{"home_phone":"01065540000"}', "01065540000", CHECKED, id="in JSON"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("010", id="area alone"),
    pytest.param("010-6554000", id="seven digits in Beijing"),
    pytest.param("010-655400000", id="nine digits"),
    pytest.param("010-15540000", id="number that begins with 1"),
    pytest.param("010-95540000", id="number that begins with 9"),
    pytest.param("0260-65540000", id="area that is none"),
    pytest.param("0800-65540000", id="another"),
    pytest.param("400-820-0000", id="service number"),
    pytest.param("4008200000", id="service number in one run"),
    pytest.param("800-820-0000", id="800"),
    pytest.param("10-65540000", id="area without its 0"),
    pytest.param("2024-010-65540000", id="behind another group"),
    pytest.param("010-65540000-20240315", id="goes on"),
    pytest.param("X010-65540000", id="letter before"),
    pytest.param("010-65540000A", id="letter behind"),
    pytest.param("13800000000", id="a mobile"),
    pytest.param("2024-03-15", id="a day"),
    pytest.param("12345678", id="eight digits that begin with 1"),
    pytest.param("订单65540000", id="a number behind another word"),
    pytest.param("010.65540000", id="a fraction"),
    pytest.param("010----65540000", id="many hyphens"),
    pytest.param("010-****0000", id="masked"),
    pytest.param("00000012345", id="padded with zeros"),
    pytest.param("12-10-65540000", id="no country's code"),
    pytest.param("192.0.2.17", id="an address"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Landline(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Landline(), [text]) == [[]]


def test_several_in_one_text() -> None:
    found = spans(Landline(), ["电话010-65540000、0755-26540000转8，传真 021 65540001"])
    assert [span for span, _ in found[0]] == ["010-65540000", "0755-26540000转8", "021 65540001"]


def test_chance_is_what_random_numbers_show() -> None:
    letters = digits(1_000_000, 13)
    letters[:, 4] = ord("-")
    proven, _ = rates(Landline(), letters)
    assert proven == pytest.approx(0.026, rel=0.1)
    letters[:, 0] = ord("0")
    parts, _ = rates(Landline(), np.ascontiguousarray(letters[:, :12]))
    assert parts == pytest.approx(Landline.chance, rel=0.1)
    local = digits(100_000, 8)
    local[:, 0] = ord("2") + local[:, 0] % 7
    assert rates(Landline(), local)[1] == pytest.approx(Landline.shape_chance, rel=0.06)


def test_days_have_the_form_and_prove_nothing() -> None:
    days = np.array([list(b"20240000")] * 1000, np.uint8)
    assert rates(Landline(), days) == (0, 1)
