"""HTML: each real table is a dataset, and so is the text around the tables."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

import pyarrow as pa

from connectors.base import Reading, Sampling, UnreadableData
from connectors.files import prose
from connectors.files.encodings import detect, is_binary
from connectors.files.form import File
from connectors.files.header import header_row, unique_names
from connectors.files.page_text import Page, Row
from connectors.files.sample import drawn
from connectors.files.stamp import stamp

TEXT = "text"
_BLOCK = 1 << 20  # bytes
_LOOKED = 1 << 16  # bytes in which the encoding is looked for
_HEAD = 100  # rows in which the header is
_ROWS = 4096  # of a batch
_SAID = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "big5": "big5hkscs"}


@dataclass(slots=True)
class _Survey:
    """How many rows and columns each table has, and whether there is text around them."""

    rows: dict[int, int] = field(default_factory=dict)
    width: dict[int, int] = field(default_factory=dict)
    nesting: set[int] = field(default_factory=set)
    text: bool = False

    def real(self) -> list[int]:
        """The tables that hold data; those of one row or column only arrange a page."""
        wide = (n for n, rows in self.rows.items() if rows > 1 and self.width[n] > 1)
        return sorted(number for number in wide if number not in self.nesting)


def parts(file: File) -> list[str]:
    """The tables by their numbers, and the text around them; none where there is no table."""
    survey = _surveyed(file)
    real = survey.real()
    around = survey.text or len(real) < len(survey.rows)
    return [f"table {i}" for i in range(1, len(real) + 1)] + [TEXT] * (around and bool(real))


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """All rows of a table or lines of the text, or some drawn at random."""
    survey = _surveyed(file)
    real = survey.real()
    if file.part is None or file.part == TEXT:
        yield from prose.read(_lines(file, set(real)), sampling, reading)
        return
    number = file.part.removeprefix("table ")
    if not number.isdigit() or not 0 < int(number) <= len(real):
        raise UnreadableData(f"'{file.name}' has no table of that name any more: scan again")
    chosen = real[int(number) - 1]
    rows = _rows(file, chosen, survey.width[chosen], sampling, reading)
    yield from drawn(rows, sampling, reading)


def _surveyed(file: File) -> _Survey:
    """The survey of a page; of the last few pages it is kept."""
    held = _held(stamp(file.content))
    if not held:
        held.append(_survey(file))
    return held[0]


@lru_cache(maxsize=8)
def _held(of: tuple[str, int, int]) -> list[_Survey]:
    """A place for the survey of a file, empty at first; the same for the same file."""
    return []


def _survey(file: File) -> _Survey:
    found = _Survey()
    for one, page in _said(file):
        if isinstance(one, str):
            found.text = True
        else:
            found.rows[one.table] = found.rows.get(one.table, 0) + 1
            found.width[one.table] = max(found.width.get(one.table, 0), len(one.cells))
        found.nesting = page.nesting
    return found


def _lines(file: File, left: set[int]) -> Iterator[str]:
    for one, _ in _said(file):
        if isinstance(one, str):
            yield one
        elif one.table not in left:
            yield "\t".join(one.cells)


def _rows(
    file: File, number: int, width: int, sampling: Sampling, reading: Reading
) -> Iterator[pa.RecordBatch]:
    cells = (one.cells for one, _ in _said(file) if isinstance(one, Row) and one.table == number)
    head = list(islice(cells, _HEAD))
    first, named = header_row(head)
    if first:
        reading.warnings.append(f"{first} rows above the header were not read as rows")
    names = unique_names(head[first] if named else [], width)
    wanted = sampling.columns
    kept = [i for i, name in enumerate(names) if wanted is None or name in wanted]
    schema = pa.schema([(names[i], pa.large_string()) for i in kept])
    held = head[first + named :]
    yield _batch([], kept, schema, sampling.cell)
    for row in cells:
        held.append(row)
        if len(held) >= _ROWS:
            yield _batch(held, kept, schema, sampling.cell)
            held = []
    yield _batch(held, kept, schema, sampling.cell)


def _batch(rows: list[list[str]], kept: list[int], schema: pa.Schema, cell: int) -> pa.RecordBatch:
    arrays = [
        pa.array([(row[i][:cell] or None) if i < len(row) else None for row in rows], f.type)
        for i, f in zip(kept, schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _said(file: File) -> Iterator[tuple[Row | str, Page]]:
    """Rows and lines in their order, as the page is read."""
    page = Page()
    with file.stream() as stream:
        head = stream.read(_LOOKED)
        codec = _codec(head)
        if is_binary(head) and not codec.startswith(("utf-16", "utf-32")):
            message = f"'{file.name}' holds binary data, not text: give it its proper name"
            raise UnreadableData(message)
        decoder = codecs.getincrementaldecoder(codec)("replace")
        data = head
        while data:
            page.feed(decoder.decode(data).replace("\0", ""))
            yield from ((one, page) for one in page.taken())
            data = stream.read(_BLOCK)
    page.close()
    yield from ((one, page) for one in page.taken())


def _codec(head: bytes) -> str:
    """The encoding that the page declares, where that exists; else the one that fits."""
    found = detect(head)
    if found.startswith("utf-") and (head.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))):
        return "utf-8-sig" if found == "utf-8" else found
    said = _SAID.search(head)
    if found.startswith(("utf-16", "utf-32")) or not said:
        return "utf-8" if found == "ascii" else found
    name = said[1].decode("ascii", "replace").lower()
    try:
        codecs.lookup(name)
    except LookupError:
        return "utf-8" if found == "ascii" else found
    return _WIDER.get(name, name)
