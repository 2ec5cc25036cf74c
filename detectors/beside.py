"""How far bytes of one sort go before and after some places: eight bytes a step.

For few places among many bytes, where the edges of all runs would cost more to find.
"""

import numpy as np
import numpy.typing as npt

from detectors.texts import Flags, Ints

Eights = npt.NDArray[np.uint64]

_STEP = 8  # bytes of one number
_STEPS = 16  # that most runs are done in
_ONES = np.uint64(0x0101010101010101)
_TOP = np.uint64(56)


class Beside:
    """One flag a byte, read eight at a time."""

    def __init__(self, flags: Flags) -> None:
        padded = np.zeros(len(flags) + 2 * _STEP, np.uint8)
        padded[_STEP:-_STEP] = flags
        self._flags = flags
        self._eights: Eights = np.ndarray(len(padded) - _STEP + 1, "<u8", padded, strides=(1,))

    def before(self, at: Ints) -> Ints:
        """Where the run that ends before each place begins; the place itself where none does."""
        passed = _highest(self._eights[at])
        starts, going = at - passed, np.flatnonzero(passed == _STEP)
        for _ in range(_STEPS):
            if not len(going):
                return starts
            passed = _highest(self._eights[starts[going]])
            starts[going] -= passed
            going = going[passed == _STEP]
        others = np.append(-1, np.flatnonzero(~self._flags))
        starts[going] = others[np.searchsorted(others, starts[going]) - 1] + 1
        return starts

    def after(self, at: Ints) -> Ints:
        """Where the run that begins at each place ends; the place itself where none does."""
        passed = _lowest(self._eights[at + _STEP])
        ends, going = at + passed, np.flatnonzero(passed == _STEP)
        for _ in range(_STEPS):
            if not len(going):
                return ends
            passed = _lowest(self._eights[ends[going] + _STEP])
            ends[going] += passed
            going = going[passed == _STEP]
        others = np.append(np.flatnonzero(~self._flags), len(self._flags))
        ends[going] = others[np.searchsorted(others, ends[going])]
        return ends


def _highest(eights: Eights) -> Ints:
    """How many of eight flags are set from the last one down without a gap."""
    wrong = ~eights & _ONES
    for size in (8, 16, 32):
        wrong |= wrong >> np.uint64(size)
    return _STEP - (wrong * _ONES >> _TOP).astype(np.int64)


def _lowest(eights: Eights) -> Ints:
    """How many of eight flags are set from the first one up without a gap."""
    wrong = ~eights & _ONES
    below = ((wrong & -wrong) - np.uint64(1)) & _ONES
    return (below * _ONES >> _TOP).astype(np.int64)
