import numpy as np
import pyarrow as pa
import pytest

from detectors.base import Proof
from detectors.cn.region import Region
from detectors.places import known
from detectors.texts import Texts
from tests.detectors.lookalikes import drawn

HITS = [
    pytest.param("浙江省", id="province"),
    pytest.param("浙江", id="province in short"),
    pytest.param("内蒙古自治区", id="autonomous region"),
    pytest.param("新疆", id="autonomous region in short"),
    pytest.param("杭州市", id="prefecture"),
    pytest.param("杭州", id="prefecture in short"),
    pytest.param(" 西湖区 ", id="district, spaced"),
    pytest.param("崇文区", id="abolished district"),
    pytest.param("浙江省杭州市", id="two in a row"),
    pytest.param("浙江省杭州市西湖区", id="three in a row"),
    pytest.param("浙江省 杭州市 西湖区", id="apart by spaces"),
    pytest.param("浙江省/杭州市", id="apart by a stroke"),
    pytest.param("广西壮族自治区南宁市", id="long name first"),
]

MISSES = [
    pytest.param("", id="empty"),
    pytest.param("省", id="a suffix"),
    pytest.param("330106", id="a code"),
    pytest.param("Hangzhou", id="Latin letters"),
    pytest.param("浙江省杭州市西湖区文三路1号", id="an address"),
    pytest.param("杭州某某有限公司", id="a company"),
    pytest.param("浙江大学", id="a university"),
    pytest.param("杭州湾", id="a bay"),
    pytest.param("我在杭州市", id="a sentence"),
    pytest.param("杭州市人", id="one character more"),
    pytest.param("超市", id="a supermarket"),
    pytest.param("股市楼市", id="markets"),
    pytest.param("天上市人间区", id="no such places"),
    pytest.param("已发货", id="a status"),
    pytest.param("张三", id="a name"),
]


def found(text: str) -> list[str]:
    texts = Texts(pa.array([text]))
    matches = Region().find(texts)
    return [texts.text(s, e) for s, e in zip(matches.starts, matches.ends, strict=True)]


@pytest.mark.parametrize("text", HITS)
def test_hit(text: str) -> None:
    assert found(text) == [text.strip()]


@pytest.mark.parametrize("text", MISSES)
def test_miss(text: str) -> None:
    assert found(text) == []


def test_chance_is_what_random_characters_of_names_show() -> None:
    names = sorted(known())
    sizes = np.array([len(name) for name in names])
    values = drawn("".join(names), np.random.default_rng(6).choice(sizes, 1_000_000), seed=7)
    found = Region().find(values)
    assert 0 < len(found) / len(values) <= Region.shape_chance
    assert (found.proofs == Proof.CHECKED).sum() == Region.chance
