"""7z archives (the extra `7z`), their members unpacked in memory."""

import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import py7zr
from py7zr.io import BytesIOFactory

from connectors.base import UnreadableData
from connectors.files.archive import (
    BOMB,
    IN_MEMORY,
    MEMBERS,
    PROTECTED,
    TOO_LARGE,
    Archive,
    Member,
    bomb,
    distinct,
    too_many,
)
from connectors.files.content import Content

_FAULTS = (
    py7zr.exceptions.ArchiveError,
    lzma.LZMAError,
    zlib.error,
    EOFError,
    ValueError,
    KeyError,
    IndexError,
    TypeError,  # of headers that say absurd things
    OSError,
)


class SevenZip(Archive):
    """A 7z archive."""

    def __init__(self, content: Content) -> None:
        super().__init__(content)
        self._content = content
        with self._opened(self.name) as archive:
            infos = [info for info in archive.list() if not info.is_directory]
            locked = archive.needs_password()
        if len(infos) > MEMBERS:
            raise too_many(self.name)
        self._names = dict(zip(distinct(i.filename for i in infos), infos, strict=True))
        small = bomb(sum(i.uncompressed or 0 for i in infos), content.size)
        self._skip = PROTECTED if locked else BOMB if small else ""

    def members(self) -> list[Member]:
        """The files in it, in its own order."""
        return [
            Member(name, info.uncompressed or 0, _utc(info.creationtime), self._why(info))
            for name, info in self._names.items()
        ]

    def _why(self, info: py7zr.FileInfo) -> str:
        if self._skip:
            return self._skip
        large = (info.uncompressed or 0) > IN_MEMORY
        return TOO_LARGE if large else ""

    def _bytes(self, member: Member, shown: str) -> bytes:
        name = self._names[member.name].filename
        factory = BytesIOFactory(IN_MEMORY)
        with self._opened(shown) as archive:
            archive.extract(targets=[name], factory=factory)
            held = factory.products[name]
            held.seek(0)
            return bytes(held.read())

    @contextmanager
    def _opened(self, name: str) -> Iterator[py7zr.SevenZipFile]:
        try:
            with self._content.opens() as stream, py7zr.SevenZipFile(stream) as archive:
                yield archive
        except py7zr.PasswordRequired:
            raise UnreadableData(f"'{name}' cannot be read: {PROTECTED}") from None
        except _FAULTS as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise
            message = f"'{name}' is a broken or cut-off 7z archive: copy it again"
            raise UnreadableData(message) from None


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment is not None else None
