"""Every detector there is: those of this package, of entry points, of files and of the caller."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType

import pyarrow as pa

import detectors
from detectors.base import Detector
from detectors.lined import Fault, PluginError
from detectors.own_file import load_file
from detectors.texts import Texts

GROUP = "picensus.detectors"
_TRIAL = ("", "1", "M12345678", "13800000000", "张三，住址：某路1号", "a@example.com", "x" * 100)


@dataclass(frozen=True, slots=True)
class Repertoire:
    """The detectors of one run, and sentences for its user: what did not load, what was replaced.

    Kinds travel with their detectors, so nothing else tells one run from another.
    """

    detectors: tuple[Detector, ...]
    notes: tuple[str, ...] = ()


def repertoire(files: Sequence[Path] = ()) -> Repertoire:
    """The detectors of this package, of installed plug-ins and of some files in YAML.

    An installed plug-in that is broken is left out, and told; a file that is named has to be
    whole.

    Raises:
        PluginError: a file is not.
    """
    notes: list[str] = []
    found = {detector.kind: detector for detector in _built_in()}
    own = set(found)
    for point in entry_points(group=GROUP):
        try:
            detector = _plugged(point)
        except PluginError as error:
            notes.append(str(error))
        else:
            found[detector.kind] = detector
    said: dict[str, Path] = {}
    for path in files:
        for loaded in load_file(path):
            detector = loaded.detector
            if detector.kind in said:
                message = f"{detector.kind} has a detector in {said[detector.kind]} already"
                raise PluginError(str(path), (Fault(loaded.line, f"{message}: leave one out"),))
            if detector.kind in own:
                notes.append(f"{path}: its detector of {detector.kind} replaces the built-in one")
            said[detector.kind], found[detector.kind] = path, detector
    return Repertoire(tuple(found[kind] for kind in sorted(found)), tuple(notes))


def load(extra: Iterable[Detector] = ()) -> tuple[Detector, ...]:
    """One instance of each detector, by kind; a later one replaces an earlier one of its kind.

    Order: this package, then installed plug-ins (entry points of the group
    `picensus.detectors`, each a `Detector` class), then `extra`.
    """
    found: dict[str, Detector] = {}
    for detector in (*_built_in(), *map(_plugged, entry_points(group=GROUP)), *extra):
        found[detector.kind] = detector
    return tuple(found[kind] for kind in sorted(found))


def _built_in() -> Iterator[Detector]:
    for info in pkgutil.walk_packages(detectors.__path__, f"{detectors.__name__}."):
        if not info.ispkg and info.name.count(".") == 2:  # detectors.<group>.<kind>
            yield from _defined_in(importlib.import_module(info.name))


def _defined_in(module: ModuleType) -> Iterator[Detector]:
    for _, member in inspect.getmembers(module, inspect.isclass):
        own = member.__module__ == module.__name__
        if own and issubclass(member, Detector) and not inspect.isabstract(member):
            yield member()


def named(path: str) -> Detector:
    """The detector at `package.module:Class`, tried on a few texts.

    Raises:
        PluginError: it does not load, or is no detector.
    """
    module, _, name = path.partition(":")
    return _made(EntryPoint(name, f"{module}:{name}", GROUP), path)


def _plugged(point: EntryPoint) -> Detector:
    package = point.dist.name if point.dist else point.value
    return _made(point, f"the installed package {package}")


def _made(point: EntryPoint, where: str) -> Detector:
    try:
        detector = point.load()()
        whole = isinstance(detector, Detector)
        if whole:
            detector.find(Texts(pa.array(_TRIAL, pa.large_string())))
            whole = isinstance(detector.kind, str) and 0 <= detector.chance <= 1
    except Exception as error:  # whatever foreign code raises is a fault of that package alone
        advice = "mend or remove it"
        if isinstance(error, ModuleNotFoundError):
            advice = f"install {error.name}, or remove it"
        fault = f"its detector {point.value} fails with {type(error).__name__}: {advice}"
        raise PluginError(where, (Fault(0, fault),)) from error
    if not whole:
        fault = f"{point.value} is no Detector with a kind and a chance: mend or remove it"
        raise PluginError(where, (Fault(0, fault),))
    checked: Detector = detector
    return checked
