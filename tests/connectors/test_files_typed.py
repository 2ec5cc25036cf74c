"""ORC, Arrow, Feather and Avro: types and nesting as they are, samples, damage."""

import datetime as dt
import json
import random
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import fastavro
import numpy as np
import pyarrow as pa
import pytest
from pyarrow import feather, orc

from connectors.base import Reading, UnreadableData, columns_of
from connectors.files import arrow as arrow_module
from connectors.files import avro as avro_module
from connectors.files import orc as orc_module
from connectors.files.avro_blocks import header
from tests.connectors.contract import ids, one_sentence
from tests.connectors.test_files import avro, table_of

TABLE = pa.table(
    {
        "id": pa.array([1, 10000000001]),
        "name": ["甲", None],
        "price": pa.array([Decimal("1.20"), None]),
        "born": pa.array([dt.date(1904, 1, 2), None]),
        "orders": pa.array([[{"no": "a", "tel": ["1"]}], None]),
        "raw": pa.array([b"\xff", b""]),
    }
)
MANY = pa.table({"id": range(20_000), "name": ["名" * 20] * 20_000})


def write(path: Path, table: pa.Table) -> Path:
    """By the extension."""
    match path.suffix:
        case ".orc":
            orc.write_table(table, path, stripe_size=20_000)
        case ".arrows":
            with pa.ipc.new_stream(path, table.schema) as stream:
                stream.write_table(table, max_chunksize=200)
        case _:
            options = pa.ipc.IpcWriteOptions(compression="zstd")
            with pa.ipc.new_file(path, table.schema, options=options) as file:
                file.write_table(table, max_chunksize=200)
    return path


@pytest.mark.parametrize("name", ["a.orc", "a.arrow", "a.arrows", "000000_0"])
class TestTyped:
    def test_types_and_nesting_stay(self, tmp_path: Path, name: str) -> None:
        reading = Reading()
        if name == "000000_0":
            write(tmp_path / "a.orc", TABLE).rename(tmp_path / name)
        else:
            write(tmp_path / name, TABLE)
        table = table_of(tmp_path / name, reading)
        assert table.to_pylist() == TABLE.to_pylist()
        declared = {c.name: c.type for c in columns_of(table.schema)}
        assert declared["id"] == "int64"
        assert declared["price"].startswith("decimal128(3, 2")
        assert (reading.how, reading.rows) == ("all rows", 2)

    def test_no_rows(self, tmp_path: Path, name: str) -> None:
        write(tmp_path / "a.arrow", TABLE.slice(0, 0)).rename(tmp_path / name)
        table = table_of(tmp_path / name)
        assert (table.column_names, table.num_rows) == (TABLE.column_names, 0)


@pytest.mark.parametrize(
    ("name", "module", "says"),
    [
        ("a.orc", orc_module, "random stripes of"),
        ("a.arrow", arrow_module, "random record batches of 100"),
    ],
)
def test_random_parts_of_a_large_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: Any, says: str
) -> None:
    path = write(tmp_path / name, MANY)
    monkeypatch.setattr(module, "BUDGET", path.stat().st_size // 3)
    reading, drawn = Reading(), list[int]()
    for seed in range(5):
        table = table_of(path, reading, rows=300, seed=seed)
        assert table.num_rows == 300
        assert says in reading.how
        assert reading.rows is None
        drawn += ids(table)
    assert max(drawn) > 15_000
    assert min(drawn) < 5_000


@pytest.mark.filterwarnings("ignore:.*Feather V1:DeprecationWarning")
def test_old_feather(tmp_path: Path) -> None:
    feather.write_feather(TABLE.select(["id", "name"]), tmp_path / "a.feather", version=1)
    assert table_of(tmp_path / "a.feather", columns=("name",)).to_pydict() == {"name": ["甲", None]}


def test_where_the_system_allows_less_memory(tmp_path: Path) -> None:
    write(tmp_path / "a.orc", TABLE)
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30));"
        "from connectors.files import typed_program;"
        "sys.exit(typed_program.main(sys.argv[1], 'orc', '', '0', '1'))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "a.orc")]
    done = subprocess.run(command, capture_output=True, check=True)
    assert pa.ipc.open_stream(done.stdout).read_all().num_rows == 2


def test_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    table = pa.table([pa.array([1]), pa.array(["a"]), pa.array(["b"])], names=["id", "n", "n"])
    for name in ("a.arrow", "a.arrows"):
        assert table_of(write(tmp_path / name, table)).to_pydict() == {
            "id": [1],
            "n": ["a"],
            "column_3": ["b"],
        }


@pytest.mark.filterwarnings("ignore:.*Feather V1:DeprecationWarning")
@pytest.mark.parametrize("name", ["a.orc", "a.arrow", "a.arrows", "a.feather", "a.avro"])
def test_damage_is_told_and_ends_nothing(tmp_path: Path, name: str) -> None:
    """Cut off, and with bytes changed; whatever is read, or told, this process lives on."""
    path = tmp_path / name
    if name == "a.avro":
        avro(path, RECORD, [{"id": i, "v": None} for i in range(2_000)])
    elif name == "a.feather":
        feather.write_feather(MANY.slice(0, 2_000), path, version=1)
    else:
        write(path, MANY.slice(0, 2_000))
    whole, told = path.read_bytes(), 0
    for seed in range(8):
        choice = random.Random(seed)
        data = bytearray(whole)
        if seed % 2:
            data = data[: choice.randrange(100, len(data) - 20)]
        for _ in range(20):
            data[choice.randrange(40, len(data))] = choice.randrange(256)
        path.write_bytes(data)
        try:
            table_of(path)
        except UnreadableData as error:
            one_sentence(str(error))
            told += 1
    assert told >= 4


RECORD = {
    "type": "record",
    "name": "r",
    "fields": [{"name": "id", "type": "long"}, {"name": "v", "type": ["null", "string"]}],
}
DAY = dt.date(1904, 1, 2)
NOON = dt.datetime(1904, 1, 2, 12, tzinfo=dt.UTC)


def of(kind: Any) -> dict[str, Any]:
    return {
        "type": "record",
        "name": "r",
        "namespace": "example",
        "fields": [{"name": "v", "type": kind}],
    }


class TestAvro:
    @pytest.mark.parametrize(
        "codec", ["null", "deflate", "bzip2", "snappy", "zstandard", "xz", "lz4"]
    )
    def test_codecs(self, tmp_path: Path, codec: str) -> None:
        """The writer lacks some of them: then the block is packed here."""
        packed = {
            "snappy": lambda data: pa.compress(data, "snappy", asbytes=True) + b"crc.",
            "zstandard": lambda data: pa.compress(data, "zstd", asbytes=True),
        }
        records = [{"id": i, "v": f"甲{i}"} for i in range(100)]
        avro(tmp_path / "a.avro", RECORD, records, "null" if codec in {*packed, "lz4"} else codec)
        if codec in packed:
            repack(tmp_path / "a.avro", codec, packed[codec])
        if codec == "lz4":
            path = tmp_path / "a.avro"
            path.write_bytes(path.read_bytes().replace(b"\x08null", b"\x06lz4"))
            with pytest.raises(UnreadableData, match="none of bzip2, deflate"):
                table_of(path)
            return
        assert table_of(tmp_path / "a.avro").to_pylist() == records

    @pytest.mark.parametrize(
        ("kind", "values", "given"),
        [
            ("int", [1, -1], [1, -1]),
            (["null", "boolean"], [True, None], [True, None]),
            ("double", [10000000001.0], [10000000001.0]),
            ("bytes", [b"\xff"], [b"\xff"]),
            (["string", "long"], ["甲", 10000000001], ["甲", "10000000001"]),
            ({"type": "enum", "name": "e", "symbols": ["M", "F"]}, ["F"], ["F"]),
            ({"type": "fixed", "name": "f", "size": 2}, [b"ab"], [b"ab"]),
            ({"type": "array", "items": "string"}, [["a"], []], [["a"], []]),
            ({"type": "map", "values": "long"}, [{"a": 1}], [[("a", 1)]]),
            ({"type": "int", "logicalType": "date"}, [DAY], [DAY]),
            ({"type": "long", "logicalType": "timestamp-millis"}, [NOON], [NOON]),
            ({"type": "long", "logicalType": "timestamp-micros"}, [NOON], [NOON]),
            (
                {"type": "bytes", "logicalType": "decimal", "precision": 20, "scale": 2},
                [Decimal("-1.20"), Decimal("123456789012345678.90")],
                ["-1.20", "123456789012345678.90"],
            ),
            (
                {"type": "string", "logicalType": "uuid"},
                ["00000000-0000-0000-0000-000000000001"],
                ["00000000-0000-0000-0000-000000000001"],
            ),
            (
                {
                    "type": "record",
                    "name": "p",
                    "fields": [{"name": "tel", "type": ["null", "string", "long"]}],
                },
                [{"tel": 10000000001}, {"tel": None}],
                [{"tel": "10000000001"}, {"tel": None}],
            ),
        ],
    )
    def test_types(self, tmp_path: Path, kind: Any, values: Any, given: Any) -> None:
        path = tmp_path / "a.avro"
        avro(path, of(kind), [{"v": value} for value in values])
        assert table_of(path)["v"].to_pylist() == given

    @pytest.mark.parametrize(
        "kind", ["nowhere", {"type": "array"}, 7, {"type": "array", "items": 7}]
    )
    def test_schemas_that_are_none(self, tmp_path: Path, kind: Any) -> None:
        handmade(tmp_path / "a.avro", of(kind), 1, b"\x02")
        with pytest.raises(UnreadableData, match="broken or cut-off Avro"):
            table_of(tmp_path / "a.avro")

    def test_declared_types(self, tmp_path: Path) -> None:
        avro(tmp_path / "a.avro", RECORD, [])
        table = table_of(tmp_path / "a.avro")
        assert [(c.name, c.type) for c in columns_of(table.schema)] == [
            ("id", "long"),
            ("v", "null|string"),
        ]

    def test_a_type_within_itself_is_text(self, tmp_path: Path) -> None:
        tree = {
            "type": "record",
            "name": "t",
            "fields": [{"name": "n", "type": "string"}, {"name": "up", "type": ["null", "t"]}],
        }
        value: Any = None
        for i in range(3):
            value = {"n": f"甲{i}", "up": value}
        avro(tmp_path / "a.avro", tree, [value])
        (row,) = table_of(tmp_path / "a.avro").to_pylist()
        assert row["n"] == "甲2"
        assert json.loads(row["up"]) == {"n": "甲1", "up": {"n": "甲0", "up": None}}

    @pytest.mark.parametrize("depth", [2_000, 1_000_000])
    def test_values_within_each_other_without_end(self, tmp_path: Path, depth: int) -> None:
        tree = {"type": "record", "name": "t", "fields": [{"name": "up", "type": ["null", "t"]}]}
        handmade(tmp_path / "a.avro", tree, 1, b"\x02" * depth + b"\x00")
        with pytest.raises(UnreadableData, match="broken"):
            table_of(tmp_path / "a.avro")

    @pytest.mark.parametrize(
        ("kind", "rows", "data", "says"),
        [
            ("null", 1 << 50, b"", "broken"),
            ("long", 1 << 40, b"\x00" * 10, "broken"),
            ("string", 1, b"\xfe\xff\xff\xff\x0f", "broken"),
            ("string", -1, b"", "broken"),
            ("bytes", 3, b"\x02a", "broken"),
        ],
    )
    def test_numbers_that_lie(
        self, tmp_path: Path, kind: Any, rows: int, data: bytes, says: str
    ) -> None:
        handmade(tmp_path / "a.avro", of(kind), rows, data)
        with pytest.raises(UnreadableData, match=says):
            table_of(tmp_path / "a.avro")

    def test_a_list_of_nothing(self, tmp_path: Path) -> None:
        for items in ("null", {"type": "record", "name": "e", "fields": []}):
            kind = {"type": "array", "items": items}
            handmade(tmp_path / "a.avro", of(kind), 1, size(1 << 40) + b"\x00")
            with pytest.raises(UnreadableData, match="lists of nothing"):
                table_of(tmp_path / "a.avro")

    def test_random_blocks_of_a_large_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path, total = tmp_path / "a.avro", 20_000
        avro(path, RECORD, [{"id": i, "v": "名" * 9} for i in range(total)], "null")
        monkeypatch.setattr(avro_module, "BUDGET", path.stat().st_size // 4)
        reading, drawn = Reading(), list[int]()
        for seed in range(10):
            drawn += ids(table_of(path, reading, rows=500, seed=seed))
        assert "random blocks of" in reading.how
        fifths = np.bincount(np.array(drawn) * 5 // total, minlength=5)
        assert fifths.min() > 500
        assert fifths.max() < 1_500


def size(number: int) -> bytes:
    """As Avro writes a number."""
    number, out = number << 1 if number >= 0 else (-number << 1) - 1, bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes((*out, number))


def handmade(path: Path, schema: Any, rows: int, data: bytes) -> None:
    """A file of one block, whatever it says of itself."""
    text, sync = json.dumps(schema).encode(), b"s" * 16
    head = b"Obj\x01" + size(1) + size(11) + b"avro.schema" + size(len(text)) + text + b"\0" + sync
    path.write_bytes(head + size(rows) + size(len(data)) + data + sync)


def repack(path: Path, codec: str, pack: Any) -> None:
    """The records of a file that is not packed, packed as one block."""
    with path.open("rb") as stream:
        found = header(stream, path.name)
    with path.open("rb") as stream:
        blocks = [(b.num_records, b.bytes_.getvalue()) for b in fastavro.block_reader(stream)]
    text = json.dumps(found.schema).encode()
    meta = ((b"avro.schema", text), (b"avro.codec", codec.encode()))
    out = b"Obj\x01" + size(2) + b"".join(size(len(k)) + k + size(len(v)) + v for k, v in meta)
    out += b"\0" + found.sync
    for rows, data in blocks:
        packed = pack(data)
        out += size(rows) + size(len(packed)) + packed + found.sync
    path.write_bytes(out)
