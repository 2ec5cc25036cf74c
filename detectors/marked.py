"""Detectors for values that carry a mark of what they are: `AKIA...`, `ghp_...`, `$2b$12$...`."""

from abc import ABC
from functools import cache
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.base import Matches, Proof
from detectors.codes import apart
from detectors.credentials import Places
from detectors.keyed import WordedDetector
from detectors.keys import keys
from detectors.texts import Bytes, Flags, Ints, Texts
from detectors.units import gathered

_LETTERS = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHORTEST = 16  # bytes of a marked value
_QUOTES = {ord("'"): ord("'"), ord('"'): ord('"'), ord(">"): ord("<")}
_STOPS = np.frombuffer(b".,", np.uint8)  # the end of a sentence or of a clause


class MarkedDetector(WordedDetector, ABC):
    """Finds marked values anywhere, proven, and others as a `WordedDetector` does.

    A marked value goes from one of the `beginnings` (RE2) to the end of a run of letters, digits
    and `joints`, and fits `shape` as a whole. What stands at one of the `places` is proven too.
    """

    beginnings: ClassVar[str]
    shape: ClassVar[str]
    joints: ClassVar[bytes]
    places: ClassVar[Places]

    def find(self, texts: Texts) -> Matches:
        """Marked values, and what else there is beside them."""
        starts, ends = self._proven(texts)
        named, until = self._quoted(texts, *texts.shared(keys).of(self.keyed | {self.kind}))
        free = ~_overlapped(named, until, starts, ends)
        others = self.among(texts, named[free], until[free])
        others = others.take(~_overlapped(others.starts, others.ends, starts, ends))
        checked = np.concatenate((np.ones(len(starts), np.bool_), others.proofs == Proof.CHECKED))
        starts = np.concatenate((starts, others.starts))
        return Matches.at(texts, starts, np.concatenate((ends, others.ends)), checked)

    def _quoted(self, texts: Texts, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """The values behind a word; in quotes or a tag up to its end, where all that can be one."""
        quotes = texts.data[starts - 1]
        at = np.flatnonzero(np.isin(quotes, list(_QUOTES)))
        if not len(at):
            return starts, ends
        ends = ends.copy()
        for quote, last in _QUOTES.items():
            some = at[quotes[at] == quote]
            if not len(some):
                continue
            closing = np.append(np.flatnonzero(texts.data == last), len(texts.data))
            until = closing[np.searchsorted(closing, starts[some])]
            held = until < texts.offsets[texts.row_of(starts[some]) + 1]
            some, until = some[held], until[held]
            fits = self.named(texts.cut(starts[some], until))
            ends[some[fits]] = until[fits]
        starts, ends, _ = apart(starts, ends, np.ones(len(starts), np.int64))
        return starts, ends

    def _proven(self, texts: Texts) -> tuple[Ints, Ints]:
        """Marked values, and what stands where only such values stand."""
        starts, ends = self._marked(texts)
        placed, until = self.places.spans(texts)
        if not len(placed):
            return starts, ends
        starts, ends = np.concatenate((starts, placed)), np.concatenate((ends, until))
        starts, ends, _ = apart(starts, ends, np.full(len(starts), int(Proof.CHECKED)))
        return starts, ends

    def _marked(self, texts: Texts) -> tuple[Ints, Ints]:
        joined: Bytes = gathered(_table(self.joints), texts.data)
        runs = texts.runs(joined.view(np.bool_))
        runs = runs.take(runs.lengths >= _SHORTEST)
        if not len(runs.rows):
            return runs.starts, runs.ends
        behind = _mark(texts.cut(runs.starts, runs.ends), self.beginnings)
        runs, behind = runs.take(behind >= 0), behind[behind >= 0]
        starts = runs.starts + behind
        ends = runs.ends - np.isin(texts.data[runs.ends - 1], _STOPS)
        values = texts.cut(starts, np.maximum(starts, ends)).array
        fits = np.asarray(pc.match_substring_regex(values, f"^(?:{self.shape})$"), dtype=np.bool_)
        return starts[fits], ends[fits]


def _mark(runs: Texts, marks: str) -> Ints:
    """Where the first mark begins in each run, behind no letter or digit; -1 where none does."""
    out = np.full(len(runs), -1, np.int64)
    begun = np.asarray(pc.match_substring_regex(runs.array, f"^(?:{marks})"), dtype=np.bool_)
    out[begun] = 0
    inside = f"[^0-9A-Za-z](?:{marks})"
    left = np.flatnonzero(~begun)
    if not len(left):
        return out
    some = pc.match_substring_regex(runs.array.take(pa.array(left)), inside)
    left = left[np.asarray(some, dtype=np.bool_)]  # RE2 takes ten times as long to say where
    at = pc.find_substring_regex(runs.array.take(pa.array(left)), inside)
    out[left] = np.asarray(at, dtype=np.int64) + 1  # behind what is no letter
    return out


def _overlapped(begins: Ints, finishes: Ints, starts: Ints, ends: Ints) -> Flags:
    """True for what a span overlaps; spans in order, apart from each other."""
    if not len(starts):
        return np.zeros(len(begins), np.bool_)
    before = np.searchsorted(starts, finishes) - 1
    over: Flags = (before >= 0) & (ends[before] > begins)
    return over


@cache
def _table(joints: bytes) -> pa.Array:
    table = np.zeros(256, np.uint8)
    table[list(_LETTERS + joints)] = 1
    return pa.array(table)
