"""Forms and XML as documents: `name=%E5%BC%A0&phone=138`, `<user><phone>138</phone></user>`."""

import re
from collections.abc import Iterator
from typing import cast
from urllib.parse import unquote_to_bytes
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from scanner.documents.values import DEEPEST, Pairs, Value

_KEY = re.compile(r"[A-Za-z_\u3400-\u9fff][\w.\-\[\]%]{0,63}")
_GAP = re.compile(r"\s")
_DOCTYPE = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def query(text: str) -> Value:
    """The fields of a form as it is sent, decoded; None where the text is no such thing.

    One field alone counts only behind a question mark: `a=b` may be anything.
    """
    text = text.strip()
    address, mark, behind = text.partition("?")
    asked = bool(mark) and "=" not in address
    fields = [field.partition("=") for field in (behind if asked else text).split("&") if field]
    if not asked and len(fields) < 2:
        return None
    if _GAP.search(text) or not all(sign and _KEY.fullmatch(key) for key, sign, _ in fields):
        return None
    return Pairs((plain(key), plain(value)) for key, _, value in fields) or None


def plain(text: str) -> str:
    """Percent and plus signs decoded, as UTF-8 or else as GB 18030."""
    text = text.replace("+", " ")
    if "%" not in text:
        return text
    raw = unquote_to_bytes(text)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def element(text: str) -> Value:
    """The elements with text and the attributes of XML, up to a fault; None where it has none.

    Text that declares a document type is not read: entities can be made to grow without end.
    """
    if _DOCTYPE.search(text):
        return None
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    parser.feed(text.strip())
    opened = [("", Pairs())]
    skipped = 0
    for event, found in _events(parser):
        if event == "start":
            if len(opened) > DEEPEST:
                skipped += 1
            else:
                own = Pairs((_local(key), value) for key, value in found.attrib.items())
                opened.append((_local(found.tag), own))
        elif skipped:
            skipped -= 1
        else:
            _close(opened, (found.text or "").strip())
    while len(opened) > 1:  # the text is cut: what is closed inside stays
        _attach(opened)
    return opened[0][1] or None


def _close(opened: list[tuple[str, Pairs]], said: str) -> None:
    tag, inner = _attach(opened)
    if said or not inner:
        opened[-1][1].append((tag, said or None))


def _attach(opened: list[tuple[str, Pairs]]) -> tuple[str, Pairs]:
    tag, inner = opened.pop()
    if inner:
        opened[-1][1].append((tag, inner))
    return tag, inner


def _events(parser: "XMLPullParser[Element]") -> Iterator[tuple[str, Element]]:
    """The starts and ends of elements, up to a fault."""
    try:
        yield from cast("Iterator[tuple[str, Element]]", parser.read_events())
    except ParseError:
        return


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
