"""Hashes proven against made-up values of the same row."""

import base64
import hashlib
import hmac
import random
from collections.abc import Callable

import pyarrow as pa
import pytest

from connectors.base import Column
from detectors import registry
from scanner import sm3
from scanner.examine import examine
from scanner.headings import neutral
from scanner.model import Agreement, Level, State, Verdict
from scanner.verdict import verdicts
from tests.scanner import made

DETECTORS = registry.load()
MOBILES = [made.mobile(random.Random(n)) for n in range(300)]
Make = Callable[[bytes], object]


def proofs(**columns: list[object]) -> dict[tuple[str, str], Agreement]:
    """What was proven of the column `x`."""
    return dict(examine(pa.table(columns), DETECTORS).columns["x"].unsalted)


def judged(**columns: list[object]) -> dict[str, tuple[Verdict, ...]]:
    table = pa.table(columns)
    profile = examine(table, DETECTORS)
    reports = verdicts(profile, [Column(n) for n in table.column_names], DETECTORS, "t_42")
    return {report.column.name: report.verdicts for report in reports}


def md5(data: bytes) -> str:
    return hashlib.md5(data).hexdigest()


UNSALTED = [
    pytest.param(md5, "MD5", id="MD5"),
    pytest.param(lambda data: md5(data).upper(), "MD5", id="MD5 in capitals"),
    pytest.param(lambda data: md5(data)[8:24], "MD5 (short form)", id="MD5, middle 16"),
    pytest.param(lambda data: md5(data)[8:24].upper(), "MD5 (short form)", id="the same, capitals"),
    pytest.param(lambda data: md5(md5(data).encode()), "MD5 of MD5", id="MD5 twice"),
    pytest.param(lambda data: hashlib.sha1(data).hexdigest(), "SHA-1", id="SHA-1"),
    pytest.param(lambda data: hashlib.sha256(data).hexdigest(), "SHA-256", id="SHA-256"),
    pytest.param(lambda data: sm3.digest(data).hex(), "SM3", id="SM3"),
    pytest.param(lambda data: hashlib.sha512(data).hexdigest(), "SHA-512", id="SHA-512"),
    pytest.param(
        lambda data: base64.b64encode(hashlib.md5(data).digest()).decode(), "MD5", id="in base64"
    ),
    pytest.param(
        lambda data: base64.b64encode(hashlib.sha256(data).digest()).decode(),
        "SHA-256",
        id="SHA-256 in base64",
    ),
    pytest.param(lambda data: hashlib.sha256(data).digest(), "SHA-256", id="as bytes"),
    pytest.param(lambda data: md5(data).encode(), "MD5", id="hex as bytes"),
]


@pytest.mark.parametrize(("make", "name"), UNSALTED)
def test_an_unsalted_hash_is_proven(make: Make, name: str) -> None:
    found = proofs(phone=MOBILES, x=[make(m.encode()) for m in MOBILES])
    assert found == {(name, "phone"): Agreement(200, 200, 200)}


OTHERS = [
    pytest.param(lambda data: md5(b"salt" + data), id="salt before"),
    pytest.param(lambda data: md5(data + b"salt"), id="salt behind"),
    pytest.param(lambda data: hmac.digest(b"key", data, "md5").hex(), id="with a key"),
    pytest.param(lambda data: md5(str(int(data) + 1).encode()), id="of other values"),
    pytest.param(lambda data: md5(data)[:16], id="the first 16"),
    pytest.param(lambda data: hashlib.sha3_256(data).hexdigest(), id="a hash that nobody tries"),
    pytest.param(lambda data: data.decode(), id="in clear"),
    pytest.param(lambda _: None, id="nothing"),
]


@pytest.mark.parametrize("make", OTHERS)
def test_what_is_no_unsalted_hash_is_not_proven(make: Make) -> None:
    assert proofs(phone=MOBILES, x=[make(m.encode()) for m in MOBILES]) == {}


def test_the_row_has_to_be_the_same() -> None:
    hashes = [md5(m.encode()) for m in MOBILES]
    assert proofs(phone=MOBILES, x=hashes[1:] + hashes[:1]) == {}


def test_numbers_are_hashed_as_they_are_written() -> None:
    found = proofs(phone=[int(m) for m in MOBILES], x=[md5(m.encode()) for m in MOBILES])
    assert set(found) == {("MD5", "phone")}


def test_strings_that_are_no_text_stop_nothing() -> None:
    hashes = [md5(m.encode()).encode() for m in MOBILES]
    buffers = pa.array([b"\xff\xfe", *hashes[1:]]).buffers()
    broken = pa.Array.from_buffers(pa.string(), len(hashes), buffers)
    found = examine(pa.table({"phone": MOBILES, "x": broken}), DETECTORS).columns["x"].unsalted
    assert set(found) == {("MD5", "phone")}


def test_fields_of_one_struct_stand_side_by_side_and_items_of_lists_do_not() -> None:
    pairs = [{"phone": m, "x": md5(m.encode())} for m in MOBILES]
    fields = examine(pa.table({"u": pairs}), DETECTORS).columns
    assert set(fields["u.x"].unsalted) == {("MD5", "u.phone")}
    items = examine(pa.table({"u": [[pair] for pair in pairs]}), DETECTORS).columns
    assert items["u[].x"].unsalted == {}


def test_work_is_bounded() -> None:
    rows = 5000
    mobiles = [made.mobile(random.Random(n)) for n in range(rows)]
    (agreement,) = proofs(phone=mobiles, x=[md5(m.encode()) for m in mobiles]).values()
    assert agreement.tested == 200


def test_one_value_that_fills_both_columns_proves_nothing() -> None:
    rows = [*["admin"] * 90, *[f"user{n}" for n in range(10)]]
    hashes = [*[md5(b"admin")] * 90, *[md5(f"other{n}".encode()) for n in range(10)]]
    found = proofs(login=rows, x=hashes)
    assert found == {("MD5", "login"): Agreement(100, 90, 1)}
    assert judged(mobile=MOBILES[:100], x=hashes)["x"] == ()


def test_two_values_do() -> None:
    rows = MOBILES[:2] * 40
    (best,) = judged(phone=rows, x=[md5(m.encode()) for m in rows])["x"]
    assert best.storage == "hashed: MD5, unsalted (proven against `phone`)"


def test_agreements_add_up() -> None:
    one, other = Agreement(10, 8, 4), Agreement(20, 1, 1)
    assert one + other == other + one == Agreement(30, 9, 4)


def test_the_digests_hold_the_kind_of_the_clear_column_as_surely() -> None:
    found = judged(phone=MOBILES, order_no=[md5(m.encode()) for m in MOBILES])
    (clear,), (hashed,) = found["phone"], found["order_no"]
    assert (hashed.kind, hashed.confidence, hashed.level) == ("mobile", clear.confidence, "certain")
    assert (hashed.state, hashed.basis) == (State.HASHED, "values")
    assert (hashed.prevalence or (0, 0))[0] > 0.97
    assert "200 of 200 digests compared" in hashed.reasons[-1].text


def test_the_proof_outweighs_a_header_of_another_kind() -> None:
    ids = [made.identity_number(random.Random(n)) for n in range(300)]
    found = judged(sfzh=ids, mobile_md5=[md5(i.encode()) for i in ids])["mobile_md5"]
    assert [(v.kind, v.storage) for v in found] == [
        ("id_card", "hashed: MD5, unsalted (proven against `sfzh`)")
    ]


def test_a_header_that_agrees_is_said() -> None:
    (found,) = judged(phone=MOBILES, mobile_md5=[md5(m.encode()) for m in MOBILES])["mobile_md5"]
    assert (found.kind, found.basis) == ("mobile", "both")


def test_a_proof_outdoes_a_header_that_speaks_of_encryption() -> None:
    codes = [f"K{n:07d}" for n in range(300)]
    (verdict,) = judged(c5=codes, enc_phone=[md5(code.encode()) for code in codes])["enc_phone"]
    assert (verdict.kind, verdict.state) == ("mobile", State.HASHED)
    assert verdict.storage == "hashed: MD5, unsalted (proven against `c5`)"


def test_a_hash_of_something_that_is_no_information_on_a_person_stays_unnamed() -> None:
    codes = [f"SKU-{n:06d}" for n in range(300)]
    found = judged(sku=codes, x=[md5(c.encode()) for c in codes])
    assert found["x"] == ()
    named = judged(sku=codes, mobile_md5=[md5(c.encode()) for c in codes])["mobile_md5"]
    assert [v.storage for v in named] == ["hashed: MD5, unsalted (proven against `sku`)"]


def test_digests_without_header_and_proof_stay_unnamed() -> None:
    assert judged(phone=MOBILES, c5=[md5(b"s" + m.encode()) for m in MOBILES])["c5"] == ()


def test_a_header_with_the_short_form_is_hashed_and_without_one_nothing() -> None:
    short = [md5(b"s" + m.encode())[8:24] for m in MOBILES]
    assert judged(c5=short)["c5"] == ()
    (found,) = judged(mobile=short)["mobile"]
    assert (found.state, found.storage) == (State.HASHED, "hashed: MD5 (short form)")
    assert found.level is not Level.POSSIBLE


def test_no_value_is_left_in_a_name_that_stood_for_one() -> None:
    table = pa.table({MOBILES[0]: MOBILES, "x": [md5(m.encode()) for m in MOBILES]})
    profile = examine(table, DETECTORS)
    columns = [Column(name) for name in table.column_names]
    cleaned, shown, count = neutral(profile, columns, DETECTORS)
    assert count == 1
    reports = verdicts(cleaned, shown, DETECTORS, "t_42")
    assert [r.verdicts[0].storage for r in reports][1].endswith("(proven against `column_1`)")
    assert MOBILES[0] not in repr((cleaned, reports))


def test_no_value_or_digest_is_kept() -> None:
    hashes = [md5(m.encode()) for m in MOBILES]
    kept = repr(examine(pa.table({"phone": MOBILES, "x": hashes}), DETECTORS))
    assert not [text for text in (*MOBILES, *hashes) if text in kept]


@pytest.mark.parametrize("length", [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 500])
def test_sm3_by_itself_gives_what_openssl_gives(length: int) -> None:
    data = bytes(n % 251 for n in range(length))
    if "sm3" not in hashlib.algorithms_available:
        pytest.skip("this OpenSSL has no SM3 to compare with")
    assert sm3.computed(data) == hashlib.new("sm3", data).digest()


def test_sm3_gives_the_specimens_of_the_standard() -> None:
    assert sm3.computed(b"abc").hex() == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )
    assert sm3.computed(b"abcd" * 16).hex() == (
        "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    )
