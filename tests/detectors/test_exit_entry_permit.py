import pytest

from detectors.base import Proof
from detectors.cn.exit_entry_permit import ExitEntryPermit
from tests.detectors.lookalikes import digits, rates, spans, words

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("C00000017", "C00000017", SHAPE, id="since 2014"),
    pytest.param("CA0000017", "CA0000017", SHAPE, id="letter and seven digits"),
    pytest.param("W00000017", "W00000017", SHAPE, id="a booklet"),
    pytest.param("T00000017", "T00000017", SHAPE, id="for Taiwan"),
    pytest.param("c00000017", "c00000017", SHAPE, id="small letter"),
    pytest.param("往来港澳通行证：C00000017，", "C00000017", CHECKED, id="behind its word"),
    pytest.param("港澳通行证号 C00000017", "C00000017", CHECKED, id="behind what people call it"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("C0000001", id="seven digits"),
    pytest.param("C000000170", id="nine digits"),
    pytest.param("CI0000017", id="letter I"),
    pytest.param("CO0000017", id="letter O"),
    pytest.param("A00000017", id="another letter"),
    pytest.param("XC00000017", id="inside a longer code"),
    pytest.param("C00000017A", id="goes on"),
    pytest.param("C0000-0017", id="split"),
    pytest.param("C****0017", id="masked"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(ExitEntryPermit(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(ExitEntryPermit(), [text]) == [[]]


def test_chance_is_what_random_codes_show() -> None:
    letters = digits(1_000_000, 9)
    letters[:, :1] = words(len(letters), 1, b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    proven, found = rates(ExitEntryPermit(), letters)
    assert proven == 0 == ExitEntryPermit.chance
    assert found == pytest.approx(ExitEntryPermit.shape_chance, rel=0.1)
