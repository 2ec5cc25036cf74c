"""A file of detectors in YAML: read, found good entry by entry, made into detectors.

The keys of an entry are told in `docs/plugins.md`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from detectors import presidio
from detectors.base import Detector
from detectors.catalogue import GRADES, IDENTIFIES, STANDARDS, Kind, kinds
from detectors.lined import Fault, FaultError, Lined, PluginError, lined
from detectors.measured import TEMPLATES, chances, random
from detectors.named_checks import Check
from detectors.own import Chances, OwnDetector
from detectors.own_checks import checks
from detectors.own_kinds import joined, own_kind
from detectors.shapes import PatternError, Shape
from detectors.texts import Texts

_ABOUT = {"zh", "en", "group", "identifies", "sensitive", "grade"}
_KEYS = {"kind", "pattern", "check", "words", "keys", "examples", "alone", "chance"} | _ABOUT
_ID = re.compile(r"[a-z][a-z0-9_]{1,63}")
_STRENGTHS = ("strong", "medium", "weak")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A detector, how many examples it was tried on, whether its chance was measured or said."""

    detector: Detector
    examples: int
    measured: bool
    line: int = 0


def load_file(path: Path) -> tuple[Loaded, ...]:
    """The detectors of a file, with their examples tried and their chances measured.

    Raises:
        PluginError: something is wrong with it, all of which it says.
    """
    top = lined(path)
    faults: list[Fault] = []
    loaded: list[Loaded] = []
    try:
        entries, foreign = _parts(top)
    except FaultError as error:
        raise PluginError(str(path), (error.fault,)) from None
    for entry in entries:
        try:
            loaded.append(_loaded(entry))
        except FaultError as error:
            faults.append(error.fault)
    try:
        found = presidio.from_yaml(foreign, path.parent) if foreign else ()
        loaded += [Loaded(one, 0, measured=True, line=foreign.line) for one in found if foreign]
    except FaultError as error:
        faults.append(error.fault)
    faults += _twice(loaded)
    if faults:
        raise PluginError(str(path), tuple(sorted(faults, key=lambda fault: fault.line)))
    return tuple(loaded)


def _parts(top: Lined) -> tuple[list[Lined], Lined | None]:
    """The entries, and what is said of Presidio's recognizers."""
    if isinstance(top.value, list):
        return top.items("the file"), None
    if not isinstance(top.value, dict) or not top.value:
        top.fail("there is nothing in it: give a list of detectors, or `detectors:` with one")
    said = top.mapping("the file")
    for odd in said.keys() - {"detectors", "presidio"}:
        said[odd].fail(f"there is no '{odd}' here: a file has `detectors` and `presidio`")
    entries = said["detectors"].items("detectors") if "detectors" in said else []
    return entries, said.get("presidio")


def _twice(loaded: list[Loaded]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for one in loaded:
        kind = one.detector.kind
        if kind in seen:
            says = f"{kind} has a detector in line {seen[kind]} already: join the two patterns by |"
            yield Fault(one.line, says)
        seen.setdefault(kind, one.line)


def _loaded(entry: Lined) -> Loaded:
    said = entry.mapping("a detector")
    for odd in said.keys() - _KEYS:
        said[odd].fail(f"a detector has no '{odd}': it has {', '.join(sorted(_KEYS))}")
    for needed in ("kind", "pattern"):
        if needed not in said:
            entry.fail(f"a detector needs a {needed}: say it")
    try:
        shape = Shape.of(said["pattern"].of(str, "pattern"))
    except PatternError as error:
        said["pattern"].fail(str(error))
    kind, described = _kind(said)
    checked = checks(said["check"]) if "check" in said else ()
    keys = said["keys"].texts("keys") if "keys" in said else ()
    if not keys and described:
        keys = described.words["strong"]
    alone = said["alone"].of(bool, "alone") if "alone" in said else False
    detector = OwnDetector(kind, shape, checked, keys, described, alone=alone)
    examples = _tried(detector, said["examples"]) if "examples" in said else 0
    told, measured = _chances(said, shape, checked, keys)
    detector = OwnDetector(kind, shape, checked, keys, described, told, alone=alone)
    return Loaded(detector, examples, measured, said["kind"].line)


def _chances(
    said: Mapping[str, Lined], shape: Shape, checked: tuple[Check, ...], keys: tuple[str, ...]
) -> tuple[Chances, bool]:
    """As measured on look-alikes; a chance that is said takes the place of the one measured."""
    trial = OwnDetector("trial", shape, checked, keys)
    seen = chances(trial, shape.samples(TEMPLATES, random()))
    if "chance" not in said:
        return (seen if checked else replace(seen, proven=seen.found)), True
    stated = said["chance"].value
    fits = isinstance(stated, int | float) and not isinstance(stated, bool) and 0 < stated < 1
    if not fits:
        said["chance"].fail("chance is how often a look-alike passes: more than 0, less than 1")
    stated = float(str(stated))
    return Chances(stated, max(stated, seen.found) if checked else stated), False


def _kind(said: Mapping[str, Lined]) -> tuple[str, Kind | None]:
    """The id, and what the kind is where the catalogue does not say it or words are added."""
    id_ = said["kind"].of(str, "kind")
    words = _words(said["words"]) if "words" in said else {}
    if id_ in kinds():
        for odd in sorted(said.keys() & _ABOUT):
            said[odd].fail(f"the catalogue says what {id_} is: leave `{odd}` out")
        return id_, own_words(kinds()[id_], words) if words else None
    if not _ID.fullmatch(id_):
        said["kind"].fail("a kind is named by small letters, digits and _, a letter first")
    for needed in ("zh", "en"):
        if needed not in said:
            said["kind"].fail(f"{id_} is a new kind: give it `zh` and `en`, its titles")
    return id_, own_kind(
        id_,
        said["zh"].of(str, "zh"),
        said["en"].of(str, "en"),
        said["group"].of(str, "group") if "group" in said else "own",
        _one_of(said, "identifies", IDENTIFIES, "alone"),
        _sensitive(said["sensitive"]) if "sensitive" in said else STANDARDS,
        _one_of(said, "grade", GRADES, ""),
        words,
    )


def own_words(kind: Kind, words: Mapping[str, tuple[str, ...]]) -> Kind:
    """The kind with these header words instead of its own, which the catalogue has."""
    own = {name: words.get(name, ()) for name in kind.words}
    return replace(kind, words=own, sensitive=dict(kind.sensitive))


def _words(said: Lined) -> dict[str, tuple[str, ...]]:
    words = {}
    for strength, listed in said.mapping("words").items():
        if strength not in _STRENGTHS:
            listed.fail(f"there are no {strength} words: sort them into {', '.join(_STRENGTHS)}")
        words[strength] = listed.texts(strength)
        for word in words[strength]:
            if not joined(word):
                listed.fail(f"'{word}' is no word of a header: it needs a letter")
    return words


def _one_of(said: Mapping[str, Lined], name: str, allowed: tuple[str, ...], default: str) -> str:
    if name not in said:
        return default
    value = said[name].value
    if value not in allowed:
        said[name].fail(f"{name} has to be one of {', '.join(filter(None, allowed))}")
    return str(value)


def _sensitive(said: Lined) -> tuple[str, ...]:
    if isinstance(said.value, bool):
        return STANDARDS if said.value else ()
    under = said.texts("sensitive")
    for odd in set(under) - set(STANDARDS):
        said.fail(f"there is no standard '{odd}': name some of {', '.join(STANDARDS)}, or none")
    return under


def _tried(detector: Detector, said: Lined) -> int:
    """How many examples there are, each of which came out as it should."""
    tried = 0
    groups = said.mapping("examples")
    for odd in groups.keys() - {"hits", "misses"}:
        groups[odd].fail("examples are `hits`, which are found, and `misses`, which are not")
    for name, listed in groups.items():
        for at, item in enumerate(listed.items(name), 1):
            text = item.of(str, f"each of the {name}")
            found = len(detector.find(Texts(pa.array([text], pa.large_string()))))
            if bool(found) != (name == "hits"):
                came = "is not found" if name == "hits" else "is found"
                item.fail(f"example {at} of the {name} {came}: mend pattern, check or example")
            tried += 1
    return tried
