import pytest

from detectors.base import Proof
from detectors.cn.openid import Openid
from tests.detectors.lookalikes import rates, spans, words

BASE64 = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
ONE = "oXxxxxxxxxxxxxxxxxxxxxxxx017"

HITS = [
    pytest.param(ONE, ONE, id="28 characters"),
    pytest.param("oX-xxxxxxx_xxxxxxxxxxxxxx017", "oX-xxxxxxx_xxxxxxxxxxxxxx017", id="- and _"),
    pytest.param(f"用户{ONE}已关注", ONE, id="in prose"),
    pytest.param(f'{{"openid":"{ONE}"}}', ONE, id="in JSON"),
    pytest.param(f"{ONE}x", f"{ONE}x", id="29 characters"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param(ONE[:-1], id="27 characters"),
    pytest.param(f"{ONE}xx", id="30 characters"),
    pytest.param(f"a{ONE[1:]}", id="another letter first"),
    pytest.param(f"O{ONE[1:]}", id="a capital first"),
    pytest.param("o" * 28, id="one letter"),
    pytest.param("oxxxxxxxxxxxxxxxxxxxxxxxxxx7", id="no capital"),
    pytest.param("oXxxxxxxxxxxxxxxxxxxxxxxxxxx", id="no digit"),
    pytest.param("oX00000000000000000000000017", id="no small letter"),
    pytest.param("oX.xxxxxxxxxxxxxxxxxxxxxx017", id="a point"),
    pytest.param("of all the words there are 28", id="words"),
    pytest.param("1760000000000000001", id="a number"),
]


@pytest.mark.parametrize(("text", "span"), HITS)
def test_hits(text: str, span: str) -> None:
    assert spans(Openid(), [text]) == [[(span, Proof.SHAPE)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Openid(), [text]) == [[]]


def test_chance_is_what_random_tokens_show() -> None:
    proven, found = rates(Openid(), words(1_000_000, 28, BASE64))
    assert proven == 0
    assert found == pytest.approx(Openid.shape_chance, rel=0.1)
