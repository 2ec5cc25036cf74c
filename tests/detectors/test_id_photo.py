import pytest

from detectors.base import Proof
from detectors.common.id_photo import IdPhoto
from tests.detectors.lookalikes import rates, spans, words

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param(
        "/upload/2024/b.PNG?w=1", "/upload/2024/b.PNG?w=1", SHAPE, id="a path with a query"
    ),
    pytest.param("b.jpeg", "b.jpeg", SHAPE, id="a name"),
    pytest.param(
        "/9j/4AAQSkZJRgABAQAAAQAB", "/9j/4AAQSkZJRgABAQAAAQAB", SHAPE, id="base64 of a JPEG"
    ),
    pytest.param("身份证照片：/upload/b.jpg，", "/upload/b.jpg", CHECKED, id="behind its word"),
]
# In a text these would end at their first space or sign.
WHOLE = [
    pytest.param(
        "https://img.example.com/a/b.jpg", "https://img.example.com/a/b.jpg", SHAPE, id="a URL"
    ),
    pytest.param('["a.jpg", "b.jpg"]', '["a.jpg", "b.jpg"]', SHAPE, id="a list"),
    pytest.param(
        "data:image/png;base64,iVBORw0KGgo=",
        "data:image/png;base64,iVBORw0KGgo=",
        SHAPE,
        id="a data URI",
    ),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("jpg", id="the bare end"),
    pytest.param("b.pdf", id="a document"),
    pytest.param("https://example.com/", id="a page"),
    pytest.param("b.jpg.exe", id="a program"),
    pytest.param("17", id="an id"),
    pytest.param("照片", id="the header"),
    pytest.param("见 b.jpg 一图", id="in a sentence"),
    pytest.param("logo", id="a word"),
    pytest.param("data:text/plain;base64,AAAA", id="another data URI"),
]


@pytest.mark.parametrize(("text", "span", "proof"), [*HITS, *WHOLE])
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(IdPhoto(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(IdPhoto(), [text]) == [[]]


def test_chance_is_what_random_words_show() -> None:
    alphabet = b"0123456789abcdefghijklmnopqrstuvwxyz./"
    proven, found = rates(IdPhoto(), words(1_000_000, 12, alphabet))
    assert proven == 0 == IdPhoto.chance
    assert found < 1e-4


def test_pictures_of_goods_are_pictures_too() -> None:
    goods = [f"/goods/{number}.jpg" for number in range(1000)]
    whole = [found for found in spans(IdPhoto(), goods) if found]
    assert len(whole) / len(goods) >= IdPhoto.shape_chance
