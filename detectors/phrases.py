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
COUNTS = frozenset({"no", "num", "nums", "number", "numbers", "nbr", "号", "号码"})
_DICTIONARIES = ("字典", "字典表", "dict", "dictionary")  # of persons they are registers
_THINGS = ("thing", "bearer", "organisation")
_REACHED = frozenset({"contact", "contacts", "link", "linkman", "consignee", "receiver", "legal"})
_NAMED = ("姓名", "xingming", "realname", "truename")  # only persons have one
_SURE_INITIALS = 5  # letters; shorter initials that are not listed mean too many things


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
    `initials`: guessed from initials. `money`: an account. `prose`: a sentence that names nothing.
    """

    reading: Reading
    kind: str = ""
    grade: int = 0
    word: str = ""
    owner: str = ""
    state: str = ""
    flag: bool = False
    reference: bool = False
    initials: bool = False
    money: bool = False
    prose: bool = False

    def less(self, doubt: int) -> "Meaning":
        """The same with so much of a doubt."""
        return replace(self, grade=self.grade - doubt) if doubt else self


@lru_cache(maxsize=65536)
def meaning_of(phrase: str) -> Meaning:
    """The meaning of a column's name, or of one phrase of a comment."""
    words = list(tokens(phrase))
    state = _stored(words)
    words = [w for i, w in enumerate(words) if i == 0 or not w.sense.state or w.sense.kind]
    if not words:
        return Meaning(Reading.SILENT)
    words = _trimmed(words)
    head = words[-1].sense
    return replace(_read(words), state=state, initials=head.initials, money=head.account)


def _stored(words: Sequence[Token]) -> str:
    """How the words say that values are stored.

    `hash` alone is a hash of nothing that is said, and two letters before a word (`tm_phone`) may
    be anything. A digest's name says more than `加密`, which in `MD5加密` is said of digests too.
    """
    leads = len(words) > 1 and (len(words[0].text) > 2 or not words[0].text.isascii())
    said = [word.sense.state for word in (words if leads else words[1:]) if word.sense.state]
    return "hashed" if "hashed" in said else next(iter(said), "")


def owner_of(words: Sequence[Token]) -> str:
    """Whose rows a table holds, by the last word of its name that says so."""
    for word in reversed(words):
        if not word.known or word.sense.initials:
            return _owner_of_thing(words)
        if word.sense.owner and not word.sense.event:
            lists = word.text in _DICTIONARIES and any(w.sense.owner == "person" for w in words)
            return "person" if lists else word.sense.owner
    return ""


def owner_word(words: Sequence[Token]) -> str:
    """The word of a table's name that says whose its rows are."""
    return next((w.text for w in reversed(words) if w.sense.owner and not w.sense.initials), "")


def _owner_of_thing(words: Sequence[Token]) -> str:
    """The last owner named unless a person: an unknown word at the end may be a thing."""
    senses = (w.sense for w in reversed(words))
    last = next((s.owner for s in senses if s.owner and not (s.initials or s.event)), "")
    return "" if last == "person" else last


def _trimmed(words: list[Token]) -> list[Token]:
    """Without the words at the end that change nothing, nor Latin ones after a Chinese phrase.

    The code and the name of a trait say as much as the trait (`民族代码`, `性别名称`), and so does
    what is told of an illness.
    """
    chinese = bool(words and _HAN.search(words[0].text))
    while len(words) > 1:
        last, before = words[-1], words[-2].sense
        coded = last.sense.code and before.kind in kinds_that("suffixed")
        told = last.sense.told and before.kind in kinds_that("telling")
        if before.grade != "strong" or not (coded or told):
            strange = chinese and not last.known and last.text.isascii()
            counted = last.text in COUNTS and before.kind not in kinds_that("numbered")
            if not strange and (not last.sense.plain or last.sense.kind or counted):
                break
        words = words[:-1]
    return words


def _read(words: list[Token]) -> Meaning:
    head, before = words[-1], words[:-1]
    if _flagged(words):
        return _answer(head)
    picture = _picture(head, before)
    if picture:
        return picture
    if head.sense.kind:
        return _kind(head, before)
    sense = head.sense
    counts = (head.text in COUNTS or sense.verb) and bool(before)
    if counts or ((sense.stop or sense.owner in _THINGS) and (before or not sense.plain)):
        return Meaning(
            Reading.OTHER,
            word=head.text,
            owner=_owner(head, before),
            reference=head.text in ("id", "ids"),
        )
    if not head.known:
        return _strange(head, before)
    return Meaning(Reading.SILENT, word=head.text, owner=sense.owner)


def _flagged(words: Sequence[Token]) -> bool:
    """Whether a word says yes or no of the rest: `is_mobile`, `手机号是否公开`."""
    first, *rest = words
    if rest and first.sense.flag and not first.sense.kind:
        return True
    return any(w.sense.ask for w in rest)


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


def _owner(head: Token, before: Sequence[Token]) -> str:
    """Whose the head is: a leader is a person, whatever is led; else the last owner before it."""
    if head.sense.owner == "person":
        return "person"
    return next((w.sense.owner for w in reversed(before) if w.sense.owner), "")


def _of_another(kind: str, owner: str) -> bool:
    """Whether what a thing or an organisation has of this kind says nothing about a person."""
    if owner in ("thing", "bearer"):
        return kind in kinds_that("common") | kinds_that("of_machines")
    basic = kinds()[kind].group == "basic" and kind != "address"
    return owner == "organisation" and basic


def _kind(head: Token, before: Sequence[Token]) -> Meaning:
    """A head that names a kind, unless what stands before it makes it something else."""
    kind, grade = head.sense.kind, _grade(head)
    if any(named in head.text for named in _NAMED):
        return Meaning(Reading.KIND, kind, grade, head.text, "person")
    owner = _owner(head, before)
    if head.sense.account and any(w.sense.money or w.sense.bank for w in before):
        return Meaning(Reading.KIND, "bank_account", 2, head.text, owner)
    if _of_another(kind, owner) or _stopped(head, before, owner):
        return Meaning(Reading.OTHER, word=head.text, owner=owner)
    near = _near(before)
    strange = near is not None and not near.known and head.sense.owner != "person"
    if head.sense.grade == "person":
        return _owned(head, before, owner)
    # Behind an organisation's telephone a person answers, and one logs in to its account.
    reached = kinds()[kind].group == "contact" or (kind == "username" and owner == "organisation")
    if (owner in _THINGS and not reached) or (strange and kind in kinds_that("doubted")):
        grade -= 1
    if kind == "mobile" and any(w.sense.kind == "landline" for w in before):
        kind = "landline"
    if head.text == "mobile" and near is not None and (near.sense.stop or owner == "thing"):
        return Meaning(Reading.OTHER, word=head.text, owner=owner)  # a page for telephones
    if kind == "username" and near is not None and near.sense.kind in kinds_that("logins"):
        kind, grade = near.sense.kind, 2  # `支付宝账户名`
    if kind == "username" and near is not None and near.text in _REACHED:
        kind = "name"  # `contact_user_name`
    return Meaning(Reading.KIND, kind, grade, head.text, owner)


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


def _near(before: Sequence[Token]) -> Token | None:
    """The last word before the head that is not a mere adjective."""
    for word in reversed(before):
        sense = word.sense
        mere = (sense.plain or sense.verb) and not (sense.kind or sense.opaque)
        if not mere or sense.owner == "person":
            return word
    return None


def _owned(head: Token, before: Sequence[Token], owner: str) -> Meaning:
    """A head such as `name`, which names a kind only where a person owns it."""
    kind, near = head.sense.kind, _near(before)
    if kind in kinds_that("done") and any(w.sense.verb for w in before):
        return Meaning(Reading.OTHER, word=head.text, owner=owner)
    if near is None or near.sense.kind == kind != "name":
        return Meaning(Reading.BARE, kind, 0, head.text)
    held = any(w.sense.kind in kinds_that("held") for w in before) and head.text != "名称"
    nearest = near.known and (near is before[-1] or kind != "employer")
    called = near.sense.kind in kinds_that("called") and near.sense.grade != "person"
    persons = nearest and (called or owner == near.sense.owner == "person")
    if persons or (held and kind == "name"):
        grade = 1 if persons and near.sense.initials else 2
        kind = "username" if near.sense.account and kind == "name" else kind
        return Meaning(Reading.KIND, kind, grade, head.text, "person")
    return Meaning(Reading.OTHER, word=head.text, owner=owner)


def _grade(word: Token) -> int:
    """How much a word says; initials are short of certain, and short ones that follow weak."""
    grade = _GRADES[word.sense.grade]
    if word.sense.initials:
        short = len(word.text) < _SURE_INITIALS or word.sense.stop
        return min(grade, 1 if short else 2)
    return grade


def _strange(head: Token, before: Sequence[Token]) -> Meaning:
    """An unknown head after a word that names a kind for sure leaves a doubt."""
    if _REFERENCE.fullmatch(head.text):
        return Meaning(Reading.OTHER, word=head.text, reference=True)
    last = before[-1] if before else None
    if last and last.sense.grade == "strong" and not last.sense.initials:
        return Meaning(Reading.KIND, last.sense.kind, 1, last.text)
    return Meaning(Reading.SILENT, word=head.text)
