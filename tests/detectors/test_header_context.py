"""What a table's name and the columns beside one say about whose it is."""

import pytest

from detectors.headers import Strength, cues, told

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
    "where a car is": ("lng", "", "vehicle", ["plate", "lng", "lat"], "geo_location"),
    "where a car is, by its position": (
        "position",
        "",
        "t_car",
        ["owner_name", "position", "lat"],
        "geo_location",
    ),
    "where a device is": ("latitude", "纬度", "device", ["mobile", "lng"], "geo_location"),
    "longitude beside latitude by initials": ("jd", "", "gps_log", ["jd", "wd"], "geo_location"),
    "latitude by initials in a car's": (
        "wd",
        "",
        "car",
        ["driver_name", "jd", "wd"],
        "geo_location",
    ),
    "parent of a pupil": ("parent_name", "", "student", [], "name"),
    "street on an address": (
        "street",
        "",
        "",
        ["user_id", "province", "city", "street"],
        "address",
    ),
    "street of a customer with a code": (
        "street",
        "",
        "",
        ["name", "city", "street", "code", "province"],
        "address",
    ),
    "list of names for a person's": ("user_names", "", "t_meeting", [], "name"),
    "pinyin of a name": ("name_pinyin", "", "t_user", [], "name"),
    "pinyin of a name by initials": ("xm_py", "", "t_a", [], "name"),
    "pinyin of a name in Chinese": ("姓名拼音", "", "t_a", [], "name"),
    "English name of a user": ("english_name", "", "t_user", [], "name"),
    "surname": ("surname", "", "t_a", [], "name"),
    "permit by initials": ("gat_txz", "", "t_a", [], "hk_macau_permit"),
    "permit by initials in one": ("gatjmtxz", "", "t_a", [], "hk_macau_permit"),
    "permit in Chinese": ("f1", "港澳台通行证", "t_a", [], "hk_macau_permit"),
    "score of credit": ("credit_score", "", "t_loan", [], "credit"),
    "score of credit in Chinese": ("征信评分", "", "t_loan", [], "credit"),
    "rating of credit": ("credit_rating", "", "t_loan", [], "credit"),
    "sex of a pet's owner": ("f2", "性别", "t_1", ["宠物名称", "宠物品种", "主人姓名"], "gender"),
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
    "sort of a household": ("户口性质", "", "person", PATIENT),
    "sort of a household in a comment": ("f3", "户籍类型", "person", PATIENT),
    "sort of a household by initials": ("hklx", "", "person", PATIENT),
    "sort of a household in English": ("hukou_type", "", "person", PATIENT),
    "region above a region": ("parent_name", "", "region_dict", ["id", "name", "level"]),
    "department above one": ("parent_name", "", "sys_dept", ["id", "name"]),
    "street of a list of streets": ("street", "", "street_dict", ["id", "street", "code"]),
    "street of regions": ("street", "", "", ["province", "city", "district", "street", "code"]),
    "street of regions above each other": (
        "street",
        "",
        "sheet1",
        ["pid", "name", "city", "province", "street", "level"],
    ),
    "where a car park's device is, nobody's": ("lng", "", "device", ["lng", "lat", "model"]),
    "where a shop is, with its owner": ("lng", "", "t_shop", ["owner_name", "lat"]),
    "names of goods": ("names", "", "t_goods", ["goods_id"]),
    "who takes part, of whom values tell": ("参会人", "", "t_meeting", ["title"]),
    "sex of pets by the columns beside": ("f2", "性别", "t_1", ["宠物名称", "宠物品种", "性别"]),
    "address of shops by the columns beside": ("f3", "地址", "t_1", ["门店名称", "门店编号"]),
    "name of goods by the columns beside": ("f1", "名称", "t_1", ["商品编号", "商品分类"]),
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


def test_names_of_several_are_weak_whatever_the_row_is_of() -> None:
    for column in ("names", "members", "member_list", "参会人", "人员名单", "attendees"):
        (cue,) = cues(column, table="t_meeting", neighbours=["title", column])
        assert (cue.kind, cue.strength) == ("name", Strength.WEAK)


def test_a_column_whose_name_says_nothing_is_called_as_its_comment_does() -> None:
    assert told("c1", "宠物名称（必填）") == "宠物名称"
    assert told("c1", "") == "c1"
    assert told("pet_name", "名称") == "pet_name"


def test_an_account_beside_a_password_is_no_bank_account() -> None:
    (cue,) = cues("account", table="t_a", neighbours=["account", "password", "bank_name"])
    assert cue.kind == "username"


def test_one_column_of_a_person_does_not_outweigh_a_tables_name() -> None:
    (cue,) = cues("age", table="t_article", neighbours=["age", "id_card"])
    assert cue.strength is Strength.WEAK


@pytest.mark.parametrize(
    ("column", "beside", "kind"),
    [
        ("nl", ("xm", "nl"), "age"),
        ("gh", ("xm", "gh"), "employee_no"),
        ("gz", ("xm", "gh", "gz"), "salary"),
        ("gz", ("jbgz", "gz"), "salary"),
    ],
)
def test_initials_beside_those_of_a_person_are_no_guess(
    column: str, beside: tuple[str, ...], kind: str
) -> None:
    (cue,) = cues(column, neighbours=beside)
    assert (cue.kind, cue.strength) == (kind, Strength.MEDIUM)
    (alone,) = cues(column, neighbours=("spmc", column))
    assert alone.strength is Strength.WEAK


def test_the_zip_of_a_register_is_nobodys() -> None:
    register = ("area_code", "area_name", "parent_code", "level", "zip")
    assert not cues("zip", table="base_area", neighbours=register)
    for table, beside in (
        ("user_address", ("consignee", "city", "zip")),
        ("t_user", ("xm", "zip")),
    ):
        (cue,) = cues("zip", table=table, neighbours=beside)
        assert cue.kind == "postal_code"


def test_what_a_business_is_called_is_no_address() -> None:
    (cue,) = cues("store_name", table="store")
    assert (cue.kind, cue.strength) == ("address", Strength.AGAINST)
