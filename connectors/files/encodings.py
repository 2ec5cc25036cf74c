"""How the bytes of a text file became bytes: UTF-8, UTF-16, GB18030 or Big5."""

import codecs

import numpy as np

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 18
# Control characters that stand in text: Hive's and others' separators, layout, escape.
_WRITTEN = (0x01, 0x02, 0x03, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1B, 0x1E, 0x1F)
# The two-byte codes of the commonest characters: (first and last lead byte, lowest trail byte).
_COMMON = {"gb18030": (0xB0, 0xD7, 0xA1), "big5hkscs": (0xA4, 0xC6, 0x40)}


def detect(data: bytes) -> str:
    """The codec that reads the beginning of a file best; `ascii` where all would do."""
    data = data[:_SAMPLE]
    if data.isascii() and b"\0" not in data:
        return "ascii"
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return codec
    return _wide(data) or _narrow(data)


def is_binary(data: bytes) -> bool:
    """True where control characters show that this is no text in a one-byte-newline codec."""
    codes = np.frombuffer(data[:_SAMPLE], np.uint8)
    codes = codes[codes != 0]  # stray NULs do occur in text
    control = (codes < 0x20) & ~np.isin(codes, _WRITTEN)
    return bool(len(data)) and control.sum() >= 0.05 * len(codes)


def to_utf8(data: bytes, codec: str) -> tuple[bytes, int]:
    """The text as valid UTF-8, and how many pieces could not be decoded and were replaced."""
    text = data.decode(codec, "replace")
    own = data.count(b"\xef\xbf\xbd") if codec == "utf-8" else 0
    return text.encode(), text.count("\ufffd") - own


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of its ASCII characters is NUL."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    few, many = sorted((even, odd))
    if len(data) < 2 or many < 0.02 * len(data) or few * 20 > many:
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    codes = np.frombuffer(data[: len(data) & ~1], "<u2" if odd > even else ">u2")
    usual = (codes < 0x7F) | ((codes >= 0x3000) & (codes < 0xA000)) | (codes >= 0xFF00)
    return codec if usual.mean() >= 0.9 else None


def _narrow(data: bytes) -> str:
    text = _decoded(data, "utf-8")
    bad = text.count("\ufffd")
    if not bad or sum(c > "\x7f" for c in text) >= 5 * bad:  # GB18030 read as UTF-8: mostly bad
        return "utf-8"
    return min(_COMMON, key=lambda codec: _strangeness(data, codec))


def _strangeness(data: bytes, codec: str) -> float:
    """The share of characters that are broken or rare when the bytes are read by the codec."""
    text = "".join(c for c in _decoded(data, codec) if c > "\x7f")
    pairs = text.replace("\ufffd", "").encode(codec, "ignore")
    lead, trail = (np.frombuffer(pairs[i : len(pairs) & ~1 : 2], np.uint8) for i in (0, 1))
    first, last, low = _COMMON[codec]
    common = int(((lead >= first) & (lead <= last) & (trail >= low)).sum())
    return 1 - common / max(len(text), 1)


def _decoded(data: bytes, codec: str) -> str:
    """The text without what the end of the sample cut off."""
    return codecs.getincrementaldecoder(codec)("replace").decode(data)
