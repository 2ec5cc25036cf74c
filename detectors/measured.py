"""How often look-alikes pass: measured on random values of the same length and alphabet."""

from collections.abc import Sequence
from random import Random

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from detectors.base import Detector, Proof
from detectors.own import Chances
from detectors.texts import Texts

VALUES = 100_000
TEMPLATES = 200
_SEED = 20_11_01
# Characters of one class take each other's place; all others stay. Han: by code point.
_CLASSES = ("0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_HAN = (0x4E00, 0x9FA5)


def random() -> Random:
    """The seeded source of templates, the same in every run."""
    return Random(_SEED)


def look_alikes(templates: Sequence[str], count: int = VALUES) -> pa.Array:
    """Texts like the templates, each character replaced by a random one of its class."""
    rng = np.random.default_rng(_SEED)
    parts = []
    each = max(1, count // max(len(templates), 1))
    for template in templates:
        codes = np.tile(np.array([ord(char) for char in template], np.uint32), (each, 1))
        for place, char in enumerate(template):
            codes[:, place] = _alike(char, each, rng)
        parts.append(pa.array(codes.view(f"<U{len(template)}").ravel(), pa.large_string()))
    return pa.concat_arrays(parts) if parts else pa.array([], pa.large_string())


def chances(detector: Detector, templates: Sequence[str], count: int = VALUES) -> Chances:
    """The shares of look-alikes that the detector proves, and that it finds at all.

    None in n means less than 3 / n (at 95 %), and is told so.
    """
    texts = Texts(look_alikes(templates, count))
    matches = detector.find(texts)
    proven = len(np.unique(matches.rows[matches.proofs == Proof.CHECKED]))
    found = len(np.unique(matches.rows))
    least = 3 / max(len(texts), 3)
    return Chances(max(proven / len(texts), least), min(max(found / len(texts), least), 0.999))


def _alike(char: str, count: int, rng: np.random.Generator) -> npt.NDArray[np.uint32]:
    for alphabet in _CLASSES:
        if char in alphabet:
            return rng.integers(ord(alphabet[0]), ord(alphabet[-1]) + 1, count, dtype=np.uint32)
    if _HAN[0] <= ord(char) <= _HAN[1]:
        return rng.integers(_HAN[0], _HAN[1] + 1, count, dtype=np.uint32)
    return np.full(count, ord(char), np.uint32)
