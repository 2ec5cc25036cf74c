"""What the flat files hold: members, students, waybills, damaged exports, an archive, films."""

import random

from sample_data import identifiers, lookalikes, words
from sample_data.lookalikes import days, moments
from sample_data.people import people
from sample_data.places import PLACES
from sample_data.table import Table, draws, picks, some


def members(rng: random.Random) -> Table:
    """Members of a club, under Chinese headers."""
    n = 1200
    who = people(rng, n)
    return Table(
        "members.csv",
        {
            "序号": range(1, n + 1),
            "姓名": [p.name for p in who],
            "性别": [p.sex for p in who],
            "出生日期": [f"{p.born:%Y/%m/%d}" for p in who],
            "身份证号": some(rng, [p.id_card for p in who], 0.9),
            "手机号": [identifiers.spelt_mobile(rng, p.mobile) for p in who],
            "电子邮箱": some(rng, [p.email for p in who], 0.7),
            "省份": [p.home.province for p in who],
            "城市": [p.home.city for p in who],
            "家庭住址": [p.address for p in who],
            "邮政编码": [p.home.postal for p in who],
            "职业": picks(rng, words.OCCUPATIONS, n),
            "婚姻状况": some(rng, picks(rng, words.MARITAL, n), 0.8),
            "学历": picks(rng, words.EDUCATION, n),
            "会员等级": picks(rng, ("普通会员", "银卡会员", "金卡会员"), n),
            "积分": [rng.randint(0, 20_000) for _ in who],
            "注册时间": moments(rng, n),
            "备注": some(rng, picks(rng, words.REMARKS, n), 0.3),
        },
    )


def students(rng: random.Random) -> Table:
    """A school's roll; some check characters in lower case, names with a dot."""
    n = 500
    who, parents = people(rng, n), people(rng, n)
    return Table(
        "school/学生名册.csv",
        {
            "学号": [f"2012{i // 50 + 1:02d}{i % 50 + 1:02d}" for i in range(n)],
            "姓名": [p.name for p in who],
            "性别": [p.sex for p in who],
            "民族": picks(rng, words.ETHNIC_GROUPS, n),
            "政治面貌": picks(rng, words.POLITICAL, n),
            "籍贯": [p.home.town for p in who],
            "身份证号码": [rng.choice((p.id_card, p.id_card.lower())) for p in who],
            "家长姓名": [p.name for p in parents],
            "家长手机": [p.mobile for p in parents],
            "家庭住址": [p.address for p in who],
            "是否住校": picks(rng, ("是", "否"), n),
            "总评成绩": [rng.randint(38, 100) for _ in who],
        },
    )


def waybills(rng: random.Random) -> Table:
    """Parcels from one person to another."""
    n = 900
    senders, receivers = people(rng, n), people(rng, n)
    return Table(
        "logistics/waybills.tsv",
        {
            "运单号": draws(lookalikes.waybill, rng, n),
            "订单号": draws(lookalikes.order_number, rng, n),
            "寄件人": [p.name for p in senders],
            "寄件人手机": [identifiers.spelt_mobile(rng, p.mobile) for p in senders],
            "收件人": [p.name for p in receivers],
            "收件人手机": [identifiers.spelt_mobile(rng, p.mobile) for p in receivers],
            "收件地址": [p.address for p in receivers],
            "快递公司": picks(rng, words.CARRIERS, n),
            "重量": [round(rng.uniform(0.1, 20), 2) for _ in range(n)],
            "运费": draws(lookalikes.amount, rng, n),
            "物流状态": picks(rng, words.STATUSES, n),
            "揽收时间": moments(rng, n),
        },
    )


def damaged(rng: random.Random) -> Table:
    """Customers as a spreadsheet saved them: 15 digits are left, or three."""
    n = 450
    who = people(rng, n)
    return Table(
        "export/客户导出.csv",
        {
            "客户姓名": [p.name for p in who],
            "身份证号": [f"{p.id_card[:15]}000" for p in who],
            "手机号": [f"{int(p.mobile):.2E}" for p in who],
            "银行卡号": [f"{p.bank_card[:15]}{'0' * (len(p.bank_card) - 15)}" for p in who],
            "客户等级": picks(rng, ("A", "B", "C"), n),
            "导出时间": moments(rng, n),
        },
    )


def archive(rng: random.Random) -> Table:
    """Customers of a bank's branch; the header says document, the values say which."""
    n = 2000
    who = people(rng, n)
    return Table(
        "archive/customers_2012.csv.gz",
        {
            "客户姓名": [p.name for p in who],
            "证件类型": ["居民身份证"] * n,
            "证件号码": [p.id_card for p in who],
            "联系电话": [p.mobile for p in who],
            "账户余额": draws(lookalikes.amount, rng, n),
            "开户日期": days(rng, n),
            "开户网点": [f"{p.home.city}{rng.choice(('中心', '城东', '开发区'))}支行" for p in who],
        },
    )


def films(rng: random.Random) -> Table:
    """Films; the header stands alone in a list without any person."""
    n = len(words.FILMS)
    return Table(
        "reference/films.csv",
        {
            "影片名称": words.FILMS,
            "类型": picks(rng, ("剧情", "喜剧", "战争", "动作", "爱情"), n),
            "取景地": [rng.choice(PLACES).province for _ in range(n)],
            "片长": [rng.randint(80, 180) for _ in range(n)],
            "票房": draws(lookalikes.amount, rng, n),
            "上映日期": days(rng, n),
        },
    )


def payroll(rng: random.Random) -> Table:
    """The hidden sheet of a workbook; mobiles are numbers there, as Excel makes them."""
    n = 350
    who = people(rng, n)
    return Table(
        "员工明细",
        {
            "工号": [f"GH{2000 + i}" for i in range(n)],
            "姓名": [p.name for p in who],
            "部门": picks(rng, words.DEPARTMENTS, n),
            "手机号": [float(p.mobile) for p in who],
            "身份证号": [p.id_card for p in who],
            "工资卡号": [p.bank_card for p in who],
            "开户行": picks(rng, words.BANKS, n),
            "基本工资": [rng.randint(40, 300) * 100 for _ in who],
            "入职日期": days(rng, n),
        },
    )


def summary(rng: random.Random) -> Table:
    """The sheet that everybody sees: a line a department."""
    n = len(words.DEPARTMENTS)
    return Table(
        "汇总",
        {
            "部门": words.DEPARTMENTS,
            "人数": [rng.randint(3, 80) for _ in range(n)],
            "预算": [rng.randint(10, 900) * 1000 for _ in range(n)],
            "完成率": [round(rng.random(), 3) for _ in range(n)],
        },
    )
