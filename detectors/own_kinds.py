"""Kinds that detectors bring along: what they are, and the headers that name them.

A kind of a plug-in lives in its detector (`Detector.described`) and nowhere else, so that two
sets of detectors in one process know nothing of each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import regex

from detectors.base import Detector
from detectors.catalogue import STANDARDS, STRENGTHS, Kind, kinds
from detectors.forms import FORMS
from detectors.header_words import spelt
from detectors.headers import Cue, Strength
from detectors.tokens import Token, tokens

_GRADES = {"strong": Strength.STRONG, "medium": Strength.MEDIUM, "weak": Strength.WEAK}
_SHORT = 4  # letters from which initials are more than weak
_LEADING = regex.compile(r"[^（(：:，,；;。！!？?\[【{<|=＝\s]+")
_SAME = MappingProxyType(
    {"号码": "号", "number": "no", "num": "no", "nbr": "no", "numbers": "no", "nums": "no"}
)
_NO_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(dict.fromkeys(STRENGTHS, ()))


def own_kind(
    id_: str,
    zh: str,
    en: str,
    group: str = "own",
    identifies: str = "alone",
    sensitive: Iterable[str] = STANDARDS,
    grade: str = "",
    words: Mapping[str, Sequence[str]] = _NO_WORDS,
) -> Kind:
    """A kind that `kinds.toml` does not have. What is not said is taken at its gravest.

    `sensitive` names the standards (`catalogue.STANDARDS`) under which it is sensitive: all,
    unless said. Its mappings are plain ones, as kinds of plug-ins are pickled with their detectors.
    """
    under = frozenset(sensitive)
    return Kind(
        id=id_,
        zh=zh,
        en=en,
        group=group,
        identifies=identifies,
        note="",
        sensitive={name: name in under for name in STANDARDS},
        grade=grade,
        laws=(),
        forms=tuple(form for form in FORMS if form != "blank"),
        written_as=(),
        words={name: tuple(words.get(name, ())) for name in STRENGTHS},
    )


def own_of(detectors: Iterable[Detector]) -> dict[str, Kind]:
    """The kinds that the detectors bring along, by id; one that says nothing is told by its id."""
    own: dict[str, Kind] = {}
    for detector in detectors:
        if detector.described:
            own[detector.kind] = detector.described
        elif detector.kind not in kinds():
            own[detector.kind] = own_kind(detector.kind, detector.kind, detector.kind)
    return own


def own_cues(column: str, comment: str, own: Iterable[Kind]) -> tuple[Cue, ...]:
    """What the words of these kinds say about a column, best first, each kind once.

    As in `detectors.headers` the comment goes before the name, and a word counts as the head of
    its phrase alone: `member_no_type` is a type.
    """
    leading = _LEADING.match(comment.strip())
    phrases = (("comment", leading[0] if leading else ""), ("name", column))
    best: dict[str, Cue] = {}
    for kind in own:
        for origin, phrase in phrases:
            found = max((_said(phrase, *word) for word in _words(kind)), default=(0, ""))
            grade, text = found
            if grade and (kind.id not in best or best[kind.id].strength < grade):
                best[kind.id] = Cue(kind.id, Strength(grade), f"the {origin} says `{text}`")
    return tuple(sorted(best.values(), key=lambda cue: -cue.strength))


def with_own(said: Sequence[Cue], own: Sequence[Cue]) -> tuple[Cue, ...]:
    """Both, best first; what says less than the best of `own` is only a part of its phrase."""
    if not own:
        return tuple(said)
    kept = [cue for cue in said if cue.strength >= own[0].strength]
    state = next((cue.state for cue in said if cue.state), "")
    mine = [Cue(cue.kind, cue.strength, cue.reason, state) for cue in own]
    names = {cue.kind for cue in mine}
    both = [*mine, *(cue for cue in kept if cue.kind not in names)]
    return tuple(sorted(both, key=lambda cue: -cue.strength))


def _words(kind: Kind) -> list[tuple[str, Strength]]:
    return [(word, grade) for name, grade in _GRADES.items() for word in kind.words[name]]


def _said(phrase: str, text: str, grade: Strength) -> tuple[int, str]:
    """How much the phrase says, if its head is the word or a spelling of it."""
    heads = _heads(phrase)
    if joined(text) in heads:
        return int(grade), text
    pinyin, initials = spelt(text)
    if pinyin and pinyin in heads:
        return int(grade), pinyin
    if initials and initials in heads:
        most = Strength.MEDIUM if len(initials) >= _SHORT else Strength.WEAK
        return int(min(grade, most)), initials
    return 0, ""


@lru_cache(maxsize=65536)
def _heads(phrase: str) -> frozenset[str]:
    """The ends of a phrase, at the borders of its words; what changes nothing may follow them."""
    found = tokens(phrase)
    if found and found[0].sense.flag and not found[0].sense.kind:
        return frozenset()
    ends = [len(found)]
    while ends[-1] > 1 and _plain(found[ends[-1] - 1]):
        ends.append(ends[-1] - 1)
    return frozenset(_side_by_side(found[start:end]) for end in ends for start in range(end))


def _plain(token: Token) -> bool:
    return token.sense.plain and not token.sense.kind


@lru_cache(maxsize=4096)
def joined(word: str) -> str:
    """The word as its tokens are written side by side; "" where it has no letter."""
    return _side_by_side(tokens(word))


def _side_by_side(found: Sequence[Token]) -> str:
    return "".join(_SAME.get(token.text, token.text) for token in found)
