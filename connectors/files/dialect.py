"""How a delimited file is written: delimiter, header, width."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from connectors.files.header import header_cells, header_row, unique_names
from connectors.files.records import DELIMITERS, STAND_IN, record_end, records

NONE = "\x1f"  # stands for "one column"; not found in text
STRONG = ("\t", "|", "\x01", STAND_IN)  # what hardly stands in prose
_ROWS = 200
# Separators of several characters, as exports of banks have them.
_LONG = ("|@|", "@|@", "|+|", "|!|", "|#|", "#|#", "|^|", "^|^", "||", "^^", "~~", "@@", "##")
_ALIKE = 0.95  # of the rows have one width
_NAMED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # Excel's own hint


@dataclass(frozen=True, slots=True)
class Dialect:
    """`start` is the character at which the rows begin, `above` counts title rows before.

    A separator of several characters is `written` so; `delimiter` stands in for it. `share` is
    that of the rows which have the usual width, `rows` how many were looked at.
    """

    delimiter: str
    names: tuple[str, ...]
    start: int
    above: int
    written: str = ""
    share: float = 0.0
    rows: int = 0
    named: int = 0

    def single(self, block: bytes) -> bytes:
        """A block with the separator of one character."""
        if not self.written:
            return block
        return block.replace(self.written.encode(), self.delimiter.encode())


def dialect(head: str, whole: bool) -> Dialect:
    """The dialect in which most rows of the beginning of a file have the same width.

    `whole` says that the head is the entire file, so its last line is no fragment.
    """
    hint = _NAMED.match(head)
    skipped = hint.end() if hint else 0
    body = head[skipped:] if whole else _records_only(head[skipped:])
    written = "" if hint else _long(body)
    if written:
        body = body.replace(written, STAND_IN)
    delimiter = hint.group(1) if hint else STAND_IN if written else _best(body)
    rows = _first(body, delimiter)
    if not rows:
        return Dialect(delimiter, (), len(head), 0)
    first, named = header_row([row for row, _ in rows])
    widths = Counter(len(row) for row, _ in rows[first:])
    common, alike = widths.most_common(1)[0]
    cells = header_cells([row for row, _ in rows[first : first + named]])
    names = unique_names(cells, max(common, len(cells)))
    begin = first + named
    start = skipped + (rows[begin - 1][1] if begin else 0)
    share = alike / widths.total()
    return Dialect(delimiter, tuple(names), start, first, written, share, len(rows), named)


def _long(body: str) -> str:
    """The separator of several characters that nearly all lines have equally often, if one is."""
    lines = [line for line in body.splitlines()[:_ROWS] if line.strip()]
    for written in _LONG if len(lines) > 1 else ():
        counts = Counter(line.count(written) for line in lines)
        count, alike = counts.most_common(1)[0]
        mark = written[0] if len(set(written)) == 1 else ""
        alone = mark and any(mark in line.replace(written, "") for line in lines)
        if count and alike >= _ALIKE * len(lines) and not alone:
            return written
    return ""


def _best(body: str) -> str:
    rated = [(_rating(body, delimiter), delimiter) for delimiter in DELIMITERS]
    best, delimiter = max(rated, key=lambda rating: rating[0])  # the first of equals
    return delimiter if best > 0 else NONE


def _rating(body: str, delimiter: str) -> float:
    """High where many rows have one width, and a large one; 0 where there is one column."""
    widths = Counter(len(row) for row, _ in _first(body, delimiter))
    if not widths:
        return 0.0
    width, rows = widths.most_common(1)[0]
    return round(rows / widths.total(), 2) * math.log(width)


def _first(body: str, delimiter: str) -> list[tuple[list[str], int]]:
    return list(islice(records(body, delimiter), _ROWS))


def _records_only(head: str) -> str:
    """The head without the fragment at its end, unless it is nothing but a fragment."""
    data = head.encode()
    return data[: record_end(data) or len(data)].decode()
