"""Writes an inventory into a file, whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from xlsxwriter.exceptions import XlsxWriterException

from scanner.errors import PicensusError, WrongUsageError
from scanner.export import csv, jsonl, xlsx
from scanner.inventory.store import Inventory

FORMATS = ("xlsx", "csv", "jsonl")


class ExportError(PicensusError):
    """One sentence that says what to do."""


class FormatError(ExportError, WrongUsageError):
    """The format that is asked for is none that there is."""


def format_of(path: Path, form: str | None = None) -> str:
    """The format that a file gets: as given, or by its ending.

    Raises:
        FormatError: it is not known.
    """
    form = form or path.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        message = f"{path.name} does not say its format: end it in .xlsx, .csv or .jsonl"
        raise FormatError(message)
    return form


def check(path: Path, form: str | None = None) -> str:
    """The format that a file gets: as given, or by its ending. Nothing is left behind.

    Raises:
        FormatError: the format is not known.
        ExportError: the file could not be written there.
    """
    form = format_of(path, form)
    with _in_one_sentence(path):
        if path.is_dir():
            message = f"{path} is a folder: give the file to write"
            raise ExportError(message)
        with tempfile.TemporaryFile(dir=path.parent):
            return form


def write(inventory: Inventory, path: Path, form: str | None = None, of: str = "columns") -> None:
    """The current view of an inventory as a workbook, CSV or JSON lines, for its owner alone.

    `of` (columns, datasets, coverage) says what JSON lines hold. A file that was there is
    replaced once the new one is whole.

    Raises:
        FormatError: the format is not known.
        ExportError: the file cannot be written.
        InventoryError: the inventory cannot be read.
    """
    form = check(path, form)
    with _in_one_sentence(path), _replacing(path) as stream:
        if form == "xlsx":
            xlsx.write(inventory, stream)
        else:
            write_lines(inventory, stream, form, of)


def write_lines(inventory: Inventory, stream: BinaryIO, form: str, of: str = "columns") -> None:
    """CSV or JSON lines into a stream that the caller closes.

    Raises:
        FormatError: neither of the two was asked for.
        InventoryError: the inventory cannot be read.
    """
    if form == "jsonl" and of in jsonl.SUBJECTS:
        jsonl.write(inventory, stream, of)
    elif form == "csv" and of == "columns":
        csv.write(inventory, stream)
    else:
        message = f"{form} of {of} is not offered: CSV holds columns, JSON lines hold any"
        raise FormatError(message)


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file beside the path (mode 0600) that takes its place at the end."""
    path = path.resolve()
    handle, name = tempfile.mkstemp(prefix=".picensus-", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def _in_one_sentence(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        message = f"{path} cannot be written: make the folder {path.parent} first"
        raise ExportError(message) from error
    except PermissionError as error:
        message = (
            f"{path} cannot be written: see to the permissions of {path.parent}, "
            "and close the file where it is open"
        )
        raise ExportError(message) from error
    except (OSError, XlsxWriterException) as error:
        first = error.args[0] if error.args else error  # XlsxWriter wraps an OSError
        said = getattr(first, "strerror", None) or getattr(error, "strerror", None) or str(error)
        message = f"{path} cannot be written ({said}): make room or give another place"
        raise ExportError(message) from error
