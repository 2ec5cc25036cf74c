"""Card of an officer, soldier or police officer (军官证, 士兵证, 警官证).

Sources:
    None that is public; public lists of patterns give a service or region, 字第, four to eight
    digits or letters, 号.

Caught:
    军字第12345678号 and alike, in prose too, with 号 or without; 军 兵 士 文 职 警 and the
    characters of the former regions and fleets before 字: proven. Numbers of six to eight
    digits as whole values, or behind a word that names them, which proves them.

Not caught:
    Documents that say 字第 behind a longer name: files of courts, deeds, licences.

Mistaken for it:
    Every number of six to eight digits. So those name no column without
    its header.
"""

from typing import ClassVar

import numpy as np

from detectors.base import Proof
from detectors.keyed import MixedDetector, matching
from detectors.texts import Bytes, Flags, Ints, Texts

_HEADS = "军兵士文职警武空海广南北沈兰成济京参政后装"
_WORD = np.frombuffer("字第".encode(), np.uint8)
_END = np.frombuffer("号".encode(), np.uint8)
_HAN = 3  # bytes
_SHORTEST, _LONGEST = 4, 8


class MilitaryId(MixedDetector):
    """Finds cards of officers, soldiers and the police."""

    kind: ClassVar[str] = "military_id"
    chance: ClassVar[float] = 0.0
    shape_chance: ClassVar[float] = 0.95
    text_chance: ClassVar[float] = 1e-4
    alone: ClassVar[bool] = False
    otherwise: ClassVar[float] = 0.3
    digits: ClassVar[int] = 1

    def judge(self, texts: Texts) -> Ints:
        """SHAPE for a bare number."""
        return np.where(matching(texts, r"\d{6,8}"), int(Proof.SHAPE), 0)

    def anywhere(self, texts: Texts) -> tuple[Ints, Ints, Ints]:
        """Numbers behind 字第."""
        runs = texts.word_runs
        runs = runs.take((runs.lengths >= _SHORTEST) & (runs.lengths <= _LONGEST))
        begins = runs.starts - len(_WORD) - _HAN
        runs = runs.take((begins >= 0) & (texts.before(runs.starts) == _WORD[-1]))
        begins = runs.starts - len(_WORD) - _HAN
        inside = begins >= texts.offsets[runs.rows]
        runs, begins = runs.take(inside), begins[inside]
        if not len(begins):
            return begins, begins, begins
        head = texts.data[begins[:, None] + np.arange(_HAN + len(_WORD))]
        fits = (head[:, _HAN:] == _WORD).all(axis=1)
        fits &= np.isin(
            _code(head), _code(np.frombuffer(_HEADS.encode(), np.uint8).reshape(-1, _HAN))
        )
        # Behind another character the word is longer: 京房权证海字第.
        fits &= (texts.before(begins) < 0x80) | _is_stop(texts, begins)
        starts, ends = begins[fits], runs.ends[fits]
        room = np.minimum(ends[:, None] + np.arange(_HAN), len(texts.data) - 1)
        closed = (texts.data[room] == _END).all(axis=1) & (texts.after(ends) == _END[0])
        ends = ends + _HAN * closed
        return starts, ends, np.full(len(starts), int(Proof.CHECKED))


def _code(chars: Bytes) -> Ints:
    """The first three bytes of each row as one number."""
    code: Ints = chars[:, :_HAN].astype(np.int64) @ np.array([1 << 16, 1 << 8, 1])
    return code


def _is_stop(texts: Texts, at: Ints) -> Flags:
    """True where punctuation of three bytes stands before, as `，` and `。` do."""
    lead = texts.data[np.maximum(at - _HAN, 0)]
    return np.asarray(np.isin(lead, (0xE2, 0xE3, 0xEF)), dtype=np.bool_)
