"""Groups: files that are one dataset, as warehouses write them (`dt=2026-01-01/part-00000.csv`)."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from connectors.files import packing
from connectors.files.form import EXTENSIONS, FORMATS, extension
from connectors.files.listing import Entry
from connectors.files.paths import Place

_KEY = re.compile(r"([^=/*]+)=([^/*]*)")
_PIECE = re.compile(r"(part[-_]|)\d{3,}[-_].*|part[-_]\d+")  # of Spark, Hive and their like
_NUMBERS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+(?:[-_.T]\d+)*")
_NOTHING = "__HIVE_DEFAULT_PARTITION__"


@dataclass(frozen=True, slots=True)
class Series:
    """The group that a file belongs to: the folder, and the glob of its files below it."""

    folder: str
    glob: str


def series(path: str) -> Series | None:
    """The group of a file, by its path; None where it stands alone."""
    folders, _, name = path.rpartition("/")
    parts = folders.split("/")
    first = next((i for i, part in enumerate(parts) if _KEY.fullmatch(part)), None)
    if "*" in path or FORMATS[EXTENSIONS.get(extension(path), "lines")].parts:
        return None
    stem, end = _stem(name)
    if _PIECE.fullmatch(stem):
        stem = "part-*" if stem.startswith("part") else "*"
    elif first is None:
        return None
    else:
        stem = _NUMBERS.sub("*", stem)
    if first is None:
        return Series(folders, stem + end)
    below = [_KEY.sub(r"\1=*", part) for part in parts[first:]]
    return Series("/".join(parts[:first]), "/".join([*below, stem + end]))


def keys(path: str) -> dict[str, str | None]:
    """The names and values that a path gives to all rows of its file (`dt=2026-01-01`)."""
    found = (_KEY.fullmatch(part) for part in path.split("/")[:-1])
    return {m[1]: None if m[2] == _NOTHING else unquote(m[2]) for m in found if m}


def grouped(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries, with one for all files of a group in the place of the first."""
    out: dict[object, Entry] = {}
    for entry in entries:
        alone = entry.skip or entry.size is None or entry.place.members or entry.place.part
        found = None if alone else series(entry.place.path)
        if found is None:
            out[entry.place] = entry
            continue
        place = Place(found.folder, group=found.glob)
        held = out.get(found, replace(entry, place=place, size=0))
        out[found] = replace(
            held,
            size=(held.size or 0) + (entry.size or 0),
            modified=max(filter(None, (held.modified, entry.modified)), default=None),
        )
    yield from out.values()


def _stem(name: str) -> tuple[str, str]:
    """The name without its extension and compression, and those."""
    plain, _ = packing.ending(name)
    stem = os.path.splitext(plain)[0]  # noqa: PTH122
    return stem, name[len(stem) :]
