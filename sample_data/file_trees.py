"""What the nested and unruly files hold: orders in Parquet, events in JSON, lines of a log."""

import json
import random
from collections.abc import Callable

import pyarrow as pa

from sample_data import identifiers, lookalikes, words
from sample_data.people import Person, people

_ITEM = pa.struct([("sku", pa.string()), ("title", pa.string()), ("price", pa.float64())])
_ORDER = pa.struct(
    [
        ("order_no", pa.string()),
        ("receiver", pa.string()),
        ("phone", pa.string()),
        ("address", pa.string()),
        ("amount", pa.float64()),
        ("items", pa.list_(_ITEM)),
    ]
)
_PROFILE = pa.struct(
    [("real_name", pa.string()), ("birthday", pa.date32()), ("id_card", pa.string())]
)
_USERS = pa.schema(
    [
        ("user_id", pa.int64()),
        ("profile", _PROFILE),
        ("orders", pa.list_(_ORDER)),
        ("tags", pa.list_(pa.string())),
        ("updated_ms", pa.int64()),
    ]
)


def user_orders(rng: random.Random) -> pa.Table:
    """Users of a warehouse, each with orders in a list, each of these with items."""
    return pa.Table.from_pylist([_user(rng, p) for p in people(rng, 600)], schema=_USERS)


def _user(rng: random.Random, p: Person) -> dict[str, object]:
    return {
        "user_id": lookalikes.snowflake(rng),
        "profile": {"real_name": p.name, "birthday": p.born, "id_card": p.id_card},
        "orders": [_order(rng, other) for other in people(rng, rng.randint(0, 3))],
        "tags": rng.sample(words.CATEGORIES, rng.randint(0, 3)),
        "updated_ms": lookalikes.milliseconds(rng),
    }


def _order(rng: random.Random, p: Person) -> dict[str, object]:
    items = [
        {
            "sku": f"SKU{rng.randrange(10**8):08d}",
            "title": rng.choice(words.BRANDS) + rng.choice(words.PRODUCTS),
            "price": lookalikes.amount(rng),
        }
        for _ in range(rng.randint(1, 3))
    ]
    return {
        "order_no": lookalikes.order_number(rng),
        "receiver": p.name,
        "phone": p.mobile,
        "address": p.address,
        "amount": lookalikes.amount(rng),
        "items": items,
    }


def events(rng: random.Random) -> list[str]:
    """What an app reports, a JSON object a line; half of its users have signed in."""
    return [_event(rng, p) for p in people(rng, 900)]


def _event(rng: random.Random, p: Person) -> str:
    signed_in = rng.random() < 0.5
    event = {
        "event_id": lookalikes.random_uuid(rng),
        "event": rng.choice(("page_view", "add_to_cart", "pay", "share")),
        "ts": lookalikes.milliseconds(rng),
        "user": {
            "id": lookalikes.snowflake(rng) if signed_in else None,
            "nick_name": f"{rng.choice(words.PETS)}{rng.randint(1, 99)}" if signed_in else None,
            "mobile": p.mobile if signed_in else None,
            "email": p.email if signed_in else None,
        },
        "device": {
            "imei": identifiers.imei(rng),
            "os": rng.choice(("android", "ios", "harmony")),
            "app_version": lookalikes.version(rng),
        },
        "geo": {"lng": round(rng.uniform(75, 134), 6), "lat": round(rng.uniform(19, 52), 6)},
        "client_ip": f"192.0.2.{rng.randint(1, 254)}",
        "order_no": lookalikes.order_number(rng),
        "keywords": rng.sample(words.PRODUCTS, rng.randint(0, 2)),
    }
    return json.dumps(event, ensure_ascii=False)


def log(rng: random.Random) -> list[str]:
    """A service's log: one line in eight tells of somebody, the rest is identifiers."""
    return sorted(_line(rng) for _ in range(3000))


def _line(rng: random.Random) -> str:
    stamp = f"{lookalikes.moment(rng):%Y-%m-%d %H:%M:%S}.{rng.randrange(1000):03d}"
    kind = rng.choices((*_TELLING, *_SILENT), (1, 1, 1, 5, 5, 5, 3, 3))[0]
    return f"{stamp} [exec-{rng.randint(1, 32)}] {kind(rng)}"


def _verified(rng: random.Random) -> str:
    p = people(rng, 1)[0]
    return f"INFO real-name check name={p.name} idCard={p.id_card} mobile={p.mobile} result=PASS"


def _texted(rng: random.Random) -> str:
    p = people(rng, 1)[0]
    return f"WARN sms not sent mobile={p.mobile} msgId={lookalikes.snowflake(rng)} code=isv.LIMIT"


def _received(rng: random.Random) -> str:
    p = people(rng, 1)[0]
    return f"INFO parcel ready waybill={lookalikes.waybill(rng)} 收件人：{p.name} 电话：{p.mobile}"


def _ordered(rng: random.Random) -> str:
    number, paid = lookalikes.order_number(rng), lookalikes.amount(rng)
    return f"INFO order created orderNo={number} amount={paid} trace={lookalikes.random_uuid(rng)}"


def _paid(rng: random.Random) -> str:
    serial, ms = lookalikes.serial(rng), lookalikes.milliseconds(rng)
    return f"INFO pay notify serial={serial} ts={ms} host=10.2.0.{rng.randint(1, 60)}"


def _stocked(rng: random.Random) -> str:
    code = 15_000_000_001 + rng.randrange(500)
    return f"DEBUG stock product={code} left={rng.randint(0, 900)} cost={rng.randint(1, 90)}ms"


def _stored(rng: random.Random) -> str:
    digest = lookalikes.file_digest(rng)
    return (
        f"DEBUG file stored path=/data/{digest[:2]}/{digest}.pdf size={rng.randint(10**3, 10**7)}"
    )


def _deployed(rng: random.Random) -> str:
    return f"INFO version={lookalikes.version(rng)} node=10.2.1.{rng.randint(1, 60)} started"


_Make = Callable[[random.Random], str]
_TELLING: tuple[_Make, ...] = (_verified, _texted, _received)
_SILENT: tuple[_Make, ...] = (_ordered, _paid, _stocked, _stored, _deployed)
