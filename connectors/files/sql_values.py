"""The values of SQL dumps as columns of text."""

import re
from collections.abc import Callable, Sequence

import pyarrow as pa
import pyarrow.compute as pc

_NOTHING = pa.array([b"NULL", b"null", b"Null", b"DEFAULT", b""], pa.large_binary())
_ESCAPES = re.compile(rb"\\(.)|''", re.DOTALL)
_COPY_ESCAPES = re.compile(rb"\\([0-7]{1,3}|x[0-9A-Fa-f]{1,2}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"t": b"\t", b"r": b"\r", b"0": b"", b"b": b"\b", b"Z": b"", b"f": b"\f"}
_USUAL = (
    (b"''", b"'"),
    (rb"\"", b'"'),
    (rb"\'", b"'"),
    (rb"\n", b"\n"),
    (rb"\r", b"\r"),
    (rb"\/", b"/"),
)
_PREFIXED = re.compile(rb"(?i:N|E|_\w+\s*+|BINARY\s+)(['\"])", re.DOTALL)
_HEX = re.compile(rb"(?i:(?:_\w+\s*+)?(?:0x([0-9A-F]+)|X'([0-9A-F]*)'))")
_CHOSEN = re.compile(rb"[nN]?[qQ]'(.)(.*).'", re.DOTALL)


def column(raw: Sequence[bytes | None], backslash: bool) -> pa.Array:
    """The values of one column as they are written in INSERT, as text."""
    array = pa.array(raw, pa.large_binary())
    array = _patched(array, pc.match_substring_regex(array, rb"\s\z"), bytes.rstrip)
    array = pc.if_else(pc.is_in(array, _NOTHING), pa.scalar(None, pa.large_binary()), array)
    quoted = pc.fill_null(pc.starts_with(array, b"'"), False)
    inner = pc.if_else(quoted, pc.binary_slice(array, 1, -1), array)
    escaped = pc.or_(
        pc.match_substring(inner, b"''"),
        pc.match_substring(inner, b"\\") if backslash else pa.scalar(False),
    )
    inner = _plain_strings(inner, pc.fill_null(pc.and_(quoted, escaped), False), backslash)
    other = pc.and_(pc.invert(quoted), pc.match_substring_regex(array, rb"['\"]|^0[xX]"))
    return _utf8(_patched(inner, other, lambda text: _special(text, backslash)))


def copied(raw: Sequence[bytes | None]) -> pa.Array:
    """The values of one column of COPY, as text."""
    array = pa.array(raw, pa.large_binary())
    array = pc.if_else(pc.equal(array, rb"\N"), pa.scalar(None, pa.large_binary()), array)
    return _utf8(_patched(array, pc.match_substring(array, b"\\"), _uncopied))


def _patched(array: pa.Array, where: pa.Array, change: Callable[[bytes], bytes]) -> pa.Array:
    """The array with the values at some places changed."""
    where = pc.fill_null(where, False)
    if not pc.any(where).as_py():
        return array
    changed = [change(value) for value in array.filter(where).to_pylist()]
    return pc.replace_with_mask(array, where, pa.array(changed, pa.large_binary()))


def _plain_strings(array: pa.Array, where: pa.Array, backslash: bool) -> pa.Array:
    """The array with the escapes of the strings at some places resolved."""
    usual = _USUAL if backslash else _USUAL[:1]
    held = array.filter(where)
    if not len(held):
        return array
    hard = pc.match_substring(held, rb"\\") if backslash else pa.repeat(False, len(held))
    plain = held
    for escape, meant in usual:
        plain = pc.replace_substring(plain, escape, meant)
    if backslash:
        hard = pc.or_(hard, pc.match_substring(plain, b"\\"))
        slow = pa.array([_unescaped(v, True) for v in held.filter(hard).to_pylist()], held.type)
        plain = pc.replace_with_mask(plain, hard, slow)
    return pc.replace_with_mask(array, where, plain)


def _unescaped(text: bytes, backslash: bool) -> bytes:
    if not backslash:
        return text.replace(b"''", b"'")
    return _ESCAPES.sub(lambda m: _LETTERS.get(m[1], m[1]) if m[1] else b"'", text)


def _special(text: bytes, backslash: bool) -> bytes:
    """A value with a prefix, in other marks, or in figures; a function as it is written."""
    text = text.strip()
    if found := _HEX.fullmatch(text):
        return _plain(found[1] or found[2] or b"", text)
    if found := _CHOSEN.fullmatch(text):
        return found[2]
    if text[:1] == b'"' and text[-1:] == b'"':
        inner = text[1:-1].replace(b'""', b'"')
        return _unescaped(inner, True) if backslash else inner
    found = _PREFIXED.match(text)
    if found and text.endswith(found[1]) and len(text) > found.end():
        escapes = backslash or text[:1] in b"eE"
        return _unescaped(text[found.end() : -1], escapes)
    return text


def _plain(digits: bytes, text: bytes) -> bytes:
    """What hexadecimal figures spell, where that is text; else the figures."""
    if len(digits) % 2:
        return text
    data = bytes.fromhex(digits.decode())
    try:
        shown = data.decode()
    except UnicodeDecodeError:
        return text
    return data if all(c.isprintable() or c.isspace() for c in shown) else text


def _uncopied(text: bytes) -> bytes:
    def plain(found: re.Match[bytes]) -> bytes:
        code = found[1]
        if code[:1] == b"x" and len(code) > 1:
            return bytes([int(code[1:], 16)])
        if code.isdigit():
            return bytes([int(code, 8) & 255])
        return _LETTERS.get(code, code)

    return _COPY_ESCAPES.sub(plain, text)


def _utf8(array: pa.Array) -> pa.Array:
    try:
        return array.cast(pa.large_string())
    except pa.ArrowInvalid:
        texts = (None if v is None else v.decode("utf-8", "replace") for v in array.to_pylist())
        return pa.array(texts, pa.large_string())
