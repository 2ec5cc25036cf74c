"""A guest's manners: never a write, nothing left running, nothing asked twice that was answered."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import adbc_driver_postgresql.dbapi
import pytest
import sqlalchemy as sa

from connectors.base import ConnectorError, Dataset, Reading, Sampling, Unreachable, UnreadableData
from connectors.sql import postgresql_bulk
from connectors.sql.base import Sql
from connectors.sql.postgresql import Postgresql
from tests.connectors.sql_tables import database, find, no_secret, plain, run, table

ROWS = 60_000
ENDLESS = "SELECT a.id FROM big a, big b, big c WHERE a.id + b.id + c.id < 0"
PG_BUSY = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
    AND application_name = 'picensus' AND state = 'active'"""
PG_ALL = PG_BUSY.replace(" AND state = 'active'", "")
PG_KILL = PG_ALL.replace("count(*)", "pg_terminate_backend(pid)")
MY_BUSY = """SELECT count(*) FROM information_schema.processlist
    WHERE db = database() AND id <> connection_id() AND command <> 'Sleep'"""
MY_KILL = "SELECT id FROM information_schema.processlist WHERE db = database() AND {}"


@pytest.fixture(scope="module")
def pg(postgresql: str) -> Iterator[sa.URL]:
    with database(postgresql) as url:
        run(
            url,
            "CREATE TABLE big (id int PRIMARY KEY, note text)",
            f"INSERT INTO big SELECT i, repeat('x', 1000) FROM generate_series(0, {ROWS - 1}) i",
            f"CREATE VIEW endless AS {ENDLESS}",
            "CREATE SEQUENCE counter",
        )
        yield url


@pytest.fixture(scope="module")
def my(mariadb: str) -> Iterator[sa.URL]:
    with database(mariadb) as url:
        run(
            url,
            "CREATE TABLE big (id INT PRIMARY KEY, note TEXT)",
            f"INSERT INTO big SELECT seq, repeat('x', 1000) FROM seq_0_to_{ROWS - 1}",
            f"CREATE VIEW endless AS {ENDLESS}",
            "CREATE SEQUENCE counter",
        )
        yield url


@pytest.fixture(params=["pg", "my"])
def either(request: pytest.FixtureRequest) -> sa.URL:
    url: sa.URL = request.getfixturevalue(request.param)
    return url


def asked(url: sa.URL, query: str) -> list[sa.Row[tuple[int]]]:
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            return list(connection.exec_driver_sql(query).all())
    finally:
        engine.dispose()


def kill(url: sa.URL) -> None:
    """End every connection but our own, on the server."""
    if url.get_backend_name() == "postgresql":
        asked(url, PG_KILL)
        return
    for (number,) in asked(url, MY_KILL.format("id <> connection_id()")):
        run(url, f"KILL {number}")


def settles(url: sa.URL) -> None:
    """Within two seconds nothing of ours runs on the server any more."""
    query = PG_BUSY if url.get_backend_name() == "postgresql" else MY_BUSY
    deadline = time.monotonic() + 2
    while asked(url, query)[0][0]:
        assert time.monotonic() < deadline, "a query runs on"
        time.sleep(0.05)


def runs(url: sa.URL) -> bool:
    query = PG_BUSY if url.get_backend_name() == "postgresql" else MY_BUSY
    return bool(asked(url, query)[0][0])


@contextmanager
def once(connector: Sql, word: str, do: Callable[[], None]) -> Iterator[list[int]]:
    """Does it just before the first statement that holds the word."""
    done: list[int] = []

    def before(*said: object) -> None:
        if word in str(said[2]):
            done.append(1)
            if len(done) == 1:
                do()

    sa.event.listen(connector._engine, "before_cursor_execute", before)
    yield done
    sa.event.remove(connector._engine, "before_cursor_execute", before)


PG_WRITES = [
    "INSERT INTO big VALUES (-1, '')",
    "UPDATE big SET note = ''",
    "TRUNCATE big",
    "CREATE TEMP TABLE t (a int)",
    "CREATE TABLE t (a int)",
    "SELECT nextval('counter')",
    "SELECT * INTO t FROM big",
    "SELECT * FROM big FOR UPDATE",
    "COPY big FROM PROGRAM 'true'",
]
MY_WRITES = [
    "INSERT INTO big VALUES (-1, '')",
    "UPDATE big SET note = ''",
    "TRUNCATE big",
    "CREATE TABLE t (a INT)",
    "SELECT nextval(counter)",
    "DROP TABLE big",
]


@pytest.mark.parametrize("statement", PG_WRITES)
def test_postgresql_refuses_even_a_superuser(pg: sa.URL, statement: str) -> None:
    with (
        Sql(plain(pg)) as connector,
        connector._reading("here") as connection,
        pytest.raises(sa.exc.DBAPIError, match="read-only"),
    ):
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("statement", PG_WRITES)
def test_so_it_does_over_adbc(pg: sa.URL, statement: str) -> None:
    driver = adbc_driver_postgresql.dbapi
    with Sql(plain(pg)) as connector, connector._reading("here") as connection:
        dialect = connector._dialect
        assert isinstance(dialect, Postgresql)
        before = ("SET TRANSACTION READ ONLY", dialect.session(0))
        where = postgresql_bulk._conninfo(dialect, connection)
    with driver.connect(where) as line, line.cursor() as cursor:
        for setting in before:
            cursor.execute(setting)
        with pytest.raises(driver.Error, match="read-only"):  # noqa: PT012 (here or there)
            cursor.execute(statement)
            cursor.fetchall()
        line.rollback()


@pytest.mark.parametrize("statement", MY_WRITES)
def test_mariadb_refuses_even_a_superuser(my: sa.URL, statement: str) -> None:
    with (
        Sql(plain(my)) as connector,
        connector._reading("here") as connection,
        pytest.raises(sa.exc.DBAPIError, match="READ ONLY"),
    ):
        connection.exec_driver_sql(statement)


def everything(url: sa.URL) -> None:
    with Sql(plain(url) + "?views=1") as connector:
        for dataset in connector.datasets():
            if dataset.name == "big":
                table(connector, dataset, rows=100)
                table(connector, dataset, rows=None)
        connector.safeguards()


def test_a_scan_changes_nothing_in_postgresql(pg: sa.URL) -> None:
    state = """SELECT sum(n_tup_ins), sum(n_tup_upd), sum(n_tup_del), sum(n_live_tup),
        (SELECT count(*) FROM pg_class),
        (SELECT md5(string_agg(id || note, ',' ORDER BY id)) FROM big)
        FROM pg_stat_user_tables"""
    before = asked(pg, state)
    everything(pg)
    assert asked(pg, state) == before


def test_a_scan_changes_nothing_in_mariadb(my: sa.URL) -> None:
    words = ("insert", "update", "delete", "replace", "create_table", "create_temporary_table")
    names = ", ".join(f"'Com_{word}'" for word in (*words, "drop_table", "commit", "set_option"))
    counts = (
        f"SHOW GLOBAL STATUS WHERE variable_name IN ({names}) AND variable_name <> 'Com_set_option'"
    )
    before = [asked(my, counts), asked(my, "CHECKSUM TABLE big")]
    everything(my)
    assert [asked(my, counts), asked(my, "CHECKSUM TABLE big")] == before


@pytest.fixture
def interruptible() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("how", ["arrow=1", "arrow=0"])
@pytest.mark.parametrize("rows", [None, 100])
@pytest.mark.usefixtures("interruptible")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of psycopg
def test_ctrl_c_ends_the_query_on_the_server(
    either: sa.URL, how: str, rows: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.sql.postgresql_bulk.LEAST_BYTES", 0)
    pressed: list[bool] = []

    def press() -> None:
        while not runs(either):
            time.sleep(0.05)
        pressed.append(True)
        os.kill(os.getpid(), signal.SIGINT)

    with Sql(f"{plain(either)}?views=1&{how}") as connector:
        endless = find(connector, "endless")
        presser = threading.Thread(target=press)
        presser.start()
        with pytest.raises(KeyboardInterrupt):
            table(connector, endless, rows=rows)
        presser.join()
        settles(either)
        assert pressed
        assert table(connector, "big", rows=10).num_rows == 10


@pytest.mark.parametrize("how", ["arrow=1", "arrow=0"])
def test_a_query_that_takes_too_long_ends_on_the_server(
    either: sa.URL, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.sql.postgresql_bulk.LEAST_BYTES", 0)
    with Sql(f"{plain(either)}?views=1&timeout=0.5&lock=0.4&{how}") as connector:
        for rows in (None, 100):
            with pytest.raises(UnreadableData, match=r"longer than 0.5 s") as caught:
                table(connector, "endless", rows=rows)
            no_secret(caught)
            settles(either)


@pytest.mark.parametrize("how", ["arrow=1", "arrow=0"])
def test_a_reading_given_up_ends_on_the_server(either: sa.URL, how: str) -> None:
    with Sql(f"{plain(either)}?{how}") as connector:
        batches = connector.batches(find(connector, "big"), Sampling(rows=None), Reading())
        next(iter(batches))
        del batches
        settles(either)


def test_there_is_one_connection_while_adbc_reads(pg: sa.URL) -> None:
    reading = Reading()
    with Sql(plain(pg)) as connector:
        batches = iter(connector.batches(find(connector, "big"), Sampling(rows=None), reading))
        next(batches)
        assert reading.how == "all rows, through ADBC"
        assert asked(pg, PG_ALL)[0][0] == 1
        assert sum(1 for _ in batches)


def test_two_connections_where_two_are_asked_for(
    either: sa.URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.sql.base.CONNECT_SECONDS", 0.1)
    for url, most in ((plain(either), 1), (f"{plain(either)}?connections=2", 2)):
        with Sql(url) as connector:
            big = find(connector, "big")
            held = [connector.batches(big, Sampling(rows=None), Reading()) for _ in range(most)]
            for batches in held:
                next(iter(batches))
            with pytest.raises(UnreadableData, match="waits for another dataset"):
                table(connector, big, rows=10)


@pytest.mark.parametrize("how", ["arrow=1", "arrow=0"])
def test_a_connection_that_breaks_off_in_the_middle_is_reported(either: sa.URL, how: str) -> None:
    with Sql(f"{plain(either)}?{how}", waits=(0.0, 0.0)) as connector:
        big = find(connector, "big")
        batches = iter(connector.batches(big, Sampling(rows=None), Reading()))
        seen = next(batches).num_rows
        kill(either)
        with pytest.raises(Unreachable, match="broke off") as caught:
            seen += sum(batch.num_rows for batch in batches)
        no_secret(caught)
        assert seen < ROWS
        assert table(connector, big, rows=None).num_rows == ROWS


def test_listing_is_asked_again_over_a_new_connection(either: sa.URL) -> None:
    word = "pg_attribute" if either.get_backend_name() == "postgresql" else "column_comment"
    with Sql(plain(either), waits=(0.0,)) as connector:
        with once(connector, word, lambda: kill(either)) as times:
            names = [d.name for d in connector.datasets()]
        assert names == [d.name for d in connector.datasets()]
    assert len(times) == 2


def test_a_sample_is_drawn_again_over_a_new_connection(either: sa.URL) -> None:
    word = "TABLESAMPLE" if either.get_backend_name() == "postgresql" else "count"
    with Sql(plain(either), waits=(0.0,)) as connector:
        big = find(connector, "big")
        wanted = table(connector, big, rows=100)
        with once(connector, word, lambda: kill(either)) as times:
            assert table(connector, big, rows=100) == wanted
    assert len(times) > 1


def test_asking_again_has_an_end(either: sa.URL) -> None:
    with Sql(plain(either), waits=(0.0, 0.0)) as connector:
        big = find(connector, "big")

        def always(*said: object) -> None:
            if "big" in str(said[2]):
                tries.append(1)
                kill(either)

        tries: list[int] = []
        sa.event.listen(connector._engine, "before_cursor_execute", always)
        with pytest.raises(Unreachable, match="broke off"):
            table(connector, big, rows=100)
    assert len(tries) == 3


def test_a_server_that_is_gone_is_not_waited_for_at_every_table(either: sa.URL) -> None:
    with Sql(plain(either), waits=()) as connector:
        big, tries = find(connector, "big"), list[int]()

        def always(*said: object) -> None:
            if "big" in str(said[2]):
                tries.append(1)
                kill(either)

        sa.event.listen(connector._engine, "before_cursor_execute", always)
        said = []
        for _ in range(5):
            with pytest.raises(Unreachable) as caught:
                table(connector, big, rows=100)
            said.append("was not tried" in str(caught.value))
        assert said == [False, False, False, True, True]
        assert len(tries) == 3
        sa.event.remove(connector._engine, "before_cursor_execute", always)
        connector._asked_again = 0.0  # a minute later
        assert table(connector, big, rows=100).num_rows == 100


def test_what_did_not_break_off_is_not_asked_again(either: sa.URL) -> None:
    with Sql(plain(either), waits=(0.0, 0.0)) as connector:
        big = find(connector, "big")
        gone = Dataset(big.uri + "_", big.source, "table", "gone", big.database, big.schema)
        gone = Dataset(*(getattr(gone, f) for f in ("uri", "source", "kind", "name", "database",
                       "schema", "comment")), big.columns)  # fmt: skip
        with once(connector, "gone", lambda: None) as times, pytest.raises(ConnectorError):
            table(connector, gone, rows=100)
    assert len(times) == 1


def test_it_rests_between_tables(either: sa.URL, monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []
    monkeypatch.setattr("connectors.sql.base.time.sleep", rests.append)
    with Sql(f"{plain(either)}?pause=50") as connector:
        big = find(connector, "big")
        for _ in range(2):
            table(connector, big, rows=10)
    assert rests[0] == 0
    assert 49 < rests[1] <= 50


@pytest.fixture
def tls(pg: sa.URL, tmp_path: Path) -> Iterator[sa.URL]:
    """The server with a certificate of its own, until the test ends."""
    folder = Path(asked(pg, "SHOW data_directory")[0][0])
    key, certificate = tmp_path / "server.key", tmp_path / "server.crt"
    make = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 -days 9"
    make += " -addext subjectAltName=IP:127.0.0.1"
    command = [*make.split(), "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    for file in (key, certificate):
        shutil.copy(file, folder)
        (folder / file.name).chmod(0o600)
        if os.geteuid() == 0:
            shutil.chown(folder / file.name, "postgres")
    for value in ("on", "off"):
        engine = sa.create_engine(pg, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"ALTER SYSTEM SET ssl = {value}")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
        engine.dispose()
        if value == "on":
            time.sleep(0.2)  # the server reads its settings a little later
            yield pg.update_query_dict({"sslmode": "verify-full", "sslrootcert": str(certificate)})


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_adbc_connects_as_the_driver_does(tls: sa.URL, pg: sa.URL) -> None:
    """TLS with a certificate that is checked, and a password of characters that URLs dislike."""
    password = "s3cret/@:% 'word\\"
    literal = password.replace("'", "''")
    run(pg, f"CREATE USER guest PASSWORD '{literal}'", "GRANT SELECT ON big TO guest")
    try:
        guest = tls.set(username="guest", password=password)
        used: list[bool] = []
        with Sql(plain(guest)) as connector:
            said = connector.safeguards()
            reading = Reading()
            for _ in connector.batches(find(connector, "big"), Sampling(rows=None), reading):
                query = """SELECT bool_and(s.ssl)::int FROM pg_stat_ssl s JOIN pg_stat_activity a
                    USING (pid) WHERE a.usename = 'guest'"""
                used.append(bool(asked(pg, query)[0][0]))
                break
        assert said.transit
        assert said.transit_note.startswith("TLS")
        assert reading.how == "all rows, through ADBC"
        assert used == [True]
    finally:
        run(pg, "DROP OWNED BY guest", "DROP USER guest")


def test_adbc_s_errors_become_the_same_sentences(
    pg: sa.URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.sql.postgresql_bulk.LEAST_BYTES", 0)
    run(pg, "CREATE TABLE brief (a int, b int)", "INSERT INTO brief VALUES (1, 2)")
    admin = sa.create_engine(pg)
    with Sql(plain(pg) + "?lock=0.1") as connector, admin.connect() as other:
        brief = find(connector, "brief")
        reading = Reading()
        assert table(connector, brief, reading, rows=None).num_rows == 1
        assert reading.how == "all rows, through ADBC"
        other.exec_driver_sql("LOCK TABLE brief")
        with pytest.raises(UnreadableData, match="locked"):
            table(connector, brief, rows=None)
        other.exec_driver_sql("ALTER TABLE brief DROP COLUMN b")
        other.commit()
        with pytest.raises(UnreadableData, match="gone or has changed") as caught:
            table(connector, brief, rows=None)
        no_secret(caught)
        other.exec_driver_sql("DROP TABLE brief")
        other.commit()
    admin.dispose()


def test_without_adbc_the_plain_way_says_so(pg: sa.URL, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "adbc_driver_postgresql.dbapi", None)
    reading = Reading()
    with Sql(plain(pg)) as connector:
        assert table(connector, "big", reading, rows=None).num_rows == ROWS
    assert (
        reading.how == "all rows; large tables are read faster after pip install 'picensus[adbc]'"
    )


def test_what_adbc_cannot_do_is_read_the_plain_way(
    pg: sa.URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here it cannot connect: such a setting of libpq it has not heard of."""
    monkeypatch.setattr("connectors.sql.postgresql_bulk._conninfo", lambda *_: "nonesuch='1'")
    reading = Reading()
    with Sql(plain(pg)) as connector:
        assert table(connector, "big", reading, rows=None).num_rows == ROWS
        assert connector._engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert reading.how == "all rows"
