"""URI scheme -> connector. Connectors are imported on use; a missing driver names its extra.

Packages add their own with an entry point of the group `picensus.connectors`, named after the
scheme; they cannot replace a built-in one.
"""

import importlib
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from connectors.base import Connector, MissingDriver, UnknownScheme

GROUP = "picensus.connectors"

# scheme -> "module:class"; the class takes the URI as its only argument. Sorted; tested.
CONNECTORS = MappingProxyType(
    {
        "az": "connectors.files.base:Files",
        "bigquery": "connectors.sql.base:Sql",
        "clickhouse": "connectors.clickhouse.base:ClickHouse",
        "cos": "connectors.files.base:Files",
        "doris": "connectors.sql.base:Sql",
        "duckdb": "connectors.duckdb.base:DuckDb",
        "file": "connectors.files.base:Files",
        "greenplum": "connectors.sql.base:Sql",
        "gs": "connectors.files.base:Files",
        "hdfs": "connectors.files.base:Files",
        "hive": "connectors.sql.base:Sql",
        "http": "connectors.files.base:Files",
        "https": "connectors.files.base:Files",
        "kingbase": "connectors.sql.base:Sql",
        "mariadb": "connectors.sql.base:Sql",
        "mssql": "connectors.sql.base:Sql",
        "mysql": "connectors.sql.base:Sql",
        "obs": "connectors.files.base:Files",
        "oceanbase": "connectors.sql.base:Sql",
        "odps": "connectors.sql.base:Sql",
        "opengauss": "connectors.sql.base:Sql",
        "oracle": "connectors.sql.base:Sql",
        "oss": "connectors.files.base:Files",
        "postgresql": "connectors.sql.base:Sql",
        "s3": "connectors.files.base:Files",
        "sftp": "connectors.files.base:Files",
        "snowflake": "connectors.sql.base:Sql",
        "sqlite": "connectors.sql.base:Sql",
        "starrocks": "connectors.sql.base:Sql",
        "tidb": "connectors.sql.base:Sql",
        "trino": "connectors.sql.base:Sql",
        "webhdfs": "connectors.files.base:Files",
    }
)


def connect(uri: str) -> Connector:
    """The connector for a URI, or for a path (a folder, a file, a glob), opened.

    Raises:
        UnknownScheme: no connector for the scheme.
        UnknownSource: the path or database does not exist.
        MissingDriver: the connector's package is not installed.
        AccessDenied, Unreachable: the source does not let us in.
    """
    kind, where = _connector(uri)
    return kind(where)


def canonical(uri: str) -> str:
    """The name that a source has in the inventory, whether or not it can be opened.

    Raises:
        UnknownScheme: no connector for the scheme.
        UnknownSource: it cannot be read as a URI of that scheme.
    """
    kind, where = _connector(uri)
    return kind.canonical(where)


def _connector(uri: str) -> tuple[type[Connector], str]:
    scheme = urlsplit(uri).scheme.split("+")[0] if "://" in uri else "file"
    where = uri if "://" in uri else Path(uri).expanduser().absolute().as_posix()
    if scheme not in CONNECTORS:
        return _plugged(scheme), where
    module, _, name = CONNECTORS[scheme].partition(":")
    kind: type[Connector] = getattr(importlib.import_module(module), name)
    return kind, where


def _plugged(scheme: str) -> type[Connector]:
    """The connector that an installed package gives for a scheme."""
    points = entry_points(group=GROUP)
    found = [point for point in points if point.name == scheme]
    if not found:
        known = ", ".join(f"{name}://" for name in sorted({*CONNECTORS, *points.names}))
        message = f"no connector for '{scheme}://': give a path or one of {known}"
        raise UnknownScheme(message)
    if len(found) > 1:
        names = " and ".join(sorted(map(_package, found)))
        message = f"{names} both give a connector for {scheme}://: uninstall one of them"
        raise UnknownScheme(message)
    try:
        kind: object = found[0].load()
    except (ImportError, AttributeError) as error:
        message = f"the connector for {scheme}:// of the installed package {_package(found[0])} "
        message += f"does not load ({type(error).__name__}): update it or what it needs"
        raise MissingDriver(message) from None
    if not (isinstance(kind, type) and issubclass(kind, Connector)):
        message = f"what the package {_package(found[0])} gives for {scheme}:// is no Connector"
        raise UnknownScheme(message)
    return kind


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.value
