"""Records of delimited text, read tolerantly: for beginnings, and for rows that pyarrow refuses."""

import re
from collections.abc import Iterator
from functools import lru_cache


def records(text: str, delimiter: str, quoted: bool = True) -> Iterator[tuple[list[str], int]]:
    """Each record's fields, and where it ends; blank lines are passed over.

    A quotation mark opens a field only where a later one closes it before a delimiter or a
    line end; otherwise it is a character like any other, so that a stray one spoils one field.
    """
    row: list[str] = []
    for found in _pattern(delimiter, quoted).finditer(text):
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
def _pattern(delimiter: str, quoted: bool) -> re.Pattern[str]:
    stop = re.escape(delimiter)
    bare = rf"([^{stop}\r\n]*+)"
    end = rf"({stop}|\r\n|\r|\n|\Z)"
    if not quoted:
        return re.compile(rf"(?:(?!)()()()|{bare}){end}")
    closed = rf'"([^"]*+(?:""[^"]*+)*+)"(?={stop}|\r|\n|\Z)'
    mixed = rf'"([^"\r\n]*+)"([^"{stop}\r\n]*+)(?={stop}|\r|\n|\Z)'
    return re.compile(rf"(?:{closed}|{mixed}|{bare}){end}")
