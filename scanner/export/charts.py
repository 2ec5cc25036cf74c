"""The charts of the first sheet; they draw on its tables."""

import xlsxwriter
from xlsxwriter.chart import Chart

from scanner.export import style
from scanner.export.tally import OUTCOMES

CHART_ROWS = 16
_IN_CHART = 12  # kinds
_COLOURS = (style.DEEP, style.ACCENT, style.GREY, style.SAND, style.ROSE)  # of the outcomes


def kind_chart(book: xlsxwriter.Workbook, first: int, number: int) -> Chart:
    """Bars of the most frequent kinds, from the first row of their table."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    last = first + min(number, _IN_CHART) - 1
    for column, name, colour in ((4, "certain", style.DEEP), (5, "likely", style.PALE)):
        chart.add_series(
            {
                "name": name,
                "categories": ["Summary", first, 1, last, 1],
                "values": ["Summary", first, column, last, column],
                "fill": {"color": colour},
                "gap": 45,
            }
        )
    small = {"name": "Arial", "size": 9, "color": style.INK}
    chart.set_y_axis(
        {"reverse": True, "crossing": "max", "num_font": small, "line": {"color": style.RULE}}
    )
    chart.set_x_axis(
        {"num_font": small, "line": {"none": True}, "major_gridlines": _thin(), "num_format": "0"}
    )
    _dress(chart, "Columns by kind 各类型字段数", 620)
    return chart


def outcome_chart(book: xlsxwriter.Workbook, first: int) -> Chart:
    """A ring of what became of the datasets, from the first row of their table."""
    chart = book.add_chart({"type": "doughnut"})
    last = first + len(OUTCOMES) - 1
    chart.add_series(
        {
            "name": "Datasets",
            "categories": ["Summary", first, 1, last, 1],
            "values": ["Summary", first, 2, last, 2],
            "points": [{"fill": {"color": colour}} for colour in _COLOURS],
        }
    )
    chart.set_hole_size(62)
    _dress(chart, "Datasets by outcome 覆盖情况", 420)
    return chart


def _thin() -> dict[str, object]:
    return {"visible": True, "line": {"color": style.RULE, "width": 0.5}}


def _dress(chart: Chart, title: str, width: int) -> None:
    font = {"name": "Arial", "size": 11, "bold": True, "color": style.DEEP}
    chart.set_title({"name": title, "name_font": font, "overlay": False})
    chart.set_legend({"position": "bottom", "font": {"name": "Arial", "size": 9}})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": width, "height": 20 * CHART_ROWS - 10})
