"""The client of ClickHouse: how it connects, and what it asks the server to hold to."""

from typing import Any

import clickhouse_connect
from clickhouse_connect.driver.client import Client
from sqlalchemy import URL

from connectors.clickhouse.reader import BLOCK_ROWS, Reader, quoted

__all__ = ["Reader", "connected", "quoted", "settings"]

CONNECT_SECONDS = 10

_YES = frozenset({"1", "true", "yes"})


def connected(url: URL, timeout: float) -> Client:
    """A client that several statements may use at once."""
    secure = str(url.query.get("secure", "")).lower() in _YES
    return clickhouse_connect.get_client(
        host=url.host or "localhost",
        port=url.port or (8443 if secure else 8123),
        username=url.username,
        password=url.password or "",
        database=url.database,
        secure=secure,
        verify=str(url.query.get("verify", "1")).lower() in _YES,
        connect_timeout=CONNECT_SECONDS,
        send_receive_timeout=int(timeout) + CONNECT_SECONDS,
        autogenerate_session_id=False,
        client_name="picensus",
    )


def settings(client: Client, seconds: float) -> dict[str, Any]:
    """What holds for a statement, as far as the server lets this user say so.

    A user who may not change settings can only read in any case.
    """
    wanted = {
        "readonly": 2,  # nothing can be written; the settings beside it are allowed
        "max_execution_time": max(1, int(seconds)) if seconds else 0,
        "max_threads": 1,  # rows come in one order
        "max_block_size": BLOCK_ROWS,
    }
    known = client.server_settings
    return {k: v for k, v in wanted.items() if k in known and not known[k].readonly}
