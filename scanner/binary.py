"""What a file is that is no text, by its first bytes."""

_OPENED = "`picensus scan` opens it"
_UNPACKED = "unpack it first"
_CONVERTED = "turn it into text first"
_SIGNS = (
    (b"PK\x03\x04", "a workbook or a ZIP archive", f"{_OPENED}, if it is a workbook"),
    (b"\xd0\xcf\x11\xe0", "an Office file", f"{_OPENED}, if it is a workbook"),
    (b"SQLite format 3\0", "a SQLite database", "`picensus scan sqlite:////path` opens it"),
    (b"PAR1\x15", "a Parquet file", _OPENED),
    (b"\x1f\x8b", "compressed with gzip", "unpack it first, with gzip -dc for one"),
    (b"BZh", "compressed with bzip2", _UNPACKED),
    (b"\xfd7zXZ\0", "compressed with xz", _UNPACKED),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", _UNPACKED),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACKED),
    (b"Rar!\x1a", "a RAR archive", _UNPACKED),
    (b"%PDF-", "a PDF", "turn it into text first, with pdftotext for one"),
    (b"\x89PNG", "a picture", _CONVERTED),
    (b"\xff\xd8\xff", "a picture", _CONVERTED),
    (b"GIF87a", "a picture", _CONVERTED),
    (b"GIF89a", "a picture", _CONVERTED),
)
_ENOUGH = 64  # bytes from which their share of control characters says something
_MANY = 0.05  # of the bytes
_CONTROL = bytes(sorted(set(range(32)) - set(b"\t\n\v\f\r\b\x1a\x1b")))


def no_text(head: bytes) -> str:
    """A sentence that says what the file is and what to do; empty where it may be text."""
    for sign, name, advice in _SIGNS:
        if head.startswith(sign):
            return f"it is no text but {name}: {advice}"
    control = len(head) - len(head.translate(None, _CONTROL))
    if len(head) >= _ENOUGH and control > _MANY * len(head):
        return f"it is binary and no text: {_CONVERTED}, or give `picensus scan` its database"
    return ""
