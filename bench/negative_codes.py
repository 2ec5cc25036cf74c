"""Families of look-alikes that are numbers, codes, times, tokens and paths."""

import random
import string

from sample_data import lookalikes

_BASE36 = string.digits + string.ascii_uppercase


def numbers(rng: random.Random, n: int) -> list[str]:
    """Random digits of one length, from 5 to 20."""
    width = rng.randint(5, 20)
    return [f"{rng.randrange(10**width):0{width}d}" for _ in range(n)]


def serials(rng: random.Random, n: int) -> list[str]:
    """A counter with a fixed beginning: digits, or letters and digits."""
    head = "".join(rng.choices(rng.choice((string.digits, _BASE36)), k=rng.randint(0, 6)))
    width, step = rng.randint(4, 14), rng.choice((1, 1, 1, 2, 7, 10))
    first = rng.randrange(10 ** (width - 1))
    return [f"{head}{(first + i * step) % 10**width:0{width}d}" for i in range(n)]


def mobile_serials(rng: random.Random, n: int) -> list[str]:
    """Eleven digits counted up from some number that begins with 1: member numbers."""
    first = rng.randrange(13 * 10**9, 2 * 10**10)
    return [str(first + i * rng.choice((1, 1, 3))) for i in range(n)]


def orders(rng: random.Random, n: int) -> list[str]:
    """Order numbers: a day or a second, and a count or chance."""
    form = rng.choice(("%Y%m%d", "%y%m%d", "%Y%m%d%H%M%S", "%y%m%d%H%M%S"))
    width, head = rng.randint(3, 10), rng.choice(("", "", "SO", "DD", "PO-", "WX", "4", "10"))
    return [
        f"{head}{lookalikes.moment(rng).strftime(form)}{rng.randrange(10**width):0{width}d}"
        for _ in range(n)
    ]


def regional(rng: random.Random, n: int) -> list[str]:
    """Serials built like identity numbers: region, day, count, and no check digit."""
    return [lookalikes.identity_shaped(rng) for _ in range(n)]


def snowflakes(rng: random.Random, n: int) -> list[str]:
    """Ids of 17 to 19 digits that grow with time."""
    shift = rng.choice((0, 5, 10))
    return [str(lookalikes.snowflake(rng) >> shift) for _ in range(n)]


def times(rng: random.Random, n: int) -> list[str]:
    """Times: seconds, milliseconds, microseconds, or as databases and people write them."""
    form = rng.choice(
        ("s", "ms", "us", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%H:%M")
    )
    moments = [lookalikes.moment(rng) for _ in range(n)]
    if form in ("s", "ms", "us"):
        scale = {"s": 1, "ms": 1000, "us": 1_000_000}[form]
        return [str(int(m.timestamp() * scale) + rng.randrange(scale)) for m in moments]
    return [m.strftime(form) for m in moments]


def waybills(rng: random.Random, n: int) -> list[str]:
    """Parcels: a carrier's letters or first digits, and 10 to 15 digits."""
    head = rng.choice(("SF", "YT", "JD", "JT", "ZTO", "EMS", "75", "31", "43", "98", "62", "1"))
    width = rng.randint(10, 15) - len(head) * head.isdigit()
    return [f"{head}{rng.randrange(10**width):0{width}d}" for _ in range(n)]


def barcodes(rng: random.Random, n: int) -> list[str]:
    """Articles: EAN of 13 digits, or 8, 12, 14 digits."""
    if rng.random() < 0.5:
        return [lookalikes.barcode(rng) for _ in range(n)]
    width, head = rng.choice((8, 12, 14)), rng.choice(("69", "4", "0"))
    return [
        f"{head}{rng.randrange(10 ** (width - len(head))):0{width - len(head)}d}" for _ in range(n)
    ]


def product_codes(rng: random.Random, n: int) -> list[str]:
    """Letters and digits in one fixed shape, some places the same in all: SKUs, models, batches."""
    alphabet = rng.choice((string.ascii_uppercase, "ABCDEFGH", "EGHK", _BASE36))
    shape = [rng.choice("AA99999-") for _ in range(rng.randint(5, 14))]
    shape[0] = rng.choice("A9A")
    fixed = {at: rng.choice(alphabet) for at in range(len(shape)) if rng.random() < 0.25}
    return [
        "".join(
            "-"
            if c == "-"
            else fixed.get(at) or rng.choice(alphabet if c == "A" else string.digits)
            for at, c in enumerate(shape)
        )
        for _ in range(n)
    ]


def amounts(rng: random.Random, n: int) -> list[str]:
    """Money, counts, rates and measures."""
    places, scale = rng.choice((0, 1, 2, 2, 2, 4, 6)), rng.choice((0.01, 1, 100, 10_000))
    sign = rng.choice(("", "", "¥", "-"))
    return [f"{sign}{lookalikes.amount(rng) * scale:.{places}f}" for _ in range(n)]


def small_numbers(rng: random.Random, n: int) -> list[str]:
    """Counts, ages of things, scores, codes: whole numbers up to some bound."""
    top = rng.choice((2, 3, 5, 10, 60, 100, 120, 1000, 99_999))
    return [str(rng.randrange(top)) for _ in range(n)]


def versions(rng: random.Random, n: int) -> list[str]:
    """Versions of two to four numbers."""
    parts, head = rng.randint(2, 4), rng.choice(("", "v", "V"))
    return [head + ".".join(str(rng.randint(0, 30)) for _ in range(parts)) for _ in range(n)]


def uuids(rng: random.Random, n: int) -> list[str]:
    """UUIDs, with hyphens, without, in capitals."""
    form = rng.choice((str, str.upper, lambda u: u.replace("-", "")))
    return [form(lookalikes.random_uuid(rng)) for _ in range(n)]


def digests(rng: random.Random, n: int) -> list[str]:
    """Hexadecimal digests and keys of some length."""
    width = rng.choice((8, 12, 14, 16, 24, 32, 40, 64))
    return [f"{rng.getrandbits(4 * width):0{width}x}" for _ in range(n)]


def tokens(rng: random.Random, n: int) -> list[str]:
    """Random letters and digits: short links, invitations, object ids."""
    alphabet = rng.choice((_BASE36, string.ascii_letters + string.digits, string.ascii_lowercase))
    width = rng.choice((4, 6, 8, 10, 17, 18, 20, 22, 24, 28))
    return ["".join(rng.choices(alphabet, k=width)) for _ in range(n)]


def paths(rng: random.Random, n: int) -> list[str]:
    """Links, files, classes and keys of a cache."""
    form = rng.choice(
        (
            "https://cdn.example.com/{a}/{n}.png",
            "/data/{a}/{n}.log",
            "com.example.{a}.Service{n}",
            "{a}:{n}:lock",
            "/api/v1/{a}/{n}",
            "{a}_{n}.xlsx",
        )
    )
    return [
        form.format(a=rng.choice(("goods", "order", "sys", "file")), n=rng.randrange(10**8))
        for _ in range(n)
    ]


def geometry(rng: random.Random, n: int) -> list[str]:
    """Sizes and ratios: 20x30x40, 16:9, 1920*1080, 3/4."""
    sign, parts = rng.choice("x*:/×-"), rng.choice((2, 2, 3))
    return [sign.join(str(rng.randrange(1, 2000)) for _ in range(parts)) for _ in range(n)]
