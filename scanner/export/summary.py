"""The first sheet: the figures, two charts, what was found by kind, and how far it was read."""

from collections.abc import Mapping, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from scanner.export import style, tally
from scanner.export.charts import CHART_ROWS, kind_chart, outcome_chart
from scanner.export.sheet import Cell, height, literal, printed, put
from scanner.export.tally import OUTCOMES, Tally
from scanner.inventory.rows import ScanRow
from scanner.inventory.store import Inventory
from scanner.model import Level, Status

_WIDTHS = (2, 32, 12, 12, 12, 12, 12, 32, 13, 15)  # of columns A to J
_LAST = len(_WIDTHS) - 1
_LISTED = 30  # sources
_NEWEST = 5  # scans
_SCAN = ((1, 1), (2, 3), (4, 5), (6, 6), (7, 9))  # first and last column of each of its cells
_A4 = 9
_NOTES = (
    "A column counts as personal information (PI) where a kind is likely (confidence 60 % or more) "
    "or certain (90 %). What is only possible (30 %) is listed to be checked and not counted.",
    "The share of values is the 95 % interval of how many values that are neither null nor blank "
    "hold the kind (placeholders such as 无 do not); it is empty where only the header speaks.",
    "Unread is not clean: what was skipped or failed stands in Coverage, and its earlier verdicts, "
    "if any, stay listed with the date when it was last read.",
    "No value from the data is in this file.",
)


def write_summary(
    page: Worksheet,
    styles: Mapping[str, Format],
    book: xlsxwriter.Workbook,
    totals: Tally,
    inventory: Inventory,
) -> None:
    """Writes the sheet from the totals; the charts draw on its tables."""
    pen = _Pen(page, styles)
    pen.set_up()
    scans = list(inventory.scans())
    _title(pen, scans, inventory)
    _figures(pen, totals)
    top = pen.row + 1
    pen.row += CHART_ROWS
    kinds = _kinds(pen, totals)
    outcomes = _coverage(pen, totals)
    _sources(pen, inventory)
    _scans(pen, scans)
    pen.section("How to read this 说明")
    for note in _NOTES:
        pen.wide(note, "note", 14 * height(note, sum(_WIDTHS[1:])) + 3)
    if totals.kinds:
        page.insert_chart(top, 1, kind_chart(book, kinds, len(totals.kinds)), {"x_offset": 2})
    if totals.datasets:
        page.insert_chart(top, 7, outcome_chart(book, outcomes))
    page.activate()


class _Pen:
    """Writes the sheet from top to bottom."""

    def __init__(self, page: Worksheet, styles: Mapping[str, Format]) -> None:
        self.page, self.styles, self.row = page, styles, 0

    def set_up(self) -> None:
        self.page.hide_gridlines(2)
        self.page.set_tab_color(style.DEEP)
        for place, width in enumerate(_WIDTHS):
            self.page.set_column(place, place, width)
        printed(self.page, "Summary", _A4)

    def wide(self, text: str, name: str, height: float) -> None:
        """One text across the sheet."""
        self.page.set_row(self.row, height)
        self.page.merge_range(self.row, 1, self.row, _LAST, "", self.styles[name])
        self.page.write_string(self.row, 1, literal(text), self.styles[name])
        self.row += 1

    def section(self, heading: str) -> None:
        self.row += 1
        self.wide(heading, "section", 24)

    def line(self, cells: Sequence[Cell], names: Sequence[str], first: int = 1) -> None:
        """A row of cells, each with its style."""
        for place, (cell, name) in enumerate(zip(cells, names, strict=True), first):
            put(self.page, self.row, place, "" if cell is None else cell, self.styles[name])
        self.row += 1


def _title(pen: _Pen, scans: Sequence[ScanRow], inventory: Inventory) -> None:
    pen.wide("Personal information census 个人信息普查", "title", 40)
    newest = scans[0] if scans else None
    made = f"scan {newest.id} of {newest.started:%Y-%m-%d %H:%M} UTC" if newest else "no scan yet"
    by = f" · picensus {newest.version}" if newest else ""
    number = sum(1 for _ in inventory.sources())
    sources = "1 source" if number == 1 else f"{number:,} sources"
    pen.wide(f"As of {made} · {sources}{by}", "subtitle", 22)
    pen.row += 1


def _figures(pen: _Pen, totals: Tally) -> None:
    """Five large figures, each over its caption."""
    unread = totals.outcomes[tally.FAILED] + totals.outcomes[tally.SKIPPED] + totals.sources_failed
    figures: tuple[tuple[int, int, int, str, str], ...] = (
        (1, 1, totals.holding, "columns with PI 含个人信息字段", "figure"),
        (2, 3, totals.columns, "columns 字段", "figure"),
        (4, 6, totals.datasets, f"datasets 数据集, {totals.datasets_holding:,} with PI", "figure"),
        (7, 7, totals.sensitive, "columns with sensitive PI 敏感", "alarm"),
        (8, 9, unread, "not read 未读取", "alarm" if unread else "figure"),
    )
    for tall, write in ((36, True), (20, False)):
        pen.page.set_row(pen.row, tall)
        for first, last, number, caption, name in figures:
            cell, look = (number, pen.styles[name]) if write else (caption, pen.styles["caption"])
            _across(pen, first, last, cell, look)
        pen.row += 1


def _across(pen: _Pen, first: int, last: int, cell: Cell, look: Format) -> None:
    """One cell over several columns."""
    if last > first:
        pen.page.merge_range(pen.row, first, pen.row, last, "", look)
    if cell is not None:
        put(pen.page, pen.row, first, cell, look)


def _kinds(pen: _Pen, totals: Tally) -> int:
    """The table by kind; its first row."""
    pen.section("Personal information by kind 按类型")
    headings = ("Kind 类型", "Columns", "Datasets", "Certain", "Likely", "To check")
    more = ("Sensitive under", "JR/T 0171", "Identifies")
    pen.line((*headings, *more), ("column", *["column number"] * 5, *["column"] * 3))
    first = pen.row
    for kind, found in totals.ranked():
        entry, levels = totals.known.entry(kind), found.levels
        under = totals.known.sensitive_under(kind)
        numbers = (levels[Level.CERTAIN], levels[Level.LIKELY], levels[Level.POSSIBLE])
        said = (entry.grade, entry.identifies) if entry else (None, None)
        pen.line(
            (totals.known.title(kind), found.held, len(found.datasets), *numbers, under, *said),
            ("line", *["line number"] * 5, "line alarm", "line", "line"),
        )
    if totals.kinds:
        bar = {"type": "data_bar", "bar_color": style.PALE, "bar_solid": True, "min_value": 0}
        pen.page.conditional_format(first, 2, pen.row - 1, 2, {**bar, "min_type": "num"})
    else:
        pen.wide("None was found in what was read.", "note", 18)
    return first


def _coverage(pen: _Pen, totals: Tally) -> int:
    """The table by outcome; its first row."""
    pen.section("Coverage 覆盖情况")
    pen.line(("Datasets", "Number", "Share"), ("column", "column number", "column number"))
    first, every = pen.row, max(totals.datasets, 1)
    for name in OUTCOMES:
        number = totals.outcomes[name]
        pen.line((name, number, number / every), ("line", "line number", "line percent"))
    pen.line(("all", totals.datasets), ("column", "column number"))
    pen.line(("sources that could not be listed", totals.sources_failed), ("line", "line number"))
    pen.line(("columns that were not read", totals.unread), ("line", "line number"))
    return first


def _sources(pen: _Pen, inventory: Inventory) -> None:
    pen.section("Sources 数据源")
    listed = more = 0
    for row in inventory.sources():
        if listed == _LISTED:
            more += 1
            continue
        listed += 1
        failed = f"could not be listed: {row.reason}" if row.status is Status.FAILED else ""
        pen.wide(f"{row.uri}   {failed}".rstrip(), "line alarm" if failed else "line", 16)
    if more:
        pen.wide(f"and {more:,} more", "note", 16)


def _scans(pen: _Pen, scans: Sequence[ScanRow]) -> None:
    pen.section("Newest scans 最近扫描")
    _scan(
        pen, ("Scan", "Started (UTC)", "Finished (UTC)", "Status", "Settings"), "column", "column"
    )
    for scan in scans[:_NEWEST]:
        settings = ", ".join(f"{name} {value}" for name, value in _brief(scan.settings))
        cells = (f"{scan.id}, picensus {scan.version}", scan.started, scan.finished)
        _scan(pen, (*cells, scan.status, settings), "line", "line moment")


def _scan(pen: _Pen, cells: Sequence[Cell], name: str, moment: str) -> None:
    names = (name, moment, moment, name, name)
    for cell, look, (first, last) in zip(cells, names, _SCAN, strict=True):
        _across(pen, first, last, cell, pen.styles[look])
    pen.row += 1


def _brief(settings: Mapping[str, object]) -> list[tuple[str, object]]:
    """The settings that are one number or one yes."""
    return [(k, v) for k, v in settings.items() if isinstance(v, bool | int | float)]
