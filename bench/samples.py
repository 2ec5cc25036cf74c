"""What the accuracy benchmarks share: labelled texts, rates, columns, spans, throughput."""

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from detectors.base import Detector, Proof
from detectors.texts import Texts

Floats = npt.NDArray[np.float64]
Labelled = list[tuple[str, set[tuple[int, int]]]]


def labelled(path: Path, types: Sequence[str]) -> Labelled:
    """Texts and their gold spans of the types, from one JSON object a line."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return [
        (r["text"], {(s["start"], s["end"]) for s in r["spans"] if s["type"] in types})
        for r in rows
    ]


def whole(detector: Detector, values: Sequence[str]) -> npt.NDArray[np.bool_]:
    """For each value, whether all of it is one match."""
    texts = Texts(pa.array(values, pa.large_string()))
    found = detector.find(texts)
    cores = texts.cores
    covers = (found.starts <= cores.starts[found.rows]) & (found.ends >= cores.ends[found.rows])
    out = np.zeros(len(texts), np.bool_)
    out[found.rows[covers]] = True
    return out


def rates(detector: Detector, kinds: Mapping[str, Sequence[str]]) -> float:
    """Print the share of values found, by kind; the mean, each kind weighing the same."""
    shares = {kind: float(whole(detector, values).mean()) for kind, values in kinds.items()}
    for kind, share in shares.items():
        print(f"    {kind:<28} {len(kinds[kind]):>7} values  {share:.4f}")
    mean = float(np.mean(list(shares.values())))
    print(f"    {'mean':<28} {'':>14}  {mean:.4f}")
    return mean


def auc(good: Floats, bad: Floats) -> float:
    """How often a good score is above a bad one, ties counting half."""
    ranked = np.sort(bad)
    below, upto = (np.searchsorted(ranked, good, side) for side in ("left", "right"))
    return float((below + upto).mean() / 2 / len(bad))


def columns(
    detector: Detector,
    good: Mapping[str, Sequence[str]],
    bad: Mapping[str, Sequence[str]],
    least: float,
) -> None:
    """Print, for columns of 20 and 200 values, how many have a share of at least `least`."""
    rng = np.random.default_rng(0)
    hits = [{k: whole(detector, v) for k, v in kinds.items() if len(v)} for kinds in (good, bad)]
    for size in (20, 200):
        shares = [
            np.concatenate([rng.choice(flags, (300, size)).mean(axis=1) for flags in side.values()])
            for side in hits
        ]
        print(
            f"    {size:>3} values: TPR {(shares[0] >= least).mean():.4f} "
            f"FPR {(shares[1] >= least).mean():.4f}  lowest good {shares[0].min():.2f}, "
            f"highest other {shares[1].max():.2f}"
        )


def spans(detector: Detector, name: str, rows: Labelled) -> None:
    """Print exact and overlapping precision, recall and F1, and how many texts fire in vain."""
    texts = Texts(pa.array([text for text, _ in rows], pa.large_string()))
    found: list[set[tuple[int, int]]] = [set() for _ in rows]
    matches = detector.find(texts)
    for row, start, end in zip(matches.rows, matches.starts, matches.ends, strict=True):
        found[row].add(texts.char_span(int(row), int(start), int(end)))
    gold = [spans for _, spans in rows]
    exact = sum(len(g & f) for g, f in zip(gold, found, strict=True))
    touched = sum(
        sum(any(a < d and c < b for c, d in g) for a, b in f)
        for g, f in zip(gold, found, strict=True)
    )
    met = sum(
        sum(any(a < d and c < b for c, d in f) for a, b in g)
        for g, f in zip(gold, found, strict=True)
    )
    said, there = sum(map(len, found)), sum(map(len, gold))
    empty = [bool(f) for g, f in zip(gold, found, strict=True) if not g]
    print(
        f"    {name:<14} exact {_prf(exact, exact, said, there)}  overlap "
        f"{_prf(touched, met, said, there)}  in vain {sum(empty)} of {len(empty)}"
    )


def _prf(right: int, met: int, said: int, there: int) -> str:
    precision, recall = right / max(said, 1), met / max(there, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"


def proven(detector: Detector, values: Sequence[str]) -> float:
    """The share of values that have a proven match."""
    texts = Texts(pa.array(values, pa.large_string()))
    found = detector.find(texts)
    return len(np.unique(found.rows[found.proofs == Proof.CHECKED])) / max(len(values), 1)


def throughput(detector: Detector, name: str, values: Sequence[str]) -> None:
    """Print how many values a second one core searches; the best of three.

    The views that all detectors share (`Texts`) are there already, as in a scan.
    """
    texts = pa.array(values, pa.large_string())
    best = np.inf
    for _ in range(3):
        fresh = Texts(texts)
        for view in ("cores", "chars", "digit_runs", "row_flags"):
            getattr(fresh, view)
        begin = time.perf_counter()
        detector.find(fresh)
        best = min(best, time.perf_counter() - begin)
    size = sum(len(value) for value in values)
    print(
        f"    {name:<28} {len(values) / best / 1e6:.2f} M values/s, "
        f"{size / best / 1e6:.1f} M characters/s"
    )
