"""Columns of fixed width: fields that stand below each other, with blanks between them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from connectors.base import Reading, Sampling
from connectors.files.form import File
from connectors.files.header import header_cells, header_row, unique_names
from connectors.files.lines import lines
from connectors.files.sample import drawn
from connectors.files.text import Text

_ROWS = 200  # lines looked at
_FEWEST = 5  # of them, without which nothing is decided
_ALIGNED = 0.9  # of the values of a column begin, or end, below each other
_FILL = "\x7f"  # stands for the further places that a wide character takes
_RULE = r"^[-=+_*# ]*$"  # a line drawn below the header, or an empty one
# How places are counted: as the screen shows them, in bytes of GBK or Big5, in bytes of UTF-8, or
# in characters.
_WIDE = (
    "[\u1100-\u115f\u2010-\u203f\u2460-\u24ff\u2500-\u27bf\u2e80-\ua4cf\uac00-\ud7a3"
    "\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003fffd]"
)
MEASURES: tuple[tuple[tuple[str, int], ...], ...] = (
    ((_WIDE, 1),),
    (("[\u0080-\U0010ffff]", 1),),
    (("[\u0080-\u07ff]", 1), ("[\u0800-\uffff]", 2), ("[\U00010000-\U0010ffff]", 3)),
    (),
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each column begins, in places counted by a measure."""

    measure: tuple[tuple[str, int], ...]
    starts: tuple[int, ...]

    def cells(self, text: pa.Array) -> list[pa.Array]:
        """The columns of an array of lines."""
        placed = spread(text, self.measure)
        ends: list[int | None] = [*self.starts[1:], None]
        found = []
        for start, end in zip([0, *self.starts[1:]], ends, strict=True):  # what juts out is kept
            cell = pc.utf8_slice_codeunits(placed, start, end)
            found.append(pc.utf8_trim_whitespace(pc.replace_substring(cell, _FILL, "")))
        return found


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """All rows, or some drawn at random."""
    return drawn(_rows(file, sampling, reading), sampling, reading)


def _rows(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    text = Text(file, reading)
    rows = [line for line in text.head.splitlines() if line.strip()]
    form = layout(rows if text.whole else rows[:-1]) or Layout((), (0,))
    first = _sound(pa.array(rows[:_ROWS], pa.large_string()))
    top = list(zip(*(c.to_pylist() for c in form.cells(first)), strict=True))
    above, named = header_row(top)
    if above:
        reading.warnings.append(f"{above} rows above the header were not read as rows")
    skip = first.to_pylist()[: above + named]
    names = unique_names(header_cells(top[above : above + named]), len(form.starts))
    wanted = [i for i, n in enumerate(names) if sampling.columns is None or n in sampling.columns]
    schema = pa.schema([(names[i], pa.large_string()) for i in wanted])
    yield pa.RecordBatch.from_arrays([pa.nulls(0, f.type) for f in schema], schema=schema)
    pieces = text.pieces(sampling)
    for block in text.blocks() if pieces is None else pieces:
        array = _sound(lines(block))
        if skip and array.slice(0, len(skip)).to_pylist() == skip:
            array = array.slice(len(skip))
        skip = [] if pieces is None else skip
        columns = form.cells(array)
        cut = [pc.utf8_slice_codeunits(columns[i], 0, sampling.cell) for i in wanted]
        yield pa.RecordBatch.from_arrays(cut, schema=schema)


def _sound(array: pa.Array) -> pa.Array:
    """The lines without rules and empty ones."""
    return array.filter(pc.invert(pc.match_substring_regex(array, _RULE)))


def spread(text: pa.Array, measure: Sequence[tuple[str, int]]) -> pa.Array:
    """The lines with as many characters as they take places."""
    text = pc.replace_substring(pc.replace_substring(text, _FILL, ""), "\t", " ")
    for wide, more in measure:
        text = pc.replace_substring_regex(text, f"({wide})", "\\1" + _FILL * more)
    return text


def layout(rows: Sequence[str]) -> Layout | None:
    """The layout that lines have, if they have one: of the measures that fit, the finest."""
    array = _sound(pa.array(rows[:_ROWS], pa.large_string()))
    found = [
        Layout(measure, starts)
        for measure in MEASURES
        if (starts := _starts(spread(array, measure).to_pylist()))
    ]
    return max(found, key=lambda form: len(form.starts), default=None)


def _starts(rows: Sequence[str]) -> tuple[int, ...]:
    """Where columns begin, if most lines keep the same places blank; titles may stand above."""
    usual = Counter(len(row.split()) for row in rows).most_common(1)
    first = next((i for i, row in enumerate(rows) if usual and len(row.split()) == usual[0][0]), 0)
    rows = rows[first:]
    if len(rows) < _FEWEST or first > 10:
        return ()
    width = max(map(len, rows))
    blank = [all(row[i : i + 1] in {"", " ", "\u3000"} for row in rows) for i in range(width)]
    starts = [i for i in range(width) if not blank[i] and (i == 0 or blank[i - 1])]
    ends = [*starts[1:], width]
    whole = all(_aligned(rows, a, b) for a, b in zip(starts, ends, strict=True))
    table = len(starts) > 1 and whole and _padded(rows, starts) and not _prose(rows, starts[-1])
    return tuple(starts) if table else ()


def _padded(rows: Sequence[str], starts: Sequence[int]) -> bool:
    """Are values of some column filled up to its width? Words of one length are no columns."""
    pairs = pairwise(starts)
    return any(len({len(row[a:b].strip()) for row in rows}) > 1 for a, b in pairs)


def _prose(rows: Sequence[str], start: int) -> bool:
    """Is what stands in the last column text of several words, as behind the time in a log?"""
    words = [len(row[start:].split()) for row in rows]
    return 2 * sum(count > 1 for count in words) > len(words)


def _aligned(rows: Sequence[str], start: int, end: int) -> bool:
    """Do the values between two places, which few lines lack, begin or end below each other?"""
    cells = [row[start:end] for row in rows if row[start:end].strip()]
    left = Counter(len(cell) - len(cell.lstrip()) for cell in cells)
    right = Counter(len(cell.rstrip()) for cell in cells)
    best = max((c.most_common(1)[0][1] for c in (left, right) if c), default=0)
    return 2 * len(cells) >= len(rows) and best >= _ALIGNED * len(cells)
