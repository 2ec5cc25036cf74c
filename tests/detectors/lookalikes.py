"""Seeded values by the million for tests and benchmarks: look-alikes, and genuine forms."""

import time
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from detectors.base import Detector, Proof
from detectors.checksum import mod_11_2
from detectors.texts import Texts

Letters = npt.NDArray[np.uint8]


def spans(detector: Detector, values: list[str]) -> list[list[tuple[str, Proof]]]:
    """For each value, what was found in it, with the proof."""
    texts = Texts(pa.array(values, pa.large_string()))
    found: list[list[tuple[str, Proof]]] = [[] for _ in values]
    m = detector.find(texts)
    for row, start, end, proof in zip(m.rows, m.starts, m.ends, m.proofs, strict=True):
        found[row].append((texts.text(start, end), Proof(int(proof))))
    return found


def strings(letters: Letters) -> pa.Array:
    """A matrix of ASCII bytes as texts, one a row."""
    n, width = letters.shape
    offsets = pa.py_buffer(np.arange(n + 1, dtype=np.int64) * width)
    return pa.Array.from_buffers(pa.large_string(), n, [None, offsets, pa.py_buffer(letters)])


def digits(n: int, width: int, seed: int = 0) -> Letters:
    """Random digits as ASCII bytes, n rows of `width`."""
    return np.random.default_rng(seed).integers(48, 58, (n, width), np.uint8)


def words(n: int, width: int, alphabet: bytes, seed: int = 0) -> Letters:
    """Random characters of an alphabet, n rows of `width`."""
    picks = np.random.default_rng(seed).integers(0, len(alphabet), (n, width))
    return np.ascontiguousarray(np.frombuffer(alphabet, np.uint8)[picks])


def identities(n: int, regions: npt.NDArray[np.int64], seed: int = 0) -> Letters:
    """Made-up identity numbers of people born 1850 to 1904, check digit and all."""
    rng = np.random.default_rng(seed)
    calendar = [date(1850, 1, 1) + timedelta(days) for days in range(55 * 365)]
    days = np.array([int(day.strftime("%Y%m%d")) for day in calendar])
    body = rng.choice(regions, n) * 10**11 + rng.choice(days, n) * 1000 + rng.integers(0, 1000, n)
    matrix = (body[:, None] // 10 ** np.arange(16, -1, -1) % 10).astype(np.uint8)
    check = np.frombuffer(b"0123456789X", np.uint8)[mod_11_2(matrix)]
    return np.ascontiguousarray(np.column_stack((matrix + 48, check)))


def rates(detector: Detector, letters: Letters) -> tuple[float, float]:
    """The shares of values found with proof, and found at all."""
    return shares(detector, strings(letters))


def log_lines(n: int, seed: int = 0) -> pa.Array:
    """Lines of a log that hold no personal information: times, orders, sums, traces."""
    rng = np.random.default_rng(seed)
    order = rng.integers(10**17, 9 * 10**18, n)
    serial = rng.integers(10**15, 10**16, n)
    code = rng.integers(10**10, 10**11, n)
    millis = rng.integers(15 * 10**11, 17 * 10**11, n)
    trace = strings(words(n, 32, b"0123456789abcdef", seed)).to_pylist()
    shapes = (
        "2024-03-15 12:00:01.123 INFO 订单{order}支付成功，金额{sum:.2f}元，耗时{ms}ms",
        "ts={millis} trace={trace} user=u{order} GET /api/v2/item/{serial}/detail 200",
        "批次{serial}入库，箱号{code}，重量0.{serial}千克，共{ms}件",
        "job-{ms}@worker-{ms}.service started, cache=pw{ms}@10.0.0.1:6379/0",
        "git clone git@example.com:team/repo{ms}.git && npm i left-pad@1.{ms}.0",
    )
    return pa.array(
        [
            shapes[i % len(shapes)].format(
                order=order[i],
                serial=serial[i],
                code=code[i],
                millis=millis[i],
                trace=trace[i],
                ms=i % 997,
                sum=i % 9973 / 7,
            )
            for i in range(n)
        ],
        pa.large_string(),
    )


def han(n: int, width: int, seed: int = 0) -> pa.Array:
    """Random common Han characters (the first level of GB 2312), n texts of `width`."""
    rows, cells = np.divmod(np.arange(3755), 94)
    common = bytes(np.column_stack((rows + 0xB0, cells + 0xA1)).astype(np.uint8)).decode("gb2312")
    letters = np.array([list(char.encode()) for char in common], np.uint8)
    picks = np.random.default_rng(seed).integers(0, len(letters), (n, width))
    return strings(np.ascontiguousarray(letters[picks].reshape(n, 3 * width)))


def shares(detector: Detector, array: pa.Array) -> tuple[float, float]:
    """The shares of texts found with proof, and found at all."""
    texts = Texts(array)
    matches = detector.find(texts)
    proven = np.unique(matches.rows[matches.proofs == Proof.CHECKED])
    return len(proven) / len(texts), len(np.unique(matches.rows)) / len(texts)


def drawn(letters: str, lengths: npt.NDArray[np.int64], seed: int) -> Texts:
    """Texts of these lengths, of letters at random."""
    listed = np.array(sorted(set(letters)))
    picked = np.random.default_rng(seed).integers(0, len(listed), int(lengths.sum()))
    sizes = np.array([len(letter.encode()) for letter in listed])[picked]
    stops = np.concatenate(([0], np.cumsum(sizes)))
    offsets = stops[np.concatenate(([0], np.cumsum(lengths)))].astype(np.int64)
    data = listed[picked].tobytes().decode("utf-32").encode()
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(data)]
    return Texts(pa.Array.from_buffers(pa.large_string(), len(lengths), buffers))


def takes_linear_time(work: Callable[[int], object], size: int = 400_000) -> bool:
    """Whether four times as much work takes less than eight times as long: quadratic, sixteen."""

    def seconds(size: int) -> float:
        begun = time.process_time()
        work(size)
        return time.process_time() - begun

    work(1000)  # tables are loaded on first use
    # Three tries: another process may take the caches away from one.
    return any(seconds(size) < 0.2 + 8 * seconds(size // 4) for _ in range(3))
