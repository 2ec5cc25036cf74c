"""The constants of the log-odds, in one place. All are natural logarithms of odds."""

from dataclasses import dataclass, field

from detectors.headers import Strength


@dataclass(frozen=True, slots=True)
class Weights:
    """What each factor of a verdict is worth.

    `prior` is the odds that a column holds a given kind before anything is known of it.
    """

    prior: float = -4.5
    header: dict[Strength, float] = field(
        default_factory=lambda: {
            Strength.STRONG: 6.5,
            Strength.MEDIUM: 5.2,
            Strength.WEAK: 2.5,
            Strength.AGAINST: -6.0,
        }
    )
    # No more than this many distinct values count as independent witnesses.
    witnesses: int = 20
    # Values speak within these bounds; under a header not further against it than `otherwise`.
    most: float = 10.0
    least: float = -6.0
    # One or two hits never name a column by themselves.
    few_hits: tuple[float, ...] = (0.0, 4.0, 6.0)
    # Share of values in a form that the kind can take, under a header that names it.
    plausible: float = 1.0
    implausible: float = -5.0
    # The header names a kind that has a form, and no value has it.
    unmet: float = -1.5
    # So many distinct values it takes to contradict a strong header in full.
    contradicting: int = 30
    # A column without values is at most likely.
    empty_cap: float = 2.1
    # From so many distinct numbers on, those that begin alike are one witness: serials do.
    serial_from: int = 10
    # Texts that people wrote hold numbers of people more often than other columns do.
    prose: float = 1.0
    # A distinct value that is masked as the kind is.
    masked: float = 2.0
    # Share of genuine values with proof, for kinds without a check digit (`+86 138...`).
    sometimes_proven: float = 0.25
    # Numbers behind the same first digits are told apart by many values, not by twenty.
    imitation_witnesses: int = 100
    # Words of a code list: from so many rows a distinct value on, and below so many values.
    repeated: float = 5.0
    few_words: int = 30
    # What values of a code list, or fewer than three words, may say without a header.
    code_list: float = 4.2
    # How much rarer columns are that copy a form without its check digit.
    copies_are_rare: float = 4.0


WEIGHTS = Weights()
