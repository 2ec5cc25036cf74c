"""A table in memory: columns by name."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of one length. In a database a column's name goes on with its type."""

    name: str
    columns: Mapping[str, Sequence[Value]]

    def rows(self) -> list[tuple[Value, ...]]:
        """The rows in order."""
        return list(zip(*self.columns.values(), strict=True))


def some(rng: random.Random, values: Sequence[T], share: float) -> list[T | None]:
    """The values, of which only this share is left."""
    return [value if rng.random() < share else None for value in values]


def picks(rng: random.Random, choices: Sequence[T], count: int) -> list[T]:
    """So many draws from a list of choices."""
    return rng.choices(choices, k=count)


def draws(make: Callable[[random.Random], T], rng: random.Random, count: int) -> list[T]:
    """So many values of a generator."""
    return [make(rng) for _ in range(count)]
