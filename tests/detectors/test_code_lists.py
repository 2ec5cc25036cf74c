"""Comments that list what codes stand for, and more that only look as if they did."""

import pytest

from detectors.code_lists import code_list, coded
from detectors.comments import contradicts, listed_kind
from detectors.header_words import kinds_that, meanings

# id: (comment, what the codes stand for)
LISTS = {
    "glued": ("1男2女", {"1": "男", "2": "女"}),
    "colons": ("0:未知 1:男 2:女", {"0": "未知", "1": "男", "2": "女"}),
    "hyphens": ("0-女,1-男", {"0": "女", "1": "男"}),
    "enumerated in brackets": ("（1、已婚 2、未婚）", {"1": "已婚", "2": "未婚"}),
    "letters": ("M男/F女", {"M": "男", "F": "女"}),
    "letters in brackets": ("M(男) or F(女)", {"M": "男", "F": "女"}),
    "two digits": ("01 汉族 02 回族", {"01": "汉族", "02": "回族"}),
    "arrows": ("性别: 0->未知；1->男；2->女", {"0": "未知", "1": "男", "2": "女"}),
    "equals": ("1=男 2=女", {"1": "男", "2": "女"}),
    "codes in brackets": ("[0]男 [1]女", {"0": "男", "1": "女"}),
    "over lines": ("0、否\n1、是", {"0": "否", "1": "是"}),
    "meaning first": ("{男:1,女:2}", {"1": "男", "2": "女"}),
    "meaning first, enumerated": ("未知:0、男:1、女:2", {"0": "未知", "1": "男", "2": "女"}),
    "meaning first, glued": ("男1 女0", {"1": "男", "0": "女"}),
    "behind a phrase": ("性别1男2女", {"1": "男", "2": "女"}),
    "words alone": ("男,女", {"男": "男", "女": "女"}),
    "words in brackets": ("性别（男、女）", {"男": "男", "女": "女"}),
    "words behind a colon": ("婚姻状况：未婚/已婚/离异", {w: w for w in ("未婚", "已婚", "离异")}),
}
# id: comment
NO_LISTS = {
    "nothing": "",
    "phrase": "手机号码",
    "rank": "家庭成员1年龄",
    "ranks": "家庭成员10联系电话1",
    "length": "身份证号（18位）",
    "range": "密码，长度6到20位",
    "stars": "1-5星",
    "one code": "性别 1男",
    "example": "手机号，如13开头",
}


@pytest.mark.parametrize("id_", LISTS)
def test_list(id_: str) -> None:
    comment, expected = LISTS[id_]
    assert dict(code_list(comment)) == expected


@pytest.mark.parametrize("id_", NO_LISTS)
def test_no_list(id_: str) -> None:
    assert dict(code_list(NO_LISTS[id_])) == {}


def test_a_list_begins_where_the_phrase_ends() -> None:
    comment = "婚姻状况：1.未婚 2.已婚"
    assert comment[: coded(comment).start] == "婚姻状况："


@pytest.mark.parametrize(
    ("comment", "kind"),
    [
        pytest.param("0未知 1男 2女", "gender", id="gender"),
        pytest.param("类型（1未婚 2已婚 3离异 4丧偶）", "marital_status", id="marital status"),
        pytest.param("1党员 2团员 3群众", "political_status", id="political status"),
        pytest.param("1汉2少", "ethnicity", id="peoples in short"),
        pytest.param("01:汉族 02:回族 03:其他", "ethnicity", id="peoples"),
        pytest.param("1高中 2大专 3本科 4硕士", "education", id="education"),
        pytest.param("1佛教 2道教 3无", "religion", id="religion"),
        pytest.param("1父亲 2母亲 3其他", "family", id="kin"),
        pytest.param("1公 2母", "", id="an animal's sex"),
        pytest.param("男装/女装", "", id="clothes"),
        pytest.param("1小学 2初中 3高中", "", id="stages of school, of papers too"),
        pytest.param("1启用 0禁用", "", id="a state"),
        pytest.param("1男 2套餐 3活动 4女 5礼品", "", id="mostly something else"),
    ],
)
def test_the_kind_whose_codes_are_listed(comment: str, kind: str) -> None:
    assert listed_kind(comment) == kind


@pytest.mark.parametrize(
    ("comment", "kind", "against"),
    [
        pytest.param("手机号 0未验证 1已验证", "mobile", True, id="state of a number"),
        pytest.param("证件号 1身份证 2护照", "certificate_no", True, id="type of a document"),
        pytest.param("性别 0公 1母", "gender", True, id="an animal's sex"),
        pytest.param("性别：公/母", "gender", True, id="an animal's sex in words"),
        pytest.param("性别(1-正常,2-冻结)", "gender", True, id="a state under a copied comment"),
        pytest.param("证件号码（身份证、护照）", "certificate_no", False, id="examples"),
        pytest.param("性别 0男 1女", "gender", False, id="codes of the kind"),
        pytest.param("是否已婚 0否 1是", "marital_status", False, id="a yes or no that tells"),
        pytest.param("职务 1主席 2成员", "job_title", False, id="a kind of any codes"),
    ],
)
def test_codes_against_a_kind(comment: str, kind: str, against: bool) -> None:
    assert contradicts(comment, kind) is against


def test_every_kind_whose_codes_are_listed_has_meanings() -> None:
    assert kinds_that("listed") | kinds_that("closed") <= meanings().keys()
