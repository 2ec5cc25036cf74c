"""The catalogue of kinds: what each is, what the law says of it, what its values look like."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from detectors.forms import FORMS

IDENTIFIES = ("alone", "together", "about")
STANDARDS = ("pipl", "gbt35273", "gbt45574")
GRADES = ("C1", "C2", "C3", "")
STRENGTHS = ("strong", "medium", "weak", "person")


class CatalogueError(ValueError):
    """The catalogue cannot be used; the message names the entry and what to change."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of personal information; `kinds.toml` explains each field.

    `sensitive` is by standard (`STANDARDS`), `words` are header words by strength
    (`STRENGTHS`), `forms` are names of `detectors.forms.FORMS`. `written_as` names other kinds
    whose values genuine ones may be.
    """

    id: str
    zh: str
    en: str
    group: str
    identifies: str
    note: str
    sensitive: Mapping[str, bool]
    grade: str
    laws: tuple[str, ...]
    forms: tuple[str, ...]
    written_as: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its id, in the order of the catalogue; read-only.

    Raises:
        CatalogueError: `kinds.toml` does not say what it has to.
    """
    return parsed(files("detectors").joinpath("kinds.toml").read_text(encoding="utf-8"))


def parsed(text: str) -> Mapping[str, Kind]:
    """The kinds that a catalogue in TOML describes.

    Raises:
        CatalogueError: an entry is malformed.
    """
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"the catalogue of kinds is not TOML: {error}") from error
    return MappingProxyType({id_: _kind(id_, entry) for id_, entry in entries.items()})


def _kind(id_: str, entry: object) -> Kind:
    if not isinstance(entry, dict):
        raise CatalogueError(f"`{id_}` stands outside any kind: put it below a [kind] line")
    fields: dict[str, object] = {"note": "", "written_as": [], **entry}
    need = {"zh", "en", "group", "identifies", "note", "sensitive", "grade", "laws", "forms"}
    need |= {"written_as"}
    if fields.keys() != need | set(STRENGTHS):
        odd = ", ".join(sorted(fields.keys() ^ (need | set(STRENGTHS))))
        raise CatalogueError(f"[{id_}] has missing or unknown fields: correct {odd}")
    return Kind(
        id=id_,
        zh=_text(id_, "zh", fields["zh"]),
        en=_text(id_, "en", fields["en"]),
        group=_text(id_, "group", fields["group"]),
        identifies=_one_of(id_, "identifies", fields["identifies"], IDENTIFIES),
        note=str(fields["note"]),
        sensitive=_sensitive(id_, fields["sensitive"]),
        grade=_one_of(id_, "grade", fields["grade"], GRADES),
        laws=_texts(id_, "laws", fields["laws"]),
        forms=tuple(
            _one_of(id_, "forms", form, FORMS) for form in _texts(id_, "forms", fields["forms"])
        ),
        written_as=_texts(id_, "written_as", fields["written_as"]),
        words=MappingProxyType({s: _texts(id_, s, fields[s]) for s in STRENGTHS}),
    )


def _text(id_: str, field: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise CatalogueError(f"[{id_}] {field} has to be a text that is not empty")
    return value


def _texts(id_: str, field: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        raise CatalogueError(f"[{id_}] {field} has to be a list of texts")
    return tuple(value)


def _one_of(id_: str, field: str, value: object, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        choice = ", ".join(repr(item) for item in allowed)
        raise CatalogueError(f"[{id_}] {field} is {value!r}: choose one of {choice}")
    return str(value)


def _sensitive(id_: str, value: object) -> Mapping[str, bool]:
    fits = isinstance(value, dict) and value.keys() == set(STANDARDS)
    if not fits or not all(isinstance(answer, bool) for answer in value.values()):  # type: ignore[attr-defined]
        raise CatalogueError(f"[{id_}] sensitive has to say true or false for {STANDARDS}")
    return MappingProxyType({name: value[name] for name in STANDARDS})  # type: ignore[index]
