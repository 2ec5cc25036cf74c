"""What a file in Microsoft's old container is, by the names of the streams in it."""

import struct

from connectors.files.content import Content

MARK = b"\xd0\xcf\x11\xe0"
_NAMES = (
    ("WordDocument", "an old Word document: save it as .docx"),
    ("PowerPoint Document", "an old presentation: save it as .pptx"),
    ("__nameid_version1.0", "an Outlook message: save it as .eml"),
    ("__properties_version1.0", "an Outlook message: save it as .eml"),
    ("VisioDocument", "an old Visio drawing: export it as PDF"),
)
_ENTRY = 128  # bytes of an entry of the directory
_LOOKED = 64 << 10  # bytes of it


def foreign(content: Content) -> str:
    """What it is where it is no workbook, and what to do; empty where it may be one."""
    streams = _streams(content)
    return next((said for name, said in _NAMES if name in streams), "")


def _streams(content: Content) -> set[str]:
    """The names at the beginning of the directory."""
    with content.opens() as stream:
        head = stream.read(512)
        if len(head) < 512:
            return set()
        (shift,) = struct.unpack_from("<H", head, 30)
        (sector,) = struct.unpack_from("<I", head, 48)
        place = (sector + 1) << shift if shift in {9, 12} else content.size
        if place >= content.size:
            return set()
        stream.seek(place)
        data = stream.read(_LOOKED)
    names = set()
    for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
        (size,) = struct.unpack_from("<H", data, at + 64)
        if 2 < size <= 64:
            names.add(data[at : at + size - 2].decode("utf-16-le", "replace"))
    return names
