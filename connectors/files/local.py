"""Local: the files of this machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from connectors.base import AccessDenied, UnknownSource, UnreadableData
from connectors.files.content import Content
from connectors.files.paths import Root, located, printable
from connectors.files.store import Found, Store
from connectors.files.walk import walk


class Local(Store):
    """Files below a folder, those that a glob matches, or one file."""

    prefix = "file://"

    def __init__(self, where: str) -> None:
        """`where` is a path, a glob with `*`, `?` and `**`, or a `file://` URL of either.

        Raises:
            UnknownSource: nothing is there.
        """
        self.source, self.root = located(where)
        if self.root.wanted and next(walk(self.root), None) is None:
            message = f"no file matches '{printable(where)}': check the pattern"
            raise UnknownSource(message)

    def found(self, below: str | None = None) -> Iterator[Found]:
        """Every file that is not hidden; what cannot be looked at is found all the same."""
        yield from walk(self.root if below is None else Root(below, self.root.wanted))

    def content(self, path: str) -> Content:
        """The bytes of a file.

        Raises:
            UnreadableData: it is a folder.
            OSError: it is not there, or may not be looked at.
        """
        if os.path.isdir(path):  # noqa: PTH112 (a str may hold bytes that are no UTF-8)
            os.listdir(path)  # noqa: PTH208
            raise UnreadableData(f"'{printable(path)}' is a folder: give its files")
        return Content.local(path, printable(path))

    def below(self, path: str) -> str:
        """The path below the root, printable; a file's own name where it is the root."""
        return self.root.below(path)

    @contextmanager
    def explained(self, path: str) -> Iterator[None]:
        """What the system says about a file, as one sentence that says what to do."""
        shown = printable(path)
        try:
            yield
        except PermissionError:
            message = f"'{shown}' may not be read by this user: grant read permission"
            raise AccessDenied(message) from None
        except FileNotFoundError:
            message = f"'{shown}' is not there any more, or is a link to nothing: scan again"
            raise UnreadableData(message) from None
        except OSError as error:
            reason = error.strerror or "the system gave no reason"
            message = f"'{shown}' cannot be read ({reason}): check the disk or the mount"
            raise UnreadableData(message) from None
