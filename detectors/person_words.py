"""The words around a person's name in a text: keys before it, titles after it, what goes on."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Forms of address that follow a name.
TITLES = _words(
    """
    先生 女士 小姐 太太 夫人 老师 同学 师傅 经理 主任 医生 大夫 医师 护士 律师 教授 同志 阿姨
    叔叔 老板 院长 校长 局长 处长 科长 部长 书记 所长 站长 队长 董事长 总经理 工程师 警官 法官
    记者
    """
)

# Of these, those that follow a bare surname: `张先生`.
POLITE = frozenset({"先生", "女士", "小姐", "太太"})

# What tells that a surname with a form of address is a party to reach, not one talked about.
REACHED_AFTER = _words("电话 的电话 手机 的手机 号码 联系 微信 收 签收 ： : 1")
REACHED_BEFORE = _words(
    """
    联系 联系人 收件人 收货人 寄件人 致电 来电 拨打 回电 转告 通知 客户 用户 患者 业主 乘客 房东
    租客
    """
)

# Keys after which a name stands: `姓名：`, `receiver=`, `"name":"`.
HAN_KEYS = _words(
    """
    姓名 名字 真名 联系人 收件人 收货人 寄件人 发件人 取件人 客户 顾客 用户 会员 患者 病人
    申请人 经办人 负责人 法定代表人 法人代表 法人 投保人 被保险人 受益人 持卡人 户主 开户人 户名
    乘客 司机 驾驶员 学生 家长 监护人 审批人 审核人 操作人 操作员 签收人 业务员 销售员 销售 客服
    老师 教师 医生 经理 主任 员工 职工 当事人 委托人 代理人 担保人 借款人 还款人 付款人 收款人
    承租人 出租人 业主 原告 被告 被告人 报案人 举报人 投诉人 反映人 预约人 入住人 购票人 订票人
    候选人 推荐人 记录人 填表人 制表人 复核人 登记人 值班人 值班员 参会人 主持人 配偶 父亲 母亲
    """
)
# Of these, those after which a name stands without a sign too: `姓名 X`, `收件人X`.
STRONG_KEYS = _words(
    """
    姓名 联系人 收件人 收货人 寄件人 发件人 取件人 签收人 申请人 经办人 法定代表人 投保人 被保险人
    受益人 持卡人 开户人 监护人 报案人 投诉人 举报人 借款人 承租人 户名
    """
)
NAMED = _words(  # whose name: `real_name`, `userName`
    """
    real full true cn chinese user cust customer client receiver recv recipient consignee sender
    contact linkman patient student stu teacher emp employee staff member owner buyer seller payer
    payee holder account acct person operator driver passenger guest
    """
)
ASCII_KEYS = (
    *(f"{whose}{joint}name" for whose in NAMED for joint in ("", "_", " ", "-")),
    *_words(
        """
        name user username receiver recipient consignee contact linkman customer patient owner
        operator driver passenger xm xingming
        """
    ),
)

# What may stand before a name that a title follows, and what may come after a name in Han.
BEFORE = _words(
    """
    客户 用户 患者 病人 顾客 会员 您好 你好 尊敬的 亲爱的 联系 找 给 和 与 跟 请 由 是 叫 为 让
    经 及 的 对 向 被 把 问 到 收件人 收货人 联系人 申请人 乘客 家长 同事 业主 房东 租客
    """
)
AFTER = _words(
    """
    性别 电话 手机 身份 年龄 联系 地址 住址 证件 出生 民族 籍贯 单位 部门 职务 职业 学历 先生
    女士 小姐 男 女 收 说 在 于 的 已 因 将 向 对 称 表示 反映 报道 摄 来电 要求 申请 投诉
    """
)

# What no name has in it: grades, forms of address, what hides a name, thanks before one, and a
# word that taggers take for one.
NEVER_INSIDE = _words("副 某 谢谢")
NEVER_WHOLE = _words("张数")
NEVER_FIRST = _words("高级 中级 初级 司法 财务 任财务 理")
NEVER_LAST = _words("先生 女士 小姐 太太 老师 总 的")
NEVER = (
    f"{'|'.join(NEVER_INSIDE)}|^(?:{'|'.join(NEVER_WHOLE)})$"
    f"|^(?:{'|'.join(NEVER_FIRST)})|(?:{'|'.join(NEVER_LAST)})$"
)

# What goes on after 女士 where it follows a name: goods for ladies are called so too.
AFTER_LADY = (
    *"您说来打要想问购买预订下申投反收告同是和与及等也称的在已于因将向让把被给到有没不认联",
    *_words("电话 电联 表示 家里 家的"),
)

# Words right before a name that someone says of oneself.
INTRODUCING = _words("我叫 名叫 本人 我是")

# Roles that stand right before a name.
ROLES = _words(
    """
    记者 通讯员 患者 病人 客户 顾客 乘客 旅客 司机 嫌疑人 被告人 原告 被告 死者 伤者 同事 学生
    教师 会员 业主 房东 职工 员工 村民 市民 居民 作者 教授 院士 教练 队员 选手 演员 导演
    """
)
