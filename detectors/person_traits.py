"""Where a text goes on with what tells of a person: sex, people, nationality, birth or age."""

import numpy as np

from detectors.person_units import DIGIT, Line
from detectors.texts import Flags, Ints

_PEOPLE = 4  # characters before 族
_DAY = 2  # digits of a month or a day


def traits(line: Line, places: Ints) -> Ints:
    """Where `男`, `汉族`, `中国国籍`, `湖北人，`, `1890年1月生` or `45岁` stands, -1 for nowhere.

    That is the place itself, or what follows `性别` there.
    """
    out = np.where(_told(line, places), places, -1)
    said = np.flatnonzero(_spelt(line, places, "性别"))
    after = places[said] + 2
    after += line.units[after] == ord(":")
    told = _told(line, after)
    out[said[told]] = after[told]
    return out


def _told(line: Line, places: Ints) -> Flags:
    out = np.zeros(len(places), np.bool_)
    for rule, begin in ((_in_han, line.is_han(places)), (_in_digits, line.are(places, DIGIT))):
        which = np.flatnonzero(begin)
        out[which] = rule(line, places[which])
    return out


def _in_han(line: Line, at: Ints) -> Flags:
    """Sex, people, nationality, or where somebody is from."""
    units = line.units
    first = units[at]
    out: Flags = ((first == ord("男")) | (first == ord("女"))) & ~line.is_han(at + 1)
    out |= _spelt(line, at, "中国国籍")
    going = np.flatnonzero(~out)
    for size in range(1, _PEOPLE + 1):
        stop = at[going] + size
        unit = units[stop]
        hit = unit == ord("族")
        if size in (2, 3):
            hit |= (unit == ord("人")) & (units[stop + 1] == ord(","))
        out[going[hit]] = True
        going = going[~hit & line.is_han(stop)]
    return out


def _in_digits(line: Line, at: Ints) -> Flags:
    """An age, or a year with what may stand between it and 出生."""
    units = line.units
    digits = _digits(line, at, 4)
    out: Flags = (digits >= 1) & (digits <= 3) & (units[at + digits] == ord("岁"))
    which = np.flatnonzero((digits == 4) & (units[at + 4] == ord("年")))
    begin = at[which]
    first, second = units[begin], units[begin + 1]
    old = (first == ord("1")) & ((second == ord("8")) | (second == ord("9")))
    old |= (first == ord("2")) & (second == ord("0"))
    begin, which = begin[old] + 5, which[old]
    month = _digits(line, begin, 2 * _DAY)  # a day may follow a month with nothing between
    stop = begin + month
    named = (month <= _DAY) & (units[stop] == ord("月"))
    stop += named
    stop += np.where(named, _digits(line, stop, _DAY), 0)
    stop += units[stop] == ord("日")
    out[which] = (units[stop] == ord("出")) | (units[stop] == ord("生"))
    return out


def _digits(line: Line, at: Ints, most: int) -> Ints:
    counts = np.zeros(len(at), np.int64)
    for count in range(most):
        counts += (counts == count) & line.are(at + count, DIGIT)
    return counts


def _spelt(line: Line, at: Ints, word: str) -> Flags:
    which = np.arange(len(at))
    for place, char in enumerate(word):
        which = which[line.units[at[which] + place] == ord(char)]
    out = np.zeros(len(at), np.bool_)
    out[which] = True
    return out
