"""Texts as code points, cut into chunks for the tagger; and which chunks may hold a name."""

import numpy as np

from detectors.names import names
from detectors.ner.tagger import Chars
from detectors.texts import Flags, Ints, Texts

MOST = 120  # characters of a chunk
_STOPS = "。!?;\r\n"  # where a sentence ends
_SOFT = ",、:|· \t）)"  # where a longer one is cut
_DOTS = "·•‧∙・"
_LIKE_A_NAME = 0.0  # score of a window above which its chunk is read


def code_points(texts: Texts) -> tuple[Chars, Ints]:
    """The characters of all texts in a row, and where each text begins (n + 1)."""
    chars = texts.data.tobytes().decode("utf-8", "replace").encode("utf-32-le", "replace")
    begins = np.concatenate((np.zeros(1, np.int64), np.cumsum(texts.chars)))
    return np.frombuffer(chars, np.uint32), begins


def cut(chars: Chars, begins: Ints) -> tuple[Ints, Ints]:
    """First characters and ends of chunks: sentences, and pieces of those above MOST."""
    after_stop = np.flatnonzero(_among(chars, _STOPS)) + 1
    bounds = np.union1d(begins, after_stop)
    starts, ends = bounds[:-1], bounds[1:]
    soft = np.concatenate(([0], np.flatnonzero(_among(chars, _SOFT)) + 1))
    done = [(starts[:0], ends[:0])]
    while len(starts):
        long = ends - starts > MOST
        done.append((starts[~long], ends[~long]))
        starts, ends = starts[long], ends[long]
        last = soft[np.searchsorted(soft, starts + MOST, side="right") - 1]
        middle = np.where(last > starts, last, starts + MOST)
        done.append((starts, middle))
        starts = middle
    joined = (np.concatenate(part) for part in zip(*done, strict=True))
    starts, ends = (np.asarray(part, dtype=np.int64) for part in joined)
    order = np.argsort(starts)
    return starts[order], ends[order]


def promising(chars: Chars, starts: Ints, ends: Ints) -> Flags:
    """True for chunks in which a few characters score as a name, or a dot stands."""
    codes = names().codes(chars)
    known = (chars >= 0x3400) & ((chars <= 0x9FFF) | (chars >= 0x20000))
    like = np.asarray(_among(chars, _DOTS))
    for length in (2, 3, 4):
        if len(chars) < length:
            break
        inside = np.lib.stride_tricks.sliding_window_view(known, length).all(axis=1)
        at = np.flatnonzero(inside)
        windows = np.lib.stride_tricks.sliding_window_view(codes, length)[at]
        like[at[names().scores(windows) > _LIKE_A_NAME]] = True
    total = np.concatenate(([0], np.cumsum(like)))
    return np.asarray(total[ends] > total[starts], dtype=np.bool_)


def _among(chars: Chars, members: str) -> Flags:
    return np.isin(chars, [ord(char) for char in members])
