"""CSV for spreadsheets: UTF-8 with a byte order mark, one line a column and verdict."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from scanner.export.words import STANDARDS, Known, printable, why
from scanner.inventory.rows import ColumnRow
from scanner.inventory.store import Inventory
from scanner.model import Verdict

Cell = str | int | float | None

# A spreadsheet takes what begins so for a formula, full-width forms included.
_ACTIVE = tuple("=+-@\t\r\n＝＋－＠")
_COLUMN = (
    "source", "dataset", "database", "schema", "table", "column", "type", "comment", "status",
    "rows", "sampled", "last_read",
)  # fmt: skip
_VERDICT = (
    "kind", "kind_zh", "kind_en", "confidence", "level", "basis", "prevalence_low",
    "prevalence_high", "state", "storage", *(f"sensitive_{key}" for key in STANDARDS), "grade",
    "reasons",
)  # fmt: skip


def write(inventory: Inventory, stream: BinaryIO) -> None:
    """Every column: a line for each of its verdicts, or one line without a kind."""
    text = io.TextIOWrapper(stream, "utf-8-sig", newline="", write_through=True)
    try:
        lines = csv.writer(text)  # its line ends are CRLF
        lines.writerow((*_COLUMN, *_VERDICT))
        known = Known(inventory.own_kinds())
        for row in inventory.columns():
            said = tuple(_column(row))
            for verdict in row.verdicts:
                lines.writerow([guarded(cell) for cell in (*said, *_verdict(verdict, known))])
            if not row.verdicts:
                lines.writerow([guarded(cell) for cell in (*said, *(None for _ in _VERDICT))])
    finally:
        text.detach()


def guarded(cell: Cell) -> Cell:
    """The cell as no spreadsheet takes it for a formula: text that looks like one gets a `'`."""
    if not isinstance(cell, str):
        return cell
    text = printable(cell)
    return f"'{text}" if cell.startswith(_ACTIVE) or text.startswith(_ACTIVE) else text


def _column(row: ColumnRow) -> Iterator[Cell]:
    yield from (row.source, row.dataset, row.database, row.schema, row.table, row.path)
    yield from (row.type, row.comment, row.status.value, row.rows, row.sampled)
    yield row.last_read.isoformat() if row.last_read else None


def _verdict(verdict: Verdict, known: Known) -> Iterator[Cell]:
    entry = known.entry(verdict.kind)
    yield verdict.kind
    yield from (entry.zh, entry.en) if entry else (None, None)
    yield from (round(verdict.confidence, 4), verdict.level.value, verdict.basis)
    yield from (round(share, 6) for share in verdict.prevalence or ())
    yield from () if verdict.prevalence else (None, None)
    yield from (verdict.state.value, verdict.storage)
    for key in STANDARDS:
        yield ("yes" if entry.sensitive.get(key) else "no") if entry else None
    yield entry.grade if entry else None
    yield why(verdict.reasons)
