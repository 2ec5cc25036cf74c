"""Hashes and cipher texts: whole texts that say nothing but that they were hashed or encrypted.

Numbers in base64 count as encrypted, and it is said that they are not.
A UUID is no hash, written with hyphens or without. Base64 of readable text, pictures or
archives is no cipher text, nor is a random token of letters and digits.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np

from detectors.how import How
from detectors.texts import Bytes, Flags, Ints, Texts
from detectors.whole import fitting

# By hex digits; of 96 cipher text is likelier than SHA-384.
DIGESTS: Mapping[int, str] = MappingProxyType(
    {32: "MD5", 40: "SHA-1", 64: "SHA-256 or SM3", 128: "SHA-512"}
)
SHORT = "MD5 (short form)"  # the middle 16 hex digits
_HEX = "|".join(f"[0-9a-f]{{{n}}}|[0-9A-F]{{{n}}}" for n in DIGESTS)
_UUID = r"[0-9A-Fa-f]{12}[147][0-9A-Fa-f]{3}[89ABab][0-9A-Fa-f]{15}"
_HEXED = (("", rf"\d+|{_UUID}"), ("hex", _HEX))
_SAID = (
    ("bcrypt", r"(?:\{(?i:bcrypt)\})?\$2[abxy]?\$\d\d\$[./A-Za-z0-9]{53}"),
    ("Argon2, salted", r"(?:\{(?i:argon2)\w*\})?\$argon2\w*\$.{20,}"),
    ("crypt, salted", r"\$(?:[156y7])\$.{20,}"),
    ("PBKDF2, salted", r"\{(?i:pbkdf2)\w*\}.{20,}|pbkdf2_\w+\$\d+\$.{20,}"),
    ("SHA, salted", r"\{(?i:ssha)\d*\}.{20,}"),
    ("MD5", r"\{(?i:md5)\}.{20,}"),
    ("SHA", r"\{(?i:sha)\d*\}.{20,}"),
    ("SM3", r"\{(?i:sm3)\}.{20,}"),
)
FOR_PASSWORDS = frozenset(
    {"bcrypt", "Argon2, salted", "crypt, salted", "PBKDF2, salted", "SHA, salted"}
)
_WRAPPED = (
    ("ENC(...)", r"ENC\([^()\s]{8,}\)"),
    ("{cipher}", r"\{(?i:cipher|aes|sm4|sm2|rsa|des)\}\S{8,}"),
    ("Vault", r"vault:v\d+:\S{16,}"),
    ("Fernet", r"gAAAAA[A-Za-z0-9_-]{70,}={0,2}"),
    ("PGP", r"-----BEGIN PGP MESSAGE-----(?s:.*)"),
)
# First bytes of JPEG, PNG, GIF, ZIP, PDF, gzip, RIFF, JSON, XML; of PNG, JPEG, WKB shapes.
_FILES = "(?:/9j/|iVBORw0|R0lGOD|UEsDB|JVBERi|H4sI|UklGR|eyJ|PD94).*"
_HEX_FILES = "(?i:ffd8ff|89504e47|010[1-7]0000[02]0|000000000[1-7]).*"
_CIPHERS = (
    ("", rf"{_FILES}|{_HEX_FILES}|[0-9]+|[A-Za-z0-9]*[G-Zg-z][A-Za-z0-9]*|/.*"),
    ("hex", r"(?:[0-9a-f]{2}){33,}|(?:[0-9A-F]{2}){33,}"),
)
_BASE64 = (("base64", r"[A-Za-z0-9+/]{22,}={0,2}"),)
_URLSAFE = (("", "eyJ.*|[a-z]+(?:[_-][a-z]+)*"), ("base64url", r"[A-Za-z0-9_-]{22,}={0,2}"))
_BLOCK = 22  # characters of base64 that hold 16 bytes
# Digits in base64, three by three; the second letter of the first says 3 to 9.
_THREE = "[MNO][DTjz][AEIMQUYcgk][w-z0-5]"
_MOBILE = f"MT[MQUYcgk][w-z0-5](?:{_THREE}){{2}}[MNO][DTjz][AEIMQUYcgk]=?"
_ID = (
    f"(?:{_THREE}){{2}}(?:MTg|MTk|MjA)[w-z0-5][MNO][DT][AEIMQUYcgk][w-z0-5]{_THREE}"
    "[MNO][DTjz](?:[AEIMQUYcgk][w-z0-5]|[BFJNRVZdhl][Y4])"
)
ENCODED = "base64, an encoding that hides nothing"
_ENCODED = {(15, 16): ("mobile", _MOBILE), (24,): ("id_card", _ID)}
_LOOKED_AT = 24  # characters of base64 that are decoded: 18 bytes, or 16 and padding


def hashed(texts: Texts) -> Iterator[tuple[How, Ints]]:
    """The rows that are a digest in hex, or a password hash, by how they were hashed."""
    lengths = texts.cores.lengths
    digests = _chosen(texts, np.flatnonzero(np.isin(lengths, list(DIGESTS))), _HEXED)
    for length in np.unique(lengths[digests]).tolist():
        yield How(DIGESTS[length]), digests[lengths[digests] == length]
    for name, rows in fitting(texts, _led_by(texts, b"${p", 20), _SAID):
        yield How(name), rows


def short_digests(texts: Texts) -> Ints:
    """The rows of 16 hex digits of one case, letters among them: MD5 in short, or other codes."""
    runs = texts.digit_runs
    other = texts.cores.lengths == 16
    other[runs.rows[runs.lengths == 16]] = False
    found = fitting(texts, np.flatnonzero(other), ((SHORT, "[0-9a-f]{16}|[0-9A-F]{16}"),))
    return np.concatenate((np.zeros(0, np.int64), *(rows for _, rows in found)))


def urlsafe(texts: Texts, among: Flags) -> Ints:
    """The rows that may be cipher text in base64 with - and _, or tokens: a header has to tell."""
    lengths = texts.cores.lengths
    rows = np.flatnonzero((lengths >= _BLOCK) & (lengths % 4 != 1) & among)
    rows = _chosen(texts, rows, _URLSAFE)
    return rows[_is_noise(texts, rows)]


def encrypted(texts: Texts) -> Iterator[tuple[How, Ints]]:
    """The rows that are cipher text in base64 or hex, or that say so (`ENC(...)`)."""
    lengths = texts.cores.lengths
    for name, rows in fitting(texts, _led_by(texts, b"E{vg-", 8), _WRAPPED):
        yield How(name), rows
    long = np.flatnonzero((lengths >= _LOOKED_AT) & (lengths % 2 == 0))
    hexed = _chosen(texts, long, _CIPHERS)
    yield How("hex"), hexed
    based = np.setdiff1d(long[lengths[long] % 4 == 0], hexed)
    based = _chosen(texts, based, (_CIPHERS[0], *_BASE64))
    yield How("base64"), based[_is_noise(texts, based)]


def encoded(texts: Texts) -> Iterator[tuple[str, How, Ints]]:
    """The rows that are a mobile or an identity number in base64, by kind."""
    cores = texts.cores
    for lengths, (kind, pattern) in _ENCODED.items():
        at = np.flatnonzero(np.isin(cores.lengths, lengths))
        first = texts.data[cores.starts[at]]
        at = at[(first >= ord("M")) & (first <= ord("O"))]
        for found, rows in fitting(texts, at, ((kind, pattern),)):
            yield found, How(ENCODED), rows


def _led_by(texts: Texts, first: bytes, longer: int) -> Ints:
    """The rows of more than `longer` bytes that begin with one of the bytes `first`."""
    at = np.flatnonzero(texts.cores.lengths > longer)
    return at[np.isin(texts.data[texts.cores.starts[at]], list(first))]


def _chosen(texts: Texts, at: Ints, patterns: tuple[tuple[str, str], ...]) -> Ints:
    rows = [found for name, found in fitting(texts, at, patterns) if name]
    return np.concatenate((np.zeros(0, np.int64), *rows))


def _is_noise(texts: Texts, at: Ints) -> Flags:
    """True where base64 has letters of both cases and digits, and decodes to no text."""
    places = np.arange(_LOOKED_AT)
    spots = np.minimum(texts.cores.starts[at][:, None] + places, max(len(texts.data) - 1, 0))
    head = np.where(places < texts.cores.lengths[at][:, None], texts.data[spots], ord("="))
    upper, lower = (head >= 65) & (head <= 90), (head >= 97) & (head <= 122)
    digit = (head >= 48) & (head <= 57)
    mixed = (upper.sum(axis=1) > 1) & (lower.sum(axis=1) > 1) & (digit.sum(axis=1) > 0)
    noise: Flags = mixed & ~_is_text(_decoded(head))
    return noise


def _decoded(head: Bytes) -> Bytes:
    """Base64, a row of 24 characters each, as 18 bytes; padding counts as zeros."""
    table = np.zeros(256, np.uint32)
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    table[np.frombuffer(alphabet, np.uint8)] = np.arange(64)
    table[np.frombuffer(b"-_", np.uint8)] = (62, 63)
    quads = table[head].reshape(len(head), _LOOKED_AT // 4, 4)
    words = quads[..., 0] << 18 | quads[..., 1] << 12 | quads[..., 2] << 6 | quads[..., 3]
    parts = (words[..., None] >> np.array([16, 8, 0], np.uint32)) & 0xFF
    return parts.reshape(len(head), _LOOKED_AT // 4 * 3)[:, :16].astype(np.uint8)


def _is_text(data: Bytes) -> Flags:
    """True where rows of bytes can be UTF-8 of readable text (the last character may be cut)."""
    control = (data < 0x20) & ~np.isin(data, [0x09, 0x0A, 0x0D]) | (data == 0x7F)
    lead, tail = data >= 0xC0, (data >= 0x80) & (data < 0xC0)
    broken = (tail[:, 1:] & (data[:, :-1] < 0x80)) | (lead[:, :-1] & ~tail[:, 1:])
    never = (data == 0xC0) | (data == 0xC1) | (data >= 0xF5)
    wrong: Flags = control.any(axis=1) | broken.any(axis=1) | never.any(axis=1) | tail[:, 0]
    return ~wrong
