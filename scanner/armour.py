"""Private keys over several lines: from `-----BEGIN ... PRIVATE KEY-----` to the end of the key.

A text is read line by line and block by block, so what is open is handed on. A key goes on while
lines have the form of one: where its last line is missing it ends with the first line that has
not, or that follows a short one. Where the last line is there, every word alone on its line between
is part of the key.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from detectors.base import Proof
from scanner.spans import Span

KIND = "secret"
_LONGEST = 4000  # lines; no key has more
_SHORTEST = 10  # characters of its first line
_SHORT = 0.75  # of its length: only the last is that short
_BEGIN = re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----")
_END = re.compile(r"-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----")
# Before and after the characters of a key: indents, quotes, comments, signs of a diff, joints;
# before a long line anything, as a log puts there.
_LINE = re.compile(
    r"(?:[\s>|*#\"'`;-]*?(?:\d+[:|]?\s+)?[\"']?(?P<body>=?[A-Za-z0-9+/]+={0,2})"
    r"|.*[\s\"'](?P<long>[A-Za-z0-9+/]{40,}={0,2}))(?:\\[nr])*[\"'`,;+.\s\\]*"
)
_HEAD = re.compile(r"[\s>|*#/\"'`+-]*[A-Z][A-Za-z-]{2,20}: [^\n]{1,200}")
_EMPTY = re.compile(r"[\s>|*#/\"'`+-]*")
_SUM = re.compile(r"[\s>|*#/\"'`+-]*=[A-Za-z0-9+/]{4}[\"'`,;+.\s\\]*")


@dataclass(frozen=True, slots=True)
class Key:
    """A key that is open: how many lines of it are read, how long the first is, if one was short.

    `width` is 0 before the first line of the key itself, where headers may stand; `closed` says
    that its last line is known to follow.
    """

    lines: int = 0
    width: int = 0
    ended: bool = False
    closed: bool = False


def armoured(lines: Sequence[str], key: Key | None) -> tuple[list[Span], Key | None]:
    """What belongs to private keys in the lines, and the key that is open after the last.

    `key` is the one that was open before the first. The first line of a key is its detector's.
    """
    spans: list[Span] = []
    if key is None and not any("PRIVATE KEY" in line for line in lines):
        return spans, key
    for number, line in enumerate(lines):
        if key is not None:
            start, end, key = _step(line, key)
            spans += [Span(number, start, end, KIND, Proof.CHECKED)] if end > start else []
        begins = list(_BEGIN.finditer(line))
        if begins and not _END.search(line, begins[-1].end()):
            following = lines[number + 1 : number + 1 + _LONGEST]
            key = Key(closed=any(_END.search(later) for later in following if "-END " in later))
    return spans, key


def _step(line: str, key: Key) -> tuple[int, int, Key | None]:
    """The part of a line that belongs to an open key, and the key after it."""
    if key.lines >= _LONGEST:
        return 0, 0, None
    if end := _END.search(line):
        return _from(line), end.end(), None
    begun = replace(key, lines=key.lines + 1)
    if _EMPTY.fullmatch(line):
        return 0, 0, begun
    if not key.width and _HEAD.fullmatch(line):
        return _from(line), len(line.rstrip()), begun
    return _body(line, begun)


def _body(line: str, key: Key) -> tuple[int, int, Key | None]:
    """The part of a line that may be one of the key itself, and the key after it."""
    found = _LINE.fullmatch(line)
    if found is None:
        word = line.strip()
        size = 0 if " " in word else len(word)
        return _from(line), _from(line) + size * key.closed, key if key.closed else None
    start, last = found.span("body" if found["body"] else "long")
    width = last - start
    over = key.ended and not _SUM.fullmatch(line)
    if not key.closed and (over or (not key.width and width < _SHORTEST)):
        return 0, 0, None
    return start, last, replace(key, width=key.width or width, ended=width < _SHORT * key.width)


def _from(line: str) -> int:
    return len(line) - len(line.lstrip())
