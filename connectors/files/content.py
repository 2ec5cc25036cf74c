"""Content: the bytes of one file, wherever it lies, opened as often as needed; only read."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from connectors.base import UnreadableData

HELD = 512 << 20  # bytes of a file that may be held in memory whole


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file: `name` is what people call it, printable, `size` in bytes.

    `opens` gives a stream, which can seek cheaply where `seeks`. `path` is the file on this
    machine, if it is one.
    """

    name: str
    size: int
    opens: Callable[[], BinaryIO]
    path: str | None = None
    seeks: bool = True

    @classmethod
    def local(cls, path: str, name: str) -> "Content":
        """A file of this machine.

        Raises:
            OSError: it is not there, or may not be looked at.
        """
        size = os.stat(path).st_size  # noqa: PTH116 (a str may hold bytes that are no UTF-8)
        return cls(name, size, lambda: open(path, "rb"), path)  # noqa: PTH123

    @classmethod
    def held(cls, name: str, data: bytes) -> "Content":
        """Bytes in memory."""
        return cls(name, len(data), lambda: io.BytesIO(data))

    def head(self, size: int = 512) -> bytes:
        """The first bytes."""
        with self.opens() as stream:
            return stream.read(size)

    def whole(self) -> bytes:
        """All bytes.

        Raises:
            UnreadableData: they are too many to be held.
        """
        self._check()
        with self.opens() as stream:
            return stream.read()

    @contextmanager
    def located(self) -> Iterator[str]:
        """A path, for libraries that read nothing else.

        What lies elsewhere is held in memory, under a name that the system gives to this
        process alone: nothing is written to a disk.

        Raises:
            UnreadableData: it is too large to be held, or the system has no such files.
        """
        if self.path is not None:
            yield self.path
            return
        self._check()
        if not hasattr(os, "memfd_create"):
            raise UnreadableData(
                f"'{self.name}' can only be read where it is a local file: copy it"
            )
        number = os.memfd_create("picensus")
        try:
            with os.fdopen(os.dup(number), "wb") as held, self.opens() as stream:
                while data := stream.read(1 << 20):
                    held.write(data)
            yield f"/proc/{os.getpid()}/fd/{number}"
        finally:
            os.close(number)

    def _check(self) -> None:
        if self.size > HELD:
            message = (
                f"'{self.name}' is larger than {HELD >> 20} MB and can only be read"
                " where it is a local file: unpack or copy it"
            )
            raise UnreadableData(message)
