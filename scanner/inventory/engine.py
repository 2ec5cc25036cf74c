"""Opens the database of an inventory: driver, file, schema version, and errors in one sentence."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    insert,
    inspect,
    make_url,
    select,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from connectors.scrub import scrub
from scanner.errors import PicensusError
from scanner.inventory import schema

DRIVERS = {"postgresql": "psycopg", "mysql": "pymysql", "mariadb": "pymysql"}
WRITES = "picensus_writes"  # the execution option that marks a writing transaction


class InventoryError(PicensusError):
    """One sentence that says what to do; it holds no credentials."""


def open_engine(where: str, *, create: bool) -> Engine:
    """An engine on an inventory of this schema version, made by `create` where nothing is yet.

    Raises:
        InventoryError: what is there is no inventory, a newer or older one, or cannot be opened.
    """
    url = _url_of(where)
    if url.get_backend_name() == "sqlite":
        _touch(url, create=create)
    with in_one_sentence(url):
        engine = _engine(url, create=create)
        with ExitStack() as failing:
            failing.callback(engine.dispose)
            _ready(engine, create=create)
            failing.pop_all()
    return engine


@contextmanager
def in_one_sentence(url: URL) -> Iterator[None]:
    """Turns what the database says into an InventoryError."""
    try:
        yield
    except DBAPIError as error:
        said = " ".join(str(error.orig).split()) or type(error.orig).__name__
        message = f"the inventory {shown(url)} cannot be used ({scrub(said)}): {_advice(said)}"
        raise InventoryError(message) from error
    except SQLAlchemyError as error:
        message = f"the inventory {shown(url)} cannot be used: {scrub(str(error))}"
        raise InventoryError(message) from error


def shown(url: URL) -> str:
    """The path or address of an inventory, without user and password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    bare = URL.create(url.get_backend_name(), None, None, url.host, url.port, url.database)
    return bare.render_as_string()


def _advice(said: str) -> str:
    if "not a database" in said:
        return "it is no SQLite file; give the path of an inventory or of a new file"
    if "readonly" in said or "permission" in said.lower():
        return "it cannot be written here; see to the permissions or give another place"
    if "unable to open" in said:
        return "this user may not read it; see to the permissions of the file and its folder"
    if "locked" in said:
        return "another program holds it; try again when that has finished"
    return "see to the database or give another inventory"


def _url_of(where: str) -> URL:
    if "://" not in where:
        return URL.create("sqlite", database=str(Path(where).expanduser().absolute()))
    try:
        url = make_url(where)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError) as error:
        message = "the inventory's URL cannot be understood: write postgresql://user@host/database"
        raise InventoryError(message) from error
    if backend == "sqlite" and url.database in (None, "", ":memory:"):
        message = "an inventory is kept: give the path of a file instead of a database in memory"
        raise InventoryError(message)
    plain = url.drivername == backend and backend in DRIVERS
    return url.set(drivername=f"{backend}+{DRIVERS[backend]}") if plain else url


def _touch(url: URL, *, create: bool) -> None:
    """Makes a new file that only its owner may read; leaves one that is there alone."""
    path = Path(str(url.database))
    if not create and not path.exists():
        raise InventoryError(_nothing(url))
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if path.is_dir():
            message = f"{path} is a folder: give the path of the inventory's file"
            raise InventoryError(message) from None
    except OSError as error:
        message = (
            f"the inventory {path} cannot be made ({error.strerror}): make its folder, writable"
        )
        raise InventoryError(message) from error


def _engine(url: URL, *, create: bool) -> Engine:
    backend = url.get_backend_name()
    file = backend == "sqlite"
    options: dict[str, Any] = {"connect_args": {"timeout": 60}} if file else {"pool_pre_ping": True}
    if file and not create:
        options = {"creator": lambda: _reader(Path(str(url.database)))}
    try:
        engine = create_engine(
            url,
            hide_parameters=True,
            json_serializer=_json,
            **options,
        )
    except NoSuchModuleError as error:
        message = f"an inventory cannot be kept in '{backend}': use SQLite, PostgreSQL or MariaDB"
        raise InventoryError(message) from error
    except ModuleNotFoundError as error:
        message = f"an inventory in {backend} needs a driver: pip install 'picensus[{backend}]'"
        raise InventoryError(message) from error
    if file:
        if create:
            event.listen(engine, "connect", _configure)
        event.listen(engine, "begin", _begin)
    return engine


def _reader(path: Path) -> sqlite3.Connection:
    """A connection that cannot write; it asks for no more than the right to read the file."""
    address = f"file:{quote(str(path.absolute()))}?mode=ro"
    # A file in WAL mode needs a log beside it. Where none can be made, nobody here writes one.
    effective = os.access in os.supports_effective_ids
    if not os.access(path.parent, os.W_OK, effective_ids=effective):
        address += "" if Path(f"{path}-wal").exists() else "&immutable=1"
    opened = sqlite3.connect(address, uri=True, timeout=60, check_same_thread=False)
    opened.isolation_level = None  # as in `_configure`
    return opened


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _configure(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver leaves BEGIN to `_begin`
    cursor = connection.cursor()
    cursor.execute("PRAGMA page_count")
    new = not (cursor.fetchone() or (0,))[0]
    if new:  # a write-ahead log lets others read while a scan writes; kept in the file
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once: one that had only read could not wait for it later.
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _nothing(url: URL) -> str:
    return f"there is no inventory at {shown(url)} yet: `picensus scan` makes one"


def _ready(engine: Engine, *, create: bool) -> None:
    with engine.connect() as connection:
        if _known(connection):
            return
    if not create:
        raise InventoryError(_nothing(engine.url))
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        if not _known(connection):  # nobody else was first
            schema.METADATA.create_all(connection)
            now = datetime.now(UTC)
            connection.execute(insert(schema.picensus).values(version=schema.VERSION, created=now))


def _known(connection: Connection) -> bool:
    """True for an inventory, False for an empty database."""
    names = inspect(connection).get_table_names()
    if not names:
        return False
    where = shown(connection.engine.url)
    if schema.picensus.name not in names:
        message = f"{where} is no inventory but holds other tables: give an empty or new database"
        raise InventoryError(message)
    version = connection.scalar(select(schema.picensus.c.version))
    if version is None or version > schema.VERSION:
        message = f"{where} was written by a newer picensus (schema {version}): upgrade picensus"
        raise InventoryError(message)
    if version < schema.VERSION:
        message = (
            f"{where} was written by an older picensus (schema {version}): give a new inventory "
            "and scan again"
        )
        raise InventoryError(message)
    return True
