"""Masks: a value with so much of it starred that it says no more than its kind may show.

Sources:
    GB/T 41833-2022: at least six digits of a phone number are hidden, at least one character of
    a name, the room of an address. What else is shown are forms in common use: 3+2 of a mobile
    number, 1+1 of an identity number, 6+2 of a card, the first character and the domain of an
    e-mail address.

A mask has as many characters as the value. A kind without a rule shows its first and last
character if it is long, one that `kinds.toml` does not have shows nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from detectors.catalogue import kinds

STAR = "*"
_LONG = 8  # letters and digits from which a kind without a rule shows two


@dataclass(frozen=True, slots=True)
class Ends:
    """Shows the first and the last few letters and digits, and what stands between groups.

    Nothing is shown where fewer than `least` would be hidden, or more shown than hidden.
    """

    head: int
    tail: int
    least: int

    def __call__(self, value: str) -> str:
        """The mask."""
        places = [at for at, char in enumerate(value) if char.isalnum()]
        hidden = places[self.head : len(places) - self.tail]
        if len(hidden) < max(self.least, self.head + self.tail):
            return whole(value)
        stars = frozenset(hidden)
        return "".join(STAR if at in stars else char for at, char in enumerate(value))


def whole(value: str) -> str:
    """Nothing but stars."""
    return STAR * len(value)


def masked(value: str, kind: str) -> str:
    """The value by its kind's rule."""
    rule = RULES.get(kind)
    if rule is None:
        entry = kinds().get(kind)
        about = entry is None or entry.identifies == "about" or entry.group == "authentication"
        rule = whole if about else _OTHER
    return rule(value)


def _email(value: str) -> str:
    name, sign, domain = value.partition("@")
    if not sign or "@" in domain:
        return whole(value)
    shown = name[:1] if len(name) > 1 else ""
    return f"{shown}{STAR * (len(name) - len(shown))}@{domain}"


def _ip(value: str) -> str:
    """The first group stays."""
    first = re.match(r"[0-9A-Fa-f]{1,4}(?=[.:])", value)
    if first is None:
        return whole(value)
    kept = first.end()
    return value[:kept] + re.sub(r"[0-9A-Za-z%/]", STAR, value[kept:])


def _address(value: str) -> str:
    """Province and city at most stay: everything from the sixth character on is starred."""
    kept = min(6, len(value) // 3)
    return value[:kept] + STAR * (len(value) - kept)


_OTHER = Ends(1, 1, _LONG - 2)
RULES: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "name": Ends(1, 0, 1),
        "address": _address,
        "mobile": Ends(3, 2, 6),
        "landline": Ends(3, 0, 6),
        "email": _email,
        "ip": _ip,
        "id_card": Ends(1, 1, 10),
        "foreign_resident_id": Ends(1, 1, 10),
        "driving_licence": Ends(1, 1, 10),
        "social_security_no": Ends(1, 1, 6),
        "passport": Ends(2, 2, 5),
        "hk_macau_permit": Ends(1, 2, 5),
        "exit_entry_permit": Ends(1, 2, 5),
        "taiwan_permit": Ends(1, 2, 5),
        "hk_id": Ends(1, 1, 5),
        "macau_id": Ends(1, 1, 5),
        "taiwan_id": Ends(1, 2, 5),
        "bank_card": Ends(6, 2, 8),
        "plate": Ends(2, 1, 4),
        "date_of_birth": Ends(2, 0, 4),
    }
)
