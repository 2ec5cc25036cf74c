"""JSON lines for programs: one object a column, a dataset, or what became of a dataset."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import BinaryIO

from scanner.inventory.rows import ColumnRow
from scanner.inventory.store import Inventory
from scanner.model import Verdict

SUBJECTS = ("columns", "datasets", "coverage")


def write(inventory: Inventory, stream: BinaryIO, of: str = "columns") -> None:
    """One line for each column, dataset or (of `coverage`) dataset and unlisted source."""
    for row in _objects(inventory, of):
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_plain)
        stream.write(line.encode() + b"\n")


def _objects(inventory: Inventory, of: str) -> Iterator[Mapping[str, object]]:
    if of == "columns":
        yield from map(_column, inventory.columns())
    elif of == "datasets":
        yield from map(asdict, inventory.datasets())
    else:
        for row in inventory.coverage():
            yield {**asdict(row), "gap": row.gap, "whole": row.whole}


def _column(row: ColumnRow) -> dict[str, object]:
    return {
        "source": row.source,
        "dataset": row.dataset,
        "database": None if row.kind in {"file", "sheet"} else row.database,
        "schema": row.schema,
        "table": row.table,
        "column": row.path,
        "type": row.type,
        "status": row.status,
        "rows": row.rows,
        "sampled": row.sampled,
        "verdicts": [_verdict(verdict) for verdict in row.verdicts],
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    shares = verdict.prevalence
    return {
        "kind": verdict.kind,
        "confidence": round(verdict.confidence, 4),
        "level": verdict.level,
        "basis": verdict.basis,
        "prevalence": None if shares is None else [round(share, 6) for share in shares],
        "state": verdict.state,
        "storage": verdict.storage,
    }


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    message = f"{type(value).__name__} has no form in JSON"
    raise TypeError(message)
