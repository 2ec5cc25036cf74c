"""Columns of documents of several kinds (`证件号`): the column's kind, and each kind in it.

The header says that values are numbers of documents, and not of which. Where they are of
several kinds, each is told by its check digit or by its form, with its share; a form that many
numbers have is a mere possibility. Some forms overlap, so shares may add up to more than all.
"""

import math
from collections.abc import Mapping, Sequence

from detectors.base import Detector, Evidence
from detectors.catalogue import kinds
from detectors.headers import Cue, Strength
from scanner.model import ColumnProfile, Level, Reason, State, Verdict
from scanner.statistics import wilson
from scanner.weights import Weights

MIXED = "certificate_no"
# By check digit or form, and by forms that many other numbers have (of Macau's cards too).
_TOLD = (
    *("id_card", "foreign_resident_id", "hk_id", "taiwan_id"),
    *("passport", "hk_macau_permit", "exit_entry_permit"),
)
_MAYBE = ("taiwan_permit",)
_FEWEST, _LEAST = 5, 0.02  # values, and share of all, from which a kind is one of several
_WHOLLY = 0.98  # of the values: then there is one kind, and not several


def with_documents(
    found: Sequence[Verdict],
    held: ColumnProfile,
    said: Sequence[Cue],
    detectors: Mapping[str, Detector],
    weights: Weights,
) -> tuple[Verdict, ...]:
    """The verdicts; where the column mixes documents, with their kinds and its own."""
    cue = next((c for c in said if c.kind == MIXED and c.strength > Strength.AGAINST), None)
    if cue is None or not held.filled:
        return tuple(found)
    rows = {
        kind: _rows(held.evidence[kind], detectors[kind])
        for kind in (*_TOLD, *_MAYBE)
        if kind in held.evidence and kind in detectors
    }
    least = max(_FEWEST, _LEAST * held.filled)
    rows = {kind: n for kind, n in rows.items() if n >= least}
    if len(rows) < 2 or max(rows.values()) >= _WHOLLY * held.filled:
        return tuple(found)
    common = Reason("how common the kind is among columns", weights.prior)
    header = Reason(cue.reason, weights.header(cue.strength))
    every = _all(held)
    text = f"{every / held.filled:.0%} of the values are numbers of documents, of several kinds"
    own = _verdict(MIXED, every, held, (common, header, Reason(text, weights.plausible)))
    others = [
        _verdict(kind, n, held, (common, *_of_one(kind, n, held, cue, weights)))
        for kind, n in rows.items()
    ]
    kept = {v.kind: v for v in (own, *others) if v} | {v.kind: v for v in found if v.kind != MIXED}
    return tuple(sorted(kept.values(), key=lambda v: (-v.confidence, v.kind != MIXED)))


def _rows(found: Evidence, detector: Detector) -> int:
    """Values of the kind; of those with a check digit the proven ones, less the accidents."""
    if not detector.proven:
        return found.whole
    accidents = (found.whole - found.whole_checked) * detector.chance / (1 - detector.chance)
    return int(found.whole_checked - accidents)


def _all(held: ColumnProfile) -> int:
    """Values that are a number of any document: what another kind has taken, and the rest."""
    found = {kind: held.evidence.get(kind, Evidence()) for kind in (*_TOLD, MIXED)}
    taken = sum(found[kind].whole for kind in ("id_card", "foreign_resident_id", MIXED))
    taken += sum(found[kind].whole_checked for kind in ("hk_id", "taiwan_id"))
    return min(taken, held.filled)


def _of_one(
    kind: str, n: int, held: ColumnProfile, cue: Cue, weights: Weights
) -> tuple[Reason, ...]:
    """What the header and the values say of one kind of document."""
    text = f"{n / held.filled:.0%} of the values have its form"
    weight = weights.one_hit if kind in _MAYBE else weights.medium
    return (
        Reason(f"{cue.reason}, which may be {kinds()[kind].en}", 0.0),
        Reason(text + (", as many numbers have" if kind in _MAYBE else ""), weight),
    )


def _verdict(kind: str, n: int, held: ColumnProfile, reasons: tuple[Reason, ...]) -> Verdict | None:
    """The verdict of these reasons, where it reaches `possible`."""
    confidence = 1 / (1 + math.exp(-sum(reason.weight for reason in reasons)))
    level = Level.of(confidence)
    if level is None:
        return None
    share = wilson(min(n, held.given), held.given)
    state = State.CLEAR
    return Verdict(kind, round(confidence, 4), level, "both", share, state, reasons, str(state))
