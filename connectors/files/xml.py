"""XML: the elements that repeat are rows, nested as they are; attributes are fields."""

import codecs
import json
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from xml.parsers import expat

import pyarrow as pa

from connectors.base import Reading, Sampling, UnreadableData
from connectors.files.form import File
from connectors.files.json_documents import tabulated
from connectors.files.lines import batch_of
from connectors.files.shapes import Json
from connectors.files.text import Text
from connectors.files.xml_tree import Builder, TooLarge, Tree, record_depth

_CHUNK = 1 << 18  # bytes fed to the parser at a time
_ROWS = 4_096  # of a batch
_NO_TEXT = bytes(c for c in range(32) if c not in {9, 10, 13})  # what XML cannot hold


class _Entities(ValueError):  # noqa: N818
    """The document defines entities."""


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """A row for each element of the kind that repeats nearest to the root.

    Where elements of several names stand at that depth each row has one field, of the
    element's name, for those that do not repeat. What stands nearer to the root is one more row.
    """
    return tabulated(partial(_documents, file), file, sampling, reading)


def _documents(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """Each row as JSON, in a column `line`."""
    del sampling
    yield batch_of(pa.nulls(0, pa.large_string()))
    text = Text(file, reading)
    tree = Tree()
    parser = _parser(tree)
    with suppress(expat.ExpatError, _Entities):  # it is told below
        parser.Parse(_clean(text.head.encode()), False)
    builder = Builder(tree, record_depth(tree))
    parser = _parser(builder)
    for chunk in _chunks(text):
        _fed(file, parser, chunk)
        if len(builder.rows) >= _ROWS or chunk is _LAST:
            yield _batch(builder.taken())


_LAST = b""


def _chunks(text: Text) -> Iterator[bytes]:
    """The document in UTF-8, whatever it declares; an empty chunk at the end."""
    with text.file.stream() as stream:
        raw = iter(lambda: stream.read(_CHUNK), b"")
        codec = "utf-8" if text.codec == "ascii" else text.codec
        for piece in codecs.iterdecode(raw, codec, "replace"):
            yield _clean(piece.encode()) or b" "
    yield _LAST


def _clean(data: bytes) -> bytes:
    return data.removeprefix(codecs.BOM_UTF8).translate(None, _NO_TEXT)


def _parser(target: "Tree | Builder") -> expat.XMLParserType:
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = target.start
    parser.EndElementHandler = target.end
    parser.CharacterDataHandler = target.data
    parser.EntityDeclHandler = _refused
    return parser


def _refused(*_: object) -> None:
    raise _Entities


def _fed(file: File, parser: expat.XMLParserType, chunk: bytes) -> None:
    try:
        parser.Parse(chunk, chunk is _LAST)
    except expat.ExpatError as error:
        message = f"'{file.name}' is no whole XML from line {error.lineno} on: correct or copy it"
        raise UnreadableData(message) from None
    except _Entities:
        message = f"'{file.name}' defines entities of its own, as a bomb does: write it without"
        raise UnreadableData(message) from None
    except TooLarge:
        message = f"'{file.name}' has an element too large or too deep for a row: split it"
        raise UnreadableData(message) from None


def _batch(rows: list[Json]) -> pa.RecordBatch:
    texts = [json.dumps(row, ensure_ascii=False) for row in rows]
    return batch_of(pa.array(texts, pa.large_string()))
