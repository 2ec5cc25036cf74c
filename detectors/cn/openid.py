"""Identifier of a WeChat user in an application (微信 OpenID, UnionID).

Sources:
    None that says the form: the documents of WeChat call it a string.

Caught:
    `o` and 27 or 28 letters, digits, hyphens and underscores, among them a digit, a capital
    and a small letter. Of the form only.

Not caught:
    Identifiers that other platforms give (QQ: 32 hexadecimal digits; Feishu: ou_ and on_).

Mistaken for it:
    Random tokens of 28 characters: 1.5 in 100 begin with o and have the form.
"""

from typing import ClassVar

import numpy as np

from detectors.base import Detector, Matches
from detectors.texts import Flags, Texts

_SHORTEST = 28  # characters; or one more


def _table(chars: bytes) -> Flags:
    table = np.zeros(256, np.bool_)
    table[np.frombuffer(chars, np.uint8)] = True
    return table


_DIGIT, _SMALL = _table(b"0123456789"), _table(b"abcdefghijklmnopqrstuvwxyz")
_CAPITAL = _table(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_ANY = _DIGIT | _SMALL | _CAPITAL | _table(b"-_")


class Openid(Detector):
    """Finds identifiers of WeChat users."""

    kind: ClassVar[str] = "openid"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.015
    text_chance: ClassVar[float] = 1e-4
    otherwise: ClassVar[float] = 0.3  # those of other platforms
    digits: ClassVar[int] = 1

    def find(self, texts: Texts) -> Matches:
        """Every identifier."""
        runs = texts.word_runs
        heads = (texts.data[runs.starts] == ord("o")) & ~_ANY[texts.before(runs.starts)]
        starts = runs.starts[heads]
        room = texts.offsets[runs.rows[heads] + 1] - starts
        starts, room = starts[room >= _SHORTEST], room[room >= _SHORTEST]
        if not len(starts):
            return Matches.none()
        places = np.minimum(starts[:, None] + np.arange(_SHORTEST + 2), len(texts.data) - 1)
        body = texts.data[places]
        ours = _ANY[body] & (np.arange(_SHORTEST + 2) < room[:, None])
        longer = ours[:, _SHORTEST]
        fits = ours[:, :_SHORTEST].all(axis=1) & ~(longer & ours[:, _SHORTEST + 1])
        for kind in (_DIGIT, _SMALL, _CAPITAL):
            fits &= kind[body[:, 1:_SHORTEST]].any(axis=1)
        ends = starts + _SHORTEST + longer
        fits &= texts.bordered(starts, ends)
        return Matches.at(texts, starts[fits], ends[fits], np.zeros(fits.sum(), np.bool_))
