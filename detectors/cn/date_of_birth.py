"""Date of birth (出生日期).

Sources:
    GB 11643: eight digits, year, month and day, stand in every identity number. GB/T 7408 and
    ISO 8601: 1990-01-01. How databases and spreadsheets write dates besides.

Caught:
    Whole values, from 1850 to this year: 1990-01-01, 1990/1/1, 1990.1, 1990年1月1日, 19900101,
    199001, 1990, 01/31/1990, 31 Jan 1990, 一九九〇年一月一日, 90-1-1, 05-12, with a time or not;
    seconds and milliseconds since 1970 of nine and of twelve digits or more, negative ones too. In
    a text behind a word that names it (`生日：1990-01-01`), which proves it.

Not caught:
    A date without its header: a date of birth looks like any other. Seconds and milliseconds
    of 1966 to 1973, which have fewer digits. Days as a spreadsheet counts them. Six digits that
    are year, month and day.

Mistaken for it:
    Every other date, and numbers of nine digits, which are seconds of 1973 to 2001, so that values
    never name a column without its header. Of random numbers of eight digits 7 in 10,000.
"""

from datetime import UTC, datetime
from functools import cache
from typing import ClassVar

import numpy as np
import pyarrow as pa

from detectors.base import Proof
from detectors.keyed import KeyedDetector
from detectors.texts import Ints, Texts
from detectors.whole import fitting, trimmed

_FIRST = 1850  # as in identity numbers; made-up people are born before 1905
_LONGEST = 60  # bytes
_M, _D = "(?:0?[1-9]|1[0-2])", "(?:0?[1-9]|[12][0-9]|3[01])"
_MM, _DD = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
_ZONE = r"(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?"
_TIME = rf"(?:[T ] ?\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\.\d+)?(?: ?[AaPp][Mm])?{_ZONE})?"
_MONTH = (
    "(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = "(?:(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?"
_NOUGHT, _HAN_DIGIT = "[〇零○]", "[〇零○一二三四五六七八九]"
_HAN_DAY = "初?[一二三四五六七八九十廿卅]{1,3}[日号]?"
_HAN_MONTH = rf"(?:[正冬腊一二三四五六七八九]|十[一二]?)月(?:{_HAN_DAY})?"
_CALENDAR = "(?:[农阴公阳]历)? ?"
_EPOCH = r"-?[1-9]\d{8,9}|-?[1-9]\d{11,12}"


class DateOfBirth(KeyedDetector):
    """Finds dates that somebody can be born on."""

    kind: ClassVar[str] = "date_of_birth"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 6.6e-4
    text_chance: ClassVar[float] = 1e-4
    otherwise: ClassVar[float] = 0.1

    def judge(self, texts: Texts) -> Ints:
        """Shape where the text is a date from 1850 to this year."""
        proofs = np.zeros(len(texts), np.int64)
        year = datetime.now(UTC).year
        lengths = texts.cores.lengths
        short = np.flatnonzero((lengths >= len("1990")) & (lengths <= _LONGEST))
        for counted, rows in fitting(texts, short, _patterns(year)):
            proofs[_since_1970(texts, rows, year) if counted else rows] = Proof.SHAPE
        return proofs


@cache
def _patterns(year: int) -> tuple[tuple[bool, str], ...]:
    """Dates up to the year; True with numbers that may count seconds."""
    y = f"(?:{'|'.join(str(y) for y in range(_FIRST, year + 1))})"
    dates = (
        rf"{y}{_MM}(?:{_DD}(?:[01]\d|2[0-3])?(?:[0-5]\d){{0,2}})?",
        rf"{y}(?:[-/.]{_M}(?:[-/.]{_D}{_TIME})?)?",
        rf"{_CALENDAR}{y} ?年(?: ?{_M} ?月(?: ?{_D} ?[日号]{_TIME})?|{_HAN_MONTH})?",
        rf"{_D}[-/.]{_D}[-/.]{y}{_TIME}",
        rf"\d\d[-/.]{_M}[-/.]{_D}|\d\d年{_M}月(?:{_D}[日号])?",
        rf"{_CALENDAR}(?:{_MM}[-/]{_DD}|{_M}月{_D}[日号]?)",
        rf"{_WEEKDAY}{_MONTH}(?: {_D}(?:st|nd|rd|th)?)?,? {y}{_TIME}",
        rf"{_WEEKDAY}{_D}(?:st|nd|rd|th)?[ -]{_MONTH}[ ,-] ?{y}{_TIME}",
        rf"{_WEEKDAY}{_MONTH} {_D} \d\d:\d\d:\d\d [A-Z]{{3}} {y}",
        rf"{_CALENDAR}(?:一九{_HAN_DIGIT}|二{_NOUGHT}{_HAN_DIGIT}){_HAN_DIGIT}年(?:{_HAN_MONTH})?",
    )
    return (False, "|".join(dates)), (True, _EPOCH)


def _since_1970(texts: Texts, rows: Ints, year: int) -> Ints:
    """Of rows that are whole numbers, those that count (milli)seconds to a date of birth."""
    values = trimmed(texts, rows)
    numbers = np.asarray(values.cast(pa.int64()), dtype=np.int64)
    seconds = np.where(np.abs(numbers) < 10**11, numbers, numbers // 1000)
    years = seconds / 31_556_952 + 1970
    good: Ints = rows[(years >= _FIRST) & (years < year + 1)]
    return good
