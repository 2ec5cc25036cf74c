"""Made-up values: identity numbers of births before 1905, numbers of no one's."""

import random

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SEGMENTS = (130, 135, 138, 139, 150, 158, 159, 177, 181, 186, 188, 189, 199)


def identity_number(rng: random.Random, *, valid: bool = True) -> str:
    """Eighteen characters with a region and a date; the check digit right or wrong."""
    region = rng.choice(("110101", "310101", "440103", "510104", "320102", "330102"))
    day = f"{rng.randint(1880, 1904)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    body = f"{region}{day}{rng.randint(0, 999):03d}"
    right = sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11
    check = right if valid else (right + rng.randint(1, 10)) % 11
    return body + "10X98765432"[check]


def mobile(rng: random.Random) -> str:
    """Eleven digits in an assigned segment."""
    return f"{rng.choice(SEGMENTS)}{rng.randrange(10**8):08d}"


def luhn(number: str) -> bool:
    """Whether digits pass Luhn's check; an `X` does not."""
    if not number.isdigit():
        return False
    digits = [int(c) for c in reversed(number)]
    return sum(d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits)) % 10 == 0


def bank_card(rng: random.Random) -> str:
    """Nineteen digits that pass Luhn's check, behind a known prefix."""
    body = f"622202{rng.randrange(10**12):012d}"
    return next(body + str(d) for d in range(10) if luhn(body + str(d)))
