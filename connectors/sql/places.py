"""Places that cut the values of an index into stretches, evenly by what the values look like.

Rows are drawn by stretches, all with the same chance, so the cut need not be even: where it is
not, a sample costs more, and says no less. It only has to be in the order of the index.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

_DIGITS = 10  # characters of a text that are used; more would be finer than any table
_BYTES = 7
_SAFE = re.compile(r"[0-9A-Za-z_.:/-]*")
# Characters that every usual collation puts into this order; small letters and capitals mixed
# are not among them.
_ALPHABETS = ("0123456789", "0123456789abcdef", "0123456789abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True, slots=True)
class Places:
    """Values as numbers from `low` to `high`; `literal` is a number as the value that SQL takes."""

    low: int
    high: int
    literal: Callable[[int], str]

    @property
    def most(self) -> int:
        """How many stretches there can be."""
        return self.high - self.low + 1

    def at(self, part: int, parts: int) -> str:
        """Where the stretch of that number begins, if there are so many."""
        return self.literal(self.low + part * self.most // parts)


def times(low: str, high: str) -> Places | None:
    """From the ends of a column of dates, by the second; none where they are no dates."""
    try:
        first, last = datetime.fromisoformat(low), datetime.fromisoformat(high)
    except ValueError:
        return None
    first = first.replace(microsecond=0)
    seconds = int((last - first).total_seconds())
    return Places(0, seconds, lambda number: f"'{first + timedelta(seconds=number)}'")


def words(seen: Sequence[str]) -> Places | None:
    """From the first and last value and some others; none where their order is uncertain."""
    low, high = seen[:2]
    same = _same(low, high)
    tails = [text[same : same + _DIGITS] for text in seen if text[:same] == low[:same]]
    upper = any(c.isupper() for tail in tails for c in tail)
    if not _SAFE.fullmatch(low[:same]) or (upper and any(c.islower() for t in tails for c in t)):
        return None
    tails = [tail.lower() for tail in tails]
    alphabets = []
    for place in range(min(map(len, tails))):
        fits = (a for a in _ALPHABETS if all(tail[place] in a for tail in tails))
        if (alphabet := next(fits, None)) is None:
            break
        alphabets.append(alphabet)
    first, last = (_number(tail, alphabets) for tail in tails[:2])
    literal = partial(_word, prefix=low[:same], alphabets=alphabets, upper=upper)
    return Places(first, last, literal) if first < last else None


def raw(low: bytes, high: bytes) -> Places | None:
    """From the first and last value of a column of bytes."""
    same = _same(low, high)
    width = min(len(low) - same, len(high) - same, _BYTES)
    first, last = (int.from_bytes(end[same : same + width], "big") for end in (low, high))

    def literal(number: int) -> str:
        return f"x'{(low[:same] + number.to_bytes(width, 'big')).hex()}'"

    return Places(first, last, literal) if first < last else None


def _same(low: str | bytes, high: str | bytes) -> int:
    """How many places two values have in common at their begin."""
    size = min(len(low), len(high))
    return next((i for i in range(size) if low[i] != high[i]), size)


def _number(tail: str, alphabets: Sequence[str]) -> int:
    number = 0
    for character, alphabet in zip(tail, alphabets, strict=False):
        number = number * len(alphabet) + alphabet.index(character)
    return number


def _word(number: int, prefix: str, alphabets: Sequence[str], upper: bool) -> str:
    text = ""
    for alphabet in reversed(alphabets):
        number, digit = divmod(number, len(alphabet))
        text = alphabet[digit] + text
    return f"'{prefix}{text.upper() if upper else text}'"
