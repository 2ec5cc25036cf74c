"""What is recorded comes back, on every store that an inventory can be kept in."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import create_engine, make_url, text

from connectors.base import Column
from scanner.inventory.engine import DRIVERS, InventoryError
from scanner.inventory.store import Inventory
from scanner.model import ColumnProfile, ColumnReport, Level, Reason, Report, Status, Verdict
from tests.scanner import reports

STORES = ("sqlite", "postgresql", "mariadb")
NAME = "picensus_inventory"


@pytest.fixture(params=STORES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a new inventory may be kept: a file, or an empty database on a server."""
    if request.param == "sqlite":
        yield str(tmp_path / "inventory.db")
        return
    admin = make_url(str(request.getfixturevalue(request.param)))
    backend = admin.get_backend_name()
    engine = create_engine(
        admin.set(drivername=f"{backend}+{DRIVERS[backend]}"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {NAME}"))
        # MariaDB's own character set may be anything: the tables have to name theirs.
        more = " CHARACTER SET latin1" if request.param == "mariadb" else ""
        connection.execute(text(f"CREATE DATABASE {NAME}{more}"))
    own = admin.set(drivername=request.param, database=NAME)
    yield own.render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {NAME}"))
    engine.dispose()


@pytest.fixture
def inventory(url: str) -> Iterator[Inventory]:
    with Inventory(url) as opened:
        yield opened


def scan(inventory: Inventory, *found: Report) -> int:
    number = inventory.begin({"rows": 100}, "0.1.0")
    for report in found:
        inventory.record(number, report)
    inventory.finish(number, "done")
    return number


def test_a_report_comes_back_whole(inventory: Inventory) -> None:
    phone = reports.column("phone", reports.verdict(), comment="手机号 📱 𠮷")
    note = reports.column(
        "note",
        reports.verdict("address", 0.7, (0.01, 0.04)),
        reports.verdict("religion", 0.4, None),
        kind="longtext",
    )
    plain = reports.column("id", kind="bigint", filled=0)
    number = scan(inventory, reports.report("users", phone, note, plain))
    (dataset,) = inventory.datasets()
    assert (dataset.uri, dataset.source) == (f"{reports.SOURCE}/public/users", reports.SOURCE)
    assert (dataset.kind, dataset.name, dataset.comment) == ("table", "users", "表 users")
    assert (dataset.database, dataset.schema) == ("shop", "public")
    assert (dataset.rows, dataset.size, dataset.sampled) == (1000, 65536, 100)
    assert (dataset.status, dataset.how) == (Status.READ, "TABLESAMPLE SYSTEM (10)")
    assert dataset.modified == reports.MODIFIED
    assert dataset.last_read == dataset.seen
    assert (dataset.columns, dataset.holding, dataset.possible) == (3, 2, 0)
    assert dataset.kinds == {"address": 1, "mobile": 1}
    columns = list(inventory.columns())
    assert [column.path for column in columns] == ["phone", "note", "id"]
    assert [column.verdicts for column in columns] == [phone.verdicts, note.verdicts, ()]
    assert [column.status for column in columns] == [Status.READ, Status.READ, Status.EMPTY]
    assert [column.type for column in columns] == ["varchar(32)", "longtext", "bigint"]
    assert columns[0].comment == "手机号 📱 𠮷"
    assert (columns[0].values, columns[0].nulls, columns[0].blank) == (100, 0, 10)
    assert (columns[0].distinct, columns[0].scan, columns[0].table) == (90, number, "users")


def test_columns_with_and_without_a_verdict(inventory: Inventory) -> None:
    scan(
        inventory, reports.report("t", reports.column("a"), reports.column("b", reports.verdict()))
    )
    assert [row.path for row in inventory.columns(found=True)] == ["b"]
    assert [row.path for row in inventory.columns(found=False)] == ["a"]


def test_what_is_only_possible_is_not_counted_as_held(inventory: Inventory) -> None:
    scan(inventory, reports.report("t", reports.column("a", reports.verdict("name", 0.4))))
    (row,) = inventory.datasets()
    assert (row.holding, row.possible, row.kinds) == (0, 1, {})


def test_a_second_report_in_the_same_scan_replaces_the_first(inventory: Inventory) -> None:
    number = scan(
        inventory,
        reports.report("t", reports.column("a", reports.verdict()), reports.column("gone")),
        reports.report("t", reports.column("a", reports.verdict("email"))),
    )
    (row,) = inventory.columns(number)
    assert [verdict.kind for verdict in row.verdicts] == ["email"]


def test_each_scan_is_kept_and_the_newest_is_shown(inventory: Inventory) -> None:
    first = scan(inventory, reports.report("t", reports.column("a", reports.verdict("name"))))
    second = scan(inventory, reports.report("t", reports.column("a", reports.verdict("email"))))
    kinds = {
        number: [v.kind for row in inventory.columns(number) for v in row.verdicts]
        for number in (first, second, None)
    }
    assert kinds == {first: ["name"], second: ["email"], None: ["email"]}
    assert [row.id for row in inventory.scans()] == [second, first]


def test_a_dataset_that_a_scan_did_not_touch_stays_as_it_was(inventory: Inventory) -> None:
    first = scan(inventory, reports.report("old", reports.column("a", reports.verdict())))
    second = scan(inventory, reports.report("new", reports.column("b")))
    assert [(row.name, row.scan) for row in inventory.datasets()] == [
        ("new", second),
        ("old", first),
    ]
    assert [row.name for row in inventory.datasets(second)] == ["new"]


def test_a_failure_neither_hides_what_is_known_nor_passes_for_clean(inventory: Inventory) -> None:
    first = scan(inventory, reports.report("t", reports.column("a", reports.verdict())))
    second = scan(inventory, reports.unread("t"))
    (dataset,) = inventory.datasets()
    assert (dataset.status, dataset.scan, dataset.holding) == (Status.FAILED, second, 1)
    assert dataset.last_read is not None
    (column,) = inventory.columns()
    assert (column.status, column.scan, column.sampled) == (Status.FAILED, first, 100)
    assert [verdict.kind for verdict in column.verdicts] == ["mobile"]
    (cover,) = inventory.coverage()
    assert cover.gap
    assert (cover.status, cover.last_read) == (Status.FAILED, dataset.last_read)
    assert cover.reason == "the account may not read it: grant SELECT"
    assert list(inventory.columns(second)) == []


def test_a_table_that_was_never_read_shows_its_declared_columns(inventory: Inventory) -> None:
    scan(inventory, reports.unread("t", Status.SKIPPED, columns=("a", "b")))
    rows = list(inventory.columns())
    assert [(row.path, row.status, row.last_read) for row in rows] == [
        ("a", Status.SKIPPED, None),
        ("b", Status.SKIPPED, None),
    ]


def test_a_column_that_was_not_looked_at_is_not_clean(inventory: Inventory) -> None:
    blob = ColumnReport(Column("photo", "blob"))
    scan(inventory, reports.report("t", reports.column("a"), blob))
    assert [row.status for row in inventory.columns()] == [Status.READ, Status.SKIPPED]


def test_a_source_that_failed_is_a_gap_until_it_is_listed_again(inventory: Inventory) -> None:
    scan(inventory, reports.report("t", reports.column("a")))
    number = inventory.begin({}, "0.1.0")
    inventory.record(number, reports.report("t", reports.column("a")))
    inventory.source_failed(number, reports.SOURCE, "the listing broke off")
    inventory.record(number, reports.report("u", reports.column("a")))
    (gap,) = [row for row in inventory.coverage() if row.gap]
    assert (gap.source, gap.dataset, gap.reason) == (reports.SOURCE, None, "the listing broke off")
    scan(inventory, reports.report("t", reports.column("a")))
    assert not [row for row in inventory.coverage() if row.gap]
    assert [row.reason for row in inventory.sources(number)] == ["the listing broke off"]


def test_awkward_texts_are_kept_readable(inventory: Inventory) -> None:
    name = "bad\udce9\0name"
    long = reports.column("x" * 70_000, comment="说明\0" + "长" * 30_000)
    scan(inventory, reports.report(name, long), reports.report("T"), reports.report("t"))
    rows = {row.name for row in inventory.datasets()}
    assert rows == {r"bad\udce9\x00name", "T", "t"}
    (column,) = inventory.columns()
    assert len(column.path) == 70_000
    assert column.comment.endswith("长" * 30_000)


def test_counts_from_numpy_and_beyond_32_bits(inventory: Inventory) -> None:
    many = 5_000_000_000
    counts = ("values", "nulls", "blank", "distinct")
    profile = ColumnProfile(**dict.fromkeys(counts, np.int64(many)))
    low = (float(np.float64(0.25)), np.float64(0.5))
    verdict = Verdict(
        "name", np.float64(0.95), Level.CERTAIN, "values", low, reports.State.CLEAR,
        (Reason("of values", np.float64(1.5)),),
    )  # fmt: skip
    scan(inventory, reports.report("t", ColumnReport(Column("a"), profile, (verdict,))))
    (row,) = inventory.columns()
    assert (row.values, row.nulls, row.blank, row.distinct) == (many, many, many, many)
    assert row.verdicts == (verdict,)


def test_two_columns_of_one_name_are_one(inventory: Inventory) -> None:
    scan(inventory, reports.report("t", reports.column("a", comment="1"), reports.column("a")))
    assert [row.comment for row in inventory.columns()] == ["1"]


def test_reopening_shows_the_same(url: str) -> None:
    with Inventory(url) as inventory:
        scan(inventory, reports.report("t", reports.column("a", reports.verdict())))
        before = list(inventory.columns())
    with Inventory(url, create=False) as inventory:
        assert list(inventory.columns()) == before


def test_a_database_of_something_else_is_left_alone(url: str) -> None:
    with Inventory(url) as inventory:
        engine = inventory._engine
        with engine.begin() as connection:
            connection.execute(text("DROP TABLE picensus"))
        with pytest.raises(InventoryError, match="no inventory but holds other tables"):
            Inventory(url)


def test_an_inventory_of_an_older_version_is_refused(url: str) -> None:
    with Inventory(url) as inventory, inventory._engine.begin() as connection:
        connection.execute(text("UPDATE picensus SET version = 1"))
    for create in (True, False):
        with pytest.raises(InventoryError, match=r"older picensus \(schema 1\): give a new"):
            Inventory(url, create=create)


def test_an_inventory_of_a_newer_version_is_refused(url: str) -> None:
    with Inventory(url) as inventory, inventory._engine.begin() as connection:
        connection.execute(text("UPDATE picensus SET version = 99"))
    with pytest.raises(InventoryError, match=r"newer picensus \(schema 99\): upgrade"):
        Inventory(url)


def test_an_empty_database_is_no_inventory_to_read(url: str) -> None:
    with pytest.raises(InventoryError, match=r"there is no inventory at .*picensus scan"):
        Inventory(url, create=False)


def test_reading_does_not_stop_a_scan_and_sees_one_moment(url: str) -> None:
    with Inventory(url) as writer, Inventory(url) as reader:
        scan(writer, *reports.estate(30, 4))
        rows = reader.columns()
        seen = [next(rows)]  # the reading has begun and is still open
        scan(writer, *reports.estate(31, 4))
        seen += rows
        assert len(seen) == 30 * 4
        assert {row.scan for row in seen} == {1}
        assert len(list(reader.columns())) == 31 * 4
