"""Numbers that people have, with their check digits: identity cards, mobiles, cards, vehicles."""

import random
from datetime import date, timedelta

from sample_data.places import Place
from sample_data.words import each

FIRST_BIRTH, LAST_BIRTH = date(1880, 1, 1), date(1904, 12, 31)  # nobody of these is alive
_OLD_FIRST = date(1900, 1, 1)  # identity numbers of 15 digits leave the 19 out

_SEGMENTS = each("""
130 131 132 133 134 135 136 137 138 139 145 147 149 150 151 152 153 155 156 157 158 159 166
170 171 172 173 175 176 177 178 180 181 182 183 184 185 186 187 188 189 191 193 195 198 199
""")
# Issuers' prefixes and the length of the whole number.
_CARDS = (
    ("622848", 19),
    ("622202", 19),
    ("621700", 19),
    ("621661", 19),
    ("622188", 19),
    ("622588", 16),
    ("622690", 16),
    ("622660", 16),
    ("622908", 18),
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VIN = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_VIN_VALUES = dict(
    zip(_VIN, [*range(10), *range(1, 9), *range(1, 6), 7, 9, *range(2, 10)], strict=True)
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_PLATES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"


def birth(rng: random.Random, first: date = FIRST_BIRTH) -> date:
    """A day of birth before 1905."""
    return first + timedelta(rng.randint(0, (LAST_BIRTH - first).days))


def identity_number(rng: random.Random, where: Place, born: date, sex: str) -> str:
    """Eighteen characters: region, birth, sequence (odd for men), check digit of GB 11643."""
    sequence = rng.randrange(500) * 2 + (sex == "男")
    body = f"{where.code}{born:%Y%m%d}{sequence:03d}"
    return body + id_check(body)


def id_check(body: str) -> str:
    """The check digit of the first 17 digits, ISO 7064 MOD 11-2."""
    return "10X98765432"[sum(int(d) * w for d, w in zip(body, _ID_WEIGHTS, strict=True)) % 11]


def wrong_identity_number(rng: random.Random, right: str) -> str:
    """The number with a check digit that does not agree."""
    return right[:17] + rng.choice([c for c in "0123456789" if c != right[17]])


def old_identity_number(rng: random.Random, where: Place) -> str:
    """Fifteen digits, as issued until 1999: region, yymmdd of 1900 to 1904, sequence."""
    return f"{where.code}{birth(rng, _OLD_FIRST):%y%m%d}{rng.randint(1, 899):03d}"


def mobile(rng: random.Random) -> str:
    """Eleven digits in an assigned segment."""
    return rng.choice(_SEGMENTS) + f"{rng.randrange(10**8):08d}"


def spelt_mobile(rng: random.Random, number: str) -> str:
    """The number as people write it: bare, with the country's code, in groups."""
    grouped = f"{number[:3]}-{number[3:7]}-{number[7:]}"
    return rng.choices((number, f"+86 {number}", f"0086{number}", grouped), (7, 1, 1, 1))[0]


def bank_card(rng: random.Random) -> str:
    """A card number behind an issuer's prefix that passes Luhn's check."""
    prefix, length = rng.choice(_CARDS)
    return with_luhn(f"{prefix}{rng.randrange(10 ** (length - 7)):0{length - 7}d}")


def imei(rng: random.Random) -> str:
    """Fifteen digits of a device that pass Luhn's check."""
    return with_luhn(f"86{rng.randrange(10**12):012d}")


def with_luhn(body: str) -> str:
    """The digits and the one that makes them pass Luhn's check."""
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(reversed(body)))
    return body + str(-sum(n - 9 * (n > 9) for n in doubled) % 10)


def credit_code(rng: random.Random, where: Place) -> str:
    """A company's unified social credit code (GB 32100), both check characters right."""
    organ = f"{rng.randrange(10**8):08d}"
    total = -sum(int(d) * w for d, w in zip(organ, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    body = f"91{where.code}{organ}{'0123456789X'[total]}"
    return body + _USCC[-sum(_USCC.index(c) * pow(3, i, 31) for i, c in enumerate(body)) % 31]


def vin(rng: random.Random) -> str:
    """A vehicle identification number whose ninth character is the check digit."""
    body = "L" + "".join(rng.choices(_VIN[10:], k=7)) + "0" + "".join(rng.choices(_VIN[10:], k=2))
    body += f"{rng.randrange(10**6):06d}"
    total = sum(_VIN_VALUES[c] * w for c, w in zip(body, _VIN_WEIGHTS, strict=True)) % 11
    return body[:8] + "0123456789X"[total] + body[9:]


def plate(rng: random.Random) -> str:
    """A number plate: province, letter, five characters, or six on a car without engine."""
    head = rng.choice(_PLATES) + rng.choice("ABCDEFGH")
    if rng.random() < 0.2:
        return f"{head}D{rng.randrange(10**5):05d}"
    serial = rng.choices("0123456789", k=5)
    for place in rng.sample(range(5), rng.randint(0, 2)):  # two letters at most
        serial[place] = rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ")
    return head + "".join(serial)
