"""Excel workbooks, new and old: every sheet is a dataset, every cell a text."""

import datetime as dt
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

import pyarrow as pa
import python_calamine as calamine

from connectors.base import Reading, Sampling, UnreadableData
from connectors.files.content import Content
from connectors.files.form import File
from connectors.files.header import header_row, unique_names
from connectors.files.probe import survives
from connectors.files.sample import drawn

Cell: TypeAlias = (
    int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
)  # what calamine gives
ROWS = 16_384  # rows of a batch
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # what Office names the inner file
_LOOKED = 64 << 20  # bytes in which that name is looked for
UNPACKED = 2 << 30  # bytes; a sheet is held in memory whole


def parts(file: File) -> list[str]:
    """The names of the sheets, in the workbook's order."""
    with _opened(file.content) as book:
        return [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """All rows, or some drawn at random."""
    return drawn(_rows(file, sampling, reading), sampling, reading)


def _rows(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """The rows of one sheet as large strings; of all columns that the header or a row has."""
    with _opened(file.content) as book:
        name = file.part if file.part is not None else book.sheet_names[0]
        if name not in book.sheet_names:
            message = f"'{file.name}' has no sheet of that name any more: scan again"
            raise UnreadableData(message)
        with _sound(file.content):
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=True)
    first, named = header_row([[text(cell) or "" for cell in row] for row in rows[:100]])
    if first:
        reading.warnings.append(f"{first} rows above the header were not read as rows")
    cells = [text(cell) or "" for cell in rows[first]] if named else []
    names = unique_names(cells, max(map(len, rows[first:]), default=0))
    yield from _batches(rows[first + named :], names, sampling)


def _batches(
    rows: Sequence[Sequence[Cell]], names: Sequence[str], sampling: Sampling
) -> Iterator[pa.RecordBatch]:
    wanted = sampling.columns
    kept = [i for i, name in enumerate(names) if wanted is None or name in wanted]
    schema = pa.schema([(names[i], pa.large_string()) for i in kept])
    for start in range(0, max(len(rows), 1), ROWS):
        part = rows[start : start + ROWS]
        columns = [
            pa.array([text(row[i], sampling.cell) for row in part], pa.large_string()) for i in kept
        ]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


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
    with content.opens() as stream:
        if stream.read(2) == b"PK":
            _check_size(content)
        elif not survives(content):
            raise _broken(content)
        stream.seek(0)
        with _sound(content):
            return calamine.CalamineWorkbook.from_filelike(stream)


@contextmanager
def _sound(content: Content) -> Iterator[None]:
    try:
        yield
    except calamine.CalamineError as error:
        raise _broken(content, error) from None
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


def _check_size(content: Content) -> None:
    with content.opens() as stream, zipfile.ZipFile(stream) as archive:
        size = sum(part.file_size for part in archive.infolist())
    if size > UNPACKED:
        message = (
            f"'{content.name}' unpacks to {size >> 20} MB, too much for a workbook:"
            " save its sheets as CSV"
        )
        raise UnreadableData(message)
