"""SM3, the hash of GB/T 32905-2016, for machines whose OpenSSL was built without it.

Slow, as a loop in Python is; `digest` takes OpenSSL's where that has one.
"""

import hashlib
import struct

_START = (
    *(0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600),
    *(0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E),
)
_WORD = 0xFFFFFFFF


def digest(data: bytes) -> bytes:
    """The 32 bytes of SM3.

    >>> digest(b"abc").hex()
    '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'
    """
    if "sm3" in hashlib.algorithms_available:
        return hashlib.new("sm3", data, usedforsecurity=False).digest()
    return computed(data)


def computed(data: bytes) -> bytes:
    """The same, without OpenSSL."""
    padding = b"\x80" + bytes((55 - len(data)) % 64)
    padded = data + padding + struct.pack(">Q", 8 * len(data))
    state: tuple[int, ...] = _START
    for at in range(0, len(padded), 64):
        state = _compressed(state, struct.unpack(">16I", padded[at : at + 64]))
    return struct.pack(">8I", *state)


def _turned(x: int, by: int) -> int:
    by %= 32
    return ((x << by) | (x >> (32 - by))) & _WORD


def _compressed(state: tuple[int, ...], block: tuple[int, ...]) -> tuple[int, ...]:
    w = list(block)
    for j in range(16, 68):
        x = w[j - 16] ^ w[j - 9] ^ _turned(w[j - 3], 15)
        w.append(x ^ _turned(x, 15) ^ _turned(x, 23) ^ _turned(w[j - 13], 7) ^ w[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        constant, early = (0x79CC4519, True) if j < 16 else (0x7A879D8A, False)
        first = _turned((_turned(a, 12) + e + _turned(constant, j)) & _WORD, 7)
        second = first ^ _turned(a, 12)
        ff = a ^ b ^ c if early else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if early else (e & f) | (~e & g)
        one = (ff + d + second + (w[j] ^ w[j + 4])) & _WORD
        two = (gg + h + first + w[j]) & _WORD
        a, b, c, d = one, a, _turned(b, 9), c
        e, f, g, h = two ^ _turned(two, 9) ^ _turned(two, 17), e, _turned(f, 19), g
    return tuple(x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h), strict=True))
