"""Genuine values of every kind, made up from a seed: what columns of each hold."""

import base64
import hashlib
import json
import random
import string
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import numpy as np

from detectors.checksum import mod_11_2
from sample_data import identifiers, words
from sample_data.people import Person
from sample_data.places import place
from sample_data.words import each

Make = Callable[[Person, random.Random], str]

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # those that documents use
_TW = dict(zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36), strict=True))


def _digits(rng: random.Random, width: int) -> str:
    return f"{rng.randrange(10**width):0{width}d}"


def _born(person: Person, rng: random.Random) -> str:
    form = rng.choice(("%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d"))
    return person.born.strftime(form)


def _foreign(_: Person, rng: random.Random) -> str:
    body = f"9{rng.choice(('11', '31', '44', '32'))}{rng.choice(('840', '682', '392', '250'))}"
    body += f"{date(1950, 1, 1) + timedelta(rng.randrange(20_000)):%Y%m%d}{_digits(rng, 3)}"
    check = int(mod_11_2(np.array([[int(c) for c in body]]))[0])
    return body + "0123456789X"[check]


def _passport(_: Person, rng: random.Random) -> str:
    head = rng.choice(("E", "G", f"E{rng.choice(_LETTERS)}", f"E{rng.choice(_LETTERS)}"))
    return head + _digits(rng, 9 - len(head))


def _hk_id(_: Person, rng: random.Random) -> str:
    letter, body = rng.choice(string.ascii_uppercase), _digits(rng, 6)
    total = 36 * 9 + (ord(letter) - 55) * 8
    total += sum(int(d) * w for d, w in zip(body, range(7, 1, -1), strict=True))
    return f"{letter}{body}({'0A987654321'[total % 11]})"


def _taiwan_id(_: Person, rng: random.Random) -> str:
    letter, body = rng.choice(string.ascii_uppercase), rng.choice("12") + _digits(rng, 7)
    number = _TW[letter]
    total = number // 10 + number % 10 * 9
    total += sum(int(d) * w for d, w in zip(body, range(8, 0, -1), strict=True))
    return f"{letter}{body}{-total % 10}"


def _landline(person: Person, rng: random.Random) -> str:
    width = 8 if len(person.home.dialled) == 3 or person.home.dialled in ("0571", "0512") else 7
    first = rng.choice("2345678")
    tail = rng.choice(("", "", "", "-801", "转12"))
    return f"{person.home.dialled}-{first}{_digits(rng, width - 1)}{tail}"


def _ip(_: Person, rng: random.Random) -> str:
    return f"{rng.choice(('203.0.113', '198.51.100', '192.0.2'))}.{rng.randrange(1, 255)}"


def _device(_: Person, rng: random.Random) -> str:
    return identifiers.imei(rng)


def _mac(_: Person, rng: random.Random) -> str:
    return ":".join(f"{rng.randrange(256):02x}" for _ in range(6))


def _token(rng: random.Random, width: int) -> str:
    return "".join(rng.choices(string.ascii_letters + string.digits, k=width))


def _jwt(_: Person, rng: random.Random) -> str:
    head = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').decode().rstrip("=")
    body = base64.urlsafe_b64encode(json.dumps({"sub": rng.randrange(10**6)}).encode())
    return f"{head}.{body.decode().rstrip('=')}.{_token(rng, 43)}"


def _bcrypt(_: Person, rng: random.Random) -> str:
    return f"$2a$10${_token(rng, 53)}"


def _md5(person: Person, _: random.Random) -> str:
    return hashlib.md5(person.login.encode()).hexdigest()


def _longitude(_: Person, rng: random.Random) -> str:
    return f"{rng.uniform(87, 126):.6f}"


def _position(_: Person, rng: random.Random) -> str:
    return f"{rng.uniform(98, 122):.6f},{rng.uniform(22, 46):.6f}"


def _of(*choices: str) -> Make:
    return lambda _, rng: rng.choice(choices)


_SCHOOLS = each("清河大学 东湖师范大学 云山职业技术学院 江城第一中学 南湖小学 北岭理工大学")
_DISEASES = each("高血压2级 2型糖尿病 慢性胃炎 支气管哮喘 颈椎病 急性阑尾炎 冠心病 脑梗死 肺炎")
_COMPANY = tuple(
    f"{town}{word}{trade}有限公司"
    for town in ("杭州", "成都", "")
    for word in words.COMPANY_WORDS
    for trade in words.INDUSTRIES
)

# By kind; a kind with several ways to write it has several entries. What is not here has no
# form of its own: its headers alone tell.
VALUES: Mapping[str, tuple[Make, ...]] = {
    "address": (lambda p, _: p.address,),
    "age": (lambda _, r: str(r.randint(1, 95)), lambda _, r: f"{r.randint(1, 95)}岁"),
    "avatar_photo": (lambda _, r: f"https://img.example.com/avatar/{_digits(r, 8)}.jpg",),
    "bank_account": (lambda _, r: _digits(r, r.choice((15, 17, 19))),),
    "bank_card": (lambda p, _: p.bank_card,),
    "date_of_birth": (
        _born,
        lambda p, _: f"{p.born:%Y年%m月%d日}",
        lambda p, _: f"{p.born} 00:00:00",
    ),
    "device_id": (_device, _mac, lambda _, r: f"46001{_digits(r, 10)}"),
    "driving_licence": (lambda p, _: p.id_card, lambda _, r: "33" + _digits(r, 10)),
    "education": (_of(*words.EDUCATION), _of(*_SCHOOLS)),
    "email": (lambda p, _: p.email,),
    "employer": (_of(*_COMPANY),),
    "ethnicity": (_of(*words.ETHNIC_GROUPS), _of("汉", "回", "满", "壮", "蒙古", "土家")),
    "exit_entry_permit": (lambda _, r: f"C{r.choice(_LETTERS)}{_digits(r, 7)}",),
    "family": (_of("父亲", "母亲", "配偶", "儿子", "女儿", "其他"),),
    "foreign_resident_id": (_foreign,),
    "gender": (lambda p, _: p.sex, _of("1", "2"), _of("M", "F"), _of("0", "1", "2", "9")),
    "geo_location": (_longitude, _position),
    "health": (
        _of(*_DISEASES),
        _of("J45.9", "I10.x00", "E11.9", "K29.5", "M47.2"),
        _of("A型", "B型", "O型", "AB型"),
    ),
    "hk_id": (_hk_id,),
    "hk_macau_permit": (
        lambda _, r: r.choice("HM") + _digits(r, 8) + r.choice(("", "00", "01")),
    ),
    "housing_fund_no": (lambda _, r: _digits(r, 12),),
    "id_card": (lambda p, _: p.id_card,),
    "id_photo": (lambda _, r: f"/upload/2023/{_digits(r, 10)}.png",),
    "ip": (_ip, lambda _, r: f"10.{r.randrange(256)}.{r.randrange(256)}.{r.randrange(1, 255)}"),
    "job_title": (_of(*words.JOB_TITLES), _of(*words.OCCUPATIONS)),
    "landline": (_landline,),
    "marital_status": (_of(*words.MARITAL), _of("0", "1", "2")),
    "medical_insurance_no": (lambda _, r: _digits(r, 12),),
    "medical_record_no": (lambda _, r: _digits(r, 8),),
    "mobile": (lambda p, _: p.mobile, lambda p, r: identifiers.spelt_mobile(r, p.mobile)),
    "name": (lambda p, _: p.name,),
    "nationality": (
        _of("中国", "中国", "中国", "美国", "日本", "韩国"),
        _of("CN", "CN", "US", "JP"),
    ),
    "native_place": (lambda p, _: p.home.town, lambda p, _: p.home.full),
    "nickname": (lambda p, r: r.choice((p.login, "快乐的" + p.name[-1], p.name, "~清风~")),),
    "openid": (lambda _, r: "oX3aK5" + _token(r, 22),),
    "passport": (_passport,),
    "password": (_bcrypt, _md5, lambda _, r: _token(r, 8)),
    "payment_account": (lambda _, r: f"2088{_digits(r, 12)}", lambda p, _: p.email),
    "plate": (lambda _, r: identifiers.plate(r),),
    "political_status": (_of(*words.POLITICAL), _of("0", "1", "2", "3")),
    "postal_code": (lambda p, _: p.home.postal,),
    "qq": (lambda _, r: str(r.randrange(10**7, 3 * 10**9)),),
    "region": (lambda p, _: p.home.county, lambda p, _: p.home.province),
    "religion": (_of("佛教", "道教", "基督教", "伊斯兰教", "无"),),
    "salary": (lambda _, r: f"{r.lognormvariate(9, 0.4):.2f}", _of("8k-15k", "15-25K", "面议")),
    "secret": (_jwt, lambda _, r: f"LTAI{_token(r, 20)}", lambda _, r: _token(r, 32)),
    "social_security_no": (lambda p, _: p.id_card, lambda _, r: f"B{_digits(r, 8)}"),
    "student_no": (lambda _, r: f"20{r.randint(15, 23)}{_digits(r, 6)}",),
    "taiwan_id": (_taiwan_id,),
    "taiwan_permit": (lambda _, r: "0" + _digits(r, 7),),
    "uscc": (lambda _, r: identifiers.credit_code(r, place(r)),),
    "username": (lambda p, _: p.login, lambda p, _: p.mobile),
    "vin": (lambda _, r: identifiers.vin(r),),
    "wechat": (
        lambda _, r: f"wxid_{_token(r, 14).lower()}",
        lambda p, _: p.login.replace(".", "_"),
    ),
}  # fmt: skip

# Ways to write a kind that say nothing without a header: codes, plain words, private addresses.
SILENT = frozenset(
    {
        ("device_id", 2),
        ("ethnicity", 1),
        ("gender", 1),
        ("gender", 2),
        ("gender", 3),
        ("geo_location", 0),
        ("ip", 1),
        ("marital_status", 1),
        ("password", 1),
        ("password", 2),
        ("payment_account", 1),
        ("political_status", 1),
        ("secret", 2),
        ("wechat", 1),
    }
)
