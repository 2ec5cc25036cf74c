import base64
import hashlib
import uuid

import numpy as np
import pyarrow as pa
import pytest

from detectors.ciphers import ENCODED as ENCODING
from detectors.ciphers import short_digests
from detectors.how import How
from detectors.states import states
from detectors.texts import Texts
from detectors.visible import DOMAIN, ROOM_SHOWN, WITH_MD5
from tests.detectors.lookalikes import digits, log_lines, strings

NOISE = np.random.default_rng(0).bytes(4096)


def b64(size: int, at: int = 0) -> str:
    return base64.b64encode(NOISE[at : at + size]).decode()


def state(text: str) -> tuple[str, str] | None:
    stored = states(Texts(pa.array([text], pa.large_string())))
    assert len(stored) <= 1
    return next(((s.state, s.kind) for s in stored if len(s.rows)), None)


MASKED = [
    pytest.param("尾号1234", "", id="last digits, of what is not said"),
    pytest.param("（尾号1234）", "", id="last digits in brackets"),
    pytest.param("手机尾号1234", "mobile", id="last digits of a mobile"),
    pytest.param("手机号后四位：1234", "mobile", id="last four of a mobile"),
    pytest.param("招商银行尾号1234", "bank_card", id="last digits of a card"),
    pytest.param("储蓄卡(尾号1234)", "bank_card", id="last digits of a card in brackets"),
    pytest.param("138...12", "", id="cut by dots"),
    pytest.param("138……1234", "", id="cut by an ellipsis"),
    pytest.param("张x三", "name", id="middle of a name by x"),
    pytest.param("康某某", "name", id="somebody of a rarer surname"),
    pytest.param("862345*****1234", "", id="IMEI"),
    pytest.param("358765*****1234", "", id="IMEI that begins as Fujian's numbers do"),
    pytest.param("362345*****1234", "id_card", id="ID of 15 of Jiangxi"),
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
    pytest.param("欧阳*修", "name", id="middle after a two-character surname"),
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
    pytest.param("138-xxxx-1234", "mobile", id="mobile in groups by x"),
    pytest.param("138○○○○1234", "mobile", id="mobile by circles"),
    pytest.param("138ＸＸＸＸ1234", "mobile", id="mobile by full-width X"),
    pytest.param("138＃＃＃＃1234", "mobile", id="mobile by full-width number signs"),
    pytest.param("13800******", "mobile", id="mobile, six hidden at the end"),
    pytest.param("13*******34", "mobile", id="mobile 2+2"),
    pytest.param("***********", "mobile", id="mobile, nothing left"),
    pytest.param("110105××××××××1234", "id_card", id="ID by crosses"),
    pytest.param("110105○○○○○○○○1234", "id_card", id="ID by circles"),
    pytest.param("1101**** **** **** 3256"[4:], "bank_card", id="card, first group lost"),
    pytest.param("6222-****-****-1234", "bank_card", id="card with hyphens"),
    pytest.param("6222 02** **** 1234", "bank_card", id="card 6+4 in groups"),
    pytest.param("6222 0212 **** 1234", "bank_card", id="card 8+4 in groups"),
    pytest.param("6222●●●●●●●●1234", "bank_card", id="card by dots"),
    pytest.param("王XX", "name", id="name by X"),
    pytest.param("李xx", "name", id="name by x"),
    pytest.param("李●●", "name", id="name by dots"),
    pytest.param("陈*女士", "name", id="name with title, one star"),
    pytest.param("买买提·**", "name", id="dotted name"),
    pytest.param("阿**·买买提", "name", id="dotted name, first part"),
    pytest.param("段**|" + "5425DE6E" * 4, "name", id="name with its MD5"),
    pytest.param("12345***@example.com", "email", id="e-mail of digits"),
    pytest.param("**@example.com", "email", id="e-mail, nothing of the name left"),
    pytest.param("上海市浦东新区世纪大道＊＊＊＊", "address", id="address, full-width stars"),
    pytest.param("朝阳区建国路XX号", "address", id="address, number by X"),
    pytest.param("杭州市西湖区××××××", "address", id="address by crosses"),
    pytest.param("0755-xxxx1234", "landline", id="landline by x"),
    pytest.param("(010)****1234", "landline", id="landline in brackets"),
    pytest.param("京A12*45", "plate", id="plate, one star"),
    pytest.param("192.*.*.*", "ip", id="IPv4, first number"),
    pytest.param("203.0.*.*", "ip", id="IPv4, two numbers"),
    pytest.param("203.0.113.***", "ip", id="IPv4, last number"),
    pytest.param("203***3.1", "ip", id="IPv4 by position"),
    pytest.param("PJ*****67", "", id="passport, kind not said"),
    pytest.param("E****5678", "", id="passport 1+4"),
    pytest.param("66*****88", "", id="degrees, kind not said"),
    pytest.param("39.9****,116.4****", "", id="degrees of a place"),
    pytest.param("1901-**-**", "", id="birthday, year left"),
    pytest.param("19**-**-08", "", id="birthday, day left"),
    pytest.param("******", "", id="stars alone"),
    pytest.param("123********045", "", id="14, no region"),
    pytest.param("123******045", "", id="12 that begin with 1"),
    pytest.param("987**********045", "", id="16, no bank's beginning"),
    pytest.param("6222****1234", "bank_card", id="card 4+4, length lost"),
    pytest.param("20*****1", "", id="birthday"),
]
HASHED = [
    pytest.param(hashlib.md5(b"x").hexdigest(), id="MD5"),
    pytest.param(hashlib.md5(b"x").hexdigest().upper(), id="MD5, capitals"),
    pytest.param(hashlib.sha1(b"x").hexdigest(), id="SHA-1"),
    pytest.param(hashlib.sha256(b"x").hexdigest(), id="SHA-256 or SM3"),
    pytest.param(hashlib.sha512(b"x").hexdigest(), id="SHA-512"),
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
    pytest.param("尾号", id="last digits, none"),
    pytest.param("门牌号1234", id="number of a house"),
    pytest.param("车牌尾号限行1234", id="who may not drive"),
    pytest.param("1.5...2", id="range"),
    pytest.param("100...200", id="range of whole numbers"),
    pytest.param("加载中...", id="dots of waiting"),
    pytest.param("高x宽", id="height by width"),
    pytest.param("周x型", id="type"),
    pytest.param("长x宽", id="length by width"),
    pytest.param(base64.b64encode(b"20240315120").decode(), id="11 digits of a time in base64"),
    pytest.param(base64.b64encode(b"123456789012345678").decode(), id="18 digits in base64"),
    pytest.param("有某种", id="some kind of"),
    pytest.param("●男", id="ticked"),
    pytest.param("是○", id="not ticked"),
    pytest.param("北京市海淀区中关村大街1号", id="address"),
    pytest.param("2*3", id="product"),
    pytest.param("可乐*箱", id="goods by the box"),
    pytest.param("2*3*5", id="size of a box"),
    pytest.param("12*3 45*6 78*9", id="products in groups"),
    pytest.param("2*10 3*20 4*30 5*40", id="products in four groups"),
    pytest.param("60×40×30cm", id="size with crosses"),
    pytest.param("*", id="one star"),
    pytest.param("***", id="three stars"),
    pytest.param("*****", id="five stars"),
    pytest.param("★★★★☆", id="rating"),
    pytest.param("●●●○○", id="rating by dots"),
    pytest.param("*必填", id="mark of a form"),
    pytest.param("**注意", id="mark of a note"),
    pytest.param("**重要**", id="bold"),
    pytest.param("* * *", id="separator"),
    pytest.param("* * * * *", id="cron, always"),
    pytest.param("0 0 * * *", id="cron, at midnight"),
    pytest.param("*/5 * * * ?", id="cron, every five minutes"),
    pytest.param("*.log", id="wildcard of files"),
    pytest.param("*.example.com", id="wildcard of hosts"),
    pytest.param("*@example.com", id="wildcard of addresses"),
    pytest.param("user@*", id="wildcard of a host"),
    pytest.param("192.168.*.*", id="wildcard of a private network"),
    pytest.param("10.*.*.*", id="wildcard of the other private network"),
    pytest.param("203.0.113.*", id="wildcard of a network"),
    pytest.param("/api/**", id="wildcard of paths"),
    pytest.param("XXX", id="price left open"),
    pytest.param("¥XXX", id="price left open, with sign"),
    pytest.param("xxxx", id="left open"),
    pytest.param(r"^1[3-9]\d{9}$", id="pattern"),
    pytest.param("[a-z]*|.*", id="pattern with stars"),
    pytest.param("SELECT a.*, b.* FROM t", id="SQL with stars"),
    pytest.param("a ** b", id="power"),
    pytest.param("订单号**已取消", id="order number in a sentence"),
    pytest.param("小区路灯坏了**，请来修", id="complaint"),
    pytest.param("黄色XXL", id="yellow, size XXL"),
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


ENCODED = [
    pytest.param(base64.b64encode(b"13800138000").decode(), "mobile", id="mobile"),
    pytest.param(base64.b64encode(b"13800138000").decode()[:-1], "mobile", id="not padded"),
    pytest.param(base64.b64encode(b"11010519001231003X").decode(), "id_card", id="ID in X"),
    pytest.param(base64.b64encode(b"110105190012310030").decode(), "id_card", id="ID of digits"),
]


@pytest.mark.parametrize(("text", "kind"), ENCODED)
def test_encoded_counts_as_encrypted_and_says_that_it_hides_nothing(text: str, kind: str) -> None:
    (found,) = states(Texts.of(pa.array([text])))
    assert (found.state, found.kind, found.how) == ("encrypted", kind, How(ENCODING))


PASSWORDS = [
    pytest.param("$2a$10$" + "N9qo8uLOickgx2ZMRZoMye" * 2 + "N9qo8uLOi", id="bcrypt"),
    pytest.param("{bcrypt}$2b$12$" + "a" * 53, id="bcrypt of Spring"),
    pytest.param("pbkdf2_sha256$260000$abcdefgh$" + "A1b2" * 11, id="Django"),
    pytest.param("$6$salt$" + "a" * 86, id="crypt"),
    pytest.param("{SSHA}" + "A1b2" * 8, id="LDAP"),
]


@pytest.mark.parametrize("text", PASSWORDS)
def test_hashed_as_only_passwords_are(text: str) -> None:
    assert state(text) == ("hashed", "password")


@pytest.mark.parametrize("text", HASHED)
def test_hashed(text: str) -> None:
    assert state(text) == ("hashed", "")


@pytest.mark.parametrize("text", ENCRYPTED)
def test_encrypted(text: str) -> None:
    assert state(text) == ("encrypted", "")


@pytest.mark.parametrize(("text", "kind"), DAMAGED)
def test_damaged(text: str, kind: str) -> None:
    assert state(text) == ("damaged", kind)


HOW = [
    pytest.param("尾号1234", How("", 0, 4, 7), id="last digits: seven hidden at least"),
    pytest.param("招商银行尾号1234", How("", 0, 4, 12), id="last digits of a card"),
    pytest.param("138...12", How("", 3, 2, 6), id="cut by dots"),
    pytest.param("138****1234", How("", 3, 4, 4), id="mobile 3+4"),
    pytest.param("1888****888", How("", 4, 3, 4), id="mobile 4+3"),
    pytest.param("13800******", How("", 5, 0, 6), id="mobile, six hidden"),
    pytest.param("+86 138-****-1234", How("", 3, 4, 4), id="what separates is not counted"),
    pytest.param(" 138××××1234 ", How("", 3, 4, 4), id="crosses are one character each"),
    pytest.param("１３８＊＊＊＊１２３４", How("", 3, 4, 4), id="full width"),
    pytest.param("1888****888|" + "5425DE6E" * 4, How(WITH_MD5, 4, 3, 4), id="with its MD5"),
    pytest.param("110105********1234", How("", 6, 4, 8), id="ID 6+4"),
    pytest.param("110105xxxxxxxx123X", How("", 6, 4, 8), id="ID by x, X its check digit"),
    pytest.param("5***************1X", How("", 1, 2, 15), id="ID 1+2"),
    pytest.param("6222 **** **** **** 123", How("", 4, 3, 12), id="card in groups"),
    pytest.param("张*三", How("", 1, 1, 1), id="name, middle"),
    pytest.param("张某某", How("", 1, 0, 2), id="name by 某"),
    pytest.param("张**先生", How("", 1, 0, 2), id="title is no name"),
    pytest.param("d*****@example.com", How("", 1, 0, 5), id="e-mail, domain left out"),
    pytest.param("zhang@***.com", How(DOMAIN, 6, 4, 3), id="e-mail, domain hidden"),
    pytest.param("北京市海淀区马********", How("", 7, 0, 8), id="address, end"),
    pytest.param("北京市**区建国路8号3单元402室", How(ROOM_SHOWN, 3, 13, 2), id="room shown"),
    pytest.param("北京市海淀区****3-402", How(ROOM_SHOWN, 6, 5, 4), id="room shown by numbers"),
    pytest.param("朝阳区建国路**号**室", How("", 6, 1, 4), id="numbers hidden"),
    pytest.param("0915*****79", How("", 4, 2, 5), id="landline"),
    pytest.param("苏D4***0", How("", 3, 1, 3), id="plate"),
    pytest.param("PJ*****67", How("", 2, 2, 5), id="passport"),
    pytest.param("192.*.*.*", How("", 4, 0, 3), id="IPv4"),
    pytest.param("20*****1", How("", 2, 1, 5), id="birthday"),
    pytest.param("*" * 120, How("", 0, 0, 99), id="counts stop at 99"),
    pytest.param(hashlib.md5(b"x").hexdigest(), How("MD5"), id="MD5"),
    pytest.param(hashlib.sha1(b"x").hexdigest(), How("SHA-1"), id="SHA-1"),
    pytest.param(hashlib.sha256(b"x").hexdigest(), How("SHA-256 or SM3"), id="SHA-256"),
    pytest.param(hashlib.sha512(b"x").hexdigest(), How("SHA-512"), id="SHA-512"),
    pytest.param("{bcrypt}$2b$12$" + "a" * 53, How("bcrypt"), id="bcrypt"),
    pytest.param("$argon2id$v=19$m=65536,t=3$" + "a" * 40, How("Argon2, salted"), id="Argon2"),
    pytest.param("$6$salt$" + "a" * 86, How("crypt, salted"), id="crypt"),
    pytest.param("pbkdf2_sha256$260000$ab$" + "A1b2" * 11, How("PBKDF2, salted"), id="PBKDF2"),
    pytest.param("{SSHA}" + "A1b2" * 8, How("SHA, salted"), id="LDAP"),
    pytest.param("{SM3}" + "a1" * 32, How("SM3"), id="SM3"),
    pytest.param(b64(48, 48), How("base64"), id="base64"),
    pytest.param(NOISE[:48].hex(), How("hex"), id="hex"),
    pytest.param("ENC(G6N718UuyPE5bHyWKyuLQSm02auQPUtm)", How("ENC(...)"), id="jasypt"),
    pytest.param("440524188001010000", How("last digits lost in a spreadsheet"), id="zeros"),
    pytest.param(
        str(int(float("110105194912310031"))),
        How("rounded to a floating-point number"),
        id="through a double",
    ),
    pytest.param("1.38E+10", How("in scientific notation"), id="mobile in a cell"),
]


@pytest.mark.parametrize(("text", "how"), HOW)
def test_how(text: str, how: How) -> None:
    (stored,) = states(Texts(pa.array([text], pa.large_string())))
    assert stored.how == how


def test_how_is_said_of_each_text_among_others() -> None:
    masked = [param for param in HOW if param.values[1].hidden]
    stored = states(Texts(pa.array([p.values[0] for p in masked], pa.large_string())))
    said = {int(row): s.how for s in stored for row in s.rows}
    assert said == {n: param.values[1] for n, param in enumerate(masked)}


SHORT = [
    pytest.param("0123456789abcdef", True, id="small letters"),
    pytest.param(" 0123456789ABCDEF ", True, id="capitals, space around"),
    pytest.param("0123456789012345", False, id="digits alone"),
    pytest.param("0123456789abcdeF", False, id="both cases"),
    pytest.param("0123456789abcdefg", False, id="no hex"),
    pytest.param("0123456789abcde", False, id="fifteen"),
]


@pytest.mark.parametrize(("text", "short"), SHORT)
def test_short_digests(text: str, short: bool) -> None:
    assert len(short_digests(Texts(pa.array([text, "x"], pa.large_string())))) == short


@pytest.mark.parametrize("text", CLEAR)
def test_clear(text: str) -> None:
    assert state(text) is None


def test_each_text_has_at_most_one_state() -> None:
    params = [*MASKED, *HASHED, *ENCRYPTED, *DAMAGED, *CLEAR]
    values = [param.values[0] for param in params]
    stored = states(Texts(pa.array(values, pa.large_string())))
    times = np.bincount(np.concatenate([s.rows for s in stored]), minlength=len(values))
    assert times.tolist() == [1] * (len(params) - len(CLEAR)) + [0] * len(CLEAR)


@pytest.mark.parametrize("values", [[], [""], ["", "a", ""]])
def test_little_or_nothing(values: list[str]) -> None:
    assert states(Texts(pa.array(values, pa.large_string()))) == ()


def share(values: pa.Array, name: str) -> float:
    texts = Texts(values)
    return sum(len(s.rows) for s in states(texts) if s.state == name) / len(texts)


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
