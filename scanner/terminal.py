"""What picensus prints: short tables for people. No value from the data is ever printed.

On a narrow terminal only names of datasets and columns wrap: figures are never cut.
"""

import fnmatch
import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath

import click
from rich.console import Console
from rich.table import Table

from detectors.base import Detector
from detectors.catalogue import kinds
from detectors.headers import Strength, cues, denial
from detectors.own_kinds import own_of
from scanner.config import inventory_url
from scanner.errors import PicensusError
from scanner.export.words import Known
from scanner.inventory.rows import READ, ColumnRow
from scanner.inventory.store import Inventory
from scanner.model import Status, Verdict
from scanner.outcome import Outcome

_WIDE = 1000  # characters a line where the output is no terminal: nothing is cut
_EXAMPLES = 3
_SKIPPED = 5  # names of skipped datasets
_ROOMY = 120  # characters a line from which a kind has its Chinese title beside its id
_WRAPPED = {"Where", "Dataset", "Column"}


def summary(inventory: Inventory, outcome: Outcome, left_out: str) -> None:
    """Print what a scan found, by kind, and what it could not read.

    `left_out` is the reason of datasets that were skipped by request: they are not named.
    """
    found: dict[str, list[ColumnRow]] = defaultdict(list)
    holding, every = set(), 0  # columns that were read
    for row in inventory.columns(scan=outcome.scan):
        every += row.status in READ
        for verdict in row.verdicts:
            if verdict.level != "possible" and row.status in READ:
                found[verdict.kind].append(row)
                holding.add((row.dataset, row.path))
    known = Known(inventory.own_kinds())
    table = _table("Kind", "", "Columns", "Datasets", "Where")
    for kind in sorted(found, key=lambda k: -len(found[k])):
        rows = found[kind]
        named = [f"{PurePosixPath(row.table).name}.{row.path}" for row in rows[:_EXAMPLES]]
        more = ", …" if len(rows) > _EXAMPLES else ""
        datasets = {row.dataset for row in rows}
        table.add_row(
            _zh(kind, known), kind, str(len(rows)), str(len(datasets)), ", ".join(named) + more
        )
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
        failed = counts[Status.FAILED] + outcome.broken_sources
        click.echo(f"nothing was read: {_why_nothing(failed, counts[Status.SKIPPED])}", err=True)
    _name_skipped(inventory, outcome, left_out)
    for line in outcome.unread:
        click.echo(f"not read: {line}", err=True)


def _name_skipped(inventory: Inventory, outcome: Outcome, left_out: str) -> None:
    names = [
        row.name
        for row in inventory.coverage(scan=outcome.scan)
        if row.status is Status.SKIPPED and row.reason != left_out
    ]
    if names:
        more = f" and {len(names) - _SKIPPED} more" if len(names) > _SKIPPED else ""
        said = ", ".join(names[:_SKIPPED]) + more
        click.echo(f"skipped: {said}; `picensus export --of coverage` says why", err=True)


def _why_nothing(failed: int, skipped: int) -> str:
    """Why: only where no source and no dataset has `failed` is there nothing, or all skipped."""
    if failed:
        return "what was not skipped could not be read" if skipped else "no source could be read"
    if skipped:
        return "all there is was skipped; `picensus export --of coverage` says why"
    return "there is nothing in the sources"


def show_columns(where: str | None, pattern: str | None, *, every: bool) -> int:
    """Print the columns of the inventory with their verdicts; the exit code."""
    console = _console()
    roomy = console.width >= _ROOMY
    table = _table("Dataset", "Column", "Kind", "Confidence", "Share", "State")
    met = False
    with Inventory(inventory_url(where), create=False) as inventory:
        known = Known(inventory.own_kinds())
        for row in inventory.columns():
            names = (row.table, row.dataset)
            if pattern and not any(fnmatch.fnmatchcase(name, pattern) for name in names):
                continue
            met = True
            path = f"{row.path}{_age(row)}"
            for verdict in row.verdicts:
                kind = f"{verdict.kind} {_zh(verdict.kind, known)}" if roomy else verdict.kind
                sure = f"{verdict.level} {_sure(verdict)}"
                table.add_row(row.table, path, kind, sure, _share(verdict), verdict.state)
            if every and not row.verdicts:
                table.add_row(row.table, path, "", "", "", "")
    if table.row_count:
        console.print(table)
    elif pattern and not met:
        raise PicensusError(f"no dataset is called '{pattern}': see what `picensus show` lists")
    else:
        click.echo("no personal information in the inventory" + (" there" if pattern else ""))
    return 0


def _age(row: ColumnRow) -> str:
    """A note where the newest scan did not read the dataset; empty where it did."""
    if row.status in READ:
        return ""
    return f" (not read since {row.last_read:%Y-%m-%d})" if row.last_read else " (never read)"


def _zh(kind: str, known: Known) -> str:
    entry = known.entry(kind)
    return entry.zh if entry else ""


def explain_column(where: str | None, dataset: str, column: str) -> int:
    """Print each verdict on one column with its factors and their weights; the exit code."""
    with Inventory(inventory_url(where), create=False) as inventory:
        row, known = inventory.find(dataset, column), Known(inventory.own_kinds())
    click.echo(f"{row.dataset}  {row.path}  {row.type}  {row.comment}".rstrip())
    looked = "no value was read"
    if row.values is not None:
        looked = f"{row.values} values looked at, {row.nulls or 0} of them null"
    click.echo(f"{row.status}{_age(row)}: {looked}")
    if not row.verdicts:
        _explain_nothing(row)
    for verdict in row.verdicts:
        click.echo()
        click.echo(
            f"{known.title(verdict.kind)} ({verdict.kind}): {verdict.level}, "
            f"{_sure(verdict)}; by {_BASIS[verdict.basis]}; "
            f"stored {verdict.storage or verdict.state}; {_share(verdict) or 'share not measured'}"
        )
        for reason in verdict.reasons:
            click.echo(f"  {reason.weight:+6.2f}  {reason.text}")
        total = sum(reason.weight for reason in verdict.reasons)
        click.echo(f"  {total:+6.2f}  log-odds = {_sure(verdict)}")
    return 0


def _explain_nothing(row: ColumnRow) -> None:
    """Say that there is no verdict, on how many values, and what the header would name."""
    read = (row.values or 0) - (row.nulls or 0)
    click.echo(f"No kind of personal information reaches 'possible' (30%) by {read} values.")
    named = cues(row.path, row.comment, PurePosixPath(row.table).name)[:_CONSIDERED]
    for cue in named:
        speaks = "speaks against" if cue.strength is Strength.AGAINST else "speaks for"
        click.echo(
            f"The header {speaks} {cue.kind} ({cue.reason}): the values did not bear it out."
        )
    if not named:
        other = denial(row.path, row.comment)
        said = f"names something else ({other.reason})" if other else "names no kind"
        click.echo(f"The header {said}; the values name none by themselves.")


_CONSIDERED = 3  # kinds
_BASIS = {"both": "header and values", "header": "header alone", "values": "values"}


def show_kinds(detectors: Sequence[Detector]) -> int:
    """Print the catalogue, and the kinds that the detectors bring along; the exit code."""
    valued = {detector.kind for detector in detectors}
    table = _table("Kind", "", "", "Identifies", "Sensitive under", "Found by")
    for kind in {**own_of(detectors), **kinds()}.values():
        under = ", ".join(name for name, yes in kind.sensitive.items() if yes)
        by = "values and header" if kind.id in valued else "header"
        table.add_row(kind.id, kind.zh, kind.en, kind.identifies, under, by)
    _console().print(table)
    return 0


def table_of(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table of texts."""
    table = _table(*headings)
    for row in rows:
        table.add_row(*row)
    _console().print(table)


def _sure(verdict: Verdict) -> str:
    """Cut to tenths of a percent, so that 99.96 % is not shown as certainty."""
    return f"{math.floor(1000 * verdict.confidence + 1e-9) / 10:.1f}%"


def _share(verdict: Verdict) -> str:
    if verdict.prevalence is None:
        return ""
    low, high = (_percent(share) for share in verdict.prevalence)
    return f"{low} %" if low == high else f"{low}–{high} %"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}" if share in {0, 1} or share > 0.1 else f"{100 * share:.2g}"


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        number = heading in {"Columns", "Datasets"}
        table.add_column(heading, justify="right" if number else "left")
        column = table.columns[-1]
        column.no_wrap, column.overflow = heading not in _WRAPPED, "fold"
    return table


def _console() -> Console:
    console = Console(highlight=False, markup=False)
    return console if console.is_terminal else Console(width=_WIDE, highlight=False, markup=False)
