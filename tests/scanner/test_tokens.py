"""Random strings: tokens in clear, or hashes and cipher text, as the kind and the header say."""

import random
from base64 import b64encode, urlsafe_b64encode

import pyarrow as pa
import pytest

from connectors.base import Column
from scanner.examine import examine
from scanner.model import State, Verdict
from scanner.verdict import verdicts
from tests.scanner import made
from tests.scanner.test_storage import DETECTORS, Make, column, judged

TOKENS = [
    pytest.param("access_token", lambda r: r.randbytes(16).hex(), id="token of 32 hex digits"),
    pytest.param("app_secret", lambda r: r.randbytes(20).hex(), id="secret of 40"),
    pytest.param("openid", lambda r: r.randbytes(16).hex(), id="openid"),
    pytest.param("oaid", lambda r: r.randbytes(32).hex(), id="id of a device"),
    pytest.param("access_token", lambda r: b64encode(r.randbytes(24)).decode(), id="base64"),
]


@pytest.mark.parametrize(("name", "make"), TOKENS)
def test_random_strings_are_in_clear_where_the_kind_is_one(name: str, make: Make) -> None:
    found = judged(column(make), name)
    assert (found.state, found.storage) == (State.CLEAR, "clear")
    assert found.prevalence is not None
    assert found.prevalence[0] > 0.9


@pytest.mark.parametrize("name", ["imei_md5", "token_sha256"])
def test_unless_the_header_says_that_they_are_hashed(name: str) -> None:
    assert judged(column(lambda r: r.randbytes(16).hex()), name).state is State.HASHED


@pytest.mark.parametrize("name", ["姓名", "手机", "证件号"])
@pytest.mark.parametrize("size", [16, 32, 48])
def test_base64_for_urls_is_cipher_text_under_another_header(name: str, size: int) -> None:
    values = column(lambda r: urlsafe_b64encode(r.randbytes(size)).decode())
    found = judged(values, name)
    assert (found.state, found.level) == (State.ENCRYPTED, "certain")
    assert found.storage.startswith("encrypted")


def test_an_openid_is_no_cipher_text() -> None:
    values = column(lambda r: "o" + urlsafe_b64encode(r.randbytes(21)).decode()[:27])
    assert (judged(values, "openid").kind, judged(values, "openid").storage) == ("openid", "clear")


def in_table(**columns: Make) -> dict[str, tuple[Verdict, ...]]:
    made_up = pa.table({name: pa.array(column(make)) for name, make in columns.items()})
    said = tuple(Column(name, "text") for name in columns)
    reports = verdicts(examine(made_up, DETECTORS), said, DETECTORS, "t_42")
    return {report.column.name: report.verdicts for report in reports}


def test_a_weak_header_over_hashes_counts_among_personal_columns() -> None:
    def digest(rng: random.Random) -> str:
        return rng.randbytes(20).hex()

    (found,) = in_table(phone=made.mobile, cardno=digest)["cardno"]
    assert (found.kind, found.level, found.state) == ("bank_card", "possible", State.HASHED)
    assert in_table(status=lambda r: r.choice("ab"), cardno=digest)["cardno"] == ()


@pytest.mark.parametrize("name", ["idcard_img_md5", "avatar_md5"])
def test_the_digest_of_a_picture_is_no_picture(name: str) -> None:
    assert in_table(**{name: lambda r: r.randbytes(16).hex()})[name] == ()
