"""Damages files of every format at random, and reads each: nothing may crash, hang or lie.

    python -m bench.fuzz [--minutes 10] [--seed 1] [--format csv]

The seeds are the small files that the tests write, an archive of each kind among them. A case is
one of them with bytes flipped, cut, doubled, moved or swapped with another file's; it is listed
and read whole and as a sample in a worker of limited memory. What is allowed: rows, or one
`ConnectorError`. Everything else (another exception, a signal, more than a minute) is a crash:
its bytes are kept in `--keep`, and the exit code is 1.
"""

import argparse
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from connectors.base import ConnectorError, Reading, Sampling
from connectors.files.base import Files
from tests.connectors.test_files import write_all
from tests.connectors.test_files_archives import KINDS

MEMORY = 4 << 30  # bytes a worker may ask for
SECONDS = 60  # that a case may take
CASES = 200  # by one worker


def seeds(folder: Path) -> list[Path]:
    """Small valid files of every format, archives too."""
    write_all(folder)
    plain = sorted(p for p in folder.rglob("*") if p.is_file())
    members = {p.name: p.read_bytes() for p in plain[:3]}
    for kind, make in KINDS.items():
        (folder / f"archive.{kind}").write_bytes(make(members))
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.stat().st_size)


def damaged(data: bytes, other: bytes, choice: random.Random) -> bytes:
    """The bytes with one to eight damages."""
    out = bytearray(data)
    for _ in range(choice.choice((1, 1, 2, 3, 8))):
        at = choice.randrange(len(out) + 1)
        size = min(len(out) - at, choice.choice((1, 2, 4, 16, 200)))
        match choice.randrange(7):
            case 0 if size:
                out[at] ^= 1 << choice.randrange(8)
            case 1:
                out[at : at + size] = choice.randbytes(size)
            case 2:
                del out[at:]
            case 3:
                out[at:at] = out[at : at + size] * choice.choice((1, 1, 50))
            case 4:
                out[at : at + size] = b"\xff" * size
            case 5:
                del out[at : at + size]
            case _:
                start = choice.randrange(max(1, len(other)))
                out[at : at + size] = other[start : start + size]
    return bytes(out)


def case(folder: Path, files: list[Path], number: int, seed: int) -> Path:
    """Writes case `number`; the same for the same seed."""
    choice = random.Random(f"{seed} {number}")
    source = choice.choice(files)
    other = choice.choice(files).read_bytes()
    name = source.name if choice.random() < 0.9 else choice.choice(files).name
    path = folder / name
    path.write_bytes(damaged(source.read_bytes(), other, choice))
    return path


def read(path: Path) -> str:
    """What came of listing and reading a file: rows, or the name of the error."""
    try:
        with Files(str(path)) as opened:
            rows = 0
            for dataset in opened.datasets():
                for sample in (20, None):
                    how = Sampling(rows=sample)
                    rows += sum(b.num_rows for b in opened.batches(dataset, how, Reading()))
    except ConnectorError as error:
        if "\n" in str(error):
            raise
        return type(error).__name__
    return "rows" if rows else "no rows"


def work(first: int, seed: int, seeds_in: Path, name: str) -> None:
    """A worker: reads cases until there are enough, and says what came of each."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    files = [p for p in sorted(seeds_in.rglob("*")) if p.is_file() and name in p.name]
    with tempfile.TemporaryDirectory() as folder:
        for number in range(first, first + CASES):
            path = case(Path(folder), files, number, seed)
            print(f"begin {number}", flush=True)
            signal.alarm(SECONDS)
            try:
                said = read(path)
            except Exception:
                said = "CRASH " + traceback.format_exc(limit=-3).replace("\n", " | ")
            signal.alarm(0)
            print(f"end {number} {path.suffix} {said}", flush=True)
            path.unlink()


def outcomes(command: list[str]) -> Iterator[tuple[int, str]]:
    """The number of each case and what came of it; a worker that dies is a crash of its case."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        begun = -1
        for line in process.stdout or ():
            word, number, *said = line.rstrip("\n").split(" ", 2)
            begun = int(number) if word == "begin" else -1
            if word == "end":
                yield int(number), said[0]
    if begun >= 0:
        yield begun, f"? CRASH the process ended with {process.returncode}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", default="", metavar="PART", help="only files so named")
    parser.add_argument("--keep", type=Path, default=Path("fuzz"), help="where crashes are kept")
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--seeds", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker is not None:
        work(asked.worker, asked.seed, asked.seeds, asked.format)
        return
    with tempfile.TemporaryDirectory() as folder:
        files = seeds(Path(folder))
        chosen = [p for p in files if asked.format in p.name]
        counted: Counter[str] = Counter()
        crashes, first, end = 0, 0, time.monotonic() + 60 * asked.minutes
        while time.monotonic() < end:
            command = [sys.executable, "-m", "bench.fuzz", f"--worker={first}"]
            command += [f"--seeds={folder}", f"--seed={asked.seed}", f"--format={asked.format}"]
            number = first
            for number, said in outcomes(command):
                ending, _, result = said.partition(" ")
                counted[f"{ending:9} {result.split(' ', 1)[0]}"] += 1
                if "CRASH" in said:
                    crashes += 1
                    asked.keep.mkdir(exist_ok=True)
                    kept = case(asked.keep, sorted(chosen), number, asked.seed)
                    kept = kept.rename(asked.keep / f"{number}-{kept.name}")
                    print(f"{kept}: {said}", flush=True)
            first = number + 1
    for what, count in sorted(counted.items()):
        print(f"{count:7}  {what}")
    print(f"{sum(counted.values())} cases, {crashes} crashes")
    raise SystemExit(crashes > 0)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONFAULTHANDLER", "1")
    main()
