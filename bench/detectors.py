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
import importlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from functools import cache
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.base import Detector
from detectors.keys import keys
from detectors.registry import load
from detectors.states import states
from detectors.texts import Texts
from detectors.whole import all_lowered, all_trimmed
from scanner.examine import examine

T = TypeVar("T")

VIEWS = ("lengths", "chars", "array", "cores", "digit_runs", "word_runs", "most_digits")
HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同"


def varied(detector: Detector, n: int, seed: int = 0) -> pa.Array:
    """Texts in which the detector finds something: samples of its tests, each with a tail.

    The tail, a comma and two Han characters, makes them distinct. Kinds that fill their whole
    text (names, addresses) get the samples as they are; a detector sees each of them anyway.
    """
    bare = pa.array(samples(detector), pa.large_string())
    rows = np.arange(n)
    tails = distinct(n)
    picks = np.random.default_rng(seed).integers(0, len(bare), n)
    tailed = pc.binary_join_element_wise(
        bare.take(picks), tails.cast(bare.type), pa.scalar("，", bare.type)
    )
    found = np.unique(detector.find(Texts(tailed)).rows)
    return tailed.take(found[rows % len(found)]) if len(found) > n // 4 else bare.take(picks)


@cache
def distinct(n: int) -> pa.Array:
    """Two Han characters each, none twice."""
    return pa.array([chr(0x4E00 + i % 20_000) + chr(0x4E00 + i // 20_000) for i in range(n)])


def look_alikes(samples: Sequence[str], n: int, seed: int = 1) -> pa.Array:
    """Values of the samples' lengths, each character replaced at random within its class."""
    rng = np.random.default_rng(seed)
    out = []
    for sample, size in zip(samples, _parts(n, len(samples)), strict=True):
        columns = []
        for char in sample:
            alike = "0123456789" if char.isdigit() else HAN if ord(char) > 0x7F else char
            columns.append(np.array(list(alike))[rng.integers(0, len(alike), size)])
        whole = columns[0].astype(object)
        for column in columns[1:]:
            whole = whole + column.astype(object)
        out.append(pa.array(whole, pa.large_string()))
    return pa.concat_arrays(out)


@cache
def prose(n: int, length: int = 30, seed: int = 2) -> pa.Array:
    """Texts of Han characters, without PI."""
    rng = np.random.default_rng(seed)
    letters = np.array([list(c.encode()) for c in HAN], np.uint8)[
        rng.integers(0, len(HAN), (n, length))
    ]
    offsets = pa.py_buffer(np.arange(n + 1, dtype=np.int64) * 3 * length)
    return pa.Array.from_buffers(
        pa.large_string(), n, [None, offsets, pa.py_buffer(np.ascontiguousarray(letters))]
    )


def _parts(n: int, parts: int) -> list[int]:
    return [n // parts + (i < n % parts) for i in range(parts)]


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


def samples(detector: Detector) -> list[str]:
    """Texts that the detector's own tests say it finds."""
    module = importlib.import_module(f"tests.detectors.test_{detector.kind}")
    rows = [getattr(row, "values", row) for row in module.HITS]
    return [text for row in rows if (text := row if isinstance(row, str) else row[0])]


def columns(detector: Detector, n: int) -> dict[str, pa.Array]:
    """The columns for one detector."""
    alike = look_alikes(samples(detector), n)
    found = {"matching": varied(detector, n), "look-alikes": alike, "Han": prose(n)}
    return found | ({"whole values": whole(detector, n)} if detector.words else {})


def whole(detector: Detector, n: int, seed: int = 4) -> pa.Array:
    """Values that are one match: the samples of the tests that are, in any order."""
    listed = Texts(pa.array(samples(detector), pa.large_string()))
    found = detector.find(listed)
    cores = listed.cores
    all_of = (found.starts <= cores.starts[found.rows]) & (found.ends >= cores.ends[found.rows])
    values = listed.array.take(pa.array(np.unique(found.rows[all_of])))
    return values.take(np.random.default_rng(seed).integers(0, len(values), n))


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


def mixed(n: int) -> Iterator[tuple[str, pa.Array]]:
    """Columns of several sorts, each of distinct values but for short numbers."""
    rng = np.random.default_rng(3)
    numbers = pa.array(rng.integers(10**17, 10**18, n)).cast(pa.large_string())
    han = prose(n)
    yield "18 digits", numbers
    yield "11 digits", pa.array(rng.integers(10**10, 2 * 10**10, n)).cast(pa.large_string())
    yield "decimals", pa.array(rng.integers(0, 10**8, n) / 1e4).cast(pa.large_string())
    yield "hex", pc.utf8_lower(hexadecimal(rng, n))
    yield "days", pc.strftime(pa.array(rng.integers(0, 2**31, n), pa.timestamp("s")), "%F %T")
    yield "Han", han
    parts = ("客户", pc.utf8_slice_codeunits(han, 0, 3), "，订单号：", numbers, " 已发货 id=")
    yield "log lines", joined(*parts, pc.utf8_slice_codeunits(numbers, 3, 9))
    said = ('{"id":', numbers, ',"remark":"', pc.utf8_slice_codeunits(han, 0, 8), '"}')
    yield "JSON", joined(*said)


def hexadecimal(rng: np.random.Generator, n: int, length: int = 32) -> pa.Array:
    """Texts of hexadecimal digits."""
    letters = np.frombuffer(b"0123456789ABCDEF", np.uint8)[rng.integers(0, 16, (n, length))]
    offsets = pa.py_buffer(np.arange(n + 1, dtype=np.int64) * length)
    return pa.Array.from_buffers(
        pa.large_string(), n, [None, offsets, pa.py_buffer(np.ascontiguousarray(letters))]
    )


def joined(*parts: pa.Array | str) -> pa.Array:
    """The parts of each row behind one another."""
    wide = (pa.scalar(p, pa.large_string()) if isinstance(p, str) else p for p in parts)
    return pc.binary_join_element_wise(*wide, pa.scalar("", pa.large_string()))


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
