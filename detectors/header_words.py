"""The words that headers are made of: each with its senses, spelt in Han, pinyin and initials."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from importlib.resources import files
from typing import Any

import regex

from detectors.catalogue import STRENGTHS, CatalogueError, kinds

_HAN = regex.compile(r"\p{Han}+")
_GAPS = regex.compile(r"[\s_]+")
PHOTOS = frozenset({"avatar_photo", "id_photo", "biometric"})


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word does in a header; a word may do several things.

    `kind` and `grade` (one of `catalogue.STRENGTHS`): it names that kind. `owner`: person,
    organisation, thing or bearer. `state`: how values are stored. `initials`: a guess. The rest
    are the headings of `[heads]` in `header_words.toml`, which explains them.
    """

    kind: str = ""
    grade: str = ""
    owner: str = ""
    state: str = ""
    stop: bool = False
    flag: bool = False
    ask: bool = False
    verb: bool = False
    plain: bool = False
    opaque: bool = False
    mover: bool = False
    code: bool = False
    told: bool = False
    account: bool = False
    money: bool = False
    bank: bool = False
    carrier: bool = False
    event: bool = False
    shell: bool = False
    initials: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """`exact` holds words as written (Han, Latin, full pinyin), `initials` those of Han words.

    Keys are lower case without gaps. `near` leads from a misspelling of a long
    word to the word.
    """

    exact: Mapping[str, Sense]
    initials: Mapping[str, Sense]
    near: Mapping[str, str] = field(default_factory=dict)


@cache
def words() -> Words:
    """All words of `kinds.toml` and `header_words.toml`."""
    tables = _tables()
    spell = _Speller(tables["readings"], tables["spelling"])
    exact: dict[str, Sense] = {}
    pinyin: dict[str, Sense] = {}
    initials: dict[str, Sense] = {}
    for word, sense in [*_kind_words(), *_other_words(tables)]:
        key = folded(word)
        exact[key] = _merged(exact.get(key), sense)
        if _HAN.fullmatch(word) and len(word) > 1:
            syllables = spell.syllables(word)
            full, first = "".join(syllables), "".join(s[0] for s in syllables)
            pinyin[full] = _merged(pinyin.get(full), sense)
            initials[first] = _merged(initials.get(first), replace(sense, initials=True))
    for key, sense in pinyin.items():
        exact.setdefault(key, sense)
    listed = {key: replace(sense, initials=True) for key, sense in initials.items()}
    return Words(exact, listed, dict(_misspelt(exact)))


@cache
def kinds_that(trait: str) -> frozenset[str]:
    """The kinds listed under a heading of `[kinds]` in `header_words.toml`."""
    return frozenset(_tables()["kinds"][trait])


@cache
def simplified() -> Mapping[int, str]:
    """Traditional characters of headers with the simplified ones, for `str.translate`."""
    pairs = _tables()["traditional"]
    return dict(zip(map(ord, pairs["from"]), pairs["to"], strict=True))


@cache
def meanings() -> Mapping[str, frozenset[str]]:
    """What codes stand for, by kind and by the other headings of `[meanings]`."""
    return {name: frozenset(listed) for name, listed in _tables()["meanings"].items()}


@cache
def register() -> Mapping[str, frozenset[str]]:
    """What columns of a list of regions are called besides regions, by the headings in the file."""
    return {name: frozenset(listed) for name, listed in _tables()["register"].items()}


@cache
def _tables() -> Mapping[str, Any]:
    text = files("detectors").joinpath("header_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def spelt(word: str) -> tuple[str, str]:
    """A Han word in pinyin, and its initials; both empty where a character has no reading here."""
    if len(word) < 2 or not _HAN.fullmatch(word):
        return "", ""
    tables = _tables()
    try:
        syllables = _Speller(tables["readings"], tables["spelling"]).syllables(word)
    except CatalogueError:
        return "", ""
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)


def folded(word: str) -> str:
    """The word as keys are written."""
    return _GAPS.sub("", word).lower()


def _kind_words() -> Iterator[tuple[str, Sense]]:
    for grade in STRENGTHS:
        for kind in kinds().values():
            for word in kind.words[grade]:
                yield word, Sense(kind=kind.id, grade=grade)


def _other_words(tables: Mapping[str, Any]) -> Iterator[tuple[str, Sense]]:
    for owner, listed in tables["owners"].items():
        yield from ((word, Sense(owner=owner)) for word in listed)
    for state, listed in tables["states"].items():
        yield from ((word, Sense(state=state)) for word in listed)
    for role, listed in tables["heads"].items():
        named: dict[str, Any] = {role: True}
        sense = replace(Sense(), **named)
        yield from ((word, sense) for word in listed)


def _merged(one: Sense | None, other: Sense) -> Sense:
    """Both senses; of two kinds or owners the one that came first, the stronger, stays."""
    if one is None:
        return other
    return Sense(**{f.name: getattr(one, f.name) or getattr(other, f.name) for f in fields(Sense)})


def _misspelt(exact: Mapping[str, Sense]) -> Iterator[tuple[str, str]]:
    """Long words that name a kind, with one letter left out or two swapped."""
    for word, sense in exact.items():
        if sense.kind and len(word) >= 6 and word.isascii():
            # Without its last letter a word is more often another one, but for pinyin's n and ng.
            last = len(word) if word.endswith("ng") else len(word) - 1
            yield from ((word[:i] + word[i + 1 :], word) for i in range(1, last))
            swaps = (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
            yield from ((swap, word) for swap in swaps if swap != word)


class _Speller:
    """Spells Han words in pinyin."""

    def __init__(self, readings: Mapping[str, str], spelling: Mapping[str, str]) -> None:
        self.of = {char: reading for reading, chars in readings.items() for char in chars}
        self.odd = {word: text.split() for word, text in spelling.items()}

    def syllables(self, word: str) -> list[str]:
        unread = [char for char in word if char not in self.of]
        if unread and word not in self.odd:
            raise CatalogueError(f"no pinyin for {unread}: run tools/build_readings.py")
        return self.odd.get(word) or [self.of[char] for char in word]
