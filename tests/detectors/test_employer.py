import pytest

from detectors.base import Proof
from detectors.cn.employer import Employer
from tests.detectors.lookalikes import han, shares, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("江南某某科技有限公司", "江南某某科技有限公司", SHAPE, id="a company"),
    pytest.param("江南区教育局", "江南区教育局", SHAPE, id="an office"),
    pytest.param("第九人民医院", "第九人民医院", SHAPE, id="a hospital"),
    pytest.param("江南大学", "江南大学", SHAPE, id="a university"),
    pytest.param("某某科技有限公司(江南)", "某某科技有限公司(江南)", SHAPE, id="with a place"),
    pytest.param("某某集团财务部", "某某集团财务部", SHAPE, id="with a department"),
    pytest.param("无业", "无业", SHAPE, id="none"),
    pytest.param("工作单位：某某科技有限公司，", "某某科技有限公司", CHECKED, id="behind its word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("工作单位", id="the header"),
    pytest.param("苹果", id="a word"),
    pytest.param("公司", id="the bare word"),
    pytest.param("某某", id="in short"),
    pytest.param("他在某某公司上班", id="in a sentence"),
    pytest.param("17", id="a code"),
    pytest.param("销售经理", id="a position"),
    pytest.param("浙江省杭州市西湖区文三路1号", id="an address"),
    pytest.param("Example", id="a word in English"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Employer(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Employer(), [text]) == [[]]


CUSTOMERS = (
    "江南华辰贸易有限公司 盛达物流 恒远食品厂 鑫源电子商行 启明中学 "
    "远景医院 瑞丰建材经营部 天成超市 博雅书店 嘉禾"
)


def test_organisations_that_employ_nobody_here_look_the_same() -> None:
    found = [bool(one) for one in spans(Employer(), CUSTOMERS.split())]
    assert sum(found) / len(found) == pytest.approx(Employer.shape_chance, abs=0.11)


def test_few_random_words_are_found() -> None:
    assert shares(Employer(), han(1_000_000, 4))[1] < 0.01
