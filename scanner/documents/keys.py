"""What a key is called on a path, and paths drawn together where keys are data."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from connectors.files.header import is_value
from detectors.header_words import folded, words
from detectors.tokens import tokens

ANY = "{}"  # stands for keys that are data: `data.{}.phone`
MANY = "{*}"  # stands for keys too many to be names
ITEM = "[]"
MOST_PATHS = 200  # below one column

_OWN = frozenset({ANY, MANY, ITEM})
_LONG = 64
_DATA = re.compile(
    r"\d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d|^\d+$"  # numbers, dates
    r"|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-|^(?=.*\d)[0-9a-fA-F]{16,}$"
    r"|[\x00-\x1f{}<>\"'\\，。；！？,;!?=&]"  # no name has these
)
_INDEX, _INNER = re.compile(r"\[\d*\]"), re.compile(r"\[([^\[\]]+)\]")  # `items[0][tel]`
# Keys that hold whatever is sent: nobody's, and no things either.
CARRIER = re.compile(
    r"(?i)(?:param|data|json|body|request|req|response|resp|result|res|payload|content|message|msg"
    r"|ext|extra|arg|input|output|detail|value|list|row|record|root|xml|entity|dto|vo)s?\d*"
)
_ITEM = "\x7f"
_BRACKETS = re.compile(r"[\[\]]+")
_SPLIT = re.compile(r"[^.\[\]]+|\[\]")

Told = Callable[[str], bool]


@lru_cache(65_536)
def label(key: str) -> str:
    """The key as it stands on a path, below its parent's: `.phone`; `.{}` where it is data."""
    parts = _BRACKETS.sub(".", _INNER.sub(r".\1", _INDEX.sub(_ITEM, key))).split(".")
    name = ".".join(part for part in parts if part.strip(_ITEM + " "))
    if not name or len(name) > _LONG or _DATA.search(name) or is_value(name):
        return f".{ANY}"
    return "." + name.replace(_ITEM, ITEM)


@dataclass(slots=True)
class _Place:
    """One name on a path: what lies below it, and the paths that end there."""

    below: dict[str, "_Place"] = field(default_factory=dict)
    ends: list[str] = field(default_factory=list)


def drawn_together(paths: Iterable[str], spared: Told) -> dict[str, str]:
    """What to call each path below one column, so that no more than `MOST_PATHS` are left.

    The keys of an object become one, `{*}`, where they are too many to be names, and stay so
    whatever is added; keys that `spared` knows as names go last.
    """
    root = _Place()
    for path in paths:
        place = root
        for part in split(path):
            place = place.below.setdefault(part, _Place())
        place.ends.append(path)
    most = MOST_PATHS
    while True:
        named = dict(_named(_Folder(most, spared if most > 1 else _nobody), [root], ""))
        if len(set(named.values())) <= MOST_PATHS or most <= 1:
            return named
        most //= 4


def split(path: str) -> list[str]:
    """The names on a path below its column, and `[]` for the items of a list."""
    return _SPLIT.findall(path)


@dataclass(frozen=True, slots=True)
class _Folder:
    most: int
    spared: Told


def _named(rule: _Folder, places: Sequence[_Place], path: str) -> Iterator[tuple[str, str]]:
    """Each path that ends at or below the places, which are one by now, with its new name."""
    below: dict[str, list[_Place]] = {}
    for place in places:
        yield from ((end, path) for end in place.ends)
        for name, inner in place.below.items():
            below.setdefault(name, []).append(inner)
    loose = [name for name in below if name not in _OWN and not rule.spared(name)]
    if MANY in below or len(loose) > rule.most:
        rest = [place for name in (*loose, ANY, MANY) for place in below.pop(name, [])]
        below[MANY] = rest
    for name, joined in below.items():
        yield from _named(rule, joined, path + (name if name == ITEM else f".{name}"))


@lru_cache(65_536)
def is_word(name: str) -> bool:
    """Is a name on a path one that says what lies there, as headers do?"""
    if folded(name) in words().exact or CARRIER.fullmatch(name):
        return True
    # Of Chinese only whole words count: a person's name may end in one.
    said = tokens(name) if name.isascii() else ()
    if len(said) == 1 and said[0].sense.kind:  # `lxr`, as headers in initials are read
        return True
    return bool(said) and all(token.known and not token.sense.initials for token in said)


def _nobody(_: str) -> bool:
    return False
