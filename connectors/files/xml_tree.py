"""Elements of XML as values like JSON's: which of them are rows, and what is in each."""

from collections import Counter
from dataclasses import dataclass, field

from connectors.files.shapes import Json

DEEPEST = 100  # elements within each other
NODES = 1_000_000  # elements and attributes of one row
TEXT = 64 << 20  # characters of one row
_WORKBOOK = ("Workbook", "Worksheet", "Table")  # in which Excel 2003 keeps its rows

Path = tuple[str, ...]


class TooLarge(ValueError):  # noqa: N818
    """An element is too deep, or holds too much, to be a row."""


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


@dataclass(slots=True)
class Tree:
    """Which elements repeat within one parent, by path, in what was seen of a document."""

    path: Path = ()
    repeated: set[Path] = field(default_factory=set)
    seen: list[Counter[str]] = field(default_factory=lambda: [Counter()])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        del attributes
        name = local(name)
        if len(self.path) >= DEEPEST:
            return
        self.path = (*self.path, name)
        self.seen[-1][name] += 1
        if self.seen[-1][name] > 1:
            self.repeated.add(self.path)
        self.seen.append(Counter())

    def end(self, name: str) -> None:
        """An element ends."""
        if self.path and self.path[-1] == local(name):
            self.path = self.path[:-1]
            self.seen.pop()

    def data(self, text: str) -> None:
        """Text, which does not matter here."""


def record_depth(tree: Tree) -> int:
    """How deep below the root the rows stand; 0 where nothing repeats: the root is the row."""
    if any(path[:3] == _WORKBOOK for path in tree.repeated):
        return 3
    return min((len(path) - 1 for path in tree.repeated), default=0)


@dataclass(slots=True)
class _Element:
    name: str
    fields: dict[str, Json]
    text: list[str] = field(default_factory=list)

    def value(self) -> Json:
        """Its text where it has no fields; None where it has nothing."""
        said = "".join(self.text).strip()
        if not self.fields:
            return said or None
        return {**self.fields, _free(self.fields, "text"): said} if said else self.fields


class Builder:
    """The rows of a document: `rows` are those that are complete."""

    def __init__(self, tree: Tree, depth: int) -> None:
        self.rows: list[Json] = []
        self._depth, self._lists = depth, tree.repeated
        names = {path[-1] for path in tree.repeated if len(path) == depth + 1}
        self._flat = names if len(names) == 1 else set()
        self._open: list[_Element] = []
        self._nodes = self._length = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if len(self._open) >= DEEPEST:
            raise TooLarge
        fields: dict[str, Json] = {
            local(key): value for key, value in attributes.items() if not key.startswith("xmlns")
        }
        self._nodes += 1 + len(fields)
        self._length += sum(map(len, attributes.values()))
        self._check()
        self._open.append(_Element(local(name), fields))

    def data(self, text: str) -> None:
        """Text within the innermost element."""
        self._length += len(text)
        self._check()
        self._open[-1].text.append(text)

    def end(self, name: str) -> None:
        """The innermost element ends: it is a row, or a field of the element around it."""
        del name
        path = tuple(element.name for element in self._open)
        done = self._open.pop()
        value, depth = done.value(), len(self._open)
        if depth == self._depth:
            self._row(done.name, value)
        elif depth == 0:
            self.rows.extend([{done.name: value}] if value is not None else [])
        elif value is not None or depth > self._depth:
            self._put(self._open[-1].fields, path, value)

    def taken(self) -> list[Json]:
        """The rows that are complete; they are forgotten here."""
        rows, self.rows = self.rows, []
        return rows

    def _row(self, name: str, value: Json) -> None:
        whole = name in self._flat or self._depth == 0
        self.rows.append(({} if value is None else value) if whole else {name: value})
        self._nodes = self._length = 0

    def _put(self, fields: dict[str, Json], path: Path, value: Json) -> None:
        name = path[-1]
        held = fields.get(name)
        if path in self._lists or name in fields:
            if isinstance(held, list):
                held.append(value)
            else:
                fields[name] = [value] if held is None else [held, value]
        else:
            fields[name] = value

    def _check(self) -> None:
        if self._nodes > NODES or self._length > TEXT:
            raise TooLarge


def _free(fields: dict[str, Json], name: str) -> str:
    while name in fields:
        name += "_"
    return name
