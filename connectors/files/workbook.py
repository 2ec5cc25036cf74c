"""Workbooks of Excel, WPS and LibreOffice: every sheet is a dataset, every cell a text."""

import datetime as dt
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import TypeAlias

import pyarrow as pa
import python_calamine as calamine

from connectors.base import Reading, Sampling, UnreadableData
from connectors.files.content import Content
from connectors.files.form import File
from connectors.files.header import header_cells, header_row, unique_names
from connectors.files.lines import batch_of
from connectors.files.probe import survives
from connectors.files.sample import drawn
from connectors.files.workbook_bounds import ZIP_FAULTS, check_area, check_size
from connectors.files.workbook_notes import PART, has_notes, notes

Cell: TypeAlias = (
    int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
)  # what calamine gives
ROWS = 16_384  # rows of a batch
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # what Office names the inner file
_LOOKED = 64 << 20  # bytes in which that name is looked for
_XLSX, _OLD = "xlsx", "xls"
_LOOK = 100  # rows in which the header is looked for


def parts(file: File) -> list[str]:
    """The names of the sheets, in the workbook's order, and `[notes]` if there are any."""
    with _opened(file.content) as book:
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    noted = _container(file.content) == _XLSX and has_notes(file.content)
    return [*names, PART] if noted else names


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """All rows, or some drawn at random."""
    rows = _notes if file.part == PART else _rows
    return drawn(rows(file, sampling, reading), sampling, reading)


def _rows(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """The rows of one sheet as large strings; of all columns that the header or a row has."""
    with _opened(file.content) as book, _sound(file.content):
        sheet = _sheet(book, file, reading)
        rows = islice(sheet.iter_rows(), (sheet.start or (0, 0))[0], None)
        head = list(islice(rows, _LOOK))
        first, named = header_row([[text(cell) or "" for cell in row] for row in head])
        if first:
            reading.warnings.append(f"{first} rows above the header were not read as rows")
        begin = first + named
        cells = header_cells([[text(cell) or "" for cell in row] for row in head[first:begin]])
        names = unique_names(cells, sheet.width)
        yield from _batches(chain(head[begin:], rows), names, sampling)


def _sheet(book: calamine.CalamineWorkbook, file: File, reading: Reading) -> calamine.CalamineSheet:
    name = file.part if file.part is not None else book.sheet_names[0]
    found = next((sheet for sheet in book.sheets_metadata if sheet.name == name), None)
    if found is None:
        raise UnreadableData(f"'{file.name}' has no sheet of that name any more: scan again")
    if found.visible != calamine.SheetVisibleEnum.Visible:
        reading.warnings.append("the sheet is hidden in the workbook")
    if _container(file.content) == _XLSX:
        check_area(file.content, name)
    return book.get_sheet_by_name(name)


def _batches(
    rows: Iterator[Sequence[Cell]], names: Sequence[str], sampling: Sampling
) -> Iterator[pa.RecordBatch]:
    """At least one batch."""
    wanted = sampling.columns
    kept = [i for i, name in enumerate(names) if wanted is None or name in wanted]
    schema = pa.schema([(names[i], pa.large_string()) for i in kept])
    part = list(islice(rows, ROWS))
    while True:
        columns = [
            pa.array([text(row[i], sampling.cell) for row in part], pa.large_string()) for i in kept
        ]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)
        part = list(islice(rows, ROWS))
        if not part:
            return


def _notes(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """What is written beside the cells, in a column `line`."""
    del reading
    if sampling.columns is not None and "line" not in sampling.columns:
        yield pa.RecordBatch.from_arrays([], names=[])
        return
    with _opened(file.content), _sound(file.content):
        found = [note[: sampling.cell] for note in notes(file.content)]
    yield batch_of(pa.array(found, pa.large_string()))


def text(cell: Cell, length: int | None = None) -> str | None:
    """The cell as text: whole numbers without `.0`, an empty cell as None."""
    if isinstance(cell, str):
        return cell[:length] or None
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ")
    return str(cell)


def _opened(content: Content) -> calamine.CalamineWorkbook:
    """The workbook.

    Raises:
        UnreadableData: it is broken, too large, or protected by a password.
    """
    with _sound(content):
        container = _container(content)
        if container != _OLD:
            check_size(content)
    if container != _XLSX and not survives(content):
        raise _broken(content)
    with content.opens() as stream, _sound(content):
        return calamine.CalamineWorkbook.from_filelike(stream)


def _container(content: Content) -> str:
    """What the workbook is packed in: `.xlsx`, the old one, or some other."""
    if content.head(2) != b"PK":
        return _OLD
    with content.opens() as stream, zipfile.ZipFile(stream) as archive:
        return _XLSX if "xl/workbook.xml" in archive.namelist() else "other"


@contextmanager
def _sound(content: Content) -> Iterator[None]:
    try:
        yield
    except calamine.CalamineError as error:
        raise _broken(content, error) from None
    except ZIP_FAULTS:
        raise _broken(content) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust: no Exception, and not importable
            raise
        raise _broken(content) from None


def _broken(content: Content, error: calamine.CalamineError | None = None) -> UnreadableData:
    locked = isinstance(error, calamine.PasswordError) or _LOCKED in content.head(_LOOKED)
    fault = (
        "is protected by a password: save it without one"
        if locked or "password" in str(error).lower()
        else "is a broken workbook: open it and save it again"
    )
    return UnreadableData(f"'{content.name}' {fault}")
