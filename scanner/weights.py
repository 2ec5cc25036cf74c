"""The constants of the log-odds, in one place. All but counts are natural logarithms of odds."""

import tomllib
from dataclasses import dataclass, fields
from importlib.resources import files

from detectors.headers import Strength


@dataclass(frozen=True, slots=True)
class Weights:
    """What each factor of a verdict is worth; the values in use are in `weights.toml`.

    `prior` is the odds that a column holds a given kind before anything is known of it.
    `strong`, `medium`, `weak` and `against` are what headers say; `denied`, a header that names
    something else over numbers that begin alike: chosen as `against` is, since no labelled column
    shows it, so that the most that values say stays below `possible`. Values speak between `least`
    and `most` (under a header no further against it than `Detector.otherwise`); `one_hit` and
    `two_hits` are what one or two distinct values may say at most.

    `plausible` and `implausible`: values in a form that the kind under the header can take, and
    in none. `unmet`: no value has the form of the kind. `contradicting`: so many distinct values
    it takes to contradict a header in full. `empty_cap`: at most, without values. `unmet_cap`: at
    most, where none of `enough` rows has a form that genuine values nearly always have; both are
    choices, so that such a column is at most `possible` (of kinds with open forms at most
    `likely`). `prose`: for texts that people wrote, which hold numbers of people more often than
    other columns do. `told`: a distinct value in a text that a word before it names, where few
    look-alikes have the form: a choice, so that one makes its kind likely; such a word counts as a
    second witness. `beside`: hashes or cipher text under a header that says little, among columns
    that hold personal information: a choice, so that they are possible. `masked`: a distinct value
    masked as the kind is. `code_list`: at most, for words of which there are few.
    `copies_are_rare`: how much rarer columns are that copy a form without its check digit.

    `witnesses`: no more distinct values count as independent; `imitation_witnesses` among numbers
    that begin alike, and from `serial_from` on only different beginnings count. `repeated`: from
    so many rows a distinct value, and below `few_words` values, words are a code list.
    `sometimes_proven`: the share of genuine values with proof, for kinds without a check digit.
    """

    prior: float
    strong: float
    medium: float
    weak: float
    against: float
    denied: float
    most: float
    least: float
    one_hit: float
    two_hits: float
    plausible: float
    implausible: float
    unmet: float
    empty_cap: float
    unmet_cap: float
    enough: int
    prose: float
    told: float
    beside: float
    masked: float
    code_list: float
    copies_are_rare: float
    contradicting: float
    witnesses: int
    imitation_witnesses: int
    serial_from: int
    repeated: float
    few_words: int
    sometimes_proven: float

    def header(self, strength: Strength) -> float:
        """What a header of this strength says."""
        return (self.against, self.weak, self.medium, self.strong)[strength]

    def few_hits(self, hits: int) -> float:
        """What so many distinct values may say at most: one or two name no column alone."""
        return (0.0, self.one_hit, self.two_hits)[hits] if hits < 3 else self.most


def parsed(text: str) -> Weights:
    """The constants out of TOML that names every one of them."""
    found = tomllib.loads(text)
    return Weights(**{one.name: found[one.name] for one in fields(Weights)})


def as_toml(weights: Weights, script: str) -> str:
    """The constants as TOML, with the script that fitted them."""
    lines = [f"# Constants of the log-odds, fitted by {script}; scanner/weights.py explains each."]
    lines += [f"{one.name} = {round(getattr(weights, one.name), 3)}" for one in fields(Weights)]
    return "\n".join(lines) + "\n"


WEIGHTS = parsed(files("scanner").joinpath("weights.toml").read_text(encoding="utf-8"))
