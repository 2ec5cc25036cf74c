"""What CREATE TABLE and COMMENT say: the columns of a table, their types and comments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from connectors.base import Column
from connectors.files.sql_syntax import NAME, PART, Syntax, names, unquoted

_NO_COLUMN = re.compile(
    rb"(?i:PRIMARY\s|UNIQUE\b|CONSTRAINT\s|FOREIGN\s|FULLTEXT\s|SPATIAL\s|EXCLUDE\s|LIKE\s|PERIOD\s"
    rb"|SUPPLEMENTAL\s|(?:CHECK\s*\()|(?:KEY|INDEX)\s+(?:\S+\s*)?(?:USING\s|\((?!\d)))"
)
_COLUMN = re.compile(rb"(" + PART + rb")\s*+(.*)", re.DOTALL)
_TYPE_ENDS = re.compile(
    rb"(?i:\b(?:NOT|NULL|DEFAULT|COMMENT|PRIMARY|UNIQUE|KEY|AUTO_INCREMENT|AUTOINCREMENT|REFERENCES"
    rb"|COLLATE|CHARACTER\s+SET|CHARSET|CONSTRAINT|CHECK|GENERATED|IDENTITY|ON\s+UPDATE|AS|ENABLE"
    rb"|VISIBLE|INVISIBLE|ENCODE|SPARSE)\b)"
)
_COMMENT = re.compile(rb"\b(?i:COMMENT)\s*+=?\s*+(?=['\"])")
COMMENT_ON = re.compile(
    rb"(?i:COMMENT\s+ON\s+COLUMN)\s+(" + PART + rb"(?:\s*\.\s*" + PART + rb"){1,3})"
    rb"\s+(?i:IS)\s+"
)
_STRING = re.compile(rb"[nNeE]?'((?:[^'\\]|''|\\.)*+)'|\"((?:[^\"\\]|\\.)*+)\"", re.DOTALL)
CREATE = re.compile(
    rb"(?i:CREATE\s+(?:(?:GLOBAL|LOCAL|TEMPORARY|TEMP|UNLOGGED|COLUMN|ROW|EXTERNAL|HUGE)\s+)*+TABLE\s+"
    rb"(?:IF\s+NOT\s+EXISTS\s+)?)(" + NAME + rb")\s*+(?=\()"
)


@dataclass(slots=True)
class Table:
    """A table of a dump: its columns by their names in small letters, and where its rows are.

    A layout says which columns values stand for (all of the table where it names none), and
    whether they are lines of COPY. An extent is a piece of the text with rows of one layout.
    """

    name: tuple[str, ...]
    columns: dict[str, Column] = field(default_factory=dict)
    layouts: list[tuple[tuple[str, ...], bool]] = field(default_factory=list)
    extents: list[tuple[int, int, int]] = field(default_factory=list)  # begin, end, layout
    fault: str = ""

    def column(self, name: str) -> Column:
        """The column of a name, in whatever case; a new one where there is none."""
        found = self.columns.get(name.lower())
        return found or self.columns.setdefault(name.lower(), Column(name))

    def layout(self, columns: tuple[str, ...], copy: bool) -> int:
        """The number of the way in which rows are written."""
        said = (tuple(self.column(name).name for name in columns), copy)
        if said not in self.layouts:
            self.layouts.append(said)
        return self.layouts.index(said)

    def comment(self, column: str, text: str) -> None:
        """Keep what is said of a column."""
        known = self.column(column)
        self.columns[column.lower()] = Column(known.name, known.type, text)


def columns(body: bytes, patterns: Syntax) -> Iterator[Column]:
    """The columns that are declared between the brackets of CREATE TABLE."""
    for item in _items(body, patterns):
        found = None if _NO_COLUMN.match(item) else _COLUMN.match(item)
        if found:
            said, comment = found[2], _COMMENT.search(found[2])
            text = string(said, comment.end()) if comment else ""
            end = _TYPE_ENDS.search(said)
            kind = said[: end.start()] if end else said
            shown = re.sub(rb"[\[\]`\"]", b"", kind)
            words = " ".join(shown.decode("utf-8", "replace").split())
            yield Column(unquoted(found[1]), words[:200], text)


def string(text: bytes, begin: int) -> str:
    """The string at a place, without its marks; empty where there is none."""
    found = _STRING.match(text, begin)
    if not found:
        return ""
    plain = found[1] if found[1] is not None else found[2]
    plain = re.sub(rb"\\(.)", rb"\1", plain.replace(b"''", b"'"), flags=re.DOTALL)
    return plain.decode("utf-8", "replace")


def described(statement: bytes) -> tuple[tuple[str, ...], str, str] | None:
    """The table, the column and the comment that SQL Server's procedure for it is called with."""
    if b"MS_Description" not in statement:
        return None
    said = [string(found[0], 0) for found in _STRING.finditer(statement)]
    upper = [text.upper() for text in said]
    words = ("TABLE", "COLUMN", "MS_DESCRIPTION")
    places = [upper.index(word) + 1 for word in words if word in upper]
    if len(places) < len(words) or max(places) >= len(said):
        return None
    table, column, comment = (said[place] for place in places)
    return (table,), column, comment


def commented(statement: bytes) -> tuple[tuple[str, ...], str, str] | None:
    """The table, the column and the comment of COMMENT ON COLUMN."""
    found = COMMENT_ON.match(statement)
    if not found:
        return None
    *table, column = names(found[1])
    return tuple(table), column, string(statement, found.end())


def _items(body: bytes, patterns: Syntax) -> Iterator[bytes]:
    """What stands between the commas, without comments."""
    depth, begin, held = 0, 1, b""
    for found in patterns.piece.finditer(body):
        mark = found[3]
        if found[2] is not None:
            held, begin = held + body[begin : found.start()] + b" ", found.end()
        elif mark == b"(":
            depth += 1
        elif mark == b")":
            depth -= 1
        if (mark == b"," and depth == 1) or depth == 0:
            item = (held + body[begin : found.start()]).strip()
            held, begin = b"", found.end()
            if item:
                yield item
