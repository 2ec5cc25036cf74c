"""Tables of the database whose rows are things; people are named in some of their columns."""

import json
import random

from sample_data import identifiers, lookalikes, words
from sample_data.lookalikes import days, moments
from sample_data.people import Person, people
from sample_data.places import PLACES, address
from sample_data.table import Table, draws, picks, some


def orders(rng: random.Random) -> Table:
    """Twenty thousand orders: four thousand receive them, between long numbers of all sorts."""
    n = 20_000
    who = picks(rng, people(rng, 4000), n)
    return Table(
        "orders",
        {
            "id BIGINT": draws(lookalikes.snowflake, rng, n),
            "order_no VARCHAR(18)": draws(lookalikes.order_number, rng, n),
            "customer_id BIGINT": [rng.randint(1, 1000) for _ in range(n)],
            "receiver_name VARCHAR(50)": [p.name for p in who],
            "receiver_phone BIGINT": [int(p.mobile) for p in who],
            "receiver_address VARCHAR(200)": [p.address for p in who],
            "pay_amount DECIMAL(10,2)": draws(lookalikes.amount, rng, n),
            "status VARCHAR(10)": picks(rng, words.STATUSES, n),
            "express_no VARCHAR(20)": draws(lookalikes.waybill, rng, n),
            "pay_serial_no VARCHAR(18)": draws(lookalikes.serial, rng, n),
            "updated_ms BIGINT": draws(lookalikes.milliseconds, rng, n),
            "buyer_remark VARCHAR(200)": some(rng, picks(rng, words.REMARKS, n), 0.1),
        },
    )


def products(rng: random.Random) -> Table:
    """Goods: every code that can be taken for a person's number."""
    n = 500
    brands = picks(rng, words.BRANDS, n)
    return Table(
        "products",
        {
            "id BIGINT": range(1, n + 1),
            "sku_code VARCHAR(20)": [f"SKU{rng.randrange(10**8):08d}" for _ in range(n)],
            "product_name VARCHAR(50)": [b + rng.choice(words.PRODUCTS) for b in brands],
            "brand VARCHAR(20)": brands,
            "category VARCHAR(20)": picks(rng, words.CATEGORIES, n),
            "color VARCHAR(20)": picks(rng, words.COLOURS, n),
            "product_code VARCHAR(11)": [str(15_000_000_001 + i) for i in range(n)],
            "bar_code CHAR(13)": draws(lookalikes.barcode, rng, n),
            "serial_no VARCHAR(18)": draws(lookalikes.identity_shaped, rng, n),
            "batch_no VARCHAR(18)": draws(lookalikes.serial, rng, n),
            "origin VARCHAR(20)": [rng.choice(PLACES).province for _ in range(n)],
            "firmware_version VARCHAR(20)": draws(lookalikes.version, rng, n),
            "price DECIMAL(10,2)": draws(lookalikes.amount, rng, n),
            "manual_path VARCHAR(100)": [f"/files/manual/{i % 7}/{i}.pdf" for i in range(n)],
            "manual_md5 CHAR(32)": draws(lookalikes.file_digest, rng, n),
        },
    )


def suppliers(rng: random.Random) -> Table:
    """Companies, and the people to ask for there."""
    n = 200
    who, heads = people(rng, n), people(rng, n)
    return Table(
        "suppliers",
        {
            "id BIGINT": range(1, n + 1),
            "company_name VARCHAR(100)": [
                f"{p.home.city.removesuffix('市')}{rng.choice(words.COMPANY_WORDS)}"
                f"{rng.choice(words.INDUSTRIES)}有限公司"
                for p in who
            ],
            "credit_code CHAR(18)": [identifiers.credit_code(rng, p.home) for p in who],
            "legal_person VARCHAR(50)": [p.name for p in heads],
            "contact_name VARCHAR(50)": [p.name for p in who],
            "contact_mobile VARCHAR(20)": [p.mobile for p in who],
            "contact_email VARCHAR(64)": [p.email for p in who],
            "grade CHAR(1)": picks(rng, "ABC", n),
            "registered_capital DECIMAL(12,2)": [rng.randint(10, 5000) * 10_000 for _ in who],
        },
    )


def stores(rng: random.Random) -> Table:
    """Shops: their address and hotline are nobody's, their manager is somebody."""
    n = 40
    who = people(rng, n)
    return Table(
        "stores",
        {
            "id INTEGER": range(1, n + 1),
            "store_name VARCHAR(50)": [f"{p.home.county}{i % 9 + 1}店" for i, p in enumerate(who)],
            "store_address VARCHAR(200)": [address(rng, p.home) for p in who],
            "hotline VARCHAR(20)": [f"400-000-{rng.randrange(10**4):04d}" for _ in who],
            "store_city VARCHAR(20)": [p.home.city for p in who],
            "manager_name VARCHAR(50)": [p.name for p in who],
            "manager_mobile VARCHAR(20)": [p.mobile for p in who],
            "floor_area INTEGER": [rng.randint(40, 900) for _ in who],
            "opened_on DATE": days(rng, n),
        },
    )


def pets(rng: random.Random) -> Table:
    """Pets have names and sexes too; only their owners are people."""
    n = 120
    who = people(rng, n)
    return Table(
        "pets",
        {
            "pet_id INTEGER": range(1, n + 1),
            "pet_name VARCHAR(20)": picks(rng, words.PETS, n),
            "pet_sex CHAR(1)": picks(rng, ("公", "母"), n),
            "breed VARCHAR(20)": picks(rng, words.BREEDS, n),
            "owner_name VARCHAR(50)": [p.name for p in who],
            "owner_phone VARCHAR(20)": [p.mobile for p in who],
            "vaccinated_on DATE": days(rng, n),
        },
    )


def menu_items(rng: random.Random) -> Table:
    """Dishes."""
    n = len(words.DISHES)
    return Table(
        "menu_items",
        {
            "id INTEGER": range(1, n + 1),
            "dish_name VARCHAR(20)": words.DISHES,
            "price DECIMAL(6,2)": [rng.randint(12, 188) for _ in range(n)],
            "is_spicy INTEGER": picks(rng, (0, 1), n),
        },
    )


def menus(rng: random.Random) -> Table:
    """The menu of a back office, eight rows."""
    del rng
    names = words.each("系统管理 用户管理 角色管理 部门管理 岗位管理 字典管理 参数设置 日志管理")
    paths = words.each("system user role dept post dict config log")
    return Table(
        "sys_menu",
        {
            "menu_id BIGINT": range(1, 9),
            "menu_name VARCHAR(50)": names,
            "order_num INTEGER": range(1, 9),
            "path VARCHAR(100)": paths,
            "component VARCHAR(100)": [f"system/{path}/index" for path in paths],
            "perms VARCHAR(100)": [f"system:{path}:list" for path in paths],
            "icon VARCHAR(50)": [
                "system",
                "user",
                "peoples",
                "tree",
                "post",
                "dict",
                "edit",
                "log",
            ],
        },
    )


def dictionary(rng: random.Random) -> Table:
    """What codes stand for: words about people, and no person."""
    del rng
    types = {
        "sys_user_sex": "男 女 未知",
        "sys_marital": "未婚 已婚 离异 丧偶",
        "sys_nation": "汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 朝鲜族 满族",
        "sys_cert_type": "居民身份证 护照 军官证 港澳居民来往内地通行证",
        "sys_education": "小学 初中 高中 大专 本科 硕士 博士",
        "sys_contact": "手机 固定电话 邮箱 微信 QQ",
    }
    entries = [
        (kind, i, label) for kind, all_ in types.items() for i, label in enumerate(words.each(all_))
    ]
    return Table(
        "sys_dict_data",
        {
            "dict_code BIGINT": range(1, len(entries) + 1),
            "dict_sort INTEGER": [i for _, i, _ in entries],
            "dict_label VARCHAR(100)": [label for *_, label in entries],
            "dict_value VARCHAR(100)": [str(i) for _, i, _ in entries],
            "dict_type VARCHAR(100)": [kind for kind, *_ in entries],
            "is_default CHAR(1)": ["Y" if i == 0 else "N" for _, i, _ in entries],
        },
    )


def operations(rng: random.Random) -> Table:
    """An audit log: what was sent is kept as JSON, people and all."""
    n = 1500
    who = people(rng, n)
    clerks = people(rng, 25)
    told = [rng.random() < 0.4 for _ in range(n)]
    return Table(
        "sys_oper_log",
        {
            "oper_id BIGINT": range(1, n + 1),
            "title VARCHAR(50)": ["客户档案" if t else "系统监控" for t in told],
            "method VARCHAR(100)": picks(rng, ("com.shop.web.EditController.save()",), n),
            "request_method VARCHAR(10)": picks(rng, ("POST", "PUT", "DELETE"), n),
            "oper_name VARCHAR(50)": picks(rng, [p.login for p in clerks], n),
            "oper_url VARCHAR(255)": ["/crm/customer" if t else "/monitor/job" for t in told],
            "oper_ip VARCHAR(128)": [f"203.0.113.{rng.randint(1, 254)}" for _ in range(n)],
            "oper_param VARCHAR(2000)": [
                _customer(rng, p) if t else _job(rng) for p, t in zip(who, told, strict=True)
            ],
            "json_result VARCHAR(2000)": picks(rng, ('{"msg":"操作成功","code":200}',), n),
            "cost_time BIGINT": [rng.randint(3, 900) for _ in range(n)],
            "oper_time DATETIME": moments(rng, n),
        },
    )


def tickets(rng: random.Random) -> Table:
    """Complaints in free text; one in fifty repeats a caller's mobile, half of these more."""
    n = 2000
    return Table(
        "tickets",
        {
            "id BIGINT": range(1, n + 1),
            "ticket_no VARCHAR(20)": [f"T{lookalikes.order_number(rng)[:14]}" for _ in range(n)],
            "category VARCHAR(20)": picks(rng, ("售后", "物流", "支付", "产品建议"), n),
            "remark TEXT": [_remark(rng, telling=i % 50 == 7) for i in range(n)],
            "priority INTEGER": picks(rng, (1, 2, 3), n),
            "created_at DATETIME": moments(rng, n),
        },
    )


def _customer(rng: random.Random, p: Person) -> str:
    sent = {
        "customerId": rng.randint(1, 1000),
        "realName": p.name,
        "idCard": p.id_card,
        "phonenumber": p.mobile,
        "email": p.email,
        "orderNo": lookalikes.order_number(rng),
    }
    return json.dumps(sent, ensure_ascii=False)


def _job(rng: random.Random) -> str:
    sent = {
        "jobId": rng.randint(1, 20),
        "cron": "0 0/5 * * * ?",
        "traceId": lookalikes.snowflake(rng),
    }
    return json.dumps(sent)


def _remark(rng: random.Random, *, telling: bool) -> str:
    if telling:
        p = people(rng, 1)[0]
        return rng.choice(words.TELLING_TICKETS).format(mobile=p.mobile, id_card=p.id_card)
    return rng.choice(words.TICKETS).format(
        order=lookalikes.order_number(rng),
        waybill=lookalikes.waybill(rng),
        amount=lookalikes.amount(rng),
        version=lookalikes.version(rng),
        code=15_000_000_001 + rng.randrange(500),
        serial=lookalikes.serial(rng),
    )
