"""How much more likely the values are under a kind than under its look-alikes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from detectors.base import Detector, Evidence
from detectors.keyed import told_by_form
from scanner.model import ColumnProfile
from scanner.weights import Weights

_TINY = 1e-9
_RARE = 0.01
_NEARLY_ALL = 0.9  # of the values are to be terms where no header says of what
_SPARSE = 1000  # texts for each value that a word names
_AGAIN = 3  # rows for each value
_BESIDE: Mapping[str, str] = {"mobile": "landline"}  # telephones of people are of both


@dataclass(frozen=True, slots=True)
class Factor:
    """A log-likelihood ratio, in words, and the distinct values that it rests on."""

    text: str
    weight: float
    hits: int = 0


_NOTHING = Factor("", 0.0)


def typed(
    evidence: Evidence,
    detector: Detector | None,
    held: ColumnProfile,
    *,
    header: bool,
    weights: Weights,
) -> Factor:
    """Do the whole values look drawn from the kind, or from look-alikes of the same form?"""
    if detector is None or not evidence.distinct_whole or not (header or detector.alone):
        return _NOTHING
    alike, whole = held.alike(evidence), evidence.distinct_whole
    checked = evidence.distinct_whole_checked
    if not evidence.values.many:
        # Over many batches the same values came again, and of their look-alikes so many did.
        if held.seen.many:
            alike = round(alike * len(evidence.values) / whole)
        whole, checked = len(evidence.values), len(evidence.proven)
    serial = bool(detector.imitated) and 2 * checked < whole and whole >= weights.serial_from
    witnesses = min(weights.witnesses, held.distinct)
    witnesses = min(witnesses, len(evidence.prefixes)) if serial else witnesses
    shaped, other = whole - checked, max(alike - whole - _related(evidence, detector, held), 0)
    if not header and not told_by_form(detector):
        # Unproven values may be anything; but codes of a short list stand beside its terms.
        counts = (checked, 0, other if detector.enumerated else other + shaped)
    else:
        counts = (checked, shaped, other)
    ratio = _ratio(counts, detector, witnesses, header=header, weights=weights)
    text = f"{whole} of {alike} distinct look-alikes have the form"
    if serial and len(evidence.prefixes) < weights.witnesses:
        text += f", with {len(evidence.prefixes)} different beginnings"
    hits = len(evidence.values if counts[1] else evidence.proven)
    text += _agreement(checked, whole, detector) + _repeated(hits, evidence.whole)
    return Factor(text, ratio, hits)


def _related(evidence: Evidence, detector: Detector, held: ColumnProfile) -> int:
    """Look-alikes of another kind that stands in the same columns: no evidence against this one."""
    beside = held.evidence.get(_BESIDE.get(detector.kind, ""))
    if beside is None or not beside.classes & evidence.classes:
        return 0
    return beside.distinct_whole if held.seen.many else len(beside.values)


def embedded(
    evidence: Evidence, detector: Detector | None, held: ColumnProfile, weights: Weights
) -> Factor:
    """Do longer texts hold more matches than chance puts there?

    Digits are weighed against the other numbers of their length in the same texts, anything
    else against the `text_chance` that a text holds a match by accident.
    """
    m, n = evidence.distinct - evidence.distinct_whole, held.texts
    if detector is None or m <= 0 or not evidence.spans:
        return _NOTHING
    if not held.seen.many:
        m, n = len(evidence.holders), held.distinct
    # Terms out of a list are few and come again: the texts that hold them are the witnesses.
    values = len(evidence.holders if detector.enumerated else evidence.inner)
    text = f"{m} of {n} distinct texts hold one"
    often = _repeated(values, evidence.rows - evidence.whole)
    # A word before a value is a witness of its own, for a contract names its one party; among
    # thousands of texts one is a stray hit all the same.
    told = len(evidence.told) if told_by_form(detector) else 0  # others stand behind one always
    told = told if told * _SPARSE >= n else 0
    named = f"; a word before names {told} of them" if told else ""
    if not evidence.lengths:
        ratio = _poisson(m, n * detector.text_chance) * min(
            1.0, min(values, len(evidence.holders)) / m
        )
        return Factor(text + named + often, max(ratio, weights.told * told), values + told)
    spans, alike = evidence.spans, max(held.numbers_alike(evidence), evidence.spans)
    ratio = _among_numbers(evidence, detector, alike, weights, codes=_codes(held))
    ratio *= min(1.0, values / spans)
    ratio += weights.prose * (_prose(held) and ratio > 0)
    text += f"; {spans} of {alike} numbers of that length have the form"
    text += _agreement(evidence.spans_checked, spans, detector) + named + often
    return Factor(text, max(ratio, weights.told * told), values + told)


def code_list(
    evidence: Evidence, detector: Detector, held: ColumnProfile, hits: int, weights: Weights
) -> bool:
    """Words that come again and again, few of them, under a header that says nothing.

    Terms out of a list are to come again and again: each but once, they are the list.
    """
    terms = max(evidence.most, len(evidence.values))
    if detector.enumerated:
        if not evidence.whole:
            return False  # named by a word before them in texts
        listed = evidence.whole < weights.repeated * terms
        return listed or terms < 2 or evidence.whole < _NEARLY_ALL * held.filled
    if not detector.words:
        return False
    different = max(len(evidence.values), len(evidence.inner), 1)
    again = evidence.rows / different  # known exactly, unlike how often all others come
    return max(terms, hits) < weights.few_words and again >= weights.repeated


def _repeated(values: int, rows: int) -> str:
    """Says how few values there are: one is one witness, on however many rows it stands."""
    if not 0 < values < 3 or rows < _AGAIN * values:
        return ""
    return f"; they are {'one value' if values == 1 else 'two values'}, however often it comes"


def _among_numbers(
    evidence: Evidence, detector: Detector, alike: int, weights: Weights, *, codes: bool
) -> float:
    """The better of two readings: nearly all numbers there are of the kind, or some are.

    In codes (`PO-19021047081`) numbers are serial and begin alike, by day or place: if only some
    of these have the form of a kind without check digit, that is no more than accident.
    """
    spans, checked = evidence.spans, evidence.spans_checked
    counts = (checked, spans - checked, alike - spans)
    nearly_all = _ratio(counts, detector, weights.witnesses, header=False, weights=weights)
    if not detector.proven and codes:
        return nearly_all
    if not detector.proven:
        return max(nearly_all, _poisson(spans, alike * detector.shape_chance))
    copied = (spans - checked) * detector.chance / max(detector.shape_chance, _TINY)
    return max(nearly_all, _poisson(checked, alike * detector.chance + copied))


def _poisson(hits: int, due: float) -> float:
    """The log-likelihood ratio of more hits than were due by accident; 0 where there are not."""
    return hits * math.log(hits / max(due, _TINY)) - (hits - due) if hits > due else 0.0


def _codes(held: ColumnProfile) -> bool:
    """True where most values are one word: letters, digits and signs without a space."""
    return held.forms.get("word", 0) + held.forms.get("url", 0) >= 0.5 * held.filled


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

    Against rivals: values of the same form at random; less common, values that copy the form
    but not the check digit (test numbers, serials); and numbers at random behind the digits
    that the kind begins with (amounts, codes). A header that names the kind rules out all but
    the first: numbers under it whose check digit fails are typing errors or test data.
    """
    scale = min(1.0, witnesses / max(sum(counts), 1))
    proven = max(detector.proven, weights.sometimes_proven)
    genuine = (proven, detector.expected - detector.proven, 1 - detector.expected)
    rival = (
        detector.chance,
        detector.shape_chance - detector.chance,
        max(1 - detector.shape_chance, _RARE),  # so that no miss speaks for a kind
    )
    if not header and not told_by_form(detector) and not detector.enumerated:
        genuine, rival = (proven, 0.0, 1 - proven), (detector.chance, 0.0, 1 - detector.chance)
    ratio = scale * _against(counts, genuine, rival)
    if detector.imitated and not header:
        many = min(1.0, weights.imitation_witnesses / max(sum(counts), 1))
        rival = (detector.chance, detector.imitated, 1 - detector.imitated)
        ratio = min(ratio, weights.copies_are_rare + many * _against(counts, genuine, rival))
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
