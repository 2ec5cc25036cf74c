"""HTML: tables, the text around them, encodings, and workbooks that are pages."""

from pathlib import Path
from typing import Any

import pytest

from connectors.base import Reading, UnreadableData
from connectors.files.base import Files
from connectors.files.page_text import lines
from tests.connectors.contract import one_sentence, read

PAGE = """<!DOCTYPE html><html><head><title>名单</title><meta charset="{codec}">
<meta name="author" content="作者甲"><style>td {{ color: red }}</style>
<script>var a = "<td>1</td>";</script></head><body>
<table><tr><td><table><tr><th>编号</th><th>姓名</th><th>电话</th></tr>
<tr><td>1</td><td>甲&nbsp;&amp; 乙</td><td><b>10000</b>000001</td></tr>
<tr><td>2<td>丙<p>丁</p><td></tr>
</table></td><td>beside</td></tr></table>
<p>第一段<br>second&lt;line<!-- kept note --><div>a <i>b</i>c</div>
<a href="mailto:a@example.com">write</a><input type="hidden" value="in a field">
<ul><li>one<li>two</ul></body></html>"""


def parts_of(path: Path) -> dict[str, Any]:
    files = Files(str(path))
    return {d.name.rpartition("/")[2]: read(files, d, rows=None) for d in files.datasets()}


@pytest.mark.parametrize("codec", ["utf-8", "gb2312", "gbk", "utf-16", "utf-8-sig", "big5"])
def test_tables_and_the_text_around_them(tmp_path: Path, codec: str) -> None:
    said = "utf-8" if codec.startswith("utf") else codec
    text = PAGE.format(codec=said)
    text = text.translate(str.maketrans("单编号电话", "單編號電話")) if codec == "big5" else text
    (tmp_path / "a.html").write_bytes(text.encode(codec))
    found = parts_of(tmp_path / "a.html")
    assert list(found) == ["table 1", "text"]
    rows = [list(row.values()) for row in found["table 1"].to_pylist()]
    assert rows == [["1", "甲 & 乙", "10000000001"], ["2", "丙 丁", None]]
    assert len(found["table 1"].column_names[1]) == 2
    around = found["text"]["line"].to_pylist()
    assert around[1:] == [
        *("作者甲", "beside", "第一段", "second<line kept note", "a bc"),
        *("mailto:a@example.com write in a field", "one", "two"),
    ]


def test_a_page_without_tables_is_lines(tmp_path: Path) -> None:
    (tmp_path / "a.htm").write_text("<p>one<p>two<table><tr><td>x<td>y</table>")
    assert parts_of(tmp_path / "a.htm")["a.htm"]["line"].to_pylist() == ["one", "two", "x\ty"]


def test_a_workbook_that_is_a_page(tmp_path: Path) -> None:
    """As old reporting tools export: full numbers in an attribute, rounded ones in the cell."""
    row = '<tr><td>{}</td><td x:num="1{:010}.0">1E+10</td></tr>'
    cells = "".join(row.format(i, i) for i in range(9000))
    text = f"<html xmlns:x='urn:x'><table><tr><td>id</td><td>电话</td></tr>{cells}</table></html>"
    (tmp_path / "a.xls").write_bytes(text.encode("gbk"))
    found = parts_of(tmp_path / "a.xls")
    assert list(found) == ["table 1"]
    table = found["table 1"]
    assert table.column_names == ["id", "电话"]
    assert [int(v) for v in table["id"].to_pylist()] == list(range(9000))
    assert table["电话"][7].as_py() == "10000000007"


def test_cells_that_span(tmp_path: Path) -> None:
    text = "<table><tr><th>组<th>名<th>数</tr><tr><td rowspan=2>甲<td>a<td>1</tr>"
    text += "<tr><td colspan=2>b</tr><tr><td>乙<td>c<td>2<td>over</tr></table>"
    (tmp_path / "a.html").write_text(text)
    rows = [list(r.values()) for r in parts_of(tmp_path / "a.html")["table 1"].to_pylist()]
    assert rows == [
        ["甲", "a", "1", None],
        ["甲", "b", None, None],
        ["乙", "c", "2", "over"],
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", []),
        ("<table><tr><td>never closed", ["never closed"]),
        ("</table></tr></td>x</p>", ["x"]),
        ("<td>cell without table", ["cell without table"]),
        ("<<<>&#0;&unknown; a", ["<<<>\ufffd&unknown; a"]),
        ("<table><tr><td colspan=99999999>x<td rowspan=-1>y</table>", None),
    ],
)
def test_broken_markup(text: str, said: list[str] | None) -> None:
    found = list(lines(text))
    assert said is None or found == said


def test_what_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(bytes(range(256)) * 9)
    files = Files(str(tmp_path))
    (dataset,) = files.datasets()
    with pytest.raises(UnreadableData, match="binary data") as caught:
        read(files, dataset)
    one_sentence(str(caught.value))


def test_a_table_that_vanished(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<table><tr><td>a<td>b<tr><td>1<td>2</table>")
    files = Files(str(tmp_path))
    (dataset,) = files.datasets()
    (tmp_path / "a.html").write_text("<p>nothing")
    with pytest.raises(UnreadableData, match="no table of that name"):
        read(files, dataset, Reading())
