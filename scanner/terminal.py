"""What picensus prints: short tables for people. No value from the data is ever printed."""

import fnmatch
import math
from collections import defaultdict
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import BinaryIO

import click
import pyarrow as pa
from rich.console import Console
from rich.table import Table

from detectors import registry
from detectors.catalogue import kinds
from detectors.texts import Texts
from scanner.config import inventory_url
from scanner.examine import compete
from scanner.inventory.rows import ColumnRow
from scanner.inventory.store import Inventory
from scanner.model import Status, Verdict
from scanner.outcome import Outcome

_WIDE = 1000  # characters a line where the output is no terminal: nothing is cut
_EXAMPLES = 3


def summary(inventory: Inventory, outcome: Outcome) -> None:
    """Print what a scan found, by kind, and what it could not read."""
    found: dict[str, list[ColumnRow]] = defaultdict(list)
    holding, every = set(), 0
    for row in inventory.columns(scan=outcome.scan):
        every += 1
        for verdict in row.verdicts:
            if verdict.level != "possible":
                found[verdict.kind].append(row)
                holding.add((row.dataset, row.path))
    table = _table("Kind", "", "Columns", "Datasets", "Where")
    for kind in sorted(found, key=lambda k: -len(found[k])):
        rows = found[kind]
        named = [f"{PurePosixPath(row.table).name}.{row.path}" for row in rows[:_EXAMPLES]]
        more = ", …" if len(rows) > _EXAMPLES else ""
        datasets = {row.dataset for row in rows}
        title = kinds()[kind]
        table.add_row(title.zh, kind, str(len(rows)), str(len(datasets)), ", ".join(named) + more)
    if found:
        _console().print(table)
    counts = {status: outcome.statuses.get(status, 0) for status in Status}
    click.echo(
        f"{len(holding)} of {every} columns hold personal information, in "
        f"{len({dataset for dataset, _ in holding})} of {outcome.done} datasets read "
        f"({counts[Status.EMPTY]} of them empty); {counts[Status.SKIPPED]} skipped, "
        f"{counts[Status.FAILED] + outcome.broken_sources} not readable."
    )
    if not outcome.done:
        click.echo(f"nothing was read: {_why_nothing(counts)}", err=True)
    for line in outcome.unread:
        click.echo(f"not read: {line}", err=True)


def _why_nothing(counts: Mapping[Status, int]) -> str:
    if counts[Status.SKIPPED]:
        return "all there is was skipped; `picensus export --of coverage` says why"
    return "no source could be read" if counts[Status.FAILED] else "there is nothing in the sources"


def show_columns(where: str | None, pattern: str | None, *, every: bool) -> int:
    """Print the columns of the inventory with their verdicts; the exit code."""
    table = _table("Dataset", "Column", "Kind", "", "Confidence", "Share of values", "State")
    with Inventory(inventory_url(where), create=False) as inventory:
        for row in inventory.columns():
            names = (row.table, row.dataset)
            if pattern and not any(fnmatch.fnmatchcase(name, pattern) for name in names):
                continue
            for verdict in row.verdicts:
                title = kinds()[verdict.kind].zh
                sure = f"{verdict.level} {verdict.confidence:.0%}"
                share = _share(verdict)
                table.add_row(row.table, row.path, title, verdict.kind, sure, share, verdict.state)
            if every and not row.verdicts:
                table.add_row(row.table, row.path, "", "", "", "", "")
    _console().print(table)
    return 0


def explain_column(where: str | None, dataset: str, column: str) -> int:
    """Print each verdict on one column with its factors and their weights; the exit code."""
    with Inventory(inventory_url(where), create=False) as inventory:
        row = inventory.find(dataset, column)
    click.echo(f"{row.dataset}  {row.path}  {row.type}  {row.comment}".rstrip())
    click.echo(f"{row.status}: {row.sampled} rows looked at, {row.nulls or 0} of the values null")
    if not row.verdicts:
        click.echo("No kind of personal information reaches 'possible' here.")
    for verdict in row.verdicts:
        title = kinds()[verdict.kind]
        click.echo()
        click.echo(
            f"{title.zh} {title.en} ({verdict.kind}): {verdict.level}, "
            f"{verdict.confidence:.1%}; by {_BASIS[verdict.basis]}; "
            f"stored {verdict.state}; {_share(verdict) or 'share not measured'}"
        )
        for reason in verdict.reasons:
            click.echo(f"  {reason.weight:+6.2f}  {reason.text}")
        total = sum(reason.weight for reason in verdict.reasons)
        click.echo(f"  {total:+6.2f}  log-odds = {1 / (1 + math.exp(-total)):.1%}")
    return 0


_BASIS = {"both": "header and values", "header": "header alone", "values": "values"}


def show_kinds() -> int:
    """Print the catalogue; the exit code."""
    valued = {detector.kind for detector in registry.load()}
    table = _table("Kind", "", "", "Identifies", "Sensitive under", "Found by")
    for kind in kinds().values():
        under = ", ".join(name for name, yes in kind.sensitive.items() if yes)
        by = "values and header" if kind.id in valued else "header"
        table.add_row(kind.id, kind.zh, kind.en, kind.identifies, under, by)
    _console().print(table)
    return 0


def detect_in(stream: BinaryIO) -> int:
    """Print line, characters, kind and proof of all that is found in a text; the exit code."""
    lines = stream.read().decode("utf-8", "replace").splitlines()
    texts = Texts(pa.array(lines, pa.large_string()))
    found = []
    for detector, matches in compete((d, d.find(texts)) for d in registry.load()):
        for row, start, end, proof in zip(
            matches.rows, matches.starts, matches.ends, matches.proofs, strict=True
        ):
            span = texts.char_span(int(row), int(start), int(end))
            found.append((int(row) + 1, *span, detector.kind, proof))
    for line, first, last, kind, proof in sorted(found):
        click.echo(f"{line}:{first + 1}-{last}\t{kind}\t{'checked' if proof == 2 else 'shape'}")
    return 0


def _share(verdict: Verdict) -> str:
    if verdict.prevalence is None:
        return ""
    low, high = verdict.prevalence
    return f"{_percent(low)}–{_percent(high)} %"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}" if share in {0, 1} or share > 0.1 else f"{100 * share:.2g}"


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        number = heading in {"Columns", "Datasets"}
        table.add_column(heading, justify="right" if number else "left", no_wrap=True)
    return table


def _console() -> Console:
    console = Console(highlight=False, markup=False)
    return console if console.is_terminal else Console(width=_WIDE, highlight=False, markup=False)
