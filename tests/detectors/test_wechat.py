import pytest

from detectors.base import Proof
from detectors.cn.wechat import Wechat
from tests.detectors.lookalikes import rates, spans, words

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("wxid_00000000000017", "wxid_00000000000017", CHECKED, id="nobody named it"),
    pytest.param("加我wxid_0000000000017a，", "wxid_0000000000017a", CHECKED, id="in prose"),
    pytest.param("zhang_san-17", "zhang_san-17", SHAPE, id="a name"),
    pytest.param("abcdef", "abcdef", SHAPE, id="six letters"),
    pytest.param("微信号：zhang_san-17，", "zhang_san-17", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("abcde", id="five letters"),
    pytest.param("1abcdef", id="a digit first"),
    pytest.param("aaaaaaaaaaaaaaaaaaaaa", id="21 letters"),
    pytest.param("wxid_0017 x", id="too short"),
    pytest.param("wxid_0000000000000017_a0000 x", id="goes on"),
    pytest.param("xwxid_00000000000017 x", id="a letter before"),
    pytest.param("他叫zhangsan17吗", id="in prose, not said"),
    pytest.param("zhang san", id="a space"),
    pytest.param("微信支付", id="a service"),
    pytest.param("zh***n17", id="masked"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Wechat(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Wechat(), [text]) == [[]]


def test_nearly_every_word_has_the_form() -> None:
    alphabet = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
    letters = words(100_000, 10, alphabet)
    letters[:, 0] = ord("z")
    proven, found = rates(Wechat(), letters)
    assert proven == 0 == Wechat.chance
    assert found == pytest.approx(Wechat.shape_chance, rel=0.06)
