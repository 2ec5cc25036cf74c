"""Types of ClickHouse, read from their names, and what a column of each becomes."""

import re
from dataclasses import dataclass

import pyarrow as pa

_WORD = re.compile(r"'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|[(),]|[^\s(),'`]+|\s+")
_THROUGH = frozenset({"Nullable", "LowCardinality", "SimpleAggregateFunction"})
_NESTED = frozenset({"Array", "Map", "Tuple", "Nested"})


@dataclass(frozen=True, slots=True)
class Type:
    """A type without `Nullable` and `LowCardinality`; `fields` are names in a Tuple, or empty."""

    name: str
    inner: tuple["Type", ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def nested(self) -> bool:
        """Is it a list, a map or a tuple?"""
        return self.name in _NESTED

    @property
    def hidden(self) -> bool:
        """Does it hold the state of a calculation, which has no text?"""
        return self.name == "AggregateFunction" or any(kind.hidden for kind in self.inner)


def parse(declared: str) -> Type:
    """The type that a name stands for."""
    name, _, inside = declared.partition("(")
    name = name.strip()
    if name not in _NESTED | _THROUGH:
        return Type(name)
    parts = _parts(inside.strip().removesuffix(")"))
    if name in _THROUGH:
        return parse("".join(parts[-1]))
    pairs = [_pair(part, name in {"Tuple", "Nested"}) for part in parts]
    return Type(name, tuple(parse(kind) for _, kind in pairs), tuple(name for name, _ in pairs))


def texts(kind: Type) -> str:
    """A type of the same nesting with texts in it, as ClickHouse has it."""
    if not kind.nested:
        return "Nullable(String)"
    if kind.name == "Map":
        return f"Map(String, {texts(kind.inner[1])})"
    inside = ", ".join(
        f"{_quoted(name)} {texts(inner)}" if name else texts(inner)
        for name, inner in zip(kind.fields, kind.inner, strict=True)
    )
    return f"Array(Tuple({inside}))" if kind.name == "Nested" else f"{kind.name}({inside})"


def arrow(kind: Type) -> pa.DataType:
    """The same in Arrow."""
    if not kind.nested:
        return pa.large_string()
    if kind.name == "Array":
        return pa.large_list(arrow(kind.inner[0]))
    if kind.name == "Map":
        return pa.map_(pa.large_string(), arrow(kind.inner[1]))
    named = [
        (name or str(i), arrow(inner))
        for i, (name, inner) in enumerate(zip(kind.fields, kind.inner, strict=True), 1)
    ]
    return pa.large_list(pa.struct(named)) if kind.name == "Nested" else pa.struct(named)


def _parts(inside: str) -> list[list[str]]:
    """What stands between the commas that are in no brackets, in words."""
    parts: list[list[str]] = [[]]
    depth = 0
    for word in _WORD.findall(inside):
        depth += (word == "(") - (word == ")")
        if word == "," and not depth:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _pair(part: list[str], named: bool) -> tuple[str, str]:
    """Name and type of a field; without a name where only a type stands there."""
    tokens = part[1:] if part and not part[0].strip() else part
    if named and len(tokens) > 2 and not tokens[1].strip():
        name = tokens[0]
        plain = re.sub(r"\\(.)", r"\1", name[1:-1]) if name.startswith("`") else name
        return plain, "".join(tokens[2:]).strip()
    return "", "".join(tokens).strip()


def _quoted(name: str) -> str:
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"
