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


def typed(
    evidence: Evidence, detector: Detector | None, *, header: bool, weights: Weights
) -> Factor:
    """Do the whole values look drawn from the kind, or from look-alikes of the same form?"""
    if detector is None or not evidence.distinct_whole:
        return _NOTHING
    alike, whole = evidence.distinct_alike, evidence.distinct_whole
    checked = evidence.distinct_whole_checked
    witnesses = weights.witnesses
    if detector.serial and whole >= weights.serial_from:
        witnesses = min(witnesses, evidence.prefixes)
    counts = (checked, whole - checked, max(alike - whole, 0))
    ratio = _ratio(counts, detector, witnesses, header=header, weights=weights)
    text = f"{whole} of {alike} distinct look-alikes have the form"
    if detector.serial and evidence.prefixes < witnesses:
        text += f", with {evidence.prefixes} different beginnings"
    return Factor(text + _agreement(checked, whole, detector), ratio)


def embedded(
    evidence: Evidence, detector: Detector | None, held: ColumnProfile, weights: Weights
) -> Factor:
    """Do longer texts hold more matches than chance puts there?

    Digits are weighed against the other numbers of their length in the same texts; anything
    else by Poisson, where `text_chance` of all texts hold a match by accident.
    """
    m, n = evidence.distinct - evidence.distinct_whole, held.distinct
    if detector is None or m <= 0 or not evidence.spans:
        return _NOTHING
    text = f"{m} of {n} distinct texts hold one"
    if evidence.spans_alike:
        spans, checked = evidence.spans, evidence.spans_checked
        counts = (checked, spans - checked, max(evidence.spans_alike - spans, 0))
        ratio = _ratio(counts, detector, weights.witnesses, header=False, weights=weights)
        ratio += weights.prose * (_prose(held) and ratio > 0)
        text += (
            f"; {spans} of {max(evidence.spans_alike, spans)} numbers of that length have the form"
        )
        return Factor(text + _agreement(checked, spans, detector), ratio)
    due = n * detector.text_chance
    return Factor(text, m * math.log(m / due) - (m - due) if m > due else 0.0)


def _prose(held: ColumnProfile) -> bool:
    """True where people wrote the texts: that is where they put telephone numbers too."""
    written = held.forms.get("text", 0) + held.forms.get("han", 0) + held.forms.get("han_short", 0)
    return written >= 0.5 * held.filled


def _ratio(
    counts: tuple[int, int, int],
    detector: Detector,
    witnesses: int,
    *,
    header: bool,
    weights: Weights,
) -> float:
    """The log-likelihood ratio of (proven, shaped, other) look-alikes, for so many witnesses.

    Against two rivals: values of the same form at random, and, less common, values that copy
    the form but not the check digit (test numbers, serials). A header that names the kind
    rules out the second: numbers under it whose check digit fails are typing errors or test
    data.
    """
    scale = min(1.0, witnesses / max(sum(counts), 1))
    genuine = (detector.proven, detector.expected - detector.proven, 1 - detector.expected)
    shaped = detector.shape_chance - detector.chance
    ratio = scale * _against(counts, genuine, (detector.chance, shaped, 1 - detector.shape_chance))
    if detector.proven and not header:
        copied = detector.chance / max(detector.shape_chance, _TINY)
        rival = (copied, 1 - copied, 1.0)
        own = (detector.proven, 1 - detector.proven, 1.0)
        ratio = min(ratio, weights.copies_are_rare + scale * _against(counts, own, rival))
    return ratio


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


def _agreement(checked: int, found: int, detector: Detector) -> str:
    if not detector.proven:
        return ""
    return f"; the check digit agrees in {checked / found:.0%}, fails in {1 - checked / found:.0%}"
