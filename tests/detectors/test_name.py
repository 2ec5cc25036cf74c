"""Partitions: whole value or in a text; by writing (plain, compound, dotted, spaced, titled,
several); by what stands beside it (key, title, trait, role); look-alikes by what they are.
"""

import random

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from detectors.base import Proof
from detectors.cn.name import Name
from detectors.person_words import HAN_KEYS, ROLES, TITLES
from detectors.texts import Texts
from tests.detectors.lookalikes import spans, takes_linear_time

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("张先生电话13800138000", [("张先生", CHECKED)], id="surname and form of address"),
    pytest.param("请联系李女士，已退款", [("李女士", CHECKED)], id="behind a word for people"),
    pytest.param(
        "王先生的电话，收件人李太太",
        [("王先生", CHECKED), ("李太太", CHECKED)],
        id="two of them",
    ),
    pytest.param("姓名 李小红", [("李小红", CHECKED)], id="key and a space"),
    pytest.param("联系人 张三 电话", [("张三", CHECKED)], id="key and a space, more behind"),
    pytest.param("收件人李小红，电话", [("李小红", CHECKED)], id="key and nothing between"),
    pytest.param("<name>张三丰</name>", [("张三丰", CHECKED)], id="in XML"),
    pytest.param("<a:name>张三丰</a:name>", [("张三丰", CHECKED)], id="in XML of a namespace"),
    pytest.param("张三", [("张三", SHAPE)], id="two characters"),
    pytest.param("李小红", [("李小红", SHAPE)], id="three characters"),
    pytest.param(" 李小红\t", [("李小红", SHAPE)], id="space around"),
    pytest.param("欧阳小红", [("欧阳小红", SHAPE)], id="compound surname"),
    pytest.param("司徒明", [("司徒明", SHAPE)], id="compound surname, one character"),
    pytest.param("陳小紅", [("陳小紅", SHAPE)], id="traditional"),
    pytest.param("王𠮷", [("王𠮷", SHAPE)], id="beyond the basic plane"),
    pytest.param("张王小红", [("张王小红", SHAPE)], id="surnames of both spouses"),
    pytest.param("才让东珠", [("才让东珠", SHAPE)], id="Tibetan, as in Qinghai"),
    pytest.param("丘小红", [("丘小红", SHAPE)], id="rarer surname"),
    pytest.param("姓名：王𠮷，男", [("王𠮷", CHECKED)], id="beyond the basic plane, in a text"),
    pytest.param("王芳女士预约了", [("王芳", CHECKED)], id="lady, and what she does"),
    pytest.param("黄家学，男，汉族", [("黄家学", CHECKED)], id="unlikely name before traits"),
    pytest.param("扎西卓玛", [("扎西卓玛", SHAPE)], id="Tibetan"),
    pytest.param("张 三", [("张 三", SHAPE)], id="space between"),
    pytest.param("李　小红", [("李 小红", SHAPE)], id="full-width space between"),
    pytest.param("古丽·买买提", [("古丽·买买提", SHAPE)], id="dot"),
    pytest.param("古丽•买买提", [("古丽•买买提", SHAPE)], id="bullet for the dot"),
    pytest.param("古丽．买买提", [("古丽.买买提", SHAPE)], id="full stop for the dot"),
    pytest.param("张三、李小红", [("张三", SHAPE), ("李小红", SHAPE)], id="two names"),
    pytest.param("张三,李小红;王芳", [("张三", 1), ("李小红", 1), ("王芳", 1)], id="three names"),
    pytest.param("张三先生", [("张三先生", CHECKED)], id="title, whole value"),
    pytest.param("姓名：张三，电话无", [("张三", CHECKED)], id="key"),
    pytest.param("收货人=李小红 已签收", [("李小红", CHECKED)], id="key and equals sign"),
    pytest.param('{"name": "李小红"}', [("李小红", CHECKED)], id="JSON"),
    pytest.param("INFO user=张三丰 ok", [("张三丰", CHECKED)], id="log"),
    pytest.param('{"receiverName":"王芳"}', [("王芳", CHECKED)], id="camel case key"),
    pytest.param("姓名：张三性别：男", [("张三", CHECKED)], id="the next key without a stop"),
    pytest.param("联系人：张三、王芳", [("张三", CHECKED), ("王芳", CHECKED)], id="key, two names"),
    pytest.param("联系人:古丽·买买提,女", [("古丽·买买提", CHECKED)], id="key and dot"),
    pytest.param("客户李小红女士来电", [("李小红", CHECKED)], id="title in a sentence"),
    pytest.param("王芳，女，汉族，1890年生", [("王芳", CHECKED)], id="traits"),
    pytest.param("张三，湖北人，木匠", [("张三", CHECKED)], id="where from"),
    pytest.param("王芳\u00a0女", [("王芳", CHECKED)], id="no-break space before a trait"),
    pytest.param("你好，我叫李小红。", [("李小红", SHAPE)], id="introduces herself"),
    pytest.param("患者李小红因头痛入院", [("李小红", SHAPE)], id="role"),
]

MISSES = [
    pytest.param(value, id=f"{kind} {value}")
    for kind, values in {
        "a line of headers": ["姓名 性别 年龄 电话", "联系人 电话 地址"],
        "a word behind a key": ["联系人信息维护，请及时处理", "申请人签名处，投诉人反映"],
        "no tag of a name": ["<td>张三丰</td><td>", "if user->name>张三丰"],
        "nothing": ["", " ", "-", "无", "张"],
        "talked about": ["前台王小姐服务很好", "感谢张先生"],
        "addressed": ["老先生来电", "各位先生，女士们好", "大小姐驾到", "女士跑步鞋"],
        "masked": ["张*", "张**", "欧阳*"],
        "company": ["阿里巴巴", "京东", "中国移动", "杭州某某科技有限公司", "百度在线"],
        "product": ["苹果手机", "连衣裙", "洗衣机", "保温杯", "牛仔裤", "笔记本"],
        "region": ["北京", "浙江省", "杭州市", "海淀", "张家口", "高明区", "内蒙古", "上城区"],
        "road": ["和平路", "中山路", "解放大道"],
        "status": ["已完成", "待发货", "处理中", "成功", "失败", "未支付", "正常", "停用"],
        "department": ["财务部", "市场部", "人事处", "研发中心", "总经办"],
        "job": ["工程师", "会计", "总经理", "服务员", "护士长"],
        "food": ["红烧肉", "宫保鸡丁", "牛肉面"],
        "film": ["霸王别姬", "大话西游", "无间道"],
        "idiom": ["一帆风顺", "马到成功", "万事如意"],
        "colour": ["红色", "深蓝色", "深灰色"],
        "sex and people": ["男", "女", "汉族", "未婚"],
        "several": ["苹果、香蕉", "北京-上海", "红色,蓝色", "杭州 上海"],
        "grade before a title": ["本科学历，高级工程师", "任财务经理", "副总经理王某"],
        "goods for ladies": ["康宁女士跑步鞋", "余香女士键盘红色 已发货"],
        "law firm": ["任职于金杜律师事务所"],
        "key that goes on before": ["myname=李小红", "my_user=张三丰"],
        "sentence": ["今天天气不错，我们去公园。", "质量很好，物流很快", "请尽快发货"],
        "key of something else": [
            '{"name": "苹果手机"}',
            "商品名称：连衣裙",
            "姓名：无",
            "联系人：电话",
            "file_name=张三",
            "product_name=李小红",
        ],
        "other script": ["zhangsan", "Zhang San", "さくら", "김철수", "12345"],
    }.items()
    for value in values
]


@pytest.mark.parametrize(("text", "found"), HITS)
def test_hit(text: str, found: list[tuple[str, Proof]]) -> None:
    assert spans(Name(), [text]) == [found]


@pytest.mark.parametrize("text", MISSES)
def test_miss(text: str) -> None:
    assert spans(Name(), [text]) == [[]]


def test_more_misses_than_hits() -> None:
    assert len(MISSES) > len(HITS)


SURNAMES = "王李张刘陈杨黄赵吴周徐孙朱马胡郭何高林罗"
GIVEN = "伟芳娜敏静强磊洋艳勇军杰娟涛明超霞平刚玲红丽英华文玉建国志海燕梅春兰"
COMMON = "产品 手机 颜色 订单 系统 管理 服务 数据 中心 销售 仓库 配送 退款 审核 通过 普通"


def test_columns_of_names_stand_apart() -> None:
    rng = random.Random(0)
    people = {
        rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2))))
        for _ in range(500)
    }
    things = {"".join(rng.sample(COMMON.split(), rng.choice((1, 2)))) for _ in range(500)}
    assert _share(sorted(people)) >= 0.8
    assert _share(sorted(things)) < 0.1


def test_columns_of_hard_negatives_stay_below() -> None:
    """Villages and shops called after people: what is likest to names."""
    ends = ("家店", "家庄", "家湾", "家沟", "家桥", "村", "店", "记")
    assert _share([surname + end for surname in SURNAMES for end in ends]) < 0.4


def _share(values: list[str]) -> float:
    return float(np.mean([bool(found) for found in spans(Name(), values)]))


def test_spans_lie_in_their_own_text_among_others() -> None:
    rng = random.Random(1)
    fillers = ["", "无", "质量很好😀", "order 1", "ａｂ（ｃ）", "𠮷𠮷"]
    names = [rng.choice(SURNAMES) + rng.choice(GIVEN) + rng.choice(GIVEN) for _ in range(200)]
    texts = [rng.choice(fillers) + f"，姓名：{name}，" + rng.choice(fillers) for name in names]
    batch = Texts(pa.array(texts, pa.large_string()))
    found = Name().find(batch)
    assert len(found) > 190
    for row, start, end in zip(found.rows, found.starts, found.ends, strict=True):
        assert batch.text(start, end) == names[row]
        a, b = batch.char_span(int(row), int(start), int(end))
        assert texts[row][a:b] == names[row]


def test_nulls_are_no_names() -> None:
    found = Name().find(Texts.of(pa.array([None, "张三", None, "张三"])))
    assert found.rows.tolist() == [0]


def test_a_long_text_takes_linear_time() -> None:
    unit = "客户名称记者联系人是"
    assert spans(Name(), [unit * 20_000]) == [[]]
    assert takes_linear_time(lambda size: spans(Name(), [unit * (size // 10)]))


def test_many_digits_after_a_year_of_birth_take_linear_time() -> None:
    text = "张三，1890年"
    assert spans(Name(), [text + "1" * 16_000]) == [[]]
    assert takes_linear_time(lambda size: spans(Name(), [text + "1" * size]))


def test_a_long_list_of_names_takes_linear_time() -> None:
    def found(size: int) -> list[list[tuple[str, Proof]]]:
        names = ["张三", "李小红", "欧阳小红", "王芳"] * (size // 15)
        return spans(Name(), ["联系人：" + "、".join(names) + "。"])

    assert found(30) == [[(n, CHECKED) for n in ["张三", "李小红", "欧阳小红", "王芳"] * 2]]
    assert takes_linear_time(found, 200_000)


@pytest.mark.parametrize("word", ["太太", "老师傅", "我是", "张三，男，", "被告人", "某"])
def test_words_that_overlap_themselves_take_linear_time(word: str) -> None:
    assert takes_linear_time(lambda size: spans(Name(), [word * (size // len(word))]))


def test_titles_that_overlap_are_read_from_the_left() -> None:
    """师傅 in 张三老师傅 is no title, as 老师 is one."""
    found = spans(Name(), ["客户张三老师傅到了", "客户张三总经理到了", "被告人张三已到"])
    assert found == [[("张三", CHECKED)], [("张三", CHECKED)], [("张三", SHAPE)]]


def test_texts_of_more_than_one_block_are_read_alike() -> None:
    rng = random.Random(2)
    few = [f"第{i}号𠮷，姓名：{rng.choice(SURNAMES)}{rng.choice(GIVEN)}，无" for i in range(300)]
    alone = [text for row in spans(Name(), few) for text, _ in row]
    assert len(alone) > 250
    batch = Texts(pa.array([*few, "无关的文字" * 1_000_000, *few], pa.large_string()))
    found = Name().find(batch)
    assert [batch.text(*span) for span in zip(found.starts, found.ends, strict=True)] == alone * 2


def test_text_chance_on_random_texts() -> None:
    """1e6 texts of eight words, every twentieth of which is a title, a role or a key."""
    share = len(np.unique(Name().find(Texts(_sentences(1_000_000))).rows)) / 1_000_000
    assert share == pytest.approx(Name.text_chance, rel=0.1)


def _sentences(n: int) -> pa.Array:
    rng = np.random.default_rng(5)
    common, telling = COMMON.split(), [*TITLES, *ROLES, *HAN_KEYS]
    shares = {"common": 0.75, "，": 0.15, "：": 0.05, "telling": 0.05}
    pool = pa.array([*common, "，", "：", *telling], pa.large_string())
    weights = np.array(
        [shares["common"] / len(common)] * len(common)
        + [shares["，"], shares["："]]
        + [shares["telling"] / len(telling)] * len(telling)
    )
    picks = np.searchsorted(np.cumsum(weights), rng.random((8, n)))
    columns = [pool.take(pa.array(np.minimum(one, len(pool) - 1))) for one in picks]
    return pc.binary_join_element_wise(*columns, pa.scalar("", pool.type))
