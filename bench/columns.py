"""Columns to measure speed on: what a detector finds, what looks like it, and several sorts."""

import importlib
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.base import Detector
from detectors.texts import Texts

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
