"""The workbook: Summary, Columns, Datasets, Coverage; written row by row in little memory."""

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format

from scanner.export import style, words
from scanner.export.sheet import Cell, Field, Page, Sheet
from scanner.export.summary import write_summary
from scanner.export.tally import Tally, outcome
from scanner.inventory.rows import ColumnRow, DatasetRow
from scanner.inventory.store import Inventory
from scanner.model import Verdict

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_COLUMNS = (
    Field("Dataset", 30, "strong"),
    Field("Column", 22, "strong"),
    Field("Kind 类型", 30),
    Field("Level", 9, by_value=True),
    Field("Confidence", 11, "percent"),
    Field("Share of values", 12, "right"),
    Field("Stored", 11),
    Field("How stored", 34, "wrap"),
    Field("Sensitive under", 24, "sensitive"),
    Field("JR/T 0171", 8),
    Field("Identifies", 11),
    Field("Also holds", 26, "wrap"),
    Field("Type", 14, "muted"),
    Field("Comment", 22, "wrap"),
    Field("Status", 10, by_value=True),
    Field("Rows", 11, "number"),
    Field("Rows read", 10, "number"),
    Field("Last read (UTC)", 16, "moment"),
    Field("Source", 32, "muted"),
    Field("Why (weight in log-odds)", 70, "note"),
)
_DATASETS = (
    Field("Dataset", 38, "strong"),
    Field("What", 9),
    Field("Comment", 24, "wrap"),
    Field("Status", 10, by_value=True),
    Field("Columns", 10, "number"),
    Field("With PI", 10, "number"),
    Field("To check", 10, "number"),
    Field("Kinds (columns)", 46, "wrap"),
    Field("Rows", 13, "number"),
    Field("Rows read", 12, "number"),
    Field("How", 26, "wrap"),
    Field("Size", 12, "size"),
    Field("Modified (UTC)", 17, "moment"),
    Field("Last read (UTC)", 17, "moment"),
    Field("Source", 34, "muted"),
    Field("URI", 50, "muted"),
)
_COVERAGE = (
    Field("Source", 40, "muted"),
    Field("Dataset", 40, "strong"),
    Field("Status", 10, by_value=True),
    Field("Why not (wholly) read", 60, "wrap"),
    Field("Warnings", 50, "note"),
    Field("Rows", 13, "number"),
    Field("Rows read", 12, "number"),
    Field("Last attempt (UTC)", 18, "moment"),
    Field("Last read (UTC)", 17, "moment"),
)


def write(inventory: Inventory, stream: BinaryIO) -> None:
    """The current view of an inventory as a workbook."""
    whole = BytesIO()  # small, being packed; a ZIP file that breaks off on a full disk is a mess
    with tempfile.TemporaryDirectory() as folder:
        book = xlsxwriter.Workbook(whole, {**_OPTIONS, "tmpdir": folder})
        try:
            _fill(book, inventory)
            book.close()
        finally:
            _let_go(book)
    stream.write(whole.getbuffer())


def _let_go(book: xlsxwriter.Workbook) -> None:
    """Close the sheets' temporary files, which Python would complain of on a full disk."""
    for sheet in book.worksheets():
        if sheet.row_data_fh:
            with suppress(OSError):
                sheet.row_data_fh.close()


def _fill(book: xlsxwriter.Workbook, inventory: Inventory) -> None:
    book.set_properties({"title": "Personal information census", "comments": "by picensus"})
    book.set_size(2400, 1500)
    styles, tally = style.styles(book), Tally(words.Known(inventory.own_kinds()))
    summary = book.add_worksheet("Summary", Page)
    _write_columns(book, styles, inventory, tally)
    _write_datasets(book, styles, inventory, tally)
    _write_coverage(book, styles, inventory, tally)
    write_summary(summary, styles, book, tally, inventory)


def _write_columns(
    book: xlsxwriter.Workbook, styles: Mapping[str, Format], inventory: Inventory, tally: Tally
) -> None:
    """Every column, those with a verdict first."""
    sheet = Sheet(book, styles, "Columns", _COLUMNS, style.ACCENT, frozen=2)
    for found in (True, False):
        for row in inventory.columns(found=found):
            tally.column(row)
            sheet.add(*_column(row, tally.known))
    sheet.close()


def _column(row: ColumnRow, known: words.Known) -> tuple[Cell, ...]:
    table = f"{row.schema}.{row.table}" if row.schema else row.table
    best, others = (row.verdicts[0], row.verdicts[1:]) if row.verdicts else (None, ())
    also = "\n".join(
        f"{known.title(v.kind)} ({v.level}, {words.percent(v.confidence)})" for v in others
    )
    return (
        *(table, row.path),
        *_verdict(best, known),
        *(also, row.type, row.comment, row.status.value),
        *(row.rows, row.sampled, row.last_read, row.source),
        _why(row, best),
    )


def _why(row: ColumnRow, best: Verdict | None) -> str:
    factors = words.why(best.reasons) if best else ""
    return "; ".join(filter(None, (row.reason if row.gone else "", factors)))


def _verdict(verdict: Verdict | None, known: words.Known) -> tuple[Cell, ...]:
    if verdict is None:
        return (None,) * 9
    entry = known.entry(verdict.kind)
    return (
        known.title(verdict.kind),
        verdict.level.value,
        round(verdict.confidence, 4),  # shown as `words.percent` does
        words.share(verdict.prevalence),
        verdict.state.value,
        verdict.storage if verdict.storage != verdict.state.value else None,
        known.sensitive_under(verdict.kind),
        entry.grade if entry else None,
        entry.identifies if entry else None,
    )


def _write_datasets(
    book: xlsxwriter.Workbook, styles: Mapping[str, Format], inventory: Inventory, tally: Tally
) -> None:
    sheet = Sheet(book, styles, "Datasets", _DATASETS, style.DEEP)
    for row in inventory.datasets():
        tally.datasets_holding += bool(row.holding)
        sheet.add(*_dataset(row, tally.known))
    sheet.close()


def _dataset(row: DatasetRow, known: words.Known) -> tuple[Cell, ...]:
    read = row.last_read is not None
    return (
        f"{row.schema}.{row.name}" if row.schema else row.name,
        *(row.kind, row.comment, row.status.value, row.columns),
        *((row.holding, row.possible) if read or row.holding else (None, None)),
        ", ".join(f"{known.title(kind)} ({number})" for kind, number in row.kinds.items()),
        *(
            row.rows,
            row.sampled,
            row.reason if row.gone else row.how,
            row.size,
            row.modified,
            row.last_read,
        ),
        *(row.source, row.uri),
    )


def _write_coverage(
    book: xlsxwriter.Workbook, styles: Mapping[str, Format], inventory: Inventory, tally: Tally
) -> None:
    """Only what was not wholly read; the totals on the first sheet count everything."""
    sheet = Sheet(book, styles, "Coverage", _COVERAGE, style.SAND, frozen=2)
    for row in inventory.coverage():
        tally.coverage(row)
        if row.gap:
            name = row.name if row.dataset else "(the whole source)"
            warnings = "\n".join(row.warnings)
            reason = row.reason or f"{outcome(row)}, with warnings"
            sheet.add(
                *(row.source, name, row.status.value, reason, warnings),
                *(row.rows, row.sampled, row.seen, row.last_read),
            )
    sheet.close()
    blank = (None,) * 5
    sheet.add(*blank, *blank[1:])
    sheet.add(None, "All datasets", None, tally.said(), *blank)
