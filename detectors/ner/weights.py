"""The weights of the word tagger that lies inside the jieba package (`jieba/lac_small`).

Sources:
    jieba (MIT). A character-level BiGRU-CRF trained by Baidu. jieba itself can start it only with
    a PaddlePaddle that is no longer made, so its files are read here; jieba is never imported.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

HIDDEN = 128
_FLOAT = 5  # the number of float32 in Paddle's data types
_ALIKE = "•‧∙・"  # written for the dot of names, which the tagger knows as ·


class NoModelError(RuntimeError):
    """The model's files are not there: one sentence that says what to install."""

    def __init__(self) -> None:
        """Says what to do."""
        super().__init__("the model for names is not installed: run pip install 'picensus[ner]'")


@dataclass(frozen=True, slots=True)
class Direction:
    """One direction of a layer: `inputs` (n, 3h), `bias`, `gates` (h, 2h), `candidate`."""

    inputs: Floats
    bias: Floats
    gates: Floats
    candidate: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """All of the model. `ids` gives the row of `embedding` for each UTF-16 code unit."""

    ids: npt.NDArray[np.uint16]
    embedding: Floats
    layers: tuple[tuple[Direction, Direction], ...]  # forward, backward
    out: Floats
    bias: Floats
    first: Floats
    last: Floats
    following: Floats  # score of one tag (row) before another
    tags: tuple[str, ...]


def folder() -> Path:
    """Where the model lies.

    Raises:
        NoModelError: jieba is not installed, or comes without the model.
    """
    spec = find_spec("jieba")
    places = spec.submodule_search_locations if spec else None
    for place in places or ():
        path = Path(place) / "lac_small"
        if (path / "model_baseline" / "word_emb").exists():
            return path
    raise NoModelError


def load() -> Weights:
    """The weights of the installed package.

    Raises:
        NoModelError: there are none.
    """
    path = folder()
    crf = _tensor(path, "crfw")
    words = {word: number for number, word in _pairs(path / "word.dic")}
    ids = np.full(65536, words["OOV"], np.uint16)
    for word, number in words.items():
        if len(word) == 1 and ord(word) < 65536:
            ids[ord(word)] = number
    ids[[ord(dot) for dot in _ALIKE]] = words["·"]
    return Weights(
        ids,
        _tensor(path, "word_emb"),
        tuple((_direction(path, 2 * n), _direction(path, 2 * n + 1)) for n in (0, 1)),
        _tensor(path, "fc_4.w_0"),
        _tensor(path, "fc_4.b_0"),
        crf[0],
        crf[1],
        crf[2:],
        tuple(tag for _, tag in sorted(_pairs(path / "tag.dic"))),
    )


def _direction(path: Path, number: int) -> Direction:
    bias = _tensor(path, f"fc_{number}.b_0") + _tensor(path, f"gru_{number}.b_0").reshape(-1)
    flat = _tensor(path, f"gru_{number}.w_0").reshape(-1)
    gates = flat[: HIDDEN * 2 * HIDDEN].reshape(HIDDEN, 2 * HIDDEN)
    candidate = flat[gates.size :].reshape(HIDDEN, HIDDEN)
    return Direction(_tensor(path, f"fc_{number}.w_0"), bias, gates, candidate)


def _tensor(path: Path, name: str) -> Floats:
    """One of Paddle's variable files: version, levels of detail, description, raw floats."""
    raw = (path / "model_baseline" / name).read_bytes()
    (levels,) = struct.unpack_from("<Q", raw, 4)
    at = 12
    for _ in range(levels):
        at += 8 + struct.unpack_from("<Q", raw, at)[0]
    (length,) = struct.unpack_from("<i", raw, at + 4)
    kind, *shape = _numbers(raw[at + 8 : at + 8 + length])
    if kind != _FLOAT:
        raise ValueError(f"{name} of jieba's lac_small is not float32: use jieba 0.42.1")
    return np.frombuffer(raw, np.float32, offset=at + 8 + length).reshape(shape)


def _numbers(message: bytes) -> list[int]:
    """The values in a protobuf message of unsigned integers, its field numbers left out."""
    values, shift, value = [], 0, 0
    for byte in message:
        value |= (byte & 127) << shift
        shift += 7
        if not byte & 128:
            values.append(value)
            shift = value = 0
    return values[1::2]


def _pairs(path: Path) -> Iterator[tuple[int, str]]:
    for line in path.read_text("utf-8").split("\n"):
        number, _, word = line.partition("\t")
        if word:
            yield int(number), word
