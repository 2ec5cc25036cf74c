"""What there is to read in a store: its files, the files in archives, and their parts."""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from connectors.base import ConnectorError
from connectors.files import archive
from connectors.files.archive import Archive, Member, archive_kind
from connectors.files.content import Content
from connectors.files.form import (
    EXTENSIONS,
    FORMATS,
    Part,
    extension,
    has_reader,
    is_known,
    missing,
    recognised,
)
from connectors.files.paths import Place
from connectors.files.store import Found, Store

DEEPER = f"an archive more than {archive.DEPTH} deep in archives: unpack it"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, member of an archive, sheet or table; `skip` says why it is not to be read."""

    place: Place
    size: int | None = None
    modified: datetime | None = None
    skip: str = ""
    kind: Part = ""


class Listing:
    """The entries of a store, and the content of each; archives stay open while they are read."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._open: dict[tuple[str, ...], Archive] = {}

    def entries(self) -> Iterator[Entry]:
        """Every file, each file in an archive, each sheet or table; what has no reader says so."""
        for found in self._store.found():
            for entry in self._expanded(_entry(found)):
                yield from [entry] if entry.skip or not entry.size else self._parts(entry)

    def content(self, place: Place) -> Content:
        """The bytes of the file or member at a place.

        Raises:
            ConnectorError: it cannot be read, or is not in the archive.
            OSError: the file is not there, or may not be looked at.
        """
        if not place.members:
            return self._store.content(place.path)
        *outer, name = place.members
        return self._archive(replace(place, members=tuple(outer), part=None)).content(name)

    def check(self, place: Place) -> None:
        """Open the archive at a place.

        Raises:
            ConnectorError: it is no whole archive.
        """
        self._archive(place)

    def close(self) -> None:
        """Let go of the archives."""
        for opened in self._open.values():
            opened.close()
        self._open.clear()

    def _archive(self, place: Place) -> Archive:
        """The archive at a place, opened; of others only those around it stay open."""
        key = (place.path, *place.members)
        for other in [k for k in self._open if k != key[: len(k)]]:
            self._open.pop(other).close()
        if key not in self._open:
            content = self.content(place)
            if not content.seeks:
                content = Content.held(content.name, content.whole())
            self._open[key] = archive.opened(content, key[-1])
        return self._open[key]

    def _expanded(self, entry: Entry) -> Iterator[Entry]:
        """The entry, or the members of the archive that it is, nested ones too."""
        name = (entry.place.path, *entry.place.members)[-1]
        if entry.skip or not entry.size or not archive_kind(name):
            yield replace(entry, skip=entry.skip or self._unsupported(entry, name))
            return
        if len(entry.place.members) >= archive.DEPTH:
            yield replace(entry, skip=DEEPER)
            return
        try:
            members = self._archive(entry.place).members()
        except (ConnectorError, OSError):
            members = []  # reading it will say why
        if not members:
            yield entry
        for member in members:
            if not _hidden(member.name):
                yield from self._expanded(_inside(entry.place, member))

    def _unsupported(self, entry: Entry, name: str) -> str:
        """Why a file is not to be read; empty where it is, or where reading it says why."""
        if entry.size is None or has_reader(name) or archive_kind(name):
            return ""
        try:
            if said := missing(name):
                return said
            known = is_known(self.content(entry.place))
        except (ConnectorError, OSError):
            known = False
        if known:
            return ""
        ending = extension(name)
        return (
            f"no reader for '.{ending}' files"
            if ending
            else "no reader for files without extension"
        )

    def _parts(self, entry: Entry) -> Iterator[Entry]:
        """The sheets or tables of a file; the file where it has none, or reading will refuse."""
        name = (entry.place.path, *entry.place.members)[-1]
        names: list[str] = []
        form = FORMATS[EXTENSIONS.get(extension(name), "lines")]
        if form.parts or (self._store.near and not entry.place.members):
            try:
                file = recognised(self.content(entry.place), name)
                form = FORMATS[file.format]
                if form.parts:
                    module = importlib.import_module(f"connectors.files.{file.format}")
                    names = module.parts(file)
            except (ConnectorError, OSError):
                names = []
        if not names:
            yield entry
        for part in names:
            yield replace(entry, place=replace(entry.place, part=part), kind=form.parts)


def _entry(found: Found) -> Entry:
    return Entry(Place(found.path), found.size, found.modified, found.skip)


def _inside(place: Place, member: Member) -> Entry:
    inner = replace(place, members=(*place.members, member.name))
    return Entry(inner, member.size, member.modified, member.skip)


def _hidden(name: str) -> bool:
    """Is it what the system of its maker put beside the files?"""
    parts = name.split("/")
    return parts[0] == "__MACOSX" or any(p.startswith(".") and p.strip(".") for p in parts)
