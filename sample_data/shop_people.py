"""Tables of the database whose rows are people, under headers in English and in initials."""

import random

from sample_data import identifiers, lookalikes, words
from sample_data.lookalikes import days, moments
from sample_data.people import people
from sample_data.places import landline
from sample_data.table import Table, draws, picks, some


def customers(rng: random.Random) -> Table:
    """A shop's customers."""
    n = 1000
    who = people(rng, n)
    return Table(
        "customers",
        {
            "id BIGINT": range(1, n + 1),
            "name VARCHAR(50)": [p.name for p in who],
            "gender CHAR(1)": some(rng, [p.sex for p in who], 0.9),
            "birthday DATE": [p.born.isoformat() for p in who],
            "id_card CHAR(18)": some(rng, [p.id_card for p in who], 0.8),
            "mobile VARCHAR(20)": [p.mobile for p in who],
            "email VARCHAR(64)": some(rng, [p.email for p in who], 0.6),
            "province VARCHAR(20)": [p.home.province for p in who],
            "city VARCHAR(20)": [p.home.city for p in who],
            "address VARCHAR(200)": some(rng, [p.address for p in who], 0.95),
            "postcode CHAR(6)": [p.home.postal for p in who],
            "occupation VARCHAR(20)": picks(rng, words.OCCUPATIONS, n),
            "level VARCHAR(10)": picks(rng, ("普通", "银卡", "金卡"), n),
            "points INTEGER": [rng.randint(0, 20_000) for _ in range(n)],
            "wx_openid VARCHAR(32)": [f"o{_token(rng, 27)}" for _ in range(n)],
            "created_at DATETIME": moments(rng, n),
        },
    )


def employees(rng: random.Random) -> Table:
    """The shop's own staff."""
    n = 300
    who, kin = people(rng, n), people(rng, n)
    return Table(
        "employees",
        {
            "emp_no VARCHAR(10)": [f"E{1000 + i}" for i in range(n)],
            "real_name VARCHAR(50)": [p.name for p in who],
            "gender VARCHAR(2)": [p.sex for p in who],
            "birthday DATE": [p.born.isoformat() for p in who],
            "id_number VARCHAR(18)": [p.id_card for p in who],
            "mobile VARCHAR(11)": [p.mobile for p in who],
            "office_phone VARCHAR(20)": [landline(rng, p.home) for p in who],
            "email VARCHAR(64)": [p.email for p in who],
            "wechat_no VARCHAR(32)": [f"wx_{p.login}" for p in who],
            "qq VARCHAR(12)": [str(rng.randrange(10**7, 10**10)) for _ in who],
            "bank_card_no VARCHAR(19)": [p.bank_card for p in who],
            "housing_fund_no VARCHAR(12)": [f"{rng.randrange(10**12):012d}" for _ in who],
            "dept_name VARCHAR(20)": picks(rng, words.DEPARTMENTS, n),
            "job_title VARCHAR(20)": picks(rng, words.JOB_TITLES, n),
            "education VARCHAR(10)": picks(rng, words.EDUCATION, n),
            "base_salary DECIMAL(10,2)": [rng.randint(40, 300) * 100 for _ in who],
            "hired_on DATE": days(rng, n),
            "emergency_contact VARCHAR(50)": [p.name for p in kin],
            "emergency_phone VARCHAR(20)": [p.mobile for p in kin],
            "status INTEGER": picks(rng, (0, 1), n),
        },
    )


def pupils(rng: random.Random) -> Table:
    """Students under pinyin initials, between initials that mean something else."""
    n = 600
    who = people(rng, n)
    return Table(
        "t_xsxx",
        {
            "bh VARCHAR(12)": [f"{2012 + i // 200}-{i % 200:03d}" for i in range(n)],
            "xm VARCHAR(50)": [p.name for p in who],
            "xb VARCHAR(2)": [p.sex for p in who],
            "csrq DATE": [p.born.isoformat() for p in who],
            "sfzh VARCHAR(18)": [p.id_card for p in who],
            "lxdh VARCHAR(20)": some(rng, [p.mobile for p in who], 0.9),
            "jtdz VARCHAR(200)": [p.address for p in who],
            "yzbm CHAR(6)": [p.home.postal for p in who],
            "bm VARCHAR(20)": picks(rng, ("计算机系", "外语系", "法学系", "经管系"), n),
            "jg VARCHAR(10)": picks(rng, ("合格", "不合格", "缓考"), n),
            "sj DATETIME": moments(rng, n),
            "zt CHAR(1)": picks(rng, ("0", "1"), n),
            "bz VARCHAR(200)": some(rng, picks(rng, ("已注册", "缓缴学费", "转专业"), n), 0.2),
        },
    )


def hospital_visits(rng: random.Random) -> Table:
    """Visits to a hospital: health, with whom it is about."""
    n = 800
    who, doctors = people(rng, n), people(rng, 40)
    return Table(
        "hospital_visits",
        {
            "id BIGINT": range(1, n + 1),
            "patient_no VARCHAR(12)": [f"MZ{rng.randrange(10**8):08d}" for _ in who],
            "patient_name VARCHAR(50)": [p.name for p in who],
            "patient_sex CHAR(1)": [p.sex for p in who],
            "patient_age INTEGER": [rng.randint(1, 90) for _ in who],
            "id_card VARCHAR(18)": [p.id_card for p in who],
            "phone VARCHAR(20)": [p.mobile for p in who],
            "medical_insurance_no VARCHAR(20)": [f"{rng.randrange(10**10):010d}" for _ in who],
            "chief_complaint VARCHAR(200)": picks(rng, words.COMPLAINTS, n),
            "diagnosis VARCHAR(50)": picks(rng, words.DIAGNOSES, n),
            "allergy_history VARCHAR(50)": picks(rng, words.ALLERGIES, n),
            "doctor_name VARCHAR(50)": picks(rng, [p.name for p in doctors], n),
            "dept_name VARCHAR(20)": picks(rng, ("内科", "外科", "儿科", "骨科", "急诊科"), n),
            "total_fee DECIMAL(10,2)": draws(lookalikes.amount, rng, n),
            "visit_time DATETIME": moments(rng, n),
        },
    )


def vehicles(rng: random.Random) -> Table:
    """Cars with their owners."""
    n = 400
    who = people(rng, n)
    return Table(
        "vehicles",
        {
            "id BIGINT": range(1, n + 1),
            "plate_no VARCHAR(10)": draws(identifiers.plate, rng, n),
            "vin CHAR(17)": draws(identifiers.vin, rng, n),
            "owner_name VARCHAR(50)": [p.name for p in who],
            "owner_mobile VARCHAR(20)": [p.mobile for p in who],
            "owner_id_card VARCHAR(18)": [p.id_card for p in who],
            "model VARCHAR(30)": picks(rng, words.CARS, n),
            "color VARCHAR(10)": picks(rng, words.COLOURS, n),
            "mileage_km INTEGER": [rng.randint(10, 200_000) for _ in who],
            "registered_on DATE": days(rng, n),
        },
    )


def users(rng: random.Random) -> Table:
    """Accounts of a back office."""
    n = 350
    who = people(rng, n)
    return Table(
        "sys_user",
        {
            "user_id BIGINT": range(100, 100 + n),
            "login_name VARCHAR(30)": [p.login for p in who],
            "nick_name VARCHAR(30)": [f"{rng.choice(words.PETS)}{p.login[:3]}" for p in who],
            "phonenumber VARCHAR(11)": [p.mobile for p in who],
            "email VARCHAR(50)": [p.email for p in who],
            "sex CHAR(1)": [str(1 + (p.sex == "女")) for p in who],
            "avatar VARCHAR(100)": [f"/profile/avatar/{p.login}.png" for p in who],
            "password VARCHAR(100)": [f"$2a$10${_token(rng, 53)}" for _ in who],
            "login_ip VARCHAR(50)": [f"198.51.100.{rng.randint(1, 254)}" for _ in who],
            "login_date DATETIME": moments(rng, n),
            "dept_id BIGINT": [rng.randint(100, 110) for _ in who],
            "status CHAR(1)": picks(rng, ("0", "1"), n),
            "remark VARCHAR(500)": some(rng, picks(rng, words.ROLES, n), 0.3),
        },
    )


def board(rng: random.Random) -> Table:
    """Five people in a very small table."""
    who = people(rng, 5)
    return Table(
        "board_members",
        {
            "id INTEGER": range(1, 6),
            "name VARCHAR(50)": [p.name for p in who],
            "position VARCHAR(20)": ["董事长", "董事", "董事", "独立董事", "董事会秘书"],
            "mobile VARCHAR(20)": [p.mobile for p in who],
            "term_years INTEGER": [3, 3, 3, 2, 3],
        },
    )


def _token(rng: random.Random, length: int) -> str:
    return "".join(rng.choices(_TOKEN, k=length))


_TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
