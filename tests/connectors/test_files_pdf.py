"""PDF documents: text, remarks, forms and metadata; locked, damaged and scanned ones."""

import os
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from connectors.base import MissingDriver, Reading, UnreadableData
from connectors.files import ocr, pdf
from tests.connectors.contract import one_sentence
from tests.connectors.test_files import table_of


@pytest.fixture(autouse=True)
def without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recognition takes seconds, and is tested by itself."""
    monkeypatch.setattr(ocr, "available", lambda: False)


def document(path: Path, pages: int = 2, lock: StandardEncryption | None = None) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), encrypt=lock)
    canvas.setAuthor("作者甲")
    canvas.setTitle("一份文件")
    for number in range(1, pages + 1):
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(72, 700, f"第{number}页 姓名")
        canvas.drawString(72, 650, f"line two of page {number}")
        if number == 1:
            canvas.textAnnotation("a remark 批注", Rect=[10, 10, 30, 30])
            canvas.linkURL("mailto:somebody@example.com", (10, 10, 50, 50))
            canvas.acroForm.textfield(name="phone", tooltip="电话", value="filled in", x=9, y=500)
        canvas.showPage()
    canvas.save()


def scanned(path: Path, pages: int) -> None:
    picture = Image.new("RGB", (200, 100), "white")
    picture.save(path, "PDF", save_all=True, append_images=[picture] * (pages - 1))


def test_text_of_every_page(tmp_path: Path) -> None:
    document(tmp_path / "a.pdf", 3)
    reading = Reading()
    table = table_of(tmp_path / "a.pdf", reading)
    assert table.column_names == ["line", "page"]
    found = list(zip(table["page"].to_pylist(), table["line"].to_pylist(), strict=True))
    assert found[:2] == [(0, "Author: 作者甲"), (0, "Title: 一份文件")]
    for number in (1, 2, 3):
        assert (number, f"第{number}页 姓名") in found
        assert (number, f"line two of page {number}") in found
    for text in ("a remark 批注", "mailto:somebody@example.com", "电话: filled in"):
        assert (1, text) in found
    assert reading.warnings == []
    assert (reading.how, reading.rows) == ("all rows", table.num_rows)


def test_columns_and_samples(tmp_path: Path) -> None:
    document(tmp_path / "a.pdf", 30)
    table = table_of(tmp_path / "a.pdf", rows=5, columns=("line",))
    assert (table.column_names, table.num_rows) == (["line"], 5)
    assert max(map(len, table_of(tmp_path / "a.pdf", cell=4)["line"].to_pylist())) == 4


def test_scanned_pages_are_told(tmp_path: Path) -> None:
    scanned(tmp_path / "a.pdf", 3)
    reading = Reading()
    assert set(table_of(tmp_path / "a.pdf", reading)["page"].to_pylist()) <= {0}
    said = "3 of 3 pages hold no text, only pictures: pip install 'picensus[ocr]' to read them"
    assert reading.warnings == [said]


def test_a_password(tmp_path: Path) -> None:
    document(tmp_path / "a.pdf", lock=StandardEncryption("made-up"))
    with pytest.raises(UnreadableData, match="protected by a password") as caught:
        table_of(tmp_path / "a.pdf")
    one_sentence(str(caught.value))


def test_one_that_may_be_opened_without_a_password(tmp_path: Path) -> None:
    document(tmp_path / "a.pdf", lock=StandardEncryption("", ownerPassword="made-up"))
    assert "line two of page 1" in table_of(tmp_path / "a.pdf")["line"].to_pylist()


@pytest.mark.parametrize("content", [b"%PDF-1.7 x", b"%PDF-1.4\n" + os.urandom(5000), b"text"])
def test_what_is_no_whole_document(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    for rows in (10, None):
        with pytest.raises(UnreadableData, match="cut-off PDF") as caught:
            table_of(tmp_path / "a.pdf", rows=rows)
        one_sentence(str(caught.value))


def test_damaged_ones_end_nothing(tmp_path: Path) -> None:
    """Bytes overwritten here and there: some text, a sentence, or both; nothing else."""
    document(tmp_path / "a.pdf", 3)
    whole = (tmp_path / "a.pdf").read_bytes()
    for number in range(4):
        broken = bytearray(whole)
        for at in range(number * 37 + 20, len(broken), 300 + number * 100):
            broken[at] ^= 0x5A
        (tmp_path / "b.pdf").write_bytes(broken)
        try:
            table_of(tmp_path / "b.pdf")
        except UnreadableData as error:
            one_sentence(str(error))


def test_a_program_that_dies_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document(tmp_path / "a.pdf")
    dying = tmp_path / "dies.py"
    dying.write_text("import os; os.abort()")
    monkeypatch.setattr(pdf, "_PROGRAM", dying)
    with pytest.raises(UnreadableData, match="cannot be read any further"):
        table_of(tmp_path / "a.pdf")


def test_a_program_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document(tmp_path / "a.pdf")
    (tmp_path / "hangs.py").write_text("import time; time.sleep(1000)")
    monkeypatch.setattr(pdf, "_PROGRAM", tmp_path / "hangs.py")
    monkeypatch.setattr(pdf, "_SECONDS", 0.2)
    with pytest.raises(UnreadableData, match="cannot be read any further"):
        table_of(tmp_path / "a.pdf")


def test_without_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document(tmp_path / "a.pdf")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingDriver, match=r"picensus\[pdf\]") as caught:
        table_of(tmp_path / "a.pdf")
    one_sentence(str(caught.value))
