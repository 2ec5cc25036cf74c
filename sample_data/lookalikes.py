"""Values that look like personal information and are none."""

import hashlib
import random
import uuid
from datetime import datetime, timedelta

from sample_data.identifiers import identity_number, wrong_identity_number
from sample_data.places import place

_FIRST = datetime(2019, 1, 1)
_MINUTES = 5 * 365 * 24 * 60


def moment(rng: random.Random) -> datetime:
    """A time between 2019 and 2023."""
    return _FIRST + timedelta(minutes=rng.randrange(_MINUTES), seconds=rng.randrange(60))


def moments(rng: random.Random, count: int) -> list[str]:
    """Times as a database shows them."""
    return [f"{moment(rng):%Y-%m-%d %H:%M:%S}" for _ in range(count)]


def days(rng: random.Random, count: int) -> list[str]:
    """Dates, none of them of a birth."""
    return [f"{moment(rng):%Y-%m-%d}" for _ in range(count)]


def order_number(rng: random.Random) -> str:
    """Eighteen digits: the second of the order and four more."""
    return f"{moment(rng):%Y%m%d%H%M%S}{rng.randrange(10**4):04d}"


def snowflake(rng: random.Random) -> int:
    """A 19-digit id: milliseconds since 2010, machine, count."""
    since = int((moment(rng) - datetime(2010, 11, 4)).total_seconds() * 1000)
    return since << 22 | rng.randrange(1 << 22)


def milliseconds(rng: random.Random) -> int:
    """A time in milliseconds since 1970."""
    return int((moment(rng) - datetime(1970, 1, 1)).total_seconds()) * 1000 + rng.randrange(1000)


def serial(rng: random.Random) -> str:
    """Eighteen digits drawn at random."""
    return f"{rng.randrange(10**17, 10**18)}"


def identity_shaped(rng: random.Random) -> str:
    """Eighteen digits with a region and a date, and a check digit that never agrees."""
    born = moment(rng).date()
    right = identity_number(rng, place(rng), born, "男")
    return wrong_identity_number(rng, right)


def waybill(rng: random.Random) -> str:
    """Twelve to fifteen digits behind a carrier's first two."""
    length = rng.choice((12, 13, 14, 15))
    return (
        rng.choice(("75", "31", "88", "43", "98")) + f"{rng.randrange(10**13):013d}"[: length - 2]
    )


def barcode(rng: random.Random) -> str:
    """Thirteen digits of an article (EAN) with its check digit."""
    body = f"69{rng.randrange(10**10):010d}"
    return body + str(-sum(int(d) * (1 + 2 * (i % 2)) for i, d in enumerate(body)) % 10)


def random_uuid(rng: random.Random) -> str:
    """A UUID of version 4."""
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def file_digest(rng: random.Random) -> str:
    """The MD5 of a file's bytes."""
    return hashlib.md5(rng.randbytes(64)).hexdigest()


def amount(rng: random.Random) -> float:
    """Money."""
    return round(rng.lognormvariate(5, 1), 2)


def version(rng: random.Random) -> str:
    """A version of four numbers, as an IP address has."""
    return ".".join(str(rng.randint(0, 24)) for _ in range(4))
