"""A detector out of a description: a pattern, check digits, the words before a value."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from detectors.base import Detector, Matches
from detectors.catalogue import Kind
from detectors.named_checks import Check
from detectors.shapes import Shape
from detectors.texts import Bytes, Flags, Ints, Texts

_TAIL = 64  # bytes before a value in which a word is looked for
_FOLD = 0x20  # what a small letter has more than its capital
_WORD = frozenset(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


@dataclass(frozen=True, slots=True)
class Chances:
    """How often look-alikes are proven, and are found at all."""

    proven: float
    found: float


class OwnDetector(Detector):
    """Finds what a pattern describes; the checks prove a match or refute it, all of them together.

    `keys` are words that prove a match which they stand before. Without checks a match is of the
    form only; `proven` stays 0, as what a check refutes is no match.
    """

    def __init__(
        self,
        kind: str,
        shape: Shape,
        checks: Sequence[Check] = (),
        keys: Sequence[str] = (),
        described: Kind | None = None,
        chances: Chances = Chances(1.0, 1.0),
        *,
        alone: bool = False,
    ) -> None:
        self.shape, self.checks, self.keys = shape, tuple(checks), tuple(keys)
        # What other detectors state once for their class, this one states for itself.
        vars(self).update(
            kind=kind,
            described=described,
            chance=chances.proven,
            shape_chance=chances.found,
            words=not shape.source.isascii() or r"\p{Han}" in shape.source,
            alone=alone,
        )

    def find(self, texts: Texts) -> Matches:
        """Every match that no check refutes."""
        starts, ends = self.shape.spans(texts)
        checked = np.zeros(len(starts), np.bool_)
        if self.checks and len(starts):
            good = self._passed(texts.cut(starts, ends))
            starts, ends, checked = starts[good], ends[good], np.ones(good.sum(), np.bool_)
        if self.keys and len(starts):
            checked |= self._led(texts, starts)
        return Matches.at(texts, starts, ends, checked)

    def _passed(self, values: Texts) -> Flags:
        """True for each value that all checks agree to."""
        passed = np.zeros(len(values), np.bool_)
        for rows, codes in _codes(values):
            passed[rows] = np.logical_and.reduce([check(codes) for check in self.checks])
        return passed

    def _led(self, texts: Texts, starts: Ints) -> Flags:
        """True where one of the words stands before a match."""
        begins = np.maximum(texts.offsets[texts.row_of(starts)], starts - _TAIL)
        words = "|".join(re.escape(word) for word in self.keys)
        pattern = rf"(?i)(?:^|[^0-9a-z])(?:{words})[\"'\s]{{0,3}}(?:[:=]|是|为)?[\"'\s\[(]{{0,3}}$"
        led = pc.match_substring_regex(texts.cut(begins, starts).array, pattern)
        return np.asarray(led, dtype=np.bool_)


def _codes(values: Texts) -> Iterator[tuple[Ints, Bytes]]:
    """The letters and digits of the values, capitals all, as a matrix for each length."""
    table = np.array([byte in _WORD for byte in range(256)])
    kept = table[values.data]
    data = values.data[kept]
    data = np.where(data >= ord("a"), data - np.uint8(_FOLD), data)
    offsets = np.concatenate(([0], np.cumsum(kept)))[values.offsets]
    lengths = np.diff(offsets)
    for length in np.unique(lengths[lengths > 1]):
        rows = np.flatnonzero(lengths == length)
        yield rows, data[offsets[:-1][rows][:, None] + np.arange(length)]
