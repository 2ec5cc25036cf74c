"""The detectors that a command works with: built in, installed, and out of the files named."""

from collections.abc import Sequence
from pathlib import Path

import click

from detectors.base import Detector
from detectors.cn.name import Name
from detectors.lined import PluginError
from detectors.name_model import ModelName
from detectors.ner.weights import NoModelError
from detectors.registry import repertoire
from scanner.errors import PicensusError


def chosen(files: Sequence[str | Path], *, ner: bool = False) -> tuple[Detector, ...]:
    """The detectors; what a user should know of them is said on standard error.

    `ner` puts the one with the model in the place of `Name`.

    Raises:
        ClickException: a file of detectors cannot be used (wrong usage).
        PicensusError: the model is not installed; the sentence says how to.
    """
    try:
        found = repertoire([Path(file) for file in files])
    except PluginError as error:
        raise click.ClickException(str(error)) from None
    for note in found.notes:
        click.echo(f"picensus: {note}", err=True)
    if not ner:
        return found.detectors
    try:
        model = ModelName()
    except NoModelError as error:
        raise PicensusError(str(error)) from None
    return tuple(model if isinstance(d, Name) else d for d in found.detectors)
