"""Write the sample data: files in one folder, tables in one SQLite database, nobody in either.

    python sample_data/make.py [--out DIR] [--seed N]

The same seed gives the same bytes. What a scan should find is in expected.csv.
"""

import argparse
import random
import sys
from pathlib import Path

from sample_data import (
    file_tables,
    file_trees,
    shop_people,
    shop_stored,
    shop_things,
    writers,
)

HERE = Path(__file__).parent
TABLES = (
    shop_people.customers,
    shop_people.employees,
    shop_people.pupils,
    shop_people.hospital_visits,
    shop_people.vehicles,
    shop_people.users,
    shop_people.board,
    shop_stored.masked,
    shop_stored.hashed,
    shop_stored.leads,
    shop_stored.unnamed_people,
    shop_stored.unnamed_things,
    shop_stored.in_numbers,
    shop_stored.test_accounts,
    shop_things.orders,
    shop_things.products,
    shop_things.suppliers,
    shop_things.stores,
    shop_things.pets,
    shop_things.menu_items,
    shop_things.menus,
    shop_things.dictionary,
    shop_things.operations,
    shop_things.tickets,
)
FOLDERS = (
    *("app", "archive", "export", "hr", "logistics"),
    *("logs", "reference", "school", "warehouse"),
)


def main() -> int:
    """Zero, or one sentence and one."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--out", type=Path, default=HERE / "out", help="default: sample_data/out")
    parser.add_argument("--seed", type=int, default=2013)
    args = parser.parse_args()
    try:
        files(args.out / "files", args.seed)
        shop(args.out / "shop.db", args.seed)
    except OSError as error:
        print(
            f"cannot write {error.filename}: {error.strerror}; give another --out", file=sys.stderr
        )
        return 1
    print(f"sample data written: {args.out / 'files'} and {args.out / 'shop.db'}")
    return 0


def files(folder: Path, seed: int) -> None:
    """Every file, one dataset a seed, so that a change to one leaves the others as they are."""
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for make, encoding, delimiter in (
        (file_tables.members, "utf-8-sig", ","),
        (file_tables.students, "gb18030", ","),
        (file_tables.waybills, "utf-8", "\t"),
        (file_tables.damaged, "utf-8", ","),
        (file_tables.archive, "utf-8", ","),
        (file_tables.films, "utf-8", ","),
    ):
        table = make(_chance(seed, make.__name__))
        writers.delimited(folder / table.name, table, encoding, delimiter)
    sheets = (
        make(_chance(seed, make.__name__)) for make in (file_tables.summary, file_tables.payroll)
    )
    writers.workbook(folder / "hr/payroll.xlsx", *sheets)
    writers.parquet(
        folder / "warehouse/user_orders.parquet", file_trees.user_orders(_chance(seed, "users"))
    )
    writers.lines(folder / "app/events.jsonl", file_trees.events(_chance(seed, "events")))
    writers.lines(folder / "logs/app.log", file_trees.log(_chance(seed, "log")))
    writers.picture(folder / "logo.png")
    (folder / "empty.csv").write_bytes(b"")


def shop(path: Path, seed: int) -> None:
    """The database."""
    writers.database(path, [make(_chance(seed, make.__name__)) for make in TABLES])


def _chance(seed: int, dataset: str) -> random.Random:
    return random.Random(f"{seed} {dataset}")


if __name__ == "__main__":
    sys.exit(main())
