"""Occupation or position (职业或职务).

Sources:
    GB/T 6565 (occupations) and GB/T 8561 (titles), as forms use them; the words that occupations
    and positions end with.

Caught:
    Whole values that end in a word for who does the work, of the form only (销售经理, 前端工程师,
    小学教师, 副局长), or that are an occupation by themselves, proven (公务员, 个体户). In a text
    behind a word that names it (`职业：教师`).

Not caught:
    Occupations without a telling end (计算机, 自由). Codes. What stands amid a sentence.

Mistaken for it:
    Advertisements of jobs, roles of users, names of departments' heads, so that values never
    name a column without its header. Of random Han words 3 in 100.
"""

from typing import ClassVar

from detectors.base import Proof
from detectors.keyed import WordedDetector, listed

OCCUPATIONS = listed(
    "公务员 教师 教授 副教授 讲师 助教 医生 医师 护士 护师 药师 工程师 高级工程师 助理工程师 律师 "
    "法官 检察官 警察 民警 军人 士兵 会计 会计师 出纳 审计 记者 编辑 翻译 演员 歌手 导演 摄影师 "
    "设计师 程序员 司机 驾驶员 厨师 服务员 保安 保洁 保姆 快递员 外卖员 销售 销售员 业务员 营业员 "
    "收银员 客服 采购 文员 秘书 前台 行政 人事 工人 职工 职员 农民 农民工 渔民 牧民 学生 大学生 "
    "小学生 中学生 退休 离退休 离退休人员 退休人员 待业 无业 失业 下岗 自由职业 自由职业者 个体 "
    "个体户 个体经营 个体工商户 企业主 私营业主 企业家 企业职工 企业员工 事业单位 事业单位员工 "
    "家庭主妇 家务 餐饮服务 科研人员 专业技术人员 技术人员 管理人员 干部 村干部 商人 董事长 "
    "总经理 总裁 经理 主管 主任 科长 处长 局长 院长 校长 书记 村民 居民 散居儿童 幼托儿童 电工 "
    "焊工 木工 瓦工 钳工 车工 水电工 油漆工 普工 技工 学徒 实习生 teacher doctor nurse engineer "
    "driver lawyer student manager clerk farmer worker retired unemployed freelancer"
)
_HEADS = (
    "经理|总监|主管|主任|专员|助理|工程师|设计师|架构师|分析师|会计师|审计师|咨询师|顾问|教师|"
    "老师|教授|讲师|导师|教练|医生|医师|护士|护师|护士长|药师|药剂师|技师|技术员|研究员|程序员|"
    "操作员|管理员|业务员|营业员|服务员|收银员|采购员|质检员|检验员|安全员|施工员|资料员|造价员|"
    "预算员|统计员|驾驶员|售货员|推销员|销售员|保管员|仓管员|理货员|配送员|快递员|科员|职员|"
    "办事员|联络员|辅导员|教练员|裁判员|飞行员|乘务员|公务员|员|工|师|司机|厨师|会计|出纳|秘书|"
    "文员|律师|法官|检察官|法务|前台|客服代表|销售代表|代表|董事|董事长|监事|总裁|副总|"
    "首席\\p{Han}{0,3}官|负责人|组长|班长|队长|店长|厂长|部长|科长|处长|局长|厅长|司长|县长|市长|"
    "区长|镇长|乡长|村长|所长|站长|院长|校长|园长|会长|秘书长|理事长|理事|行长|社长|馆长|书记|"
    "委员|参谋|政委|连长|营长|警员|警官|士兵|军官|干部|骨干|工人|农民|从业者|工作者|从业人员|"
    "技术人员|管理人员|服务人员|生产人员|人员|[作画专]家|(?:科学|艺术|音乐|企业|歌唱|书法|舞蹈|"
    "作曲|教育|评论|理论|银行|政治|投资|收藏)家|商人|老板|店主|学生|实习生|学徒"
)
_ENGLISH = (
    "manager|engineer|director|officer|assistant|specialist|consultant|analyst|designer|developer"
    "|supervisor|president|teacher|professor|doctor|nurse|driver|clerk|accountant|secretary"
    "|representative|administrator|architect|executive|worker|technician|programmer|salesman|chef"
    "|CEO|CTO|CFO|COO|HR|VP|PM|intern|lead(?:er)?|head"
)


class JobTitle(WordedDetector):
    """Finds occupations and positions."""

    kind: ClassVar[str] = "job_title"
    chance: ClassVar[float] = 1e-4
    shape_chance: ClassVar[float] = 0.7
    text_chance: ClassVar[float] = 1e-4
    expected: ClassVar[float] = 0.7
    alone: ClassVar[bool] = False
    otherwise: ClassVar[float] = 0.4
    terms: ClassVar[frozenset[str]] = OCCUPATIONS
    codes: ClassVar[frozenset[str]] = listed(
        "无 其他 其它 未知 农 工 商 学 兵 务农 务工 经商 打工 在职 行政人事"
    )
    patterns: ClassVar[tuple[tuple[Proof, str], ...]] = (
        (Proof.SHAPE, rf"[\p{{Han}}A-Za-z/()·-]*(?:{_HEADS})(?:\([^()]{{1,10}}\)|助理)?"),
        (Proof.SHAPE, rf"(?i)(?:[a-z.&/-]+ )*(?:{_ENGLISH})"),
    )
