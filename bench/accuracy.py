"""Precision, recall and F1 of picensus on labelled columns of real applications.

    python -m bench.accuracy EVALUATION --mirrors DIR [--rows N] [--keep FILE] [--write]

EVALUATION is the folder with the labels (columns_dev.jsonl, apps.json, extract.py, load.py,
score.py); DIR holds bare git mirrors of the applications named there. Their dumps are loaded
into a private MariaDB, scanned like any other database, and scored column by column. Whatever
is not at hand is left out, and said. The exit code is 1 where a gate is missed (F1 of columns
with values and of empty ones, clean columns wrongly named) or where a kind falls below the
committed baseline; `--write` makes the figures the baseline.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.engine import make_url

from bench import baseline
from bench.baseline import Scores
from tests import servers

HERE = Path(__file__).resolve().parent.parent
PREFIX = "dev_"  # of the databases
NAME = "labelled"
GATES = {"real": 0.95, "empty": 0.90}  # F1 of columns by what they hold
MOST_NAMED = 0.005  # of the clean columns
_ROW = re.compile(r"(=? ?\w+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)(?:\s+[\d.]+){3}")
_CLEAN = re.compile(r"clean columns left alone: (\d+)")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("evaluation", type=Path)
    parser.add_argument("--mirrors", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--level", default="likely")
    parser.add_argument("--errors", type=int, default=0, help="print so many wrong answers")
    parser.add_argument("--keep", type=Path, help="leave the export here")
    parser.add_argument("--write", action="store_true", help="make these the baseline")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        work.chmod(0o755)  # the server runs as another user
        extracted(args.evaluation, args.mirrors, work)
        with servers.mariadb() as url:
            loaded(args.evaluation, url, work)
            export = _scan(url, work, args.rows)
        if args.keep:
            args.keep.write_bytes(export.read_bytes())
        told = _scored(args.evaluation, export, args.level)
    wrong = [line for line in told if line.startswith(("false ", "missed "))]
    print(*(line for line in told if line not in wrong), *wrong[: args.errors], sep="\n")
    now, parts = _by_kind(told)
    if args.write:
        baseline.write(NAME, now)
        return 0
    worse = [*_gates(parts, wrong, told), *baseline.falls(baseline.read(NAME), now)]
    print(*worse, sep="\n")
    return bool(worse)


def _scored(evaluation: Path, export: Path, level: str) -> list[str]:
    """What the scoring script prints, every wrong answer included."""
    command = [sys.executable, evaluation / "score.py", export, evaluation / "columns_dev.jsonl"]
    command += ["--level", level, "--errors", "100000", "--prefix", PREFIX]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def _by_kind(told: Sequence[str]) -> tuple[Scores, Scores]:
    """The scores by kind, and those by what columns hold (real, empty, ...)."""
    kinds, parts = {}, {}
    for found in filter(None, map(_ROW.fullmatch, told)):
        name, row = found[1].strip(), (int(found[2]), int(found[3]), int(found[5]))
        if name.startswith("="):
            parts[name.removeprefix("= ")] = row
        else:
            kinds[name] = row
    return Scores.of(kinds), Scores.of(parts)


def _gates(parts: Scores, wrong: Sequence[str], told: Sequence[str]) -> list[str]:
    """A sentence for each gate that is missed."""
    out = []
    for part, least in GATES.items():
        labelled, found, false = parts.rows().get(part, (0, 0, 0))
        f1 = 2 * found / max(labelled + found + false, 1)
        if f1 < least:
            out.append(f"columns that are {part}: F1 {f1:.3f}, wanted {least}")
    named = len({line.split()[2] for line in wrong if line.endswith(" is none")})
    clean = sum(int(n) for line in told for n in _CLEAN.findall(line))
    share = named / max(named + clean, 1)
    print(f"clean columns wrongly named: {named} of {named + clean}, {share:.2%}")
    if share > MOST_NAMED:
        out.append(f"clean columns wrongly named: {share:.2%}, allowed {MOST_NAMED:.1%}")
    return out


def extracted(evaluation: Path, mirrors: Path, work: Path) -> None:
    """Copy the data files out of the mirrors into `work/data`."""
    run(evaluation / "extract.py", "--mirrors", mirrors, "--out", work / "data")


def loaded(evaluation: Path, url: str, work: Path) -> None:
    """Load the dumps in `work/data` into a server, one database an application."""
    server = make_url(url)
    run(
        *(evaluation / "load.py", "--apps", evaluation / "apps.json"),
        *("--host", server.host, "--port", server.port, "--user", server.username),
        *("--password", server.password or "", "--prefix", PREFIX),
        *("--root", work / "data" / "sql", "--report", work / "load.json"),
    )


def _scan(url: str, work: Path, rows: int) -> Path:
    inventory, export = work / "inventory.db", work / "export.jsonl"
    run(
        *("-m", "scanner.cli", "scan", url, work / "data" / "opendata", work / "data" / "peers"),
        *(
            "--include",
            f"{PREFIX}*",
            "--include",
            "*.csv",
            "--include",
            "*.tsv",
            "--include",
            "*.xls*",
        ),
        *("--inventory", inventory, "--rows", rows, "--export", export),
        check=False,
    )
    return export


def run(*words: object, check: bool = True) -> int:
    command = [sys.executable, *map(str, words)]
    return subprocess.run(command, cwd=HERE, check=check).returncode


if __name__ == "__main__":
    sys.exit(main())
