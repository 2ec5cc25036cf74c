"""Evidence from a column's name and comment, with its table and the columns beside it.

A header is read as a noun phrase: the last word that carries meaning is its head (`手机号验证状态`
is a state, `last_login_ip` an IP address), a word before it may say whose it is (a customer's name
is a person's, a product's is not). The comment outranks the name, and the codes that it lists
outrank its words; bare words such as `name` take their owner from the table, or from what stands
beside them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

from detectors import comments, context
from detectors.catalogue import kinds
from detectors.header_words import kinds_that
from detectors.joined import joint
from detectors.phrases import Meaning, Reading, meaning_of

_SURE = 3  # a word that names a kind and nothing else
_DENIED = {"bearer": "things_own", "thing": "placed", "organisation": "placed"}
_PICTURES = frozenset(
    {"图片", "图像", "picture", "pic", "image", "img", "icon", "tupian", "tuxiang"}
)
# Names of several persons, whatever the row is of: values decide.
_PLURALS = frozenset({"names", "memberlist", "namelist", "人员名单", "成员名单", "参会名单"})
_CALLED = frozenset({"name", "名称", "名", "nm", "mc", "店名", "title", "简称"})
_OWNERS = {"thing": "a thing", "bearer": "a thing", "organisation": "an organisation"}


class Strength(IntEnum):
    """How much a header says."""

    AGAINST = 0  # of a shop or a product: it is no person's
    WEAK = 1  # collides with other meanings: needs values
    MEDIUM = 2  # likely, though the context could differ
    STRONG = 3  # names this kind and nothing else


@dataclass(frozen=True, slots=True)
class Cue:
    """A kind that a header names, why, and how it says values are stored ("" where it does not)."""

    kind: str
    strength: Strength
    reason: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column stands."""

    column: str
    table: str
    comment: str
    beside: tuple[str, ...]

    def owner(self, kind: str) -> str:
        return context.owner(self.column, kind, self.table, self.comment, self.beside)

    def doubts(self, said: Meaning) -> bool:
        """Whether a bare word is not that person's of whom the columns beside it tell.

        It is not where a name stands beside a person's; a picture may be of anything.
        """
        if said.word in _PICTURES:
            return not context.portrays(self.table, self.comment)
        named = said.kind == "name" and bool(context.names(self.beside) - {self.column})
        return named and context.table_owner(self.table, self.comment) != "person"


def cues(
    column: str,
    comment: str = "",
    table: str = "",
    table_comment: str = "",
    neighbours: Sequence[str] = (),
) -> tuple[Cue, ...]:
    """The kinds that a column's header names, best first, each once; usually one or none.

    The `neighbours` are all columns of the table, each as `told` calls it.
    """
    place = _Place(told(column, comment), table, table_comment, tuple(neighbours))
    read = _read(column, comment, context.initialled(table, column))
    best: dict[str, Cue] = {}
    for cue in sorted(_found(read, place), key=lambda c: -c.strength):
        best.setdefault(cue.kind, cue)
    return tuple(best.values())


def denial(column: str, comment: str = "") -> Cue | None:
    """A cue of no kind: the header names something else (an amount, an order's number) firmly.

    A yes or no, or something of a person, may be a kind all the same.
    """
    read = _read(column, comment, initialled=False)
    firm = [
        m.reading is Reading.OTHER and not m.flag and m.owner != "person" for m, _ in read.meanings
    ]
    if read.listed or not firm or not all(firm):
        return None
    meaning, origin = read.meanings[0]
    return Cue("", Strength.AGAINST, f"the {origin} says `{meaning.word}`")


@lru_cache(maxsize=65536)
def told(column: str, comment: str) -> str:
    """What a column is called: its name; where that says nothing, as its comment calls it."""
    if not comment or meaning_of(column).reading is not Reading.SILENT:
        return column
    return comments.phrase_of(comment) or column


@dataclass(frozen=True, slots=True)
class _Read:
    """A name and its comment as read, wherever they stand.

    `meanings` with which of the two says so, `listed` the kind whose codes the comment lists.
    """

    meanings: tuple[tuple[Meaning, str], ...]
    listed: str
    state: str


@lru_cache(maxsize=65536)
def _read(column: str, comment: str, initialled: bool) -> _Read:
    name = _named(column, initialled)
    said = comments.said(comment)
    meanings = tuple(joint(name, one) for one in said) if said else ((name, "name"),)
    kept = tuple(m for m in meanings if not comments.contradicts(comment, m[0].kind))
    listed = comments.listed_kind(comment)
    if listed and not all(_open(m) for m in (*said, name)):
        listed = ""
    states = [state for state in (comments.state(comment), name.state) if state]
    state = "hashed" if "hashed" in states else next(iter(states), "")
    return _Read(kept, listed, state)


def _found(read: _Read, place: _Place) -> Iterator[Cue]:
    """The cues of a header, where it stands."""
    for meaning, origin in read.meanings:
        cue = _placed(meaning, origin, place)
        if cue:
            yield replace(cue, state=read.state) if read.state else cue
    if read.listed:
        doubted = place.owner(read.listed) in ("bearer", "organisation")
        reason = f"the comment lists codes of {kinds()[read.listed].en}"
        yield Cue(read.listed, Strength(2 - doubted), reason)


def _open(said: Meaning) -> bool:
    """Whether a phrase leaves open what the codes beside it stand for: a type, a state, silence."""
    return not said.flag and not said.reference and said.owner in ("", "person")


def _named(column: str, initialled: bool) -> Meaning:
    """What the name means; the initial of whom the table is about may stand before it (`sname`)."""
    name = meaning_of(column)
    if initialled and name.reading is Reading.SILENT and name.word == column.lower():
        inner = meaning_of(column[1:])
        return inner if inner.grade > 1 or inner.reading is not Reading.KIND else name
    return name


def _placed(said: Meaning, origin: str, place: _Place) -> Cue | None:
    """The cue of a meaning once it is known whose row it stands in."""
    if said.reading is Reading.OTHER and said.owner == "organisation" and said.word in _CALLED:
        # `store_name`: what it is called may read as an address (文三路店).
        return Cue("address", Strength.AGAINST, f"the {origin} says `{said.word}` of a business")
    if said.reading in (Reading.OTHER, Reading.SILENT) or said.grade < 0:
        return None
    if said.kind == "postal_code" and context.dictionary(place.table, place.beside):
        return None
    said = _position(_account(said, place), place)
    grade, where, owner = said.grade, "", said.owner
    if said.reading is Reading.BARE or (said.kind in kinds_that("common") and not said.owner):
        owner = place.owner(said.kind)
        if said.reading is Reading.BARE:
            doubt = said.initials or place.doubts(said)
            grade = {"person": 2 - doubt, "": 1}.get(owner, 0)
            where = f" of a {owner}" if owner else ""
        elif said.kind in (kinds_that(_DENIED[owner]) if owner in _DENIED else ()):
            grade = 0
        elif owner in _OWNERS:
            grade -= said.kind not in kinds_that("human") or grade < _SURE
    if said.word in _PLURALS and owner in _OWNERS:
        grade = 1
    elif grade < 2 and owner in _OWNERS and said.kind in kinds_that("shared"):
        reason = f"the {origin} says `{said.word}` of {_OWNERS[owner]}"
        return Cue(said.kind, Strength.AGAINST, reason)
    number = said.kind in kinds_that("numbered") - kinds_that("called")
    grade += grade == 1 and number and context.ends(place.table) == said.kind
    grade += grade == 1 and context.spelt(said.word, place.beside)
    if grade < 1 or context.listed(place.table, place.beside, said.kind):
        return None
    return Cue(
        said.kind, Strength(min(grade, 3)), f"the {origin} says `{said.word}`{where}", said.state
    )


def _position(said: Meaning, place: _Place) -> Meaning:
    """A position beside a longitude is a place; `jd` beside `wd` is no guess."""
    if said.word == "position" and said.owner != "person" and context.placed(place.beside):
        return replace(said, reading=Reading.KIND, kind="geo_location", grade=2)
    if said.kind == "geo_location" and context.located(place.column, place.beside):
        return replace(said, grade=max(said.grade, 2))
    return said


def _account(said: Meaning, place: _Place) -> Meaning:
    """An account beside the name of a bank is a bank account."""
    if said.kind == "username" and said.money and context.banked(place.beside):
        return replace(said, kind="bank_account", grade=2)
    return said
