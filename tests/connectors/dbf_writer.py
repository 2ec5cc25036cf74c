"""dBase files of any field and codec, damaged ones too."""

import struct
from pathlib import Path
from typing import Any


def write_dbf(
    path: Path,
    fields: list[tuple[str, str, int, int]],
    rows: list[Any],
    codec: str = "gb18030",
    deleted: int = -1,
    version: int = 3,
) -> None:
    """By the layout that dBase III documents; cells that are bytes are written as they are."""
    width = 1 + sum(size for _, _, size, _ in fields)
    start = 32 + 32 * len(fields) + 1
    out = struct.pack("<B3BIHH20x", version, 26, 1, 1, len(rows), start, width)
    for name, kind, size, places in fields:
        named = name.encode(codec).ljust(11, b"\0")
        out += named + kind.encode() + bytes(4) + bytes([size % 256, places or size // 256])
        out += bytes(14)
    out += b"\r"
    for i, row in enumerate(rows):
        out += b"*" if i == deleted else b" "
        for cell, (_, kind, size, _) in zip(row, fields, strict=True):
            raw = cell if isinstance(cell, bytes) else str(cell).encode(codec)
            out += raw[:size].rjust(size) if kind == "N" else raw[:size].ljust(size)
    path.write_bytes(out + b"\x1a")
