"""One dataset from listing to report: sample, examine, judge, look again where undecided."""

import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import pyarrow as pa

from connectors.base import (
    Column,
    Connector,
    ConnectorError,
    Dataset,
    Reading,
    Sampling,
    columns_of,
)
from detectors.base import Detector
from scanner.documents.settled import bounded, settled
from scanner.examine import examine
from scanner.headings import neutral
from scanner.model import ColumnProfile, ColumnReport, Level, Profile, Report, Status
from scanner.run.pieces import pieces
from scanner.verdict import verdicts

FIRST_LOOK = 1_000  # rows; enough for most columns
SECOND_LOOK_BYTES = 64 << 20  # for one column of long texts

_FREE = ("text", "json", "ascii", "han")


@dataclass(slots=True)
class _Look:
    """What one pass over a dataset saw."""

    profile: Profile
    columns: tuple[Column, ...]
    reading: Reading
    error: str = ""


def census(
    connector: Connector, dataset: Dataset, sampling: Sampling, detectors: Sequence[Detector]
) -> Report:
    """The report on one dataset, read or not; whatever goes wrong with it stays in it."""
    if dataset.skip:
        return Report(dataset, Status.SKIPPED, dataset.skip, columns=_unread(dataset.columns))
    first = sampling
    if sampling.rows is not None:
        first = replace(sampling, rows=min(FIRST_LOOK, sampling.rows))
    look = _look(connector, dataset, first, detectors)
    reports = _judge(look, dataset, detectors)
    if not look.error and _more(look, sampling):
        again = _undecided(reports, look)
        if again:
            look = _second(connector, dataset, sampling, detectors, look, again)
            reports = _judge(look, dataset, detectors)
    if dataset.kind in ("file", "sheet") and _neutral(look, detectors):
        reports = _judge(look, dataset, detectors)
    return _report(dataset, look, reports)


def _look(
    connector: Connector, dataset: Dataset, sampling: Sampling, detectors: Sequence[Detector]
) -> _Look:
    look = _Look(Profile(), dataset.columns, Reading())
    with _edge(look):
        for piece in pieces(_until_fault(connector, dataset, sampling, look)):
            look.columns = columns_of(piece.schema)
            names = {column.name for column in look.columns}
            look.profile = bounded(look.profile + examine(piece, detectors), names)
    names = {column.name for column in look.columns}
    look.profile = settled(look.profile, names, detectors)
    return look


def _until_fault(
    connector: Connector, dataset: Dataset, sampling: Sampling, look: _Look
) -> Iterator[pa.RecordBatch]:
    """The batches up to a fault, which ends them: what was read before it counts."""
    with _edge(look):
        yield from connector.batches(dataset, sampling, look.reading)


@contextmanager
def _edge(look: _Look) -> Iterator[None]:
    """The edge of one dataset: a fault is kept as its sentence, and the others go on."""
    try:
        yield
    except ConnectorError as error:
        look.error = str(error)
    except Exception as error:
        look.error = _bug(error)


def _bug(error: Exception) -> str:
    """A sentence about an error nobody foresaw; its message may hold values, so it is dropped."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno}"
    return f"an unexpected {type(error).__name__} at {where}: please report it as a bug of picensus"


def _judge(
    look: _Look, dataset: Dataset, detectors: Sequence[Detector]
) -> tuple[ColumnReport, ...]:
    return verdicts(look.profile, look.columns, detectors, _entity(dataset), dataset.comment)


def _neutral(look: _Look, detectors: Sequence[Detector]) -> int:
    """Replace names that are values: last, as a second look reads columns by name."""
    look.profile, look.columns, count = neutral(look.profile, look.columns, detectors)
    if count:
        message = f"the first row, or keys, looked like data: {count} column names were replaced"
        look.reading.warnings.append(message)
    return count


def _entity(dataset: Dataset) -> str:
    """What the rows are about: the table's name, or the file's without folder and ending."""
    path = PurePosixPath(dataset.name)
    if dataset.kind == "sheet":
        return f"{path.parent.stem} {path.name}"
    return path.name.split(".", 1)[0] if dataset.kind == "file" else dataset.name


def _more(look: _Look, sampling: Sampling) -> bool:
    """Could a larger sample show more rows than the first look?"""
    seen = look.profile.rows
    return sampling.rows is not None and FIRST_LOOK <= seen < sampling.rows


def _undecided(reports: Sequence[ColumnReport], look: _Look) -> dict[str, int]:
    """Columns worth a second look, by how many rows of them fit into memory."""
    out: dict[str, int] = {}
    for report in reports:
        held = look.profile.columns.get(report.column.name)
        if held is None or not held.filled:
            continue
        free = sum(held.forms.get(form, 0) for form in _FREE) >= 0.2 * held.filled
        torn = any(v.level is Level.POSSIBLE for v in report.verdicts)
        top = _top(report.column.name, look.columns)
        whole = look.profile.columns.get(top, held)  # all of it, where the path lies in its texts
        rows = SECOND_LOOK_BYTES // max(1, 3 * whole.characters // whole.values)
        if (free or torn) and rows > look.profile.rows:
            out[top] = min(rows, out.get(top, rows))
    return out


def _top(path: str, columns: Sequence[Column]) -> str:
    """The column of the dataset that a path lies in."""
    inside = (c.name for c in columns if path.startswith((f"{c.name}.", f"{c.name}[")))
    return path if any(c.name == path for c in columns) else max(inside, key=len, default=path)


def _second(
    connector: Connector,
    dataset: Dataset,
    sampling: Sampling,
    detectors: Sequence[Detector],
    first: _Look,
    again: dict[str, int],
) -> _Look:
    """The first look with the undecided columns replaced by a larger sample of them.

    Unless it holds all columns (as of a text it does: the line is the only one), it counts as no
    larger than the first look, which is all that the others got.
    """
    rows = min(sampling.rows or 0, *again.values())
    wider = replace(sampling, rows=rows, columns=tuple(again))
    second = _look(connector, dataset, wider, detectors)
    some = f"{len(again)} undecided or free-text columns"
    warnings = first.reading.warnings
    if second.error:
        warnings.append(f"a larger sample of {some} could not be read: {second.error}")
    if second.error or second.profile.rows <= first.profile.rows:
        return first
    warnings += [said for said in second.reading.warnings if said not in warnings]
    old = first.profile.columns.items()
    kept = {path: held for path, held in old if _top(path, first.columns) not in again}
    columns = {**kept, **_with_proofs(second.profile, first.profile)}
    rows = first.profile.rows if kept else second.profile.rows
    how = f"{first.reading.how}; {some}: {second.reading.how}" if kept else second.reading.how
    reading = Reading(how, second.reading.rows or first.reading.rows, warnings)
    return _Look(Profile(rows, columns), first.columns, reading)


def _with_proofs(second: Profile, first: Profile) -> dict[str, ColumnProfile]:
    """The columns seen again; what proves their hashes stood beside them in the first look."""
    proofs = {path: held.unsalted for path, held in first.columns.items()}
    return {
        path: replace(held, unsalted=proofs.get(path, {})) for path, held in second.columns.items()
    }


def _report(dataset: Dataset, look: _Look, reports: tuple[ColumnReport, ...]) -> Report:
    rows = look.reading.rows if look.reading.rows is not None else dataset.rows
    dataset = replace(dataset, rows=rows)
    sampled = look.profile.rows
    if look.error:
        columns = reports if sampled else _unread(look.columns)
        status = Status.FAILED
    else:
        columns, status = reports, Status.READ if sampled else Status.EMPTY
    warnings = tuple(look.reading.warnings)
    return Report(dataset, status, look.error, sampled, look.reading.how, warnings, columns)


def _unread(columns: Sequence[Column]) -> tuple[ColumnReport, ...]:
    return tuple(ColumnReport(column) for column in columns)
