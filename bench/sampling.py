"""Samples tables of 20 million rows on PostgreSQL and MariaDB, beside reading them whole.

    python -m bench.sampling [--rows 20000000] [--texts 20000000]

Both servers are private and gone at the end. The floor is the full reading of the same table by
the same connector; a sample should cost less than 2 % of it. Every sample is tested for
evenness over the rows in the order in which they were written: chi-square over 100 parts and
Kolmogorov's distance, each with what it exceeds once in 1,000 even draws. Rows come from so many
places, pages or ranges of a key, and neighbours count as one: that is the sample's true size.
"""

import argparse
import math
import sys
import time
from itertools import pairwise

import sqlalchemy as sa

from connectors.base import Reading, Sampling
from connectors.sql.base import Sql
from tests import servers

SIZES = (1_000, 10_000)  # the first look of a scan, and the second
PARTS = 100
CHI = 148.2  # 99 degrees of freedom, 0.1 %
KOLMOGOROV = 1.95
NEAR = 100  # rows: of one page, or of one range
MADE = {
    "postgresql": """CREATE TABLE people AS SELECT i::bigint AS id, 10000000000 + i AS mobile,
        'user' || i || '@example.com' AS email, '某省某市某路' || i % 900 || '号' AS address
        FROM generate_series(0, {last}) i""",
    "mysql": """INSERT INTO people SELECT seq, 10000000000 + seq,
        concat('user', seq, '@example.com'), concat('某省某市某路', seq % 900, '号')
        FROM seq_0_to_{last}""",
    "texts": """INSERT INTO orders SELECT seq, concat('ORD', lpad(seq * 3, 12, '0')),
        concat('某省某市某路', seq % 900, '号') FROM seq_0_to_{last}""",
}
COLUMNS = "(id BIGINT PRIMARY KEY, mobile BIGINT, email VARCHAR(60), address VARCHAR(100))"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--texts", type=int, default=20_000_000)
    args = parser.parse_args()
    with servers.postgresql() as url:
        _run(url, MADE["postgresql"].format(last=args.rows - 1), "ANALYZE people")
        right = _measure(url, "people", args.rows)
    with servers.mariadb() as url:
        inside = sa.make_url(url).set(database="census").render_as_string(hide_password=False)
        _run(url, "CREATE DATABASE census")
        _run(inside, f"CREATE TABLE people {COLUMNS}", MADE["mysql"].format(last=args.rows - 1))
        right = _measure(inside, "people", args.rows) and right
        columns = "(id BIGINT, no VARCHAR(20) PRIMARY KEY, address VARCHAR(100))"
        last = args.texts - 1
        _run(inside, f"CREATE TABLE orders {columns}", MADE["texts"].format(last=last))
        _run(inside, "ANALYZE TABLE orders")
        right = _measure(inside, "orders", args.texts) and right
    return 0 if right else 1


def _run(url: str, *statements: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as run:
        for statement in statements:
            run.exec_driver_sql(statement, execution_options={"no_parameters": True})
    engine.dispose()


def _measure(url: str, name: str, rows: int) -> bool:
    kind = sa.make_url(url).get_backend_name()
    plain = sa.make_url(url).set(drivername=kind).render_as_string(hide_password=False)
    right = True
    with Sql(plain) as connector:
        dataset = next(d for d in connector.datasets() if d.name == name)
        list(connector.batches(dataset, Sampling(10, seed=2), Reading()))  # what is loaded once
        samples = []
        for size in SIZES:
            reading, ids = Reading(), []
            started = time.perf_counter()
            for batch in connector.batches(dataset, Sampling(size, seed=1), reading):
                ids += map(int, batch.column("id").to_pylist())
            samples.append((size, time.perf_counter() - started, ids, reading.how))
        reading, seen = Reading(), 0
        started = time.perf_counter()
        for batch in connector.batches(dataset, Sampling(None), reading):
            seen += batch.num_rows
        whole = time.perf_counter() - started
    print(f"{kind} {name}: {seen} rows in {whole:.1f} s ({reading.how})")
    for size, seconds, ids, how in samples:
        places, chi, far = _uneven(ids, rows)
        right = right and len(set(ids)) == size and chi < CHI and far < KOLMOGOROV
        print(
            f"  {size} rows in {seconds:.2f} s, {100 * seconds / whole:.2f} % of that; "
            f"{places} places, chi-square {chi:.0f} (limit {CHI:.0f}), "
            f"Kolmogorov {far:.2f} (limit {KOLMOGOROV}); {how}"
        )
    return right and seen == rows


def _uneven(ids: list[int], rows: int) -> tuple[int, float, float]:
    ordered = sorted(ids)
    near = sum(b - a < NEAR for a, b in pairwise(ordered))
    places = len(ids) - near
    alike = len(ids) / places
    fair = len(ids) / PARTS
    counts = [0] * PARTS
    for i in ids:
        counts[i * PARTS // rows] += 1
    chi = sum((count - fair) ** 2 for count in counts) / fair / alike
    far = max(abs((at + 1) / len(ids) - (i + 1) / rows) for at, i in enumerate(ordered))
    return places, chi, far * math.sqrt(places)


if __name__ == "__main__":
    sys.exit(main())
