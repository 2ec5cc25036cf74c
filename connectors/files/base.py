"""Files: a folder, a file or a glob, and every table, log and document in it."""

import importlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import MappingProxyType

import pyarrow as pa

from connectors.base import (
    AccessDenied,
    Connector,
    ConnectorError,
    Dataset,
    Reading,
    Sampling,
    UnknownSource,
    UnreadableData,
)
from connectors.files.form import File, extension, has_reader, recognised
from connectors.files.paths import located, named, path_of, printable, uri_of
from connectors.files.walk import Found, walk
from connectors.files.workbook import sheets

Reader = Callable[[File, Sampling, Reading], Iterator[pa.RecordBatch]]

# format -> module; each has a function `read`. Imported on use.
READERS = MappingProxyType(
    {
        "delimited": "connectors.files.delimited",
        "json": "connectors.files.json_documents",
        "lines": "connectors.files.lines",
        "parquet": "connectors.files.parquet",
        "workbook": "connectors.files.workbook",
    }
)


class Files(Connector):
    """Files below a folder, those that a glob matches, or one file; never written to."""

    def __init__(self, where: str) -> None:
        """`where` is a path, a glob with `*`, `?` and `**`, or a `file://` URL of either.

        Raises:
            UnknownSource: nothing is there.
        """
        self.source, self.root = located(where)
        if self.root.wanted and next(walk(self.root), None) is None:
            message = f"no file matches '{printable(where)}': check the pattern"
            raise UnknownSource(message)

    @staticmethod
    def canonical(where: str) -> str:
        """The URI of the folder, file or glob."""
        return named(where)

    def datasets(self) -> Iterator[Dataset]:
        """Every file that is not hidden, each sheet of a workbook; what has no reader says so."""
        for found in walk(self.root):
            skip = found.skip or _unsupported(found)
            names = [] if skip else _sheets(found)
            for sheet in names or (None,):
                yield self._dataset(found, sheet, skip)

    def batches(
        self, dataset: Dataset, sampling: Sampling, reading: Reading
    ) -> Iterator[pa.RecordBatch]:
        """The rows of one file or sheet.

        Raises:
            AccessDenied: this user may not read it.
            UnreadableData: it vanished, or its content is not what its name says.
        """
        path, sheet = path_of(dataset.uri)
        with _explained(path):
            if os.path.isdir(path):  # noqa: PTH112 (a str may hold bytes that are no UTF-8)
                os.listdir(path)  # noqa: PTH208
                message = f"'{printable(path)}' is a folder: give its files"
                raise UnreadableData(message)
            file = recognised(path)
            if not os.path.getsize(path) and file.format not in {"lines"}:  # noqa: PTH202
                reading.how, reading.rows = "all rows", 0
                yield pa.RecordBatch.from_arrays([], names=[])
                return
            reader: Reader = importlib.import_module(READERS[file.format]).read
            yield from reader(File(path, file.format, file.packed, sheet), sampling, reading)

    def _dataset(self, found: Found, sheet: str | None, skip: str) -> Dataset:
        name = self.root.below(found.path)
        status = found.status
        return Dataset(
            uri=uri_of(found.path, sheet),
            source=self.source,
            kind="file" if sheet is None else "sheet",
            name=name if sheet is None else f"{name}/{sheet}",
            size=status.st_size if status else None,
            modified=datetime.fromtimestamp(status.st_mtime, UTC) if status else None,
            skip=skip,
        )


def _unsupported(found: Found) -> str:
    """Why a file is not to be read; empty where it is."""
    if found.status is None or has_reader(found.path):
        return ""
    ending = extension(found.path)
    return f"no reader for '.{ending}' files" if ending else "no reader for files without extension"


def _sheets(found: Found) -> list[str]:
    """The sheets of a workbook; none of any other file, and of one that reading will refuse."""
    try:
        if not found.status or not found.status.st_size:
            return []
        return sheets(found.path) if recognised(found.path).format == "workbook" else []
    except (ConnectorError, OSError):
        return []


@contextmanager
def _explained(path: str) -> Iterator[None]:
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
