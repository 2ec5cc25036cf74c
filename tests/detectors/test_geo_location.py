import pytest

from detectors.base import Proof
from detectors.common.geo_location import GeoLocation
from tests.detectors.lookalikes import digits, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("116.397428,39.909230", "116.397428,39.909230", CHECKED, id="east first"),
    pytest.param("39.909230,116.397428", "39.909230,116.397428", CHECKED, id="north first"),
    pytest.param("116.3974, 39.9092", "116.3974, 39.9092", CHECKED, id="a space"),
    pytest.param("116.3974 39.9092", "116.3974 39.9092", CHECKED, id="a space alone"),
    pytest.param("(116.3974,39.9092) ", "116.3974,39.9092", CHECKED, id="brackets"),
    pytest.param("位于116.3974，39.9092。", "116.3974,39.9092", CHECKED, id="in prose"),
    pytest.param("-0.1276,51.5072 ", "-0.1276,51.5072", SHAPE, id="elsewhere"),
    pytest.param("116.397428", "116.397428", SHAPE, id="one of them"),
    pytest.param("-33.87", "-33.87", SHAPE, id="south"),
    pytest.param("39°54′27″N", "39°54′27″N", SHAPE, id="minutes and seconds"),
    pytest.param("POINT(2.35 48.85) ", "POINT(2.35 48.85)", SHAPE, id="as geometry"),
    pytest.param('{"lng":116.3974}', "116.3974", CHECKED, id="in JSON"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("181.5", id="beyond 180"),
    pytest.param("1234.5678", id="a sum"),
    pytest.param("216.397428,39.909230 x", id="no longitude"),
    pytest.param("116.39,39.90 x", id="two decimals in a text"),
    pytest.param("116.397428;;39.909230", id="two signs"),
    pytest.param("1.116.397428,39.909230 x", id="a longer number"),
    pytest.param("116.397428,79.909230 x", id="not in China, in a text"),
    pytest.param("2024-03-15", id="a day"),
    pytest.param("12:34:56", id="a time"),
    pytest.param("12.5%", id="a share"),
    pytest.param("¥12.50", id="a price"),
    pytest.param("1.2.3", id="a version"),
    pytest.param("北京市", id="a place"),
    pytest.param("116.397428/39.909230 x", id="a slash in a text"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(GeoLocation(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(GeoLocation(), [text]) == [[]]


def test_chance_is_what_random_pairs_show() -> None:
    letters = digits(1_000_000, 20)
    letters[:, [3, 13]], letters[:, 10] = ord("."), ord(",")
    proven, _ = rates(GeoLocation(), letters)
    assert proven == pytest.approx(GeoLocation.chance, rel=0.1)


def test_nearly_every_share_has_the_form() -> None:
    letters = digits(100_000, 5)
    letters[:, 2] = ord(".")
    _, found = rates(GeoLocation(), letters)
    assert found == pytest.approx(GeoLocation.shape_chance, rel=0.06)
