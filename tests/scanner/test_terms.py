"""Kinds whose values are words of a list: people's columns, dictionaries, codes, texts."""

import pyarrow as pa
import pytest

from connectors.base import Column
from detectors.cn.ethnicity import PEOPLES
from detectors.registry import load
from scanner.examine import examine
from scanner.model import Level, Verdict
from scanner.verdict import verdicts

DETECTORS = load()


def said(values: list[str], header: str = "c7") -> dict[str, Verdict]:
    """The kinds that stand at `likely` or above."""
    profile = examine(pa.table({header: values}), DETECTORS)
    (report,) = verdicts(profile, [Column(header)], DETECTORS)
    return {v.kind: v for v in report.verdicts if v.level is not Level.POSSIBLE}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        pytest.param("gender", "男 女", id="gender"),
        pytest.param("ethnicity", "汉族 汉族 汉族 回族 满族", id="peoples"),
        pytest.param("marital_status", "未婚 已婚 离异", id="marital"),
        pytest.param("political_status", "群众 群众 共青团员 中共党员", id="parties"),
    ],
)
def test_words_of_people_name_a_column_and_a_dictionary_does_not(kind: str, words: str) -> None:
    assert set(said(words.split() * 100)) == {kind}
    assert said(sorted(set(words.split()))) == {}


def test_a_dictionary_of_all_peoples_names_nothing() -> None:
    assert said([f"{name}族" for name in PEOPLES]) == {}


def test_goods_for_men_women_and_both_name_nothing() -> None:
    assert said(["男", "女", "通用"] * 100) == {}


@pytest.mark.parametrize("codes", ["0 1 2", "01 02 03 11", "10 20 30 40", "M F", "是 否"])
def test_codes_name_nothing_without_a_header(codes: str) -> None:
    assert said(codes.split() * 100) == {}


@pytest.mark.parametrize(
    ("header", "kind", "codes"),
    [
        pytest.param("性别", "gender", "1 2", id="gender"),
        pytest.param("婚姻状况", "marital_status", "1 2 3", id="marital, which are genders too"),
        pytest.param("民族", "ethnicity", "01 02 09", id="peoples, which are genders too"),
        pytest.param("年龄", "age", "1 2 3 9", id="ages of children"),
    ],
)
def test_codes_support_the_header_that_names_them(header: str, kind: str, codes: str) -> None:
    verdict = said(codes.split() * 100, header)[kind]
    assert verdict.basis == "both"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param("password", "重置后密码：x{n}Ab，请修改", id="password"),
        pytest.param("ethnicity", "登记：民族：回，第{n}号", id="people"),
        pytest.param("age", "患者{n}，年龄：{n}岁", id="a form that needs its word"),
    ],
)
def test_a_word_before_the_value_names_a_column_of_texts(kind: str, text: str) -> None:
    assert kind in said([text.format(n=n) for n in range(10, 90)])


@pytest.mark.parametrize(
    ("header", "values"),
    [
        pytest.param("title", "销售经理 前端工程师 人事专员", id="advertised jobs"),
        pytest.param("origin", "中国 日本 美国", id="where goods come from"),
        pytest.param("name", "慢性胃炎 颈椎病 支气管哮喘", id="diseases"),
        pytest.param("requirement", "本科 大专 硕士 不限", id="wanted levels"),
        pytest.param("company", "江南某某科技有限公司 某某食品有限公司", id="customers"),
        pytest.param("created_at", "2024-01-01 2024-02-01", id="dates"),
    ],
)
def test_public_words_name_no_column(header: str, values: str) -> None:
    assert said(values.split() * 100) == {}
    assert said(values.split() * 100, header) == {}
