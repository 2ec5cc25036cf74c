"""Fits the constants of the log-odds, and prints how far their confidence can be trusted.

    python -m bench.fit [EVALUATION --mirrors DIR] [--rounds 3] [--folds 5] [--write]

Made-up columns (`bench.made`) and, where given, the labelled columns of real applications are
profiled once. The constants then go up and down, one by one, as long as the log-loss falls; a
penalty holds each near its start where the columns say little. Calibration (of the verdicts at
0.9, how many are right?) is printed before, after, and for applications that the constants
were not fitted on (`--folds`). `--write` puts them into `scanner/weights.toml`.
"""

import argparse
import dataclasses
import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from bench.labelled import Example, labelled, made_up
from scanner.statistics import wilson
from scanner.verdict import cases
from scanner.weights import WEIGHTS, Weights, as_toml

TARGET = Path(__file__).resolve().parent.parent / "scanner" / "weights.toml"
_HOLD = 0.02  # what a constant costs for each step away from its start, squared
_MISSED = 4.0  # the loss of a kind that nothing brought up: no constant can help it
# Bins of confidence in the tables.
_BINS = ((0.0, 0.3), (0.3, 0.6), (0.6, 0.9), (0.9, 0.99), (0.99, 1.01))
# What is fitted, and by which steps; the rest of the constants are counts.
_STEPS: Mapping[str, tuple[float, ...]] = {
    "prior": (0.25, 0.5),
    "strong": (0.25, 0.75),
    "medium": (0.25, 0.75),
    "weak": (0.25, 0.5),
    "against": (1.0,),
    "most": (0.5, 1.0),
    "least": (0.5, 1.0),
    "one_hit": (0.5,),
    "two_hits": (0.5,),
    "plausible": (0.25,),
    "implausible": (0.5, 1.0),
    "unmet": (0.25, 0.5),
    "masked": (0.25,),
    "code_list": (0.25,),
    "copies_are_rare": (0.5,),
    "contradicting": (5.0, 10.0),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("evaluation", type=Path, nargs="?")
    parser.add_argument("--mirrors", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    examples = list(made_up(args.seed))
    print(f"{len(examples)} made-up columns")
    if args.evaluation:
        real = list(labelled(args.evaluation, args.mirrors))
        print(f"{len(real)} labelled columns of {len({e.group for e in real})} applications")
        examples += real
    _calibration("as they are", examples, WEIGHTS)
    fitted = fit(examples, WEIGHTS, args.rounds)
    _calibration("fitted", examples, fitted)
    if args.folds:
        _held_out(examples, args.folds, args.rounds)
    _changes(fitted)
    if args.write:
        TARGET.write_text(as_toml(fitted, "bench/fit.py"), encoding="utf-8")
    return 0


def fit(examples: Sequence[Example], start: Weights, rounds: int) -> Weights:
    """The constants that make the examples likeliest, each held near its start."""

    def cost(weights: Weights) -> float:
        away = sum(
            ((getattr(weights, name) - getattr(start, name)) / steps[-1]) ** 2
            for name, steps in _STEPS.items()
        )
        return loss(examples, weights) + _HOLD * len(examples) / 100 * away

    best, least = start, cost(start)
    for turn in range(rounds):
        before = least
        for name, steps in _STEPS.items():
            best, least = _moved(best, least, name, steps, cost)
        print(f"round {turn + 1}: log-loss {before:.1f} -> {least:.1f}")
        if before - least < 0.001 * before:
            break
    return best


def _moved(
    best: Weights, least: float, name: str, steps: Iterable[float], cost: Callable[[Weights], float]
) -> tuple[Weights, float]:
    """One constant as far up or down as that lowers the cost."""
    for step in steps:
        for sign in (1, -1):
            while True:
                tried = dataclasses.replace(best, **{name: getattr(best, name) + sign * step})
                found = cost(tried)
                if found >= least - 1e-6:
                    break
                best, least = tried, found
    return best, least


def loss(examples: Iterable[Example], weights: Weights) -> float:
    """The log-loss over every kind that each example brings up."""
    total = 0.0
    for example in examples:
        met = False
        for kind, odds in judged(example, weights):
            right = kind in example.right
            met |= right
            total += example.weight * _softplus(-odds if right else odds)
        total += example.weight * _MISSED * (bool(example.right) and not met)
    return total


def judged(example: Example, weights: Weights) -> Iterable[tuple[str, float]]:
    """The log-odds of every kind that the example brings up."""
    for case in cases(example.held, example.said, example.detectors, weights):
        if case.kind.id not in example.ignored:
            yield case.kind.id, case.log_odds()


def _softplus(x: float) -> float:
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))


def _calibration(title: str, examples: Iterable[Example], weights: Weights) -> None:
    """Print, for each bin of confidence, how many of the verdicts in it are right."""
    pairs = [
        (1 / (1 + math.exp(-odds)), kind in example.right, example)
        for example in examples
        for kind, odds in judged(example, weights)
    ]
    print(f"\ncalibration, {title}")
    print(f"{'confidence':>14} {'verdicts':>9} {'mean':>6} {'right':>6}  95 % interval")
    for part, wanted in (("labelled", True), ("made up", False)):
        for low, high in _BINS:
            inside = [(p, r) for p, r, e in pairs if low <= p < high and e.real is wanted]
            if inside:
                right = sum(r for _, r in inside)
                mean = sum(p for p, _ in inside) / len(inside)
                ends = wilson(right, len(inside))
                print(
                    f"{part:9} {low:.2f}+ {len(inside):8} {mean:6.3f} {right / len(inside):6.3f}"
                    f"  {ends[0]:.3f} to {ends[1]:.3f}"
                )


def _held_out(examples: Sequence[Example], folds: int, rounds: int) -> None:
    """Calibration of each fifth of the applications under constants fitted to the rest."""
    groups = sorted({e.group for e in examples if e.real})
    for fold in range(folds if groups else 0):
        out = set(groups[fold::folds])
        weights = fit([e for e in examples if e.group not in out], WEIGHTS, rounds)
        name = ", ".join(sorted(out))
        _calibration(f"not fitted on {name}", [e for e in examples if e.group in out], weights)


def _changes(fitted: Weights) -> None:
    print("\nconstants")
    for name in _STEPS:
        old, new = getattr(WEIGHTS, name), getattr(fitted, name)
        print(
            f"    {name:18} {old:7.2f} -> {new:7.2f}" if old != new else f"    {name:18} {old:7.2f}"
        )


if __name__ == "__main__":
    sys.exit(main())
