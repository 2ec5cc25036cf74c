"""Paths inside documents as they are shown: few of them, and no key that is a value.

Profiles of many batches may name more paths together than each did alone; and whether a key is
a name or somebody's can be told only when all is read.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from detectors.base import Detector
from scanner.documents.keys import ANY, ITEM, MANY, drawn_together, is_word, split
from scanner.headings import IDENTIFIERS, fitting
from scanner.model import ColumnProfile, Profile

_HEAD = re.compile(r"[.\[]")
_OWN = frozenset({ANY, ITEM, MANY})


@dataclass(frozen=True, slots=True)
class _End:
    """A path below a column, and the names on it that are left."""

    path: str
    rest: Sequence[str]


def document_paths(profile: Profile, declared: Container[str]) -> dict[str, str]:
    """The paths that lie inside the texts of another column, each with that column."""
    below = (path for path in profile.columns if path not in declared)
    found = ((path, _head(path, profile.columns)) for path in below)
    return {path: head for path, head in found if head}


def _head(path: str, columns: Container[str]) -> str:
    """The shortest column that a path lies below."""
    heads = (path[: mark.start()] for mark in _HEAD.finditer(path))
    return next((head for head in heads if head in columns), "")


def bounded(profile: Profile, declared: Container[str]) -> Profile:
    """The profile with the paths inside each column drawn together where they are too many."""
    return _renamed(profile, dict(_bounds(document_paths(profile, declared))))


def settled(profile: Profile, declared: Container[str], detectors: Sequence[Detector]) -> Profile:
    """The profile with paths as they are shown: `{}` for every key that is or may be a value."""
    profile = bounded(profile, declared)
    paths = document_paths(profile, declared)
    if not paths:
        return profile
    names = {name for path, head in paths.items() for name in split(path[len(head) :])}
    fits = fitting(names - _OWN, detectors)
    renamed: dict[str, str] = {}
    for head, inner in _by_head(paths).items():
        ends = [_End(path, split(path)) for path in inner]
        renamed |= {head + path: head + shown for path, shown in _shown(ends, "", fits)}
    return _renamed(profile, renamed)


def _by_head(paths: Mapping[str, str]) -> dict[str, list[str]]:
    """The paths below each column, without its name."""
    out: dict[str, list[str]] = {}
    for path, head in paths.items():
        out.setdefault(head, []).append(path[len(head) :])
    return out


def _bounds(paths: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for head, inner in _by_head(paths).items():
        named = drawn_together(inner, is_word)
        yield from ((head + path, head + name) for path, name in named.items())


def _renamed(profile: Profile, names: Mapping[str, str]) -> Profile:
    if all(path == name for path, name in names.items()):
        return profile
    columns: dict[str, ColumnProfile] = {}
    for path, held in profile.columns.items():
        name = names.get(path, path)
        columns[name] = columns.get(name, ColumnProfile()) + held
    return Profile(profile.rows, columns)


def _shown(
    ends: Sequence[_End], above: str, fits: Mapping[str, set[str]]
) -> Iterator[tuple[str, str]]:
    """Each path with the one to show: from the top, as keys that become one share all below."""
    yield from ((end.path, above) for end in ends if not end.rest)
    below = [end for end in ends if end.rest]
    values = _values(below, fits)
    groups: dict[str, list[_End]] = {}
    for end in below:
        name, *rest = end.rest
        shown = ANY if name in values or name == MANY else name
        groups.setdefault(shown, []).append(_End(end.path, rest))
    for name, inner in groups.items():
        step = name if name == ITEM else f".{name}"
        yield from _shown(inner, above + step, fits)


def _values(ends: Sequence[_End], fits: Mapping[str, set[str]]) -> set[str]:
    """The keys that are values, or may be: only words that headers are made of are shown."""
    keys = {end.rest[0] for end in ends} - _OWN
    unknown = {key for key in keys if not is_word(key)}
    return unknown | {key for key in keys if fits[key] & IDENTIFIERS}
