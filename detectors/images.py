"""Pictures by their first bytes: in binary values, and as base64, hex or `data:` URIs in texts.

JPEG, PNG, GIF, BMP, WEBP and TIFF. A name of a file or an address of a picture is no picture.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.texts import Bytes, Ints, Texts
from detectors.whole import fitting

_HEAD = 16  # bytes looked at
# First bytes; None stands for any (the size, in WEBP and BMP).
_ANY4 = (None,) * 4
_MAGIC: tuple[tuple[int | None, ...], ...] = (
    (0xFF, 0xD8, 0xFF),
    tuple(b"\x89PNG\r\n\x1a\n"),
    tuple(b"GIF87a"),
    tuple(b"GIF89a"),
    (*b"BM", *_ANY4, 0, 0, 0, 0),
    (*b"RIFF", *_ANY4, *b"WEBP"),
    tuple(b"II*\x00"),
    tuple(b"MM\x00*"),
)
_LEAST = 40  # characters of a picture in base64: less is a token that begins alike
_BASE64 = (
    r"(?:data:image/[\w.+-]{2,20}(?:;[\w=-]+)*,\S.*)"
    r"|(?:/9j/|iVBORw0KGgo|R0lGODdh|R0lGODlh|UklGR[A-Za-z0-9+/]{7}RUJQ|SUkqA|TU0AK)"
    r"[A-Za-z0-9+/\s]{32,}={0,2}"
)
_HEX = r"(?:0x)?(?i:ffd8ff[def][0-9a-f]|89504e470d0a1a0a|47494638(?:37|39)61)(?i:[0-9a-f]{32,})"
_STARTS = b"d/iRUST0fF84"


def binary_images(array: pa.Array) -> int:
    """How many values of a binary array are pictures; 0 for any other type."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        return binary_images(array.cast(kind.value_type))
    if not (pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or _is_fixed(kind)):
        return 0
    heads = _heads(pc.binary_slice(array.drop_null().cast(pa.large_binary()), 0, _HEAD))
    found = np.zeros(len(heads), np.bool_)
    for magic in _MAGIC:
        at = [(place, byte) for place, byte in enumerate(magic) if byte is not None]
        same = heads[:, [place for place, _ in at]] == np.array([b for _, b in at], np.int16)
        found |= same.all(axis=1)
    return int(found.sum())


def image_rows(texts: Texts) -> Ints:
    """The rows that are a picture written as text."""
    cores = texts.cores
    at = np.flatnonzero(cores.lengths >= _LEAST)
    at = at[np.isin(texts.data[cores.starts[at]], np.frombuffer(_STARTS, np.uint8))]
    patterns = (("", rf"(?s:{_BASE64}|{_HEX})"),)
    return np.concatenate((np.zeros(0, np.int64), *(r for _, r in fitting(texts, at, patterns))))


def _is_fixed(kind: pa.DataType) -> bool:
    return bool(pa.types.is_fixed_size_binary(kind))


def _heads(array: pa.Array) -> "np.ndarray[tuple[int, int], np.dtype[np.int16]]":
    """The first bytes, a row a value; -1 where a value has ended."""
    _, offsets, data = array.buffers()
    ends = np.frombuffer(offsets, np.int64)[array.offset : array.offset + len(array) + 1]
    raw: Bytes = np.frombuffer(data, np.uint8) if data is not None else np.zeros(0, np.uint8)
    raw = np.append(raw, np.zeros(_HEAD, np.uint8))
    at = ends[:-1, None] + np.arange(_HEAD)
    inside = at < ends[1:, None]
    return np.where(inside, raw[np.minimum(at, len(raw) - 1)].astype(np.int16), np.int16(-1))
