"""The column that a person means by as much of its name as they care to type."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scanner.inventory.engine import InventoryError
from scanner.inventory.store import Inventory
from tests.scanner import reports

FILES = "file:///data"


@pytest.fixture
def inventory(tmp_path: Path) -> Iterator[Inventory]:
    with Inventory(str(tmp_path / "inventory.db")) as opened:
        number = opened.begin({}, "0.1.0")
        columns = (reports.column("phone"), reports.column("Phone"), reports.column("e_mail"))
        for name in ("users", "old_users", *(f"log_{n}" for n in range(7))):
            opened.record(number, reports.report(name, *columns))
        for name in ("crm/2024.xlsx/客户", "hr/2024.xlsx/客户"):
            opened.record(number, reports.sheet(name, reports.column("电话")))
        yield opened


@pytest.mark.parametrize(
    ("given", "uri"),
    [
        pytest.param(f"{reports.SOURCE}/public/users", f"{reports.SOURCE}/public/users", id="URI"),
        pytest.param("users", f"{reports.SOURCE}/public/users", id="name"),
        pytest.param("USERS", f"{reports.SOURCE}/public/users", id="letter case"),
        pytest.param("public/users", f"{reports.SOURCE}/public/users", id="end"),
        pytest.param("public.users", f"{reports.SOURCE}/public/users", id="schema.table"),
        pytest.param("shop.public.users", f"{reports.SOURCE}/public/users", id="database too"),
        pytest.param("hr/2024.xlsx/客户", f"{FILES}/hr/2024.xlsx/客户", id="sheet"),
    ],
)
def test_found(inventory: Inventory, given: str, uri: str) -> None:
    column = "电话" if given.endswith("客户") else "e_mail"
    assert inventory.find(given, column).dataset == uri


def test_the_exact_name_of_a_column_goes_before_one_in_other_letters(inventory: Inventory) -> None:
    assert inventory.find("users", "Phone").path == "Phone"
    assert inventory.find("users", "E_MAIL").path == "e_mail"


@pytest.mark.parametrize(
    ("dataset", "column", "sentence"),
    [
        pytest.param(
            "客户",
            "电话",
            "'客户' may be any of .*crm/2024.xlsx/客户, .*hr/2024",
            id="two datasets",
        ),
        pytest.param("users", "PHONE", "may be any of phone, Phone: give more", id="two columns"),
        pytest.param("user", "phone", r"no dataset 'user' .*did you mean .*/users", id="near"),
        pytest.param("users", "fone", r"no column 'fone' of .*did you mean .*phone", id="column"),
        pytest.param("zzzzzz", "phone", "see what `picensus show` lists", id="nothing like it"),
    ],
)
def test_not_found(inventory: Inventory, dataset: str, column: str, sentence: str) -> None:
    with pytest.raises(InventoryError, match=sentence):
        inventory.find(dataset, column)


def test_at_most_five_candidates_are_named(inventory: Inventory) -> None:
    with pytest.raises(InventoryError) as caught:
        inventory.find("log_", "phone")
    assert str(caught.value).count("/public/log_") == 5
