"""What is written beside the cells of an .xlsx: comments, threads, text boxes."""

import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from connectors.files.content import Content
from connectors.files.workbook_bounds import ZIP_FAULTS

PART = "[notes]"  # no sheet can have brackets in its name
LARGEST = 64 << 20  # bytes of one part
_PARTS = re.compile(r"xl/(comments|threadedComments|drawings)/?[^/]*\.xml")
_WHOLE = ("comment", "threadedComment", "txBody", "author")


def has_notes(content: Content) -> bool:
    """Is anything written beside the cells, or something that reading it will complain about?"""
    try:
        return next(notes(content), None) is not None
    except ZIP_FAULTS:
        return True


def notes(content: Content) -> Iterator[str]:
    """Each comment and text box, and the authors of comments."""
    with content.opens() as stream, zipfile.ZipFile(stream) as archive:
        for name in _found(content):
            with archive.open(name) as part:
                text = part.read(LARGEST)
            try:
                root = ET.fromstring(text)  # noqa: S314 (pyexpat bounds entities)
            except ET.ParseError:
                continue
            for element in root.iter():
                if element.tag.rpartition("}")[2] in _WHOLE:
                    said = "".join(element.itertext()).strip()
                    if said:
                        yield said


def _found(content: Content) -> list[str]:
    with content.opens() as stream, zipfile.ZipFile(stream) as archive:
        return [name for name in archive.namelist() if _PARTS.fullmatch(name)]
