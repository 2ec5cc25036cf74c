"""People who never were: each with a name, an identity number, a mobile, a home and a card."""

import random
from dataclasses import dataclass
from datetime import date

from sample_data import identifiers
from sample_data.names import name
from sample_data.places import Place, address, place

_DOMAINS = ("example.com", "example.cn", "mail.example.com", "example.org")  # RFC 2606


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, all made up; the birth is before 1905, so that nobody alive is meant."""

    name: str
    sex: str
    born: date
    home: Place
    address: str
    id_card: str
    mobile: str
    email: str
    login: str
    bank_card: str


def person(rng: random.Random) -> Person:
    """One person."""
    called, spelt, sex = name(rng)
    born, home = identifiers.birth(rng), place(rng)
    login = (
        f"{spelt}{rng.choice(('', '.', '_'))}{rng.choice('abcdefghjklmwxyz')}{rng.randint(1, 9999)}"
    )
    return Person(
        name=called,
        sex=sex,
        born=born,
        home=home,
        address=address(rng, home),
        id_card=identifiers.identity_number(rng, place(rng), born, sex),
        mobile=identifiers.mobile(rng),
        email=f"{login}@{rng.choice(_DOMAINS)}",
        login=login,
        bank_card=identifiers.bank_card(rng),
    )


def people(rng: random.Random, count: int) -> list[Person]:
    """So many people."""
    return [person(rng) for _ in range(count)]
