"""Runs picensus as a user does: a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


def picensus(*words: object, given: bytes = b"", env: Mapping[str, str] | None = None) -> Ran:
    """Run `picensus` with these words."""
    done = subprocess.run(
        [sys.executable, "-m", "scanner.cli", *map(str, words)],
        input=given,
        capture_output=True,
        env={**os.environ, **(env or {})},
        timeout=240,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def exported(inventory: Path, of: str = "columns") -> list[dict[str, object]]:
    """The lines of a JSON lines export."""
    ran = picensus("export", "--inventory", inventory, "--format", "jsonl", "--of", of)
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def kinds_of(row: dict[str, object]) -> set[str]:
    """The kinds that a column of an export holds at `likely` or above."""
    verdicts = row["verdicts"]
    assert isinstance(verdicts, list)
    return {v["kind"] for v in verdicts if v["level"] != "possible"}
