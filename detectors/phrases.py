"""What a header means as a noun phrase: its head names a kind or something else, of whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

import regex

from detectors.catalogue import kinds
from detectors.header_words import PHOTOS, kinds_that
from detectors.tokens import Token, tokens

_GRADES = {"strong": 3, "medium": 2, "weak": 1, "person": 0}
_REFERENCE = regex.compile(r"[a-z]{1,3}ids?")  # eid, uid, stuid
_HAN = regex.compile(r"\p{Han}")
_COUNTS = frozenset({"no", "num", "nums", "number", "numbers", "nbr"})


class Reading(Enum):
    """What a phrase comes to."""

    KIND = "kind"  # names a kind
    BARE = "bare"  # names one if the row is a person's
    OTHER = "other"  # names something else
    SILENT = "silent"  # cannot be told


@dataclass(frozen=True, slots=True)
class Meaning:
    """A phrase as read. `grade` is 3 (strong) to 0; `word` is the head.

    `owner`: whose it is, if the phrase says. `flag`: a yes or no. `reference`: an id of the thing.
    """

    reading: Reading
    kind: str = ""
    grade: int = 0
    word: str = ""
    owner: str = ""
    state: str = ""
    flag: bool = False
    reference: bool = False


@lru_cache(maxsize=65536)
def meaning_of(phrase: str) -> Meaning:
    """The meaning of a column's name, or of one phrase of a comment."""
    words = list(tokens(phrase))
    # The first word is never a state: `hash` alone is a hash of nothing that is said.
    state = next((w.sense.state for w in words[1:] if w.sense.state), "")
    words = [w for i, w in enumerate(words) if i == 0 or not w.sense.state or w.sense.kind]
    return replace(_read(_trimmed(words)), state=state) if words else Meaning(Reading.SILENT)


def owner_of(words: Sequence[Token]) -> str:
    """Whose rows a table holds, by the last word of its name that says so."""
    for word in reversed(words):
        if not word.known:
            return owner_of_thing(words)
        if word.sense.owner and not word.sense.event:
            return word.sense.owner
    return ""


def owner_word(words: Sequence[Token]) -> str:
    """The word of a table's name that says whose its rows are."""
    return next((w.text for w in reversed(words) if w.sense.owner), "")


def owner_of_thing(words: Sequence[Token]) -> str:
    """The last owner named unless a person: an unknown word at the end may be a thing."""
    last = next((w.sense.owner for w in reversed(words) if w.sense.owner), "")
    return "" if last == "person" else last


def _trimmed(words: list[Token]) -> list[Token]:
    """Without the words at the end that change nothing, nor Latin ones after a Chinese phrase."""
    chinese = bool(words and _HAN.search(words[0].text))
    while len(words) > 1:
        last = words[-1]
        strange = chinese and not last.known and last.text.isascii()
        counted = last.text in _COUNTS and words[-2].sense.kind not in kinds_that("numbered")
        if not strange and (not last.sense.plain or last.sense.kind or counted):
            break
        words = words[:-1]
    return words


def _read(words: list[Token]) -> Meaning:
    head, before = words[-1], words[:-1]
    if before and before[0].sense.flag and not before[0].sense.kind:
        return _answer(head)
    picture = _picture(head, before)
    if picture:
        return picture
    if head.sense.kind:
        return _kind(head, before)
    sense = head.sense
    ends = sense.stop or head.text in _COUNTS or sense.owner in ("thing", "organisation")
    if ends and (before or not sense.plain):
        return Meaning(Reading.OTHER, word=head.text, reference=head.text in ("id", "ids"))
    if not head.known:
        return _strange(head, before)
    return Meaning(Reading.SILENT, word=head.text)


def _answer(head: Token) -> Meaning:
    """A yes or no: about a trait it says as much as the trait."""
    if head.sense.kind in kinds_that("answered") and head.sense.grade != "person":
        return Meaning(Reading.KIND, head.sense.kind, 2, head.text, "person")
    return Meaning(Reading.OTHER, word=head.text, flag=True)


def _picture(head: Token, before: Sequence[Token]) -> Meaning | None:
    """A photo of a person or a document, by the word for the picture or for where it lies."""
    shows = head.sense.carrier
    if not shows or not before:
        return None
    for word in reversed(before):
        if word.sense.kind in PHOTOS and word.sense.grade != "person":
            return Meaning(Reading.KIND, word.sense.kind, _grade(word), word.text)
        if _is_document(word.sense.kind) and head.sense.kind == "avatar_photo":
            return Meaning(Reading.KIND, "id_photo", _grade(word), f"{word.text} {head.text}")
    return None


def _is_document(kind: str) -> bool:
    return bool(kind) and kinds()[kind].group == "identity document"


def _of_another(kind: str, owner: str) -> bool:
    """Whether what a thing or an organisation has of this kind says nothing about a person."""
    if owner == "thing":
        return kind in kinds_that("common") | kinds_that("of_machines")
    basic = kinds()[kind].group == "basic" and kind != "address"
    return owner == "organisation" and basic


def _kind(head: Token, before: Sequence[Token]) -> Meaning:
    """A head that names a kind, unless what stands before it makes it something else."""
    owner = head.sense.owner
    if owner != "person":  # a leader is a person, whatever is led
        owner = next((w.sense.owner for w in reversed(before) if w.sense.owner), "")
    if _of_another(head.sense.kind, owner) or _stopped(head, before, owner):
        return Meaning(Reading.OTHER, word=head.text)
    strange = bool(before) and not before[-1].known
    if head.sense.grade == "person":
        return _owned(head, before, owner, strange)
    grade = _grade(head)
    if owner in ("organisation", "thing") or (strange and head.sense.kind in kinds_that("doubted")):
        grade -= 1
    return Meaning(Reading.KIND, head.sense.kind, grade, head.text, owner)


def _stopped(head: Token, before: Sequence[Token], owner: str) -> bool:
    """Whether the word before changes the head: the name of a type, the address of a logo.

    Initials that also stand for another head (`sj`: mobile or time) are that head then.
    """
    if not before:
        return False
    last = before[-1].sense
    changes = last.stop and not (last.kind or last.plain or last.owner == "person")
    ambiguous = head.sense.initials and head.sense.stop and owner != "person"
    return ambiguous or (changes and head.sense.kind in kinds_that("common"))


def _owned(head: Token, before: Sequence[Token], owner: str, strange: bool) -> Meaning:
    """A head such as `name`, which names a kind only where a person owns it."""
    kind = head.sense.kind
    held = any(w.sense.kind in kinds_that("held") for w in before) and head.text != "名称"
    if (owner == "person" and not strange) or (held and kind == "name"):
        return Meaning(Reading.KIND, kind, 2, head.text, "person")
    if owner or strange or any(w.sense.kind and not w.sense.plain for w in before):
        return Meaning(Reading.OTHER, word=head.text)
    return Meaning(Reading.BARE, kind, 0, head.text)


def _grade(word: Token) -> int:
    """How much a word says; initials are short of certain, and those of three letters weak."""
    grade = _GRADES[word.sense.grade]
    if word.sense.initials:
        return min(grade, 1 if len(word.text) < 4 or word.sense.stop else 2)
    return grade


def _strange(head: Token, before: Sequence[Token]) -> Meaning:
    """An unknown head after a word that names a kind for sure leaves a doubt."""
    if _REFERENCE.fullmatch(head.text):
        return Meaning(Reading.OTHER, word=head.text, reference=True)
    last = before[-1] if before else None
    if last and last.sense.grade == "strong" and not last.sense.initials:
        return Meaning(Reading.KIND, last.sense.kind, 1, last.text)
    return Meaning(Reading.SILENT, word=head.text)
