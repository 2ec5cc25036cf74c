"""The values inside the JSON, forms and XML that a text column holds, by path."""

from collections.abc import Iterator, Sequence
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.as_text import as_text
from detectors.texts import Ints
from scanner.documents.escapes import has_any
from scanner.documents.keys import ITEM, drawn_together, is_word, label
from scanner.documents.opened import is_document, opened
from scanner.documents.values import DEEPEST, Pairs, Value

# RE2: what has none of these holds no document.
_TRACE = (
    r"[{\[]\s*\\*[\"']|\[\s*[{\[\d-]|^\s*(?:<|%7[Bb]|%5[Bb])|^[^\s=]{1,64}=[^\s&]*&|\?[^\s=?&]+="
)
_MARKS = b"{[<=%"
_REOPENED = 2  # times that a string within a document is opened as one itself


class _Node:
    """A path below the column: its values, each with the number of its text."""

    __slots__ = ("below", "path", "texts", "values")

    def __init__(self, path: str) -> None:
        self.path = path
        self.values: list[str | None] = []
        self.texts: list[int] = []
        self.below: dict[str, _Node] = {}

    def at(self, step: str) -> "_Node":
        """The node one step on, by its key as it is written."""
        node = self.below.get(step)
        if node is None:
            name = step if step == ITEM else label(step)
            node = self.below.setdefault(name, _Node(self.path + name))
            if not name.endswith("}"):
                self.below[step] = node
        return node

    def add(self, value: Value, text: int, depth: int = 0, again: int = _REOPENED) -> None:
        """Takes a value, and all inside it, that one text holds."""
        if isinstance(value, Pairs):
            if depth < DEEPEST:
                for key, inner in value:
                    self.at(key).add(inner, text, depth + 1, again)
        elif isinstance(value, list):
            if depth < DEEPEST:
                items = self.at(ITEM)
                for item in cast("list[Value]", value):
                    items.add(item, text, depth + 1, again)
        elif again and isinstance(value, str) and value[:1] in _BEGINS and is_document(value):
            for document in opened(value):
                self.add(document, text, depth, again - 1)
        else:
            self.values.append(value if value is None or isinstance(value, str) else _BOOL[value])
            self.texts.append(text)


_BEGINS = frozenset('{[%" \t\r\n')
_BOOL = {True: "true", False: "false"}


def documents(array: pa.Array) -> Iterator[tuple[str, pa.Array]]:
    """The values at each path below a text column, one for each time the path occurs.

    A path begins with `.` or `[]`. Equal texts are opened once, their values count for each.
    """
    texts, counts = _candidates(array)
    root = _Node("")
    for number, text in enumerate(texts):
        for document in opened(text):
            root.add(document, number)
    found = {path: nodes for path, nodes in _by_path(root).items() if path}
    for path, nodes in _renamed(found).items():
        values = pa.array([v for node in nodes for v in node.values], pa.large_string())
        times = counts[np.array([t for node in nodes for t in node.texts], np.int64)]
        yield path, values.take(np.repeat(np.arange(len(values)), times))


def _candidates(array: pa.Array) -> tuple[Sequence[str], Ints]:
    """The distinct texts that may hold a document, and how many rows hold each."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        array, kind = array.cast(kind.value_type), kind.value_type
    traces = pc.match_substring_regex(array, _TRACE) if has_any(array, _MARKS) else None
    if traces is None or not pc.any(traces).as_py():
        return (), np.zeros(0, np.int64)
    table = pc.value_counts(as_text(array.filter(traces)).drop_null())
    return table.field("values").to_pylist(), np.asarray(table.field("counts"), dtype=np.int64)


def _by_path(root: _Node) -> dict[str, list[_Node]]:
    """The nodes that hold values, by path; keys may be written in several ways."""
    found: dict[str, list[_Node]] = {}
    seen, left = set[int](), [root]
    while left:
        node = left.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if node.values:
            found.setdefault(node.path, []).append(node)
        left.extend(reversed(node.below.values()))
    return found


def _renamed(found: dict[str, list[_Node]]) -> dict[str, list[_Node]]:
    out: dict[str, list[_Node]] = {}
    for path, name in drawn_together(found, is_word).items():
        out.setdefault(name, []).extend(found[path])
    return out
