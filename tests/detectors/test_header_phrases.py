"""Headers as phrases: what comments put before, behind and between, and how names are spelt."""

import pytest

from detectors.catalogue import kinds
from detectors.headers import Strength, cues

# id: (column, comment, kind), named at MEDIUM or above
HITS = {
    "number of a question": ("c1", "099姓名", "name"),
    "number of a standard": ("c1", "JT/T 0001 出生日期", "date_of_birth"),
    "star of what is required": ("c1", "* 手机号", "mobile"),
    "which one of several": ("c1", "家庭成员1联系电话", "mobile"),
    "which guarantor": ("c1", "担保人2身份证", "id_card"),
    "reference to a table of codes": ("c1", "性别码，见[dim_sex]", "gender"),
    "reference without a comma": ("c1", "籍贯码见行政区划表", "native_place"),
    "code of a trait": ("c1", "民族代码", "ethnicity"),
    "name of a trait": ("c1", "政治面貌名称", "political_status"),
    "code in English": ("gender_cd", "", "gender"),
    "codes alone": ("flag", "0男 1女", "gender"),
    "codes of a type": ("type", "类型 1未婚 2已婚", "marital_status"),
    "name of somebody in an office": ("c1", "派出所所长姓名", "name"),
    "name of an object that is a person": ("c1", "盘查对象姓名", "name"),
    "who did it, in a name": ("staff_name", "盘点人", "name"),
    "who did it, glued": ("xqtorname", "执行人", "name"),
    "who it was, by user": ("create_user_name", "创建人", "name"),
    "contact of an account": ("contact_user_name", "", "name"),
    "account with money": ("c1", "退款账号", "bank_account"),
    "account of somebody paid": ("c1", "收款人账号", "bank_account"),
    "fax by telephone": ("c1", "传真电话", "landline"),
    "side of a document": ("c1", "身份证照片反", "id_photo"),
    "address by an adjective": ("c1", "现住地址", "address"),
    "place of origin, in detail": ("c1", "户籍详址", "address"),
    "number of a contact": ("linkman_no", "联系人电话", "mobile"),
    "id that is the kind": ("open_id", "平台唯一id", "openid"),
    "date in an unknown word": ("birthday", "寿诞日期", "date_of_birth"),
    "what is told of health": ("c1", "病情说明", "health"),
    "traditional characters": ("c1", "身份證號碼", "id_card"),
    "education that is sought": ("c1", "取得学历", "education"),
    "somebody helped": ("help_object_card", "帮扶对象身份证号", "id_card"),
    "name in a word not known": ("frob_name", "拆分人", "name"),
    "whose it is": ("mail_addr", "买家", "email"),
    "login of a payment": ("c1", "支付宝账户名", "payment_account"),
    "token that is called a password": ("token", "密码", "secret"),
    "comment over guessed initials": ("cxdw", "所在单位", "employer"),
    "type of a database before a name": ("vc_phone", "", "mobile"),
    "capitals without a border": ("CUSTOMERPHONE", "", "mobile"),
    "misspelt over a border": ("identiy_card", "", "id_card"),
    "pinyin with a letter missing": ("xinming", "", "name"),
    "listed initials": ("zzmm", "", "political_status"),
    "element of the police": ("XBDM", "", "gender"),
    "national insurance": ("gend", "", "gender"),
}
# id: (column, comment)
MISSES = {
    "yes or no in the middle": ("phone", "手机号是否公开"),
    "yes or no at the end": ("email", "邮箱已验证"),
    "state by its codes": ("mobile", "手机 0未绑定 1已绑定"),
    "document by its codes": ("c1", "证件 1身份证 2护照"),
    "an animal's sex": ("sex", "性别 1公 2母"),
    "number of an office": ("c1", "单位号"),
    "number of somebody": ("c1", "负责人号"),
    "office that does something": ("c1", "登记单位名称"),
    "office that takes somebody": ("c1", "学生接收单位名称"),
    "name of data": ("c1", "用户数据名称"),
    "name of a district of somebody": ("c1", "学生所属片区名称"),
    "name of a thing that is not known": ("c1", "甲乙中文名称"),
    "kinds of users": ("user_type", "管理员、会员、游客"),
    "what is done": ("phone_audit", ""),
    "service of mail": ("email_service", ""),
    "picture of what was done": ("c1", "检查图片"),
    "id of an address": ("address_id", "收件地址"),
    "voucher": ("c1", "凭证号"),
    "letter of credit": ("c1", "信用证号"),
    "licence of something": ("c1", "甲乙证号"),
    "stamp of time": ("fingerprint", "时间戳"),
    "measure of something": ("weight", "净含量"),
    "initials with prose": ("wxhx01", "危险物品登记备案以及安全检查的有关规定执行"),
    "initials that a comment denies": ("wldz", "网络地址"),
    "misspelt only by a border": ("car_front_pic", "车前照"),
}
# id: (column, comment, kind): no more than WEAK
WEAK = {
    "who did it": ("checker", "复核人", "name"),
    "account of who did it": ("apply_user", "申请人", "name"),
    "document or prize": ("zjhm", "", "certificate_no"),
    "initials that follow from a word": ("dwdz", "", "geo_location"),
    "number to call or of a book": ("call_number", "", "mobile"),
    "case of a court or of a patient": ("case_number", "", "medical_record_no"),
}


def named(*header: str) -> list[tuple[str, bool]]:
    return [(cue.kind, cue.strength > Strength.WEAK) for cue in cues(*header)]


@pytest.mark.parametrize("id_", HITS)
def test_hit(id_: str) -> None:
    column, comment, kind = HITS[id_]
    assert named(column, comment)[:1] == [(kind, True)]


@pytest.mark.parametrize("id_", MISSES)
def test_miss(id_: str) -> None:
    assert [kind for kind, sure in named(*MISSES[id_]) if sure] == []


@pytest.mark.parametrize("id_", WEAK)
def test_weak(id_: str) -> None:
    column, comment, kind = WEAK[id_]
    assert named(column, comment)[:1] == [(kind, False)]


@pytest.mark.parametrize("column", ["zjhm", "yhkh", "xh", "jszh", "sj", "mz", "jg", "jd", "kh"])
def test_initials_that_mean_several_things_wait_for_values(column: str) -> None:
    assert [sure for _, sure in named(column)] == [False]


@pytest.mark.parametrize("kind", kinds())
def test_every_listed_word_is_read_as_its_kind(kind: str) -> None:
    listed = kinds()[kind].words
    words = [*listed["strong"], *listed["medium"]]
    headers = [(w.replace(" ", "_"), "") if w.isascii() else ("c7", w) for w in words]
    unread = [h for h in headers if (kind, True) not in named(*h)]
    assert unread == []
