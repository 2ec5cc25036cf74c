"""Identifier of a device: IMEI, IMSI, ICCID, MEID, MAC address, advertising and Android ids.

Sources:
    3GPP TS 23.003: IMEI (15 digits, Luhn) and its reporting bodies, IMEISV (16), IMSI. ITU-T
    E.118: ICCID (8986 for China, Luhn). IEEE 802: MAC address. Networks of China behind 460:
    00 to 09, 11, 15 and 20.

Caught:
    Proven: IMEI whose Luhn agrees, by the bodies that report for devices sold in China (35,
    86, 99, 01); ICCID of 19 or 20 digits whose Luhn agrees; IMSI of the networks of China; MAC
    in pairs by colons or hyphens and in fours by points. Of the form only, as whole values or
    behind a word that names it: IMEI by other bodies, numbers of 14 and 16 digits, ICCIDs with
    letters, 12 hexadecimal digits, MEID and Android id (14 and 16), UUIDs (IDFA, OAID), 32, 40
    and 64 hexadecimal digits.

Not caught:
    An IMEI whose Luhn fails. The UUID of zeros alone, which says that tracking is off; MAC
    addresses of zeros or of ones alone. Masked ones (see `detectors.states`).

Mistaken for it:
    Of random 15-digit numbers 4 in 1,000 are proven, of those that begin as an IMEI 10 in 100.
    Every UUID and hash has the form of some identifier: those name no column without its
    header.
"""

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from detectors.base import Proof
from detectors.checksum import luhn, number
from detectors.groups import digits_at, layout
from detectors.keyed import MixedDetector, matching
from detectors.texts import Ints, Texts

_H = "[0-9A-Fa-f]"
_WEAK = (
    rf"\d{{14}}|\d{{16}}|8986[0-9A-Za-z]{{15,16}}|(?i:{_H}{{12}}|[a-f]{_H}{{13}}|{_H}{{16}})|"
    rf"\{{?{_H}{{8}}-{_H}{{4}}-{_H}{{4}}-{_H}{{4}}-{_H}{{12}}\}}?|{_H}{{32}}|{_H}{{40}}|{_H}{{64}}"
)
_NOBODY = r"\{?[0-]+\}?|[fF]+"
_REPORTING = (1, 35, 86, 99)
_CARRIERS = (*range(10), 11, 15, 20)
_CHINA, _SIM = 460, 8986
_IMEI = 15
_MAC = ((2, 6, ":"), (2, 6, "-"), (4, 3, "."))  # digits in a group, groups, sign


class DeviceId(MixedDetector):
    """Finds identifiers of devices."""

    kind: ClassVar[str] = "device_id"
    chance: ClassVar[float] = 0.0041
    shape_chance: ClassVar[float] = 0.95
    text_chance: ClassVar[float] = 1e-3
    expected: ClassVar[float] = 0.98
    otherwise: ClassVar[float] = 0.3  # tokens of push services
    digits: ClassVar[int] = 1

    def judge(self, texts: Texts) -> Ints:
        """SHAPE for what is an identifier where somebody says so."""
        weak = matching(texts, _WEAK) & ~matching(texts, _NOBODY)
        weak[_imeis(texts)] = True
        return np.where(weak, int(Proof.SHAPE), 0)

    def anywhere(self, texts: Texts) -> tuple[Ints, Ints, Ints]:
        """Numbers of devices and cards, and MAC addresses."""
        found = [*_numbers(texts), *(_addresses(texts, *form) for form in _MAC)]
        starts, ends = (np.concatenate(column) for column in zip(*found, strict=True))
        free = texts.bordered(starts, ends)
        return starts[free], ends[free], np.full(free.sum(), int(Proof.CHECKED))


def _imeis(texts: Texts) -> Ints:
    """The rows that are 15 digits whose Luhn agrees, whichever body reported them."""
    runs, cores = texts.digit_runs, texts.cores
    runs = runs.take((runs.lengths == _IMEI) & (cores.lengths[runs.rows] == _IMEI))
    digits = digits_at(texts, runs.starts, layout((_IMEI,)))
    return runs.rows[luhn(digits) & (digits > 0).any(axis=1)] if len(digits) else runs.rows


def _numbers(texts: Texts) -> Iterator[tuple[Ints, Ints]]:
    """Spans of IMEI, IMSI and ICCID."""
    runs = texts.digit_runs
    for length in (_IMEI, 19, 20):
        starts = runs.starts[runs.lengths == length]
        starts = starts[texts.before(starts) != ord(".")]
        digits = digits_at(texts, starts, layout((length,)))
        agrees = luhn(digits) if len(starts) else np.zeros(0, np.bool_)
        if length == _IMEI:
            agrees &= np.isin(number(digits[:, :2]), _REPORTING)
            agrees |= (number(digits[:, :3]) == _CHINA) & np.isin(number(digits[:, 3:5]), _CARRIERS)
        else:
            agrees &= number(digits[:, :4]) == _SIM
        yield starts[agrees], starts[agrees] + length


def _addresses(texts: Texts, size: int, groups: int, sign: str) -> tuple[Ints, Ints]:
    """Spans of MAC addresses in groups of `size` hexadecimal digits with one sign between."""
    runs = texts.word_runs
    joined = np.zeros(len(runs.rows) + groups + 1, np.bool_)
    here = np.flatnonzero((runs.lengths == size) & (texts.after(runs.ends) == ord(sign)))
    here = here[here + 1 < len(runs.rows)]
    near = runs.starts[here + 1] - runs.ends[here] == 1
    joined[1 + here] = near & (runs.rows[here + 1] == runs.rows[here])
    at = np.flatnonzero(joined[1 : len(runs.rows) + 1])
    for place in range(1, groups - 1):
        at = at[joined[1 + at + place]]
    at = at[~joined[at] & ~joined[at + groups]]
    at = at[runs.lengths[at + groups - 1] == size]
    starts, ends = runs.starts[at], runs.ends[at + groups - 1]
    places = (np.arange(groups)[:, None] * (size + 1) + np.arange(size)).ravel()
    chars = texts.data[starts[:, None] + places] if len(at) else np.zeros((0, 12), np.uint8)
    fits = _HEX[chars].all(axis=1) & (chars != ord("0")).any(axis=1)
    fits &= ~np.isin(chars, list(b"fF")).all(axis=1)
    return starts[fits], ends[fits]


_HEX = np.zeros(256, np.bool_)
_HEX[np.frombuffer(b"0123456789abcdefABCDEF", np.uint8)] = True
