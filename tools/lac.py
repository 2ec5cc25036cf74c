"""The word tagger that lies inside the jieba package (`jieba/lac_small`), run by numpy alone.

A character-level BiGRU-CRF trained by Baidu; jieba can start it only with a PaddlePaddle that is
no longer made, so the weights are read here from their files. The tools use it offline, as a
second opinion on dictionary entries; the product does not need it.
"""

import struct
from collections.abc import Iterable, Sequence
from pathlib import Path

import jieba
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

FOLDER = Path(jieba.__file__).parent / "lac_small"
HIDDEN = 128
_FLOAT = 5  # the number of float32 in Paddle's data types


class Tagger:
    """Tags each of many short words of one length."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Reads the weights."""
        self._folder = folder / "model_baseline"
        embedding = self._tensor("word_emb")
        self._layers = [[self._direction(2 * layer + way) for way in (0, 1)] for layer in (0, 1)]
        self._out, self._bias = self._tensor("fc_4.w_0"), self._tensor("fc_4.b_0")
        crf = self._tensor("crfw")
        self._first, self._last, self._next = crf[0], crf[1], crf[2:]
        self._ids = {word: int(n) for n, word in _pairs(folder / "word.dic")}
        self.tags = [tag for _, tag in sorted((int(n), t) for n, t in _pairs(folder / "tag.dic"))]
        # One gather instead of one product: the first layer's input goes into the embedding.
        self._inputs = [embedding @ weights + bias for weights, bias, _, _ in self._layers[0]]

    def tag(self, words: Sequence[str]) -> Ints:
        """The tag number of every character, shape (words, length); all of one length."""
        oov = self._ids["OOV"]
        ids = np.array([[self._ids.get(c, oov) for c in word] for word in words]).T
        both = [
            _gru(inputs[ids], gates, candidate, backward=way == 1)
            for way, (inputs, (_, _, gates, candidate)) in enumerate(
                zip(self._inputs, self._layers[0], strict=True)
            )
        ]
        hidden = np.concatenate(both, axis=2)
        both = [
            _gru(hidden @ weights + bias, gates, candidate, backward=way == 1)
            for way, (weights, bias, gates, candidate) in enumerate(self._layers[1])
        ]
        return self._viterbi(np.concatenate(both, axis=2) @ self._out + self._bias)

    def _viterbi(self, emissions: Floats) -> Ints:
        """The best path for each word; emissions have the shape (length, words, tags)."""
        best = emissions[0] + self._first
        back = []
        for emission in emissions[1:]:
            scores = best[:, :, None] + self._next[None]
            back.append(scores.argmax(axis=1))
            best = scores.max(axis=1) + emission
        path = [(best + self._last).argmax(axis=1)]
        for choices in reversed(back):
            path.append(np.take_along_axis(choices, path[-1][:, None], axis=1)[:, 0])
        return np.stack(path[::-1], axis=1)

    def _direction(self, number: int) -> tuple[Floats, Floats, Floats, Floats]:
        """Input weights and bias, weights of the two gates, weights of the candidate."""
        bias = self._tensor(f"fc_{number}.b_0") + self._tensor(f"gru_{number}.b_0").reshape(-1)
        flat = self._tensor(f"gru_{number}.w_0").reshape(-1)
        gates = flat[: HIDDEN * 2 * HIDDEN].reshape(HIDDEN, 2 * HIDDEN)
        return self._tensor(f"fc_{number}.w_0"), bias, gates, flat[gates.size :].reshape(HIDDEN, -1)

    def _tensor(self, name: str) -> Floats:
        """One of Paddle's variable files: version, levels of detail, description, raw floats."""
        raw = (self._folder / name).read_bytes()
        (levels,) = struct.unpack_from("<Q", raw, 4)
        at = 12
        for _ in range(levels):
            at += 8 + struct.unpack_from("<Q", raw, at)[0]
        (length,) = struct.unpack_from("<i", raw, at + 4)
        kind, *shape = _varints(raw[at + 8 : at + 8 + length])
        if kind != _FLOAT:
            raise ValueError(f"{name} of jieba's lac_small is not float32: use jieba 0.42.1")
        return np.frombuffer(raw, np.float32, offset=at + 8 + length).reshape(shape)


def _varints(message: bytes) -> list[int]:
    """The values in a protobuf message of unsigned integers, its field numbers left out."""
    values, shift, value = [], 0, 0
    for byte in message:
        value |= (byte & 127) << shift
        shift += 7
        if not byte & 128:
            values.append(value)
            shift = value = 0
    return values[1::2]


def _pairs(path: Path) -> Iterable[tuple[str, str]]:
    for line in path.read_text("utf-8").split("\n"):
        number, _, word = line.partition("\t")
        if word:
            yield number, word


def _gru(inputs: Floats, gates: Floats, candidate: Floats, *, backward: bool) -> Floats:
    """Hidden states of one direction; inputs have the shape (length, words, 3 x hidden)."""
    state = np.zeros((inputs.shape[1], HIDDEN), np.float32)
    out = np.empty((*inputs.shape[:2], HIDDEN), np.float32)
    steps = range(len(inputs))
    for step in reversed(steps) if backward else steps:
        both = 1 / (1 + np.exp(-(inputs[step][:, : 2 * HIDDEN] + state @ gates)))
        update, reset = both[:, :HIDDEN], both[:, HIDDEN:]
        fresh = np.tanh(inputs[step][:, 2 * HIDDEN :] + (reset * state) @ candidate)
        state = state + update * (fresh - state)
        out[step] = state
    return out
