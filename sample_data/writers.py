"""Tables into files, the same bytes for the same rows."""

import csv
import gzip
import io
import sqlite3
import struct
import zlib
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from sample_data.table import Table

_WRITTEN = datetime(2013, 9, 1)  # what workbooks give as their time


def delimited(path: Path, table: Table, encoding: str = "utf-8", delimiter: str = ",") -> None:
    """A CSV or TSV file; gzipped where its name ends so."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows())
    data = text.getvalue().encode(encoding)
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)


def lines(path: Path, texts: Sequence[str]) -> None:
    """A text a line."""
    path.write_bytes("".join(f"{text}\n" for text in texts).encode())


def parquet(path: Path, table: pa.Table) -> None:
    """A Parquet file."""
    pq.write_table(table, path, compression="snappy", row_group_size=200)


def workbook(path: Path, shown: Table, hidden: Table) -> None:
    """A workbook of two sheets, of which people see the first."""
    book = xlsxwriter.Workbook(path, {"in_memory": True})
    book.set_properties({"created": _WRITTEN})
    for table in (shown, hidden):
        sheet = book.add_worksheet(table.name)
        sheet.write_row(0, 0, list(table.columns))
        for number, row in enumerate(table.rows(), 1):
            sheet.write_row(number, 0, row)
        if table is hidden:
            sheet.hide()
    book.close()


def picture(path: Path) -> None:
    """A grey PNG of 16 by 16 pixels."""
    header = struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + b"\x80" * 16 for _ in range(16)))
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks))


def _chunk(tag: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))


def database(path: Path, tables: Sequence[Table]) -> None:
    """A SQLite database of its own, made anew."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in tables:
            marks = ", ".join("?" * len(table.columns))
            connection.execute(f"CREATE TABLE {table.name} ({', '.join(table.columns)})")
            connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", table.rows())
