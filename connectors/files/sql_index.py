"""The index of a SQL dump, kept while its tables are read."""

import os
import zlib
from functools import lru_cache

from connectors.files.form import File
from connectors.files.sql_scan import Index, Scan


def index_of(file: File) -> Index:
    """The index of a dump; of the last few dumps it is kept.

    Raises:
        UnreadableData: it is not text, or compressed and broken at the beginning.
    """
    path = file.content.path
    stamp = os.stat(path).st_mtime_ns if path else zlib.crc32(file.content.head(1 << 16))  # noqa: PTH116
    held = _held(file.name, file.content.size, stamp)
    if not held:
        held.append(Scan(file).index())
    return held[0]


@lru_cache(maxsize=4)
def _held(name: str, size: int, stamp: int) -> list[Index]:
    """A place for the index of a file, empty at first; the same for the same file."""
    return []
