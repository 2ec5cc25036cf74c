"""picensus.yaml -> frozen settings, passed in, never global."""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import regex
import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from scanner.errors import WrongUsageError

DEFAULT_ROWS = 10_000
LAST_SEED = 2**31 - 1  # what every database takes

_HOSTLESS = {"sqlite", "file"}
_HOST = regex.compile(r"(?:\[[0-9A-Fa-f:.%]+\]|[\w.-]+|\$\{\w+\})(?::([0-9]{1,5}))?")
_LAST_PORT = 65_535


class ConfigError(WrongUsageError):
    """One sentence that says what is wrong in the settings, and where."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _as_source(value: object) -> object:
    return {"url": value} if isinstance(value, str) else value


class Source(_Frozen):
    """One place to scan; `include` and `exclude` are globs over dataset names."""

    url: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class Settings(_Frozen):
    """What to scan, how much of it, and where the inventory is kept.

    `rows` is the most rows read of a dataset, None for all; `detectors` are files of detectors.
    `ner` also finds names in running text, by a model (the extra `ner`).
    """

    sources: tuple[Annotated[Source, BeforeValidator(_as_source)], ...] = ()
    inventory: str = "inventory.db"
    rows: Annotated[int, Field(gt=0)] | None = DEFAULT_ROWS
    seed: Annotated[int, Field(ge=0, le=LAST_SEED)] = 0
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    detectors: tuple[str, ...] = ()
    ner: bool = False

    def recorded(self) -> dict[str, object]:
        """The settings as the inventory keeps them: without sources, whose URLs hold secrets."""
        return self.model_dump(mode="json", exclude={"sources", "inventory"})


def load(path: Path) -> Settings:
    """The settings in a YAML file.

    Raises:
        ConfigError: the file is missing, no YAML, or has a key or value that does not fit.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError as error:
        raise ConfigError(f"the config {path} does not exist: check the path") from error
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot read the config {path}: give a readable UTF-8 file"
        raise ConfigError(message) from error
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        message = f"the config {path}{where} is not YAML: check indentation, colons and quotes"
        raise ConfigError(message) from None
    return settings_of(found or {}, str(path))


def settings_of(found: object, where: str) -> Settings:
    """Settings out of plain data.

    Raises:
        ConfigError: a key or value does not fit; the sentence names the first one.
    """
    try:
        return Settings.model_validate(found)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise ConfigError(f"{where}: {_in_words(first)}") from None


def _in_words(error: ErrorDetails) -> str:
    """What is wrong with one setting; its value is not repeated, as it may be a secret."""
    place = ".".join(str(part) for part in error["loc"])
    if not place:
        return "the top level has to be settings, each a 'name: value'"
    if error["type"] == "extra_forbidden":
        names = Settings.model_fields if len(error["loc"]) == 1 else Source.model_fields
        near = get_close_matches(str(error["loc"][-1]), names, 1)
        advice = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(names)}"
        return f"there is no setting '{place}': {advice}"
    if error["type"] == "tuple_type":
        return f"'{place}' has to be a list"
    return f"'{place}' does not fit: {error['msg'].lower()}"


def inventory_url(given: str | None) -> str:
    """Where the inventory is: as given, or the default; `${VAR}` from the environment.

    Raises:
        ConfigError: a variable is not set.
    """
    return expanded(given or Settings().inventory)


def expanded(url: str) -> str:
    """The URL with every `${VAR}` taken from the environment.

    A value in the user or password part is percent-encoded, so that it may hold any character.

    Raises:
        ConfigError: a variable is not set.
    """
    secret_part = url.rfind("@") if "://" in url else -1

    def value(match: "regex.Match[str]") -> str:
        name = match.group(1)
        if name not in os.environ:
            message = f"the environment variable {name} is not set: export it and run again"
            raise ConfigError(message)
        return quote(os.environ[name], safe="") if match.end() <= secret_part else os.environ[name]

    return str(regex.sub(r"\$\{(\w+)\}", value, url))


def shown(url: str) -> str:
    """The URL without user, password and parameters, for people to read.

    Where it cannot be told which part is the password (a port that is no number, no host, a
    sign left unescaped) it is `scheme://…`: too little is better than half a password.
    """
    scheme, mark, rest = url.partition("://")
    if not mark:
        broken = regex.match(r"([A-Za-z][\w+.-]+):.*@", url)
        return f"{broken[1]}:…" if broken else url
    head = regex.split("[?#;]", rest, maxsplit=1)[0]
    if head.startswith("/") and scheme in _HOSTLESS:
        return f"{scheme}://{head}"
    hidden, _, public = head.rpartition("@")
    host, slash, path = public.partition("/")
    found = _HOST.fullmatch(host)
    later = "@" in rest[len(head) :]  # where the cut may have been inside of the password
    unsure = ("@" in hidden and "/" in hidden) or (later and (hidden or ":" in host or not slash))
    if unsure or not found or int(found[1] or 0) > _LAST_PORT:
        return f"{scheme}://…"
    return f"{scheme}://{host}{slash}{path}"
