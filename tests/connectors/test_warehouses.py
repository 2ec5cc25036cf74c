"""What is sent to databases that the tests cannot run: compiled, and compared word for word."""

import importlib.util
from types import SimpleNamespace
from typing import cast

import pytest
import sqlalchemy as sa

from connectors.base import Column, Dataset, MissingDriver, Reading, Sampling
from connectors.registry import canonical
from connectors.sql.address import parse
from connectors.sql.base import DIALECTS, Sql
from connectors.sql.reader import Reader
from connectors.sql.warehouses import MaxCompute, Warehouse

heavy = pytest.mark.heavy

URLS = {
    "bigquery": "bigquery://project/shop",
    "mssql": "mssql://u:s3cret@h/shop",
    "odps": "odps://id:s3cret@project/?endpoint=https://h.invalid/api",
    "oracle": "oracle://u:s3cret@h/?service_name=SHOP",
    "snowflake": "snowflake://u:s3cret@account/SHOP?warehouse=w",
    "trino": "trino://u@h/lake",
}
SOURCES = {
    "bigquery": "bigquery://project/shop",
    "mssql": "mssql://h:1433/shop",
    "odps": "odps://project",
    "oracle": "oracle://h:1521",
    "snowflake": "snowflake://account/SHOP",
    "trino": "trino://h:8080/lake",
}
PACKAGES = {
    "bigquery": "sqlalchemy_bigquery",
    "snowflake": "snowflake.sqlalchemy",
    "trino": "trino",
}

CELLS = {
    "oracle": {
        "VARCHAR(20)": 'substr(CAST(t."c" AS VARCHAR2(4000 CHAR)), 1, 50)',
        "CLOB": 'dbms_lob.substr(t."c", 50, 1)',
        "NUMBER(19)": 'substr(CAST(t."c" AS VARCHAR2(4000 CHAR)), 1, 50)',
        "DATE": "to_char(t.\"c\", 'YYYY-MM-DD HH24:MI:SS')",
        "RAW": 't."c"',
        "BLOB": 'dbms_lob.substr(t."c", 2000, 1)',
        "BINARY_DOUBLE": 'coalesce(CASE WHEN (abs(t."c") < 1e18 AND round(t."c") = t."c") THEN '
        'CAST(CAST(t."c" AS NUMBER(19)) AS VARCHAR2(4000 CHAR)) END, '
        'CAST(t."c" AS VARCHAR2(4000 CHAR)))',
    },
    "mssql": {
        "NVARCHAR(max)": "substring(CAST(t.[c] AS NVARCHAR(max)), 1, 50)",
        "DATETIME2": "convert(NVARCHAR(64), t.[c], 126)",
        "VARBINARY(max)": "substring(t.[c], 1, 65536)",
        "TIMESTAMP": "substring(t.[c], 1, 65536)",
    },
    "snowflake": {
        "VARIANT": 'substr(CAST(t."c" AS VARCHAR), 1, 50)',
        "BINARY": 'substr(t."c", 1, 65536)',
    },
    "bigquery": {
        "STRING": "substr(CAST(`t`.`c` AS STRING), 1, 50)",
        "ARRAY<STRING>": "substr(to_json_string(`t`.`c`), 1, 50)",
        "BYTES": "substr(`t`.`c`, 1, 65536)",
    },
    "trino": {
        "VARCHAR": 'substr(CAST(t."c" AS VARCHAR), 1, 50)',
        "MAP(VARCHAR, INTEGER)": 'substr(json_format(CAST(t."c" AS JSON)), 1, 50)',
        "VARBINARY": 'substr(t."c", 1, 65536)',
    },
}
SAMPLES = {
    "oracle": 'FROM "S"."T 1" SAMPLE (0.500000) SEED (7) t',
    "mssql": "FROM [S].[T 1] AS t TABLESAMPLE (0.500000 PERCENT) REPEATABLE (7)",
    "snowflake": 'FROM "S"."T 1" AS t TABLESAMPLE BERNOULLI (0.500000) REPEATABLE (7)',
    "bigquery": "FROM `S`.`T 1` AS `t` TABLESAMPLE SYSTEM (0.500000 PERCENT)",
    "trino": 'FROM "S"."T 1" AS t TABLESAMPLE BERNOULLI (0.500000)',
}
COMPILED = [
    pytest.param(name, marks=heavy if name in PACKAGES else ())
    for name in ("oracle", "mssql", *PACKAGES)
]


def reader_of(name: str, declared: str) -> tuple[Warehouse, Reader]:
    """A reader of one column that can compile its statements, and nothing more."""
    package = PACKAGES.get(name)
    if package and importlib.util.find_spec(package.partition(".")[0]) is None:
        pytest.fail(f"{package} is not installed: tools/setup.sh all")
    address = parse(URLS[name])
    dialect = cast("Warehouse", DIALECTS[name](address, 60.0, 0))
    compiler = address.url.get_dialect()()
    connection = cast("sa.Connection", SimpleNamespace(dialect=compiler))
    columns = (Column("c", declared),)
    dataset = Dataset("u", "s", "table", "T 1", schema="S", columns=columns)
    return dialect, Reader(connection, dialect, dataset, Sampling(seed=7, cell=50), Reading())


@pytest.mark.parametrize("name", COMPILED)
def test_cells_are_cast_and_cut_in_the_words_of_each(name: str) -> None:
    for declared, wanted in CELLS[name].items():
        _, reader = reader_of(name, declared)
        said = reader.sql(reader.select())
        assert said.startswith(f"SELECT {wanted} AS "), (declared, said)


@pytest.mark.parametrize("name", COMPILED)
def test_samples_are_drawn_in_the_words_of_each(name: str) -> None:
    dialect, reader = reader_of(name, "VARCHAR")
    statement, how = dialect.sampled(reader, 0.5)
    assert statement.replace("\n", "").endswith(SAMPLES[name])
    assert how in statement
    assert dialect.sampled(reader, 100) == (reader.sql(reader.select()), "every row")


@pytest.mark.parametrize("name", URLS)
def test_sources_hold_no_credentials(name: str) -> None:
    assert canonical(URLS[name]) == SOURCES[name]


@pytest.mark.parametrize("name", ["bigquery", "mssql", "oracle", "snowflake", "trino"])
def test_a_missing_driver_names_its_extra(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("sqlalchemy_bigquery", "pymssql", "oracledb", "snowflake", "trino"):
        monkeypatch.setitem(__import__("sys").modules, module, None)
    with pytest.raises(MissingDriver, match=rf"pip install 'picensus\[{name}\]'") as caught:
        Sql(URLS[name])
    assert "s3cret" not in str(caught.value)


def test_the_dialect_of_maxcompute_needs_an_older_sqlalchemy() -> None:
    if sa.__version__.startswith("2.0."):
        pytest.skip("it is one")
    with pytest.raises(MissingDriver, match=r"picensus\[odps\]"):
        MaxCompute(parse(URLS["odps"]), 60.0, 0).engine()
