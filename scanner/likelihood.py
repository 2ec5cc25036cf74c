"""How much more likely the values are under a kind than under its look-alikes."""

import math
from dataclasses import dataclass

from detectors.base import Detector, Evidence
from scanner.model import ColumnProfile
from scanner.weights import Weights

_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Factor:
    """A log-likelihood ratio, in words."""

    text: str
    weight: float


_NOTHING = Factor("", 0.0)


def typed(evidence: Evidence, detector: Detector | None, header: bool, weights: Weights) -> Factor:
    """Do the whole values look drawn from the kind, or from look-alikes of the same form?

    Against two rivals: values of the same form at random, and values that copy the form but
    not the check digit (test numbers, serials). A header that names the kind rules out the
    second: numbers under it whose check digit fails are typing errors or test data.
    """
    if detector is None or not evidence.distinct_whole:
        return _NOTHING
    alike, whole = evidence.distinct_alike, evidence.distinct_whole
    checked = evidence.distinct_whole_checked
    shaped, others = whole - checked, max(alike - whole, 0)
    ratio = _against(
        (checked, shaped, others),
        (detector.proven, detector.expected - detector.proven, 1 - detector.expected),
        (detector.chance, detector.shape_chance - detector.chance, 1 - detector.shape_chance),
    )
    text = f"{whole} of {alike} distinct look-alikes have the form"
    if detector.proven:
        share = checked / whole
        text += f"; the check digit agrees in {share:.0%} of them, fails in {1 - share:.0%}"
        if not header:
            copy = detector.chance / max(detector.shape_chance, _TINY)
            ratio = min(
                ratio,
                _against(
                    (checked, shaped, 0),
                    (detector.proven, 1 - detector.proven, 1.0),
                    (copy, 1 - copy, 1.0),
                ),
            )
    return Factor(text, ratio * min(1.0, weights.witnesses / alike) + _serial(evidence, weights))


def _against(
    counts: tuple[int, int, int],
    genuine: tuple[float, float, float],
    rival: tuple[float, float, float],
) -> float:
    return sum(
        n * math.log(max(p, 0.01) / max(q, _TINY))
        for n, p, q in zip(counts, genuine, rival, strict=True)
        if n
    )


def _serial(evidence: Evidence, weights: Weights) -> float:
    """Unproven numbers that nearly all begin with the same digits are serials."""
    whole = evidence.distinct_whole
    if evidence.distinct_whole_checked or whole < 10 or not evidence.prefixes:
        return 0.0
    wanted = min(10.0, whole / 2)
    return weights.serial * max(0.0, math.log10(wanted / evidence.prefixes))


def embedded(
    evidence: Evidence, detector: Detector | None, held: ColumnProfile, weights: Weights
) -> Factor:
    """Are there more matches inside longer texts than chance puts there?

    Poisson: `m` texts with a match among `n`, where `text_chance` of all texts have one by
    accident.
    """
    m, n = evidence.distinct - evidence.distinct_whole, held.distinct
    if detector is None or m <= 0 or n <= 0:
        return _NOTHING
    due = n * detector.text_chance
    ratio = m * math.log(m / due) - (m - due) if m > due else 0.0
    return Factor(f"{m} of {n} distinct texts hold one", ratio)
