"""What a file is: by its first bytes where they tell, by its extension where they do not."""

import importlib.util
import os
import re
import zipfile
import zlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import BinaryIO, Literal

from connectors.base import UnreadableData
from connectors.files import ole, packing
from connectors.files.content import Content

Part = Literal["sheet", "table", ""]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: the extensions it goes by, and how it is read.

    Its module `connectors.files.<name>` has `read(file, sampling, reading)`, and, where one
    file holds several datasets (`parts` says what they are called), `parts(file)` with their
    names. One that `streams` is read from its beginning to its end, compressed or not.
    """

    extensions: tuple[str, ...]
    streams: bool = False
    parts: Part = ""


FORMATS = MappingProxyType(
    {
        "arrow": Format(("arrow", "arrows", "feather", "ipc")),
        "avro": Format(("avro",), streams=True),
        "database": Format(("db", "db3", "duckdb", "sqlite", "sqlite3"), parts="table"),
        "dbf": Format(("dbf",)),
        "delimited": Format(("csv", "tsv"), streams=True),
        "json_documents": Format(("json", "jsonl", "ndjson"), streams=True),
        "lines": Format(
            ("cfg", "conf", "env", "ini", "log", "md", "properties", "toml"), streams=True
        ),
        "office_document": Format(
            ("doc", "docm", "docx", "dot", "dotx", "ppt", "pptm", "pptx", "rtf", "wps")
        ),
        "orc": Format(("orc",)),
        "parquet": Format(("parquet",)),
        "pdf": Format(("pdf",)),
        "picture": Format(("bmp", "gif", "jpeg", "jpg", "png", "tif", "tiff", "webp")),
        "plain": Format(
            ("bak", "dat", "data", "del", "out", "part", "text", "txt", "unl"), streams=True
        ),
        "sql_dump": Format(("dump", "sql"), streams=True, parts="table"),
        "web_page": Format(("htm", "html", "shtml", "xhtml"), streams=True, parts="table"),
        "workbook": Format(("et", "ods", "xls", "xlsb", "xlsm", "xlsx"), parts="sheet"),
        "xml": Format(("gpx", "kml", "xml"), streams=True),
        "yaml": Format(("yaml", "yml"), streams=True),
    }
)
EXTENSIONS = MappingProxyType(
    {ending: name for name, form in FORMATS.items() for ending in form.extensions}
)
# The extra, and the packages in it, without which a format is not read.
_NEEDED = MappingProxyType(
    {
        "avro": ("avro", "fastavro"),
        "pdf": ("pdf", "pypdfium2"),
        "picture": ("ocr", "PIL", "rapidocr", "onnxruntime"),
    }
)
# Pieces that Hive, Spark and MapReduce write without an extension.
_PIECE = re.compile(r"part-([mr]-)?\d{5}[^.]*|\d{6}_\d+[^.]*")
_DATED = re.compile(r"(.+)\.\d+(?:[-_.]\d+)*")  # `customers.txt.20260101`
_ROTATED = re.compile(r"\.log(\.[0-9][0-9._-]*)+$")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
SQLITE, DUCKDB = b"SQLite format 3\0", b"DUCK"  # the latter stands behind eight bytes
# What the first bytes say, where they say something else than the extension.
_FORMATS = (
    (b"ARROW1", "arrow"),
    (b"FEA1", "arrow"),
    (b"Obj\x01", "avro"),
    (b"PAR1", "parquet"),
    (SQLITE, "database"),
    (b"\xd0\xcf\x11\xe0", "workbook"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
)
_ORC = re.compile(rb"ORC.{0,200}[\x00-\x08\x0e-\x1a]", re.DOTALL)  # three letters begin text too
_OTHERS = (
    (b"PGDMP", "a dump in PostgreSQL's own format: write it as text with pg_restore -f dump.sql"),
    (b"{\\rtf", "a document in RTF: save it as .docx"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it"),
    (b"Rar!", "a RAR archive: unpack it"),
    (b"\x7fELF", "a program: give it its proper name"),
)
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?"
    rb"<(?:!doctype html|html|table|meta|head)",
    re.I | re.DOTALL,
)
_PROSE = frozenset({"lines", "plain", "web_page"})  # which may begin with a tag
_XML = re.compile(rb"(\xef\xbb\xbf)?\s*<\?xml\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class File:
    """A file and how it is to be read: its format, the compression around it, and which part."""

    content: Content
    format: str
    codec: str = ""
    part: str | None = None

    @property
    def name(self) -> str:
        """What people call it, for sentences."""
        return self.content.name

    @property
    def seeks(self) -> bool:
        """Can a stream go to any place in it?"""
        return self.content.seeks and not self.codec

    def stream(self) -> BinaryIO:
        """The bytes from the beginning to the end, unpacked."""
        return packing.unpacked(self.content, self.codec) if self.codec else self.content.opens()


def extension(path: str) -> str:
    """The extension in lower case, without `.gz` and without a date or number behind it.

    A rotated log (`x.log.1`) is a log; a piece without an extension is a `part`.
    """
    name, _ = packing.ending(os.path.basename(path).lower())  # noqa: PTH119
    if _ROTATED.search(name):
        return "log"
    if _PIECE.fullmatch(name):
        return "part"
    ending = os.path.splitext(name)[1].removeprefix(".")  # noqa: PTH122
    dated = _DATED.fullmatch(name)
    before = os.path.splitext(dated[1])[1].removeprefix(".") if dated else ""  # noqa: PTH122
    return before if before in EXTENSIONS else ending


def has_reader(path: str) -> bool:
    """Is the extension one that some reader takes, whose packages are there?"""
    return extension(path) in EXTENSIONS and not missing(path)


def missing(path: str) -> str:
    """What has to be installed before files of this extension are read; empty where nothing."""
    extra, *packages = _NEEDED.get(EXTENSIONS.get(extension(path), ""), ("",))
    if all(map(importlib.util.find_spec, packages)):
        return ""
    return f"to read it: pip install 'picensus[{extra}]'"


def is_known(content: Content) -> bool:
    """Do the first bytes tell a format, whatever the name?"""
    return bool(_marked(content.head()))


def recognised(content: Content, path: str, part: str | None = None) -> File:
    """The file with its reader; an empty one goes by its extension alone.

    Raises:
        UnreadableData: the first bytes are those of something that no reader takes.
        OSError: it cannot be opened.
    """
    form = EXTENSIONS.get(extension(path), "lines")
    head = content.head()
    codec = packing.packed_by(head)
    if codec and not FORMATS[form].streams:
        content, codec = packing.held(content, codec), ""
        head = content.head()
    if codec:
        return File(content, form, codec, part)
    moved = head.startswith((b"PK\x03\x04", *(mark for mark, _ in _FORMATS)))
    if not content.seeks and (moved or not FORMATS[form].streams):
        content = Content.held(content.name, content.whole())
    return File(content, _form(content, head, form), part=part)


def _form(content: Content, head: bytes, form: str) -> str:
    """The format that the first bytes tell, or else the one that the extension promises."""
    if head.startswith(b"PK\x03\x04"):
        return _zipped(content)
    other = ole.foreign(content) if head.startswith(ole.MARK) else ""
    known = _marked(head)
    if known and not other:
        return known
    other = other or next((said for mark, said in _OTHERS if head.startswith(mark)), "")
    if not other and form not in _PROSE and (tagged := _tagged(head)):
        return tagged
    if other:
        raise UnreadableData(f"'{content.name}' is {other}")
    if head and form == "workbook":
        return "delimited"  # exports named .xls are often text with tabs
    if head and form == "office_document":
        return "lines"
    return form


def _marked(head: bytes) -> str:
    """The format that the first bytes tell, if they do."""
    if head[8:].startswith(DUCKDB) and b"\0\0\0" in head[12:20]:
        return "database"
    known = next((name for mark, name in _FORMATS if head.startswith(mark)), "")
    return "orc" if _ORC.match(head) else known


def _tagged(head: bytes) -> str:
    """What begins with a tag: a page, as many exports named .xls are, or a document of XML."""
    if _PAGE.match(head):
        return "web_page"
    return "xml" if _XML.match(head) else ""


def _zipped(content: Content) -> str:
    try:
        with content.opens() as stream, zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            kind = archive.read("mimetype") if "mimetype" in names else b""
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, zlib.error):
        message = f"'{content.name}' is a broken or cut-off workbook or archive: copy it again"
        raise UnreadableData(message) from None
    if any(name.startswith("xl/") for name in names) or kind.startswith(_ODS):
        return "workbook"
    if any(name.startswith(("word/", "ppt/")) for name in names):
        return "office_document"
    raise UnreadableData(
        f"'{content.name}' is a zip archive without a workbook or document in it: unpack it"
    )
