"""Tags characters by the weights of `detectors.ner.weights`: a BiGRU-CRF in numpy.

Chunks of about one length go through together, longest path by longest path, so that every
step is one product of matrices: tens of thousands of characters a second on one core.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from detectors.ner.weights import HIDDEN, Direction, Floats, Weights
from detectors.texts import Ints

Chars = npt.NDArray[np.uint32]
Tags = npt.NDArray[np.int16]

UNTAGGED = -1
_TOGETHER = 128  # chunks


class Tagger:
    """Gives each character the number of its tag (`tags`)."""

    def __init__(self, weights: Weights) -> None:
        """Takes the weights, which it does not change."""
        self._weights = weights
        self.tags: tuple[str, ...] = weights.tags

    def tag(self, chars: Chars, starts: Ints, ends: Ints) -> Tags:
        """One tag a character; UNTAGGED outside of the chunks, which are never empty."""
        out = np.full(len(chars), UNTAGGED, np.int16)
        ids = self._weights.ids[np.where(chars < 65536, chars, 0)]
        order = np.argsort(ends - starts, kind="stable")
        for at in range(0, len(order), _TOGETHER):
            some = order[at : at + _TOGETHER]
            lengths = ends[some] - starts[some]
            steps = np.arange(lengths.max())[:, None]
            inside = steps < lengths
            places = np.where(inside, starts[some] + steps, starts[some])
            path = self._best(self._emissions(ids[places], inside), lengths)
            out[places[inside]] = path[inside]
        return out

    def _emissions(self, ids: npt.NDArray[np.uint16], inside: npt.NDArray[np.bool_]) -> Floats:
        """The score of each tag, shape (length, chunks, tags)."""
        model = self._weights
        used, which = np.unique(ids, return_inverse=True)
        known = model.embedding[used]
        below: Floats = np.concatenate(
            [
                _gru((known @ way.inputs + way.bias)[which.reshape(ids.shape)], way, inside, step)
                for way, step in zip(model.layers[0], (1, -1), strict=True)
            ],
            axis=2,
        )
        for layer in model.layers[1:]:
            below = np.concatenate(
                [
                    _gru(below @ way.inputs + way.bias, way, inside, step)
                    for way, step in zip(layer, (1, -1), strict=True)
                ],
                axis=2,
            )
        return np.asarray(below @ model.out + model.bias, dtype=np.float32)

    def _best(self, emissions: Floats, lengths: Ints) -> npt.NDArray[np.int64]:
        """The best path of each chunk (Viterbi), shape (length, chunks)."""
        model = self._weights
        before = np.ascontiguousarray(model.following.T)  # the last axis is what is searched
        score = emissions[0] + model.first
        came: list[npt.NDArray[np.int64]] = []
        final = score.copy()
        for step in range(1, len(emissions)):
            ways = score[:, None, :] + before
            best = ways.argmax(axis=2)
            came.append(best)
            score = np.take_along_axis(ways, best[:, :, None], axis=2)[:, :, 0] + emissions[step]
            going = lengths > step
            final[going] = score[going]
        tag = (final + model.last).argmax(axis=1)
        path = np.zeros(emissions.shape[:2], np.int64)
        path[-1] = tag
        chunks = np.arange(len(lengths))
        for step in range(len(emissions) - 1, 0, -1):
            going = lengths > step
            tag = np.where(going, came[step - 1][chunks, tag], tag)
            path[step - 1] = tag
        return path


def _gru(inputs: Floats, way: Direction, inside: npt.NDArray[np.bool_], direction: int) -> Floats:
    """Hidden states of one direction; inputs have the shape (length, chunks, 3 x hidden)."""
    state: Floats = np.zeros((inputs.shape[1], HIDDEN), np.float32)
    out = np.empty((*inputs.shape[:2], HIDDEN), np.float32)
    for step in range(len(inputs))[::direction]:
        raised = np.exp(-(inputs[step, :, : 2 * HIDDEN] + state @ way.gates))
        both = np.float32(1) / (np.float32(1) + raised)
        update, reset = both[:, :HIDDEN], both[:, HIDDEN:]
        fresh = np.tanh(inputs[step, :, 2 * HIDDEN :] + (reset * state) @ way.candidate)
        moved = state + update * (fresh - state)
        moved[~inside[step]] = state[~inside[step]]
        state = moved.astype(np.float32, copy=False)
        out[step] = state
    return out


def numbers_of(tags: Sequence[str], names: frozenset[str]) -> tuple[Ints, Ints]:
    """The numbers of the tags that begin one of the names, and of those that go on."""
    begin = [n for n, tag in enumerate(tags) if tag.removesuffix("-B") in names]
    inner = [n for n, tag in enumerate(tags) if tag.removesuffix("-I") in names]
    return np.array(begin, np.int64), np.array(inner, np.int64)
