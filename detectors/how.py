"""How a value was masked, hashed, encrypted or damaged: a few words and counts, never the value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class How:
    """`name` says by what; of masked values, how many characters stay before and after, or go.

    What only separates (spaces and hyphens in numbers, the country code, the domain of an
    e-mail address) is not counted. Each count stops at 99.
    """

    name: str = ""
    head: int = 0
    tail: int = 0
    hidden: int = 0
