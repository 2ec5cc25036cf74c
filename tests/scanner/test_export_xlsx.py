"""The workbook, read back with another program's eyes."""

import zipfile
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from scanner.export import style, words
from scanner.export.sheet import Field, Sheet
from scanner.export.write import write
from scanner.inventory.store import Inventory
from scanner.model import State, Status
from tests.scanner import reports


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[Inventory]:
    with Inventory(str(tmp_path / "inventory.db")) as opened:
        yield opened


def sheets(inventory: Inventory, path: Path) -> dict[str, list[list[object]]]:
    """The rows of every sheet of the inventory's workbook."""
    write(inventory, path)
    book = CalamineWorkbook.from_path(str(path))
    return {
        name: [list(row) for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    }


def records(rows: list[list[object]]) -> list[dict[str, object]]:
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def test_columns_with_a_verdict_stand_first(inventory: Inventory, tmp_path: Path) -> None:
    number = inventory.begin({}, "0.1.0")
    both = reports.column(
        "note",
        reports.verdict("id_card", 0.999, (0.9734, 1.0), State.MASKED, "masked: 6+4 visible"),
        reports.verdict("mobile", 0.7, (0.01, 0.04)),
    )
    inventory.record(number, reports.report("a", reports.column("id"), reports.column("at")))
    inventory.record(number, reports.report("b", both))
    columns = records(sheets(inventory, tmp_path / "out.xlsx")["Columns"])
    assert [row["Column"] for row in columns] == ["note", "id", "at"]
    first = columns[0]
    assert first["Dataset"] == "public.b"
    assert first["Kind 类型"] == words.Known().title("id_card")
    assert (first["Level"], first["Share of values"]) == ("certain", "97–100 %")
    assert first["Confidence"] == 0.999  # as in the other exports; the format rounds
    assert (first["Stored"], first["Rows"], first["Rows read"]) == ("masked", 1000, 100)
    assert first["How stored"] == "masked: 6+4 visible"
    assert first["Also holds"] == f"{words.Known().title('mobile')} (likely, 70 %)"
    assert first["Why (weight in log-odds)"] == (
        "表头 'phone' says mobile (+2.5); 97 % of values fit (+4.0)"
    )
    assert isinstance(first["Last read (UTC)"], datetime)
    assert columns[1]["Kind 类型"] == ""


def test_datasets_and_their_kinds(inventory: Inventory, tmp_path: Path) -> None:
    number = inventory.begin({}, "0.1.0")
    mobile, maybe = reports.verdict(), reports.verdict("name", 0.4)
    made = (reports.column("a", mobile), reports.column("b", mobile), reports.column("c", maybe))
    inventory.record(number, reports.report("t", *made))
    inventory.record(number, reports.unread("u", columns=("a",)))
    read, unread = records(sheets(inventory, tmp_path / "out.xlsx")["Datasets"])
    assert read["Kinds (columns)"] == f"{words.Known().title('mobile')} (2)"
    assert (read["Columns"], read["With PI"], read["To check"]) == (3, 2, 1)
    assert (read["Size"], read["Modified (UTC)"]) == (65536, reports.MODIFIED.replace(tzinfo=None))
    assert (unread["Status"], unread["Last read (UTC)"]) == ("failed", "")
    assert (unread["With PI"], unread["To check"]) == ("", "")  # not 0: nobody looked


def test_coverage_names_each_gap_and_counts_all(inventory: Inventory, tmp_path: Path) -> None:
    number = inventory.begin({}, "0.1.0")
    inventory.record(number, reports.report("sampled", reports.column("a")))
    inventory.record(number, reports.sheet("crm.xlsx/Sheet1", reports.column("a")))
    inventory.record(number, reports.unread("denied"))
    inventory.record(number, reports.unread("left", Status.SKIPPED))
    inventory.source_failed(number, "mysql://db.example/crm", "nobody answers")
    rows = records(sheets(inventory, tmp_path / "out.xlsx")["Coverage"])
    said = [(row["Dataset"], row["Status"], row["Why not (wholly) read"]) for row in rows]
    reason = "the account may not read it: grant SELECT"
    assert said == [
        ("(the whole source)", "failed", "nobody answers"),
        ("denied", "failed", reason),
        ("left", "skipped", reason),
        ("", "", ""),
        (
            "All datasets",
            "",
            "1 read in full, 1 read by a sample, 0 empty, 1 skipped, 1 failed; "
            "1 sources could not be listed",
        ),
    ]


def test_summary_adds_up(inventory: Inventory, tmp_path: Path) -> None:
    number = inventory.begin({"rows": 100, "full": False}, "1.2.3")
    for name in ("a", "b"):
        made = (reports.column("x", reports.verdict("id_card")), reports.column("y"))
        inventory.record(number, reports.report(name, *made))
    inventory.record(
        number, reports.report("c", reports.column("m", reports.verdict("mobile", 0.7)))
    )
    inventory.record(number, reports.unread("d", columns=("p", "q")))
    inventory.finish(number, "incomplete")
    rows = sheets(inventory, tmp_path / "out.xlsx")["Summary"]
    lines = {str(row[0]): row[1:] for row in rows}  # the empty column A is not given back
    assert lines[words.Known().title("id_card")][:5] == [2, 2, 2, 0, 0]
    assert lines[words.Known().title("mobile")][:5] == [1, 1, 0, 1, 0]
    assert lines["read by a sample"][:2] == [3, 0.75]
    assert lines["failed"][:2] == [1, 0.25]
    assert lines["all"][0] == 4
    assert lines["columns that were not read"][0] == 2
    assert lines[f"{number}, picensus 1.2.3"][4:6] == ["incomplete", "rows 100, full False"]
    (figures,) = (row for row in rows if row[0] == 3)
    assert [figures[place] for place in (0, 1, 3, 6, 7)] == [3, 7, 4, 2, 1]


def test_an_empty_inventory_is_a_workbook_too(inventory: Inventory, tmp_path: Path) -> None:
    found = sheets(inventory, tmp_path / "out.xlsx")
    assert list(found) == ["Summary", "Columns", "Datasets", "Coverage"]
    assert len(found["Columns"]) == 1
    assert any("no scan yet" in str(cell) for row in found["Summary"] for cell in row)
    assert any("None was found" in str(cell) for row in found["Summary"] for cell in row)


AWKWARD = [
    pytest.param("=1+1", "=1+1", id="formula"),
    pytest.param("{=1+1}", "{=1+1}", id="array formula"),
    pytest.param("+1", "+1", id="plus"),
    pytest.param("-1+cmd|' /C calc'!A0", "-1+cmd|' /C calc'!A0", id="DDE"),
    pytest.param("@SUM(A1)", "@SUM(A1)", id="at"),
    pytest.param("\tx", "\tx", id="tab"),
    pytest.param("https://example.com/a", "https://example.com/a", id="URL"),
    pytest.param("internal:Sheet1!A1", "internal:Sheet1!A1", id="internal link"),
    pytest.param("007", "007", id="number"),
    pytest.param("he said \"no\" & <b>'x'</b>", "he said \"no\" & <b>'x'</b>", id="quotes, XML"),
    pytest.param("<r><t>x</t></r>", "<r><t>x</t></r> ", id="rich text"),
    pytest.param("<r>&</r>", "<r>&</r> ", id="broken rich text"),
    pytest.param("手机📱𠮷", "手机📱𠮷", id="emoji, U+20BB7"),
    pytest.param("𠀀", "𠀀", id="U+20000"),
    pytest.param("_x0041_", "_x0041_", id="escape"),
    pytest.param("_x005F_x0041_", "_x005F_x0041_", id="escaped escape"),
    pytest.param("a\x01\x0b\x1fb\ufffe", "ab", id="control characters"),
    pytest.param("a\r\nb\rc", "a\nb\nc", id="line breaks"),
    pytest.param("  x  ", "  x  ", id="spaces"),
    pytest.param("长" * 40_000, "长" * 32_766 + "…", id="40,000 characters"),
    pytest.param("📱" * 20_000, "📱" * 16_383 + "…", id="40,000 units"),
]


@pytest.mark.parametrize(("given", "shown"), AWKWARD)
def test_text_stays_text(inventory: Inventory, tmp_path: Path, given: str, shown: str) -> None:
    number = inventory.begin({}, "0.1.0")
    inventory.record(number, reports.report("t", reports.column("a", comment=given)))
    path = tmp_path / "out.xlsx"
    (row,) = records(sheets(inventory, path)["Columns"])
    assert row["Comment"] == shown
    with zipfile.ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet2.xml").decode()
        assert "<f>" not in sheet
        assert not [
            name for name in parts.namelist() if name.startswith("xl/worksheets/_rels/sheet2")
        ]


def test_a_full_sheet_goes_on_in_the_next() -> None:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        fields = (Field("Name", 10), Field("Number", 10, "number"))
        sheet = Sheet(book, style.styles(book), "List", fields, style.DEEP, last_row=3)
        for number in range(7):
            sheet.add(f"row {number}", number)
        sheet.close()
    read = CalamineWorkbook.from_filelike(BytesIO(stream.getvalue()))
    pages = {name: read.get_sheet_by_name(name).to_python() for name in read.sheet_names}
    assert list(pages) == ["List", "List 2", "List 3"]
    assert pages["List 2"] == [["Name", "Number"], ["row 3", 3], ["row 4", 4], ["row 5", 5]]
    assert pages["List 3"] == [["Name", "Number"], ["row 6", 6]]


@pytest.mark.parametrize(
    ("prevalence", "said"),
    [
        (None, ""),
        ((0.0, 0.0001), "<1 %"),
        ((0.0, 0.0), "0 %"),
        ((0.545, 0.545), "55 %"),
        ((0.285, 0.7651), "29–77 %"),
        ((0.9949, 0.995), "99–100 %"),
        ((0.004, 0.01), "<1–1 %"),
        ((0.004, 0.012), "<1–1 %"),
        ((0.07, 0.29), "7–29 %"),
        ((0.996, 1.0), "100 %"),
        ((1.0, 1.0), "100 %"),
    ],
)
def test_shares(prevalence: tuple[float, float] | None, said: str) -> None:
    assert words.share(prevalence) == said


def test_a_kind_without_an_entry_is_shown_by_its_id(inventory: Inventory, tmp_path: Path) -> None:
    number = inventory.begin({}, "0.1.0")
    plugged = reports.column("a", reports.verdict("loyalty_card"))
    inventory.record(number, reports.report("t", plugged))
    (row,) = records(sheets(inventory, tmp_path / "out.xlsx")["Columns"])
    assert (row["Kind 类型"], row["Sensitive under"], row["Identifies"]) == ("loyalty_card", "", "")
