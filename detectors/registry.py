"""Every detector there is: those of this package, of entry points and of the caller's list."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points
from types import ModuleType

import detectors
from detectors.base import Detector

GROUP = "picensus.detectors"


def load(extra: Iterable[Detector] = ()) -> tuple[Detector, ...]:
    """One instance of each detector, by kind; a later one replaces an earlier one of its kind.

    Order: this package, then installed plug-ins (entry points of the group
    `picensus.detectors`, each a `Detector` class), then `extra`.
    """
    found: dict[str, Detector] = {}
    for detector in (*_built_in(), *_plugged_in(), *extra):
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


def _plugged_in() -> Iterator[Detector]:
    for point in entry_points(group=GROUP):
        yield point.load()()
