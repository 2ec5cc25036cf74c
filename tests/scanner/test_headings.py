"""Values never stand for names of columns; names of columns stay as they are."""

import pyarrow as pa
import pytest

from connectors.base import Column
from detectors.registry import load
from scanner.examine import examine
from scanner.headings import neutral, values_among
from scanner.model import Profile

DETECTORS = load()
_HAN = """
姓名 性别 年龄 民族 籍贯 学历 职业 职务 职称 部门 单位 公司 编号 序号 号码
电话 手机 邮箱 地址 住址 城市 省份 区县 街道 邮编 生日 日期 时间 年份 月份
类型 类别 状态 备注 说明 描述 名称 标题 内容 金额 单价 总价 价格 成本 数量
合计 小计 余额 利率 税率 币种 高度 宽度 长度 重量 体重 身高 面积 体积 温度
湿度 压力 速度 方向 角度 经度 纬度 海拔 安全 程序 版本 语言 颜色 尺寸 规格
型号 品牌 产地 厂家 供应商 客户 用户 会员 账号 密码 昵称 头像 签名 证件 身份证
护照 车牌 卡号 银行 户名 学号 工号 班级 年级 学校 专业 成绩 课程 教师 学生
家长 父亲 母亲 配偶 子女 联系人 收件人 寄件人 订单 商品 库存 仓库 物流 快递
退款 支付 渠道 来源 权限 角色 菜单 路径 文件 图片 链接 等级 积分 排名 次数
频率 周期 开始 结束 审核 医院 科室 诊断 药品 血型 婚姻 户籍 政治面貌 宗教 国籍
收入 工资 奖金 社保 项目 合同 方案 计划 目标 结果 原因
"""
HAN = _HAN.split()
_LATIN = """
id name phone mobile email address city province gender age birthday id_card bank_card remark
status type code title user_name create_time update_time amount price cost order_no ip
device_id latitude longitude
"""
LATIN = _LATIN.split()
TABLES = [
    ["安全", "程序"],
    ["高度", "时间", "方向"],
    ["成本", "金额", "单位"],
    ["颜色", "周期", "许可", "温度"],
    ["姓名", "康复", "安全", "类型", "日期"],
    ["姓名", "性别", "城市", "安全"],
]


def held(**columns: list[str]) -> tuple[list[str], Profile]:
    return list(columns), examine(pa.table(columns), DETECTORS)


def test_names_of_columns_stay() -> None:
    assert len(HAN) >= 150
    for names in ([*HAN, *LATIN], *([word] for word in HAN + LATIN), *TABLES):
        assert values_among(names, Profile(), DETECTORS) == {}


@pytest.mark.parametrize("values", [["诸葛麒麟", "欧阳海棠"], ["北京市", "上海市"], ["男", "女"]])
def test_names_of_columns_stay_over_any_values(values: list[str]) -> None:
    # By its characters 安全 may be a person, but no column of persons is called so.
    names = [name for name in (*HAN, *LATIN) if name != "安全" or values[0] != "诸葛麒麟"]
    paths, profile = held(**dict.fromkeys(names, values))
    assert values_among(paths, profile, DETECTORS) == {}


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"110101190001010014": ["x"]}, {"110101190001010014": "column_1"}),
        ({"编号": ["1"], "13912340987": ["x"]}, {"13912340987": "column_2"}),
        ({"canary.bird@example.com": ["x"]}, {"canary.bird@example.com": "column_1"}),
        ({"6222020200112233440": ["x"]}, {"6222020200112233440": "column_1"}),
        ({"欧阳海棠": ["诸葛麒麟", "王小明"], "未填": ["1", "2"]}, {"欧阳海棠": "column_1"}),
        ({"欧阳海棠": ["1", "2"], "编号": ["1", "2"]}, {}),
        ({"欧阳海棠": ["1"], "诸葛麒麟": ["2"]}, {"欧阳海棠": "column_1", "诸葛麒麟": "column_2"}),
        (
            {"日期": ["1"], "欧阳海棠": ["1"], "诸葛麒麟": ["2"], "王小明": ["2"], "合计": ["3"]},
            {"欧阳海棠": "column_2", "诸葛麒麟": "column_3", "王小明": "column_4"},
        ),
        ({"欧阳海棠": ["1"], "诸葛麒麟": ["2"], "高度": ["1"], "温度": ["1"]}, {}),
        (
            {"column_2": ["1"], "13912340987": ["1"]},
            {"13912340987": "column_2_"},
        ),
    ],
)
def test_values_are_found(columns: dict[str, list[str]], found: dict[str, str]) -> None:
    paths, profile = held(**columns)
    assert values_among(paths, profile, DETECTORS) == found


def test_nested_names_are_replaced_in_every_path() -> None:
    contacts = [{"欧阳海棠": {"tel": "1", "qq": "2"}, "诸葛麒麟": [{"tel": "3"}]}]
    table = pa.table({"id": ["1"], "contacts": contacts, "a.b": ["x"]})
    columns = [Column(name) for name in table.column_names]
    profile, shown, count = neutral(examine(table, DETECTORS), columns, DETECTORS)
    assert count == 2
    assert tuple(shown) == tuple(columns)
    assert set(profile.columns) == {
        "id",
        "contacts.column_1.tel",
        "contacts.column_1.qq",
        "contacts.column_2[].tel",
        "a.b",
    }


def test_nothing_to_replace_changes_nothing() -> None:
    paths, profile = held(姓名=["诸葛麒麟"], 电话=["13912340987"])
    columns = tuple(map(Column, paths))
    assert neutral(profile, columns, DETECTORS) == (profile, columns, 0)
