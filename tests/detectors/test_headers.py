"""Headers that name a kind, and more that only look as if they did."""

import sys
from types import FrameType

import pytest

from detectors.catalogue import kinds
from detectors.header_words import kinds_that, words
from detectors.headers import Cue, Strength, cues
from detectors.tokens import tokens

# id: (column, comment, table, kind)
HITS = {
    "comment": ("col_a", "手机号码", "t_a", "mobile"),
    "comment with code list": ("xb", "性别，1女，2男", "t_a", "gender"),
    "comment with note in brackets": ("f1", "身份证号（必填）", "t_a", "id_card"),
    "comment behind a note in brackets": ("f1", "【必填】身份证号", "t_a", "id_card"),
    "comment outranks name": ("nationality", "民族", "t_a", "ethnicity"),
    "role before the kind": ("bkdh", "被考察人联系电话", "t_a", "mobile"),
    "somebody who does something": ("f2", "核销员姓名", "t_a", "name"),
    "holder by role alone": ("f3", "紧急联系人", "t_a", "name"),
    "document holder": ("idcard_name", "", "t_a", "name"),
    "photo of a document": ("f4", "身份证正面图片", "t_a", "id_photo"),
    "picture lies at an address": ("pic", "用户头像地址", "t_a", "avatar_photo"),
    "snake case": ("home_address", "", "t_a", "address"),
    "camel case": ("contactPhone", "", "t_a", "mobile"),
    "acronym": ("IDCardNo", "", "t_a", "id_card"),
    "capitals": ("MOBILE", "", "t_a", "mobile"),
    "no border": ("realname", "", "t_a", "name"),
    "numbered": ("phone2", "", "t_a", "mobile"),
    "plural": ("emails", "", "t_a", "email"),
    "full pinyin": ("shenfenzhenghao", "", "t_a", "id_card"),
    "full pinyin of two words": ("kehuxingming", "", "t_a", "name"),
    "pinyin with a letter too many": ("shenfengzheng", "", "t_a", "id_card"),
    "pinyin with a letter missing": ("dinhua", "", "t_a", "mobile"),
    "letters swapped": ("idcrad", "", "t_a", "id_card"),
    "initials": ("sfzh", "", "t_a", "id_card"),
    "initials behind a role": ("zbr_lxdh", "", "t_a", "mobile"),
    "initials glued to a role": ("hzxm", "", "t_a", "name"),
    "code system": ("AAC003", "", "t_a", "name"),
    "police element": ("GMSFHM", "", "t_a", "id_card"),
    "name in a person's table": ("name", "", "sys_user", "name"),
    "name in a record of persons": ("name", "", "t_patient_info", "name"),
    "initial of the table's person": ("sname", "", "student", "name"),
    "letter of the type": ("vMobile", "", "t_a", "mobile"),
    "photo in a person's table": ("photo", "照片", "employee", "avatar_photo"),
    "last login": ("last_login_ip", "", "t_a", "ip"),
    "operator": ("create_by", "", "t_a", "username"),
    "yes or no that is the trait": ("married", "是否已婚", "t_a", "marital_status"),
    "password outright": ("login_pwd", "", "t_a", "password"),
    "openid of a platform": ("wx_openid", "", "t_a", "openid"),
    "driver of a car": ("driver_name", "", "car", "name"),
    "a pet's owner's phone": ("phone", "联系电话", "pet", "mobile"),
    "Chinese column": ("学生姓名", "", "sheet1", "name"),
    "a person's name among things": ("name", "姓名", "contract_item", "name"),
    "number as the student's id": ("StudentID", "学号", "t_a", "student_no"),
}
# id: (column, comment, table)
MISSES = {
    "nothing": ("col_a", "", "t_a"),
    "state of a number": ("phone", "手机号验证状态", "t_a"),
    "time of an upload": ("idcard", "身份证上传时间", "t_a"),
    "yes or no": ("phone", "是否绑定手机号", "t_a"),
    "kind of document": ("zjlx", "证件类型", "t_a"),
    "kind of document by initials": ("sfzjlx", "", "t_a"),
    "how many": ("phone_count", "", "t_a"),
    "number of names": ("name_num", "", "t_a"),
    "level of education in years": ("education_num", "", "t_a"),
    "attribution": ("mobile", "手机归属地", "t_a"),
    "make of a phone": ("phone_brand", "手机品牌", "t_a"),
    "verified": ("phone_verified", "", "t_a"),
    "status": ("name_status", "", "t_a"),
    "flag in front": ("is_mobile", "", "t_a"),
    "notification": ("email_notify", "", "t_a"),
    "mail server": ("mail_host", "邮箱服务器", "t_a"),
    "user's id": ("user_id", "用户ID", "t_a"),
    "id of somebody": ("leader_id", "负责人", "t_a"),
    "short id of somebody": ("sid", "学生编号", "course"),
    "goods name": ("name", "商品名称", "t_a"),
    "name over goods": ("name", "", "goods"),
    "name over a role": ("name", "名称", "sys_role"),
    "role of a user": ("name", "", "sys_user_role"),
    "department name": ("dept_name", "", "sys_user"),
    "group of users": ("name", "用户组名称", "t_a"),
    "bank's name": ("bank_name", "开户行", "employee"),
    "file name": ("file_name", "文件名", "sys_user"),
    "pet's sex": ("sex", "性别", "t_pet"),
    "age of goods": ("age", "适用年龄", "goods"),
    "web address": ("address", "请求地址", "t_a"),
    "address of a picture": ("address", "图片地址", "t_a"),
    "address of an interface": ("api_address", "接口地址", "t_a"),
    "order number": ("order_no", "订单号", "t_a"),
    "parcel number": ("express_no", "快递单号", "t_a"),
    "goods code": ("product_code", "", "t_a"),
    "dictionary label": ("dict_label", "字典标签", "t_a"),
    "menu icon": ("icon", "菜单图标", "sys_menu"),
    "password's date": ("pwd_update_date", "密码最后更新时间", "t_a"),
    "token's life": ("access_token_validity_seconds", "", "t_a"),
    "created at": ("create_time", "创建时间", "t_a"),
    "birthday privilege": ("f5", "是否有生日特权", "t_a"),
    "name of a type": ("f6", "类型名称", "sys_user"),
    "address of a logo": ("f7", "logo地址", "t_a"),
    "kind of document by name": ("f8", "证件名称", "t_a"),
    "position of a place": ("lat", "纬度", "sys_region"),
    "weight of goods": ("weight", "重量", "goods"),
    "sent time": ("cjsj", "", "t_a"),
    "substring of a word": ("filename", "", "t_a"),
    "substring of another": ("message", "", "t_a"),
    "substring of a third": ("telemetry", "", "t_a"),
    "substring in pinyin": ("zongjia", "", "t_a"),
    "ship": ("shipping_status", "", "t_a"),
    "stage": ("stage", "", "t_a"),
    "package": ("package", "", "t_a"),
    "address book type": ("address_type", "地址类型", "t_a"),
}
# id: (column, table, kind): no more than WEAK, for values to decide
WEAK = {
    "mobile or time": ("sj", "t_a", "mobile"),
    "student number or row number": ("xh", "t_a", "student_no"),
    "ethnic group or else": ("mz", "t_a", "ethnicity"),
    "driving licence or library card": ("jszh", "t_a", "driving_licence"),
    "bank card or user card": ("yhkh", "t_a", "bank_card"),
    "name of who knows what": ("name", "t_a", "name"),
    "who created it": ("creator", "t_a", "username"),
    "province": ("province", "t_a", "region"),
    "shop's address": ("address", "shop", "address"),
}


def said(*header: str) -> list[tuple[str, bool]]:
    return [(cue.kind, cue.strength > Strength.WEAK) for cue in cues(*header)]


@pytest.mark.parametrize("id_", HITS)
def test_hit(id_: str) -> None:
    column, comment, table, kind = HITS[id_]
    assert said(column, comment, table) == [(kind, True)]


@pytest.mark.parametrize("id_", MISSES)
def test_miss(id_: str) -> None:
    assert [kind for kind, sure in said(*MISSES[id_]) if sure] == []


@pytest.mark.parametrize("id_", WEAK)
def test_weak(id_: str) -> None:
    column, table, kind = WEAK[id_]
    assert said(column, "", table) == [(kind, False)]


@pytest.mark.parametrize(
    ("header", "state"),
    [
        pytest.param(("mobile_md5",), "hashed", id="name says hashed"),
        pytest.param(("sfzh_enc",), "encrypted", id="name says encrypted"),
        pytest.param(("phone_mask",), "masked", id="name says masked"),
        pytest.param(("f1", "证件号码（加密）"), "encrypted", id="comment says encrypted"),
        pytest.param(("f1", "手机号，SHA256"), "hashed", id="comment says hashed"),
        pytest.param(("mobile",), "", id="nothing said"),
    ],
)
def test_state(header: tuple[str, ...], state: str) -> None:
    (cue,) = cues(*header)
    assert cue.state == state


def test_neighbours_make_a_name_a_persons() -> None:
    (alone,) = cues("name", table="t_a")
    (beside,) = cues("name", table="t_a", neighbours=["id", "name", "birthday"])
    assert (alone.strength, beside.strength) == (Strength.WEAK, Strength.MEDIUM)
    (of_goods,) = cues("name", table="goods", neighbours=["id", "name", "birthday"])
    assert of_goods.strength is Strength.AGAINST


def test_the_tables_comment_tells_whose_rows_they_are() -> None:
    (cue,) = cues("name", table="t_0012", table_comment="员工信息表")
    assert cue == Cue("name", Strength.MEDIUM, "the name says `name` of a person")
    (cue,) = cues("name", table="t_0012", table_comment="商品信息表")
    assert cue == Cue("name", Strength.AGAINST, "the name says `name` of a thing")


@pytest.mark.parametrize(
    "header",
    [("address", "", "shop"), ("store_address", "", "stores"), ("addr", "门店地址", "t_a")],
)
def test_an_organisations_address_is_no_persons(header: tuple[str, str, str]) -> None:
    assert [cue.strength for cue in cues(*header) if cue.kind == "address"] == [Strength.AGAINST]


def test_alternatives_in_a_comment_are_all_named() -> None:
    assert [cue.kind for cue in cues("contact_way", "手机号/邮箱")] == ["mobile", "email"]


def test_comment_and_name_that_agree_are_as_strong_as_the_stronger() -> None:
    (cue,) = cues("mobile", "联系电话")
    assert cue.strength is Strength.STRONG


@pytest.mark.parametrize("kind", kinds())
def test_a_title_names_its_kind(kind: str) -> None:
    best = cues("f1", kinds()[kind].zh)
    assert [cue.kind for cue in best][:1] == [kind]


def test_every_group_of_kinds_is_of_the_catalogue() -> None:
    groups = (
        "traits",
        "common",
        "things_own",
        "doubted",
        "numbered",
        "of_machines",
        "referred",
        "answered",
        "held",
    )
    assert [g for g in groups if not kinds_that(g) <= kinds().keys()] == []


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        pytest.param("userIDCard", ["user", "idcard"], id="acronym inside"),
        pytest.param("lxfs1", ["lxfs"], id="number dropped"),
        pytest.param("用户真实姓名", ["用户", "真实姓名"], id="longest word"),
        pytest.param("home_ip_addr", ["home", "ipaddr"], id="word over a border"),
        pytest.param("xyzzyphone", ["xyzzyphone"], id="no part of an unknown word"),
    ],
)
def test_tokens(header: str, expected: list[str]) -> None:
    assert [token.text for token in tokens(header)] == expected


def test_every_chinese_word_is_spelt() -> None:
    assert words().exact["shoujihao"].kind == words().initials["sjh"].kind == "mobile"
    assert words().exact["yinhangkahao"].kind == "bank_card"


def test_fast_enough_for_a_warehouse() -> None:
    schema = [
        (f"{a}_{b}", f"{c}{d}", f"t_{a}")
        for a in ("user", "goods", "order", "dept", "pet")
        for b in ("name", "phone", "id", "time", "address", "sex", "no")
        for c in ("用户", "商品", "订单", "部门", "")
        for d in ("名称", "电话", "编号", "时间", "地址", "性别")
    ]
    cues(*schema[0])
    calls = 0

    def count(_frame: FrameType | None, event: str, _what: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        for column, comment, table in schema:
            cues(column, comment, table)
    finally:
        sys.setprofile(None)
    assert calls < 60 * len(schema)
