"""Profile and headers -> verdicts, by log-odds. The only place that knows how to score.

For each kind that the header or the values bring up, the factors are added: the prior, what
the header says, what the values say against look-alikes, and whether the forms of the values
allow it. Every factor is kept as a reason.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from connectors.base import Column
from detectors.base import Detector, Evidence
from detectors.catalogue import Kind, kinds
from detectors.headers import Cue, Strength, cues
from scanner.likelihood import embedded, typed
from scanner.model import (
    ColumnProfile,
    ColumnReport,
    Level,
    Profile,
    Reason,
    State,
    Verdict,
)
from scanner.statistics import wilson
from scanner.weights import WEIGHTS, Weights

_NUMBERED = re.compile(r" \(\d+\)$")  # of two columns with one path
_LEVELS = ((0.9, Level.CERTAIN), (0.6, Level.LIKELY), (0.3, Level.POSSIBLE))


def verdicts(
    profile: Profile,
    columns: Sequence[Column],
    detectors: Sequence[Detector],
    table: str = "",
    table_comment: str = "",
    weights: Weights = WEIGHTS,
) -> tuple[ColumnReport, ...]:
    """One report a column, in the order of `columns`, then the nested paths below them."""
    by_kind = {detector.kind: detector for detector in detectors}
    names = [column.name for column in columns]
    reports = []
    for column, nested in _with_paths(columns, profile):
        held = profile.columns.get(column.name, ColumnProfile())
        owner, name = _owner(column.name) if nested else ("", column.name)
        said = cues(name, column.comment, owner or table, table_comment, names)
        found = _column(held, said, by_kind, weights)
        reports.append(ColumnReport(column, held, found))
    return tuple(reports)


def _with_paths(columns: Sequence[Column], profile: Profile) -> Iterator[tuple[Column, bool]]:
    """The columns, a nested one replaced by its leaves; which of them are such leaves."""
    flat = {column.name for column in columns}
    paths = [path for path in profile.columns if path not in flat]
    for column in columns:
        heads = (f"{column.name}.", f"{column.name}[", f"{column.name} (")
        inner = [path for path in paths if path.startswith(heads)]
        if column.name in profile.columns or not inner:
            yield column, False
        for path in inner:
            yield Column(path, "", column.comment), True


def _owner(path: str) -> tuple[str, str]:
    """What a nested column belongs to, and its own name: `orders[].user.phone` is a user's."""
    *above, name = _NUMBERED.sub("", path).replace("[]", "").split(".")
    return (above[-1] if above else ""), name


def _column(
    held: ColumnProfile,
    said: Sequence[Cue],
    detectors: Mapping[str, Detector],
    weights: Weights,
) -> tuple[Verdict, ...]:
    """The kinds that stand after competition, best first."""
    by_header = {cue.kind: cue for cue in said}
    stored = {kind for _, kind in held.states if kind}
    shown = {kind for kind in held.evidence if kind in detectors and detectors[kind].alone}
    candidates = set(by_header) | shown | stored
    judged = [
        _Case(held, kinds()[kind], by_header.get(kind), detectors.get(kind), weights).verdict()
        for kind in sorted(candidates)
        if kind in kinds()
    ]
    ranked = sorted((v for v in judged if v), key=lambda v: -v.confidence)
    return tuple(_compete(ranked))


def _compete(ranked: Sequence[Verdict]) -> list[Verdict]:
    """Kinds that values show stand side by side; one that only the header names stands alone."""
    shown = [v for v in ranked if v.basis != "header"]
    if any(v.level is not Level.POSSIBLE for v in shown):
        return shown
    return [*shown, *[v for v in ranked if v.basis == "header"][:1]]


class _Case:
    """One kind before one column: gathers the factors and sums them up."""

    def __init__(
        self,
        held: ColumnProfile,
        kind: Kind,
        cue: Cue | None,
        detector: Detector | None,
        weights: Weights,
    ) -> None:
        self.held, self.kind = held, kind
        self.cue = cue if cue and cue.strength > Strength.AGAINST else None
        self.detector, self.weights = detector, weights
        self.evidence = held.evidence.get(kind.id, Evidence())
        self.stored = Counter[str]()
        for (state, made_from), rows in held.states.items():
            self.stored[state] += rows if made_from in {kind.id, ""} else 0
        self.reasons = [Reason("how common the kind is among columns", weights.prior)]
        if cue:
            self._add(cue.reason, weights.header[cue.strength])
        self.by_values = False
        self.opaque = False  # hashed or encrypted: how many hold the kind cannot be seen

    def verdict(self) -> Verdict | None:
        if self.held.filled and not self._stored_forms():
            self._values()
        total = sum(reason.weight for reason in self.reasons)
        if not self.held.filled:
            total = self._capped(total, self.weights.empty_cap, "no value was there to read")
        confidence = 1 / (1 + math.exp(-total))
        level = next((name for least, name in _LEVELS if confidence >= least), None)
        if level is None:
            return None
        basis = "both" if self.cue and self.by_values else "values" if self.by_values else "header"
        return Verdict(
            self.kind.id,
            round(confidence, 4),
            level,
            basis,
            self._prevalence(),
            self._state(),
            tuple(self.reasons),
        )

    def _add(self, text: str, weight: float) -> None:
        self.reasons.append(Reason(text, round(weight, 2)))

    def _capped(self, total: float, cap: float, why: str) -> float:
        if total > cap:
            self._add(f"{why}: at most likely", cap - total)
        return min(total, cap)

    def _stored_forms(self) -> bool:
        """Masked, hashed, encrypted or damaged values speak for the kind they were made from."""
        own = {s: n for (s, k), n in self.held.states.items() if k == self.kind.id}
        rows = sum(own.values())
        clear = self.evidence.whole
        if rows and rows >= 0.5 * self.held.filled and rows >= clear:
            state = max(own, key=lambda s: own[s])
            distinct = sum(n for (_, k), n in self.held.stored.items() if k == self.kind.id)
            self._add(
                f"{rows / self.held.filled:.0%} of the values are {state} {self.kind.en}",
                self._bounded(distinct * self.weights.masked, distinct),
            )
            self.by_values = True
            return True
        unknown = sum(n for (_, k), n in self.held.states.items() if not k)
        if self.cue and unknown >= 0.5 * self.held.filled:
            self.opaque = True
            self._add(
                f"{unknown / self.held.filled:.0%} of the values are hashed or encrypted", 0.5
            )
            return True
        return False

    def _values(self) -> None:
        whole = typed(
            self.evidence, self.detector, self.held, header=bool(self.cue), weights=self.weights
        )
        inside = embedded(self.evidence, self.detector, self.held, self.weights)
        best = max(whole, inside, key=lambda factor: factor.weight)
        if best.weight > 0:
            self.by_values = True
            self._add(best.text, self._bounded(best.weight, self.evidence.distinct))
        elif self.cue and self.cue.state:
            self.opaque = True
            self._add(f"the header says that values are {self.cue.state}", 0.0)
            return
        elif self.evidence.rows and whole.text:
            self._add(whole.text, self._bounded(whole.weight, self.evidence.distinct))
        elif self.cue and self.detector:
            self._add("no value has the form of the kind", self.weights.unmet * self._witness())
        if self.cue and not self.by_values:
            self._plausibility()

    def _plausibility(self) -> None:
        fitting = sum(n for form, n in self.held.forms.items() if form in self.kind.forms)
        share = fitting / self.held.filled
        lean = self.weights.plausible
        if share < 0.5:
            strong = self.cue is not None and self.cue.strength is Strength.STRONG
            lean = self.weights.implausible * max(self._witness(), 0.0 if strong else 0.5)
        self._add(
            f"{share:.0%} of the values have a form that the kind can take",
            lean * abs(2 * share - 1),
        )

    def _witness(self) -> float:
        """How far values may contradict a header: a few may be test data or left-overs."""
        if self.cue is None or self.cue.strength is Strength.WEAK:
            return 1.0
        return min(1.0, self.held.distinct / self.weights.contradicting)

    def _bounded(self, weight: float, hits: int) -> float:
        strong = self.cue is not None and self.cue.strength is Strength.STRONG
        least = self.weights.least_under_strong_header if strong else self.weights.least
        few = self.weights.few_hits
        most = few[hits] if hits < len(few) else self.weights.most
        if self._code_list(hits):
            most = min(most, self.weights.code_list)
        return max(least * self._witness(), min(most, weight))

    def _code_list(self, hits: int) -> bool:
        """Words that come again and again, few of them, under a header that says nothing."""
        if self.cue or not (self.detector and self.detector.words):
            return False
        again = self.held.filled / max(self.held.distinct, 1)
        few = max(self.evidence.most, 1) < self.weights.few_words and hits < self.weights.few_words
        return few and again >= self.weights.repeated

    def _prevalence(self) -> tuple[float, float] | None:
        if not self.held.filled or (not self.detector and not self.by_values) or self.opaque:
            return None
        rows = self.evidence.rows + sum(
            n for (_, k), n in self.held.states.items() if k == self.kind.id
        )
        return wilson(min(rows, self.held.filled), self.held.filled)

    def _state(self) -> State:
        if not self.held.filled:
            return State.EMPTY
        best = max(self.stored, key=lambda s: self.stored[s], default="")
        clear = self.evidence.rows
        if best and self.stored[best] > clear and self.stored[best] >= 0.5 * self.held.filled:
            return State(best)
        if self.opaque and self.cue and self.cue.state:
            return State(self.cue.state)
        return State.CLEAR
