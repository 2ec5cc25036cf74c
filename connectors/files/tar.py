"""Tar archives, compressed or not."""

import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import BinaryIO, cast

from connectors.base import UnreadableData
from connectors.files import packing
from connectors.files.archive import MEMBERS, Archive, Member, distinct, too_many
from connectors.files.content import Content


class Tar(Archive):
    """A tar archive. A compressed one is gone through from its beginning, forward where it can be.

    Members are mostly asked for in their order, so one pass gives them all.
    """

    def __init__(self, content: Content) -> None:
        super().__init__(content)
        self._content = content
        self._codec = packing.packed_by(content.head())
        self._tar: tarfile.TarFile | None = None
        self._at = 0
        self._raw: BinaryIO | None = None
        self._infos: dict[str, tuple[int, tarfile.TarInfo]] = {}
        with ExitStack() as failing:
            failing.callback(self.close)
            with self._sound(self.name):
                found = self._listed()
            failing.pop_all()
        names = distinct(info.name for _, info in found)
        self._infos = dict(zip(names, found, strict=True))

    def _listed(self) -> list[tuple[int, tarfile.TarInfo]]:
        """The files with their numbers."""
        found: list[tuple[int, tarfile.TarInfo]] = []
        for index, info in enumerate(self._forward(0)):
            if not info.isdir():
                found.append((index, info))
            if len(found) > MEMBERS:
                raise too_many(self.name)
        return found

    def members(self) -> list[Member]:
        """The files in it, in its own order."""
        return [
            Member(name, info.size, datetime.fromtimestamp(int(info.mtime), UTC), _skip(info))
            for name, (_, info) in self._infos.items()
        ]

    def _bytes(self, member: Member, shown: str) -> bytes:
        with self._sound(shown):
            return self._member(member).read()

    def _large(self, member: Member, shown: str) -> Content:
        def opens() -> BinaryIO:
            with self._sound(shown):
                return self._member(member)

        return Content(shown, member.size, opens, seeks=not self._codec)

    def _member(self, member: Member) -> BinaryIO:
        wanted, _ = self._infos[member.name]
        for info in self._forward(wanted):
            stream = self._tar.extractfile(info) if self._tar else None
            if stream is not None:
                return cast("BinaryIO", stream)
            break
        raise tarfile.TarError

    def _forward(self, wanted: int) -> Iterator[tarfile.TarInfo]:
        """The members from that number on; the archive is opened again where it is past it."""
        if self._tar is None or self._at > wanted:
            self.close()
            self._at = 0
            if self._codec:
                self._raw = packing.unpacked(self._content, self._codec)
                self._tar = tarfile.open(fileobj=self._raw, mode="r|")  # noqa: SIM115
            else:
                self._raw = self._content.opens()
                self._tar = tarfile.open(fileobj=self._raw, mode="r:")  # noqa: SIM115
        while (info := self._tar.next()) is not None:
            self._at += 1
            if self._codec:
                self._tar.members = []  # type: ignore[attr-defined]  # which would grow with all that was passed
            if self._at > wanted:
                yield info

    @contextmanager
    def _sound(self, name: str) -> Iterator[None]:
        try:
            yield
        except (tarfile.TarError, EOFError, ValueError):
            message = f"'{name}' is a broken or cut-off tar archive: copy it again"
            raise UnreadableData(message) from None

    def close(self) -> None:
        """Let go of the file."""
        if self._tar is not None:
            self._tar.close()
            self._tar = None
        if self._raw is not None:
            self._raw.close()
            self._raw = None


def _skip(info: tarfile.TarInfo) -> str:
    return "" if info.isfile() else "it is a link or a device, not a file"
