"""Permit of residents of Taiwan to travel to the mainland (台胞证).

Sources:
    Ministry of Public Security, 2008: eight digits that stay for life; before, two more that
    count the cards and the office that issued it in brackets.

Caught:
    Eight or ten digits, with a letter or digit in brackets or without: whole values, or behind
    a word that names them, which proves them.

Not caught:
    Residence permits (港澳台居民居住证): those have identity numbers. Masked ones.

Mistaken for it:
    Every number of eight or ten digits, days written as 20240315 too: 95 in 100 at least. So
    values never name a column without its header.
"""

from typing import ClassVar

from detectors.keyed import FormDetector


class TaiwanPermit(FormDetector):
    """Finds permits of residents of Taiwan."""

    kind: ClassVar[str] = "taiwan_permit"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.95
    text_chance: ClassVar[float] = 0.001
    expected: ClassVar[float] = 0.98
    otherwise: ClassVar[float] = 0.2
    digits: ClassVar[int] = 8
    alone: ClassVar[bool] = False
    pattern: ClassVar[str] = r"\d{8}(?:\d{2})?(?:\([0-9A-Za-z]\))?"
