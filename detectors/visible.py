"""How much of masked values stays visible: characters before, after and under the mask.

Values come as `detectors.masks` found them: whole, of one kind. Characters between two masks
are neither head nor tail.
"""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.how import How
from detectors.texts import Ints, Texts
from detectors.whole import trimmed

WITH_MD5, ROOM_SHOWN, DOMAIN = "with its MD5 beside it", "room shown", "the domain alone"
_MOST = 99
_STAR = ord("*")
_BESIDE = r"\|[0-9A-Fa-f]{32}$"
_NUMBER = (("(\\d)[xX]$", "\\1K"), ("[×○●#xX]", "*"))  # a last X behind a digit is a check digit
_TAIL = r"^[^0-9*]*(?:尾号|后四位)[^0-9]*([0-9]{3,4}).?$"  # at least so many are hidden before it
_CUT = tuple((rf"^(\d{{3}})[.…]{{1,8}}(\d{{{n}}})$", rf"\1{'*' * (8 - n)}\2") for n in (2, 3, 4))
_KINDS = {
    "mobile": ((_TAIL, r"*******\1"), (r"^\+?86[- ]?|[- ]", ""), ("[×○●#xX]", "*")),
    "landline": (("[-() ]", ""), ("[×○●#xX]", "*")),
    "bank_card": ((_TAIL, r"************\1"), ("[- ]", ""), ("[×○●#xX]", "*")),
    "id_card": _NUMBER,
    "name": (("先生$|女士$|小姐$", ""), ("[×○●某xX]", "*")),
    "address": (("[×○●]|[xX]{2}", "*"),),
    "email": ((r"^([^@]*[*×○●][^@]*)@.*$", r"\1"), ("[×○●]", "*")),
}
_OTHER = (("[×○●]", "*"), (_TAIL, r"*******\1"), *_CUT)
_ROOM = r"[0-9A-Za-z一二三四五六七八九十](?:室|单元|户|房)|[0-9][0-9A-Za-z-]*$"


def visible(texts: Texts, kind: str, rows: Ints) -> Iterator[tuple[How, Ints]]:
    """The masked rows, of one kind, by how much of them can be seen."""
    found = trimmed(texts, rows)
    beside = bool((texts.data == ord("|")).any())
    values = pc.replace_substring_regex(found, _BESIDE, "") if beside else found
    for pattern, new in _KINDS.get(kind, _OTHER):
        values = pc.replace_substring_regex(values, pattern, new)
    counts = np.minimum(_counts(Texts(values)), _MOST)
    notes = _notes(kind, found if beside else None, values)
    code = ((counts[:, 0] * 100 + counts[:, 1]) * 100 + counts[:, 2]) * 10 + notes
    order = np.argsort(code, kind="stable")
    names = ("", WITH_MD5, ROOM_SHOWN, DOMAIN)
    for same in np.split(order, np.flatnonzero(np.diff(code[order])) + 1):
        if len(same):
            head, tail, hidden = counts[same[0]].tolist()
            yield How(names[notes[same[0]]], head, tail, hidden), rows[same]


def _notes(kind: str, found: pa.Array | None, values: pa.Array) -> Ints:
    """What else is to be said of each value: 1 for its MD5, 2 for a room, 3 for a domain."""
    notes = np.zeros(len(values), np.int64)
    if found is not None:
        notes += np.asarray(pc.match_substring_regex(found, _BESIDE), dtype=np.int64)
    if kind == "address":
        notes[np.asarray(pc.match_substring_regex(values, _ROOM), dtype=np.bool_)] = 2
    if kind == "email":
        notes[np.asarray(pc.match_substring(values, "@"), dtype=np.bool_)] = 3
    return notes


def _counts(texts: Texts) -> Ints:
    """Characters before the first `*`, after the last, and how many `*`: a row for each text."""
    leads = np.concatenate(([0], np.cumsum((texts.data & 0xC0) != 0x80)))
    stars = np.flatnonzero(texts.data == _STAR)
    row_of = texts.row_of(stars)
    first = np.flatnonzero(np.diff(row_of, prepend=-1))
    rows = row_of[first]
    begins, ends = leads[texts.offsets[:-1]], leads[texts.offsets[1:]]
    out = np.zeros((len(texts), 3), np.int64)
    out[:, 0] = ends - begins  # where nothing is hidden
    if len(stars):
        last = np.append(first[1:], len(stars)) - 1
        out[rows, 0] = leads[stars[first]] - begins[rows]
        out[rows, 1] = ends[rows] - leads[stars[last] + 1]
        out[rows, 2] = last - first + 1
    return out
