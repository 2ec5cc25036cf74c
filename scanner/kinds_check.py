"""What `picensus kinds --check` does: a user's detectors on trial, before a scan relies on them."""

import time
from collections.abc import Sequence
from pathlib import Path

import click
import pyarrow as pa

from detectors.base import Detector
from detectors.catalogue import kinds
from detectors.lined import Fault, PluginError
from detectors.measured import look_alikes
from detectors.own import OwnDetector
from detectors.own_file import Loaded, load_file
from detectors.registry import named
from detectors.texts import Texts
from scanner.terminal import table_of

DONE, FAILED, USAGE = 0, 1, 2
_VALUES = 100_000
_OFTEN = 0.01  # look-alikes found, from which a detector should not name columns alone


def run_check(target: str) -> int:
    """Try a YAML file or `package.module:Class`, and print what comes out; the exit code.

    0 good, 1 with faults, 2 where there is nothing of that name.
    """
    is_file = Path(target).suffix in {".yaml", ".yml"} or Path(target).is_file()
    if not is_file and ":" not in target:
        message = f"'{target}' is neither a YAML file nor package.module:Class: give one of them"
        raise click.UsageError(message)
    if is_file and not Path(target).exists():
        raise click.UsageError(f"there is no file {target}: check the path")
    try:
        loaded = load_file(Path(target)) if is_file else (_named(target),)
    except PluginError as error:
        for fault in error.faults:
            click.echo(_said(error.where, fault), err=True)
        return FAILED
    _report(loaded)
    return DONE


def _named(target: str) -> Loaded:
    return Loaded(named(target), 0, measured=False)


def _said(where: str, fault: Fault) -> str:
    return f"{where}{f':{fault.line}' if fault.line else ''}: {fault.says}"


def _report(loaded: Sequence[Loaded]) -> None:
    rows = []
    for one in loaded:
        detector = one.detector
        chance = f"{detector.chance:.2g} {'measured' if one.measured else 'stated'}"
        found = f"{detector.shape_chance:.2g}"
        alone = "yes" if detector.alone else "no"
        speed = f"{_speed(detector) / 1e6:.2g} M/s"
        rows.append((detector.kind, str(one.examples), chance, found, alone, speed))
    table_of(("Kind", "Examples", "Chance", "Found", "Alone", "Speed"), rows)
    for one in loaded:
        for note in _notes(one):
            click.echo(f"{one.detector.kind}: {note}")


def _notes(one: Loaded) -> list[str]:
    detector, notes = one.detector, []
    if not one.examples and isinstance(detector, OwnDetector):
        notes.append("it has no examples: give some hits and more misses")
    if detector.alone and detector.shape_chance > _OFTEN:
        notes.append(
            f"it names columns alone, though {detector.shape_chance:.0%} of look-alikes pass: "
            "leave `alone` out, so that a header has to agree"
        )
    if detector.kind in kinds() and detector.described is None:
        notes.append("it takes the place of the built-in detector, where there is one")
    return notes


def _speed(detector: Detector) -> float:
    """Values a second, of processor time, over random codes of letters and digits."""
    values: pa.Array = look_alikes(("A12345678", "1234567890123456", "a1-2345"), _VALUES)
    begun = time.process_time()
    detector.find(Texts(values))
    return len(values) / max(time.process_time() - begun, 1e-9)
