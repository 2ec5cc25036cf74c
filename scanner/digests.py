"""Unsalted hashes, proven in memory: digests of what another column of the same row holds.

Some rows' clear values are hashed as unsalted hashes are, and compared with the digest beside
them; what comes back is counts. That one random digest equals the hash of an unrelated value
has a chance of 2^-128 (2^-64 for MD5 in its short form), so any agreement is meant. Two
different values have to agree (`PROVEN`) because one may be a constant that fills both
columns, as a default password and its hash do.

Bounded in every batch: of a column of digests `_ROWS` rows, of them `_FIRST` where none
agrees; `_DIGEST_COLUMNS` columns of digests against `_CLEAR_COLUMNS` others, which hold values
of at most `_LONGEST` bytes.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pyarrow as pa

from detectors.as_text import as_text
from detectors.ciphers import DIGESTS, SHORT
from detectors.texts import Ints
from scanner import sm3
from scanner.model import Agreement, ColumnProfile

PROVEN = 2  # different values that have to agree
_ROWS, _FIRST = 200, 40
_DIGEST_COLUMNS, _CLEAR_COLUMNS = 16, 64
_LONGEST = 256

_BINARY = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_fixed_size_binary)

Hash = Callable[[bytes], bytes]
Proofs = dict[tuple[str, str], Agreement]


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _sha1(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()


# By bytes of the digest.
_HASHES: Mapping[int, Sequence[tuple[str, Hash]]] = MappingProxyType(
    {
        8: ((SHORT, lambda data: _md5(data)[4:12]),),
        16: (("MD5", _md5), ("MD5 of MD5", lambda data: _md5(_md5(data).hex().encode()))),
        20: (("SHA-1", _sha1),),
        32: (("SHA-256", lambda data: hashlib.sha256(data).digest()), ("SM3", sm3.digest)),
        64: (("SHA-512", lambda data: hashlib.sha512(data).digest()),),
    }
)


def unsalted(
    columns: Mapping[str, pa.Array], profiles: Mapping[str, ColumnProfile]
) -> dict[str, Proofs]:
    """By column of digests: which hash of which other column it agrees with, and how far.

    `columns` stand side by side, one value a row; `profiles` are what is known of them.
    """
    digests = [path for path in columns if _is_digest(profiles[path])][:_DIGEST_COLUMNS]
    if not digests:
        return {}
    others = [path for path in columns if path not in digests and _is_clear(profiles[path])]
    others.sort(key=lambda path: -sum(e.whole for e in profiles[path].evidence.values()))
    found: dict[str, Proofs] = {}
    for path in digests:
        rows = _spread(columns[path])
        held = _digests(columns[path].take(pa.array(rows)))
        for other in others[:_CLEAR_COLUMNS]:
            for name, agreement in _compared(held, columns[other], rows):
                found.setdefault(path, {})[name, other] = agreement
    return found


def _is_digest(held: ColumnProfile) -> bool:
    """Can most of the values be digests, in hex, base64 or as bytes?"""
    ways = {**dict.fromkeys(DIGESTS.values(), "hashed"), "base64": "encrypted"}
    fit = sum(n for (state, _, how), n in held.hows.items() if ways.get(how.name) == state)
    fit += held.short + held.forms.get("binary", 0)
    return held.filled > 0 and fit >= 0.5 * held.filled


def _is_clear(held: ColumnProfile) -> bool:
    return held.distinct >= PROVEN and held.characters <= _LONGEST * held.filled


def _spread(array: pa.Array) -> Ints:
    """Some rows that hold a value, far apart; the first of them are a sample too."""
    rows = np.flatnonzero(np.asarray(array.is_valid(), dtype=np.bool_))
    if len(rows) > _ROWS:
        rows = rows[np.linspace(0, len(rows) - 1, _ROWS).astype(np.int64)]
    step = max(1, len(rows) // _FIRST)
    return np.concatenate([rows[start::step] for start in range(step)])


def _digests(array: pa.Array) -> list[bytes]:
    """Each value as the bytes of a digest; empty where it is none."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        return _digests(array.cast(kind.value_type))
    plain = any(is_one(kind) for is_one in _BINARY)
    values = (array if plain else as_text(array)).to_pylist()
    return [b"" if value is None else _bytes_of(value) for value in values]


def _bytes_of(value: bytes | str) -> bytes:
    if len(value) > _LONGEST:
        return b""
    if isinstance(value, bytes) and len(value) in _HASHES and not value.isalnum():
        return value
    text = value.strip() if isinstance(value, bytes) else value.strip().encode()
    try:
        if len(text) in {2 * size for size in _HASHES}:
            return binascii.unhexlify(text)
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return data if len(data) in _HASHES else b""


def _compared(
    digests: Sequence[bytes], column: pa.Array, rows: Ints
) -> list[tuple[str, Agreement]]:
    """The hashes that agree in any row; a few rows are tried before all are."""
    tried = _agreeing(digests[:_FIRST], column, rows[:_FIRST])
    return _agreeing(digests, column, rows) if tried and len(rows) > _FIRST else tried


def _agreeing(
    digests: Sequence[bytes], column: pa.Array, rows: Ints
) -> list[tuple[str, Agreement]]:
    said = as_text(column.take(pa.array(rows))).to_pylist()
    pairs = [(d, text.encode()) for d, text in zip(digests, said, strict=True) if d and text]
    pairs = [(d, text) for d, text in pairs if text.strip() and len(text) <= _LONGEST]
    found = []
    for size in {len(d) for d, _ in pairs}:
        same_size = [(d, text) for d, text in pairs if len(d) == size]
        for name, hashed in _HASHES[size]:
            agreed = [text for d, text in same_size if hashed(text) == d]
            if agreed:
                found.append((name, Agreement(len(same_size), len(agreed), len(set(agreed)))))
    return found
