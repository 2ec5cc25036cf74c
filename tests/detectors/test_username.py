import pytest

from detectors.base import Proof
from detectors.common.username import Username
from tests.detectors.lookalikes import rates, spans, words

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("zhangsan", "zhangsan", SHAPE, id="a word"),
    pytest.param("li_lei88", "li_lei88", SHAPE, id="with digits"),
    pytest.param("li.lei@example", "li.lei@example", SHAPE, id="with signs"),
    pytest.param("007bond", "007bond", SHAPE, id="digits before"),
    pytest.param("用户名：lilei，密码", "lilei", CHECKED, id="behind its word"),
    pytest.param('{"username":"lilei"}', "lilei", CHECKED, id="in JSON"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("a", id="one letter"),
    pytest.param("12345", id="digits alone"),
    pytest.param("李雷", id="Han"),
    pytest.param("li lei", id="a space in it"),
    pytest.param("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", id="too long"),
    pytest.param("_lilei", id="a sign before"),
    pytest.param("li/lei", id="a slash in it"),
    pytest.param("用户名：不能为空", id="a demand"),
    pytest.param("用户名", id="the header"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Username(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Username(), [text]) == [[]]


def test_chance_is_what_random_words_show() -> None:
    proven, found = rates(Username(), words(1_000_000, 8, b"0123456789abcdefghijklmnopqrstuvwxyz"))
    assert proven == 0 == Username.chance
    assert found == pytest.approx(Username.shape_chance, rel=0.02)
