"""Speed of every detector on distinct values, beside what Arrow takes: processor time, one thread.

    python -m bench.detectors [--values 1000000] [--kind id_card]

Columns: texts that match; values that match as a whole, for kinds whose values are words;
look-alikes that do not match; and Han prose. Floors in the same run: the length of every text
in characters, and one RE2 pattern over every text.
"""

import argparse
import importlib
import time
from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.base import Detector
from detectors.registry import load
from detectors.states import states
from detectors.texts import Texts

HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同"


def varied(detector: Detector, n: int, seed: int = 0) -> pa.Array:
    """Texts in which the detector finds something: samples of its tests, each with a tail.

    The tail, a comma and two Han characters, makes them distinct. Kinds that fill their whole
    text (names, addresses) get the samples as they are; a detector sees each of them anyway.
    """
    bare = pa.array(samples(detector), pa.large_string())
    rows = np.arange(n)
    tails = pa.array([chr(0x4E00 + i % 20_000) + chr(0x4E00 + i // 20_000) for i in rows])
    picks = np.random.default_rng(seed).integers(0, len(bare), n)
    tailed = pc.binary_join_element_wise(
        bare.take(picks), tails.cast(bare.type), pa.scalar("，", bare.type)
    )
    found = np.unique(detector.find(Texts(tailed)).rows)
    return tailed.take(found[rows % len(found)]) if len(found) > n // 4 else bare.take(picks)


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


def seconds(work: Callable[[], object], runs: int = 3) -> float:
    """Processor time of the best of some runs: other work on the machine does not count."""
    best = float("inf")
    for _ in range(runs):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def line(name: str, column: str, array: pa.Array, took: float, hits: str = "") -> None:
    size = pc.sum(pc.binary_length(array)).as_py() / 1e6
    print(f"{name:20} {column:12} {len(array) / took / 1e6:8.1f} {size / took:8.0f}   {hits}")


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


def measure(detector: Detector, n: int) -> None:
    for name, array in columns(detector, n).items():
        texts = Texts(array)
        hits = len(np.unique(detector.find(texts).rows))

        def find(array: pa.Array = array) -> None:
            detector.find(Texts(array))  # with the views that detectors share

        line(detector.kind, name, array, seconds(find), f"{hits / len(array):7.2%} found")


def floors(n: int) -> None:
    numbers = pa.array(np.random.default_rng(3).integers(10**17, 10**18, n)).cast(pa.large_string())
    for name, array in (("18 digits", numbers), ("Han", prose(n))):
        line("floor: length", name, array, seconds(lambda a=array: pc.utf8_length(a)))
        took = seconds(lambda a=array: pc.match_substring_regex(a, r"\d{17}[\dXx]"))
        line("floor: RE2", name, array, took)
        line("Texts, digit runs", name, array, seconds(lambda a=array: Texts(a).digit_runs))
        line("states", name, array, seconds(lambda a=array: states(Texts(a))))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--values", type=int, default=1_000_000)
    parser.add_argument("--kind", action="append", help="only this kind; may be repeated")
    arguments = parser.parse_args()
    print(f"{'':20} {'column':12} {'M/s':>8} {'MB/s':>8}")
    floors(arguments.values)
    for detector in load():
        if not arguments.kind or detector.kind in arguments.kind:
            measure(detector, arguments.values)


if __name__ == "__main__":
    main()
