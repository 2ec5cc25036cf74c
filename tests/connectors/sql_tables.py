"""What the tests of the SQL connector share: databases of made-up rows, and short questions."""

import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa
import pytest
import sqlalchemy as sa

from connectors.base import Connector, Dataset, Reading, Sampling
from connectors.contract import ConnectorContract

ROWS = 1_200
PHONE = 10_000_000_000  # no number in service begins with 10

NUMBERED = [
    "CREATE TABLE numbered (id INT PRIMARY KEY, phone BIGINT, note VARCHAR(200))",
    "CREATE TABLE bare (id INT, note VARCHAR(20))",
    'CREATE TABLE "客户 资料" ("select" INT, "姓名" VARCHAR(20), "50%% off" INT, ":a b" INT)',
    "CREATE TABLE vacant (id INT PRIMARY KEY, note VARCHAR(20))",
]
EXPECTED = {"numbered": ROWS, "bare": ROWS, "客户 资料": 3, "vacant": 0}


class TablesContract(ConnectorContract):
    """The contract over the tables of `EXPECTED`; the source and the missing one differ."""

    @pytest.fixture
    def expected(self) -> dict[str, int]:
        return EXPECTED

    @pytest.fixture
    def numbered(self) -> str:
        return "numbered"


def fill(engine: sa.Engine) -> None:
    """The tables of `EXPECTED`; names are quoted as the database has it."""
    quote = engine.dialect.identifier_preparer.initial_quote
    with engine.begin() as run:
        for statement in NUMBERED:
            run.exec_driver_sql(
                statement.replace('"', quote).replace("%%", "%"),
                execution_options={"no_parameters": True},
            )
        rows = [{"i": i, "p": PHONE + i, "n": f"note number {i}"} for i in range(ROWS)]
        run.execute(sa.text("INSERT INTO numbered VALUES (:i, :p, :n)"), rows)
        run.execute(sa.text("INSERT INTO bare VALUES (:i, :n)"), rows)
        odd = [{"i": i, "n": f"甲{i}"} for i in range(3)]
        run.execute(sa.text(f"INSERT INTO {quote}客户 资料{quote} VALUES (:i, :n, :i, :i)"), odd)


@contextmanager
def database(admin: str) -> Iterator[sa.URL]:
    """A new database on the server, dropped in the end; the URL of it for the superuser."""
    name = f"census_{secrets.token_hex(4)}"
    url = sa.make_url(admin)
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as run:
            run.exec_driver_sql(f"CREATE DATABASE {name}")
        yield url.set(database=name)
        with engine.connect() as run:
            force = " WITH (FORCE)" if url.get_backend_name() == "postgresql" else ""
            run.exec_driver_sql(f"DROP DATABASE {name}{force}")
    finally:
        engine.dispose()


def run(url: sa.URL, *statements: str) -> None:
    """Statements as the superuser, word for word."""
    engine = sa.create_engine(url)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement, execution_options={"no_parameters": True})
    finally:
        engine.dispose()


def plain(url: sa.URL) -> str:
    """The URL as a user gives it."""
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)


def find(connector: Connector, name: str) -> Dataset:
    """The dataset of that name."""
    return next(d for d in connector.datasets() if d.name == name)


def table(
    connector: Connector, name: str | Dataset, reading: Reading | None = None, **how: object
) -> pa.Table:
    """A sample of a dataset as one table."""
    dataset = find(connector, name) if isinstance(name, str) else name
    sampling = Sampling(**how)  # type: ignore[arg-type]
    return pa.Table.from_batches(
        list(connector.batches(dataset, sampling, reading if reading is not None else Reading()))
    )


def evenly_drawn(ids: list[int], total: int, parts: int = 20) -> None:
    """Fails where a twentieth of the rows has far from its share (six standard deviations)."""
    fair = len(ids) / parts
    counts = [0] * parts
    for i in ids:
        counts[i * parts // total] += 1
    assert max(abs(count - fair) for count in counts) < 6 * fair**0.5, counts


def no_secret(error: pytest.ExceptionInfo[Exception], *secret: str) -> str:
    """The error as one sentence; nothing secret in it or in what it was raised from."""
    chained = error.value.__cause__ or (
        None if error.value.__suppress_context__ else error.value.__context__
    )
    assert chained is None
    text = str(error.value)
    assert "\n" not in text
    assert 20 < len(text) < 400
    for word in secret:
        assert word not in text
    return text


def interrupted(connector: Connector, name: str) -> None:
    """Presses Ctrl-C in the middle of a full reading, then reads again."""

    def read_until(press: int) -> None:
        for i, _ in enumerate(connector.batches(dataset, Sampling(rows=None), Reading())):
            if i == press:
                signal.raise_signal(signal.SIGINT)

    dataset = find(connector, name)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        for press in (0, 1, 7):
            with pytest.raises(KeyboardInterrupt):
                read_until(press)
            assert table(connector, dataset, rows=10).num_rows == 10
    finally:
        signal.signal(signal.SIGINT, before)
    assert table(connector, dataset, rows=None).num_rows == 200_000
