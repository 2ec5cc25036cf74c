"""Whose row a column stands in: by the table's name and comment, and by the columns beside it."""

from collections import Counter
from functools import lru_cache

from detectors import header_words
from detectors.header_words import folded, kinds_that
from detectors.phrases import Meaning, Reading, meaning_of, owner_of, owner_word
from detectors.tokens import tokens

_FEW = 5  # columns of a table that lists codes
_SEVERAL = 2  # columns that only persons have outweigh a table's name
_INITIALS = frozenset({"nl", "gh"})  # that beside `xm` are no guess
_PAYROLL = frozenset({"gz"})  # nor this beside another pay, or `gh`
_PERSONS = frozenset({"xm", "sfzh", "sfzhm", "csrq", "xb", "sjh", "sjhm", "ygxm"})
_PERSONAL = frozenset({"name", "mobile", "id_card", "address", "landline", "email"})
_HALVES = str.maketrans("jw", "wj")  # of `jd` and `wd`
_REGIONAL = frozenset({"region", "address", "postal_code", "geo_location"})


@lru_cache(maxsize=8192)
def table_owner(table: str, comment: str) -> str:
    """Whose rows a table holds: a "person"'s, an "organisation"'s, a "thing"'s, a "bearer"'s.

    A bearer is a thing that has a sex, an age or a title of its own, as pets have and jobs. ""
    where the table does not say. A table of addresses is one of persons.
    """
    for said in (comment, _unprefixed(table)):
        found = owner_of(tokens(said)) if said else ""
        if found or titled(said) == "address":
            return found or "person"
    return ""


@lru_cache(maxsize=8192)
def portrays(table: str, comment: str) -> bool:
    """Whether rows are persons, not what persons did: `user`, but not `user_complaint`."""
    for said in (comment, table):
        words = [w for w in tokens(said) if not w.sense.shell]
        if words and words[-1].sense.owner == "person":
            return True
    return False


def _unprefixed(table: str) -> str:
    """The table's name without the application's before it, if that is no word: `xyshop_order`."""
    prefix, _, rest = table.partition("_")
    return rest if rest and folded(prefix) not in header_words.words().exact else table


def owner(column: str, kind: str, table: str, comment: str, beside: tuple[str, ...]) -> str:
    """Whose a column of this kind is; columns beside it decide where the table leaves it open."""
    found = table_owner(table, comment)
    if found in ("person", "bearer"):
        return found
    if kind in kinds_that("placed") and found == "thing" and carried(table, comment, beside):
        return "person"
    things = "" if found or (kind == "name" and column.isascii()) else about(beside)
    if things and kind in kinds_that("common"):
        return things
    if not found and _others(column, _personal(beside)):
        return "person"
    if not found:
        return "bearer" if registers(beside) else ""
    outweighed = kind in kinds_that("things_own") or (kind, found) == ("address", "thing")
    # A company has a legal person; whose names stand there tells nothing of whom it is about.
    human = _human(beside) if found == "organisation" else _human(beside) | names(beside)
    return "person" if outweighed and len(_others(column, human)) >= _SEVERAL else found


@lru_cache(maxsize=8192)
def carried(table: str, comment: str, beside: tuple[str, ...]) -> bool:
    """Whether rows are of things that go where a person goes, of whom a column beside tells."""
    moves = any(w.sense.mover for said in (comment, table) for w in tokens(said))
    return moves and any(
        m.kind in kinds_that("borne") and m.grade > 0 for m in map(meaning_of, beside)
    )


@lru_cache(maxsize=8192)
def about(beside: tuple[str, ...]) -> str:
    """Whose rows the columns say they are, where several name the same: `宠物名`, `宠物品种`.

    "" where a column tells of a person.
    """
    led: Counter[tuple[str, str]] = Counter()
    for name in beside:
        owners = [w for w in tokens(name) if w.sense.owner and not w.sense.initials]
        if any(w.sense.owner == "person" for w in owners):
            return ""
        led.update((w.text, w.sense.owner) for w in owners[:1] if not w.sense.kind)
    if not led or names(beside) or _human(beside):
        return ""
    ((_, owner_), often), *_ = led.most_common(1)
    return owner_ if often >= _SEVERAL else ""


@lru_cache(maxsize=8192)
def located(column: str, beside: tuple[str, ...]) -> bool:
    """Whether the other half of a place stands beside: `wd` beside `jd`."""
    other = column.lower().translate(_HALVES)
    return other != column.lower() and any(name.lower() == other for name in beside)


@lru_cache(maxsize=8192)
def spelt(word: str, beside: tuple[str, ...]) -> bool:
    """Whether initials stand for what a person has: beside `xm` and the like, in initials too."""
    names = {name.lower() for name in beside}
    if word in _INITIALS:
        return bool(names & _PERSONS)
    if word not in _PAYROLL:
        return False
    paid = any(m.kind == "salary" and m.grade > 1 for m in map(meaning_of, beside))
    return paid or ("gh" in names and bool(names & _PERSONS))


@lru_cache(maxsize=8192)
def dictionary(table: str, beside: tuple[str, ...]) -> bool:
    """Whether rows are regions: the columns are those of a register, or the table is called one."""
    if any(m.kind in _PERSONAL and m.grade > 1 for m in map(meaning_of, beside)):
        return False
    return registers(beside) or titled(table) == "region" or ends(table) == "region"


@lru_cache(maxsize=8192)
def placed(beside: tuple[str, ...]) -> bool:
    """Whether a column beside is a longitude or a latitude."""
    return any(m.kind == "geo_location" and m.grade > 1 for m in map(meaning_of, beside))


@lru_cache(maxsize=8192)
def registers(beside: tuple[str, ...]) -> bool:
    """Whether the columns are those of a list of regions: levels and codes of them, no more."""
    listed = header_words.register()
    read = [(folded(name), meaning_of(name)) for name in beside]
    regions = sum(m.kind == "region" for _, m in read)
    above = any(name in listed["above"] for name, _ in read)
    coded = above or any(name in listed["codes"] for name, _ in read)
    named = not above and any(name in listed["titles"] for name, _ in read)
    kept = frozenset[str]().union(*listed.values())
    others = (name for name, m in read if m.kind not in _REGIONAL and name not in kept)
    return regions >= _SEVERAL and coded and not named and not any(others)


@lru_cache(maxsize=65536)
def initialled(table: str, column: str) -> bool:
    """Whether a column's name begins as the word does that says whose rows the table holds."""
    word = owner_word(tokens(table))
    return bool(word) and word.startswith(column[:1].lower())


def listed(table: str, beside: tuple[str, ...], kind: str) -> bool:
    """Whether a table lists the values of a kind, and nobody's: `nation`, or a code and a name."""
    if kind not in kinds_that("tabled"):
        return False
    return titled(table) == kind or _coded(beside) == kind


@lru_cache(maxsize=8192)
def _coded(beside: tuple[str, ...]) -> str:
    """The kind that a few columns are its code and its name of, and no other is of any kind."""
    found = [kind for kind in (meaning_of(name).kind for name in beside) if kind]
    alone = len(found) > 1 and len(set(found)) == 1 and len(beside) <= _FEW
    return found[0] if alone else ""


@lru_cache(maxsize=8192)
def ends(table: str) -> str:
    """The kind that the last word of a table's name comes to, or ""."""
    words = tokens(table)
    return words[-1].sense.kind if words and not words[-1].sense.initials else ""


@lru_cache(maxsize=8192)
def titled(table: str) -> str:
    """The kind that a table's name comes to, or ""."""
    known = [w for w in tokens(table) if w.known and (w.sense.kind or not w.sense.event)]
    alone = len(known) == 1 and not known[0].sense.initials
    alone = alone and known[0].sense.owner != "organisation"
    return known[0].sense.kind if alone else ""


@lru_cache(maxsize=8192)
def banked(beside: tuple[str, ...]) -> bool:
    """Whether a bank is named beside, and nobody logs in here."""
    named = any(w.sense.bank for name in beside for w in tokens(name))
    return named and not any(meaning_of(name).kind == "password" for name in beside)


def _others(column: str, names: frozenset[str]) -> frozenset[str]:
    return names - {column}


@lru_cache(maxsize=8192)
def _personal(beside: tuple[str, ...]) -> frozenset[str]:
    """The columns of kinds that point to a person."""
    return frozenset(name for name in beside if _is(meaning_of(name), "traits"))


@lru_cache(maxsize=8192)
def names(beside: tuple[str, ...]) -> frozenset[str]:
    """The columns that say whose name they hold."""
    read = ((name, meaning_of(name)) for name in beside)
    return frozenset(n for n, m in read if m.kind == "name" and m.grade > 1)


@lru_cache(maxsize=8192)
def _human(beside: tuple[str, ...]) -> frozenset[str]:
    """The columns of kinds that nothing but a person has."""
    return frozenset(name for name in beside if _is(meaning_of(name), "human"))


def _is(meaning: Meaning, trait: str) -> bool:
    sure = meaning.reading is Reading.KIND and meaning.grade > 1
    return sure and meaning.kind in kinds_that(trait)
