"""The documents inside one text: JSON alone, behind a log message or line by line; queries; XML."""

import re
from collections.abc import Iterator

from scanner.documents.markup import element, plain, query
from scanner.documents.tolerant import salvaged
from scanner.documents.values import Value, paired, strict

LONGEST = 1 << 20  # characters of a text that is opened; a longer one is searched only

_WHOLE = re.compile(r"""\s*(?=\{\s*\\*["']|\[\s*(?:\\*["'{\[]|-?\d[\d.]*\s*[,\]]))""")
_INSIDE = re.compile(r"""\{\s*\\*["']|\[\s*\{\s*\\*["']|\[\s*"[^"\]]*"\s*[,\]]""")
_QUOTED = re.compile(r"""[{\[][\s{\[]*\\+["']""")
_PACKED = re.compile(r"\s*%(?:7[Bb]|5[Bb])")
_REQUOTED = 3  # times that quotes may have been escaped


def opened(text: str) -> Iterator[Value]:
    """Every document that the text holds, as far as it can be read."""
    if len(text) > LONGEST:
        return
    if _PACKED.match(text):
        text = plain(text)
    if found := _WHOLE.match(text):
        yield from _documents(text, found.end())
    elif found := _INSIDE.search(text):
        yield from _documents(text, found.start())
    elif text.lstrip()[:1] == "<":
        yield element(text)
    elif "=" in text:
        yield query(text)


def is_document(text: str) -> bool:
    """Is a string within a document a document itself, as far as its beginning tells?"""
    return text.lstrip()[:1] in {"{", "[", "%"} and bool(_WHOLE.match(text) or _PACKED.match(text))


def _documents(text: str, at: int) -> Iterator[Value]:
    for _ in range(_REQUOTED):
        if not _QUOTED.match(text, at):
            break
        text, at = text[at:].replace('\\"', '"').replace("\\\\", "\\"), 0
    text = paired(text[at:])
    begin, sound = 0, True
    while begin < len(text):
        try:
            value, end = strict(text, begin) if sound else salvaged(text, begin)
        except (ValueError, RecursionError):
            sound = False  # an error counts the lines before it: one a text is enough
            value, end = salvaged(text, begin)
        yield value
        following = _INSIDE.search(text, end)
        begin = following.start() if following else len(text)
