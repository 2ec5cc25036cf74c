"""The look of a workbook: calm, one accent, warm colours only for what needs attention."""

from collections.abc import Mapping
from types import MappingProxyType

import xlsxwriter
from xlsxwriter.format import Format

INK, MUTED, DEEP, ACCENT, MIST = "#22333B", "#6B7C85", "#1F4E5F", "#3A8A94", "#F2F6F7"
PALE, ROSE, SAND, GREY = "#8EC3C5", "#C4574B", "#D9B36C", "#C9D3D7"
RULE = "#DCE4E7"

RIGHT = frozenset({"number", "percent", "right", "size"})  # styles that stand at the right

_CELL = {
    "font_name": "Arial",
    "font_size": 10,
    "font_color": INK,
    "valign": "top",
    "align": "left",
    "indent": 1,
}
_HEADING = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": DEEP,
    "text_wrap": True,
    "valign": "vcenter",
    "left": 1,
    "left_color": ACCENT,
}
_LINE = {"bottom": 1, "bottom_color": RULE}
_TOP = {"bold": True, "font_color": MUTED, "bottom": 1, "bottom_color": MUTED}
_TINTS = {  # text and ground, for a level, a status, or what is sensitive
    "certain": ("#0B5A4C", "#D5EDE6"),
    "likely": ("#245E6B", "#E1F0F3"),
    "possible": ("#7A6424", "#FAF3DD"),
    "read": (MUTED, None),
    "empty": (MUTED, None),
    "skipped": ("#7A6424", "#FAF3DD"),
    "failed": ("#A3281E", "#FBE4E0"),
    "sensitive": ("#A3281E", "#FDF0EE"),
}
# Excel rounds half a percent up, as `words.percent` does.
_PERCENT = '[=0]0 %;[<0.01]"<1 %";0 %'
_OWN: Mapping[str, Mapping[str, object]] = {
    "text": {},
    "strong": {"bold": True},
    "muted": {"font_color": MUTED},
    "wrap": {"text_wrap": True},
    "note": {"text_wrap": True, "font_color": MUTED},
    "number": {"num_format": "#,##0", "align": "right", "indent": 0},
    "percent": {"num_format": _PERCENT, "align": "right", "indent": 0},
    "right": {"align": "right", "indent": 0},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
    "size": {
        "align": "right",
        "indent": 0,
        "num_format": '[<1000000]0.0,"  kB";[<1000000000]0.0,,"  MB";0.0,,,"  GB"',
    },
    "heading": _HEADING,
    "heading right": {**_HEADING, "align": "right", "indent": 0},
    "title": {"bold": True, "font_size": 20, "font_color": "#FFFFFF", "bg_color": DEEP},
    "subtitle": {"font_color": "#D8E7EA", "bg_color": DEEP},
    "figure": {"bold": True, "font_size": 22, "font_color": DEEP, "bg_color": MIST},
    "alarm": {"bold": True, "font_size": 22, "font_color": ROSE, "bg_color": MIST},
    "caption": {"font_color": MUTED, "bg_color": MIST},
    "section": {
        "bold": True,
        "font_size": 13,
        "font_color": DEEP,
        "bottom": 2,
        "bottom_color": DEEP,
    },
    "line": _LINE,
    "line number": {**_LINE, "num_format": "#,##0", "align": "right", "indent": 0},
    "line percent": {**_LINE, "num_format": _PERCENT, "align": "right", "indent": 0},
    "line alarm": {**_LINE, "font_color": "#A3281E"},
    "line moment": {**_LINE, "num_format": "yyyy-mm-dd hh:mm"},
    "column": _TOP,
    "column number": {**_TOP, "align": "right", "indent": 0},
}
_CENTRED = {"title", "subtitle", "figure", "alarm", "caption", "section"}


def styles(book: xlsxwriter.Workbook) -> Mapping[str, Format]:
    """Every cell format by its name."""
    made: dict[str, Format] = {}
    for name, own in _OWN.items():
        middle = {"valign": "vcenter"}
        made[name] = book.add_format({**_CELL, **own, **(middle if name in _CENTRED else {})})
    for name, (text, ground) in _TINTS.items():
        tint = {"font_color": text} | ({"bg_color": ground} if ground else {})
        made[name] = book.add_format({**_CELL, **tint})
    return MappingProxyType(made)
