"""What the commands that write do: settings together, scan, export, and say how it went."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from rich.console import Console
from tqdm import tqdm

from connectors.base import Dataset
from scanner import __version__
from scanner.chosen import chosen
from scanner.config import Settings, inventory_url, load, settings_of
from scanner.export.write import check, format_of, write, write_lines
from scanner.inventory.store import Inventory
from scanner.outcome import Outcome
from scanner.run.local import LEFT_OUT, scan
from scanner.terminal import summary

DONE, FAILED, USAGE, INCOMPLETE = 0, 1, 2, 4
_BAR_LINES = 20


def run_scan(
    sources: Sequence[str], config: Path | None, changes: dict[str, object], export: Path | None
) -> int:
    """Scan, export where asked, print what was found; the exit code."""
    settings = _settings(sources, config, changes)
    if not settings.sources:
        raise click.UsageError("nothing to scan: give a path, a URL or a --config with sources")
    if export:
        check(export)
    detectors = chosen(settings.detectors, ner=settings.ner)
    with Inventory(inventory_url(settings.inventory)) as inventory:
        outcome = scan(settings, inventory, detectors, __version__, _progress)
        if export:
            write(inventory, export)
        summary(inventory, outcome, LEFT_OUT)
    return _code(outcome)


def run_export(inventory: str | None, form: str | None, of: str, file: Path | None) -> int:
    """Write the inventory into a file, or as lines to standard output; the exit code."""
    to_screen = file is None or str(file) == "-"
    if to_screen and form not in {"csv", "jsonl"}:
        raise click.UsageError("give a FILE, or --format csv or jsonl for the screen")
    shape = form or "" if file is None or to_screen else format_of(file, form)
    with Inventory(inventory_url(inventory), create=False) as opened:
        if file is None or to_screen:
            write_lines(opened, sys.stdout.buffer, shape, of)
        else:
            write(opened, file, shape, of)
    return DONE


def _settings(sources: Sequence[str], config: Path | None, changes: dict[str, object]) -> Settings:
    """The config's settings, with what the command line says in their place."""
    base = load(config) if config else Settings()
    said = {"sources": list(sources)} if sources else {}
    return settings_of({**base.model_dump(), **changes, **said}, "the command line")


def _progress(datasets: Sequence[Dataset], source: str) -> Iterable[Dataset]:
    """The datasets, with a bar on standard error where that is a terminal."""
    shown = source if len(source) <= 40 else f"…{source[-39:]}"
    # Where a terminal says it has no lines, tqdm by itself would draw nothing.
    width = Console(stderr=True).width - 1
    return tqdm(
        datasets, shown, unit="dataset", ncols=width, nrows=_BAR_LINES, disable=None, leave=False
    )


def _code(outcome: Outcome) -> int:
    """The exit code; a scan that read nothing at all has failed, for whatever reason."""
    if outcome.done:
        return DONE if outcome.complete else INCOMPLETE
    only_schemes = outcome.broken_sources and not outcome.statuses
    only_schemes = only_schemes and outcome.unknown_schemes == outcome.broken_sources
    return USAGE if only_schemes else FAILED
