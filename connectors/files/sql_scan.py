"""Where the rows of each table are in a SQL dump: found in one pass over it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from connectors.base import UnreadableData
from connectors.files.form import File
from connectors.files.sql_heads import (
    BETWEEN,
    COPIED,
    COPY,
    DELIMITER,
    ENDINGS,
    GAP,
    INSERT,
    NOTES,
    PLAIN,
    UNREAD,
    UPSERT,
    USE,
    USUAL,
    WORD,
)
from connectors.files.sql_source import Blocks
from connectors.files.sql_syntax import Syntax, has_backslashes, names, syntax
from connectors.files.sql_tables import CREATE, Table, columns, commented, described

_AHEAD = 1 << 18  # bytes in which the head of a statement, or a whole CREATE TABLE, must lie
_TAIL = 1000  # bytes at the beginning and at the end, in which a dump says what it is
_LONGEST = 64 << 20  # bytes of one row


@dataclass(slots=True)
class Index:
    """The tables of a dump in their order; `fault` says where it breaks off, if it does."""

    blocks: Blocks
    patterns: Syntax
    tables: dict[str, Table] = field(default_factory=dict)
    fault: UnreadableData | None = None
    unread: int = 0
    open_ended: str = ""  # the table after which a dump ends that does not say that it is whole


class Scan:
    """One pass over a dump."""

    def __init__(self, file: File) -> None:
        self.file = file
        blocks, head = Blocks.of(file)
        self.made = Index(blocks, syntax(has_backslashes(head)))
        self.texts = blocks.read(file)
        self.data, self.base, self.at, self.ended = b"", 0, 0, False
        self.last: Table | None = None  # the table touched last, which a break is told of
        self.schema: tuple[str, ...] = ()
        self.found: dict[str, list[Table]] = {}
        self.joint = -1  # where another statement for the same rows would follow
        self.head = b""
        self.begun, self.tail = head[:_TAIL], b""

    def index(self) -> Index:
        """All tables, or those before the dump breaks off."""
        try:
            while self._statement():
                pass
        except UnreadableData as error:
            self.made.fault = error
        if self.made.fault and self.last:
            self.last.fault = str(self.made.fault)
        self.made.tables = self._named()
        whole = next((end for begin, end in ENDINGS if begin in self.begun), b"")
        if whole not in self.tail and self.last and not self.last.fault:
            last = self.last
            self.made.open_ended = next((n for n, t in self.made.tables.items() if t is last), "")
        return self.made

    def _more(self) -> bool:
        """Put as much again behind the text that is left; False where there is no more."""
        held = [self.data[self.at :]]
        wanted, size = 2 * len(held[0]), len(held[0])
        while not self.ended and (len(held) == 1 or size < wanted):
            try:
                held.append(next(self.texts)[1])
                self.tail = self.tail[-_TAIL:] + held[-1][-_TAIL:]
                size += len(held[-1])
            except StopIteration:
                self.ended = True
        self.data, self.base, self.at = b"".join(held), self.base + self.at, 0
        return len(held) > 1

    def _statement(self) -> bool:
        """Pass one statement; False at the end."""
        while len(self.data) - self.at < _AHEAD and self._more():
            pass
        if self._same():
            return True
        self._between()
        if self.at >= len(self.data):
            return False
        word = (found := WORD.match(self.data, self.at)) and found[0].upper()
        known: dict[bytes, Callable[[], bool]] = {
            b"INSERT": self._insert,
            b"REPLACE": self._insert,
            b"INTO": self._insert,
            b"COPY": self._copy,
            b"CREATE": self._create,
            b"DELIMITER": self._delimited,
        }
        if not known.get(word or b"", self._other)():
            self.made.unread += word in UNREAD
            self._rest()
        return True

    def _same(self) -> bool:
        """Pass lines that are each a statement with the head of the last one."""
        table, head, data, at = self.last, self.head, self.data, self.at
        if not head or table is None or self.base + at != self.joint:
            return False
        while data.startswith(head, at) and (end := self._line(at + len(head))):
            at = end
        if at == self.at:
            return False
        begin, _, layout = table.extents[-1]
        table.extents[-1] = begin, self.base + at, layout
        self.at, self.joint = at, self.base + at
        return True

    def _line(self, at: int) -> int:
        """The end of a line that surely ends a statement; 0 where it is not sure."""
        data, end = self.data, self.data.find(b"\n", at)
        if end < 0:
            return 0
        last = end - 1 if data[end - 1 : end] == b"\r" else end
        if data[last - 2 : last] != b");" or data.count(b"'", at, last) % 2:
            return 0
        if any(data.find(word, at, last) >= 0 for word in UPSERT):
            return 0
        if data.find(b"\\'" if self.made.patterns.backslash else b'"', at, last) >= 0:
            return 0
        return end + 1

    def _between(self) -> None:
        """Pass spaces, comments and words to the client that stand between statements."""
        while True:
            self.at = BETWEEN.match(self.data, self.at).end()  # type: ignore[union-attr]
            if len(self.data) - self.at >= _AHEAD or not self._more():
                return
            if self.data.startswith(b"/*", self.at) and len(self.data) > _LONGEST:
                return

    def _insert(self) -> bool:
        """Pass the rows of INSERT ... VALUES, piece by piece where they are many."""
        found = INSERT.match(self.data, self.at)
        if not found:
            return False
        table = self._table(names(found[1]))
        layout = table.layout(names(found[2] or b""), False)
        head, self.head = found[0], b""
        start = self.at
        end = self._line(found.end()) or self.made.patterns.rows.match(self.data, found.end()).end()  # type: ignore[union-attr]
        self._extent(table, layout, start, end)
        self.at = end
        while self._goes_on():
            end = self.made.patterns.rows.match(self.data, self.at).end()  # type: ignore[union-attr]
            if end > self.at:
                self._extent(table, layout, self.at, end)
                self.at = end
            elif len(self.data) - self.at > _LONGEST or not self._more():
                self._broken(table)
                return True
        if self.data[self.at - 4 : self.at].rstrip().endswith((b";", b")")):
            self.at = GAP.match(self.data, self.at).end()  # type: ignore[union-attr]
            self.head, self.joint = head, self.base + self.at
            begin, _, layout = table.extents[-1]
            table.extents[-1] = begin, self.joint, layout
        following = self.data[self.at : self.at + 12].upper()
        if following.startswith(b"ON ") or following.startswith(b"AS "):
            self.joint = -1
            self._rest()
        return True

    def _goes_on(self) -> bool:
        """Do more rows of the statement follow?"""
        while True:
            at = NOTES.match(self.data, self.at).end()  # type: ignore[union-attr]
            if at < len(self.data):
                return self.data[at : at + 1] in {b",", b"("}
            if not self._more():
                return False

    def _copy(self) -> bool:
        found = COPY.match(self.data, self.at)
        if not found:
            return False
        table = self._table(names(found[1]))
        layout = table.layout(names(found[2] or b""), True)
        self.at, self.joint = found.end(), -1
        while not (end := COPIED.search(self.data, self.at)):
            last = self.data.rfind(b"\n") + 1
            if last > self.at:
                self._extent(table, layout, self.at, last)
                self.at = last
            if not self._more():
                self._broken(table)
                return True
        self._extent(table, layout, self.at, end.start())
        self.at = end.end()
        return True

    def _create(self) -> bool:
        found = CREATE.match(self.data, self.at)
        if not found:
            return False
        table = self._table(names(found[1]))
        body = self.made.patterns.body.match(self.data, found.end())
        if not body:
            if self.ended:
                self._broken(table)
            return False
        for column in columns(body[0], self.made.patterns):
            known = table.columns.get(column.name.lower())
            if known is None or not known.type:
                table.columns[column.name.lower()] = column
        self.at = body.end()
        return False  # the options of the table are to be passed

    def _delimited(self) -> bool:
        """Pass procedures and triggers, whose statements end with another mark."""
        found = DELIMITER.match(self.data, self.at)
        if not found or found[1] == b";":
            return False
        while not (end := PLAIN.search(self.data, self.at)):
            self.at = max(self.at, len(self.data) - 100)
            if not self._more():
                self.at = len(self.data)
                return True
        self.at = end.end()
        return True

    def _other(self) -> bool:
        """Take from a statement without rows what it says about tables."""
        text = self.data[self.at : self.at + _AHEAD]
        if found := USE.match(text):
            self.schema = names(found[1])
            return False
        end = self.made.patterns.rest.match(text).end()  # type: ignore[union-attr]
        said = commented(text[:end]) or described(text[:end])
        if said:
            self._table(said[0], touched=False).comment(said[1], said[2])
        return False

    def _rest(self) -> None:
        """Pass the rest of a statement."""
        self.joint, start = -1, self.at
        while True:
            self.at = self.made.patterns.rest.match(self.data, self.at).end()  # type: ignore[union-attr]
            if self.at < len(self.data) or not self._more():
                break
        if self.data[self.at : self.at + 1] in {b";", b"\n"} or self.at == start:
            self.at += 1

    def _extent(self, table: Table, layout: int, begin: int, end: int) -> None:
        first, last = self.base + begin, self.base + end
        old = table.extents[-1] if table.extents and self.last is table else None
        if old and old[2] == layout and old[1] == first:
            table.extents[-1] = old[0], last, layout
        elif end > begin:
            table.extents.append((first, last, layout))
        self.last = table

    def _table(self, name: tuple[str, ...], touched: bool = True) -> Table:
        """The table of a name; one without its schema is the last of that name."""
        name = (*(part for part in name[:-1] if part.lower() not in USUAL), name[-1])
        full = name if len(name) > 1 else (*self.schema, *name)
        of_name = self.found.setdefault(name[-1].lower(), [])
        lower = [part.lower() for part in full]
        for table in reversed(of_name):
            known = [part.lower() for part in table.name]
            if known[-len(lower) :] == lower or lower[-len(known) :] == known:
                break
        else:
            table = Table(full)
            of_name.append(table)
        if touched:
            self.last = table
        return table

    def _broken(self, table: Table) -> None:
        table.fault = (
            f"'{self.file.name}' breaks off or is damaged in the middle of a table: dump it anew"
        )

    def _named(self) -> dict[str, Table]:
        """The tables by their names; with their schemas where there are several."""
        tables = [
            t for same in self.found.values() for t in same if t.columns or t.extents or t.fault
        ]
        places = {table.name[:-1] for table in tables}
        names_ = (t.name if len(places) > 1 else t.name[-1:] for t in tables)
        return {".".join(name): table for name, table in zip(names_, tables, strict=True)}
