"""Pictures: the lines of text that are recognised in them."""

from collections.abc import Iterator

import pyarrow as pa

from connectors.base import Reading, Sampling
from connectors.files import ocr, prose
from connectors.files.form import File


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """All lines, or some drawn at random; what recognition misses cannot be told."""
    ocr.check(file.name)
    reading.warnings.append("text in pictures is recognised, and may be read wrong or missed")
    return prose.read(_lines(file), sampling, reading)


def _lines(file: File) -> Iterator[str]:
    with file.stream() as stream:
        for _, line in ocr.lines(stream, file.name):
            yield line
