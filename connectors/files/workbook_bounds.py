"""How much memory a sheet would take: two cells in opposite corners make it as large as all."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from connectors.base import UnreadableData
from connectors.files.content import Content

ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)
UNPACKED = 2 << 30  # bytes; a sheet is held in memory whole
AREA = 64 << 20  # cells between the first and the last one
_CHUNK = 4 << 20
_FILLED = re.compile(rb'<c [^>]*?r="([A-Z]+)(\d+)"(?:[^>]*[^/>])?>')  # an empty one ends with />
_FAR = re.compile(rb'<c [^>]*?r="([A-Z]{2,3})\d+"(?:[^>]*[^/>])?>')
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def check_size(content: Content) -> None:
    """Refuse a workbook that unpacks to too much.

    Raises:
        UnreadableData: it does.
    """
    with content.opens() as stream, zipfile.ZipFile(stream) as archive:
        size = sum(part.file_size for part in archive.infolist())
    if size > UNPACKED:
        message = (
            f"'{content.name}' unpacks to {size >> 20} MB, too much for a workbook:"
            " save its sheets as CSV"
        )
        raise UnreadableData(message)


def check_area(content: Content, sheet: str) -> None:
    """Refuse a sheet of an .xlsx whose cells lie so far apart that it would not fit in memory.

    Raises:
        UnreadableData: they do.
    """
    with content.opens() as stream, zipfile.ZipFile(stream) as archive:
        path = _path(archive, sheet)
        if path not in archive.namelist():
            return  # the library says what is wrong
        rows, columns = _extent(_chunks(archive, path))
    if rows * columns > AREA:
        message = (
            f"'{content.name}' has a sheet with cells up to row {rows} and column {columns}:"
            " delete the empty rows and columns between them, or save it as CSV"
        )
        raise UnreadableData(message)


def _path(archive: zipfile.ZipFile, sheet: str) -> str:
    """Where the cells of a sheet stand; empty where the workbook does not say."""
    try:
        book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 (pyexpat bounds entities)
        links = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    except (KeyError, ET.ParseError):
        return ""
    named = {s.get("name"): s.get(_LINK) for s in book.iter(f"{_MAIN}sheet")}
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    target = targets.get(named.get(sheet), "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _chunks(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    """The text of a part, cut before a cell."""
    rest = b""
    with archive.open(path) as stream:
        while data := stream.read(_CHUNK):
            rest += data
            end = max(rest.rfind(b"<c "), 0)
            yield rest[:end]
            rest = rest[end:]
    yield rest


def _extent(chunks: Iterator[bytes]) -> tuple[int, int]:
    """The last row and the last column that hold something, at least nearly."""
    rows = columns = 0
    for chunk in chunks:
        far = set(_FAR.findall(chunk))
        columns = max([columns, *map(_number, far)])
        filled = _FILLED.findall(chunk[-(1 << 16) :]) or _FILLED.findall(chunk)
        if filled:
            columns, rows = max(columns, 26), max(rows, int(filled[-1][1]))
    return rows, columns


def _number(letters: bytes) -> int:
    """A column by its letters: A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 0x40
    return number
