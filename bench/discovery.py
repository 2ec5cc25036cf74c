"""Lists a PostgreSQL of 20,000 tables and a MariaDB of 5,000, and counts what that takes.

    python -m bench.discovery [--tables 20000] [--mariadb 5000]

Both servers are private and gone at the end. The floor is one plain cursor that fetches the
columns of all tables from the catalogue, which no listing can do without.
"""

import argparse
import sys
import time

import sqlalchemy as sa

from connectors.sql.base import Sql
from tests import servers

_TABLE = """CREATE TABLE t{i} (id bigint PRIMARY KEY, customer bigint, name varchar(40),
    mobile varchar(20), id_card varchar(18), address text, born date, created timestamp,
    amount numeric(12, 2), status int)"""
_FLOORS = {
    "postgresql": """SELECT attrelid, attname, format_type(atttypid, atttypmod)
        FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
        WHERE attnum > 0 AND relkind = 'r'""",
    "mysql": """SELECT table_schema, table_name, column_name, column_type
        FROM information_schema.columns WHERE table_schema = 'many'""",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--tables", type=int, default=20_000)
    parser.add_argument("--mariadb", type=int, default=5_000)
    args = parser.parse_args()
    with servers.postgresql() as url:
        _filled(url, args.tables, 500, "CREATE INDEX ON t{i} (created)")
        right = _measure(url, args.tables)
    with servers.mariadb() as url:
        inside = sa.make_url(url).set(database="many").render_as_string(hide_password=False)
        _filled(url, 0, 1, "", "CREATE DATABASE many")
        _filled(inside, args.mariadb, 500, "CREATE INDEX created ON t{i} (created)")
        right = _measure(inside, args.mariadb) and right
    return 0 if right else 1


def _filled(url: str, tables: int, at_once: int, more: str, first: str = "") -> None:
    """A transaction may hold only so many locks."""
    engine = sa.create_engine(url)
    for start in range(0, max(1, tables), at_once):
        with engine.begin() as run:
            if first:
                run.exec_driver_sql(first)
            for i in range(start, min(start + at_once, tables)):
                run.exec_driver_sql(_TABLE.format(i=i))
                run.exec_driver_sql(more.format(i=i))
    engine.dispose()


def _measure(url: str, tables: int) -> bool:
    kind = sa.make_url(url).get_backend_name()
    plain = sa.make_url(url).set(drivername=kind).render_as_string(hide_password=False)
    with Sql(plain) as connector:
        asked: list[str] = []

        def note(*said: object) -> None:
            asked.append(str(said[2]))

        sa.event.listen(connector._engine, "before_cursor_execute", note)  # noqa: SLF001
        started = time.perf_counter()
        found = list(connector.datasets())
        seconds = time.perf_counter() - started
        sa.event.remove(connector._engine, "before_cursor_execute", note)  # noqa: SLF001
    engine = sa.create_engine(url)
    with engine.connect() as run:
        started = time.perf_counter()
        rows = run.connection.cursor()
        rows.execute(_FLOORS[kind])
        fetched = len(rows.fetchall())
        floor = time.perf_counter() - started
    engine.dispose()
    complete = sum(bool(d.key) and len(d.columns) == 10 and "created" in d.indexed for d in found)
    print(
        f"{kind}: {len(found)} tables, {complete} with 10 columns, key and index, "
        f"{len(asked)} statements, {seconds:.1f} s; "
        f"floor {floor:.1f} s for {fetched} columns: {seconds / floor:.1f} times"
    )
    return complete == tables


if __name__ == "__main__":
    sys.exit(main())
