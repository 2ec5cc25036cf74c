"""Every number here is made up; births are before 1905."""

import random

import pyarrow as pa
import pytest

from detectors import registry
from scanner.examine import examine, leaves
from scanner.model import ColumnProfile, Profile
from tests.scanner import made

DETECTORS = registry.load()


def profile(**columns: list[object]) -> Profile:
    return examine(pa.table({name: pa.array(v) for name, v in columns.items()}), DETECTORS)


def test_an_id_that_passes_luhn_counts_as_an_id_alone() -> None:
    rng = random.Random(1)
    numbers = [n for n in (made.identity_number(rng) for _ in range(400)) if made.luhn(n)]
    assert len(numbers) > 10
    evidence = profile(x=numbers).columns["x"].evidence
    assert evidence["id_card"].whole_checked == len(numbers)
    assert "bank_card" not in evidence


def test_profiles_add_up_to_the_profile_of_all() -> None:
    rows = ["13900000001", None, "", "联系人：王小明 13900000002", "13900000001", "x"]
    whole = profile(a=rows)
    parts = profile(a=rows[:2]) + profile(a=rows[2:4]) + profile(a=rows[4:])
    one, other = whole.columns["a"], parts.columns["a"]
    assert (one.values, one.nulls, one.blank) == (6, 1, 1)
    assert (other.values, other.nulls, other.blank, other.forms) == (6, 1, 1, one.forms)
    assert other.evidence["mobile"].rows == one.evidence["mobile"].rows == 3
    assert Profile() + whole == whole


def test_numbers_are_text() -> None:
    held = profile(i=[13900000001, 13900000002], f=[13900000001.0, None]).columns
    assert held["i"].evidence["mobile"].whole == 2
    assert held["f"].evidence["mobile"].whole == 1


def test_nested_columns_are_reported_by_path() -> None:
    rows = [{"orders": [{"phone": "13900000001"}, {"phone": None}]}, {"orders": None}]
    found = examine(pa.Table.from_pylist(rows), DETECTORS).columns
    assert set(found) == {"orders[].phone"}
    assert (found["orders[].phone"].values, found["orders[].phone"].nulls) == (2, 1)


def test_documents_inside_nested_texts_are_reported_below_them() -> None:
    document = '{"phone":"13900000001"}'
    rows = [{"p": {"body": document}, "l": [document, document]}, {"p": None, "l": []}]
    held = examine(pa.Table.from_pylist(rows), DETECTORS).columns
    assert set(held) == {"p.body", "l[]", "p.body.phone", "l[].phone"}
    assert (held["p.body.phone"].values, held["l[].phone"].evidence["mobile"].rows) == (1, 2)


def test_escapes_hide_nothing_from_the_search() -> None:
    held = profile(c=["q=\\u624b\\u673a:13900000001", "to=a%40example.com"]).columns["c"]
    assert (held.evidence["mobile"].rows, held.evidence["email"].rows) == (1, 1)


def test_a_map_has_keys_and_values() -> None:
    kind = pa.map_(pa.string(), pa.int64())
    assert [path for path, _ in leaves("m", pa.array([[("a", 1)]], kind))] == [
        "m[].key",
        "m[].value",
    ]


def test_a_part_of_a_map_array_has_its_own_keys_and_values() -> None:
    rows = [[("a", 1)], [("b", 2), ("c", 3)], None, [], [("d", 4)]]
    whole = pa.array(rows, pa.map_(pa.string(), pa.int64()))
    for start in range(6):
        for end in range(start, 6):
            pairs = [pair for row in rows[start:end] for pair in row or ()]
            keys, values = leaves("m", whole[start:end])
            assert keys[1].to_pylist() == [key for key, _ in pairs]
            assert values[1].to_pylist() == [value for _, value in pairs]


def test_a_null_struct_has_null_fields() -> None:
    array = pa.array([{"a": "x"}, None], pa.struct([("a", pa.string())]))
    ((path, leaf),) = leaves("s", array)
    assert (path, leaf.to_pylist()) == ("s.a", ["x", None])


def test_bytes_that_are_no_text_are_counted_as_such() -> None:
    held = profile(b=[b"\xfe\xd8\xff\xe0", b"13900000001", None]).columns["b"]
    assert (held.filled, held.forms["binary"], held.evidence["mobile"].whole) == (2, 1, 1)


def test_pictures_among_bytes_are_told_from_other_bytes() -> None:
    held = profile(b=[b"\xff\xd8\xff\xe0\x00", b"\x89PNG\r\n\x1a\n\x00", b"\xfe\x00"]).columns["b"]
    assert held.forms == {"image": 2, "binary": 1}


def test_placeholders_are_counted_and_say_nothing() -> None:
    held = profile(x=["13900000001", "无", "N/A", "-", "***", "", None]).columns["x"]
    assert (held.placeholders, held.blank, held.filled, held.given) == (4, 1, 1, 5)
    assert (held.distinct, held.forms, held.states) == (1, {"long_integer": 1}, {})


@pytest.mark.parametrize("kind", [pa.null(), pa.string(), pa.int64(), pa.bool_(), pa.date32()])
def test_no_rows(kind: pa.DataType) -> None:
    table = pa.table({"a": pa.array([], kind)})
    assert examine(table, DETECTORS).columns["a"] == ColumnProfile()
