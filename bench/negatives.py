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
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pyarrow as pa

from bench import negative_codes
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
    "amounts": negative_codes.amounts,
    "barcodes": negative_codes.barcodes,
    "companies": _of(COMPANIES),
    "digests": negative_codes.digests,
    "dishes": _of(DISHES_OF),
    "films": _of(FILMS_OF),
    "goods": _of(GOODS),
    "idioms": _words(("i", "l"), 4, 8),
    "institutions": _words(("nt",), 3, 12),
    "jobs": _of(JOBS),
    "logs": _logs,
    "member numbers": negative_codes.mobile_serials,
    "nouns": _words(("n",), 2, 4),
    "orders": negative_codes.orders,
    "paths": negative_codes.paths,
    "places": _of(PLACES_OF),
    "product codes": negative_codes.product_codes,
    "random numbers": negative_codes.numbers,
    "regional serials": negative_codes.regional,
    "serials": negative_codes.serials,
    "sizes": negative_codes.geometry,
    "small numbers": negative_codes.small_numbers,
    "snowflakes": negative_codes.snowflakes,
    "times": negative_codes.times,
    "tokens": negative_codes.tokens,
    "uuids": negative_codes.uuids,
    "verbs": _words(("v", "vn", "a"), 2, 4),
    "versions": negative_codes.versions,
    "waybills": negative_codes.waybills,
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
