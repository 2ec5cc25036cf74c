"""Columns with the truth about them, profiled: those of real applications, and made-up ones."""

import contextlib
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from bench import accuracy, made
from connectors.base import Sampling
from connectors.registry import connect
from detectors.base import Detector
from detectors.catalogue import kinds
from detectors.headers import Cue, cues, denial
from detectors.registry import load
from scanner.examine import examine
from scanner.model import ColumnProfile, Report
from scanner.run.units import census
from tests import servers

_ROWS = 10_000
_MADE_WEIGHT = 0.3  # there are several made-up columns for each kind and header


@dataclass(frozen=True, slots=True)
class Example:
    """One column: its counts, what its header says, and the kinds that are right.

    `ignored` are kinds of which the truth is not known; `group` is the application.
    """

    held: ColumnProfile
    said: tuple[Cue, ...]
    detectors: Mapping[str, Detector]
    right: frozenset[str]
    ignored: frozenset[str]
    group: str
    values: str
    real: bool
    weight: float = 1.0


def made_up(seed: int) -> Iterator[Example]:
    """The columns of `bench.made`; where values say nothing alone, opaque headers are left out."""
    detectors = load()
    by_kind = {detector.kind: detector for detector in detectors}
    for one in made.columns(seed):
        told = one.kind in by_kind and by_kind[one.kind].alone
        if one.kind and one.telling == "opaque" and not told:
            continue
        batch = pa.record_batch({one.column: pa.array(one.values, pa.string())})
        held = examine(batch, detectors).columns[one.column]
        right = frozenset({one.kind} - {""})
        said = _with_denial(cues(one.column, one.comment, one.table), one.column, one.comment)
        yield Example(
            *(held, said, by_kind, right, _like(one.kind)),
            *(one.family, one.telling, False, _MADE_WEIGHT),
        )


def _with_denial(said: tuple[Cue, ...], column: str, comment: str) -> tuple[Cue, ...]:
    other = denial(column, comment)
    return (*said, other) if other else said


def _like(kind: str) -> frozenset[str]:
    """Kinds that a column of this kind may hold as well."""
    return frozenset(kinds()[kind].written_as) if kind else frozenset()


def labelled(evaluation: Path, mirrors: Path) -> Iterator[Example]:
    """The firmly labelled columns of the applications whose dumps are at hand."""
    detectors = load()
    by_kind = {detector.kind: detector for detector in detectors}
    tables = _labels(evaluation)
    for app, report in _reports(evaluation, mirrors, detectors):
        rows = tables.get((app, report.dataset.name.lower()), {})
        names = [column.column.name for column in report.columns]
        for column in report.columns:
            row = rows.get(column.column.name.lower())
            if row is None or row.get("doubtful") or column.profile is None:
                continue
            said = cues(
                *(column.column.name, column.column.comment, report.dataset.name),
                *(report.dataset.comment, names),
            )
            said = _with_denial(said, column.column.name, column.column.comment)
            right = {row["label"], *(row.get("also") or ())} - {"none"}
            yield Example(
                *(column.profile, said, by_kind, frozenset(right)),
                *(frozenset(row.get("embedded") or ()), app, row["values"], True),
            )


def _labels(evaluation: Path) -> dict[tuple[str, str], dict[str, dict[str, Any]]]:
    tables: dict[tuple[str, str], dict[str, dict[str, Any]]] = {}
    for line in (evaluation / "columns_dev.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row.get("app"):
            table = tables.setdefault((row["app"], row["table"].lower()), {})
            table[row["column"].lower()] = row
    return tables


def _reports(
    evaluation: Path, mirrors: Path, detectors: Sequence[Detector]
) -> Iterator[tuple[str, Report]]:
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        work = Path(folder)
        work.chmod(0o755)
        accuracy.extracted(evaluation, mirrors, work)
        url = stack.enter_context(servers.mariadb())
        accuracy.loaded(evaluation, url, work)
        connector = stack.enter_context(connect(url))
        for dataset in list(connector.datasets()):
            if (dataset.database or "").startswith(accuracy.PREFIX):
                app = str(dataset.database).removeprefix(accuracy.PREFIX)
                yield app, census(connector, dataset, Sampling(_ROWS, 0), detectors)
