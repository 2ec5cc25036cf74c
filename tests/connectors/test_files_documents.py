"""Word documents and presentations: every place where text can be, and what is no such document."""

import io
import struct
import zipfile
from pathlib import Path

import docx
import pptx
import pytest
import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pptx.util import Inches

from connectors.base import Reading, UnreadableData
from connectors.files.base import Files
from tests.connectors.contract import one_sentence, read
from tests.connectors.test_files import LOCKED, table_of

BOX = """<w:p {w} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r>
<w:t>about a box</w:t><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent><w:p><w:r>
<w:t>in the box</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r>
<w:t>in the box</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>"""
DELETED = """<w:p {w}><w:del w:author="审阅人"><w:r><w:delText>struck out</w:delText></w:r></w:del>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"""


def lines_of(path: Path, reading: Reading | None = None) -> list[str]:
    table = table_of(path, reading)
    assert table.column_names == ["line"]
    return table["line"].to_pylist()


def document(path: Path) -> None:
    made = docx.Document()
    made.core_properties.author = "作者甲"
    made.core_properties.title = ""
    made.add_heading("申请表", 1)
    made.add_paragraph("第一行").add_run("，接着").add_break()
    made.paragraphs[-1].add_run("second\tline")
    table = made.add_table(2, 2)
    for number, cell in enumerate(c for row in table.rows for c in row.cells):
        cell.text = f"cell {number}"
    table.cell(1, 1).add_paragraph("more")
    inner = table.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "in", "ner"
    made.sections[0].header.paragraphs[0].text = "the header"
    made.sections[0].footer.paragraphs[0].text = "the footer"
    words = nsdecls("w")
    for xml in (BOX, DELETED):
        made.element.body.insert(0, parse_xml(xml.format(w=words).replace("\n", "")))
    made.add_comment(made.paragraphs[-1].runs or made.add_paragraph("x").runs, "remark", "批注人")
    made.part.relate_to("mailto:somebody@example.com", RELATIONSHIP_TYPE.HYPERLINK, True)
    made.save(str(path))


class TestWord:
    def test_text_wherever_it_is(self, tmp_path: Path) -> None:
        document(tmp_path / "a.docx")
        lines = lines_of(tmp_path / "a.docx")
        assert lines[:7] == [
            "struck outhidden",
            "in the box",
            "about a box",
            "申请表",
            "第一行，接着",
            "second\tline",
            "cell 0\tcell 1 in\tner",
        ]
        assert lines[7] == "cell 2\tcell 3 more"
        for text in (
            *("the header", "the footer", "remark", "author: 批注人", "author: 审阅人"),
            *("creator: 作者甲", "mailto:somebody@example.com"),
        ):
            assert lines.count(text) == 1, text

    def test_long_paragraphs_are_given_in_pieces(self, tmp_path: Path) -> None:
        made = docx.Document()
        made.add_paragraph("长" * 25)
        made.save(str(tmp_path / "a.docx"))
        lines = table_of(tmp_path / "a.docx", cell=10)["line"].to_pylist()
        assert lines[:3] == ["长" * 10, "长" * 10, "长" * 5]

    def test_what_it_holds_beside_text_is_told(self, tmp_path: Path) -> None:
        document(tmp_path / "a.docx")
        with zipfile.ZipFile(tmp_path / "a.docx", "a") as packed:
            packed.writestr("word/media/image1.png", b"x")
            packed.writestr("word/embeddings/book.xlsx", b"x")
        reading = Reading()
        lines_of(tmp_path / "a.docx", reading)
        assert reading.warnings == [
            "1 pictures or films in it were not looked at",
            "1 files embedded in it were not read: save them beside it",
        ]


def test_a_presentation(tmp_path: Path) -> None:
    made = pptx.Presentation()
    made.core_properties.author = "作者乙"
    for number in range(11):
        slide = made.slides.add_slide(made.slide_layouts[5])
        slide.shapes.title.text = f"slide {number}"
    table = slide.shapes.add_table(1, 2, Inches(1), Inches(1), Inches(1), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "姓名", "甲"
    slide.notes_slide.notes_text_frame.text = "the notes"
    made.save(str(tmp_path / "a.pptx"))
    lines = lines_of(tmp_path / "a.pptx")
    shown = [line for line in lines if line.startswith("slide ")]
    assert shown == [f"slide {number}" for number in range(11)]
    assert {"姓名\t甲", "the notes", "creator: 作者乙"} <= set(lines)


def ole(*names: str) -> bytes:
    """A container of old documents with streams of these names."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 0)
    entries = b""
    for name in ("Root Entry", *names):
        coded = name.encode("utf-16-le") + b"\0\0"
        entries += (coded.ljust(64, b"\0") + struct.pack("<H", len(coded))).ljust(128, b"\0")
    return bytes(header) + entries.ljust(512, b"\0")


def packed(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "<w:p xmlns:w='w'><w:t>not closed")
    return data.getvalue()


def bomb() -> bytes:
    data = io.BytesIO()
    with (
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(1200):
            part.write(bytes(1 << 20))
    return data.getvalue()


BAD = [
    pytest.param("a.doc", ole("WordDocument", "1Table"), "save it as .docx", id="old Word"),
    pytest.param("a.xls", ole("WordDocument"), "save it as .docx", id="old Word named xls"),
    pytest.param("a.ppt", ole("PowerPoint Document"), "save it as .pptx", id="old presentation"),
    pytest.param("a.doc", ole("__nameid_version1.0"), "save it as .eml", id="Outlook"),
    pytest.param("a.docx", LOCKED, "protected by a password", id="password"),
    pytest.param("a.rtf", b"{\\rtf1\\ansi text}", "save it as .docx", id="RTF"),
    pytest.param("a.doc", b"{\\rtf1\\ansi text}", "save it as .docx", id="RTF named doc"),
    pytest.param("a.docx", b"PK\x03\x04 and no more", "copy it again", id="broken zip"),
    pytest.param("a.docx", packed("word/document.xml"), "save it again", id="broken XML"),
    pytest.param("a.pptx", packed("ppt/slides/slide1.xml"), "save it again", id="broken slide"),
    pytest.param("a.docx", packed("a.txt"), "zip archive", id="another zip"),
    pytest.param("a.docx", bytes(range(256)) * 9, "binary data", id="binary"),
    pytest.param("a.docx", bomb(), "as a bomb does", id="bomb"),
]


@pytest.mark.parametrize(("name", "content", "says"), BAD)
def test_says_what_is_wrong(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    for rows in (10, None):
        with pytest.raises(UnreadableData, match=says) as caught:
            table_of(path, rows=rows)
        one_sentence(str(caught.value))
        assert str(path) in str(caught.value)


def test_content_wins_over_extension(tmp_path: Path) -> None:
    document(tmp_path / "a.txt")
    (tmp_path / "b.doc").write_text("plain text\n")
    with xlsxwriter.Workbook(tmp_path / "c.doc") as book:
        book.add_worksheet("一").write_row(0, 0, ["id"])
    files = Files(str(tmp_path))
    found = {d.name: read(files, d).column_names for d in files.datasets()}
    assert found == {"a.txt": ["line"], "b.doc": ["line"], "c.doc/一": ["id"]}
