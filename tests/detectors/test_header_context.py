"""What a table's name and the columns beside one say about whose it is."""

import pytest

from detectors.headers import Strength, cues

PATIENT = ["patient_name", "id_card", "ethnicity"]
# id: (column, comment, table, neighbours, kind), named at MEDIUM or above
PERSONS = {
    "report of a patient": ("age", "年龄", "t_exam_report", PATIENT, "age"),
    "an order of a patient": ("sex", "性别", "check_order", PATIENT, "gender"),
    "a contract of a customer": ("birthday", "", "t_contract", PATIENT, "date_of_birth"),
    "address on an invoice": ("address", "地址", "t_invoice", PATIENT, "address"),
    "address book": ("name", "", "xyz_address", ["name", "mobile"], "name"),
    "order of an application that is a shop": ("address", "", "xyshop_order", [], "address"),
    "applicants for a job": ("gender", "性别", "job_apply", ["mobile"], "gender"),
    "register of persons": ("sex", "性别", "person_dict", [], "gender"),
    "photo on a file of persons": ("photo", "照片", "t_0012", PATIENT, "avatar_photo"),
    "account at a bank": ("acc", "账号", "t_extract", ["acc", "bank_name"], "bank_account"),
    "number of a table of cards": ("card_no", "", "user_bank_card", [], "bank_card"),
    "what a school's pupil learnt": ("edu", "最高学历", "school_history", [], "education"),
    "address on an order": ("address", "地址", "orders", ["good_name"], "address"),
    "member's icon": ("member_icon", "", "t_review", ["product_id"], "avatar_photo"),
    "login of a shop": ("account", "商家账号", "t_shop", [], "username"),
    "telephone of a supplier": ("tel", "供应商联系方式", "t_supplier", [], "mobile"),
}
# id: (column, comment, table, neighbours)
NOBODYS = {
    "a cat among its owner's data": ("sex", "性别", "t_cat", [*PATIENT, "phone"]),
    "a sex that a job asks for": ("sex", "性别", "recruit_job", ["salary", "education"]),
    "list of positions": ("name", "职务名称", "sys_position", ["id", "code", "name"]),
    "list of peoples": ("name", "民族名称", "nation", ["id", "name"]),
    "code and name of a trait": ("hyzk_mc", "", "t_dm", ["hyzk_dm", "hyzk_mc"]),
    "title beside a patient's name": ("title", "名称", "t_check", ["title", "patient_name"]),
    "picture beside a guest's name": ("pic", "图片", "t_booking", ["guest_name", "age"]),
    "picture of a complaint": ("pic", "图片", "user_complaint", ["user_name", "age"]),
    "where a shop is": ("lat", "纬度", "t_shop", ["lng", "phone"]),
    "company's name in full": ("full_name", "公司全称", "sys_company", []),
    "department's name in full": ("full_name", "", "sys_dept", []),
    "company with a legal person": ("company_name", "", "suppliers", ["legal_person", "phone"]),
    "page for telephones": ("template_mobile", "", "t_site", []),
    "income of a platform": ("plat_income", "平台收入", "t_trade", []),
}


@pytest.mark.parametrize("id_", PERSONS)
def test_a_persons(id_: str) -> None:
    *header, neighbours, kind = PERSONS[id_]
    found = cues(*header, neighbours=neighbours)
    assert [cue.kind for cue in found if cue.strength > Strength.WEAK] == [kind]


@pytest.mark.parametrize("id_", NOBODYS)
def test_nobodys(id_: str) -> None:
    *header, neighbours = NOBODYS[id_]
    found = cues(*header, neighbours=neighbours)
    assert [cue.kind for cue in found if cue.strength > Strength.WEAK] == []


def test_an_account_beside_a_password_is_no_bank_account() -> None:
    (cue,) = cues("account", table="t_a", neighbours=["account", "password", "bank_name"])
    assert cue.kind == "username"


def test_one_column_of_a_person_does_not_outweigh_a_tables_name() -> None:
    (cue,) = cues("age", table="t_article", neighbours=["age", "id_card"])
    assert cue.strength is Strength.WEAK
