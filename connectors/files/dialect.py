"""How a delimited file is written: delimiter, quotation marks, header, width."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from connectors.files.header import header_row, unique_names
from connectors.files.records import records

DELIMITERS = (",", "\t", ";", "|", "\x01")  # the last is Hive's
NONE = "\x1f"  # stands for "one column"; not found in text
_ROWS = 200
_NAMED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # Excel's own hint


@dataclass(frozen=True, slots=True)
class Dialect:
    """`start` is the character at which the rows begin, `above` counts title rows before."""

    delimiter: str
    quoted: bool
    names: tuple[str, ...]
    start: int
    above: int


def dialect(head: str, whole: bool) -> Dialect:
    """The dialect in which most rows of the beginning of a file have the same width.

    `whole` says that the head is the entire file, so its last line is no fragment.
    """
    hint = _NAMED.match(head)
    skipped = hint.end() if hint else 0
    body = head[skipped:]
    tries = [(d, q) for d in ((hint.group(1),) if hint else DELIMITERS) for q in (True, False)]
    rated = [(_rating(body, d, q, whole), d, q) for d, q in tries]
    best = max(rated, key=lambda rating: rating[0])  # the first of equals
    delimiter, quoted = best[1:] if best[0] > 0 else (NONE, True)
    rows = list(_first(body, delimiter, quoted, whole))
    if not rows:
        return Dialect(delimiter, quoted, (), len(head), 0)
    first, named = header_row([row for row, _ in rows])
    common = Counter(len(row) for row, _ in rows[first:]).most_common(1)[0][0]
    cells = rows[first][0] if named else []
    names = unique_names(cells, max(common, len(cells)))
    begin = first + named
    start = skipped + (rows[begin - 1][1] if begin else 0)
    return Dialect(delimiter, quoted, tuple(names), start, first)


def _rating(body: str, delimiter: str, quoted: bool, whole: bool) -> float:
    """High where many rows have one width, and a large one; 0 where there is one column."""
    widths = Counter(len(row) for row, _ in _first(body, delimiter, quoted, whole))
    if not widths:
        return 0.0
    width, rows = widths.most_common(1)[0]
    return round(rows / widths.total(), 2) * math.log(width)


def _first(body: str, delimiter: str, quoted: bool, whole: bool) -> Iterator[tuple[list[str], int]]:
    for row, end in islice(records(body, delimiter, quoted), _ROWS):
        if whole or end < len(body):
            yield row, end
