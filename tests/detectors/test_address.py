"""Partitions: whole value or in a text; with or without region, road, number, house, village;
after a trigger, a region or neither; look-alikes by what they are.
"""

import random

import numpy as np
import pyarrow as pa
import pytest

from detectors.base import Proof
from detectors.cn.address import Address
from detectors.places import known
from detectors.texts import Texts
from tests.detectors.lookalikes import drawn, spans, takes_linear_time

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED
FULL = "浙江省杭州市西湖区甲乙路478号丙丁广场3幢1201室"

HITS = [
    pytest.param(FULL, [(FULL, SHAPE)], id="all levels"),
    pytest.param(f" {FULL}\n", [(FULL, SHAPE)], id="space around"),
    pytest.param("西湖区甲乙路４７８号", [("西湖区甲乙路478号", SHAPE)], id="full-width digits"),
    pytest.param("甲乙路478号3幢", [("甲乙路478号3幢", SHAPE)], id="no region"),
    pytest.param(
        "浙江省 杭州市 西湖区 甲乙路 478号",
        [("浙江省 杭州市 西湖区 甲乙路 478号", SHAPE)],
        id="spaced",
    ),
    pytest.param("3栋2单元501室", [("3栋2单元501室", SHAPE)], id="house alone"),
    pytest.param("幸福小区3栋2单元501", [("幸福小区3栋2单元501", SHAPE)], id="estate and house"),
    pytest.param("松山镇后山村3组", [("松山镇后山村3组", SHAPE)], id="village and group"),
    pytest.param(
        "宣武区甲乙大街12号院", [("宣武区甲乙大街12号院", SHAPE)], id="abolished district"
    ),
    pytest.param(
        "杭州市甲乙路8号丙丁科技有限公司",
        [("杭州市甲乙路8号丙丁科技有限公司", SHAPE)],
        id="company at the end",
    ),
    pytest.param(
        "浙江省杭州市西湖区甲乙机械有限公司",
        [("浙江省杭州市西湖区甲乙机械有限公司", SHAPE)],
        id="company below three levels of regions",
    ),
    pytest.param(
        "客户在幸福小区3栋那边，过去要半小时", [("幸福小区3栋", CHECKED)], id="where a customer is"
    ),
    pytest.param("放幸福小区3栋501门口即可", [("幸福小区3栋501", CHECKED)], id="where to leave it"),
    pytest.param(
        "住址：温州市平阳县一鸣工业园区",
        [("温州市平阳县一鸣工业园区", CHECKED)],
        id="a place that only the trigger tells of",
    ),
    pytest.param(f"地址：{FULL}", [(FULL, CHECKED)], id="trigger"),
    pytest.param(f'{{"address":"{FULL}"}}', [(FULL, CHECKED)], id="JSON"),
    pytest.param(
        "收件人：张三，电话13900000000，地址：甲乙路478号丙丁大厦",
        [("甲乙路478号丙丁大厦", CHECKED)],
        id="in a remark",
    ),
    pytest.param(
        "我住在幸福小区3栋2单元501，晚上在家",
        [("幸福小区3栋2单元501", CHECKED)],
        id="verb",
    ),
    pytest.param(
        "客户说杭州市甲乙路478号没有人，请改天再送",
        [("杭州市甲乙路478号", CHECKED)],
        id="region, road and number agree",
    ),
]

MISSES = [
    pytest.param(value, id=f"{kind} {value}")
    for kind, values in {
        "branch": ["西湖文三路店12", "文三路12号店"],
        "floor": ["A区3号楼5层"],
        "nothing": ["", " ", "无", "地址不详", "-"],
        "region": [
            "浙江省",
            "浙江省杭州市",
            "浙江省杭州市上城区",
            "河北省石家庄市长安区",
            "甘肃省兰州市城关区",
            "北京市朝阳区",
            "新疆维吾尔自治区乌鲁木齐市头屯河区",
        ],
        "region after a trigger": ["地址：浙江省杭州市", "收货地址：浙江省杭州市西湖区"],
        "company": ["杭州某某科技有限公司", "北京甲乙路桥建设集团有限公司", "上海某某餐饮管理公司"],
        "institution": ["北京市海淀区人民法院", "杭州市第一人民医院", "招商银行杭州分行"],
        "product": ["苹果手机128G", "三室两厅", "5号电池", "A4纸"],
        "department": ["财务部", "研发中心", "二车间"],
        "date": ["2024年3月5日", "3月5号"],
        "number": ["12345678", "A-12-3", "第3层", "12号楼", "1号线"],
        "title": ["北京市道路交通安全条例", "关于道路施工的通知"],
        "person": ["张三", "李小红", "路遥"],
        "sentence": [
            "今天天气不错，我们去公园。",
            "质量很好，物流很快",
            "北京仓发货，预计三天到",
            "这条路不好走，我不想去",
            "江苏省内包邮，新疆西藏除外",
        ],
        "other script": ["No. 5, Example Road", "10.0.0.1", "東京"],
    }.items()
    for value in values
]


@pytest.mark.parametrize(("text", "found"), HITS)
def test_hit(text: str, found: list[tuple[str, Proof]]) -> None:
    assert spans(Address(), [text]) == [found]


@pytest.mark.parametrize("text", MISSES)
def test_miss(text: str) -> None:
    assert spans(Address(), [text]) == [[]]


def test_more_misses_than_hits() -> None:
    assert len(MISSES) > len(HITS)


def _made(rng: random.Random) -> str:
    name = "".join(rng.choices("甲乙丙丁戊己庚辛", k=2))
    road = f"{name}{rng.choice(('路', '街', '大道'))}{rng.randint(1, 900)}号"
    house = f"{name}小区{rng.randint(1, 40)}栋{rng.randint(101, 2500)}室"
    return rng.choice(("杭州市西湖区", "北京市朝阳区", "")) + rng.choice(
        (road, house, road + house)
    )


def test_columns_of_addresses_stand_apart() -> None:
    rng = random.Random(0)
    companies = [
        f"{region[:2]}{a}{b}科技有限公司"
        for region in sorted(known())[:100]
        for a, b in [rng.sample("甲乙丙丁戊己庚辛", 2)]
    ]
    assert _share([_made(rng) for _ in range(300)]) >= 0.9
    assert _share(companies) < 0.05
    assert _share(sorted(known())) < 0.02


def _share(values: list[str]) -> float:
    return float(np.mean([bool(found) for found in spans(Address(), values)]))


def test_spans_lie_in_their_own_text_among_others() -> None:
    rng = random.Random(1)
    fillers = ["", "无", "质量很好😀", "order 1", "ａｂ（ｃ）", "𠮷𠮷"]
    made = [_made(rng) for _ in range(200)]
    texts = [f"{rng.choice(fillers)}，地址：{a}，{rng.choice(fillers)}" for a in made]
    batch = Texts(pa.array(texts, pa.large_string()))
    found = Address().find(batch)
    assert len(found) > 190
    for row, start, end in zip(found.rows, found.starts, found.ends, strict=True):
        assert batch.text(start, end) == made[row]
        a, b = batch.char_span(int(row), int(start), int(end))
        assert texts[row][a:b] == made[row]


def test_nulls_are_no_addresses() -> None:
    found = Address().find(Texts.of(pa.array([None, FULL, None, FULL])))
    assert found.rows.tolist() == [0]


def test_a_long_text_takes_linear_time() -> None:
    assert takes_linear_time(
        lambda size: spans(Address(), ["甲乙路与丙丁街交叉口的位于" * (size // 13)])
    )


def test_chance_is_what_random_characters_of_regions_and_numbers_show() -> None:
    values = drawn("".join(known()) + "0123456789", np.full(1_000_000, 12), seed=5)
    found = Address().find(values)
    assert 0 < len(np.unique(found.rows)) / len(values) <= Address.shape_chance
    assert (found.proofs == CHECKED).sum() / len(values) <= Address.chance


def test_characters_beyond_16_bits_and_bytes_that_are_no_text_move_nothing() -> None:
    odd = ["𠮷", "😀", "\ufffe", "\uffff", "\x00"]
    texts = [f"{mark}，地址：{FULL}，{mark}" for mark in odd]
    assert spans(Address(), texts) == [[(FULL, CHECKED)]] * len(odd)
    broken = pa.array([b"\xe5\x9c", FULL.encode()], pa.large_binary())
    buffers = [None, *broken.buffers()[1:]]
    batch = Texts(pa.Array.from_buffers(pa.large_string(), 2, buffers))
    found = Address().find(batch)
    assert [batch.text(*span) for span in zip(found.starts, found.ends, strict=True)] == [FULL]
