"""CSV and its relatives: everything is text, and no row is lost for being out of shape."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import pyarrow as pa
import pyarrow.csv as pv

from connectors.base import Reading, Sampling
from connectors.files.cells import cut_batch
from connectors.files.dialect import Dialect, dialect
from connectors.files.form import File
from connectors.files.records import record_end, records
from connectors.files.sample import drawn
from connectors.files.text import Text

ROWS = 16_384  # rows of a batch that is read tolerantly
_HIVE, _NULL = "\x01", r"\N"  # Hive's separator, and how it writes that there is nothing
_TRIES = 50  # lines at which a random block may begin


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """All rows, or some drawn at random."""
    return drawn(_rows(file, sampling, reading), sampling, reading)


def _rows(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """Every row, or those of random blocks, as large strings."""
    text = Text(file, reading)
    form = dialect(text.head, text.whole)
    if form.above:
        reading.warnings.append(f"{form.above} rows above the header were not read as rows")
    parser = Parser(form, sampling)
    yield parser.empty()
    pieces = text.pieces(sampling)
    blocks = map(form.single, text.blocks(quoted=True) if pieces is None else pieces)
    begin = form.single(text.head.encode()).decode()[: form.start].encode()
    for block in blocks if pieces is None else map(parser.aligned, blocks):
        yield from parser.batches(_after(block, begin))
        begin = b"" if pieces is None else begin
    reading.warnings.extend(parser.warnings())


def _after(block: bytes, begin: bytes) -> bytes:
    """The block without the header, if it begins with it."""
    return block[len(begin) :] if begin and block.startswith(begin) else block


@dataclass(slots=True)
class Parser:
    """Blocks into batches; it counts the rows that it had to mend."""

    form: Dialect
    sampling: Sampling
    long: int = 0
    short: int = 0
    refused: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The columns that are asked for, in the order of the file."""
        wanted = self.sampling.columns
        return [name for name in self.form.names if wanted is None or name in wanted]

    def empty(self) -> pa.RecordBatch:
        """A batch of no rows."""
        return self._batch([[] for _ in self.names])

    def batches(self, block: bytes) -> Iterator[pa.RecordBatch]:
        """The rows of one block; those out of shape come last."""
        begin = end = len(block)
        if block.count(b'"') % 2:  # somewhere a quotation mark stands alone
            begin = block.rfind(b"\n", 0, block.find(b'"')) + 1
            end = block.find(b"\n", block.rfind(b'"')) + 1 or len(block)
        for sound in filter(None, (block[:begin], block[end:])) if self.names else ():
            yield from self._fast(sound)
        if self.names:
            yield from self._tolerant(block[begin:end].decode())

    def _fast(self, block: bytes) -> Iterator[pa.RecordBatch]:
        self.refused = []
        try:
            table = self._parsed(block)
        except pa.ArrowInvalid:
            yield from self._tolerant(block.decode())
            return
        for batch in table.to_batches():
            yield cut_batch(batch, self.sampling.cell)
        yield from self._tolerant("\n".join(self.refused))

    def aligned(self, piece: bytes) -> bytes:
        """A random block from the first line on that begins a row, to the last row's end.

        Without the beginning of the file nobody can tell whether a line break stands between
        quotation marks: where the next rows have the right width, it does not. Empty where no
        line of the first ones begins a row.
        """
        if b'"' not in piece:
            return piece
        start = 0
        for _ in range(_TRIES):
            if self._begins(piece[start : start + 20_000].decode("utf-8", "ignore")):
                return piece[start : start + record_end(piece[start:])]
            start = piece.find(b"\n", start) + 1
        return b""

    def _begins(self, text: str) -> bool:
        """Do the first row and nine in ten have the right width?"""
        rows = [row for row, end in records(text, self.form.delimiter) if end < len(text)]
        right = [len(row) == len(self.form.names) for row in rows]
        return all(right[:1]) and sum(right) >= 0.9 * len(right)

    def warnings(self) -> Iterator[str]:
        """What was mended."""
        if self.long:
            yield (
                f"{self.long} rows had more fields than the header; the extra fields were kept"
                " in the last column"
            )
        if self.short:
            yield f"{self.short} rows had fewer fields than the header; the missing are null"

    def _parsed(self, block: bytes) -> pa.Table:
        names = list(self.form.names)
        return pv.read_csv(
            pa.BufferReader(block),
            pv.ReadOptions(column_names=names, block_size=len(block) + 1),
            pv.ParseOptions(
                delimiter=self.form.delimiter,
                newlines_in_values=True,
                invalid_row_handler=self._refuse,
            ),
            pv.ConvertOptions(
                check_utf8=False,
                column_types=dict.fromkeys(names, pa.large_string()),
                null_values=[_NULL],
                strings_can_be_null=self.form.delimiter == _HIVE,
                include_columns=self.names,
            ),
        )

    def _refuse(self, row: pv.InvalidRow) -> str:
        self.refused.append(row.text)
        return "skip"

    def _tolerant(self, text: str) -> Iterator[pa.RecordBatch]:
        width, cell = len(self.form.names), self.sampling.cell
        kept = [self.form.names.index(name) for name in self.names]
        found = (row for row, _ in records(text, self.form.delimiter))
        while rows := list(islice(found, ROWS)):
            for row in rows:
                self.long += len(row) > width
                self.short += len(row) < width
                if len(row) > width:
                    row[width - 1 :] = [self.form.delimiter.join(row[width - 1 :])]
            yield self._batch(
                [[row[i][:cell] if i < len(row) else None for row in rows] for i in kept]
            )

    def _batch(self, columns: list[list[str | None]]) -> pa.RecordBatch:
        arrays = [pa.array(column, pa.large_string()) for column in columns]
        return pa.RecordBatch.from_arrays(arrays, names=self.names)
