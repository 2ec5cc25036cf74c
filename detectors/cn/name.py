"""Name of a person (姓名) in Han characters.

Sources:
    Surnames and given-name characters: the tables of `detectors.names`, which say what from.
    民委发〔2016〕33号: minority names are written with a dot, U+00B7.

Caught:
    Whole values, of the form only: two to four characters whose score is a name's, traditional
    ones too; spaces between them; minority names with a dot, be it `·`, `•`, `‧`, `∙`, `・`, or,
    where the characters are those of transcriptions, `.`, `-`, `。` or a space; Tibetan names of
    two known parts; several names in one cell (`、`, `,`, `;`, `/`, `|`, space), each a match.
    In a text, proven by a word beside it: after a key (`姓名：`, `receiver=`, `"name":"`), before
    a title (`先生`, `老师`), before a trait (`，男，`, `，1890年生`). Of the form only: after
    `我叫`, and after a role (`记者`, `患者`) where the sentence goes on as after a name.

Not caught:
    Names without a word beside them in a text (see `detectors.name_model`). Given names or
    surnames alone, but for a surname with a title. Latin and pinyin. Masked names (see
    `detectors.states`). Foreign names without a dot, unless they begin as a surname. Names of
    regions, even where people bear them too (高明), but for the likeliest.

Mistaken for it:
    3 % of the dictionary's words of two to four characters that are no names (方便, 安全, 米白),
    12 % of its names of places, 19 % of towns without their last word (冯店), 22 % of short names
    of companies: those called after people. So one value says little and a column much: of two
    hundred names at least 0.7 are found, of other words at most 0.4. See `bench/names.py`.
"""

from types import MappingProxyType
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from detectors.base import Detector, Matches, Proof
from detectors.names import LIKELY, han, names
from detectors.person_text import Found, find
from detectors.person_words import NEVER, TITLES
from detectors.tails import table
from detectors.texts import Flags, Ints, Runs, Texts
from detectors.whole import fitting, rows_with

_LONGEST = 200  # bytes of a cell that is wholly names
_FOREIGN = 13  # characters of a dotted name that are looked at
_LONGEST_PART = 8  # characters
_PART, _ANY_DOT = rf"\p{{Han}}{{1,{_LONGEST_PART}}}", "[·•‧∙・.。 -]"
_TITLE = rf"(?:{'|'.join(sorted(TITLES, key=len, reverse=True))})"
_SEPARATOR = r"(?: ?[、,;/|&] ?| {1,4})"
# Whole values, first that fits.
_FORMS = (
    ("dotted", rf"{_PART}(?: ?[·•‧∙・] ?{_PART}){{1,4}}"),
    ("titled", rf"\p{{Han}}{{1,4}}{_TITLE}"),
    ("several", rf"\p{{Han}}{{2,4}}(?:{_SEPARATOR}\p{{Han}}{{2,4}})+"),
    ("spaced", r"\p{Han}(?: {1,4}\p{Han}){1,3}|\p{Han}{1,2} {1,4}\p{Han}{1,2}"),
    ("stopped", rf"{_PART}(?:[.。]{_PART}){{1,4}}"),
    ("hyphened", rf"{_PART}(?:[- ]{_PART}){{1,4}}"),
)
# How foreign the characters of a dotted name have to be, in the mean.
_FOREIGN_ENOUGH = MappingProxyType({"dotted": -0.8, "stopped": -0.8, "hyphened": 1.2})
_JOINT = table(" ,;/&|.-")
_JOINT[0x80:] = True


class Name(Detector):
    """Finds names of persons.

    `shape_chance`, `chance` and `expected` are the shares of common words and of names found,
    `text_chance` of sentences without a name, all as `bench.names` prints them.
    """

    kind: ClassVar[str] = "name"
    chance: ClassVar[float] = 1.6e-4
    shape_chance: ClassVar[float] = 0.04
    text_chance: ClassVar[float] = 0.002
    expected: ClassVar[float] = 0.9
    words: ClassVar[bool] = True

    def find(self, texts: Texts) -> Matches:
        """Whole values that are names, and names beside a telling word."""
        if not len(texts.data) or texts.data.max() < 0xE3:
            return Matches.none()
        cores = texts.cores
        plain = scored(texts, cores.starts, cores.ends) > LIKELY
        left = ~plain & (cores.lengths >= 6) & (cores.lengths <= _LONGEST)
        left &= texts.data[np.minimum(cores.starts, len(texts.data) - 1)] >= 0xE3
        found = [_whole(cores.take(plain), proven=False)]
        found += _written_otherwise(texts, _marked(texts, np.flatnonzero(left)))
        taken = np.zeros(len(texts), np.bool_)
        for rows, *_ in found:
            taken[rows] = True
        found.append(find(texts, taken))
        rows, starts, ends, checked = (np.concatenate(part) for part in zip(*found, strict=True))
        order = np.argsort(starts, kind="stable")
        proofs = np.where(checked, int(Proof.CHECKED), int(Proof.SHAPE))
        return Matches(rows[order], starts[order], ends[order], proofs[order])


def _whole(runs: Runs, *, proven: bool) -> Found:
    return runs.rows, runs.starts, runs.ends, np.full(len(runs.rows), proven)


def scored(texts: Texts, starts: Ints, ends: Ints) -> npt.NDArray[np.float32]:
    """The score of each span that is wholly 2 to 4 Han characters, -inf for any other."""
    scores = np.full(len(starts), -np.inf, np.float32)
    sizes = ends - starts
    for length in (2, 3, 4):
        # A character is 3 bytes, a rare one 4.
        at = np.flatnonzero((sizes >= 3 * length) & (sizes < 3 * length + 3))
        chars, last = han(texts.data, starts[at], length)
        fits = (chars != 0).all(axis=1) & (last == ends[at])
        scores[at[fits]] = names().scores(names().codes(chars[fits]))
    return scores


def _marked(texts: Texts, rows: Ints) -> Ints:
    """The rows that have a space, a dot or separator behind Han, or the end of a title."""
    starts, ends = texts.cores.starts[rows], texts.cores.ends[rows]
    marked = _joined(texts, starts, ends)
    pure = np.flatnonzero(texts.chars[rows] * 3 == texts.lengths[rows])  # mostly Han alone
    if len(pure):
        last = han(texts.data, ends[pure] - 3, 1)[0][:, 0]
        dotted = np.zeros(len(texts), np.bool_)
        dotted[rows_with(texts, _is_dot(texts))] = True
        titled = np.isin(last, [ord(title[-1]) for title in TITLES])
        marked[pure] = titled | dotted[rows[pure]]
    return rows[marked]


def _joined(texts: Texts, starts: Ints, ends: Ints) -> Flags:
    """False where what follows the first Han is no part of any form, as in `姓名:`."""
    out = np.ones(len(starts), np.bool_)
    which, at = np.arange(len(starts)), starts
    for _ in range(_LONGEST_PART + 1):
        lead = texts.data.take(at)
        out[which] = _JOINT[lead]
        going = np.flatnonzero((lead >= 0xE3) & (at + 3 < ends[which]))
        which, at = which.take(going), at.take(going) + 3
    return out


def _is_dot(texts: Texts) -> Flags:
    """True at the first byte of `、`, `。`, `・`, `•`, `‧` and `∙`: U+2000 to U+30FF but Han."""
    return np.asarray(texts.data - np.uint8(0xE2) <= 1, dtype=np.bool_)


def _written_otherwise(texts: Texts, rows: Ints) -> list[Found]:
    """Names written with dots, titles or spaces, or several in one."""
    out = []
    for form, at in fitting(texts, rows, _FORMS):
        if not len(at):
            continue
        some = Texts(pc.utf8_trim_whitespace(texts.array.take(pa.array(at))))
        if form == "several":
            pieces, good = _pieces(some)
            kept = pieces.take(good[pieces.rows])
            shift = (texts.cores.starts[at] - some.offsets[:-1])[kept.rows]
            pieces = Runs(at[kept.rows], kept.starts + shift, kept.ends + shift)
            out.append(_whole(pieces, proven=False))
            fits = ~good & _squeezed(some, " +")
        elif form == "titled":
            fits = _titled(some)
        elif form == "spaced":
            fits = _squeezed(some, " +")
        else:
            fits = _foreign(some) > _FOREIGN_ENOUGH[form]
        out.append(_whole(texts.cores.take(at[fits]), proven=form == "titled"))
    return out


def _pieces(texts: Texts) -> tuple[Runs, Flags]:
    """The spans between separators, and for each text whether all of them are names."""
    comma = _is_dot(texts)  # the only ones left of U+2000 to U+30FF are separators
    outside = (texts.data < 0x80) | comma
    outside[1:] |= comma[:-1]
    outside[2:] |= comma[:-2]
    runs = texts.runs(~outside)
    fits = scored(texts, runs.starts, runs.ends) > LIKELY
    bad = np.zeros(len(texts), np.bool_)
    bad[runs.rows[~fits]] = True
    return runs, ~bad


def _squeezed(texts: Texts, gap: str) -> Flags:
    """True for each text that is a name once the gaps are taken out."""
    some = Texts(pc.replace_substring_regex(texts.array, gap, ""))
    return np.asarray(scored(some, some.offsets[:-1], some.offsets[1:]) > LIKELY, dtype=np.bool_)


def _titled(texts: Texts) -> Flags:
    """True for a name, or a surname alone, before a title."""
    some = Texts(pc.replace_substring_regex(texts.array, f"{_TITLE}$", ""))
    score = scored(some, some.offsets[:-1], some.offsets[1:])
    chars, last = han(some.data, some.offsets[:-1], 1)
    single = (last == some.offsets[1:]) & names().is_surname(names().codes(chars[:, 0]))
    never = np.asarray(pc.match_substring_regex(some.array, NEVER), dtype=np.bool_)
    return np.asarray(((score > LIKELY) | single) & ~never, dtype=np.bool_)


def _foreign(texts: Texts) -> npt.NDArray[np.float32]:
    """How foreign the characters of each text are in the mean, dots left out."""
    some = Texts(pc.replace_substring_regex(texts.array, _ANY_DOT, ""))
    chars, _ = han(some.data, some.offsets[:-1], _FOREIGN)
    inside = (chars != 0) & (np.arange(_FOREIGN) < some.chars[:, None])
    foreign = names().foreignness(names().codes(chars)) * inside
    return np.asarray(foreign.sum(axis=1) / np.maximum(inside.sum(axis=1), 1), dtype=np.float32)
