import pyarrow as pa
import pytest

from connectors.clickhouse.types import arrow, parse, texts

text = pa.large_string()
TYPES = [
    ("LowCardinality(Nullable(String))", "Nullable(String)", text),
    ("DateTime64(3, 'Asia/Shanghai')", "Nullable(String)", text),
    ("Enum8('a(b,c' = 1, 'it\\'s' = 2)", "Nullable(String)", text),
    ("Variant(String, UInt8)", "Nullable(String)", text),
    (
        "Map(LowCardinality(String), Array(UInt8))",
        "Map(String, Array(Nullable(String)))",
        pa.map_(text, pa.large_list(text)),
    ),
    (
        "Tuple(x String, `a \\` b` Array(Tuple(UInt8, Decimal(9, 2))))",
        "Tuple(`x` Nullable(String), "
        "`a \\` b` Array(Tuple(Nullable(String), Nullable(String))))",
        pa.struct(
            [("x", text), ("a ` b", pa.large_list(pa.struct([("1", text), ("2", text)])))]
        ),
    ),
    (
        "Nested(a String, b UInt8)",
        "Array(Tuple(`a` Nullable(String), `b` Nullable(String)))",
        pa.large_list(pa.struct([("a", text), ("b", text)])),
    ),
    (
        "SimpleAggregateFunction(groupArrayArray, Array(String))",
        "Array(Nullable(String))",
        pa.large_list(text),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("declared", "cast", "kind"), TYPES, ids=[t[0] for t in TYPES])
def test_types_are_read_from_their_names(declared: str, cast: str, kind: pa.DataType) -> None:
    assert texts(parse(declared)) == cast
    assert arrow(parse(declared)) == kind
    assert not parse(declared).hidden


@pytest.mark.parametrize(
    "declared", ["AggregateFunction(uniq, UInt64)", "Array(AggregateFunction(1, sum, UInt8))"]
)
def test_states_of_calculations_are_hidden(declared: str) -> None:
    assert parse(declared).hidden
