"""Tables of the database that keep people masked, hashed, odd, unnamed, in numbers, or not yet."""

import base64
import hashlib
import random
from collections.abc import Sequence

from sample_data import identifiers, lookalikes, words
from sample_data.lookalikes import days, moments
from sample_data.people import people
from sample_data.places import place
from sample_data.table import Table, Value, draws, picks


def masked(rng: random.Random) -> Table:
    """A copy for the call centre, with stars."""
    n = 500
    who = people(rng, n)
    return Table(
        "customers_masked",
        {
            "id BIGINT": range(1, n + 1),
            "name VARCHAR(50)": [p.name[0] + "*" * (len(p.name) - 1) for p in who],
            "mobile VARCHAR(20)": [f"{p.mobile[:3]}****{p.mobile[-4:]}" for p in who],
            "id_card VARCHAR(18)": [f"{p.id_card[:3]}{'*' * 11}{p.id_card[-4:]}" for p in who],
            "email VARCHAR(64)": [f"{p.email[0]}***@{p.email.split('@')[1]}" for p in who],
            "bank_card VARCHAR(30)": [
                f"{p.bank_card[:4]} **** **** {p.bank_card[-4:]}" for p in who
            ],
            "address VARCHAR(200)": [f"{p.home.full}{'*' * 8}" for p in who],
            "level VARCHAR(10)": picks(rng, ("普通", "银卡", "金卡"), n),
        },
    )


def hashed(rng: random.Random) -> Table:
    """A copy for advertisers, whose hashes can all be turned back."""
    n = 400
    who = people(rng, n)
    return Table(
        "customers_hashed",
        {
            "id BIGINT": range(1, n + 1),
            "mobile_md5 CHAR(32)": [hashlib.md5(p.mobile.encode()).hexdigest() for p in who],
            "id_card_sha256 CHAR(64)": [
                hashlib.sha256(p.id_card.encode()).hexdigest() for p in who
            ],
            "email_md5 CHAR(32)": [hashlib.md5(p.email.encode()).hexdigest().upper() for p in who],
            "mobile_enc VARCHAR(64)": [_cipher(rng, 16) for _ in who],
            "real_name_enc VARCHAR(64)": [_cipher(rng, 32) for _ in who],
            "file_md5 CHAR(32)": draws(lookalikes.file_digest, rng, n),
            "trace_id CHAR(36)": draws(lookalikes.random_uuid, rng, n),
        },
    )


def leads(rng: random.Random) -> Table:
    """No row yet, and headers that say what will come."""
    del rng
    headers = (
        *("id BIGINT", "real_name VARCHAR(50)", "mobile VARCHAR(20)", "tel VARCHAR(20)"),
        *("id_card VARCHAR(18)", "bank_card_no VARCHAR(19)", "home_address VARCHAR(200)"),
        *("email VARCHAR(64)", "source VARCHAR(20)", "created_at DATETIME"),
    )
    nothing: Sequence[Value] = ()
    return Table("leads", dict.fromkeys(headers, nothing))


def unnamed_people(rng: random.Random) -> Table:
    """People under headers that say nothing, beside numbers that look like theirs."""
    n = 800
    who = people(rng, n)
    return Table(
        "t_0427",
        {
            "c1 VARCHAR(64)": [p.id_card for p in who],
            "c2 VARCHAR(64)": [p.name for p in who],
            "c3 VARCHAR(64)": [p.mobile for p in who],
            "c4 VARCHAR(255)": [p.address for p in who],
            "c5 VARCHAR(64)": [p.bank_card for p in who],
            "c6 VARCHAR(64)": [p.email for p in who],
            "c7 VARCHAR(64)": draws(lookalikes.order_number, rng, n),
            "c8 BIGINT": draws(lookalikes.snowflake, rng, n),
        },
    )


def unnamed_things(rng: random.Random) -> Table:
    """Nobody, under headers that say nothing."""
    n = 800
    firms = [
        f"{place(rng).city.removesuffix('市')}{rng.choice(words.COMPANY_WORDS)}"
        f"{rng.choice(words.INDUSTRIES)}有限公司"
        for _ in range(n)
    ]
    return Table(
        "import_tmp",
        {
            "f_01 VARCHAR(64)": [str(15_000_000_001 + i) for i in range(n)],
            "f_02 VARCHAR(64)": draws(lookalikes.serial, rng, n),
            "f_03 VARCHAR(64)": firms,
            "f_04 VARCHAR(64)": picks(rng, words.FILMS, n),
            "f_05 VARCHAR(64)": picks(rng, words.DISHES, n),
            "f_06 VARCHAR(64)": draws(lookalikes.random_uuid, rng, n),
            "f_07 BIGINT": draws(lookalikes.milliseconds, rng, n),
            "f_08 VARCHAR(64)": draws(lookalikes.waybill, rng, n),
            "f_09 VARCHAR(64)": picks(rng, words.JOB_TITLES, n),
            "f_10 VARCHAR(64)": picks(rng, words.COLOURS, n),
        },
    )


def in_numbers(rng: random.Random) -> Table:
    """An old system that kept everything in BIGINT, and identity numbers of 15 digits."""
    n = 400
    who = people(rng, n)
    digits = [p.id_card for p in people(rng, 2 * n) if p.id_card.isdigit()][:n]
    return Table(
        "legacy_accounts",
        {
            "id BIGINT": range(1, n + 1),
            "idcard BIGINT": [int(number) for number in digits],
            "phone BIGINT": [int(p.mobile) for p in who],
            "a7 BIGINT": [int(identifiers.mobile(rng)) for _ in who],
            "bank_card BIGINT": [int(p.bank_card) for p in who],
            "old_id_card VARCHAR(15)": [
                identifiers.old_identity_number(rng, place(rng)) for _ in who
            ],
            "opened_on DATE": days(rng, n),
            "balance DECIMAL(12,2)": draws(lookalikes.amount, rng, n),
            "branch_code INTEGER": [rng.randint(1000, 9999) for _ in who],
            "batch_ms BIGINT": draws(lookalikes.milliseconds, rng, n),
        },
    )


def test_accounts(rng: random.Random) -> Table:
    """Accounts of testers, who made identity numbers up without a check digit that agrees."""
    n = 60
    who = people(rng, n)
    return Table(
        "test_accounts",
        {
            "id INTEGER": range(1, n + 1),
            "real_name VARCHAR(50)": [p.name for p in who],
            "id_card VARCHAR(18)": [identifiers.wrong_identity_number(rng, p.id_card) for p in who],
            "mobile VARCHAR(20)": [p.mobile for p in who],
            "created_at DATETIME": moments(rng, n),
        },
    )


def _cipher(rng: random.Random, length: int) -> str:
    """Bytes that say nothing, as base64."""
    return base64.b64encode(rng.randbytes(length)).decode()
