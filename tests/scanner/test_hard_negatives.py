"""Columns that look like numbers of people and are none: values alone name no kind."""

import random
import uuid
from collections.abc import Callable

import pyarrow as pa
import pytest

from connectors.base import Column
from detectors import registry
from scanner.examine import examine
from scanner.model import Level
from scanner.verdict import verdicts

DETECTORS = registry.load()
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
ANY = LETTERS + "0123456789"
Make = Callable[[random.Random, int], object]


def day(r: random.Random) -> str:
    return f"20{r.randint(10, 24)}{r.randint(1, 12):02d}{r.randint(1, 28):02d}"


def drawn(r: random.Random, size: int, chars: str = "0123456789") -> str:
    return "".join(r.choices(chars, k=size))


NEGATIVES: list[tuple[str, Make]] = [
    ("order of the day and 10", lambda r, _: day(r) + drawn(r, 10)),
    ("order of the day and 6", lambda r, _: day(r) + drawn(r, 6)),
    ("order with letters", lambda r, _: "SO" + day(r) + drawn(r, 4)),
    ("snowflake", lambda r, n: 1_700_000_000_000_000_000 + (n << 22) + r.randrange(1 << 22)),
    ("seconds", lambda r, _: 1_600_000_000 + r.randrange(10**8)),
    ("milliseconds", lambda r, _: 1_600_000_000_000 + r.randrange(10**11)),
    ("days", lambda r, _: day(r)),
    ("times", lambda r, _: f"{r.randrange(24):02d}:{r.randrange(60):02d}:{r.randrange(60):02d}"),
    ("waybill SF", lambda r, _: "SF" + drawn(r, 13)),
    ("waybill YT", lambda r, _: "YT" + drawn(r, 13)),
    ("waybill of 12 digits", lambda r, _: "75" + drawn(r, 10)),
    ("serial of 8", lambda r, n: 65_000_000 + n),
    ("serial of 11 behind 0", lambda r, n: f"{n:011d}"),
    ("serial of 15 behind 86", lambda r, n: f"86{n:013d}"),
    ("serial of 18 behind 91", lambda r, n: f"911101{n:012d}"),
    ("serial of 16", lambda r, n: f"2024{n:012d}"),
    ("count", lambda r, n: n + 1),
    ("random 5", lambda r, _: drawn(r, 5)),
    ("random 6", lambda r, _: drawn(r, 6)),
    ("random 8", lambda r, _: drawn(r, 8)),
    ("random 9", lambda r, _: drawn(r, 9)),
    ("random 10", lambda r, _: drawn(r, 10)),
    ("random 12", lambda r, _: drawn(r, 12)),
    ("random 15", lambda r, _: drawn(r, 15)),
    ("random 16", lambda r, _: drawn(r, 16)),
    ("random 17", lambda r, _: drawn(r, 17)),
    ("random 18", lambda r, _: drawn(r, 18)),
    ("random 20", lambda r, _: drawn(r, 20)),
    ("letter and 7", lambda r, _: drawn(r, 1, LETTERS) + drawn(r, 7)),
    ("letter and 8", lambda r, _: drawn(r, 1, LETTERS) + drawn(r, 8)),
    ("C and 8", lambda r, _: "C" + drawn(r, 8)),
    ("H and 8", lambda r, _: "H" + drawn(r, 8)),
    ("letter and 9", lambda r, _: drawn(r, 1, LETTERS) + drawn(r, 9)),
    ("A1 and 8", lambda r, _: "A1" + drawn(r, 8)),
    ("three letters and 12", lambda r, _: drawn(r, 3, LETTERS) + drawn(r, 12)),
    ("17 of any", lambda r, _: drawn(r, 17, ANY)),
    ("18 of any", lambda r, _: drawn(r, 18, ANY)),
    ("28 of any", lambda r, _: drawn(r, 28, ANY + LETTERS.lower())),
    ("sku", lambda r, _: f"{drawn(r, 3, LETTERS)}-{drawn(r, 4)}-{drawn(r, 2, LETTERS)}"),
    ("bin", lambda r, _: f"{drawn(r, 1, LETTERS)}{drawn(r, 2)}-{drawn(r, 2)}-{drawn(r, 2)}"),
    ("part 4-8", lambda r, _: f"{drawn(r, 4)}-{drawn(r, 8)}"),
    ("batch", lambda r, n: f"B{day(r)}-{n % 100:02d}"),
    ("amount", lambda r, _: f"{r.randrange(10**7) / 100:.2f}"),
    ("share", lambda r, _: f"{r.random():.6f}"),
    (
        "size",
        lambda r, _: f"{r.randrange(10, 400)}.{drawn(r, 2)},{r.randrange(10, 90)}.{drawn(r, 2)}",
    ),
    ("version", lambda r, _: f"{r.randrange(9)}.{r.randrange(30)}.{r.randrange(20)}"),
    (
        "version of four",
        lambda r, _: f"{r.randrange(20)}.{r.randrange(30)}.{r.randrange(20)}.{r.randrange(3000)}",
    ),
    ("UUID", lambda r, _: str(uuid.UUID(int=r.getrandbits(128)))),
    ("MD5", lambda r, _: f"{r.getrandbits(128):032x}"),
    ("16 hex", lambda r, _: f"{r.getrandbits(64):016x}"),
    ("14 hex", lambda r, _: f"{r.getrandbits(56):014x}"),
    ("12 hex", lambda r, _: f"{r.getrandbits(48):012X}"),
    ("sha1", lambda r, _: f"{r.getrandbits(160):040x}"),
    ("words", lambda r, _: r.choice(("status", "pending", "warehouse", "online_pay", "express"))),
    ("identifiers", lambda r, n: f"task_{n}_{drawn(r, 4)}"),
    ("colours and codes", lambda r, _: r.choice("红黄蓝新云") + drawn(r, 1, LETTERS) + drawn(r, 4)),
    ("room", lambda r, _: f"{r.randint(1, 20)}栋{drawn(r, 1, LETTERS)}{drawn(r, 4)}"),
    (
        "log",
        lambda r, n: f"job {drawn(r, 18)} on 10.0.{n % 7}.{n % 250} took {n} ms v{n % 9}.2.1.0",
    ),
    ("goods with a code", lambda r, _: f"螺丝 {drawn(r, 1, LETTERS)}{drawn(r, 7)} 现货"),
    ("goods with a long code", lambda r, _: f"箱号 {drawn(r, 18)} 入库"),
]


def named(make: Make) -> set[str]:
    rng = random.Random(20130410)
    values = [make(rng, n) for n in range(1000)]
    profile = examine(pa.table({"c1": pa.array(values)}), DETECTORS)
    (report,) = verdicts(profile, (Column("c1", "text"),), DETECTORS, "t_42")
    return {v.kind for v in report.verdicts if v.level is not Level.POSSIBLE}


@pytest.mark.parametrize("make", [pytest.param(make, id=name) for name, make in NEGATIVES])
def test_values_alone_name_nothing(make: Make) -> None:
    assert named(make) == set()
