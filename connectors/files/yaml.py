"""YAML: each document a row, or each item of one that is a list; every scalar is its text."""

import codecs
import json
from collections.abc import Iterator
from functools import partial

import pyarrow as pa

from connectors.base import Reading, Sampling, UnreadableData
from connectors.files import lines
from connectors.files.form import File
from connectors.files.json_documents import tabulated
from connectors.files.lines import batch_of
from connectors.files.shapes import Json
from connectors.files.text import Text
from connectors.files.yaml_events import Endless, NoYaml, documents

LARGEST = 64 << 20  # bytes of a file; a document is held in memory whole


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """The rows; the lines where it is no YAML, as templates of it are."""
    try:
        rows = list(_rows(_text(file, Reading()), file))
    except NoYaml as fault:
        reading.warnings.append(f"it is no YAML from line {fault.line} on and was read as lines")
        return lines.read(file, sampling, reading)
    _text(file, reading)  # what was mended is said once
    return tabulated(partial(_documents, rows), file, sampling, reading)


def _text(file: File, reading: Reading) -> str:
    text = Text(file, reading)
    with file.stream() as stream:
        raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        message = f"'{file.name}' is larger than {LARGEST >> 20} MB: write it as JSON lines"
        raise UnreadableData(message)
    codec = "utf-8" if text.codec == "ascii" else text.codec
    return codecs.decode(raw, codec, "replace").removeprefix("\ufeff")


def _rows(text: str, file: File) -> Iterator[str]:
    try:
        for document in documents(text):
            for row in document if isinstance(document, list) else [document]:
                yield _json(row)
    except Endless:
        message = f"'{file.name}' unfolds to far more than it holds, as a bomb does: write it out"
        raise UnreadableData(message) from None


def _json(row: Json) -> str:
    return json.dumps(row, ensure_ascii=False)


def _documents(rows: list[str], _: Sampling, __: Reading) -> Iterator[pa.RecordBatch]:
    yield batch_of(pa.array([row for row in rows if row != "null"], pa.large_string()))
