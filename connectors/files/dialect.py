"""How a delimited file is written: delimiter, header, width."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from connectors.files.header import header_row, unique_names
from connectors.files.records import DELIMITERS, record_end, records

NONE = "\x1f"  # stands for "one column"; not found in text
_ROWS = 200
_NAMED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # Excel's own hint


@dataclass(frozen=True, slots=True)
class Dialect:
    """`start` is the character at which the rows begin, `above` counts title rows before."""

    delimiter: str
    names: tuple[str, ...]
    start: int
    above: int


def dialect(head: str, whole: bool) -> Dialect:
    """The dialect in which most rows of the beginning of a file have the same width.

    `whole` says that the head is the entire file, so its last line is no fragment.
    """
    hint = _NAMED.match(head)
    skipped = hint.end() if hint else 0
    body = head[skipped:] if whole else _records_only(head[skipped:])
    tries = (hint.group(1),) if hint else DELIMITERS
    rated = [(_rating(body, delimiter), delimiter) for delimiter in tries]
    best, delimiter = max(rated, key=lambda rating: rating[0])  # the first of equals
    delimiter = delimiter if best > 0 else NONE
    rows = _first(body, delimiter)
    if not rows:
        return Dialect(delimiter, (), len(head), 0)
    first, named = header_row([row for row, _ in rows])
    common = Counter(len(row) for row, _ in rows[first:]).most_common(1)[0][0]
    cells = rows[first][0] if named else []
    names = unique_names(cells, max(common, len(cells)))
    begin = first + named
    start = skipped + (rows[begin - 1][1] if begin else 0)
    return Dialect(delimiter, tuple(names), start, first)


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
