"""Archives: the files in a zip, tar or 7z; nothing is ever unpacked to a disk."""

import importlib
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from connectors.base import MissingDriver, UnreadableData
from connectors.files import packing
from connectors.files.content import Content

DEPTH = 2  # archives in archives
MEMBERS = 100_000
IN_MEMORY = 256 << 20  # bytes of a member; a larger one is unpacked anew whenever it is opened

_SHORT = MappingProxyType(
    {"tgz": "tar", "tbz": "tar", "tbz2": "tar", "txz": "tar", "tzst": "tar", "taz": "tar"}
    | {"mhtml": "mht"}
)
_MODULES = MappingProxyType(
    {
        "7z": ("connectors.files.seven_zip", "SevenZip"),
        "eml": ("connectors.files.mail", "Mail"),
        "mbox": ("connectors.files.mail", "Mailbox"),
        "mht": ("connectors.files.mail", "Mail"),
        "tar": ("connectors.files.tar", "Tar"),
        "zip": ("connectors.files.zip", "Zip"),
    }
)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive; `skip` says why it cannot be read. `name` is unique in the archive."""

    name: str
    size: int
    modified: datetime | None = None
    skip: str = ""


class Archive(ABC):
    """An archive, opened: `name` is what people call it."""

    def __init__(self, content: Content) -> None:
        self.name = content.name
        self._last: tuple[str, bytes] | None = None

    @abstractmethod
    def members(self) -> list[Member]:
        """The files in it, in its own order.

        Raises:
            UnreadableData: it is broken, or holds too many.
        """

    def content(self, name: str) -> Content:
        """The bytes of a member; the last one asked for is kept in memory, if it is not large.

        Raises:
            UnreadableData: there is no such member, or it cannot be unpacked.
        """
        shown = f"{self.name}!/{name}"
        if self._last is None or self._last[0] != name:
            member = next((m for m in self.members() if m.name == name), None)
            if member is None or member.skip:
                why = member.skip if member else "is not in the archive any more: scan again"
                raise UnreadableData(f"'{shown}' cannot be read: {why}")
            if member.size > IN_MEMORY:
                return self._large(member, shown)
            self._last = name, self._bytes(member, shown)
        return Content.held(shown, self._last[1])

    @abstractmethod
    def _bytes(self, member: Member, shown: str) -> bytes:
        """All bytes of a member that is not large."""

    def _large(self, member: Member, shown: str) -> Content:
        """A member that is not to be held in memory; an archive that can, gives a stream of it."""
        raise UnreadableData(f"'{shown}' cannot be read: {TOO_LARGE}")

    def close(self) -> None:  # noqa: B027 (not every archive holds something open)
        """Let go of the file."""


def archive_kind(path: str) -> str:
    """`zip`, `tar` or `7z`, by the extension; empty for everything else."""
    name, codec = packing.ending(os.path.basename(path).lower())  # noqa: PTH119
    ending = os.path.splitext(name)[1].removeprefix(".")  # noqa: PTH122
    kind = _SHORT.get(ending, ending)
    return kind if kind in _MODULES and (not codec or kind == "tar") else ""


def opened(content: Content, path: str) -> Archive:
    """The archive that a content is, of the kind that its path says.

    Raises:
        UnreadableData: it is broken or protected.
        MissingDriver: its package is not installed.
    """
    module, name = _MODULES[archive_kind(path)]
    try:
        kind: type[Archive] = getattr(importlib.import_module(module), name)
    except ModuleNotFoundError:
        install = "pip install 'picensus[7z]'"
        message = f"'{content.name}' needs a package that is not installed: {install}"
        raise MissingDriver(message) from None
    return kind(content)


def distinct(names: Iterator[str]) -> Iterator[str]:
    """The names, one that comes again with `~2`, `~3` before its ending."""
    seen: dict[str, int] = {}
    for name in names:
        count = seen[name] = seen.get(name, 0) + 1
        stem, end = os.path.splitext(name)  # noqa: PTH122
        yield name if count == 1 else f"{stem}~{count}{end}"


def too_many(name: str) -> UnreadableData:
    """What is said of an archive of absurdly many files."""
    return UnreadableData(f"'{name}' holds more than {MEMBERS:,} files: unpack it")


def bomb(size: int, packed: int) -> bool:
    """Does it unpack to so much more than it takes that it must be a decompression bomb?"""
    return size > packing.SUSPECT and size > packing.RATIO * max(1, packed)


TOO_LARGE = f"it is larger than {IN_MEMORY >> 20} MB: unpack it"
BOMB = "it unpacks to hundreds of times its size, as a bomb does: unpack it if it is none"
PROTECTED = "it is protected by a password: unpack it with the password"
