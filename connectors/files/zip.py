"""Zip archives: names in GBK as Chinese Windows writes them, bombs and passwords told."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import BinaryIO, cast

from connectors.base import UnreadableData
from connectors.files.archive import (
    BOMB,
    MEMBERS,
    PROTECTED,
    Archive,
    Member,
    bomb,
    distinct,
    too_many,
)
from connectors.files.content import Content

_UTF8, _ENCRYPTED = 0x800, 0x1  # flags of a member
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError)


class Zip(Archive):
    """A zip archive."""

    def __init__(self, content: Content) -> None:
        super().__init__(content)
        self._raw = content.opens()
        with ExitStack() as failing:
            failing.callback(self._raw.close)
            with _sound(content.name):
                self._zip = zipfile.ZipFile(self._raw)
            infos = [info for info in self._zip.infolist() if not info.is_dir()]
            if len(infos) > MEMBERS:
                raise too_many(self.name)
            if sum(info.compress_size for info in infos) > content.size:
                raise UnreadableData(f"'{self.name}' holds files that overlap, as a bomb does")
            failing.pop_all()
        self._infos = dict(zip(distinct(map(_name, infos)), infos, strict=True))

    def members(self) -> list[Member]:
        """The files in it, in its own order."""
        return [
            Member(name, info.file_size, _modified(info), _skip(info))
            for name, info in self._infos.items()
        ]

    def _bytes(self, member: Member, shown: str) -> bytes:
        with _sound(shown), self._zip.open(self._infos[member.name]) as stream:
            return stream.read()

    def _large(self, member: Member, shown: str) -> Content:
        info = self._infos[member.name]

        def opens() -> BinaryIO:
            with _sound(shown):
                return cast("BinaryIO", self._zip.open(info))

        return Content(shown, member.size, opens, seeks=False)

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()
        self._raw.close()


def _name(info: zipfile.ZipInfo) -> str:
    """The name, which zipfile takes for code page 437 where it is not marked as UTF-8."""
    if info.flag_bits & _UTF8 or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return info.filename


def _skip(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _ENCRYPTED:
        return PROTECTED
    return BOMB if bomb(info.file_size, info.compress_size) else ""


def _modified(info: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*info.date_time, tzinfo=UTC)
    except ValueError:
        return None


@contextmanager
def _sound(name: str) -> Iterator[None]:
    try:
        yield
    except _FAULTS:
        message = f"'{name}' is a broken or cut-off zip archive: copy it again"
        raise UnreadableData(message) from None
