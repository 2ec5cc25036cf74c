"""Columns of numbers with a form: by values alone where it is strong, under a header where not."""

import random
from collections.abc import Callable

import pyarrow as pa
import pytest

from connectors.base import Column
from detectors import registry
from sample_data import identifiers
from sample_data.places import PLACES
from scanner.examine import examine
from scanner.model import Level
from scanner.verdict import verdicts

DETECTORS = registry.load()
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
Make = Callable[[random.Random], object]


def drawn(r: random.Random, size: int, chars: str = "0123456789") -> str:
    return "".join(r.choices(chars, k=size))


def hong_kong(r: random.Random) -> str:
    letter, body = r.choice(LETTERS), drawn(r, 6)
    places = (36, int(letter, 36), *map(int, body))
    check = -sum(p * w for p, w in zip(places, range(9, 1, -1), strict=True)) % 11
    return f"{letter}{body}({'0123456789A'[check]})"


def taiwan(r: random.Random) -> str:
    body = "1" + drawn(r, 7)
    check = -sum(int(d) * w for d, w in zip(body, range(8, 0, -1), strict=True)) % 10
    return f"A{body}{(check - 1) % 10}"


def foreigner(r: random.Random) -> str:
    body = f"9{r.choice((11, 31, 44))}840190{r.randrange(5)}01{r.randint(10, 28)}{drawn(r, 3)}"
    return body + identifiers.id_check(body)


def landline(r: random.Random) -> str:
    return f"{r.choice(('010', '021', '0755', '0571'))}-{r.randint(2, 8)}{drawn(r, 7)}"


def address(r: random.Random) -> str:
    return r.choice(("192.0.2.", "198.51.100.", "203.0.113.")) + str(r.randint(1, 254))


def position(r: random.Random) -> str:
    return f"{r.uniform(100, 120):.6f},{r.uniform(22, 40):.6f}"


def openid(r: random.Random) -> str:
    return "oX1" + drawn(r, 25, LETTERS + LETTERS.lower() + "0123456789-_")


def credit_code(r: random.Random) -> str:
    return identifiers.credit_code(r, r.choice(PLACES))


STRONG: list[tuple[str, Make, str]] = [
    ("uscc", credit_code, "tax_no"),
    ("vin", identifiers.vin, "vin"),
    ("plate", identifiers.plate, "plate_no"),
    ("landline", landline, "office_tel"),
    ("ip", address, "client_ip"),
    ("device_id", identifiers.imei, "imei"),
    ("device_id", lambda r: f"00:00:5e:00:{r.randrange(256):02x}:{r.randrange(256):02x}", "mac"),
    ("openid", openid, "openid"),
    ("hk_id", hong_kong, "hkid"),
    ("taiwan_id", taiwan, "taiwan_id"),
    ("foreign_resident_id", foreigner, "green_card_no"),
    ("payment_account", lambda r: "2088" + drawn(r, 12), "alipay_no"),
    ("wechat", lambda r: "wxid_" + drawn(r, 14, LETTERS.lower()), "wechat_no"),
    ("geo_location", position, "coordinates"),
]
WEAK: list[tuple[str, Make, str]] = [
    ("hk_macau_permit", lambda r: r.choice("HM") + drawn(r, 8), "回乡证号"),
    ("exit_entry_permit", lambda r: "C" + drawn(r, 8), "往来港澳通行证号"),
    ("taiwan_permit", lambda r: drawn(r, 8), "台胞证号"),
    ("macau_id", lambda r: r.choice("157") + drawn(r, 7), "澳门身份证号"),
    ("military_id", lambda r: f"军字第{drawn(r, 7)}号", "军官证号"),
    ("driving_licence", lambda r: "1101" + drawn(r, 8), "驾驶证档案编号"),
    ("social_security_no", lambda r: r.choice(LETTERS) + drawn(r, 8), "社保卡号"),
    ("medical_insurance_no", lambda r: drawn(r, 10), "医保卡号"),
    ("medical_record_no", lambda r: drawn(r, 8), "病历号"),
    ("certificate_no", lambda r: r.choice("NUXY") + drawn(r, 8), "cert_no"),
    ("student_no", lambda r: "19" + drawn(r, 8), "学号"),
    ("employee_no", lambda r: "E" + drawn(r, 5), "emp_no"),
    ("housing_fund_no", lambda r: drawn(r, 12), "公积金账号"),
    ("bank_account", lambda r: drawn(r, 15), "bank_account"),
    ("postal_code", lambda r: r.choice(("10", "20", "51", "31")) + drawn(r, 4), "邮编"),
    ("qq", lambda r: "1" + drawn(r, 8), "qq"),
    ("wechat", lambda r: "li_" + drawn(r, 6), "微信号"),
    ("landline", lambda r: r.choice("2345678") + drawn(r, 7), "固定电话"),
    ("ip", lambda r: f"10.0.{r.randrange(9)}.{r.randint(1, 254)}", "client_ip"),
    ("geo_location", lambda r: f"{r.uniform(100, 120):.6f}", "lng"),
    ("device_id", lambda r: f"{r.getrandbits(64):016x}", "android_id"),
    (
        "device_id",
        lambda r: f"{r.getrandbits(128):032x}"[:8] + "-9dad-11d1-80b4-00c04fd430c8",
        "oaid",
    ),
]


def judged(make: Make, column: str) -> set[str]:
    rng = random.Random(20130410)
    values = [make(rng) for _ in range(500)]
    profile = examine(pa.table({column: pa.array(values)}), DETECTORS)
    (report,) = verdicts(profile, (Column(column, "text"),), DETECTORS, "t_42")
    for verdict in report.verdicts[:1]:
        assert verdict.prevalence is not None
        assert verdict.prevalence[0] > 0.9
    return {v.kind for v in report.verdicts if v.level is not Level.POSSIBLE}


@pytest.mark.parametrize(("kind", "make", "column"), STRONG)
def test_values_alone_name_a_column(kind: str, make: Make, column: str) -> None:
    assert judged(make, "c1") == {kind}


@pytest.mark.parametrize(("kind", "make", "column"), [*STRONG, *WEAK])
def test_a_header_names_a_column(kind: str, make: Make, column: str) -> None:
    assert judged(make, column) == {kind}


@pytest.mark.parametrize(("kind", "make", "column"), WEAK)
def test_weak_forms_name_nothing_without_their_header(kind: str, make: Make, column: str) -> None:
    assert judged(make, "c1") <= ({"military_id"} if kind == "military_id" else set())
