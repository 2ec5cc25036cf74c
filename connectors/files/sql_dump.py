"""SQL dumps: each table is a dataset, with the columns, types and comments that it declares."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from connectors.base import Column, Reading, Sampling, UnreadableData, field_of
from connectors.files import lines
from connectors.files.cells import cut
from connectors.files.form import File
from connectors.files.sample import drawn
from connectors.files.sql_index import index_of
from connectors.files.sql_scan import Index
from connectors.files.sql_syntax import Syntax
from connectors.files.sql_tables import Table
from connectors.files.sql_values import column, copied

_ROWS = pa.schema([("row", pa.large_binary()), ("layout", pa.int32())])
_AT_ONCE = 2 << 20  # bytes of rows
_LONG = 1 << 16  # bytes of a row, from which on its values are shortened before it is kept


def parts(file: File) -> list[str]:
    """The tables, in the order in which they come."""
    return list(index_of(file).tables)


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """All rows of a table, or some drawn at random; a script without tables as lines."""
    index = index_of(file)
    if not index.tables:
        if index.fault:
            raise index.fault
        yield from lines.read(replace(file, format="lines"), sampling, reading)
        return
    table = index.tables.get(file.part if file.part is not None else next(iter(index.tables)))
    if table is None:
        raise UnreadableData(f"'{file.name}' has no table of that name any more: scan again")
    if index.unread and table is next(iter(index.tables.values())):
        said = f"{index.unread} statements of the dump that change or copy rows were not read"
        reading.warnings.append(said)
    if index.open_ended and table is index.tables[index.open_ended]:
        reading.warnings.append(
            "the dump does not say at its end that it is whole: it may be cut off"
        )
    reader = _Reader(file, index, table, sampling, reading)
    for batch in drawn(reader.rows(), sampling, reading):
        yield from reader.parsed(batch)


class _Reader:
    """The rows of one table, first as they are written, then as columns."""

    def __init__(
        self, file: File, index: Index, table: Table, sampling: Sampling, reading: Reading
    ) -> None:
        self.file, self.index, self.table = file, index, table
        self.patterns: Syntax = index.patterns
        self.cell, self.reading = sampling.cell, reading
        if not table.columns and table.extents:
            self._count()
        wanted = sampling.columns
        held = list(table.columns.values())
        self.columns = [c for c in held if wanted is None or c.name in wanted]
        self.schema = pa.schema([field_of(c, pa.large_string()) for c in self.columns])
        names = [c.name for c in held]
        self.layouts = [
            {name: place for place, name in enumerate(said or names)} for said, _ in table.layouts
        ]
        self.odd = 0

    def rows(self) -> Iterator[pa.RecordBatch]:
        """Every row as it is written.

        Raises:
            UnreadableData: the dump breaks off in the table; told after its rows.
        """
        yield _batch([], [])
        broken: UnreadableData | None = None
        held: list[bytes] = []
        layouts: list[int] = []
        size = 0
        try:
            for rows, layout in self._pieces():
                held += rows
                layouts += [layout] * len(rows)
                size += sum(map(len, rows))
                if size >= _AT_ONCE:
                    yield _batch(held, layouts)
                    held, layouts, size = [], [], 0
        except UnreadableData as error:
            broken = error
        yield _batch(held, layouts)
        if broken or self.table.fault:
            raise broken or UnreadableData(self.table.fault)

    def _pieces(self) -> Iterator[tuple[list[bytes], int]]:
        """Rows, and the number of the way in which they are written."""
        for begin, end, layout in self.table.extents:
            copy = self.table.layouts[layout][1]
            for rows in self._copied(begin, end) if copy else self._inserted(begin, end):
                yield [self._short(row, copy) for row in rows], layout

    def parsed(self, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        """The rows as columns."""
        if not batch.num_rows:
            yield pa.RecordBatch.from_arrays(
                [pa.nulls(0, f.type) for f in self.schema], schema=self.schema
            )
        layouts = batch.column("layout")
        for layout in pc.unique(layouts).to_pylist():
            rows = batch.column("row").filter(pc.equal(layouts, layout))
            yield self._parsed(rows.to_pylist(), layout)

    def _parsed(self, rows: Sequence[bytes], layout: int) -> pa.RecordBatch:
        names, copy = self.layouts[layout], self.table.layouts[layout][1]
        cells = [self._cells(row, copy) for row in rows]
        width = len(names)
        odd = sum(len(row) != width for row in cells)
        if odd:
            cells = [(row + [None] * width)[:width] for row in cells]
            if not self.odd:
                self.reading.warnings.append("some rows have more or fewer values than columns")
            self.odd += odd
        values = list(zip(*cells, strict=True))
        arrays = []
        for one in self.columns:
            place = names.get(one.name)
            if place is None or not values:
                arrays.append(pa.nulls(len(rows), pa.large_string()))
                continue
            raw = values[place]
            made = copied(raw) if copy else column(raw, self.patterns.backslash)
            arrays.append(cut(made, self.cell))
        return pa.RecordBatch.from_arrays(arrays, schema=self.schema)

    def _cells(self, row: bytes, copy: bool) -> list[bytes | None]:
        if copy:
            return list(row.split(b"\t"))
        return self.patterns.value.findall(row)

    def _short(self, row: bytes, copy: bool) -> bytes:
        """The row; a long one with its values cut, so that many of them can be kept."""
        if len(row) <= _LONG:
            return row
        cells = [
            v if v is None or len(v) <= 4 * self.cell else self._cut(v, copy)
            for v in self._cells(row, copy)
        ]
        if copy:
            return b"\t".join(v or b"" for v in cells)
        return b"(" + b",".join(v or b"" for v in cells) + b")"

    def _cut(self, value: bytes, copy: bool) -> bytes:
        made = copied([value]) if copy else column([value], self.patterns.backslash)
        text = (cut(made, self.cell)[0].as_py() or "").encode()
        if copy or self.patterns.backslash:
            text = text.replace(b"\\", rb"\\")
        if copy:
            return text.replace(b"\t", rb"\t").replace(b"\n", rb"\n")
        return b"'" + text.replace(b"'", b"''") + b"'"

    def _texts(self, begin: int, end: int) -> Iterator[bytes]:
        """The text of an extent, in pieces."""
        for at, text in self.index.blocks.read(self.file, begin):
            if at >= end:
                return
            yield text[max(begin - at, 0) : end - at]

    def _inserted(self, begin: int, end: int) -> Iterator[list[bytes]]:
        rest, due = b"", 0
        for text in self._texts(begin, end):
            rest += text
            if len(rest) < due:
                continue
            found = list(self.patterns.row.finditer(rest))
            if found:
                yield [one[1] for one in found]
                rest = rest[found[-1].end() :]
            due = 2 * len(rest) if not found else 0
        if due:
            yield [one[1] for one in self.patterns.row.finditer(rest)]

    def _copied(self, begin: int, end: int) -> Iterator[list[bytes]]:
        rest = b""
        for text in self._texts(begin, end):
            *rows, rest = (rest + text).split(b"\n")
            yield [row.removesuffix(b"\r") for row in rows]
        if rest:
            yield [rest]

    def _count(self) -> None:
        """Name the columns of a table of which nothing is known but its rows."""
        begin, end, layout = self.table.extents[0]
        copy = self.table.layouts[layout][1]
        pieces = self._copied(begin, end) if copy else self._inserted(begin, end)
        first = next((rows[0] for rows in pieces if rows), b"")
        for number in range(len(self._cells(first, copy)) if first else 0):
            name = f"column_{number + 1}"
            self.table.columns[name] = Column(name)


def _batch(rows: Sequence[bytes], layouts: Sequence[int]) -> pa.RecordBatch:
    arrays = [pa.array(rows, pa.large_binary()), pa.array(layouts, pa.int32())]
    return pa.RecordBatch.from_arrays(arrays, schema=_ROWS)
