import base64
import hashlib
import uuid

import numpy as np
import pyarrow as pa
import pytest

from detectors.states import states
from detectors.texts import Texts
from tests.detectors.lookalikes import digits, log_lines, strings

NOISE = np.random.default_rng(0).bytes(4096)


def b64(size: int, at: int = 0) -> str:
    return base64.b64encode(NOISE[at : at + size]).decode()


def state(text: str) -> tuple[str, str] | None:
    stored = states(Texts(pa.array([text], pa.large_string())))
    assert len(stored) <= 1
    return next(((s.state, s.kind) for s in stored if s.rows[0]), None)


MASKED = [
    pytest.param("138****1234", "mobile", id="mobile 3+4"),
    pytest.param("1888****888", "mobile", id="mobile 4+3"),
    pytest.param("138********", "mobile", id="mobile 3+0"),
    pytest.param("*******1234", "mobile", id="mobile 0+4"),
    pytest.param("138xxxx1234", "mobile", id="mobile by x"),
    pytest.param("138XXXX1234", "mobile", id="mobile by X"),
    pytest.param("138####1234", "mobile", id="mobile by #"),
    pytest.param("138××××1234", "mobile", id="mobile by crosses"),
    pytest.param("138●●●●1234", "mobile", id="mobile by dots"),
    pytest.param("138＊＊＊＊1234", "mobile", id="mobile by full-width stars"),
    pytest.param("138-****-1234", "mobile", id="mobile in groups"),
    pytest.param("+86 138****1234", "mobile", id="mobile with +86"),
    pytest.param(" 138****1234 ", "mobile", id="mobile with space around"),
    pytest.param("1888****888|" + "5425DE6E" * 4, "mobile", id="mobile with its MD5"),
    pytest.param("5***************1X", "id_card", id="ID 1+2"),
    pytest.param("3****************8", "id_card", id="ID 1+1"),
    pytest.param("110105**********34", "id_card", id="ID 6+2"),
    pytest.param("110***********1234", "id_card", id="ID 3+4"),
    pytest.param("110105********1234", "id_card", id="ID 6+4"),
    pytest.param("110105xxxxxxxx123X", "id_card", id="ID by x, ends in X"),
    pytest.param("11010519491231****", "id_card", id="ID 14+0"),
    pytest.param("**************1234", "id_card", id="ID 0+4"),
    pytest.param("110105******123", "id_card", id="ID of 15"),
    pytest.param("1101**********34", "id_card", id="ID, length lost"),
    pytest.param("6222 **** **** 1234", "bank_card", id="card in groups"),
    pytest.param("**** **** **** 3256", "bank_card", id="card, last four"),
    pytest.param("6222 **** **** **** 123", "bank_card", id="card of 19 in groups"),
    pytest.param("622202******1234", "bank_card", id="card 6+4"),
    pytest.param("6222************234", "bank_card", id="card of 19"),
    pytest.param("666123*******66", "bank_card", id="card 6+2"),
    pytest.param("张*", "name", id="name of two"),
    pytest.param("张*三", "name", id="middle of a name"),
    pytest.param("*三", "name", id="surname"),
    pytest.param("**三", "name", id="surname and middle"),
    pytest.param("欧阳**", "name", id="two-character surname"),
    pytest.param("张某", "name", id="somebody Zhang"),
    pytest.param("张某某", "name", id="somebody Zhang, longer"),
    pytest.param("张××", "name", id="name by crosses"),
    pytest.param("王○○", "name", id="name by circles"),
    pytest.param("张**先生", "name", id="name with title"),
    pytest.param("d*****@example.com", "email", id="e-mail, first"),
    pytest.param("mahu*****@example.com", "email", id="e-mail, first four"),
    pytest.param("wh************.com", "email", id="e-mail, sign hidden too"),
    pytest.param("zhang@***.com", "email", id="e-mail, domain"),
    pytest.param("北京市海淀区马********", "address", id="address, end"),
    pytest.param("朝阳区建国路**号**室", "address", id="address, numbers"),
    pytest.param("0915*****79", "landline", id="landline"),
    pytest.param("010-****1234", "landline", id="landline, hyphen"),
    pytest.param("苏D4***0", "plate", id="plate"),
    pytest.param("陕A1****D", "plate", id="plate of a new-energy car"),
    pytest.param("PJ*****67", "", id="passport, kind not said"),
    pytest.param("******", "", id="stars alone"),
    pytest.param("20*****1", "", id="birthday"),
]
HASHED = [
    pytest.param(hashlib.md5(b"x").hexdigest(), id="MD5"),
    pytest.param(hashlib.md5(b"x").hexdigest().upper(), id="MD5, capitals"),
    pytest.param(hashlib.sha1(b"x").hexdigest(), id="SHA-1"),
    pytest.param(hashlib.sha256(b"x").hexdigest(), id="SHA-256 or SM3"),
    pytest.param(hashlib.sha512(b"x").hexdigest(), id="SHA-512"),
    pytest.param("$2a$10$" + "N9qo8uLOickgx2ZMRZoMye" * 2 + "N9qo8uLOi", id="bcrypt"),
    pytest.param("{bcrypt}$2b$12$" + "a" * 53, id="bcrypt of Spring"),
    pytest.param("pbkdf2_sha256$260000$abcdefgh$" + "A1b2" * 11, id="Django"),
    pytest.param("$6$salt$" + "a" * 86, id="crypt"),
    pytest.param("{SSHA}" + "A1b2" * 8, id="LDAP"),
]
ENCRYPTED = [
    pytest.param(b64(16), id="base64, one block"),
    pytest.param(b64(32, 16), id="base64, two blocks"),
    pytest.param(b64(48, 48), id="base64, three blocks"),
    pytest.param(b64(300, 100), id="base64, long"),
    pytest.param(NOISE[:48].hex(), id="hex, 96"),
    pytest.param(NOISE[:40].hex().upper(), id="hex, 80, capitals"),
    pytest.param(NOISE[:112].hex(), id="hex, SM2"),
    pytest.param("ENC(G6N718UuyPE5bHyWKyuLQSm02auQPUtm)", id="jasypt"),
    pytest.param("{cipher}682bc583f4641835fa2db009355293665d2647dade3375c0", id="Spring"),
    pytest.param("vault:v1:8SDd3WHDOjf7mq69CyCqYjBXAiQQAVZRkFM13ok481zoCmHnSeDX9vyf", id="Vault"),
    pytest.param("gAAAAAB" + "a1_-" * 20 + "==", id="Fernet"),
]
DAMAGED = [
    pytest.param("440524188001010000", "id_card", id="ID, three zeros"),
    pytest.param("110105194912310000", "id_card", id="ID with X, three zeros"),
    pytest.param(str(int(float("110105194912310031"))), "id_card", id="ID through a double"),
    pytest.param("1.38E+10", "mobile", id="mobile in a cell"),
    pytest.param("1.38001E+10", "mobile", id="mobile, more digits"),
    pytest.param("1.38e+10", "mobile", id="mobile, small e"),
    pytest.param("4.40524E+17", "id_card", id="ID in a cell"),
    pytest.param("6.22202E+18", "bank_card", id="card in a cell"),
    pytest.param("6222020000001230000", "bank_card", id="card, four zeros"),
]
CLEAR = [
    pytest.param("", id="empty"),
    pytest.param("  ", id="blank"),
    pytest.param("13800138000", id="mobile number"),
    pytest.param("440524188001010014", id="identity number"),
    pytest.param("440524188001010015", id="identity number, check fails"),
    pytest.param("6200000000000005", id="bank card"),
    pytest.param("6200000000000000003", id="card with zeros that passes Luhn"),
    pytest.param("zhang.san@example.com", id="e-mail"),
    pytest.param("foxx@example.com", id="e-mail with xx"),
    pytest.param("张三", id="name"),
    pytest.param("某公司", id="some company"),
    pytest.param("某某", id="somebody"),
    pytest.param("有某种", id="some kind of"),
    pytest.param("●男", id="ticked"),
    pytest.param("是○", id="not ticked"),
    pytest.param("北京市海淀区中关村大街1号", id="address"),
    pytest.param("2*3", id="product"),
    pytest.param("1920x1080", id="size of a screen"),
    pytest.param("XXL", id="size of a shirt"),
    pytest.param("xx", id="two x"),
    pytest.param("#", id="number sign"),
    pytest.param("########", id="cell too narrow"),
    pytest.param("已付款，余款见附件***，请尽快处理本单并回电", id="stars in a sentence"),
    pytest.param("SELECT * FROM t", id="SQL"),
    pytest.param("**bold** text of a note", id="markdown"),
    pytest.param("550e8400-e29b-41d4-a716-446655440000", id="UUID"),
    pytest.param("550e8400e29b41d4a716446655440000", id="UUID without hyphens"),
    pytest.param("12345678901234567890123456789012", id="32 digits"),
    pytest.param("0123456789abcdef", id="16 hex"),
    pytest.param("5D41402abc4b2a76b9719d911017c592", id="hex of both cases"),
    pytest.param("ffd8ffe000104a46" * 6, id="JPEG in hex"),
    pytest.param("0101000020E6100000" + "4A7B832F4CA65D40" * 4, id="point of PostGIS"),
    pytest.param(base64.b64encode("今天天气很好我们出去玩".encode()).decode(), id="Han in base64"),
    pytest.param(base64.b64encode(b"hello, this is readable").decode(), id="text in base64"),
    pytest.param("/9j/4AAQSkZJRgABAQEAYABgAAD+", id="JPEG in base64"),
    pytest.param("iVBORw0KGgoAAAANSUhEUgAAAAUA", id="PNG in base64"),
    pytest.param("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", id="JWT"),
    pytest.param("com/example/demo/Service1", id="path"),
    pytest.param("o6bmjrPTlm62sgVt7hMZOPfL2MaB", id="openid"),
    pytest.param("ThisIsAnIdentifierOfTheCode1", id="identifier"),
    pytest.param("abcdefghijklmnopqrstuvwxyz/+", id="small letters"),
    pytest.param("20240315120000123456", id="order number"),
    pytest.param("1234567890123456789", id="snowflake"),
    pytest.param("1700000000000", id="milliseconds"),
    pytest.param("999999999999999000", id="no region, three zeros"),
    pytest.param("110105194913310000", id="no date, three zeros"),
    pytest.param("2.5E+3", id="measurement"),
    pytest.param("1.2E+10", id="measurement in tens of thousands of millions"),
    pytest.param("13800138000.0", id="mobile number as a double"),
]


@pytest.mark.parametrize(("text", "kind"), MASKED)
def test_masked(text: str, kind: str) -> None:
    assert state(text) == ("masked", kind)


@pytest.mark.parametrize("text", HASHED)
def test_hashed(text: str) -> None:
    assert state(text) == ("hashed", "")


@pytest.mark.parametrize("text", ENCRYPTED)
def test_encrypted(text: str) -> None:
    assert state(text) == ("encrypted", "")


@pytest.mark.parametrize(("text", "kind"), DAMAGED)
def test_damaged(text: str, kind: str) -> None:
    assert state(text) == ("damaged", kind)


@pytest.mark.parametrize("text", CLEAR)
def test_clear(text: str) -> None:
    assert state(text) is None


def test_each_text_has_at_most_one_state() -> None:
    params = [*MASKED, *HASHED, *ENCRYPTED, *DAMAGED, *CLEAR]
    values = [param.values[0] for param in params]
    stored = states(Texts(pa.array(values, pa.large_string())))
    times = sum(s.rows.astype(int) for s in stored)
    assert times.tolist() == [1] * (len(params) - len(CLEAR)) + [0] * len(CLEAR)


@pytest.mark.parametrize("values", [[], [""], ["", "a", ""]])
def test_little_or_nothing(values: list[str]) -> None:
    assert states(Texts(pa.array(values, pa.large_string()))) == ()


def share(values: pa.Array, name: str) -> float:
    texts = Texts(values)
    return sum(int(s.rows.sum()) for s in states(texts) if s.state == name) / len(texts)


def test_columns_of_hashes_and_ciphers_are_seen_nearly_whole() -> None:
    md5 = [hashlib.md5(str(n).encode()).hexdigest() for n in range(5000)]
    assert share(pa.array(md5), "hashed") > 0.93
    rng = np.random.default_rng(1)
    for size in (16, 32, 48):
        cipher = [base64.b64encode(rng.bytes(size)).decode() for _ in range(5000)]
        assert share(pa.array(cipher), "encrypted") > 0.8, size


def test_columns_of_other_things_are_clear() -> None:
    uuids = [str(uuid.UUID(int=n * 2**90 % 2**128, version=4)) for n in range(5000)]
    clear = [pa.array(uuids), pa.array([u.replace("-", "") for u in uuids]), log_lines(5000)]
    clear += [strings(digits(50_000, width)) for width in (10, 11, 13, 16, 17, 20)]
    for values in clear:
        assert states(Texts(values)) == ()
    assert share(strings(digits(200_000, 18)), "damaged") < 1e-4
