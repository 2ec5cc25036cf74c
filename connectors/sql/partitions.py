"""Partitions of a table of a warehouse: their order, and the few that a sample reads."""

import random
from collections.abc import Sequence
from urllib.parse import unquote

import sqlalchemy as sa

Partition = tuple[tuple[str, str | None], ...]  # columns and values; None is the one of nulls

_NULL = "__HIVE_DEFAULT_PARTITION__"


def parsed(names: Sequence[str]) -> list[Partition]:
    """Partitions from the oldest to the newest, from names as `dt=2026-01-01/hour=7`."""
    found = [tuple(_part(part) for part in name.split("/")) for name in names]
    return sorted(found, key=lambda partition: [_rank(value) for _, value in partition])


def chosen(partitions: Sequence[Partition], count: int, seed: int) -> list[Partition]:
    """So many of them: the oldest, the newest, and others at random."""
    if len(partitions) <= count:
        return list(partitions)
    inner = random.Random(seed).sample(range(1, len(partitions) - 1), count - 2)
    return [partitions[i] for i in (0, *sorted(inner), len(partitions) - 1)]


def within(partitions: Sequence[Partition]) -> sa.ColumnElement[bool]:
    """Is a row in one of them? In words that let the others be passed over."""
    return sa.or_(*(sa.and_(*(_is(name, value) for name, value in p)) for p in partitions))


def _part(part: str) -> tuple[str, str | None]:
    name, _, value = part.partition("=")
    return unquote(name), None if value == _NULL else unquote(value)


def _rank(value: str | None) -> tuple[int, int, str]:
    if value is None:
        return (0, 0, "")
    return (1, int(value), "") if value.isdecimal() else (2, 0, value)


def _is(name: str, value: str | None) -> sa.ColumnElement[bool]:
    column: sa.ColumnClause[str] = sa.column(sa.quoted_name(name, True))
    if value is None:
        return column.is_(None)
    text = value.replace("\\", "\\\\").replace("'", "\\'")
    return column == sa.literal_column(f"'{text}'")
