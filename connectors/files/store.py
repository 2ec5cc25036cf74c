"""Store: a place where files lie, listed and opened; only ever read."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from connectors.files.content import Content


@dataclass(frozen=True, slots=True)
class Found:
    """A file, or a folder that cannot be listed; `skip` says why it is not to be read.

    `size` is None where nobody may look at it: reading it will say why.
    """

    path: str
    size: int | None = None
    modified: datetime | None = None
    skip: str = ""


class Store(ABC):
    """Files below a root. `prefix` begins the URIs of its files, `source` is that of the root."""

    prefix: str
    source: str
    near = True  # a look at the first bytes of every file costs little

    @abstractmethod
    def found(self, below: str | None = None) -> Iterator[Found]:
        """Every file in a stable order, of the root or of a folder in it."""

    @abstractmethod
    def content(self, path: str) -> Content:
        """The bytes of a file.

        Raises:
            UnreadableData: it is a folder.
            OSError: it is not there, or may not be looked at.
        """

    @abstractmethod
    def below(self, path: str) -> str:
        """The path as seen from the root, printable."""

    @abstractmethod
    def explained(self, path: str) -> AbstractContextManager[None]:
        """What goes wrong with a file inside of it becomes one sentence that says what to do."""

    def close(self) -> None:  # noqa: B027 (not every store holds something open)
        """Let go of connections."""
