"""How far the values of a column may contradict what its header says."""

from collections.abc import Sequence
from math import inf, log

from detectors.base import Detector
from detectors.catalogue import Kind
from detectors.forms import NUMBERS
from detectors.headers import Cue, Strength
from scanner.model import ColumnProfile
from scanner.weights import Weights

# Kinds that identify no one alone, and yet differ from row to row.
_VARIED = frozenset(
    {
        *("name", "address", "date_of_birth", "ip", "username", "nickname", "uscc"),
        *("student_no", "employee_no", "medical_record_no", "password", "secret"),
    }
)
_ANY_WORDS = 0.1  # of genuine columns are written in no known form: above it, all is possible
_LONG = 11  # digits from which a number is no code or count
_MOSTLY = 0.5  # of the values


_HAN = ("han_short", "han", "text")


def witness(
    held: ColumnProfile,
    cue: Cue | None,
    kind: Kind,
    detector: Detector | None,
    weights: Weights,
) -> float:
    """1 where values may contradict the header in full, less where they are few.

    A few may be test data or left-overs. But values that come again and again are flags or codes
    where those of the kind differ from row to row: there every row is a witness.
    """
    if cue is None or cue.strength is Strength.WEAK:
        return 1.0
    rows = _again(held, weights) and _differs(held, kind, detector)
    return min(1.0, (held.filled if rows else held.distinct) / weights.contradicting)


def missing(held: ColumnProfile, detector: Detector, weights: Weights, *, firm: bool) -> float:
    """What it says in full that no value has the form of the kind, as it does where `firm`.

    Names may be of other languages; but those do not come again and again.
    """
    full = log(detector.otherwise)
    if firm and (not detector.words or _again(held, weights)):
        return full
    return max(weights.unmet, full)


def _differs(held: ColumnProfile, kind: Kind, detector: Detector | None) -> bool:
    """Whether values of the kind hardly come twice.

    Names and addresses do where one person has all the rows, and no list has all of them.
    """
    if detector and detector.words:
        return _share(held, _HAN) < _MOSTLY
    return kind.identifies == "alone" or kind.id in _VARIED


def lacks(held: ColumnProfile, kind: Kind, detector: Detector) -> bool:
    """Whether most values have no form that could be the kind's though the detector knows it not.

    One bears the kind's name: 127.0.0.1 is an `ip`, though nobody's. Numbers as long as its own
    may be test data. And bytes say nothing against it.
    """
    own = [form for form in (kind.id, "binary") if form in kind.forms]
    if _share(held, own) >= _MOSTLY:
        return False
    lengths = range(detector.digits, detector.digits * 3 // 2 + 1)
    alike = sum(held.classes.get(NUMBERS + n, 0) for n in lengths if n >= _LONG)
    return alike < _MOSTLY * sum(held.classes.values())


def bound(
    held: ColumnProfile, detector: Detector | None, weights: Weights, *, unmet: bool
) -> tuple[float, str]:
    """The most that the log-odds may be, and why: no value, or many and none of the kind."""
    if not held.filled:
        why = "every value is a placeholder (`无`, `null`, `-` or the like)"
        why = why if held.placeholders else "no value was there to read"
        return weights.empty_cap, f"{why}: at most likely"
    if not unmet or held.filled < weights.enough or not detector:
        return inf, ""
    why = f"none of {held.filled} values has the form of the kind"
    if _open(detector):
        return weights.empty_cap, f"{why}: at most likely"
    return weights.unmet_cap, f"{why}: at most possible"


def _open(detector: Detector) -> bool:
    """Whether genuine values may be any words, so that none that is known refutes nothing."""
    return detector.enumerated or detector.words or detector.otherwise > _ANY_WORDS


def _again(held: ColumnProfile, weights: Weights) -> bool:
    """Whether values come again and again, as those of a list do: few are known exactly."""
    return not held.seen.many and held.filled >= weights.repeated * held.distinct


def _share(held: ColumnProfile, forms: Sequence[str]) -> float:
    return sum(held.forms.get(form, 0) for form in forms) / max(held.filled, 1)
