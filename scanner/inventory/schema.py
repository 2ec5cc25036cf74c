"""The tables of an inventory: what scans found, kept for every scan; no raw value anywhere.

Types and names are portable over SQLite, PostgreSQL and MariaDB. URIs and column paths are
longer than an index may be, so a short digest of each is the key.
"""

from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.dialects.mysql import MEDIUMTEXT
from sqlalchemy.schema import SchemaItem

VERSION = 2
METADATA = MetaData()

# TEXT holds 64 KB on MariaDB; the declared type of one column may be longer (enum, struct).
LONG = Text().with_variant(MEDIUMTEXT(), "mysql", "mariadb")


class Utc(TypeDecorator[datetime]):
    """A moment, to the second, stored in UTC; aware again when read."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC without a zone; a moment without a zone is taken for UTC."""
        if value is None:
            return None
        return (value.astimezone(UTC) if value.tzinfo else value).replace(
            microsecond=0, tzinfo=None
        )

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment with its zone."""
        return value and value.replace(tzinfo=UTC)


def digest(text: str) -> str:
    """A key of 32 characters for a URI or a path of any length."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def storable(text: str) -> str:
    r"""The text in what every store takes: NUL and stray surrogates as `\x00`, `\udc80`."""
    return text.replace("\0", r"\x00").encode("utf-8", "backslashreplace").decode()


def _table(name: str, *items: SchemaItem) -> Table:
    options = {"engine": "InnoDB", "charset": "utf8mb4", "collate": "utf8mb4_bin"}
    dialects: dict[str, Any] = {
        f"{d}_{k}": v for d in ("mysql", "mariadb") for k, v in options.items()
    }
    return Table(name, METADATA, *items, **dialects)


def _ref(name: str, table: str, *, key: bool = True) -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{table}.id"), primary_key=key, autoincrement=False)


# Its presence says that the database is an inventory.
picensus = _table(
    "picensus",
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("created", Utc, nullable=False),
)

scans = _table(
    "scans",
    Column("id", Integer, primary_key=True),
    Column("started", Utc, nullable=False),
    Column("finished", Utc),
    Column("picensus_version", String(64), nullable=False),
    Column("settings", JSON, nullable=False),
    Column("status", String(32), nullable=False),
)

sources = _table(
    "sources",
    Column("id", Integer, primary_key=True),
    Column("digest", String(32), nullable=False, unique=True),
    Column("uri", LONG, nullable=False),
)

source_scans = _table(
    "source_scans",
    _ref("source_id", "sources"),
    _ref("scan_id", "scans"),
    Column("status", String(16), nullable=False),
    Column("reason", LONG, nullable=False),
)

datasets = _table(
    "datasets",
    Column("id", Integer, primary_key=True),
    Column("digest", String(32), nullable=False, unique=True),
    Column("uri", LONG, nullable=False),
    _ref("source_id", "sources", key=False),
    Column("kind", String(16), nullable=False),
    Column("name", LONG, nullable=False),
    Column("database_name", LONG),
    Column("schema_name", LONG),
    Column("comment", LONG, nullable=False),
)

columns = _table(
    "columns",
    Column("id", Integer, primary_key=True),
    _ref("dataset_id", "datasets", key=False),
    Column("digest", String(32), nullable=False),
    Column("path", LONG, nullable=False),
    UniqueConstraint("dataset_id", "digest", name="columns_key"),
)

dataset_scans = _table(
    "dataset_scans",
    _ref("dataset_id", "datasets"),
    _ref("scan_id", "scans"),
    Column("status", String(16), nullable=False),
    Column("reason", LONG, nullable=False),
    Column("row_count", BigInteger),
    Column("byte_size", BigInteger),
    Column("modified", Utc),
    Column("sampled", BigInteger, nullable=False),
    Column("how", LONG, nullable=False),
    Column("warnings", JSON, nullable=False),
    Column("recorded", Utc, nullable=False),
    # Alone it answers which scan of each dataset is the newest, and the newest that read it.
    Index("dataset_scans_newest", "dataset_id", "status", "scan_id"),
)

column_scans = _table(
    "column_scans",
    Column("dataset_id", Integer, primary_key=True, autoincrement=False),
    Column("scan_id", Integer, primary_key=True, autoincrement=False),
    _ref("column_id", "columns"),
    Column("position", Integer, nullable=False),
    Column("declared_type", LONG, nullable=False),
    Column("comment", LONG, nullable=False),
    Column("status", String(16), nullable=False),
    Column("value_count", BigInteger),
    Column("null_count", BigInteger),
    Column("blank_count", BigInteger),
    Column("distinct_count", BigInteger),
    ForeignKeyConstraint(
        ["dataset_id", "scan_id"], ["dataset_scans.dataset_id", "dataset_scans.scan_id"]
    ),
)

verdicts = _table(
    "verdicts",
    Column("dataset_id", Integer, primary_key=True, autoincrement=False),
    Column("scan_id", Integer, primary_key=True, autoincrement=False),
    Column("column_id", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),  # 0 is the best
    Column("kind", String(64), nullable=False),
    Column("confidence", Double, nullable=False),
    Column("level", String(16), nullable=False),
    Column("basis", String(16), nullable=False),
    Column("prevalence_low", Double),
    Column("prevalence_high", Double),
    Column("state", String(16), nullable=False),
    Column("storage", LONG, nullable=False),
    Column("reasons", JSON, nullable=False),
    ForeignKeyConstraint(
        ["dataset_id", "scan_id", "column_id"],
        ["column_scans.dataset_id", "column_scans.scan_id", "column_scans.column_id"],
    ),
)
