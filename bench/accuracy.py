"""Precision, recall and F1 of picensus on labelled columns of real applications.

    python -m bench.accuracy EVALUATION --mirrors DIR [--rows N] [--gate 0.85] [--keep FILE]

EVALUATION is the folder with the labels (columns_dev.jsonl, apps.json, extract.py, load.py,
score.py); DIR holds bare git mirrors of the applications named there. Their dumps are loaded
into a private MariaDB, scanned like any other database, and scored column by column. Whatever
is not at hand is left out, and said.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from sqlalchemy.engine import make_url

from tests import servers

HERE = Path(__file__).resolve().parent.parent
PREFIX = "dev_"  # of the databases


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("evaluation", type=Path)
    parser.add_argument("--mirrors", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--level", default="likely")
    parser.add_argument("--gate", type=float)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="leave the export here")
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
        gate = ["--gate", args.gate] if args.gate else []
        labels = args.evaluation / "columns_dev.jsonl"
        score = (args.evaluation / "score.py", export, labels, "--level", args.level)
        return run(*score, "--errors", args.errors, *gate, check=False)


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
