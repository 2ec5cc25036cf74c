"""picensus: parses arguments and calls; no logic.

Exit codes: 0 done; 1 failed, nothing could be read or written; 2 wrong usage;
4 done, but some datasets or sources could not be read.
"""

import errno
import io
import os
import sys
import traceback
from pathlib import Path

import click

from scanner import __version__
from scanner.config import LAST_SEED
from scanner.errors import PicensusError, WrongUsageError

INVENTORY = click.option(
    "--inventory",
    default=None,
    metavar="URL",
    help="Inventory: a path for SQLite or any SQLAlchemy URL.  [default: inventory.db]",
)
DETECTORS = click.option(
    "--detectors",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Detectors of your own, in YAML; repeatable.",
)
NER = click.option(
    "--ner", is_flag=True, help="Find names in running text too: slower, needs picensus[ner]."
)
DONE, FAILED, USAGE, INCOMPLETE, INTERRUPTED = 0, 1, 2, 4, 130
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}  # only writing fails so


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 failed, 2 wrong usage, 4 done but some data could not be read.",
)
@click.version_option(__version__, prog_name="picensus")
def cli() -> None:
    """A census of Chinese personal information in databases and files."""


@cli.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1)
@click.option("--config", type=click.Path(path_type=Path), help="Settings in YAML.")
@INVENTORY
@click.option("--rows", type=click.IntRange(min=1), help="Read at most so many rows of a dataset.")
@click.option("--full", is_flag=True, help="Read every row.")
@click.option(
    "--seed", type=click.IntRange(0, LAST_SEED), help="Seed of the samples.  [default: 0]"
)
@click.option("--include", multiple=True, metavar="GLOB", help="Only datasets that match.")
@click.option("--exclude", multiple=True, metavar="GLOB", help="No datasets that match.")
@DETECTORS
@click.option("--export", type=click.Path(path_type=Path), help="Write .xlsx, .csv or .jsonl too.")
@NER
def scan(
    sources: tuple[str, ...],
    config: Path | None,
    inventory: str | None,
    rows: int | None,
    full: bool,
    seed: int | None,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    detectors: tuple[Path, ...],
    export: Path | None,
    ner: bool,
) -> int:
    """Scan databases, folders and files, and record what they hold.

    SOURCE is a path, a glob, or a URL such as sqlite:///shop.db,
    'postgresql://scan:${PGPASSWORD}@db/shop' or mysql://host/db. Passwords stay out of the
    command line: write ${VAR} and export VAR.
    """
    from scanner.run.command import run_scan  # noqa: PLC0415 (heavy: only when used)

    if full and rows:
        raise click.UsageError("--full reads every row: leave out --rows")
    given = {"inventory": inventory, "rows": rows, "seed": seed}
    changes: dict[str, object] = {key: value for key, value in given.items() if value is not None}
    changes |= {"rows": None} if full else {}
    changes |= {"include": include} if include else {}
    changes |= {"exclude": exclude} if exclude else {}
    changes |= {"detectors": [str(path) for path in detectors]} if detectors else {}
    changes |= {"ner": True} if ner else {}
    return run_scan(sources, config, changes, export)


@cli.command()
@INVENTORY
@click.option("-f", "--format", "form", type=click.Choice(["xlsx", "csv", "jsonl"]))
@click.option(
    "--of",
    type=click.Choice(["columns", "datasets", "coverage"]),
    default="columns",
    show_default=True,
    help="What JSON lines hold.",
)
@click.argument("file", type=click.Path(path_type=Path), required=False)
def export(inventory: str | None, form: str | None, of: str, file: Path | None) -> int:
    """Write the inventory to FILE (.xlsx, .csv, .jsonl), or CSV and JSON lines to the screen."""
    from scanner.run.command import run_export  # noqa: PLC0415

    return run_export(inventory, form, of, file)


@cli.command()
@INVENTORY
@click.option("--all", "every", is_flag=True, help="Columns without personal information too.")
@click.argument("pattern", required=False)
def show(inventory: str | None, every: bool, pattern: str | None) -> int:
    """List the columns that hold personal information (PATTERN: a glob over dataset names)."""
    from scanner.terminal import show_columns  # noqa: PLC0415

    return show_columns(inventory, pattern, every=every)


@cli.command()
@INVENTORY
@click.argument("dataset")
@click.argument("column")
def explain(inventory: str | None, dataset: str, column: str) -> int:
    """Say why COLUMN of DATASET got its verdicts: each factor and its weight."""
    from scanner.terminal import explain_column  # noqa: PLC0415

    return explain_column(inventory, dataset, column)


@cli.command()
@DETECTORS
@click.option(
    "--check",
    metavar="FILE",
    help="Try a file of detectors, or a class as package.module:Class: faults, chance, speed.",
)
def kinds(detectors: tuple[Path, ...], check: str | None) -> int:
    """List every kind of personal information that picensus knows."""
    from scanner.chosen import chosen  # noqa: PLC0415
    from scanner.kinds_check import run_check  # noqa: PLC0415
    from scanner.terminal import show_kinds  # noqa: PLC0415

    return run_check(check) if check else show_kinds(chosen(detectors))


@cli.command()
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--mask", is_flag=True, help="Write the text with all that is found masked.")
@click.option("--kind", "only", multiple=True, metavar="KIND", help="Only this kind; repeatable.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["table", "jsonl"]),
    default="table",
    show_default=True,
    help="Of the list of spans.",
)
@DETECTORS
@NER
def detect(
    files: tuple[Path, ...],
    mask: bool,
    only: tuple[str, ...],
    form: str,
    detectors: tuple[Path, ...],
    ner: bool,
) -> int:
    """Find personal information in texts: FILEs, or standard input (-). UTF-8 or GB18030.

    Prints, separated by tabs: the line and the characters (line:first-last, from 1); the kind;
    and the proof. "checked": a check digit, date, register or word beside it agrees.
    "shape": only the form fits. With --mask it prints the text itself, masked.
    """
    from scanner.chosen import chosen  # noqa: PLC0415
    from scanner.detect import run_detect  # noqa: PLC0415

    if mask and form != "table":
        raise click.UsageError("--mask writes the text: leave out --format")
    source, target = sys.stdin.buffer, sys.stdout.buffer
    known = chosen(detectors, ner=ner)
    return run_detect(files, source, target, known, only, form, mask=mask)


def main() -> None:
    """The command: runs it, and turns every error into one sentence and an exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # an ASCII terminal is no reason to stop
    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()  # a full disk is to be told here, not by Python at exit
    except click.exceptions.Abort:
        code = _say("interrupted; what was finished is in the inventory", INTERRUPTED)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        code = USAGE
    except click.ClickException as error:
        code = _say(_one_line(error.format_message()), USAGE)
    except BrokenPipeError:
        _drop_output()
        code = FAILED
    except PicensusError as error:
        code = _say(str(error), USAGE if isinstance(error, WrongUsageError) else FAILED)
    except Exception as error:
        code = _say(_unexpected(error), FAILED)
    sys.exit(code if isinstance(code, int) else DONE)


def _one_line(message: str) -> str:
    """A message of click as a sentence: it begins with a capital and may take several lines."""
    said = " ".join(message.split()).removesuffix(".")
    return said[:1].lower() + said[1:]


def _unexpected(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno in _FULL:
        _drop_output()
        return f"cannot write the output: {error.strerror}"
    # Its message may hold values from the data: only where it happened is told.
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
    return f"unexpected {where}: please report it as a bug"


def _drop_output() -> None:
    """What is still held for standard output goes nowhere: Python would fail on it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(sentence: str, code: int) -> int:
    click.echo(f"picensus: {sentence}", err=True)
    return code


if __name__ == "__main__":
    main()
