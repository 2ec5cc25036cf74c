"""Evidence from a column's name and comment, with its table and the columns beside it.

A header is read as a noun phrase: the last word that carries meaning is its head (`手机号验证状态`
is a state, `last_login_ip` an IP address), a word before it may say whose it is (a customer's name
is a person's, a product's is not). The comment outranks the name; bare words such as `name` take
their owner from the table, or from what stands beside them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

import regex

from detectors.header_words import kinds_that
from detectors.phrases import Meaning, Reading, meaning_of, owner_of, owner_word
from detectors.tokens import tokens

# Where the leading phrase of a comment ends: what follows explains it.
_END = regex.compile(
    r"[（(：:，,；;。！!？?【\[{<|=＝]|--|->|\s+[-—]|\s+[A-Za-z](?=\s|$)|\s*\d|\r|\n"
)
_ASIDE = regex.compile(r"^\s*[（(【\[<][^）)】\]>]*[）)】\]>]")
_OR = regex.compile(r"[/、／]|或者?(?=\p{Han}{2})")
_HAN = regex.compile(r"\p{Han}")
_STATED = (
    ("encrypted", regex.compile("加密(?!狗|货币)")),
    ("hashed", regex.compile(r"(?i)哈希|散列|\bmd5|sha-?(?:1|256)|sm3")),
    ("masked", regex.compile("脱敏|掩码")),
)
_OWNERS = {"thing": "a thing", "organisation": "an organisation"}
_PROSE = 14  # Han characters from which a comment explains rather than names


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


def cues(
    column: str,
    comment: str = "",
    table: str = "",
    table_comment: str = "",
    neighbours: Sequence[str] = (),
) -> tuple[Cue, ...]:
    """The kinds that a column's header names, best first, each once; usually one or none."""
    name = _named(column, table)
    said = _comment(comment)
    if not said:
        found = [_placed(name, "name", column, table, table_comment, neighbours)]
    else:
        readings = [_joint(name, one) for one in said]
        found = [
            _placed(reading, origin, column, table, table_comment, neighbours)
            for reading, origin in readings
        ]
    state = _state(comment) or name.state
    best: dict[str, Cue] = {}
    for cue in sorted((c for c in found if c), key=lambda c: -c.strength):
        best.setdefault(cue.kind, replace(cue, state=state or cue.state))
    return tuple(best.values())


def _named(column: str, table: str) -> Meaning:
    """What the name means; the initial of whom the table is about may stand before it (`sname`)."""
    name = meaning_of(column)
    if name.reading is Reading.SILENT and name.word == column.lower():
        owner = owner_word(tokens(table))
        if owner.startswith(column[:1].lower()) and owner:
            inner = meaning_of(column[1:])
            return inner if inner.grade > 1 or inner.reading is not Reading.KIND else name
    return name


@lru_cache(maxsize=65536)
def _comment(comment: str) -> tuple[Meaning, ...]:
    """What the leading phrase of a comment means; one for each of its alternatives."""
    text = _ASIDE.sub("", comment).strip()
    phrase = _END.split(text, maxsplit=1)[0].strip()
    parts = [part for part in _OR.split(phrase) if part.strip()]
    meanings = [meaning_of(part) for part in parts]
    if len(meanings) > 1 and not all(m.reading is Reading.KIND for m in meanings):
        meanings = meanings[:1]
    prose = len(_HAN.findall(phrase)) >= _PROSE
    if prose:
        meanings = [m for m in meanings if m.reading is Reading.KIND and m.grade > 1]
    return tuple(meanings)


def _state(comment: str) -> str:
    return next((state for state, said in _STATED if said.search(comment)), "")


def _joint(name: Meaning, said: Meaning) -> tuple[Meaning, str]:
    """What name and comment mean together, and which of the two says so."""
    if said.reading is Reading.SILENT:
        # Chinese that says neither yes nor no still leaves a doubt about a name.
        doubt = 1 if _HAN.search(said.word) else 0
        return replace(name, grade=name.grade - doubt), "name"
    if said.reading is Reading.OTHER or _denied(name, said):
        return Meaning(Reading.OTHER), "comment"
    if name.kind == said.kind and name.reading in (Reading.KIND, Reading.BARE):
        if said.owner in ("organisation", "thing"):  # `address`, 门店地址
            return said, "comment"
        return max((said, name), key=lambda m: m.grade), "comment"
    if name.reading is Reading.KIND and name.grade > said.grade:
        return name, "name"
    doubt = 1 if name.reading is Reading.OTHER and said.grade < 3 else 0
    return replace(said, grade=said.grade - doubt), "comment"


def _denied(name: Meaning, said: Meaning) -> bool:
    """Whether the name is a yes or no about what the comment names, or a reference to it."""
    if name.reference and said.kind in kinds_that("referred"):
        # `student_id` may well be the student number, where the comment leaves no doubt.
        return said.grade < 3 or said.kind not in kinds_that("numbered")
    return name.flag


def _placed(
    said: Meaning,
    origin: str,
    column: str,
    table: str,
    table_comment: str,
    neighbours: Sequence[str],
) -> Cue | None:
    """The cue of a meaning once it is known whose row it stands in."""
    if said.reading in (Reading.OTHER, Reading.SILENT) or said.grade < 0:
        return None
    grade, where, owner = said.grade, "", said.owner
    if said.reading is Reading.BARE or (said.kind in kinds_that("common") and not said.owner):
        owner = _table_owner(table, table_comment) or _beside(column, tuple(neighbours))
        if said.reading is Reading.BARE:
            grade = {"person": 2, "": 1}.get(owner, 0)
            where = f" of a {owner}" if owner else ""
        elif owner == "thing" and said.kind in kinds_that("things_own"):
            grade = 0
        elif owner in ("thing", "organisation"):
            grade -= 1
    if grade < 2 and owner in ("thing", "organisation") and said.kind in kinds_that("shared"):
        reason = f"the {origin} says `{said.word}` of {_OWNERS[owner]}"
        return Cue(said.kind, Strength.AGAINST, reason)
    if grade < 1:
        return None
    return Cue(
        said.kind, Strength(min(grade, 3)), f"the {origin} says `{said.word}`{where}", said.state
    )


@lru_cache(maxsize=8192)
def _table_owner(table: str, comment: str) -> str:
    """Whose rows a table holds: "person", "organisation", "thing", or "" where it does not say."""
    return (owner_of(tokens(comment)) if comment else "") or owner_of(tokens(table))


@lru_cache(maxsize=8192)
def _beside(column: str, neighbours: tuple[str, ...]) -> str:
    """Says "person" where a column beside this one is of a kind that only persons have."""
    return "person" if any(_traits(name, column) for name in neighbours) else ""


def _traits(name: str, column: str) -> bool:
    said = meaning_of(name)
    personal = said.reading is Reading.KIND and said.kind in kinds_that("traits") and said.grade > 1
    return personal and name != column
