"""What an HTML page says: its tables as rows, everything else as lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_LINES = {
    "address", "article", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl",
    "dt", "fieldset", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header",
    "hr", "html", "li", "main", "nav", "ol", "option", "p", "pre", "section", "select", "table",
    "tbody", "textarea", "tfoot", "thead", "title", "tr", "ul",
}  # fmt: skip
_SILENT = {"script", "style", "template"}
_SPOKEN = ("value", "alt", "title", "placeholder", "content")  # attributes that hold text
_TO = ("mailto:", "tel:", "sms:")
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_WIDEST = 1000  # cells that one may span


@dataclass(slots=True)
class Row:
    """The cells of a row of a table, whose number counts the tables of a page."""

    table: int
    cells: list[str]


@dataclass(slots=True)
class _Table:
    number: int
    cells: list[str] | None = None
    cell: list[str] | None = None
    span: tuple[int, int] = (1, 1)
    below: dict[int, tuple[int, str]] = field(default_factory=dict)  # cells that span rows


class Page(HTMLParser):
    """Feed it the page; `taken` gives what is complete: rows of tables, and lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._done: list[Row | str] = []
        self._line: list[str] = []
        self._tables: list[_Table] = []
        self._silent = 0
        self.tables = 0
        self.nesting: set[int] = set()  # tables that hold others

    def taken(self) -> Iterator[Row | str]:
        """What was completed since it was asked for last."""
        done, self._done = self._done, []
        yield from done

    def close(self) -> None:
        """The end of the page."""
        super().close()
        while self._tables:
            self._end_table()
        self._break()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """What begins."""
        said = dict(attrs)
        if tag in _SILENT:
            self._silent += 1
        if tag in _LINES:
            self._break()
        if tag == "table":
            self.nesting.update(table.number for table in self._tables)
            self._tables.append(_Table(self.tables))
            self.tables += 1
        elif tag == "tr" and self._tables:
            self._end_row()
            self._tables[-1].cells = []
        elif tag in {"td", "th"} and self._tables:
            self._begin_cell(said)
        self._spoken(tag, said)

    def handle_endtag(self, tag: str) -> None:
        """What ends."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if tag == "table" and self._tables:
            self._end_table()
        elif tag == "tr" and self._tables:
            self._end_row()
        elif tag in {"td", "th"} and self._tables:
            self._end_cell()
        if tag in _LINES:
            self._break()

    def handle_data(self, data: str) -> None:
        """Text."""
        if not self._silent:
            self._put(data)

    def handle_comment(self, data: str) -> None:
        """A remark, which no browser shows; without the conditional ones of Office."""
        if not data.lstrip().startswith("[") and not self._silent:
            self._put(f" {re.sub(r'<[^>]*>', ' ', data)} ")

    def _spoken(self, tag: str, said: dict[str, str | None]) -> None:
        """Texts in attributes, and whom a link writes to or calls."""
        target = said.get("href") or ""
        if target.lower().startswith(_TO):
            self._put(f" {target} ")
        if tag in {"input", "img", "meta", "option", "area"} or "title" in said:
            for name in _SPOKEN:
                if text := said.get(name):
                    self._put(f" {text} ")

    def _put(self, text: str) -> None:
        cell = self._tables[-1].cell if self._tables else None
        (self._line if cell is None else cell).append(text)

    def _break(self) -> None:
        cell = self._tables[-1].cell if self._tables else None
        if cell is not None:
            cell.append(" ")
        elif text := _plain(self._line):
            self._done.append(text)
        self._line = [] if cell is None else self._line

    def _begin_cell(self, said: dict[str, str | None]) -> None:
        self._end_cell()
        table = self._tables[-1]
        table.cells = [] if table.cells is None else table.cells
        table.cell, table.span = [], (_count(said, "colspan"), _count(said, "rowspan"))
        if number := said.get("x:num"):  # what Excel rounds in the text of the cell
            table.cell.append(number.removesuffix(".0"))
            table.span = (*table.span[:1], -table.span[1])

    def _end_cell(self) -> None:
        table = self._tables[-1]
        if table.cell is None or table.cells is None:
            return
        exact = table.span[1] < 0
        text = table.cell[0] if exact else _plain(table.cell)
        self._fill(table)
        rows = abs(table.span[1])
        for number in range(table.span[0]):
            if rows > 1:
                table.below[len(table.cells)] = rows - 1, "" if number else text
            table.cells.append("" if number else text)
        table.cell = None

    def _fill(self, table: _Table) -> None:
        """Put the cells of rows above that reach down to here."""
        assert table.cells is not None  # noqa: S101 (for mypy)
        while held := table.below.pop(len(table.cells), None):
            rows, text = held
            if rows > 1:
                table.below[len(table.cells)] = rows - 1, text
            table.cells.append(text)

    def _end_row(self) -> None:
        self._end_cell()
        table = self._tables[-1]
        if table.cells:
            self._fill(table)
            self._done.append(Row(table.number, table.cells))
        table.cells = None

    def _end_table(self) -> None:
        self._end_row()
        self._tables.pop()


def _plain(texts: list[str]) -> str:
    return _SPACES.sub(" ", "".join(texts)).strip()


def _count(said: dict[str, str | None], name: str) -> int:
    text = said.get(name) or "1"
    return min(max(int(text), 1), _WIDEST) if text.isascii() and text.isdigit() else 1


def lines(text: str) -> Iterator[str]:
    """The lines of a whole page; a row of a table is one, its cells apart by tabs."""
    page = Page()
    page.feed(text)
    page.close()
    for one in page.taken():
        yield one if isinstance(one, str) else "\t".join(one.cells)
