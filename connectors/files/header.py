"""Where the header of a table stands, if it has one, and names that are fit to be shown."""

import re
from collections.abc import Sequence

# A cell that is more likely a value than a name: a number, or long digits, or an address.
_VALUE = re.compile(r"[-+]?[\d.,:/ -]*\d[\d.,:/ -]*%?|.*\d{5}.*|.*@.*\..*", re.DOTALL)
_WORD = re.compile(
    r"姓名|名称|名字|编号|号码|电话|手机|联系|地址|住址|日期|时间|生日|性别|民族|籍贯|学历|证件|证号|身份证|"
    r"年龄|邮箱|备注|类型|类别|状态|单位|部门|金额|序号|代码|学校|班级|城市|省份|户籍|账号|卡号|职务|职业|"
    r"姓名|名稱|編號|號碼|電話|手機|聯絡|地區|類型|狀態|單位|部門|金額|序號|"
    r"(?i:\b|_)(?i:id|no|name|phone|mobile|tel|email|mail|address|addr|date|time|type|code|status|"
    r"city|age|sex|gender|birthday|user|remark|number|title|value|key|amount|count|desc)(?i:\b|_)"
)
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_LOOK = 100  # rows compared
_FAR = 10  # a header stands within the first ten rows
_LENGTH = 120  # characters of a name

Rows = Sequence[Sequence[str]]


def header_row(rows: Rows) -> tuple[int, bool]:
    """The first row of the table proper, and whether it is a header; titles stand above it."""
    rows = [[cell[:_LENGTH] for cell in row] for row in rows[:_LOOK]]
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    if not any(filled):
        return 0, False
    usual = sorted(filled)[len(filled) // 2] or max(filled)
    first = next((i for i, n in enumerate(filled[:_FAR]) if n >= max(1, 0.6 * usual)), 0)
    return first, _is_header(rows[first], rows[first + 1 :])


def _is_header(row: Sequence[str], below: Rows) -> bool:
    cells = [cell.strip() for cell in row]
    named = [cell for cell in cells if cell]
    votes = sum(
        _vote(cell, [other[i].strip() for other in below if i < len(other)])
        for i, cell in enumerate(cells)
        if cell
    )
    unique = len(set(named)) == len(named)
    return votes > 0 or (not votes and unique and all(map(_IDENTIFIER.fullmatch, named)))


def _vote(cell: str, below: Sequence[str]) -> int:
    """Does the first cell of a column look unlike those below it, and like a name?"""
    values = [value for value in below if value]
    if _VALUE.fullmatch(cell):
        return -2
    alike = sum(_VALUE.fullmatch(value) is not None for value in values)
    votes = 1 if values and alike >= 0.8 * len(values) else 0
    if cell in values:
        votes -= 2
    if _WORD.search(cell):
        votes += 2
    return votes


def is_value(name: str) -> bool:
    """True where a name would show a value: a long number or an e-mail address."""
    return re.search(r"\d{8}|\S@\S+\.", name) is not None


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
