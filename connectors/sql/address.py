"""Address: where a database is, read from the URL a user gives, with and without credentials."""

import os
import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from sqlalchemy import URL

from connectors.base import UnknownSource

DRIVERS = MappingProxyType(
    {
        "doris": "mysql+pymysql",
        "duckdb": "duckdb",
        "greenplum": "postgresql+psycopg",
        "kingbase": "postgresql+psycopg",
        "mariadb": "mysql+pymysql",
        "mssql": "mssql+pymssql",
        "mysql": "mysql+pymysql",
        "oceanbase": "mysql+pymysql",
        "opengauss": "postgresql+psycopg",
        "oracle": "oracle+oracledb",
        "postgresql": "postgresql+psycopg",
        "sqlite": "sqlite+pysqlite",
        "starrocks": "mysql+pymysql",
        "tidb": "mysql+pymysql",
    }
)
PORTS = MappingProxyType(
    {
        "clickhouse": 8123,
        "doris": 9030,
        "hive": 10000,
        "kingbase": 54321,
        "mssql": 1433,
        "mysql": 3306,
        "oceanbase": 2881,
        "oracle": 1521,
        "postgresql": 5432,
        "starrocks": 9030,
        "tidb": 4000,
        "trino": 8080,
    }
)
_FILES = ("duckdb", "sqlite")
_ALIASES = frozenset({"doris", "kingbase", "oceanbase", "starrocks", "tidb"})  # other ports
_PLAIN = "-._~!$&'()*+,;=:@"
_ADVICE = (
    "write scheme://user:password@host:port/database, "
    "with @ : / ? # and % in names and passwords percent-encoded"
)


@dataclass(frozen=True, slots=True)
class Options:
    """What the query of a URL asks of the connector; the rest of it is the driver's.

    `?timeout=600` seconds for a statement, `?lock=10` to wait for a lock, `?pause=0.2` after
    each table; `?connections=4` at most at a time; `?views=1` to read views too;
    `?arrow=0` to let the driver make Python objects of the cells.
    """

    timeout: float | None = None
    lock: float | None = None
    pause: float = 0.0
    connections: int = 1
    views: bool = False
    arrow: bool = True

    @classmethod
    def taken(cls, query: dict[str, str]) -> Self:
        """The options that a query holds; it loses them.

        Raises:
            ValueError: one has no sense.
        """
        return cls(
            _number(query.pop("timeout", ""), None, 1e-9),
            _number(query.pop("lock", ""), None, 1e-9),
            _number(query.pop("pause", ""), 0.0, 0) or 0.0,
            int(_number(query.pop("connections", ""), 1, 1, 64) or 1),
            bool(_number(query.pop("views", ""), 0, 0, 1)),
            bool(_number(query.pop("arrow", ""), 1, 0, 1)),
        )


@dataclass(frozen=True, slots=True)
class Address:
    """A database: `url` is for the driver only, `source` for everybody.

    `scheme` is as the user wrote it.
    """

    url: URL
    source: str
    scheme: str
    options: Options = Options()

    @property
    def database(self) -> str | None:
        """The database named, the path of a file for SQLite."""
        return self.url.database

    def uri(self, *names: str | None) -> str:
        """The canonical URI of something below the source."""
        return below(self.source, *names)

    def __repr__(self) -> str:
        return f"Address({self.source!r})"


def parse(text: str) -> Address:
    """The address that a URL gives.

    Raises:
        UnknownSource: it is no URL; the sentence never repeats what was given.
    """
    scheme = text.partition("://")[0]
    return _file(text, scheme) if scheme.startswith(_FILES) else _server(text, scheme)


def below(source: str, *names: str | None) -> str:
    """The source and names under it, percent-encoded only where a URI needs it."""
    return "/".join([source, *(encoded(name) for name in names if name is not None)])


def encoded(name: str, keep: str = "") -> str:
    """A name with non-ASCII kept readable; what is no printable character is encoded."""
    if name.isascii() and name.isidentifier():
        return name
    plain = _PLAIN + keep
    return "".join(c if c > "\x7f" and c.isprintable() else quote(c, plain) for c in name)


def _server(text: str, scheme: str) -> Address:
    name, _, driver = scheme.partition("+")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        options = Options.taken(query)
    except ValueError:
        raise UnknownSource(f"the {name}:// URL cannot be read: {_ADVICE}") from None
    stray = parts.path + parts.fragment + ("" if "@" in parts.netloc else parts.query)
    database = parts.path.removeprefix("/")
    if "@" in stray or "/" in database.rstrip("/") or parts.fragment:
        raise UnknownSource(f"the {name}:// URL cannot be read: {_ADVICE}")
    kind = DRIVERS.get(name, name).partition("+")[0]
    full = f"{kind}+{driver}" if driver else DRIVERS.get(name, name)
    database = unquote(database.rstrip("/"))
    url = URL.create(
        full,
        unquote(parts.username) if parts.username else None,
        unquote(parts.password) if parts.password else None,
        host,
        port or (PORTS[name] if name in _ALIASES and "port" not in query else None),
        database or None,
        query,
    )
    return Address(url, _source(kind, url), name, options)


def _number(text: str, default: float | None, least: float, most: float = 1e6) -> float | None:
    if not text:
        return default
    number = float(text)
    if not least <= number <= most:
        raise ValueError
    return number


def _source(kind: str, url: URL) -> str:
    asked = url.query.get("host")
    host = url.host or (asked if isinstance(asked, str) and asked[:1] != "/" else "localhost")
    host = f"[{host}]" if ":" in host else host
    port = url.port or url.query.get("port") or PORTS.get(kind)
    where = f"{kind}://{host}:{port}" if port else f"{kind}://{host}"
    return below(where, url.database) if url.database else where


def _file(text: str, scheme: str) -> Address:
    kind = scheme.partition("+")[0]
    given = text[len(scheme) + len("://") :]
    if given in {"", "/", "/:memory:"} or not given.startswith("/"):
        message = f"the {kind}:// URL names no file: write {kind}:////path/to/file"
        raise UnknownSource(message)
    name, tail = re.split(r"\?(?=[^?]*$)|$", given.removeprefix("/"), maxsplit=1)
    try:
        options = Options.taken(dict(parse_qsl(tail)))
    except ValueError:
        message = f"timeout, pause, views and arrow in the {kind}:// URL have to be numbers"
        raise UnknownSource(message) from None
    path = _path(given.removeprefix("/"), name)
    url = URL.create(DRIVERS[kind], database=path)
    return Address(url, f"{kind}://" + encoded(path, "/"), kind, options)


def _path(full: str, name: str) -> str:
    """The file that is there, else the one that is most likely meant.

    What follows `sqlite:///` is relative, as SQLAlchemy has it, or absolute, as in `source`;
    it is percent-encoded or not, and a question mark may be part of a name.
    """
    for form in (full, unquote(full), name, unquote(name)):
        for path in _readings(form):
            if os.path.isfile(path):  # noqa: PTH113 (Path.is_file raises where it may not look)
                return path
    relative, absolute = _readings(unquote(name))
    return relative if os.path.isdir(os.path.dirname(relative)) else absolute  # noqa: PTH112, PTH120


def _readings(form: str) -> tuple[str, str]:
    absolute = os.path.abspath(f"/{form.lstrip('/')}")  # noqa: PTH100 (links stay as they are)
    relative = os.path.abspath(form)  # noqa: PTH100
    return (absolute if form.startswith("/") else relative), absolute
