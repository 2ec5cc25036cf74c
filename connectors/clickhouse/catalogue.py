"""What a ClickHouse server holds: tables and columns in two queries, and what is not to be read."""

from types import MappingProxyType

# `db` and `table` are parameters, empty where all of them are asked for.
_OURS = "({db:String} = '' OR database = {db:String}) AND database NOT IN "
_OURS += "('system', 'INFORMATION_SCHEMA', 'information_schema')"

# Rows of a materialized view may lie in a table of its own, which is named after it.
TABLES = f"""
    SELECT database, name, engine, comment, total_rows, total_bytes,
        engine = 'MaterializedView' AND (database, concat('.inner_id.', toString(uuid))) IN
            (SELECT database, name FROM system.tables WHERE name LIKE '.inner%')
    FROM system.tables
    WHERE {_OURS} AND name NOT LIKE '.inner%' AND NOT is_temporary
        AND ({{table:String}} = '' OR name = {{table:String}})
    ORDER BY database, name"""  # noqa: S608 (constants)
COLUMNS = f"""
    SELECT database, table, name, type, comment FROM system.columns
    WHERE {_OURS} AND default_kind NOT IN ('ALIAS', 'EPHEMERAL')
        AND ({{table:String}} = '' OR table = {{table:String}})
    ORDER BY database, table, position"""  # noqa: S608 (constants)

_KEPT = frozenset({"Log", "TinyLog", "StripeLog", "Memory", "Join", "EmbeddedRocksDB"})
_VIEW = "a view holds nothing of its own: the tables that it shows are scanned"
_QUEUE = "reading it would take messages from those who wait for them: scan where they end up"
_ELSEWHERE = "its rows lie outside of this server: scan them where they are"
_SKIPS = MappingProxyType(
    {
        **dict.fromkeys(("View", "LiveView", "WindowView", "MaterializedView", "Merge"), _VIEW),
        **dict.fromkeys(("Kafka", "RabbitMQ", "NATS", "FileLog", "S3Queue", "AzureQueue"), _QUEUE),
        "Buffer": "what it buffers ends up in another table, which is scanned",
        "Dictionary": "a dictionary is filled from another source: scan that",
        "Distributed": "its rows lie on the shards of a cluster: scan each of those servers",
        "Null": "a table of the engine Null keeps nothing",
        "Set": "a table of the engine Set cannot be read by anybody",
    }
)


def skip(engine: str, inner: bool) -> str:
    """Why a table of an engine is not to be read; empty where it is."""
    if engine.endswith("MergeTree") or engine in _KEPT or inner:
        return ""
    return _SKIPS.get(engine, _ELSEWHERE)


def in_parts(engine: str) -> bool:
    """Does the engine keep rows in parts, where they have a place?"""
    return engine.endswith("MergeTree")
