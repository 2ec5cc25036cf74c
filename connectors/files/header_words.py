"""What names of columns are made of: enough of it to tell a header from a row of data.

What a name means is another question, which `detectors.headers` answers.
"""

# A Chinese name ends with one of these.
_ENDS = """
姓名 名称 名字 用户名 户名 公司名 文件名 商品名 曾用名 编号 编码 号码 号 电话
手机 座机 传真 联系 联系人 联系方式 地址 住址 住所 日期 时间 生日 性别 民族
籍贯 学历 学位 证件 身份证 护照 年龄 邮箱 邮件 邮编 备注 说明 描述 内容 标题
类型 类别 种类 分类 状态 岗位 金额 单价 价格 总价 合计 小计 余额 数量 次数
序号 代码 户籍 户口 账号 帐号 卡号 账户 帐户 职务 职业 职称 国籍 来源 渠道
经度 纬度 密码 昵称 姓氏 得分 成绩 分数 比例 比率 占比 名次 排名 结果 原因
意见 年份 月份 名稱 編號 號碼 號 電話 手機 聯絡 聯絡人 類型 狀態 金額 序號
時間 備註 說明 帳號 郵箱 身分證
"""
# These end values too (a company, a school), so only these words may stand before them.
_WHOLE = """
公司 单位 部门 学校 班级 年级 专业 城市 省份 区县 街道 用户 客户 会员 等级 版本 單位 部門 地區
"""
_BEFORE = "所在|所属|工作|就读|毕业|家庭|现|原|常住|收货|注册|开户|发证|填报"
_LATIN = """
id ids no num number code name names title type kind class category status state flag date time
year month day hour created updated phone mobile tel telephone cell fax email mail address addr
street city province district country county region zip postcode age sex gender birthday birth dob
user username uid login nickname customer client member account password remark remarks note notes
comment desc description memo content text message msg value values key keys amount price cost
total sum count qty quantity balance rate score level rank size length width height weight lat lng
lon latitude longitude ip url uri path file host port version index seq sort parent order product
sku item brand model color unit company org department dept job position salary bank card school
grade education nation nationality race marital contact owner author creator operator source
channel target label tag tags group role start end begin row column field data result reason first
last xm xingming sfz sfzh sfzhm zjhm zjh zjlx dh dhhm lxdh lxr sj sjh sjhm dz zz jtzz xb xingbie nl
mz minzu csrq jg xl bz rq sq bh xh dm mc lx zt
"""
LATIN = frozenset(_LATIN.split())
HAN = (
    rf"[\u3400-\u9fff]{{0,8}}(?:{'|'.join(_ENDS.split())})"
    rf"|(?:{_BEFORE})?(?:{'|'.join(_WHOLE.split())})"
)
