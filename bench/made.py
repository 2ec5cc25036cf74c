"""Columns of every kind and of none, made from a seed, with the truth about each."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from bench.kind_values import SILENT, VALUES
from bench.negatives import FAMILIES
from detectors.catalogue import kinds
from sample_data.people import people

_OPAQUE = ("c7", "f_3", "col12", "v1", "attr_b", "data4")
_HEADINGS = 2  # headers of each strength that a kind's columns get
# Headers of tables that hold no person, over look-alikes.
_THINGS = (
    ("order_no", "", "t_order"),
    ("code", "编码", "sys_dict"),
    ("name", "", "goods"),
    ("remark", "备注", "t_stock"),
    ("batch_no", "批次号", "t_stock"),
    ("title", "标题", "cms_article"),
    ("value", "参数值", "sys_config"),
    ("amount", "金额", "t_bill"),
)
# Names that mean a kind in one table and something else in another: values decide.
_COLLIDING = ("sj", "xh", "bm", "jg", "mz", "bh", "jd", "kh", "zz", "zjhm", "yhkh", "jszh")


@dataclass(frozen=True, slots=True)
class Made:
    """A column: its name, comment and table, its values, and the kind it holds ("" for none).

    `telling` is how the header names the kind: strong, medium, weak, wrong or opaque.
    """

    column: str
    comment: str
    table: str
    values: tuple[str, ...]
    kind: str
    telling: str
    family: str


def columns(seed: int, rows: int = 300) -> Iterator[Made]:
    """Every kind, every way to write it, under every sort of header; then columns of none."""
    for kind, makers in VALUES.items():
        for number, make in enumerate(makers):
            rng = random.Random(f"{seed} {kind} {number}")
            values = tuple(make(person, rng) for person in people(rng, rows))
            family = f"{kind} {number}"
            for telling, column, comment in _headers(kind, rng):
                yield Made(column, comment, "t_a", values, kind, telling, family)
            opaque = rng.choice(_OPAQUE)
            if (kind, number) not in SILENT:
                yield Made(opaque, "", "t_a", values, kind, "opaque", family)
    yield from _of_none(seed, rows)


def _headers(kind: str, rng: random.Random) -> Iterator[tuple[str, str, str]]:
    """Words of each strength, as the name of the column or as its comment."""
    for strength in ("strong", "medium", "weak"):
        listed = kinds()[kind].words[strength]
        for word in rng.sample(listed, min(_HEADINGS, len(listed))):
            if word.isascii():
                yield strength, word.replace(" ", "_"), ""
            else:
                yield strength, rng.choice(_OPAQUE), word


def _of_none(seed: int, rows: int) -> Iterator[Made]:
    for family, make in FAMILIES.items():
        for number in range(4):
            rng = random.Random(f"{seed} {family} {number}")
            values = tuple(make(rng, rows))
            yield Made(rng.choice(_OPAQUE), "", "t_a", values, "", "opaque", family)
            column, comment, table = rng.choice(_THINGS)
            yield Made(column, comment, table, values, "", "thing", family)
            yield Made(rng.choice(_COLLIDING), "", "t_a", values, "", "weak", family)
