"""Workbooks of every maker: hidden sheets, notes, cells far apart, damage."""

import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt

from connectors.base import Reading, UnreadableData
from connectors.files.base import Files
from tests.connectors.contract import ids, one_sentence, read
from tests.connectors.test_files import table_of, workbook

ROWS = [["id", "姓名", "手机"], [1, "甲", 10000000001], [2, "乙", "00123"]]
GIVEN = {"id": ["1", "2"], "姓名": ["甲", "乙"], "手机": ["10000000001", "00123"]}


def xls(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一")
    for i, row in enumerate(ROWS):
        for j, cell in enumerate(row):
            sheet.write(i, j, cell)
    book.add_sheet("藏").visibility = 2
    book.save(str(path))


def ods(path: Path, rows: str = "") -> None:
    cells = rows or "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="float" office:value="{c}"/>'
            if isinstance(c, int)
            else f'<table:table-cell office:value-type="string"><text:p>{c}</text:p>'
            "</table:table-cell>"
            for c in row
        )
        + "</table:table-row>"
        for row in ROWS
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    text = (
        f'<office:document-content xmlns:office="{space}:office:1.0"'
        f' xmlns:table="{space}:table:1.0" xmlns:text="{space}:text:1.0">'
        "<office:body><office:spreadsheet>"
        f'<table:table table:name="一">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", text)


def record(number: int, data: bytes = b"") -> bytes:
    """A record of an .xlsb: number and length in seven bits a byte."""
    head = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
    return head + bytes([len(data)]) + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(path: Path) -> None:
    book = b"".join(
        (
            record(0x83),
            record(0x99, bytes(12)),
            record(0x8F),
            record(0x9C, struct.pack("<II", 1, 1) + wide("rId1") + wide("一")),
            record(0x90),
            record(0x9D, bytes(4)),
            record(0x84),
        )
    )
    cells = record(0x81) + record(0x94, struct.pack("<IIII", 0, 2, 0, 2)) + record(0x91)
    for i, row in enumerate(ROWS):
        cells += record(0x00, struct.pack("<I", i) + bytes(13))
        for j, cell in enumerate(row):
            place = struct.pack("<II", j, 0)
            cells += (
                record(0x06, place + wide(cell))
                if isinstance(cell, str)
                else record(0x05, place + struct.pack("<d", cell))
            )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", links)
        archive.writestr("xl/worksheets/sheet1.bin", cells + record(0x92) + record(0x82))


MAKERS = {"a.xls": xls, "a.et": xls, "a.ods": ods, "a.xlsb": xlsb}


@pytest.mark.parametrize("name", [*MAKERS, "a.xlsx", "wrong.csv", "wrong.txt"])
def test_every_maker(tmp_path: Path, name: str) -> None:
    if name.startswith("wrong"):
        ods(tmp_path / name)
    else:
        MAKERS.get(name, lambda path: workbook(path, {"一": ROWS}))(tmp_path / name)
    files = Files(str(tmp_path))
    first = next(iter(files.datasets()))
    assert first.name == f"{name}/一"
    for rows in (None, 100):
        reading = Reading()
        table = read(files, first, reading, rows=rows)
        assert table.to_pydict() == GIVEN
        assert reading.warnings == (
            ["the sheet is hidden in the workbook"] if "xlsb" in name else []
        )


def test_hidden_sheets_are_read_and_said(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        for name in ("见", "藏", "深"):
            book.add_worksheet(name).write_column(0, 0, ["id", 7])
        book.get_worksheet_by_name("藏").hide()
        book.get_worksheet_by_name("深").very_hidden()
    files, said = Files(str(tmp_path)), list[list[str]]()
    for dataset in files.datasets():
        reading = Reading()
        assert ids(read(files, dataset, reading)) == [7]
        said.append(reading.warnings)
    assert said == [[], *[["the sheet is hidden in the workbook"]] * 2]


def test_notes_beside_cells(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("一")
        sheet.write_column(0, 0, ["id", 1])
        sheet.write_comment("A2", "电话 10000000001", {"author": "某甲"})
        sheet.insert_textbox("D4", "地址：某路1号")
    files = Files(str(tmp_path))
    listed = {d.name: d for d in files.datasets()}
    assert list(listed) == ["a.xlsx/一", "a.xlsx/[notes]"]
    lines = read(files, listed["a.xlsx/[notes]"])["line"].to_pylist()
    assert sorted(lines) == ["地址：某路1号", "某甲", "电话 10000000001"]
    cut = read(files, listed["a.xlsx/[notes]"], cell=2)["line"].to_pylist()
    assert sorted(cut) == ["地址", "某甲", "电话"]
    assert read(files, listed["a.xlsx/[notes]"], columns=("id",)).num_columns == 0


@pytest.mark.parametrize("top", [0, 5])
def test_a_table_that_does_not_begin_in_the_corner(tmp_path: Path, top: int) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("一")
        for i, row in enumerate(ROWS):
            sheet.write_row(top + i, 3, row)
    assert table_of(tmp_path / "a.xlsx").to_pydict() == GIVEN


def test_two_rows_of_header(tmp_path: Path) -> None:
    rows = [["序号", "客户信息", "", "备注"], ["", "姓名", "手机号", ""], [1, "甲", "00123", "x"]]
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("一")
        for i, row in enumerate(rows):
            sheet.write_row(i, 0, row)
        sheet.merge_range("B1:C1", "客户信息")
    assert table_of(tmp_path / "a.xlsx").to_pydict() == {
        "序号": ["1"],
        "客户信息 姓名": ["甲"],
        "手机号": ["00123"],
        "备注": ["x"],
    }


def test_cells_far_apart(tmp_path: Path) -> None:
    """A workbook of a few kilobytes that would take half a terabyte of memory."""
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("一")
        sheet.write(0, 0, "id")
        sheet.write(1_048_575, 16_383, "x")
    with pytest.raises(UnreadableData, match="up to row 1048576 and column 16384") as caught:
        table_of(tmp_path / "a.xlsx")
    one_sentence(str(caught.value))


def test_cells_far_apart_that_are_empty(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet("一")
        sheet.write_column(0, 0, ["id", 1])
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    assert table_of(tmp_path / "a.xlsx").to_pydict() == {"id": ["1"]}


def test_rows_repeated_without_end(tmp_path: Path) -> None:
    """ODS says how often a cell and a row come again."""
    cell = (
        '<table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell office:value-type="float" office:value="1"'
        ' table:number-columns-repeated="16384"/></table:table-row>'
    )
    ods(tmp_path / "a.ods", cell)
    with pytest.raises(UnreadableData, match="broken workbook"):
        table_of(tmp_path / "a.ods")


@pytest.mark.parametrize("name", MAKERS)
def test_damage(tmp_path: Path, name: str) -> None:
    MAKERS[name](tmp_path / name)
    data = (tmp_path / name).read_bytes()
    for cut in (len(data) // 3, len(data) - 60):
        (tmp_path / name).write_bytes(data[:cut])
        with pytest.raises(UnreadableData) as caught:
            table_of(tmp_path / name)
        one_sentence(str(caught.value))


def test_damage_inside(tmp_path: Path) -> None:
    workbook(tmp_path / "whole.xlsx", {"一": ROWS})
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole:
        parts: dict[str, Any] = {i.filename: whole.read(i) for i in whole.infolist()}
    for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"):
        for bad in (b"", parts[name][:60], b"<a>" * 9):
            with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
                for part, data in (parts | {name: bad}).items():
                    archive.writestr(part, data)
            try:
                table_of(tmp_path / "a.xlsx")
            except UnreadableData as error:
                one_sentence(str(error))
