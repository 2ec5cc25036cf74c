"""Speed of every detector, beside what Arrow takes: processor time of the best of three runs.

    python -m bench.detectors [--values 1000000] [--kind id_card] [--least 1.0]

Columns for each detector: texts that match (the samples of its tests, made distinct by a tail
where they may have one); values that match as a whole, for kinds whose values are words;
look-alikes that do not match; and Han prose. A scan makes a column's texts, and the views that
detectors share, once for all of them: these have lines of their own, and a detector's line is
its own time on texts that have them. Floors: the length of every text in characters, and one
RE2 pattern over every text. "All detectors" is every detector on one column, its texts and
views included; "examine" is the whole examination of a column of distinct values. With
`--least` the exit code is 1 where a detector does fewer million values a second on any column;
it names them.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from copy import copy
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bench.columns import columns, mixed
from detectors.base import Detector
from detectors.keys import keys
from detectors.registry import load
from detectors.states import states
from detectors.texts import Texts
from detectors.whole import all_lowered, all_trimmed
from scanner.examine import examine

T = TypeVar("T")

VIEWS = ("lengths", "chars", "array", "cores", "digit_runs", "word_runs", "most_digits")


def seconds(work: Callable[[T], object], ready: Callable[[], T], runs: int = 3) -> float:
    """Processor time of the best of some runs, each on what `ready` makes anew, untimed."""
    best = float("inf")
    for _ in range(runs):
        given = ready()
        begun = time.process_time()
        work(given)
        best = min(best, time.process_time() - begun)
    return best


def line(name: str, column: str, array: pa.Array, took: float, hits: str = "") -> float:
    """Prints one line; returns millions of values a second."""
    size = pc.sum(pc.binary_length(array)).as_py() / 1e6
    speed = len(array) / took / 1e6
    print(f"{name:20} {column:12} {speed:8.2f} {size / took:8.0f}   {hits}", flush=True)
    return speed


def viewed(array: pa.Array) -> Texts:
    """The texts with the views that a scan computes once for all detectors."""
    texts = Texts(array)
    for view in VIEWS:
        getattr(texts, view)
    texts.shared(all_trimmed)
    texts.shared(all_lowered)
    return texts


def prepared(array: pa.Array) -> Texts:
    """The texts as a detector gets them that is not the first to look: with the keys too."""
    texts = viewed(array)
    texts.shared(keys)
    return texts


def again(texts: Texts) -> Texts:
    """The same texts and views, without what is added to them from now on."""
    fresh = copy(texts)
    vars(fresh)["_views"] = dict(vars(texts)["_views"])
    return fresh


def measure(detector: Detector, n: int) -> float:
    """Millions of values a second on the column that takes longest."""
    slowest = float("inf")
    for name, array in columns(detector, n).items():
        texts = prepared(array)
        hits = len(np.unique(detector.find(again(texts)).rows))
        took = seconds(detector.find, lambda t=texts: again(t))
        found = f"{hits / len(array):7.2%} found"
        slowest = min(slowest, line(detector.kind, name, array, took, found))
    return slowest


def floors(n: int) -> None:
    """What Arrow takes, and the views that all detectors share."""
    pattern = r"\d{17}[\dXx]"
    for name, array in mixed(n):
        given: Callable[[], pa.Array] = lambda a=array: a  # noqa: E731
        line("floor: length", name, array, seconds(pc.utf8_length, given))
        took = seconds(lambda a: pc.match_substring_regex(a, pattern), given)
        line("floor: RE2", name, array, took)
        line("Texts, shared views", name, array, seconds(viewed, given))
        line("keys", name, array, seconds(keys, lambda a=array: viewed(a)))
        line("states", name, array, seconds(states, lambda a=array: viewed(a)))


def together(detectors: Sequence[Detector], n: int) -> None:
    """Every detector on one column, then all of its examination."""
    for name, array in mixed(n):
        given: Callable[[], pa.Array] = lambda a=array: a  # noqa: E731
        took = seconds(lambda a: all_found(Texts(a), detectors), given)
        line("all detectors", name, array, took)
    for name, array in mixed(n):
        batch = pa.record_batch({"a": array})
        took = seconds(lambda b: examine(b, detectors), lambda b=batch: b)
        line("examine", name, array, took)


def all_found(texts: Texts, detectors: Sequence[Detector]) -> None:
    """As a scan has them look: those that the column has digits enough for."""
    for detector in detectors:
        if texts.most_digits >= detector.digits:
            detector.find(texts)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--values", type=int, default=1_000_000)
    parser.add_argument("--kind", action="append", help="only this kind; may be repeated")
    parser.add_argument("--least", type=float, help="million values a second of every detector")
    arguments = parser.parse_args()
    print(f"{'':20} {'column':12} {'M/s':>8} {'MB/s':>8}")
    detectors = load()
    if not arguments.kind:
        floors(arguments.values)
        together(detectors, arguments.values)
    chosen = [d for d in detectors if not arguments.kind or d.kind in arguments.kind]
    speeds = {detector.kind: measure(detector, arguments.values) for detector in chosen}
    slow = {kind: speed for kind, speed in speeds.items() if speed < (arguments.least or 0)}
    for kind, speed in sorted(slow.items(), key=lambda item: item[1]):
        print(f"{kind}: {speed:.2f} million values a second, fewer than {arguments.least}")
    return bool(slow)


if __name__ == "__main__":
    sys.exit(main())
