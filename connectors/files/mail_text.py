"""What a message says: its headers and its text decoded, and what is attached to it."""

import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import Header, decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value
from mimetypes import guess_extension

from connectors.files.encodings import detect
from connectors.files.page_text import lines

HEADERS = (
    *("date", "from", "sender", "reply-to", "to", "cc", "bcc", "subject"),
    *("return-path", "x-originating-ip", "x-mailer"),
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
_PATH = re.compile(r".*[/\\]", re.DOTALL)


def row(message: Message) -> dict[str, str | None]:
    """The headers that matter, and the text as `body`."""
    return {name: _header(message, name) for name in HEADERS} | {"body": body(message)}


def body(message: Message) -> str:
    """The text of a message; of its HTML where that says more."""
    plain: list[str] = []
    rich: list[str] = []
    for part in parts(message):
        if not attached(part) and part.get_content_maintype() == "text":
            said = text(part)
            if part.get_content_subtype() == "html":
                rich.append("\n".join(lines(said)))
            else:
                plain.append(said)
    shown, other = "\n".join(plain).strip(), "\n".join(rich).strip()
    return shown if len(shown) * 2 > len(other) else f"{shown}\n{other}".strip()


def parts(message: Message) -> Iterator[Message]:
    """The parts of a message that hold something; an attached message is one of them."""
    payload = message.get_payload()
    if message.get_content_type() == "message/rfc822" or not isinstance(payload, list):
        yield message
        return
    for part in payload:
        if isinstance(part, Message):
            yield from parts(part)


def attached(part: Message) -> bool:
    """Is it a file, and not the text of the message?"""
    named = part.get_filename() is not None or part.get_content_disposition() == "attachment"
    return named or part.get_content_maintype() not in {"text", "multipart"}


def file_name(part: Message) -> str:
    """The name of an attached file, without folders; one of its type where it has none."""
    raw = part.get_filename()
    name = _decoded(collapse_rfc2231_value(raw)) if raw else ""
    name = "".join(c for c in _PATH.sub("", name) if c.isprintable()).strip(". ")
    if part.get_content_type() == "message/rfc822" and not name.lower().endswith(".eml"):
        return f"{name or 'message'}.eml"
    return name or f"attachment{guess_extension(part.get_content_type()) or ''}"


def data(part: Message) -> bytes:
    """The bytes of an attached file or message."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return b"\n".join(inner.as_bytes() for inner in payload if isinstance(inner, Message))
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""


def text(part: Message) -> str:
    """The text of a part, in the encoding that it says, or else in the one that fits."""
    raw = data(part)
    charset = str(part.get_content_charset() or "ascii")
    return _read(raw, charset)


def _header(message: Message, name: str) -> str | None:
    said = message.get_all(name)
    return "; ".join(_decoded(value) for value in said) if said else None


def _decoded(value: object) -> str:
    """A header without its codes; raw bytes in it are read as what they look like."""
    shown = value if isinstance(value, Header) else " ".join(str(value).split())
    try:
        pieces = decode_header(shown)
    except (HeaderParseError, ValueError):
        pieces = [(str(shown), None)]
    texts = (
        _read(piece, charset or "ascii") if isinstance(piece, bytes) else _raw(piece)
        for piece, charset in pieces
    )
    return " ".join("".join(texts).split())


def _raw(piece: str) -> str:
    """A text in which bytes beyond ASCII were kept as they came."""
    if piece.isascii():
        return piece
    try:
        return _read(piece.encode("ascii", "surrogateescape"), "ascii")
    except UnicodeEncodeError:
        return piece


def _read(raw: bytes, charset: str) -> str:
    codec = _WIDER.get(charset.lower(), charset.lower())
    for name in (codec, detect(raw)):
        try:
            return raw.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return raw.decode("utf-8", "replace")
