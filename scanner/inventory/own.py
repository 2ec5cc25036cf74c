"""Kinds that plug-ins brought to a scan: kept with its settings, so that exports can tell them."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from detectors.catalogue import STANDARDS, Kind, kinds
from detectors.own_kinds import own_kind
from scanner.inventory import schema

SETTING = "own_kinds"
_TEXTS = ("id", "zh", "en", "group", "identifies", "grade")


def recorded(own: Iterable[Kind]) -> list[dict[str, object]]:
    """What exports tell about kinds that the catalogue does not have, in plain data."""
    return [
        {name: getattr(kind, name) for name in _TEXTS}
        | {"sensitive": [name for name in STANDARDS if kind.sensitive[name]]}
        for kind in own
        if kind.id not in kinds()
    ]


def kinds_of(connection: Connection) -> Mapping[str, Kind]:
    """The kinds of all scans; the newest scan that has a kind says what it is."""
    table = schema.scans
    found: dict[str, Kind] = {}
    for (settings,) in connection.execute(select(table.c.settings).order_by(table.c.id.desc())):
        for said in (settings or {}).get(SETTING, ()):
            found.setdefault(said["id"], _kind(said))
    return found


def _kind(said: Mapping[str, object]) -> Kind:
    id_, zh, en, group, identifies, grade = (str(said[name]) for name in _TEXTS)
    under = said["sensitive"]
    sensitive = map(str, under) if isinstance(under, list) else STANDARDS
    return own_kind(id_, zh, en, group, identifies, sensitive, grade)
