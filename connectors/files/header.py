"""Where the header of a table stands, if it has one, and names that are fit to be shown."""

import re
from collections.abc import Sequence

from connectors.files.header_words import HAN, LATIN

# A cell that is more likely a value than a name: a number, or long digits, or an e-mail address.
_VALUE = re.compile(r"[-+]?[\d.,:/ -]*\d[\d.,:/ -]*%?|.*\d{5}.*|.*@.*\..*", re.DOTALL)
_PLACEHOLDER = re.compile(
    r"未填写?|未知|不详|暂无|没有|无|空|(?i:null|none|nan|n/?a|nil|unknown)|[-—/\\*?]+"
)
_HAN = r"[\u3400-\u9fff]"
_PERIOD = r"[年月日季周期级届天]|个月|岁|季度"  # `2021年收入`, `1月` are names
_NUMBERED = re.compile(rf"\d(?!\d|{_PERIOD}){_HAN}|\d{{3,}}(?={_HAN})(?!{_PERIOD})")
_ADDRESS = re.compile(
    rf"[\d一二三四五六七八九十](?:号|室|栋|幢|弄|楼|层|单元|座|组|队)|{_HAN}(?:路|街|道|巷|弄|村)\d"
    rf"|{_HAN}{{2}}[省市区县]{_HAN}{{2,}}(?:区|县|路|街|道|镇|乡|村|花园|小区|新村|公寓)"
)
_EXPLAINED = re.compile(r"[(（\[【:：\n]")  # what follows explains a name
_HEAD = re.compile(HAN)
_HAN_RUN, _LATIN_RUN = re.compile(f"{_HAN}+"), re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_LOOK = 100  # rows compared
_FAR = 10  # a header stands within the first ten rows
_LENGTH = 120  # characters of a name
_LONG = 20  # characters from which a Chinese cell is a value
_WORDS = 5  # from which a Latin one is a sentence

Rows = Sequence[Sequence[str]]


def header_row(rows: Rows) -> tuple[int, int]:
    """The first row of the table proper, and how many rows of header it begins with, up to two.

    Titles stand above it.
    """
    rows = [[cell[:_LENGTH] for cell in row] for row in rows[:_LOOK]]
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    if not any(filled):
        return 0, 0
    usual = sorted(filled)[len(filled) // 2] or max(filled)
    first = next((i for i, n in enumerate(filled[:_FAR]) if n >= max(1, 0.6 * usual)), 0)
    if not _is_header(rows[first], rows[first + 1 :]):
        return first, 0
    return first, 2 if _goes_on(rows[first + 1 :]) else 1


def header_cells(rows: Rows) -> list[str]:
    """The cells of a header, those of its second row behind those of its first."""
    cells: list[str] = []
    for i in range(max(map(len, rows), default=0)):
        parts = [row[i].strip() for row in rows if i < len(row)]
        cells.append(" ".join(dict.fromkeys(part for part in parts if part)))
    return cells


def _goes_on(rows: Rows) -> bool:
    """Is the row below a header one too: names for the most part, which no row repeats?"""
    cells = [cell.strip() for cell in rows[0]] if len(rows) > 1 else []
    named = [cell for cell in cells if cell]
    if len(named) < max(2, len(cells) // 2) or len(set(named)) < len(named):
        return False
    below = {cell.strip() for row in rows[1:] for cell in row}
    known = sum(map(_is_known, named))
    no_values = not any(_VALUE.fullmatch(c) or _PLACEHOLDER.fullmatch(c) for c in named)
    return known >= max(2, 0.6 * len(named)) and no_values and not below & set(named)


def _is_header(row: Sequence[str], below: Rows) -> bool:
    cells = [cell.strip() for cell in row]
    named = [cell for cell in cells if cell]
    votes = sum(
        _vote(cell, [other[i].strip() for other in below if i < len(other)])
        for i, cell in enumerate(cells)
        if cell
    )
    if votes or len(set(named)) != len(named) or not all(map(_IDENTIFIER.fullmatch, named)):
        return votes > 0
    return _differs(cells, below)


def _differs(cells: Sequence[str], below: Rows) -> bool:
    """Is some column below a row of Latin words made of anything but such words?

    A row of words over rows of words (`zhangsan,wangwu`) is one of them.
    """
    for i, cell in enumerate(cells):
        values = [row[i].strip() for row in below if i < len(row) and row[i].strip()]
        other = sum(_IDENTIFIER.fullmatch(value) is None for value in values)
        if cell and values and other >= 0.8 * len(values):
            return True
    return False


def _vote(cell: str, below: Sequence[str]) -> int:
    """Does the first cell of a column look unlike those below it, and like a name?"""
    values = [value for value in below if value]
    if _VALUE.fullmatch(cell) or _PLACEHOLDER.fullmatch(cell):
        return -2
    bare = _EXPLAINED.split(cell, maxsplit=1)[0] or cell
    known = _is_known(bare)
    if not known and (_ADDRESS.search(bare) or _NUMBERED.search(bare) or _is_long(bare)):
        return -2
    alike = sum(_VALUE.fullmatch(value) is not None for value in values)
    votes = 1 if values and alike >= 0.8 * len(values) else 0
    if cell in values:
        votes -= 2
    return votes + 2 * known


def _is_known(cell: str) -> bool:
    """Does a whole token of a short cell end as names of columns do?"""
    if _is_long(cell) or (_ADDRESS.search(cell) and re.search(r"\d", cell)):
        return False
    if any(map(_HEAD.fullmatch, _HAN_RUN.findall(cell))):
        return _NUMBERED.search(cell) is None
    return any(token.lower() in LATIN for token in _LATIN_RUN.findall(cell))


def _is_long(cell: str) -> bool:
    if _HAN_RUN.search(cell):
        return len(cell) > _LONG
    return len(cell.split()) > _WORDS


def is_value(name: str) -> bool:
    """True where a name would show a value: a long number or an e-mail address."""
    return re.search(r"\d{8}|\S@\S+\.|^\d{5,}$", name) is not None


def unique_names(cells: Sequence[str], width: int) -> list[str]:
    """`width` names: empty and repeated ones, and what looks like a value, become `column_3`."""
    names: list[str] = []
    for i in range(width):
        cell = " ".join(cells[i].split())[:_LENGTH] if i < len(cells) else ""
        name = cell if cell and not is_value(cell) else f"column_{i + 1}"
        if name in names:
            name = f"column_{i + 1}"
        while name in names:
            name += "_"
        names.append(name)
    return names
