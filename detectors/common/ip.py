"""Internet address (IP 地址) of version 4 or 6.

Sources:
    RFC 791 and RFC 4291: the forms. RFC 1918, 4193, 6598 and 3927: addresses of private nets
    and of single links. RFC 1122: 0.0.0.0/8 and 127.0.0.0/8 are no host's.

Caught:
    Four numbers up to 255 with dots, no zeros in front; a port or prefix length behind (:8080,
    /24) stays outside. Proven where they look like a host of the public net: 20 or more first
    and one number of 100 or more, or two of these. Private addresses, and those that could be a
    version, of the form only: whole values, or behind a word that names it, since any network
    has them. Both are proven first in a line of an access log (`1.2.3.4 - - [`), behind a word for
    a peer (`client=`, `from `, `X-Forwarded-For:`) where nothing is said of versions, and further
    on in a list that begins so. Version 6 in every way of writing: proven in the range of public
    hosts (2000::/3).

Not caught:
    0.0.0.0, 127.x, broadcasts, net masks, multicast. Addresses written as one integer. Masked
    ones (see `detectors.states`).

Mistaken for it:
    Versions of four numbers: those up to 99 have the form and prove nothing, so 97 % of all
    do. Of random ones up to 999 3.6 in 1,000 are proven. Numbers of five parts (1.3.6.1.4)
    are none.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.base import Proof
from detectors.keyed import MixedDetector, matching
from detectors.texts import Flags, Ints, Runs, Texts

_G = "[0-9A-Fa-f]{1,4}"
# RE2 knows no way to count the groups left and right of `::` together.
_SIX = "|".join(
    [f"(?:{_G}:){{7}}{_G}"]
    + [f"(?:{_G}:){{1,{n}}}(?::{_G}){{1,{7 - n}}}" for n in range(1, 7)]
    + [f":(?::{_G}){{1,7}}", f"(?:{_G}:){{1,7}}:"]
)
_PUBLIC_SIX = "[23][0-9A-Fa-f]{3}:.*"
_HOST_SIX = "(?i)(?:[23][0-9a-f]{3}|f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):.*"
_WIDEST_SIX = 40
_COLONS = 7  # between all groups of an address of version 6
_LARGEST, _MULTICAST, _LOOP = 255, 224, 127
_LARGE = 100  # a number that versions seldom reach
_FIRST = 20  # and their first one even less
_READ, _GAP, _HOPS = 24, 3, 6  # bytes read beside an address, between two of a list; of a list
_ACCESS = r"^ - \S{1,20} \[|^,? ?\[\d|^ \S{1,20} \S{1,20} \[\d"
_PEER = (
    r"(?i)(?:^|[^0-9a-z])(?:clients?|peer|from|remote|remote[_ ]?addr(?:ess)?|rhost|src"
    r"|source|x-forwarded-for|x_forwarded_for|forwarded|x-real-ip|real-ip|addr)"
    r"(?:[\"']?\s?[:=]\s?[\"'\[(]?|\s[\"'\[(]?)$|来自 ?$|客户端[:= ]?$"
)
_FROM = r"(?i)(?:from|src|source|forwarded)[\"' :=]*$"
_VERSIONS = r"(?i)versi|upgrad|updat|migrat|releas|patch|版本|升级|更新"
_LISTED = r"\d(?:,|, | )$"
_IS_SIX = np.zeros(256, np.bool_)
_IS_SIX[np.frombuffer(b"0123456789abcdefABCDEF:", np.uint8)] = True


class Ip(MixedDetector):
    """Finds addresses of hosts."""

    kind: ClassVar[str] = "ip"
    chance: ClassVar[float] = 0.0036
    shape_chance: ClassVar[float] = 0.97
    text_chance: ClassVar[float] = 1e-3
    digits: ClassVar[int] = 1

    def judge(self, texts: Texts) -> Ints:
        """SHAPE for a host's address of whichever net."""
        proofs = np.zeros(len(texts), np.int64)
        spans = texts.shared(_fours)
        proofs[_filled(texts, spans.runs).rows] = Proof.SHAPE
        sixes = _filled(texts, texts.shared(_sixes))
        if len(sixes.rows):
            scoped = matching(texts.cut(sixes.starts, sixes.ends), _HOST_SIX)
            proofs[sixes.rows[scoped]] = Proof.SHAPE
        return proofs

    def anywhere(self, texts: Texts) -> tuple[Ints, Ints, Ints]:
        """Addresses of the public net."""
        spans, sixes = texts.shared(_fours), texts.shared(_sixes)
        fours = _public(spans.values)
        fours |= _told(texts, spans.runs, fours)
        six = matching(texts.cut(sixes.starts, sixes.ends), _PUBLIC_SIX)
        starts = np.concatenate((spans.runs.starts[fours], sixes.starts[six]))
        ends = np.concatenate((spans.runs.ends[fours], sixes.ends[six]))
        return starts, ends, np.full(len(starts), int(Proof.CHECKED))


@dataclass(frozen=True, slots=True)
class _Fours:
    """Addresses of hosts: where they are, and the four numbers of each."""

    runs: Runs
    values: Ints


def _fours(texts: Texts) -> _Fours:
    """Four numbers up to 255 with dots between, no fifth, as a host may have."""
    runs = texts.digit_runs
    dotted = np.zeros(len(runs.rows) + 5, np.bool_)  # a point before the next; see `at` below
    here = np.flatnonzero(texts.after(runs.ends) == ord("."))
    here = here[here + 1 < len(runs.rows)]
    near = runs.starts[here + 1] - runs.ends[here] == 1
    dotted[1 + here] = near & (runs.rows[here + 1] == runs.rows[here])
    at = np.flatnonzero(dotted[1:-4] & dotted[2:-3] & dotted[3:-2] & ~dotted[4:-1] & ~dotted[:-5])
    at = at[(runs.lengths[at[:, None] + np.arange(4)] <= 3).all(axis=1)]
    starts, ends = runs.starts[at], runs.ends[at + 3]
    values = np.column_stack([_value(texts, runs, at + place) for place in range(4)])
    first = values[:, 0]
    good = (values <= _LARGEST).all(axis=1) & (first > 0) & (first < _MULTICAST)
    good &= (first != _LOOP) & texts.bordered(starts, ends)
    return _Fours(Runs(runs.rows[at[good]], starts[good], ends[good]), values[good])


def _value(texts: Texts, runs: Runs, at: Ints) -> Ints:
    """The value of each run of three digits or fewer; beyond all where a zero leads."""
    value = np.zeros(len(at), np.int64)
    lengths = runs.lengths[at]
    for place in range(1, 4):
        digit = texts.data[np.maximum(runs.ends[at] - place, 0)].astype(np.int64) - ord("0")
        value += np.where(place <= lengths, digit * 10 ** (place - 1), 0)
    led = (lengths > 1) & (texts.data[runs.starts[at]] == ord("0"))
    return np.where(led, _LARGEST + 1, value)


def _public(values: Ints) -> Flags:
    """True where four numbers are an address of the public net, and hardly a version."""
    a, b = values[:, 0], values[:, 1]
    private = (a == 10) | ((a == 172) & (b >= 16) & (b < 32)) | ((a == 192) & (b == 168))
    private |= ((a == 100) & (b >= 64) & (b < 128)) | ((a == 169) & (b == 254))
    large = (values >= _LARGE).sum(axis=1)
    return np.asarray(~private & ((large > 1) | ((large > 0) & (a >= _FIRST))), dtype=np.bool_)


def _told(texts: Texts, runs: Runs, sure: Flags) -> Flags:
    """True where what stands beside tells: the form of an access log, a word for a peer, a list."""
    cores = texts.cores
    inner = (runs.starts > cores.starts[runs.rows]) | (runs.ends < cores.ends[runs.rows])
    at = np.flatnonzero(~sure & inner)
    told = np.zeros(len(sure), np.bool_)
    if not len(at):
        return told
    starts, ends = runs.starts[at], runs.ends[at]
    first = texts.offsets[runs.rows[at]]
    ahead = texts.cut(np.maximum(first, starts - _READ), starts).array
    behind = texts.cut(ends, np.minimum(ends + _READ, texts.offsets[runs.rows[at] + 1])).array
    leads = np.asarray(pc.match_substring_regex(behind, _ACCESS), dtype=np.bool_)
    leads &= starts == cores.starts[runs.rows[at]]
    peers = np.asarray(pc.match_substring_regex(ahead, _PEER), dtype=np.bool_)
    vague = np.flatnonzero(peers & np.asarray(pc.match_substring_regex(ahead, _FROM)))
    if len(vague):  # `upgraded from 2.1.4.5`
        held = texts.array.take(pa.array(runs.rows[at[vague]]))
        peers[vague] = ~np.asarray(pc.match_substring_regex(held, _VERSIONS), dtype=np.bool_)
    told[at[leads | peers]] = True
    listed = at[np.asarray(pc.match_substring_regex(ahead, _LISTED), dtype=np.bool_)]
    listed = listed[listed > 0]
    listed = listed[(runs.starts[listed] - runs.ends[listed - 1] <= _GAP) & ~told[listed]]
    for _ in range(_HOPS * bool(len(listed))):
        told[listed] |= (told | sure)[listed - 1] & (runs.rows[listed - 1] == runs.rows[listed])
    return told


def _sixes(texts: Texts) -> Runs:
    """Runs of hexadecimal digits and colons that are an address of version 6."""
    doubled = np.flatnonzero(texts.data == ord(":"))
    # Two side by side or seven near each other: times and JSON have neither.
    near = doubled[_COLONS - 1 :] - doubled[: 1 - _COLONS] <= _WIDEST_SIX
    if not near.any() and not (np.diff(doubled) == 1).any():
        return texts.digit_runs.take(np.zeros(0, np.int64))
    runs = texts.runs(_IS_SIX[texts.data])
    colons = np.searchsorted(doubled, runs.ends) - np.searchsorted(doubled, runs.starts)
    runs = runs.take((colons > 1) & (runs.lengths <= _WIDEST_SIX))
    led = texts.data[runs.starts] == ord(":")  # `ip:2001:db8::1`
    led &= texts.data[np.minimum(runs.starts + 1, len(texts.data) - 1)] != ord(":")
    runs = Runs(runs.rows, runs.starts + led, runs.ends)
    runs = runs.take(texts.bordered(runs.starts, runs.ends))
    return runs.take(matching(texts.cut(runs.starts, runs.ends), _SIX))


def _filled(texts: Texts, runs: Runs) -> Runs:
    """Those that are their whole text, but for spaces."""
    cores = texts.cores
    return runs.take(
        (runs.starts == cores.starts[runs.rows]) & (runs.ends == cores.ends[runs.rows])
    )
