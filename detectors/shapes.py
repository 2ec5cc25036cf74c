r"""Patterns of users' own detectors: read, held within bounds, found in whole columns by RE2.

RE2 takes time in proportion to the text whatever the pattern is, so no pattern can hang a scan.
What RE2 does not know (look-around, back references) is refused, and so is what has no largest
length: values of a kind have one.
"""

import importlib
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.texts import Ints, Texts

# Python's own reader of patterns: the one that `re` uses, without a public name.
_READER: Any = importlib.import_module("re._parser")
LONGEST = 200  # characters of a value
_OPEN, _CLOSE = 1, 2  # control characters that stand around what RE2 found
_SOME = 8  # repetitions drawn where there is no bound
_HAN = "\u4e00-\u9fa5"
_ANY = tuple("0123456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ-_./: 天地人和")
_CATEGORIES = {
    "CATEGORY_DIGIT": "0123456789",
    "CATEGORY_SPACE": " ",
    "CATEGORY_WORD": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_",
}


class PatternError(ValueError):
    """One sentence that says what to change in a pattern."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A pattern without capturing groups, as RE2 takes it (`source`) and as Python reads it."""

    source: str
    readable: str

    @classmethod
    def of(cls, pattern: str) -> "Shape":
        """The pattern, found good.

        Raises:
            PatternError: RE2 does not take it, or it has no bounds.
        """
        source, readable = _rewritten(pattern)
        if "[:" in pattern or re.search(r"\\[pP](?!\{[Hh]an\})", pattern):
            message = "of classes by name only \\p{Han} is known: write the characters out"
            raise PatternError(message)
        try:
            pc.match_substring_regex(pa.array([""]), source)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            said = str(error).removeprefix("Invalid regular expression: ")
            message = f"RE2, which has no look-around, does not take the pattern: {said}"
            raise PatternError(message) from None
        shape = cls(source, readable)
        try:
            least, most = _tree(readable).getwidth()
        except (re.error, OverflowError) as error:
            message = f"the pattern cannot be read ({error}): write its characters out"
            raise PatternError(message) from None
        if _endless(_tree(readable)) or most > LONGEST:
            message = "the pattern has no end: bound every repetition, as in [0-9]{6,12}"
            raise PatternError(f"{message}, up to {LONGEST} characters in all")
        if least < 1:
            raise PatternError("the pattern matches the empty text: ask for one character at least")
        return shape

    def samples(self, count: int, random: Random) -> list[str]:
        """Texts that match, drawn at random."""
        tree = _tree(self.readable)
        return [_drawn(tree, random) for _ in range(count)]

    def spans(self, texts: Texts) -> tuple[Ints, Ints]:
        """First byte and byte after the last of every match with no letter or digit beside it."""
        rows = np.flatnonzero(pc.match_substring_regex(texts.array, self.source))
        if not len(rows):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        sizes = texts.lengths[rows]
        offsets = np.concatenate(([0], np.cumsum(sizes)))
        data = texts.cut(texts.offsets[rows], texts.offsets[rows + 1]).data.copy()
        data[(data == _OPEN) | (data == _CLOSE)] = ord(" ")
        buffers = [None, pa.py_buffer(offsets.astype(np.int64)), pa.py_buffer(data)]
        plain = pa.Array.from_buffers(pa.large_string(), len(rows), buffers)
        edged = rf"({self.source})([^0-9A-Za-z]|\z)"
        marked = pc.replace_substring_regex(plain, edged, "\x01\\1\x02\\2")
        out = np.frombuffer(marked.buffers()[2], np.uint8)
        starts, ends = np.flatnonzero(out == _OPEN), np.flatnonzero(out == _CLOSE)
        before = 2 * np.arange(len(starts))  # marks before each match
        starts, ends = starts - before, ends - before - 1
        row = np.searchsorted(offsets, starts, side="right") - 1
        shift = texts.offsets[rows[row]] - offsets[row]
        starts, ends = starts + shift, ends + shift
        free = texts.bordered(starts, ends)
        return starts[free], ends[free]


def drawn_from(pattern: str, count: int, random: Random) -> list[str]:
    """Texts that fit any pattern that Python can read, but for what it asks around a match.

    Raises:
        PatternError: Python cannot read it.
    """
    try:
        tree = _tree(_rewritten(pattern)[1])
    except (re.error, OverflowError) as error:
        raise PatternError(str(error)) from None
    return [_drawn(tree, random) for _ in range(count)]


def _tree(readable: str) -> Any:  # noqa: ANN401 (a type without a public name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of sets within sets
        return _READER.parse(readable, re.ASCII)


def _rewritten(pattern: str) -> tuple[str, str]:
    r"""The pattern without capturing groups; and with `\p{Han}` as Python can read it."""
    source, readable, inside, at = "", "", False, 0
    while at < len(pattern):
        step = pattern[at : at + 2] if pattern[at] == "\\" else pattern[at]
        han = pattern.startswith((r"\p{Han}", r"\p{han}"), at)
        step = pattern[at : at + 7] if han else step
        inside = (inside or step == "[") and step != "]"
        named = re.compile(r"\(\?P?<\w+>").match(pattern, at) if step == "(" else None
        at += len(named[0]) if named and not inside else len(step)
        plain = step == "(" and not inside and (named or not pattern.startswith("?", at))
        source += "(?:" if plain else step
        readable += (_HAN if inside else f"[{_HAN}]") if han else "(?:" if plain else step
    return source, readable


def _endless(tree: Any) -> bool:  # noqa: ANN401
    """Whether some repetition in it has no largest count."""
    return any(
        str(op).endswith("REPEAT") and value[1] == _READER.MAXREPEAT for op, value in _nodes(tree)
    )


def _nodes(tree: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401
    for op, value in tree:
        yield op, value
        for inner in value if isinstance(value, tuple) else ():
            for part in inner if isinstance(inner, list) else (inner,):
                if isinstance(part, _READER.SubPattern):
                    yield from _nodes(part)


def _drawn(tree: Any, random: Random) -> str:  # noqa: ANN401
    return "".join(_one(str(op), value, random) for op, value in tree)


def _one(op: str, value: Any, random: Random) -> str:  # noqa: ANN401
    if op in ("SUBPATTERN", "BRANCH"):
        return _drawn(value[-1] if op == "SUBPATTERN" else random.choice(value[1]), random)
    if op.endswith("REPEAT"):
        least, most, inner = value
        times = random.randint(least, most if most <= LONGEST else least + _SOME)
        return "".join(_drawn(inner, random) for _ in range(times))
    if op == "LITERAL":
        return chr(value)
    if op == "IN" and str(value[0][0]) != "NEGATE":
        return _member(value, random)
    fits = _FITS.get(op)  # an anchor fits nothing: it takes no character
    return random.choice([char for char in _ANY if fits and fits(ord(char), value)] or [""])


def _member(items: Any, random: Random) -> str:  # noqa: ANN401
    """A character of a class, each of its parts as likely as it is large."""
    spans: list[str | tuple[int, int]] = []
    weights = []
    for op, value in items:
        name = str(op)
        span = value if name == "RANGE" else (value, value) if name == "LITERAL" else None
        spans.append(span or _CATEGORIES.get(str(value), "-"))
        weights.append(span[1] - span[0] + 1 if span else len(spans[-1]))
    (chosen,) = random.choices(spans, weights)
    return random.choice(chosen) if isinstance(chosen, str) else chr(random.randint(*chosen))


def _in(code: int, items: Any) -> bool:  # noqa: ANN401
    negated = str(items[0][0]) == "NEGATE"
    held = any(
        (str(op) == "LITERAL" and code == value)
        or (str(op) == "RANGE" and value[0] <= code <= value[1])
        or (str(op) == "CATEGORY" and chr(code) in _CATEGORIES.get(str(value), ""))
        for op, value in items
    )
    return held != negated


_FITS: dict[str, Callable[[int, Any], bool]] = {
    "ANY": lambda code, _: code > 0,
    "NOT_LITERAL": lambda code, value: code != value,
    "IN": _in,
}
