"""One list in a workbook: a heading, then rows that are written as they come."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from scanner.export.style import RIGHT
from scanner.export.words import printable

Cell = str | int | float | datetime | None

LAST_ROW = 1_048_575  # of a worksheet, counted from 0
_LONGEST = 32_767  # UTF-16 units in a cell
_A3 = 8
_ESCAPE = re.compile("_(?=x[0-9a-fA-F]{4}_)")
_WRAPPED = frozenset({"wrap", "note"})
_HIGHEST = 8  # lines of a row


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the list. `by_value`: each cell's text names its style, as "failed" does."""

    heading: str
    width: float
    style: str = "text"
    by_value: bool = False


class Page(Worksheet):  # type: ignore[misc]
    """A worksheet in which `_x005F_x0041_` survives, where two escapes share a `_`."""

    @staticmethod
    def _escape_control_characters(data: object) -> object:
        # XlsxWriter's own pattern takes the shared `_` for the first and leaves the second bare.
        return _ESCAPE.sub("_x005F_", data) if isinstance(data, str) else data


class Sheet:
    """A worksheet with frozen headings and a filter; goes on in a next one where it is full."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        styles: Mapping[str, Format],
        name: str,
        fields: Sequence[Field],
        colour: str,
        frozen: int = 1,
        last_row: int = LAST_ROW,
    ) -> None:
        self._book, self._styles, self._name, self._fields = book, styles, name, fields
        self._colour, self._frozen, self._last_row = colour, frozen, last_row
        self._pages = 0
        self._turn()

    def add(self, *cells: Cell) -> None:
        """Writes one row; None and "" leave a cell empty."""
        if self._row > self._last_row:
            self.close()
            self._turn()
        self._raise_row(cells)
        for place, (field, cell) in enumerate(zip(self._fields, cells, strict=True)):
            if cell is not None and cell != "":
                style = self._styles[str(cell) if field.by_value else field.style]
                put(self._page, self._row, place, cell, style)
        self._row += 1

    def close(self) -> None:
        """Sets the filter over what was written; a row added after an empty one stands below."""
        self._page.autofilter(0, 0, max(self._row - 1, 1), len(self._fields) - 1)

    def _raise_row(self, cells: Sequence[Cell]) -> None:
        """Makes the row as high as its wrapped texts, which not every program does by itself."""
        wrapped = (
            height(cell, field.width)
            for field, cell in zip(self._fields, cells, strict=True)
            if field.style in _WRAPPED and isinstance(cell, str)
        )
        lines = min(max(wrapped, default=1), _HIGHEST)
        if lines > 1:
            self._page.set_row(self._row, 13 * lines + 2)

    def _turn(self) -> None:
        self._pages += 1
        name = self._name if self._pages == 1 else f"{self._name} {self._pages}"
        page = self._page = self._book.add_worksheet(name, Page)
        page.set_tab_color(self._colour)
        page.freeze_panes(1, self._frozen)
        page.set_row(0, 32)
        for place, field in enumerate(self._fields):
            page.set_column(place, place, field.width)
            heading = "heading right" if field.style in RIGHT else "heading"
            page.write_string(0, place, field.heading, self._styles[heading])
        printed(page, name, _A3)
        page.repeat_rows(0)
        self._row = 1


def height(text: str, width: float) -> int:
    """How many lines a text takes in a column; a Han character, of three bytes, is two wide."""
    wide = ((len(line) + len(line.encode("utf-8", "replace"))) / 2 for line in text.split("\n"))
    return sum(max(1, ceil(length / (1.06 * width))) for length in wide)


def printed(page: Worksheet, name: str, paper: int) -> None:
    """Prints a worksheet across, as wide as the paper."""
    page.set_landscape()
    page.set_paper(paper)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.set_footer(f"&L&8picensus: {name}&R&8&P / &N")


def put(
    page: Worksheet, row: int, column: int, cell: str | int | float | datetime, style: Format
) -> None:
    """Writes one cell as what it is; text stays text, whatever it looks like."""
    if isinstance(cell, datetime) and cell.year < 1900:  # before a workbook's time
        cell = cell.isoformat()
    if isinstance(cell, str):
        page.write_string(row, column, literal(cell), style)
    elif isinstance(cell, datetime):
        page.write_datetime(row, column, cell.replace(tzinfo=None), style)
    else:
        page.write_number(row, column, cell, style)


def literal(text: str) -> str:
    """The text as a cell can hold it: printable, and cut to the longest that a cell may be."""
    text = printable(text)
    if 2 * len(text) > _LONGEST:
        units = text.encode("utf-16-le")
        if len(units) > 2 * _LONGEST:
            text = units[: 2 * (_LONGEST - 1)].decode("utf-16-le", "ignore") + "…"
    # XlsxWriter would take this for ready-made XML of a rich string; a space after it does not.
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
