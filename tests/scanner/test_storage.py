"""What verdicts say about how values are stored. Every value is made up."""

import random
from collections.abc import Callable

import pyarrow as pa
import pytest

from connectors.base import Column
from detectors import registry
from scanner.examine import examine
from scanner.model import State, Verdict
from scanner.verdict import verdicts
from tests.scanner import made

DETECTORS = registry.load()
Make = Callable[[random.Random], object]
DOUBT = "by its length, or encrypted ({} bytes)"
ROOM = "北京市海淀区中关村大街{}号{}室"


def judged(values: list[object], name: str, comment: str = "") -> Verdict:
    """The best verdict on a column."""
    profile = examine(pa.table({name: pa.array(values)}), DETECTORS)
    (report,) = verdicts(profile, (Column(name, "text", comment),), DETECTORS, "t_42")
    return report.verdicts[0]


def column(make: Make, n: int = 200) -> list[object]:
    rng = random.Random(20130410)
    return [make(rng) for _ in range(n)]


def hidden(text: str, head: int, tail: int, mask: str = "*") -> str:
    return text[:head] + mask * (len(text) - head - tail) + text[len(text) - tail :]


SAID = [
    pytest.param(
        lambda r: hidden(made.mobile(r), 3, 4),
        "phone",
        "masked: 3+4 characters visible, 4 hidden; GB/T 41833 (waybills) asks for 6 hidden",
        id="mobile 3+4",
    ),
    pytest.param(
        lambda r: hidden(made.mobile(r), 3, 2),
        "phone",
        "masked: 3+2 characters visible, 6 hidden; meets GB/T 41833 (waybills)",
        id="mobile 3+2",
    ),
    pytest.param(
        lambda r: hidden(made.mobile(r), *r.choice([(3, 4), (4, 1)])),
        "phone",
        "masked: 3–4+1–4 characters visible, 4–6 hidden; "
        "GB/T 41833 (waybills) asks for 6 hidden: met in 46 %",
        id="mobile in two ways",
    ),
    pytest.param(
        lambda r: hidden(made.identity_number(r), 6, 4),
        "c1",
        "masked: 6+4 characters visible, 8 hidden",
        id="identity number by values",
    ),
    pytest.param(
        lambda r: hidden(made.mobile(r), 4, 3) + f"|{r.getrandbits(128):032X}",
        "phone",
        "masked: 4+3 characters visible, 4 hidden; with its MD5 beside it; "
        "GB/T 41833 (waybills) asks for 6 hidden",
        id="mobile with its MD5",
    ),
    pytest.param(
        lambda r: r.choice("王李张刘") + "*" * r.randint(1, 2),
        "realname",
        "masked: 1+0 characters visible, 1–2 hidden; meets GB/T 41833 (waybills)",
        id="name",
    ),
    pytest.param(
        lambda r: ROOM.format("**", r.randrange(100, 999)),
        "address",
        "masked: 11+5 characters visible, 2 hidden; GB/T 41833 (waybills) asks for the room hidden",
        id="address, room shown",
    ),
    pytest.param(
        lambda r: f"北京市海淀区中关村大街{r.randrange(10, 99)}********",
        "address",
        "masked: 13+0 characters visible, 8 hidden; meets GB/T 41833 (waybills)",
        id="address, room hidden",
    ),
    pytest.param(
        lambda r: f"E****{r.randrange(10**4):04d}",
        "passport_no",
        "masked: 1+4 characters visible, 4 hidden",
        id="passport, kind by header",
    ),
    pytest.param(lambda r: f"{r.getrandbits(128):032x}", "phone_md5", "hashed: MD5", id="MD5"),
    pytest.param(
        lambda r: f"{r.getrandbits(256):064x}",
        "sfzh",
        f"hashed: SHA-256 or SM3 {DOUBT.format(32)}",
        id="64 hex",
    ),
    pytest.param(
        lambda r: "$2b$12$" + "".join(r.choices("abcXYZ019./", k=53)),
        "password",
        "hashed: bcrypt",
        id="bcrypt",
    ),
    pytest.param(
        lambda r: f"ENC({r.getrandbits(128):032x})", "phone", "encrypted: ENC(...)", id="wrapped"
    ),
    pytest.param(lambda r: r.randbytes(48).hex(), "phone", "encrypted: hex", id="cipher in hex"),
    *(
        pytest.param(lambda r, n=n: r.randbytes(n).hex(), name, "encrypted: hex", id=f"{name} {n}")
        for n in (16, 32)
        for name in (
            "aes_phone",
            "sm4_phone",
            "encrypt_mobile",
            "enc_idcard",
            "手机号密文",
            "加密手机",
        )
    ),
    pytest.param(lambda r: r.randbytes(8).hex(), "phone_enc", "encrypted: hex", id="one block"),
    pytest.param(lambda r: r.randbytes(20).hex(), "phone_enc", "hashed: SHA-1", id="no blocks"),
    pytest.param(lambda r: r.randbytes(16).hex(), "phone_md5_enc", "hashed: MD5", id="MD5 by name"),
    pytest.param(lambda r: r.randbytes(16).hex(), "encrypted_password", "hashed: MD5", id="pass"),
    pytest.param(
        lambda r: r.randbytes(16).hex(),
        "tm_phone",
        f"hashed: MD5 {DOUBT.format(16)}",
        id="two letters",
    ),
    pytest.param(
        lambda r: made.identity_number(r)[:15] + "000",
        "sfzh",
        "damaged: last digits lost in a spreadsheet",
        id="rounded",
    ),
    pytest.param(
        lambda r: f"1.{r.randrange(30, 99)}E+10",
        "phone",
        "damaged: in scientific notation",
        id="scientific",
    ),
    pytest.param(made.mobile, "phone", "clear", id="clear"),
    pytest.param(lambda _: None, "phone", "empty", id="empty"),
    pytest.param(
        lambda r: r.choice(["无", "-"]), "phone", "empty: placeholders alone", id="placeholders"
    ),
]


@pytest.mark.parametrize(("make", "name", "said"), SAID)
def test_how_values_are_stored_in_words(make: Make, name: str, said: str) -> None:
    verdict = judged(column(make), name)
    assert verdict.storage == said
    assert said.startswith(verdict.state)


def test_what_the_header_says_is_said_so() -> None:
    verdict = judged(column(lambda r: f"v1:{r.getrandbits(80):x}"), "zjhm", "证件号码（加密）")
    assert (verdict.state, verdict.storage) == (State.ENCRYPTED, "encrypted, as the header says")


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("手机号（加密）", "encrypted: hex"),
        ("手机号（SM4）", "encrypted: hex"),
        ("手机号（密文）", "encrypted: hex"),
        ("手机号（MD5加密）", "hashed: MD5"),
    ],
)
def test_a_comment_on_encryption_outdoes_the_length_of_a_digest(comment: str, said: str) -> None:
    assert judged(column(lambda r: r.randbytes(16).hex()), "phone", comment).storage == said


def test_mobiles_in_clear_under_a_header_on_encryption_are_clear() -> None:
    verdict = judged(column(made.mobile), "enc_phone")
    assert (verdict.kind, verdict.state, verdict.storage) == ("mobile", State.CLEAR, "clear")


@pytest.mark.parametrize(
    ("clear", "state", "said"),
    [
        pytest.param(
            20,
            State.MASKED,
            "masked in 80 %: 3+4 characters visible, 4 hidden; "
            "GB/T 41833 (waybills) asks for 6 hidden; clear in 20 %",
            id="mostly masked",
        ),
        pytest.param(
            80,
            State.CLEAR,
            "clear in 80 %; masked in 20 %: 3+4 characters visible, 4 hidden; "
            "GB/T 41833 (waybills) asks for 6 hidden",
            id="mostly clear",
        ),
    ],
)
def test_both_shares_are_said(clear: int, state: State, said: str) -> None:
    rng = random.Random(1)
    values = [made.mobile(rng) for _ in range(100)]
    mixed: list[object] = [v if n < clear else hidden(v, 3, 4) for n, v in enumerate(values)]
    verdict = judged(mixed, "phone")
    assert (verdict.kind, verdict.state, verdict.storage) == ("mobile", state, said)


def test_hashes_among_clear_values_are_said() -> None:
    rng = random.Random(1)
    values: list[object] = [made.mobile(rng) for _ in range(70)]
    values += [f"{rng.getrandbits(160):040x}" for _ in range(30)]
    assert judged(values, "phone").storage == "clear in 70 %; hashed in 30 %: SHA-1"


def test_placeholders_neither_unname_a_column_nor_swell_its_share() -> None:
    rng = random.Random(1)
    names = [rng.choice("王李张刘陈杨黄赵") + rng.choice("伟芳娜敏静丽强磊") for _ in range(700)]
    bare = judged([*names], "real_name")
    mixed = judged([*names, *["无"] * 200, *["N/A"] * 100], "real_name")
    assert (mixed.kind, mixed.confidence, mixed.level) == (bare.kind, bare.confidence, bare.level)
    low, high = mixed.prevalence or (0, 0)
    assert 0.6 < low < 0.7 < high < 0.75
    assert [r.text for r in mixed.reasons if not r.weight] == [
        "30% of the values say nothing (`无`, `null`, `-` or the like)"
    ]


LOOK_ALIKES = [
    pytest.param(lambda r: f"{r.randrange(9)}*{r.randrange(90)}*{r.randrange(90)}", id="sizes"),
    pytest.param(lambda r: f"{r.randrange(900)}x{r.randrange(900)}", id="sizes by x"),
    pytest.param(lambda r: f"{r.randrange(60)} {r.randrange(24)} * * *", id="cron"),
    pytest.param(lambda r: f"*.{r.choice('abcdefgh')}{r.randrange(999)}.log", id="wildcards"),
    pytest.param(lambda r: f"192.168.{r.randrange(256)}.*", id="private networks"),
    pytest.param(lambda r: f"203.0.{r.randrange(256)}.*", id="networks"),
    pytest.param(lambda r: f"*{r.randrange(999)}@example.com", id="addresses by wildcard"),
    pytest.param(lambda r: f"**第{r.randrange(999)}条** 请注意", id="bold"),
    pytest.param(lambda r: "*" * r.randint(1, 5), id="stars as a rating"),
    pytest.param(lambda r: "★" * r.randint(1, 5), id="stars"),
    pytest.param(lambda r: "●" * r.randint(1, 4) + "○○", id="dots as a rating"),
    pytest.param(lambda r: f"¥{r.randrange(9)}XX", id="prices left open"),
    pytest.param(lambda r: f"AB{r.randrange(999)}XXX{r.randrange(99)}", id="codes with X"),
    pytest.param(lambda r: f"商品{r.randrange(999)}*{r.randrange(9)}", id="goods and number"),
    pytest.param(lambda r: r.choice(("可乐*箱", "苹果*斤", "*必填", "**注意")), id="few words"),
    pytest.param(lambda r: f"^1[3-9]\\d{{{r.randrange(9)}}}.*$", id="patterns"),
    pytest.param(lambda r: f"订单{r.randrange(999)}号**已取消，请联系客服", id="sentences"),
    pytest.param(lambda r: r.randbytes(16).hex(), id="digests of anything"),
    pytest.param(lambda r: r.randbytes(8).hex(), id="short codes in hex"),
]


@pytest.mark.parametrize("make", LOOK_ALIKES)
def test_look_alikes_of_masks_and_hashes_name_nothing(make: Make) -> None:
    profile = examine(pa.table({"c1": column(make)}), DETECTORS)
    (report,) = verdicts(profile, (Column("c1", "text"),), DETECTORS, "t_42")
    assert [v for v in report.verdicts if v.level != "possible"] == []


PICTURES = [
    pytest.param("avatar", "avatar_photo", id="avatar"),
    pytest.param("sfz_zm", "id_photo", id="front of an identity card"),
    pytest.param("face_data", "biometric", id="face"),
]


@pytest.mark.parametrize(("name", "kind"), PICTURES)
def test_pictures_under_a_header_are_named_by_both(name: str, kind: str) -> None:
    values = column(lambda r: b"\xff\xd8\xff\xe0" + r.randbytes(30))
    verdict = judged(values, name)
    assert (verdict.kind, verdict.basis, verdict.storage) == (kind, "both", "clear")
    assert (verdict.prevalence or (0, 0))[0] > 0.9
    assert any("100% of the values are pictures" in reason.text for reason in verdict.reasons)


@pytest.mark.parametrize("name", ["avatar", "sfz_zm", "face_data"])
def test_other_bytes_under_such_a_header_are_tolerated(name: str) -> None:
    verdict = judged(column(lambda r: b"\xfe" + r.randbytes(30)), name)
    assert (verdict.level, verdict.basis) == ("certain", "header")


def test_pictures_without_a_header_are_nobodys() -> None:
    profile = examine(
        pa.table({"c1": column(lambda r: b"\x89PNG\r\n\x1a\n" + r.randbytes(30))}), DETECTORS
    )
    (report,) = verdicts(profile, (Column("c1", "blob"),), DETECTORS, "t_42")
    assert report.verdicts == ()
