"""Word documents and presentations: paragraphs and rows of tables, one a line, hidden ones too.

Headers, footers, comments, notes, text boxes, deleted text that is still there, targets of links,
and who wrote it are lines like any other.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import IO, Literal
from xml.etree import ElementTree

import pyarrow as pa

from connectors.base import Reading, Sampling, UnreadableData
from connectors.files import prose
from connectors.files.archive import bomb
from connectors.files.form import File

_PARTS = re.compile(
    r"(?:word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments\w*|glossary/document)"
    r"|ppt/(?:slides/slide\d+|notesSlides/notesSlide\d+|comments/\w+|slideMasters/\w+"
    r"|commentAuthors|authors)|(?:word|ppt)/diagrams/data\d*)\.xml"
)
_LINKS = re.compile(r"(?:word|ppt/slides)/_rels/[^/]+\.rels")
_FACTS = re.compile(r"docProps/(?:core|app|custom)\.xml")
_TOLD = {"creator", "lastModifiedBy", "title", "subject", "keywords", "description", "category"}
_TOLD |= {"Manager", "Company", "lpwstr"}
_AUTHORS = {"author", "name"}  # attributes of comments, of changes, and of those who made them
_SIGNED = {"comment", "ins", "del", "moveFrom", "moveTo", "cmAuthor", "author"}
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
_TEXTS = {"t", "delText"}
_FAULTS = (
    zipfile.BadZipFile, ElementTree.ParseError, zlib.error, EOFError, ValueError, KeyError,
    RuntimeError, NotImplementedError,
)  # fmt: skip


def read(file: File, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
    """All lines, or some drawn at random."""
    return prose.read(_lines(file, reading), sampling, reading)


def _lines(file: File, reading: Reading) -> Iterator[str]:
    try:
        with file.stream() as stream, zipfile.ZipFile(stream) as packed:
            infos = packed.infolist()
            if any(info.flag_bits & 1 for info in infos):
                raise UnreadableData(
                    f"'{file.name}' is protected by a password: save it without one"
                )
            if any(bomb(info.file_size, info.compress_size) for info in infos):
                message = f"'{file.name}' unpacks to hundreds of times its size, as a bomb does"
                raise UnreadableData(message)
            reading.warnings.extend(_left([info.filename for info in infos]))
            for name in sorted((info.filename for info in infos), key=_order):
                if _PARTS.fullmatch(name):
                    with packed.open(name) as part:
                        yield from _paragraphs(part)
                elif _LINKS.fullmatch(name):
                    with packed.open(name) as part:
                        yield from _targets(part)
                elif _FACTS.fullmatch(name):
                    with packed.open(name) as part:
                        yield from _facts(part)
    except _FAULTS:
        message = f"'{file.name}' is a broken or cut-off document: open it and save it again"
        raise UnreadableData(message) from None


def _order(name: str) -> tuple[bool, list[int], str]:
    """The document before all else, slide 2 before slide 10."""
    return name != "word/document.xml", [int(n) for n in re.findall(r"\d+", name)], name


def _left(names: list[str]) -> Iterator[str]:
    """What in the document is not read."""
    pictures = sum("/media/" in name for name in names)
    embedded = sum("/embeddings/" in name for name in names)
    if pictures:
        yield f"{pictures} pictures or films in it were not looked at"
    if embedded:
        yield f"{embedded} files embedded in it were not read: save them beside it"


def _paragraphs(part: IO[bytes]) -> Iterator[str]:
    """The paragraphs; a row of a table is one line, its cells apart by tabs."""
    text = _Text()
    skipped = 0  # deep in what repeats a text box for old programs
    for event, element in _elements(part, ("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if tag == "Fallback":
            skipped += 1 if event == "start" else -1
        elif not skipped and event == "start":
            text.begin(tag, element)
        elif not skipped:
            yield from text.end(tag, element)
    yield from (f"author: {name}" for name in sorted(text.signed))


class _Text:
    """The paragraphs that are open, and the rows of tables (in tables) around them."""

    def __init__(self) -> None:
        self.paragraphs: list[list[str]] = []
        self.rows: list[list[list[str]]] = []  # of each the cells, of each the paragraphs
        self.signed: set[str] = set()

    def begin(self, tag: str, element: ElementTree.Element) -> None:
        """Open what begins."""
        if tag == "p":
            self.paragraphs.append([])
        elif tag == "tr":
            self.rows.append([])
        elif tag == "tc" and self.rows:
            self.rows[-1].append([])
        elif tag in _SIGNED:
            self.signed.update(_signatures(element))

    def end(self, tag: str, element: ElementTree.Element) -> Iterator[str]:
        """The line that ends here, if one does."""
        if tag in _TEXTS and self.paragraphs:
            self.paragraphs[-1].append(element.text or "")
        elif tag in _BREAKS and self.paragraphs:
            self.paragraphs[-1].append(_BREAKS[tag])
        elif tag == "p" and self.paragraphs:
            yield from self._placed("".join(self.paragraphs.pop()))
            element.clear()
        elif tag == "text":  # of a comment on a slide
            yield from self._placed(element.text or "")
        elif tag == "tr" and self.rows:
            cells = self.rows.pop()
            yield from self._placed("\t".join(" ".join(filter(None, cell)) for cell in cells))
            element.clear()

    def _placed(self, text: str) -> Iterator[str]:
        """The text as a line, where it is not in a cell."""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(" ".join(text.split("\n")))
        else:
            yield text


def _signatures(element: ElementTree.Element) -> Iterator[str]:
    for name, value in element.attrib.items():
        if name.rpartition("}")[2] in _AUTHORS and value:
            yield value


def _targets(part: IO[bytes]) -> Iterator[str]:
    """Where links lead to."""
    for _, element in _elements(part, ("end",)):
        if element.get("TargetMode") == "External":
            yield element.get("Target", "")


def _facts(part: IO[bytes]) -> Iterator[str]:
    """Author, title and their like."""
    for _, element in _elements(part, ("end",)):
        tag = element.tag.rpartition("}")[2]
        if tag in _TOLD and element.text:
            yield f"{'property' if tag == 'lpwstr' else tag}: {element.text}"


def _elements(
    part: IO[bytes], events: Sequence[Literal["start", "end"]]
) -> Iterator[tuple[str, ElementTree.Element]]:
    """The elements as they begin or end; the parser itself refuses entities that explode."""
    yield from ElementTree.iterparse(part, events)  # noqa: S314
