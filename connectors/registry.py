"""URI scheme -> connector. Connectors are imported on use; a missing driver names its extra."""

import importlib
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from connectors.base import Connector, UnknownScheme

# scheme -> "module:class"; the class takes the URI as its only argument. Sorted; tested.
CONNECTORS = MappingProxyType(
    {
        "doris": "connectors.sql.base:Sql",
        "file": "connectors.files.base:Files",
        "greenplum": "connectors.sql.base:Sql",
        "kingbase": "connectors.sql.base:Sql",
        "mariadb": "connectors.sql.base:Sql",
        "mysql": "connectors.sql.base:Sql",
        "oceanbase": "connectors.sql.base:Sql",
        "opengauss": "connectors.sql.base:Sql",
        "postgresql": "connectors.sql.base:Sql",
        "sqlite": "connectors.sql.base:Sql",
        "starrocks": "connectors.sql.base:Sql",
        "tidb": "connectors.sql.base:Sql",
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
    if scheme not in CONNECTORS:
        known = ", ".join(f"{name}://" for name in CONNECTORS)
        message = f"no connector for '{scheme}://': give a path or one of {known}"
        raise UnknownScheme(message)
    module, _, name = CONNECTORS[scheme].partition(":")
    where = uri if "://" in uri else Path(uri).expanduser().absolute().as_posix()
    kind: type[Connector] = getattr(importlib.import_module(module), name)
    return kind, where
