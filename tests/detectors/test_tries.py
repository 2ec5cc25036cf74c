"""Partitions: direction; no word, one, several of different lengths; edges of the text; case."""

import numpy as np

from detectors.tries import Trie
from detectors.units import Chars


def units(text: str) -> Chars:
    """The text with room around, as readers of tries have it."""
    return np.frombuffer(f"\0\0{text}\0\0".encode("utf-16-le"), np.uint16)


def test_the_longest_word_is_found_forward() -> None:
    lengths, said = Trie({"经理": 1, "经理人": 2}).longest(units("总经理人"), np.arange(2, 6))
    assert lengths.tolist() == [0, 3, 0, 0]
    assert said.tolist() == [0, 2, 0, 0]


def test_the_longest_word_is_found_backward() -> None:
    trie = Trie({"经理": 1, "总经理": 2}, backward=True)
    lengths, said = trie.longest(units("总经理，经理"), np.arange(2, 9))
    assert lengths.tolist() == [0, 0, 0, 3, 0, 0, 2]
    assert said.tolist() == [0, 0, 0, 2, 0, 0, 1]


def test_words_come_by_length() -> None:
    trie = Trie({"a": 1, "ab": 2, "abc": 3})
    read = [(which.tolist(), length) for which, length, _ in trie.read(units("abc"), np.array([2]))]
    assert read == [([0], 1), ([0], 2), ([0], 3)]


def test_a_part_of_a_word_is_none() -> None:
    trie = Trie({"总经理": 1})
    assert not trie.has(units("总经"), np.arange(2, 4)).any()


def test_capitals_count_only_where_asked() -> None:
    places = np.array([2])
    assert Trie({"user": 1}, any_case=True).has(units("UsEr"), places).all()
    assert not Trie({"user": 1}).has(units("UsEr"), places).any()


def test_no_places() -> None:
    assert not len(Trie({"a": 1}).has(units("a"), np.zeros(0, np.int64)))
