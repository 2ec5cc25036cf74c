"""Records of delimited text: where they end, and what is in them where pyarrow refuses."""

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt

DELIMITERS = (",", "\t", ";", "|", "\x01", "^", "~")  # \x01 is Hive's
STAND_IN = "\x1e"  # for a separator of several characters
_QUOTE = ord('"')
_EDGES = np.frombuffer(("".join(DELIMITERS) + STAND_IN + '"\r\n').encode(), np.uint8)
_STRAYS = 100  # quotation marks looked at one by one, at most


def records(text: str, delimiter: str) -> Iterator[tuple[list[str], int]]:
    """Each record's fields, and where it ends; blank lines are passed over.

    A quotation mark opens a field only where a later one closes it before a delimiter or a
    line end; otherwise it is a character like any other, so that a stray one spoils one field.
    """
    row: list[str] = []
    for found in _pattern(delimiter).finditer(text):
        inner, mixed, tail, bare, end = found.group(1, 2, 3, 4, 5)
        if inner is not None:
            row.append(inner.replace('""', '"'))
        else:
            row.append(mixed + tail if mixed is not None else bare)
        if end != delimiter:
            if row != [""]:
                yield row, found.end()
            row = []
        if found.end() == len(text) and end != delimiter:
            return


@lru_cache(maxsize=32)
def _pattern(delimiter: str) -> re.Pattern[str]:
    stop = re.escape(delimiter)
    bare = rf"([^{stop}\r\n]*+)"
    end = rf"({stop}|\r\n|\r|\n|\Z)"
    closed = rf'"([^"]*+(?:""[^"]*+)*+)"(?={stop}|\r|\n|\Z)'
    mixed = rf'"([^"\r\n]*+)"([^"{stop}\r\n]*+)(?={stop}|\r|\n|\Z)'
    return re.compile(rf"(?:{closed}|{mixed}|{bare}){end}")


def record_end(data: bytes, newline: bytes = b"\n") -> int:
    """Where the last whole record ends: after a newline with an even count of quotes before it."""
    end = data.rfind(newline) + 1
    if data.count(b'"', 0, end) % 2 == 0:
        return end
    codes = np.frombuffer(data, np.uint8, end)
    quotes = _paired(codes, np.flatnonzero(codes == _QUOTE))
    lines = np.flatnonzero(codes == newline[0])
    outside = lines[np.searchsorted(quotes, lines) % 2 == 0]
    return int(outside[-1]) + 1 if len(outside) else 0


def _paired(codes: npt.NDArray[np.uint8], quotes: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """The quotation marks without strays: an opening one follows an edge, a closing one precedes.

    A pair that stands for one mark is seen as closing and opening again.
    """
    follows = (quotes == 0) | np.isin(codes[quotes - 1], _EDGES)
    precedes = np.isin(codes[np.minimum(quotes + 1, len(codes) - 1)], _EDGES)
    for _ in range(_STRAYS):
        opening = np.arange(len(quotes)) % 2 == 0
        wrong = np.flatnonzero(~np.where(opening, follows, precedes))
        if not len(wrong):
            break
        stray = wrong[0] if opening[wrong[0]] else wrong[0] - 1
        quotes, follows, precedes = (np.delete(x, stray) for x in (quotes, follows, precedes))
    return quotes
