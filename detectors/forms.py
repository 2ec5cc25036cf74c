"""The coarse form of every text: digits, date, URL, Han, ... one each.

A form is no kind. It tells what a value cannot be (a gender is no URL), and which values are
look-alikes of each other (numbers of one length). `binary` is what is no text at all, and is
counted where values are still bytes; `placeholder` says that there is no information.
"""

from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from detectors.images import image_rows
from detectors.placeholders import placeholders
from detectors.texts import Ints, Texts
from detectors.whole import trimmed

FORMS = (
    "blank",
    "digit",
    "number",
    "integer",
    "long_integer",
    "date",
    "decimal",
    "uuid",
    "hex",
    "ip",
    "email",
    "url",
    "json",
    "word",
    "ascii",
    "han_short",
    "han",
    "text",
    "image",
    "binary",
    "placeholder",
)
_CODE = MappingProxyType({form: code for code, form in enumerate(FORMS)})

NUMBERS = 1000  # a class of look-alikes from here on is that of numbers of so many more digits
# Digits only, by the largest length of each form.
_DIGITS = ((1, "digit"), (3, "number"), (10, "integer"), (20, "long_integer"))

_LONGEST = 3000  # characters of numbers that are told apart: a class is a number below 4096
_NUMBER = 7  # digits from which a number in a text may be somebody's

_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
# RE2, whole text, first that fits; each looks only at what the ones before left.
_PATTERNS = (
    ("date", rf"\d{{4}}[-/.年]\d{{1,2}}(?:[-/.月]\d{{1,2}}日?)?月?{_TIME}"),
    ("decimal", r"[-+]?[\d,]*\.?\d+(?:[eE][-+]?\d+)?%?"),
    ("uuid", r"\{?[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}?"),
    ("hex", r"[0-9a-f]{16,}|[0-9A-F]{16,}"),
    ("ip", rf"(?:{_OCTET}\.){{3}}{_OCTET}|[0-9A-Fa-f]{{0,4}}(?::[0-9A-Fa-f]{{0,4}}){{2,7}}"),
    ("email", r"[^@\s]{1,64}@[^@\s]+\.[A-Za-z]{2,}"),
    (
        "url",
        r"[A-Za-z][A-Za-z0-9+.-]*://.*|//.+|(?:\.{0,2}/)?(?:[^/\s]+/)+[^/\s]*|[\w.-]+\.[a-z]{3,4}",
    ),
    ("json", r"(?s)[{\[].*[}\]]"),
    ("word", r"[!-~]{1,64}"),
    ("ascii", r"(?s)[\x00-\x7f]*"),
    ("han_short", r"\p{Han}[\p{Han}·•‧・.]{0,3}"),
    ("han", r"(?:[0-9A-Za-z()（） ·、-]{0,4}\p{Han}){3,30}[0-9A-Za-z()（） ·、-]{0,8}"),
)


def forms(texts: Texts) -> npt.NDArray[np.uint8]:
    """Index into `FORMS` of each text."""
    cores = texts.cores
    codes = np.full(len(texts), _CODE["text"], np.uint8)
    codes[cores.lengths == 0] = _CODE["blank"]
    runs = texts.digit_runs
    whole = (runs.starts == cores.starts[runs.rows]) & (runs.ends == cores.ends[runs.rows])
    digits = runs.take(whole)
    sizes = np.searchsorted([size for size, _ in _DIGITS], digits.lengths)
    table = np.array([*(_CODE[form] for _, form in _DIGITS), _CODE["long_integer"]], np.uint8)
    codes[digits.rows] = table[sizes]
    codes[image_rows(texts)] = _CODE["image"]
    left = np.flatnonzero(codes == _CODE["text"])
    values = trimmed(texts, left)
    none = placeholders(values)
    if none.any():
        codes[left[none]] = _CODE["placeholder"]
        left, values = left[~none], values.filter(pa.array(~none))
    for form, pattern in _PATTERNS:
        fits = np.asarray(pc.match_substring_regex(values, f"^(?:{pattern})$"), dtype=np.bool_)
        codes[left[fits]] = _CODE[form]
        left, values = left[~fits], values.filter(pa.array(~fits))
    return codes


def alike(texts: Texts, codes: npt.NDArray[np.uint8]) -> Ints:
    """A class for each text: look-alikes share one (numbers of one length, else one form)."""
    cores = texts.cores.lengths
    numeric = (codes <= _CODE["long_integer"]) & (codes != _CODE["blank"])
    # An ID number that ends in X is a word of 18 characters: it belongs with the 18 digits.
    tail = texts.data[np.maximum(texts.cores.ends - 1, 0)] if len(texts.data) else codes
    checked = (codes == _CODE["word"]) & ((tail == ord("X")) | (tail == ord("x"))) & (cores == 18)
    return np.where(numeric | checked, NUMBERS + np.minimum(cores, _LONGEST), codes)


def inner_numbers(texts: Texts) -> dict[int, int]:
    """How many digit runs of each length (7 or more) stand inside longer texts."""
    runs = texts.digit_runs
    runs = runs.take(runs.lengths >= _NUMBER)
    cores = texts.cores
    whole = (runs.starts == cores.starts[runs.rows]) & (runs.ends == cores.ends[runs.rows])
    inside = runs.take(~whole)
    inside = inside.take(texts.bordered(inside.starts, inside.ends))
    lengths, counts = np.unique(inside.lengths, return_counts=True)
    return dict(zip(lengths.tolist(), counts.tolist(), strict=True))
