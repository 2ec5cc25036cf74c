"""Finds the dataset and the column that a person means."""

from collections import defaultdict
from collections.abc import Sequence
from difflib import get_close_matches

from sqlalchemy import Connection, select

from scanner.inventory import schema
from scanner.inventory.engine import InventoryError
from scanner.inventory.query import columns
from scanner.inventory.rows import ColumnRow

CANDIDATES = 5


def find(connection: Connection, dataset: str, column: str) -> ColumnRow:
    """The column of that path in the dataset of that URI, name, or end of either.

    Raises:
        InventoryError: there is none, or more than one; names up to five candidates.
    """
    uri = _dataset(connection, dataset)
    rows = list(columns(connection, None, uri, None))
    paths = [row.path for row in rows]
    return rows[paths.index(_one(column, [(path, path) for path in paths], "column", f" of {uri}"))]


def _dataset(connection: Connection, given: str) -> str:
    d = schema.datasets.c
    known = [(row.uri, row.name) for row in connection.execute(select(d.uri, d.name))]
    return _one(given, known, "dataset", "")


def _one(given: str, known: Sequence[tuple[str, str]], what: str, where: str) -> str:
    """The key of the one pair (key, name) that is meant; the strictest reading decides."""
    folded = given.casefold()
    ends = ("/" + folded, "." + folded)
    readings = (
        lambda key, name: key == given,
        lambda key, name: name == given,
        lambda key, name: folded in (key.casefold(), name.casefold()),
        lambda key, name: key.casefold().endswith(ends) or name.casefold().endswith(ends),
        lambda key, name: key.casefold().endswith("/" + folded.replace(".", "/")),
    )
    for reading in readings:
        hits = [key for key, name in known if reading(key, name)]
        if len(hits) == 1:
            return hits[0]
        if hits:
            message = f"'{given}' may be any of {_listed(hits)}: give more of the {what}'s name"
            raise InventoryError(message)
    message = f"no {what} '{given}'{where} in the inventory{_nearest(folded, known)}"
    raise InventoryError(message)


def _nearest(folded: str, known: Sequence[tuple[str, str]]) -> str:
    names: dict[str, list[str]] = defaultdict(list)
    for key, name in known:
        for spelling in {name.casefold(), name.casefold().rsplit("/", 1)[-1]}:
            names[spelling].append(key)
    near = get_close_matches(folded, names, CANDIDATES, 0.5)
    keys = list(dict.fromkeys(key for name in near for key in names[name]))[:CANDIDATES]
    return f": did you mean {_listed(keys)}?" if keys else ": see what `picensus show` lists"


def _listed(keys: Sequence[str]) -> str:
    more = f" and {len(keys) - CANDIDATES} more" if len(keys) > CANDIDATES else ""
    return ", ".join(keys[:CANDIDATES]) + more
