"""The index of a SQL dump, kept while its tables are read."""

from functools import lru_cache

from connectors.files.form import File
from connectors.files.sql_scan import Index, Scan
from connectors.files.stamp import stamp


def index_of(file: File) -> Index:
    """The index of a dump; of the last few dumps it is kept.

    Raises:
        UnreadableData: it is not text, or compressed and broken at the beginning.
    """
    held = _held(stamp(file.content))
    if not held:
        held.append(Scan(file).index())
    return held[0]


@lru_cache(maxsize=4)
def _held(of: tuple[str, int, int]) -> list[Index]:
    """A place for the index of a file, empty at first; the same for the same file."""
    return []
