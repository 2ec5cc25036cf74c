"""The detectors that a command works with: built in, installed, and out of the files named."""

from collections.abc import Sequence
from pathlib import Path

import click

from detectors.base import Detector
from detectors.lined import PluginError
from detectors.registry import repertoire


def chosen(files: Sequence[str | Path]) -> tuple[Detector, ...]:
    """The detectors; what a user should know of them is said on standard error.

    Raises:
        ClickException: a file of detectors cannot be used (wrong usage).
    """
    try:
        found = repertoire([Path(file) for file in files])
    except PluginError as error:
        raise click.ClickException(str(error)) from None
    for note in found.notes:
        click.echo(f"picensus: {note}", err=True)
    return found.detectors
