"""YAML as values like JSON's, from the events of its parser: aliases are counted before use."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from connectors.files.shapes import Json

DEEPEST = 100  # lists and mappings within each other
NODES = 2_000_000  # of a document, those that its aliases stand for among them
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # of libyaml, where PyYAML has it


class Endless(ValueError):  # noqa: N818
    """It is too deep, or its aliases stand for too much."""


class NoYaml(ValueError):  # noqa: N818
    """It breaks the rules of YAML, from a `line` on."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


@dataclass(slots=True)
class _Node:
    """A list or a mapping that is not yet closed; `key` waits for its value."""

    value: list[Json] | dict[str, Json]
    anchor: str | None = None
    key: str | None = None
    size: int = 1


@dataclass(slots=True)
class _Document:
    open: list[_Node] = field(default_factory=list)
    known: dict[str, tuple[Json, int]] = field(default_factory=dict)
    whole: Json = None

    def put(self, value: Json, size: int = 1, anchor: str | None = None) -> None:
        """A value that is complete."""
        if anchor:
            self.known[anchor] = value, size
        if not self.open:
            self.whole = value
            return
        node = self.open[-1]
        node.size += size
        if node.size > NODES:
            raise Endless
        if isinstance(node.value, list):
            node.value.append(value)
        elif node.key is None:
            node.key = value if isinstance(value, str) else _words(value)
        elif node.key == "<<" and isinstance(value, dict):
            node.value, node.key = {**value, **node.value}, None
        else:
            node.value[node.key], node.key = value, None

    def begin(self, value: list[Json] | dict[str, Json], anchor: str | None) -> None:
        """A list or a mapping begins."""
        if len(self.open) >= DEEPEST:
            raise Endless
        self.open.append(_Node(value, anchor))

    def close(self) -> None:
        """The innermost one ends."""
        node = self.open.pop()
        self.put(node.value, node.size, node.anchor)


def documents(text: str) -> Iterator[Json]:
    """Each document.

    Raises:
        NoYaml: it is none.
        Endless: a document is too deep, or its aliases stand for too much.
    """
    found = _Document()
    try:
        for event in yaml.parse(_CONTROL.sub(" ", text), Loader=_LOADER):
            match event:
                case yaml.DocumentStartEvent():
                    found = _Document()
                case yaml.DocumentEndEvent():
                    yield found.whole
                case yaml.ScalarEvent():
                    plain = not event.style and event.value in _NULL
                    found.put(None if plain else event.value, 1, event.anchor)
                case yaml.AliasEvent():
                    found.put(*found.known.get(event.anchor or "", (None, 1)))
                case yaml.SequenceStartEvent():
                    found.begin([], event.anchor)
                case yaml.MappingStartEvent():
                    found.begin({}, event.anchor)
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    found.close()
    except yaml.MarkedYAMLError as error:
        raise NoYaml(error.problem_mark.line + 1 if error.problem_mark else 1) from None
    except (yaml.YAMLError, RecursionError):
        raise NoYaml(1) from None


def _words(value: Json) -> str:
    """A key that is no scalar, or none."""
    return "" if value is None else str(value)
