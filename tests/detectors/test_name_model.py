"""What the model adds to `name`: names that no word stands beside, and columns of other names."""

import pickle
import random

import numpy as np
import pyarrow as pa
import pytest

from detectors import registry
from detectors.base import Proof
from detectors.cn.name import Name
from detectors.name_model import ModelName
from detectors.texts import Texts
from tests.detectors.lookalikes import spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("今天张伟和李小红去开会", [("张伟", SHAPE), ("李小红", SHAPE)], id="no cue"),
    pytest.param(
        "姓名：王芳，由李小红代签", [("王芳", CHECKED), ("李小红", SHAPE)], id="key first"
    ),
    pytest.param("客户李小红女士来电", [("李小红", CHECKED)], id="the rule's span stays"),
    pytest.param("张三", [("张三", SHAPE)], id="whole value"),
    pytest.param("这个单子是欧阳小红负责的", [("欧阳小红", SHAPE)], id="compound surname"),
    pytest.param("昨天陳美玲沒有來", [("陳美玲", SHAPE)], id="traditional"),
]
MISSES = [
    "",
    "无",
    "质量很好，物流很快，好评",
    "请尽快发货，不要放快递柜",
    "系统升级维护，预计两小时后恢复",
    "白色没货了，换成黑色可以吗",
    "江苏省内包邮，新疆西藏除外",
    "马上安排，张数不够再补",
    "Zhang San called at 10:30",
]


@pytest.mark.parametrize(("text", "found"), HITS)
def test_hit(text: str, found: list[tuple[str, Proof]]) -> None:
    assert spans(ModelName(), [text]) == [found]


@pytest.mark.parametrize("text", MISSES)
def test_miss(text: str) -> None:
    assert spans(ModelName(), [text]) == [[]]


def test_it_replaces_name_and_nothing_else() -> None:
    plain, with_model = registry.load(), registry.load([ModelName()])
    assert [d.kind for d in plain] == [d.kind for d in with_model]
    assert {type(d) for d in plain} ^ {type(d) for d in with_model} == {Name, ModelName}


def test_what_name_finds_stays() -> None:
    texts = [row.values[0] for row in HITS]
    rules, model = spans(Name(), texts), spans(ModelName(), texts)
    assert all(set(own) <= set(all_of) for own, all_of in zip(rules, model, strict=True))


def test_it_can_be_sent_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(ModelName()))
    assert spans(copy, ["今天张伟来了"]) == [[("张伟", SHAPE)]]


def test_nulls_and_counts_do_not_matter() -> None:
    text = "今天张伟来了"
    found = ModelName().find(Texts.of(pa.array([None, text, text, None, "无"])))
    assert len(found) == 1


def _share(values: list[str], detector: Name) -> float:
    return float(np.mean([bool(found) for found in spans(detector, values)]))


def test_a_column_of_transcribed_names_is_found_by_the_model() -> None:
    rng = random.Random(0)
    parts = ("埃里 奥利 瓦尔 特里 弗兰 伊戈 阿列 埃德", "克 诺 茨 珀 内 萨 维 斯")
    made = sorted({"".join(rng.choice(p.split()) for p in parts) for _ in range(400)})
    assert len(made) >= 50
    alone, helped = _share(made, Name()), _share(made, ModelName())
    assert alone < 0.6 <= helped


def test_a_column_of_villages_stays_below() -> None:
    ends = ("家店", "家庄", "家湾", "家沟", "家桥", "村", "店", "记")
    made = [surname + end for surname in "王李张刘陈杨黄赵吴周徐孙朱马" for end in ends]
    assert _share(made, ModelName()) < 0.6
