"""Which word of a list ends, or begins, at many places of a text at once.

A trie as one table: the next state of every state and character. Places whose characters lead
nowhere are dropped step by step, and most are after the first.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from detectors.texts import Flags, Ints
from detectors.units import Chars

_ROOT, _DEAD = 1, 0


class Trie:
    """Words, each with a number above 0 that says what it is."""

    def __init__(
        self, words: Mapping[str, int], *, backward: bool = False, any_case: bool = False
    ) -> None:
        """Takes the words; `backward` reads towards the front, from where a word ends.

        With `any_case` the words are in small letters and stand for capitals too.
        """
        alphabet = sorted({char for word in words for char in word})
        self._columns = np.zeros(1 << 16, np.uint16)  # 0 for what no word has
        self._columns[[ord(char) for char in alphabet]] = np.arange(1, len(alphabet) + 1)
        if any_case:
            capitals = [ord(char.upper()) for char in alphabet]
            self._columns[capitals] = np.arange(1, len(alphabet) + 1)
        self._width = len(alphabet) + 1
        self._step = -1 if backward else 1
        self._longest = max(map(len, words))
        states: dict[str, int] = {"": _ROOT}
        for word in words:
            read = word[:: self._step]
            for size in range(1, len(read) + 1):
                states.setdefault(read[:size], len(states) + 1)
        self._next = np.zeros((len(states) + 1) * self._width, np.uint16)
        self._said = np.zeros(len(states) + 1, np.uint8)
        for read, state in states.items():
            if read:
                column = int(self._columns[ord(read[-1])])
                self._next[states[read[:-1]] * self._width + column] = state
            self._said[state] = words.get(read[:: self._step], 0)
        self._begin = self._next[_ROOT * self._width + self._columns.astype(np.int64)]

    def read(self, units: Chars, places: Ints) -> Iterator[tuple[Ints, int, npt.NDArray[np.uint8]]]:
        """By length, shortest first: which places have a word of it, the length, what it is.

        Backward, a place is the one after the word's last character.
        """
        at = places if self._step > 0 else places - 1
        states = self._begin.take(units.take(at))
        which = np.flatnonzero(states)  # nearly all stop here
        states, at = states[which], at[which]
        for length in range(1, self._longest + 1):
            said = self._said[states]
            ended = np.flatnonzero(said)
            if len(ended):
                yield which[ended], length, said[ended]
            at = at + self._step
            states = self._next[states.astype(np.int64) * self._width + self._columns[units[at]]]
            going = np.flatnonzero(states)
            if not len(going):
                return
            which, states, at = which[going], states[going], at[going]

    def longest(self, units: Chars, places: Ints) -> tuple[Ints, npt.NDArray[np.uint8]]:
        """The length of the longest word at each place and what it is; 0 for none."""
        lengths, found = np.zeros(len(places), np.int64), np.zeros(len(places), np.uint8)
        for which, length, said in self.read(units, places):
            lengths[which], found[which] = length, said
        return lengths, found

    def has(self, units: Chars, places: Ints) -> Flags:
        """True where any word is."""
        out = np.zeros(len(places), np.bool_)
        for which, *_ in self.read(units, places):
            out[which] = True
        return out
