"""PDF documents: the lines of each page, remarks, forms and links with them."""

import base64
import importlib.util
import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from connectors.base import MissingDriver, Reading, Sampling, UnreadableData
from connectors.files import ocr, prose
from connectors.files.form import File

_PROGRAM = Path(__file__).with_name("pdf_pages.py")
_MEMORY = 2 << 30  # bytes, and what the file takes
_SECONDS = 120  # for one page
_PICTURES = 20  # pages without text of a sample; recognition takes seconds for each
_SCHEMA = pa.schema([("line", pa.large_string()), ("page", pa.int32())])
_FAULTS = {
    "password": "is protected by a password: save it without one",
    "broken": "is a broken or cut-off PDF document: copy it again, or save it anew",
}


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """All lines with the number of their page, or some drawn at random; page 0 is the document."""
    if importlib.util.find_spec("pypdfium2") is None:
        install = "pip install 'picensus[pdf]'"
        raise MissingDriver(f"'{file.name}' is a PDF document; to read it: {install}")
    return prose.table(_lines(file, sampling, reading), _SCHEMA, sampling, reading)


def _lines(file: File, sampling: Sampling, reading: Reading) -> Iterator[prose.Line]:
    pictures = 0
    if ocr.available():
        pictures = _PICTURES if sampling.rows is not None else 1_000_000
    seen = 0
    with file.content.located() as path, _started(file, path, pictures, sampling.seed) as said:
        for told in said:
            if fault := told.get("fault"):
                if fault in _FAULTS:
                    raise UnreadableData(f"'{file.name}' {_FAULTS[fault]}")
                reading.warnings.append("some pages are damaged and were not read")
            elif picture := told.get("picture"):
                seen += 1
                for line in ocr.of_png(base64.b64decode(picture), file.name):
                    yield line, told
            elif "lines" in told:
                yield from ((line, told) for line in told["lines"])
            else:
                reading.warnings.extend(_left(told, seen))
                return
    raise UnreadableData(f"'{file.name}' is damaged and cannot be read any further: save it anew")


def _left(told: dict[str, Any], seen: int) -> Iterator[str]:
    """What was not read."""
    if bare := told["bare"] - seen:
        install = "" if ocr.available() else ": pip install 'picensus[ocr]' to read them"
        yield f"{bare} of {told['pages']} pages hold no text, only pictures{install}"
    if seen:
        yield f"the text of {seen} pages is recognised from pictures, and may be wrong or missed"
    if told["attachments"]:
        yield f"{told['attachments']} files attached to it were not read: save them beside it"


@contextmanager
def _started(file: File, path: str, pictures: int, seed: int) -> Iterator[Iterator[dict[str, Any]]]:
    """What the program for the pages says, as long as it says something."""
    memory = _MEMORY + 2 * file.content.size
    command = [sys.executable, "-P", _PROGRAM, path, memory, pictures, seed]
    process = subprocess.Popen(  # noqa: S603
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        yield _told(process)
    finally:
        process.kill()
        process.communicate()


def _told(process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    """Each object that the program prints; it ends where the program does, or takes too long."""
    assert process.stdout is not None  # noqa: S101 (for mypy: it is a pipe)
    number, rest = process.stdout.fileno(), b""
    while select.select([number], [], [], _SECONDS)[0] and (data := os.read(number, 1 << 20)):
        *lines, rest = (rest + data).split(b"\n")
        yield from map(json.loads, lines)
