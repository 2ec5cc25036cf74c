"""Memory and time of a full scan of one large file, read by `picensus scan --full`.

    python -m bench.memory [--csv 5.0] [--parquet 2.0] [--folder DIR]

Writes made-up files of so many gigabytes (0 leaves one out) and scans each in a process of its
own; the peak is what the system says of that process (`ru_maxrss`, as `/usr/bin/time -v`).
Floor: the time in which another process only reads the file's bytes, respectively its columns.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pv
import pyarrow.parquet as pq

from sample_data.people import people
from tests.scanner.made import mobile

ROWS = 20_000  # of one block, which is written again and again with other numbers
LIMIT = 600  # MB that a scan may take

_READ = {
    "csv": "import sys; f = open(sys.argv[1], 'rb')\nwhile f.read(1 << 23): pass",
    "parquet": (
        "import sys, pyarrow.parquet as pq\n"
        "for batch in pq.ParquetFile(sys.argv[1]).iter_batches(65536): pass"
    ),
}


def blocks(seed: int = 1) -> Iterator[pa.Table]:
    """Tables of people, orders and remarks, without end."""
    rng = random.Random(seed)
    held = list(people(rng, ROWS))
    number = 0
    while True:
        ids = range(number, number + ROWS)
        number += ROWS
        yield pa.table(
            {
                "id": [str(i) for i in ids],
                "order_no": [f"{20260000000000 + i * 7919}" for i in ids],
                "name": [p.name for p in held],
                "mobile": [mobile(rng) for _ in ids],
                "id_card": [p.id_card for p in held],
                "address": [p.address for p in held],
                "amount": [f"{rng.random() * 1000:.2f}" for _ in ids],
                "created": [f"2026-{i % 12 + 1:02d}-{i % 28 + 1:02d} 08:00:00" for i in ids],
                "remark": [f"第{i}单请在下午送到门口，谢谢，有事致电前台，勿放快递柜" for i in ids],
            }
        )


def write_csv(path: Path, size: int) -> None:
    """A CSV of about so many bytes."""
    with path.open("wb") as out:
        for block in blocks():
            header = pv.WriteOptions(include_header=not out.tell())
            pv.write_csv(block, out, header)
            if out.tell() >= size:
                return


def write_parquet(path: Path, size: int) -> None:
    """A Parquet file of about so many bytes, as Spark writes it."""
    writer: pq.ParquetWriter | None = None
    for block in blocks():
        writer = writer or pq.ParquetWriter(path, block.schema, compression="snappy")
        writer.write_table(block)
        if path.stat().st_size >= size:
            writer.close()
            return


def measured(command: list[str]) -> tuple[float, int]:
    """Seconds, and the most memory in MB."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed with {process.returncode}")
    return time.monotonic() - began, usage.ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--csv", type=float, default=5.0, metavar="GB")
    parser.add_argument("--parquet", type=float, default=2.0, metavar="GB")
    parser.add_argument("--folder", type=Path, help="where the files are written for a while")
    asked = parser.parse_args()
    over = 0
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        for kind, write in (("csv", write_csv), ("parquet", write_parquet)):
            size = int(getattr(asked, kind) * 2**30)
            if not size:
                continue
            path = Path(folder) / f"people.{kind}"
            write(path, size)
            floor, _ = measured([sys.executable, "-c", _READ[kind], str(path)])
            inventory = f"{folder}/{kind}.db"
            scan = [sys.executable, "-m", "scanner.cli", "scan", str(path), "--full"]
            seconds, peak = measured([*scan, "--inventory", inventory])
            over += peak > LIMIT
            size_mb = path.stat().st_size >> 20
            print(
                f"{kind:8} {size_mb:6} MB  peak {peak:4} MB (limit {LIMIT})  {seconds:7.1f} s"
                f" = {size_mb / seconds:5.1f} MB/s  only read {floor:.1f} s"
                f"  ratio {seconds / max(floor, 1e-3):.0f}"
            )
            path.unlink()
    raise SystemExit(over > 0)


if __name__ == "__main__":
    main()
