"""Names of columns that are values: a row of data taken as the header, people as keys of JSON.

A name is shown wherever a column is, so a value must not become one. A name counts as a value
where it is an identifier; where it is of the kind that its own column holds; and where most of
the short Chinese names beside it are names of persons or addresses. Words known from headers
(`detectors.header_words`) stay.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pyarrow as pa

from connectors.base import Column
from detectors.base import Detector, Proof
from detectors.header_words import folded, words
from detectors.keyed import listed
from detectors.texts import Texts
from scanner.model import ColumnProfile, Profile

_NUMBERED = re.compile(r" \(\d+\)$")  # of two columns with one path
_PART = re.compile(r"[^.\[\]]+")
SHORT_HAN = re.compile(r"[\u3400-\u9fff]{2,4}")
IDENTIFIERS = listed(
    "id_card foreign_resident_id hk_id taiwan_id mobile landline email bank_card payment_account "
    "uscc plate vin openid wechat ip device_id password secret"
)
PERSONAL = frozenset({"name", "address"})
_OWN = 0.5  # of a column's values are of the kind that its name is
_AMONG = 0.6  # of the short Chinese names of one parent are persons or addresses
_FEWEST = 2
_VAGUE = 0.1  # of look-alikes have the form: then the form alone makes no value


@dataclass(frozen=True, slots=True)
class _Segment:
    """One name on a path: what stands before it, itself, and the paths that end with it."""

    parent: str
    name: str
    own: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        return self.parent + self.name


def values_among(
    paths: Sequence[str], profile: Profile, detectors: Sequence[Detector]
) -> dict[str, str]:
    """The path up to each name that is a value, with a neutral name (`column_2`) for it.

    `paths` are the columns as their source names them: a dot within one splits nothing.
    """
    families = _families(paths, profile)
    fits = fitting({s.name for family in families for s in family}, detectors)
    found: dict[str, str] = {}
    for family in families:
        chosen = {s.prefix for s in family if _is_value(s, fits[s.name], profile)}
        chosen |= {s.prefix for s in _people(family, fits)}
        taken = {s.name for s in family}
        for place, segment in enumerate(family, 1):
            if segment.prefix in chosen:
                found[segment.prefix] = name = _free(f"column_{place}", taken)
                taken.add(name)
    return found


def neutral(
    profile: Profile, columns: Sequence[Column], detectors: Sequence[Detector]
) -> tuple[Profile, tuple[Column, ...], int]:
    """Profile and columns without values for names, and how many names were replaced."""
    declared = [column.name for column in columns]
    values = values_among(declared, profile, detectors)
    if not values:
        return profile, tuple(columns), 0
    flat = frozenset(declared)
    held = {
        _renamed(path, flat, values): replace(
            one,
            unsalted={
                (name, _renamed(other, flat, values)): found
                for (name, other), found in one.unsalted.items()
            },
        )
        for path, one in profile.columns.items()
    }
    shown = tuple(replace(c, name=_renamed(c.name, flat, values)) for c in columns)
    return Profile(profile.rows, held), shown, len(values)


def _families(paths: Sequence[str], profile: Profile) -> list[list[_Segment]]:
    """The segments of all paths, each once, those of one parent together and in order."""
    flat = frozenset(paths)
    families: dict[str, dict[str, _Segment]] = {}
    for path in dict.fromkeys((*paths, *profile.columns)):
        spans = list(_spans(path, flat))
        for place, (start, end) in enumerate(spans, 1):
            family = families.setdefault(path[:start], {})
            one = family.setdefault(path[start:end], _Segment(path[:start], path[start:end]))
            if place == len(spans) and path in profile.columns:
                family[one.name] = replace(one, own=(*one.own, path))
    return [list(family.values()) for family in families.values()]


def _spans(path: str, flat: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where each name on a path begins and ends; the first is the column's."""
    end = len(path)
    if path not in flat and (numbered := _NUMBERED.search(path)):
        end = numbered.start()
    cuts = (at for at in range(end + 1) if at == end or path[at] in ".[")
    head = end if path in flat else next((at for at in cuts if path[:at] in flat), 0)
    if head:
        yield 0, head
    yield from (found.span() for found in _PART.finditer(path, head, end))


def _renamed(path: str, flat: frozenset[str], values: Mapping[str, str]) -> str:
    out, done = "", 0
    for start, end in _spans(path, flat):
        out += path[done:start] + values.get(path[:end], path[start:end])
        done = end
    return out + path[done:]


def fitting(names: Iterable[str], detectors: Sequence[Detector]) -> dict[str, set[str]]:
    """The kinds that each name is a whole value of; none for a word known from headers."""
    known = words().exact
    listed = sorted(names)
    texts = Texts(pa.array(listed, pa.large_string()))
    fits: dict[str, set[str]] = {name: set() for name in listed}
    for detector in detectors:
        if texts.most_digits < detector.digits:
            continue
        found = detector.find(texts)
        cores = texts.cores.take(found.rows)
        whole = (found.starts <= cores.starts) & (found.ends >= cores.ends)
        if detector.shape_chance > _VAGUE:
            whole &= found.proofs == Proof.CHECKED
        for row in found.rows[whole].tolist():
            if detector.kind in IDENTIFIERS or folded(listed[row]) not in known:
                fits[listed[row]].add(detector.kind)
    return fits


def _is_value(segment: _Segment, fits: set[str], profile: Profile) -> bool:
    """Is the name an identifier, or of the kind that at least half of its column is?"""
    own = [profile.columns[path] for path in segment.own]
    return bool(fits & IDENTIFIERS) or any(
        _share(column, kind) >= _OWN for kind in fits for column in own
    )


def _share(column: ColumnProfile, kind: str) -> float:
    found = column.evidence.get(kind)
    return found.whole / column.filled if found and column.filled else 0.0


def _people(family: Sequence[_Segment], fits: Mapping[str, set[str]]) -> list[_Segment]:
    """Those of the short Chinese names that are persons or addresses, where most are."""
    short = [s for s in family if SHORT_HAN.fullmatch(s.name)]
    persons = [s for s in short if fits[s.name] & PERSONAL]
    enough = len(persons) >= max(_FEWEST, _AMONG * len(short))
    return persons if enough else []


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name
