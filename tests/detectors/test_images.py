"""Every value below is made up: first bytes as formats fix them, zeros behind."""

import pyarrow as pa
import pytest

from detectors.images import binary_images

TAIL = b"\x00" * 20
HITS = [
    pytest.param(b"\xff\xd8\xff\xe0\x00\x10JFIF", id="JPEG"),
    pytest.param(b"\xff\xd8\xff", id="JPEG, three bytes alone"),
    pytest.param(b"\x89PNG\r\n\x1a\n", id="PNG"),
    pytest.param(b"GIF87a", id="GIF of 1987"),
    pytest.param(b"GIF89a", id="GIF of 1989"),
    pytest.param(b"BM\x46\x00\x00\x00\x00\x00\x00\x00", id="BMP"),
    pytest.param(b"RIFF\x24\x00\x00\x00WEBPVP8 ", id="WEBP"),
    pytest.param(b"II*\x00\x08\x00", id="TIFF, little-endian"),
    pytest.param(b"MM\x00*\x00\x08", id="TIFF, big-endian"),
]
MISSES = [
    pytest.param(b"", id="empty"),
    pytest.param(b"\xff\xd8", id="cut JPEG"),
    pytest.param(b"\x89PNG\n\x1a\n", id="PNG whose line ends were changed"),
    pytest.param(b"GIF88a", id="no GIF"),
    pytest.param(b"BMW 330", id="text that begins as BMP does"),
    pytest.param(b"RIFF\x24\x00\x00\x00WAVEfmt ", id="sound"),
    pytest.param(b"RIFF\x24\x00\x00\x00", id="RIFF that ends too early"),
    pytest.param(b"%PDF-1.7", id="PDF"),
    pytest.param(b"PK\x03\x04", id="ZIP"),
    pytest.param(b"\x00\xff\xd8\xff", id="JPEG one byte late"),
]


@pytest.mark.parametrize("head", HITS)
def test_hits(head: bytes) -> None:
    assert binary_images(pa.array([head, head + TAIL])) == 2


@pytest.mark.parametrize("value", MISSES)
def test_misses(value: bytes) -> None:
    assert binary_images(pa.array([value])) == 0


@pytest.mark.parametrize(
    "kind", [pa.binary(), pa.large_binary(), pa.binary(6), pa.dictionary(pa.int32(), pa.binary())]
)
def test_any_type_of_binary(kind: pa.DataType) -> None:
    array = pa.array([b"xxxxxx", b"GIF89a", None, b"GIF87a"], pa.binary()).cast(kind)
    assert binary_images(array) == 2
    assert binary_images(array[2:]) == 1


@pytest.mark.parametrize("array", [pa.array(["GIF89a"]), pa.array([1]), pa.array([], pa.binary())])
def test_no_binary(array: pa.Array) -> None:
    assert binary_images(array) == 0
