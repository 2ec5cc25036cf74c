"""Precision and recall by kind on made-up columns of every kind, compared with the baseline.

    python -m bench.kinds [--seed 3] [--rows 300] [--errors] [--write]

The columns are those of `bench.made`: each kind as its values are written, under headers that
name it well, so-so or hardly, and under opaque ones where the values tell by themselves; and
look-alikes of all sorts. A column is found where its kind reaches `likely`. `--write` makes the
figures the baseline; a kind that falls below it makes the exit code 1.
"""

import argparse
import sys

import pyarrow as pa

from bench import baseline, made
from bench.baseline import Scores
from connectors.base import Column
from detectors.catalogue import kinds
from detectors.registry import load
from scanner.examine import examine
from scanner.model import Level
from scanner.verdict import verdicts

NAME = "made"


def scores(seed: int, rows: int, *, errors: bool = False) -> Scores:
    """What is found of each kind, and what is wrongly said."""
    detectors = load()
    alone = {detector.kind for detector in detectors if detector.alone}
    out = Scores()
    for one in made.columns(seed, rows):
        if one.kind and one.telling == "opaque" and one.kind not in alone:
            continue
        batch = pa.record_batch({one.column: pa.array(one.values, pa.string())})
        columns = [Column(one.column, "text", one.comment)]
        (report, *_) = verdicts(examine(batch, detectors), columns, detectors, one.table)
        said = {v.kind for v in report.verdicts if v.level is not Level.POSSIBLE}
        right = [one.kind] if one.kind else []
        also = kinds()[one.kind].written_as if one.kind else ()
        out.judge(right, said, also)
        if errors and said - set(also) != set(right):
            where = f"{one.column} {one.comment}".strip()
            print(f"    {one.family} under `{where}` ({one.telling}): said {sorted(said)}")
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--errors", action="store_true", help="print every wrong answer")
    parser.add_argument("--write", action="store_true", help="make these the baseline")
    args = parser.parse_args()
    now = scores(args.seed, args.rows, errors=args.errors)
    print(*now.table(), sep="\n")
    if args.write:
        baseline.write(NAME, now)
        return 0
    worse = baseline.falls(baseline.read(NAME), now)
    print(*worse, sep="\n")
    return bool(worse)


if __name__ == "__main__":
    sys.exit(main())
