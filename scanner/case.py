"""One kind before one column: the factors for and against, each kept as a reason."""

import math
from collections import Counter

from detectors.base import Detector, Evidence
from detectors.catalogue import Kind, kinds
from detectors.headers import Cue, Strength
from detectors.keyed import told_by_form
from scanner.contrary import bound, lacks, missing, witness
from scanner.likelihood import code_list, embedded, typed
from scanner.model import ColumnProfile, Level, Reason, State, Verdict
from scanner.statistics import wilson
from scanner.storage import PICTURES, RANDOM, random_strings, storage, ways
from scanner.weights import Weights

_NEARLY_ALL = 0.9  # of the rows hold a value
_RARE, _UNUSUAL = 1e-3, 0.1  # chances of a look-alike to be proven, to have the form


class Case:
    """One kind before one column: gathers the factors and sums them up."""

    def __init__(
        self,
        held: ColumnProfile,
        kind: Kind,
        cue: Cue | None,
        detector: Detector | None,
        weights: Weights,
        denied: Cue | None = None,
        *,
        beside: bool = False,
    ) -> None:
        self.denied, self.beside = denied, beside
        self.held, self.kind = held, kind
        self.cue = cue if cue and cue.strength > Strength.AGAINST else None
        self.detector, self.weights = detector, weights
        self.evidence = held.evidence.get(kind.id, Evidence())
        short = bool(self.cue) and "hex" not in kind.forms
        self.ways = ways(held, kind.id, short=short, said=self._said())
        self.stored = Counter({state: found.total() for state, found in self.ways.items()})
        self.reasons = [Reason("how common the kind is among columns", weights.prior)]
        if cue:
            self._add(cue.reason, weights.header(cue.strength))
        if self._said() == State.HASHED and kind.id in PICTURES:
            self._add("the digest of a picture is no picture", weights.against)
        self.by_values = False
        self.borrowed = 0  # rows with a value of another kind, as this kind's may be
        self.opaque = False  # hashed or encrypted: how many hold the kind cannot be seen
        self.pictures = 0
        self.random = 0  # rows with a string such as hashes are, and the kind's values too
        self.unmet = False  # values there are, and none has the form of the kind

    def log_odds(self) -> float:
        """The sum of all factors; `reasons` then holds each."""
        if self.held.filled and not (self._stored_forms() or self._shown() or self._tokens()):
            self._values()
            self._marked()
        self._silence()
        total = sum(reason.weight for reason in self.reasons)
        most, why = bound(self.held, self.detector, self.weights, unmet=self.unmet)
        if total > most:
            self._add(why, most - total)
        return min(total, most)

    def verdict(self) -> Verdict | None:
        """The verdict where it reaches `possible`."""
        confidence = 1 / (1 + math.exp(-self.log_odds()))
        level = Level.of(confidence)
        if level is None:
            return None
        state = self._state()
        clear = self.evidence.rows + self.borrowed + self.pictures + self.random
        basis = "both" if self.cue and self.by_values else "values" if self.by_values else "header"
        return Verdict(
            self.kind.id,
            round(confidence, 4),
            level,
            basis,
            self._prevalence(),
            state,
            tuple(self.reasons),
            storage(state, self.ways, self.kind.id, clear, self.held, self._said()),
        )

    def _said(self) -> str:
        """How the header says that values are stored, "" where it does not."""
        return self.cue.state if self.cue else ""

    def _add(self, text: str, weight: float) -> None:
        self.reasons.append(Reason(text, round(weight, 2)))

    def _stored_forms(self) -> bool:
        """Masked, hashed, encrypted or damaged values speak for the kind they were made from."""
        own = {s: n for (s, k), n in self.held.states.items() if k == self.kind.id}
        rows = sum(own.values())
        clear = self.evidence.whole
        if rows and rows >= 0.5 * self.held.filled and rows >= clear:
            state = max(own, key=lambda s: own[s])
            distinct = sum(len(n) for (_, k), n in self.held.stored.items() if k == self.kind.id)
            self._add(
                f"{rows / self.held.filled:.0%} of the values are {state} {self.kind.en}",
                self._bounded(distinct * self.weights.masked, distinct),
            )
            self.by_values = True
            return True
        unknown = self.stored.total() - rows
        if self.cue and unknown >= 0.5 * self.held.filled:
            self.opaque = True
            how = " or ".join(sorted(state for state, n in self.stored.items() if n))
            self._add(f"{unknown / self.held.filled:.0%} of the values are {how}", 0.5)
            if self.beside and self.cue.strength is Strength.WEAK:
                self._add("columns beside it hold personal information", self.weights.beside)
            return True
        return False

    def _silence(self) -> None:
        """Says how many values are placeholders: they weigh nothing, and lower the share."""
        if self.held.placeholders and self.held.filled:
            share = self.held.placeholders / self.held.given
            self._add(f"{share:.0%} of the values say nothing (`无`, `null`, `-` or the like)", 0.0)

    def _shown(self) -> bool:
        """Pictures under a header of a kind that pictures can hold."""
        pictures = self.held.forms.get("image", 0) if "image" in self.kind.forms else 0
        if not self.cue or pictures < 0.5 * self.held.filled:
            return False
        self.pictures, self.by_values = pictures, True
        share = pictures / self.held.filled
        self._add(f"{share:.0%} of the values are pictures", 2 * self.weights.plausible)
        return True

    def _tokens(self) -> bool:
        """Random strings under a header of a kind that is random strings in clear."""
        if not self.cue or self.cue.state or self.kind.id not in RANDOM:
            return False
        rows = random_strings(self.held)
        if not rows or rows + self.evidence.rows < 0.5 * self.held.filled:
            return False
        self.random = rows
        share = (rows + self.evidence.rows) / self.held.filled
        text = f"{share:.0%} of the values are strings without sense, as the kind's are"
        self._add(text, self.weights.plausible)
        return True

    def _values(self) -> None:
        whole = typed(
            self.evidence, self.detector, self.held, header=bool(self.cue), weights=self.weights
        )
        inside = embedded(self.evidence, self.detector, self.held, self.weights)
        best = max(whole, inside, key=lambda factor: factor.weight)
        if best.weight > 0:
            self.by_values = True
            self._add(best.text, self._bounded(best.weight, best.hits))
            self._constant(best.hits)
            self._denial(whole=best is whole)
        elif self.cue and self.cue.state:
            self.opaque = True
            self._add(f"the header says that values are {self.cue.state}", 0.0)
            return
        elif self._written_as():
            return
        elif self.evidence.rows and whole.text:
            self._add(whole.text, self._bounded(whole.weight, len(self.evidence.values)))
        elif self.cue and self.detector:
            self.unmet = lacks(self.held, self.kind, self.detector)
            weight = missing(self.held, self.detector, self.weights, firm=self.unmet)
            self._add("no value has the form of the kind", weight * self._witness())
        if self.cue and best.weight < self.weights.plausible:
            self._plausibility()

    def _constant(self, hits: int) -> None:
        """One value on nearly every row is one witness, but no stray hit: the rows do hold it.

        A check digit that agrees makes it likely, a form that is rare among look-alikes possible.
        """
        found, detector = self.evidence, self.detector
        often = max(_NEARLY_ALL * self.held.filled, self.weights.witnesses)
        if self.cue or not 0 < hits < 3 or found.rows < often or not detector or detector.words:
            return
        proven = found.checked >= often and detector.chance <= _RARE
        least = self.weights.two_hits if proven else self.weights.one_hit
        short = least - self.reasons[-1].weight
        if short > 0 and told_by_form(detector) and (proven or detector.shape_chance <= _UNUSUAL):
            self._add(f"{found.rows / self.held.filled:.0%} of the rows hold it", short)

    def _denial(self, *, whole: bool) -> None:
        """Numbers under a header of something else (amounts, counts) that begin alike are that.

        Those of persons have many beginnings, whatever the header says: then it weighs nothing.
        """
        found, enough = self.evidence, self.detector.leads if self.detector else ()
        if not self.denied or self.cue or not whole or not 0 < len(found.leads) <= len(enough):
            return
        if len(found.values) >= enough[len(found.leads) - 1]:
            text = f"{self.denied.reason}; the first two digits are one of {len(found.leads)} pairs"
            self._add(text, self.weights.denied)

    def _marked(self) -> None:
        """What holds of some of the values, for the reader: it weighs nothing."""
        if self.evidence.marked and self.detector:
            share = self.evidence.marked / self.evidence.whole
            self._add(f"{share:.1%} of them {self.detector.marked}", 0.0)

    def _written_as(self) -> bool:
        """Are most values of another kind, as those of this kind may be?"""
        if not self.cue:
            return False
        rows = {
            k: self.held.evidence[k].whole for k in self.kind.written_as if k in self.held.evidence
        }
        other = max(rows, key=lambda k: rows[k], default="")
        if not other or rows[other] < 0.5 * self.held.filled:
            return False
        share = rows[other] / self.held.filled
        if self.kind.id == "landline" and self.cue.strength < Strength.STRONG:
            self._add(
                f"{share:.0%} of the values are {kinds()[other].en}", self.weights.implausible
            )
            return True
        self.by_values, self.borrowed = True, rows[other]
        self._add(
            f"{share:.0%} of the values are {kinds()[other].en}, as the kind's may be",
            self.weights.plausible,
        )
        return True

    def _plausibility(self) -> None:
        fitting = sum(n for form, n in self.held.forms.items() if form in self.kind.forms)
        share = fitting / self.held.filled
        lean = self.weights.plausible * (1 - self._witness() * self.unmet)
        if share < 0.5:
            strong = self.cue is not None and self.cue.strength is Strength.STRONG
            lean = self.weights.implausible * max(self._witness(), 0.0 if strong else 0.5)
        self._add(
            f"{share:.0%} of the values have a form that the kind can take",
            lean * abs(2 * share - 1),
        )

    def _witness(self) -> float:
        """How far values may contradict the header."""
        return witness(self.held, self.cue, self.kind, self.detector, self.weights)

    def _bounded(self, weight: float, hits: int) -> float:
        least = self.weights.least
        if self.cue and self.detector and self.cue.strength > Strength.WEAK:
            least = max(least, math.log(self.detector.otherwise))
        most = self.weights.few_hits(hits)
        listed = not self.cue and self.detector
        if listed and code_list(self.evidence, listed, self.held, hits, self.weights):
            most = min(most, self.weights.code_list)
        return max(least * self._witness(), min(most, weight))

    def _prevalence(self) -> tuple[float, float] | None:
        if not self.held.filled or (not self.detector and not self.by_values) or self.opaque:
            return None
        rows = (
            self.evidence.rows
            + self.borrowed
            + self.pictures
            + self.random
            + sum(n for (_, k), n in self.held.states.items() if k == self.kind.id)
        )
        return wilson(min(rows, self.held.given), self.held.given)

    def _state(self) -> State:
        if not self.held.filled:
            return State.EMPTY
        best = max(self.stored, key=lambda s: self.stored[s], default="")
        clear = self.evidence.rows + self.random
        if best and self.stored[best] > clear and self.stored[best] >= 0.5 * self.held.filled:
            return State(best)
        if self.opaque and self.cue and self.cue.state:
            return State(self.cue.state)
        return State.CLEAR
