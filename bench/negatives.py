"""Columns that hold no personal information and look like it: what picensus says of them.

    python -m bench.negatives [--columns 2000] [--rows 1000] [--seed 11]

Every column is made from the seed, with parameters of its own (beginnings, lengths, alphabets,
steps), and has a name that says nothing. Words, places and institutions are those of jieba's
dictionary; names of companies, goods, films and jobs are put together from parts. A verdict
at `likely` or above is false: each is printed, and any makes the exit code 1.
"""

import argparse
import collections
import importlib.util
import random
import string
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pyarrow as pa

from bench.negative_words import (
    COMPANIES,
    DISHES_OF,
    FILMS_OF,
    GOODS,
    JOBS,
    PLACES_OF,
    put_together,
)
from connectors.base import Column
from detectors.registry import load
from sample_data import lookalikes
from scanner.examine import examine
from scanner.model import Level, Verdict
from scanner.verdict import verdicts

Family = Callable[[random.Random, int], list[str]]
_OPAQUE = ("c7", "f_3", "col12", "v1", "attr_b", "data4")
_BASE36 = string.digits + string.ascii_uppercase


def made(seed: int, columns: int, rows: int) -> Iterator[tuple[str, list[str]]]:
    """So many columns, each with the name of its family; every family has as many, but for one."""
    names = sorted(FAMILIES)
    for number in range(columns):
        family = names[number % len(names)]
        yield family, FAMILIES[family](random.Random(f"{seed} {family} {number}"), rows)


def judged(family: str, values: list[str], number: int) -> tuple[Verdict, ...]:
    """The verdicts on one column under a name that says nothing."""
    del family
    name = _OPAQUE[number % len(_OPAQUE)]
    batch = pa.record_batch({name: pa.array(values, pa.string())})
    (report, *_) = verdicts(
        examine(batch, _detectors()), [Column(name, "text")], _detectors(), "t1"
    )
    return report.verdicts


@cache
def _detectors() -> tuple[object, ...]:
    return load()


def _numbers(rng: random.Random, n: int) -> list[str]:
    """Random digits of one length, from 5 to 20."""
    width = rng.randint(5, 20)
    return [f"{rng.randrange(10**width):0{width}d}" for _ in range(n)]


def _serials(rng: random.Random, n: int) -> list[str]:
    """A counter with a fixed beginning: digits, or letters and digits."""
    head = "".join(rng.choices(rng.choice((string.digits, _BASE36)), k=rng.randint(0, 6)))
    width, step = rng.randint(4, 14), rng.choice((1, 1, 1, 2, 7, 10))
    first = rng.randrange(10 ** (width - 1))
    return [f"{head}{(first + i * step) % 10**width:0{width}d}" for i in range(n)]


def _mobile_serials(rng: random.Random, n: int) -> list[str]:
    """Eleven digits counted up from some number that begins with 1: member numbers."""
    first = rng.randrange(13 * 10**9, 2 * 10**10)
    return [str(first + i * rng.choice((1, 1, 3))) for i in range(n)]


def _orders(rng: random.Random, n: int) -> list[str]:
    """Order numbers: a day or a second, and a count or chance."""
    form = rng.choice(("%Y%m%d", "%y%m%d", "%Y%m%d%H%M%S", "%y%m%d%H%M%S"))
    width, head = rng.randint(3, 10), rng.choice(("", "", "SO", "DD", "PO-", "WX", "4", "10"))
    return [
        f"{head}{lookalikes.moment(rng).strftime(form)}{rng.randrange(10**width):0{width}d}"
        for _ in range(n)
    ]


def _regional(rng: random.Random, n: int) -> list[str]:
    """Serials built like identity numbers: region, day, count, and no check digit."""
    return [lookalikes.identity_shaped(rng) for _ in range(n)]


def _snowflakes(rng: random.Random, n: int) -> list[str]:
    """Ids of 17 to 19 digits that grow with time."""
    shift = rng.choice((0, 5, 10))
    return [str(lookalikes.snowflake(rng) >> shift) for _ in range(n)]


def _times(rng: random.Random, n: int) -> list[str]:
    """Times: seconds, milliseconds, microseconds, or as databases and people write them."""
    form = rng.choice(
        ("s", "ms", "us", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日", "%H:%M")
    )
    moments = [lookalikes.moment(rng) for _ in range(n)]
    if form in ("s", "ms", "us"):
        scale = {"s": 1, "ms": 1000, "us": 1_000_000}[form]
        return [str(int(m.timestamp() * scale) + rng.randrange(scale)) for m in moments]
    return [m.strftime(form) for m in moments]


def _waybills(rng: random.Random, n: int) -> list[str]:
    """Parcels: a carrier's letters or first digits, and 10 to 15 digits."""
    head = rng.choice(("SF", "YT", "JD", "JT", "ZTO", "EMS", "75", "31", "43", "98", "62", "1"))
    width = rng.randint(10, 15) - len(head) * head.isdigit()
    return [f"{head}{rng.randrange(10**width):0{width}d}" for _ in range(n)]


def _barcodes(rng: random.Random, n: int) -> list[str]:
    """Articles: EAN of 13 digits, or 8, 12, 14 digits."""
    if rng.random() < 0.5:
        return [lookalikes.barcode(rng) for _ in range(n)]
    width, head = rng.choice((8, 12, 14)), rng.choice(("69", "4", "0"))
    return [
        f"{head}{rng.randrange(10 ** (width - len(head))):0{width - len(head)}d}" for _ in range(n)
    ]


def _product_codes(rng: random.Random, n: int) -> list[str]:
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


def _amounts(rng: random.Random, n: int) -> list[str]:
    """Money, counts, rates and measures."""
    places, scale = rng.choice((0, 1, 2, 2, 2, 4, 6)), rng.choice((0.01, 1, 100, 10_000))
    sign = rng.choice(("", "", "¥", "-"))
    return [f"{sign}{lookalikes.amount(rng) * scale:.{places}f}" for _ in range(n)]


def _small_numbers(rng: random.Random, n: int) -> list[str]:
    """Counts, ages of things, scores, codes: whole numbers up to some bound."""
    top = rng.choice((2, 3, 5, 10, 60, 100, 120, 1000, 99_999))
    return [str(rng.randrange(top)) for _ in range(n)]


def _versions(rng: random.Random, n: int) -> list[str]:
    """Versions of two to four numbers."""
    parts, head = rng.randint(2, 4), rng.choice(("", "v", "V"))
    return [head + ".".join(str(rng.randint(0, 30)) for _ in range(parts)) for _ in range(n)]


def _uuids(rng: random.Random, n: int) -> list[str]:
    """UUIDs, with hyphens, without, in capitals."""
    form = rng.choice((str, str.upper, lambda u: u.replace("-", "")))
    return [form(lookalikes.random_uuid(rng)) for _ in range(n)]


def _digests(rng: random.Random, n: int) -> list[str]:
    """Hexadecimal digests and keys of some length."""
    width = rng.choice((8, 12, 14, 16, 24, 32, 40, 64))
    return [f"{rng.getrandbits(4 * width):0{width}x}" for _ in range(n)]


def _tokens(rng: random.Random, n: int) -> list[str]:
    """Random letters and digits: short links, invitations, object ids."""
    alphabet = rng.choice((_BASE36, string.ascii_letters + string.digits, string.ascii_lowercase))
    width = rng.choice((4, 6, 8, 10, 17, 18, 20, 22, 24, 28))
    return ["".join(rng.choices(alphabet, k=width)) for _ in range(n)]


def _paths(rng: random.Random, n: int) -> list[str]:
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


def _geometry(rng: random.Random, n: int) -> list[str]:
    """Sizes and ratios: 20x30x40, 16:9, 1920*1080, 3/4."""
    sign, parts = rng.choice("x*:/×-"), rng.choice((2, 2, 3))
    return [sign.join(str(rng.randrange(1, 2000)) for _ in range(parts)) for _ in range(n)]


def _logs(rng: random.Random, n: int) -> list[str]:
    """Sentences of logs and remarks with numbers in them."""
    form = rng.choice(
        (
            "订单{o}支付成功，金额{a}元",
            "批次{s}入库，共{c}件，货架{c}",
            "INFO task={c} cost={c}ms trace={h}",
            "库存不足：商品{s}，剩余{c}",
            "第{c}批 {p} 已发货，运单{w}",
            "{p}规格{c}*{c}，产地{l}",
        )
    )
    goods, places = put_together(GOODS, rng, 50), put_together(PLACES_OF, rng, 50)
    return [
        form.format(
            o=lookalikes.order_number(rng),
            a=lookalikes.amount(rng),
            s=lookalikes.serial(rng),
            c=rng.randrange(1, 9999),
            h=f"{rng.getrandbits(64):016x}",
            p=rng.choice(goods),
            w=lookalikes.waybill(rng),
            l=rng.choice(places),
        )
        for _ in range(n)
    ]


def _of(parts: tuple[tuple[str, ...], ...]) -> Family:
    def column(rng: random.Random, n: int) -> list[str]:
        few = put_together(parts, rng, rng.choice((8, 40, 300, n)))
        return [rng.choice(few) for _ in range(n)]

    return column


def _words(tags: tuple[str, ...], least: int, most: int) -> Family:
    """Words of the dictionary with these parts of speech, of so many characters."""

    def column(rng: random.Random, n: int) -> list[str]:
        few = rng.sample(_dictionary(tags, least, most), rng.choice((10, 60, 400, 1000)))
        return [rng.choice(few) for _ in range(n)]

    return column


@cache
def _dictionary(tags: tuple[str, ...], least: int, most: int) -> list[str]:
    found = importlib.util.find_spec("jieba")
    if found is None or found.origin is None:
        raise SystemExit("words come from jieba's dictionary: pip install jieba")
    lines = Path(found.origin).with_name("dict.txt").read_text("utf-8").splitlines()
    entries = (line.split(" ") for line in lines)
    return [w for w, _, tag in entries if tag in tags and least <= len(w) <= most]


FAMILIES: Mapping[str, Family] = {
    "amounts": _amounts,
    "barcodes": _barcodes,
    "companies": _of(COMPANIES),
    "digests": _digests,
    "dishes": _of(DISHES_OF),
    "films": _of(FILMS_OF),
    "goods": _of(GOODS),
    "idioms": _words(("i", "l"), 4, 8),
    "institutions": _words(("nt",), 3, 12),
    "jobs": _of(JOBS),
    "logs": _logs,
    "member numbers": _mobile_serials,
    "nouns": _words(("n",), 2, 4),
    "orders": _orders,
    "paths": _paths,
    "places": _of(PLACES_OF),
    "product codes": _product_codes,
    "random numbers": _numbers,
    "regional serials": _regional,
    "serials": _serials,
    "sizes": _geometry,
    "small numbers": _small_numbers,
    "snowflakes": _snowflakes,
    "times": _times,
    "tokens": _tokens,
    "uuids": _uuids,
    "verbs": _words(("v", "vn", "a"), 2, 4),
    "versions": _versions,
    "waybills": _waybills,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--columns", type=int, default=2000)
    parser.add_argument("--rows", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    begun = time.perf_counter()
    false, maybe = collections.Counter[str](), collections.Counter[str]()
    for number, (family, values) in enumerate(made(args.seed, args.columns, args.rows)):
        for verdict in judged(family, values, number):
            if verdict.level is Level.POSSIBLE:
                maybe[f"{family} as {verdict.kind}"] += 1
            else:
                false[f"{family} as {verdict.kind}"] += 1
                reasons = "; ".join(f"{r.weight:+.1f} {r.text}" for r in verdict.reasons)
                what = f"{family} {number} as {verdict.kind} {verdict.confidence:.3f}"
                print(f"false: {what}: {reasons}")
    took = time.perf_counter() - begun
    print(f"{args.columns} columns of {args.rows} values in {len(FAMILIES)} families, {took:.0f} s")
    print(f"named at likely or above: {false.total()}; listed as possible: {maybe.total()}")
    for what, count in [*false.most_common(), *maybe.most_common()]:
        print(f"    {count:4} {what}")
    return bool(false)


if __name__ == "__main__":
    sys.exit(main())
