"""What a file is: by its first bytes where they tell, by its extension where they do not."""

import os
import re
import zipfile
from dataclasses import dataclass

from connectors.base import UnreadableData
from connectors.files.paths import printable

EXTENSIONS = {
    "csv": "delimited",
    "json": "json",
    "jsonl": "json",
    "log": "lines",
    "md": "lines",
    "ndjson": "json",
    "parquet": "parquet",
    "text": "lines",
    "tsv": "delimited",
    "txt": "lines",
    "xls": "workbook",
    "xlsb": "workbook",
    "xlsm": "workbook",
    "xlsx": "workbook",
}
_TEXTS = {"delimited", "json", "lines"}
_ROTATED = re.compile(r"\.log(\.[0-9][0-9._-]*)+$")
SQLITE = b"SQLite format 3\0"
_EXPORT = "export it as CSV or XLSX"
# What the first bytes say, where they say something else than the extension.
_SIGNS = (
    (b"PAR1", "parquet"),
    (b"\xd0\xcf\x11\xe0", "workbook"),
    (b"\x1f\x8b", "gz"),
    (b"%PDF", f"a PDF document: {_EXPORT}"),
    (SQLITE, "a SQLite database: give it as sqlite:////path"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd: unpack it"),
    (b"BZh", "compressed with bzip2: unpack it"),
    (b"\xfd7zXZ", "compressed with xz: unpack it"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it"),
    (b"Rar!", "a RAR archive: unpack it"),
    (b"\x89PNG", "a picture: give it its proper name"),
    (b"\xff\xd8\xff", "a picture: give it its proper name"),
    (b"GIF8", "a picture: give it its proper name"),
    (b"\x7fELF", "a program: give it its proper name"),
)
_MARKUP = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype html|html|table|meta|head|\?xml|\?mso)", re.I)


@dataclass(frozen=True, slots=True)
class File:
    """A file, the reader that it needs, whether gzip packs it, and the sheet to be read."""

    path: str
    format: str
    packed: bool = False
    sheet: str | None = None


def extension(path: str) -> str:
    """The extension in lower case, without `.gz`; a rotated log (`x.log.1`) is a log."""
    name = os.path.basename(path).lower().removesuffix(".gz")  # noqa: PTH119
    return "log" if _ROTATED.search(name) else os.path.splitext(name)[1].removeprefix(".")  # noqa: PTH122


def has_reader(path: str) -> bool:
    """Is the extension one that some reader takes?"""
    form = EXTENSIONS.get(extension(path))
    return form is not None and (form in _TEXTS or not path.lower().endswith(".gz"))


def other_source(path: str) -> str:
    """How a file without a reader is given as a source of its own; empty where it is none."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 (a str may hold bytes that are no UTF-8)
            head = file.read(len(SQLITE))
    except OSError:
        return ""
    return dict(_SIGNS)[SQLITE] if head == SQLITE else ""


def recognised(path: str) -> File:
    """The file with its reader; an empty one goes by its extension alone.

    Raises:
        UnreadableData: the first bytes are those of something that no reader takes.
        OSError: it cannot be opened.
    """
    form = EXTENSIONS.get(extension(path), "lines")
    with open(path, "rb") as file:  # noqa: PTH123 (a str may hold bytes that are no UTF-8)
        head = file.read(512)
    if head.startswith(b"PK\x03\x04"):
        return File(path, _zipped(path))
    sign = next((sign for mark, sign in _SIGNS if head.startswith(mark)), "")
    if not sign and _MARKUP.match(head) and form != "lines":
        sign = f"a page of HTML or XML: open it and {_EXPORT}"
    if sign == "gz":
        return File(path, form if form in _TEXTS else "delimited", packed=True)
    if sign in {"parquet", "workbook"}:
        return File(path, sign)
    if sign:
        message = f"'{printable(path)}' is {sign}"
        raise UnreadableData(message)
    if head and form == "workbook":
        form = "delimited"  # exports named .xls are often text with tabs
    return File(path, form)


def _zipped(path: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        message = f"'{printable(path)}' is a broken or cut-off workbook or archive: copy it again"
        raise UnreadableData(message) from None
    if any(name.startswith("xl/") for name in names):
        return "workbook"
    message = f"'{printable(path)}' is a zip archive without a workbook in it: unpack it"
    raise UnreadableData(message)
