"""Detectors for pictures: where one lies, or the picture itself; which one the header says."""

from typing import ClassVar

from detectors.base import Proof
from detectors.keyed import WordedDetector
from detectors.pictures import PICTURE


class PictureDetector(WordedDetector):
    """Finds pictures and where they lie, as whole values or behind a word that names the kind.

    Nine in ten columns of pictures are wholly of the form, whatever they show.
    """

    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.9
    text_chance: ClassVar[float] = 1e-4
    expected: ClassVar[float] = 0.9
    alone: ClassVar[bool] = False
    otherwise: ClassVar[float] = 0.4
    longest: ClassVar[int] = 10_000_000
    patterns: ClassVar[tuple[tuple[Proof, str], ...]] = ((Proof.SHAPE, PICTURE),)
