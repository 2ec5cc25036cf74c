"""Samples from random blocks of a table that keeps its rows in blocks and can skip some."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyarrow as pa

from connectors.sql.rows import Reservoir

PARTS = 1 << 20  # a share is given as so many of these, for a hash to be compared with


@dataclass(frozen=True, slots=True)
class Blocks:
    """A table of `count` rows in blocks of `rows`; a sample comes from `spread` of them or more."""

    count: int
    rows: int
    spread: int
    thinned: bool = True  # can rows of a block be left out by chance?


Draw = Callable[[float, float], Iterator[pa.RecordBatch]]


def from_blocks(blocks: Blocks, wanted: int, seed: int, draw: Draw) -> Reservoir:
    """`wanted` rows, evenly; few rows of many blocks, because neighbours are alike.

    `draw` gives the rows that a share of the blocks has, less all but a share of the rows. It
    is asked again, for twice as much, where that was too little.
    """
    total = math.ceil(blocks.count / blocks.rows)
    enough = wanted * 1.1 + 4 * math.sqrt(wanted) + 10
    visited = max(enough / blocks.rows, blocks.spread)
    while True:
        visited = min(visited, total)
        share = min(1.0, enough * total / (visited * blocks.count)) if blocks.thinned else 1.0
        drawn = Reservoir(wanted, seed)
        for batch in draw(visited / total, share):
            drawn.add(batch)
        if drawn.seen >= wanted or (visited >= total and share >= 1):
            return drawn
        visited, enough = visited * 2, enough * 2
