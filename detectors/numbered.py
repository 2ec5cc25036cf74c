"""Detectors for numbers that each school, employer or hospital makes its own: under a header."""

from typing import ClassVar

from detectors.keyed import FormDetector


class NumberDetector(FormDetector):
    """Finds numbers of the form, as whole values or behind a word that names the kind.

    Nearly every number is of the form, and many genuine columns are written in another one.
    """

    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.95
    text_chance: ClassVar[float] = 0.001
    expected: ClassVar[float] = 0.98
    otherwise: ClassVar[float] = 0.4
    alone: ClassVar[bool] = False
