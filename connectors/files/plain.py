"""Text whose name does not say whether it is a table: its content does, or it is read as lines."""

import re
from collections.abc import Iterator

import pyarrow as pa

from connectors.base import Reading, Sampling
from connectors.files import delimited, fixed, json_documents, lines
from connectors.files.dialect import STRONG, dialect
from connectors.files.form import File
from connectors.files.shapes import loaded
from connectors.files.text import Text

_ROWS = 200  # lines looked at
_LOG = re.compile(
    r"\b(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE)\b"
    r"|^\S+ \S+ \S+ \[\d\d/\w{3}/\d{4}:"  # of web servers
    r"|^(<\d+>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d "  # of syslog
)
_STATEMENT = re.compile(r"\s*(insert|create|update|delete|alter|drop|set|use|--|/\*)\b", re.I)


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """Rows of a table where nearly all lines have its form, else lines."""
    text = Text(file, Reading())
    match kind(text.head, text.whole):
        case "delimited":
            return delimited.read(file, sampling, reading)
        case "fixed":
            return fixed.read(file, sampling, reading)
        case "json_documents":
            return json_documents.read(file, sampling, reading)
        case _:
            return lines.read(file, sampling, reading)


def kind(head: str, whole: bool) -> str:
    """What the beginning of a text shows it to be, `lines` where in doubt."""
    rows = [line for line in head.splitlines() if line.strip()]
    rows = rows[: _ROWS if whole else min(_ROWS, max(1, len(rows) - 1))]
    if len(rows) > 1 and all(map(_is_json, rows[:5])):
        return "json_documents"
    if _most(_LOG, rows) or _most(_STATEMENT, rows):
        return "lines"
    if _is_delimited(head, whole):
        return "delimited"
    return "fixed" if fixed.layout(rows) else "lines"


def _most(pattern: re.Pattern[str], rows: list[str]) -> bool:
    return 2 * sum(pattern.search(row) is not None for row in rows) > len(rows)


def _is_json(row: str) -> bool:
    if not row.lstrip().startswith("{"):
        return False
    try:
        return isinstance(loaded(row), dict)
    except (ValueError, RecursionError):
        return False


def _is_delimited(head: str, whole: bool) -> bool:
    """Have nearly all lines as many fields? Commas stand in prose too: more is asked of them."""
    form = dialect(head, whole)
    width, rows = len(form.names), form.rows - form.above - form.named
    if form.delimiter in STRONG:
        return width > 1 and form.share >= 0.9 and rows >= (1 if form.named else 2)
    sure = form.share >= 0.95
    return sure and ((width > 2 and rows >= 5) or (width > 1 and form.named > 0 and rows >= 1))
