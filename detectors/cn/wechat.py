"""WeChat account (微信号).

Sources:
    Tencent: a letter first, six to 20 letters, digits, hyphens and underscores. Accounts that
    nobody named are wxid_ and characters at random, as seen in many places.

Caught:
    wxid_ and ten to 20 small letters and digits, anywhere: proven. Other accounts as whole
    values, or behind a word that names them, which proves them. Mobiles and QQ numbers under a
    header for it count for it (`written_as` in the catalogue).

Not caught:
    Masked ones (see `detectors.states`).

Mistaken for it:
    Every word that begins with a letter. So those name no column without its header.
"""

from typing import ClassVar

import numpy as np

from detectors.base import Proof
from detectors.keyed import MixedDetector, matching
from detectors.texts import Ints, Texts

_FORM = "[A-Za-z][-_0-9A-Za-z]{5,19}|wxid_[0-9a-z]{10,20}"
_HEAD = np.frombuffer(b"wxid_", np.uint8)
_LONGEST = 20


class Wechat(MixedDetector):
    """Finds WeChat accounts."""

    kind: ClassVar[str] = "wechat"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.95
    text_chance: ClassVar[float] = 1e-3
    otherwise: ClassVar[float] = 0.2

    def judge(self, texts: Texts) -> Ints:
        """SHAPE for what may be an account where somebody says so."""
        return np.where(matching(texts, _FORM), int(Proof.SHAPE), 0)

    def anywhere(self, texts: Texts) -> tuple[Ints, Ints, Ints]:
        """Accounts that nobody named."""
        runs = texts.word_runs
        at = np.flatnonzero(
            (runs.lengths == len(_HEAD) - 1) & (texts.after(runs.ends) == _HEAD[-1])
        )
        at = at[at + 1 < len(runs.rows)]
        joined = runs.starts[at + 1] == runs.ends[at] + 1
        at = at[joined & (runs.rows[at + 1] == runs.rows[at])]
        size = runs.lengths[at + 1]
        at = at[(size >= _LONGEST // 2) & (size <= _LONGEST)]
        head = texts.data[runs.starts[at][:, None] + np.arange(len(_HEAD))] if len(at) else _HEAD
        at = at[(head == _HEAD).all(axis=1)] if len(at) else at
        starts, ends = runs.starts[at], runs.ends[at + 1]
        free = texts.after(ends) != _HEAD[-1]
        return starts[free], ends[free], np.full(free.sum(), int(Proof.CHECKED))
