"""Parts that names of companies, goods, dishes, films, jobs and places are put together from."""

import random

from sample_data.words import each

Parts = tuple[tuple[str, ...], ...]


def put_together(parts: Parts, rng: random.Random, count: int) -> list[str]:
    """So many names, one choice of each part in a row."""
    return ["".join(rng.choice(part) for part in parts) for _ in range(count)]


_PLACES = each("""
北京 上海 广州 深圳 杭州 南京 苏州 宁波 成都 武汉 长沙 西安 郑州 青岛 厦门 福州 合肥 济南
昆明 贵阳 太原 兰州 大连 沈阳 长春 哈尔滨 石家庄 南昌 南宁 海口 无锡 常州 温州 绍兴 嘉兴
""")
_BRANDS = each("""
华盛 恒通 鑫达 天成 宏远 金诚 万家 永信 瑞祥 德胜 明珠 东方 汇通 博远 安泰 康宁 力帆 王牌
林海 马可 江南 石头 金龙 白象 周黑 李记 张小 高德 方圆 程远 孟河 汤泉 余香 云杉 大地 小熊
""")
_TRADES = each("""
科技 贸易 实业 网络 信息技术 医药 食品 建筑工程 物流 电子商务 机械 化工 服饰 文化传播 教育咨询
""")
COMPANIES: Parts = (
    (*_PLACES, *[place + "市" for place in _PLACES], "", ""),
    _BRANDS,
    _TRADES,
    each("有限公司 有限责任公司 股份有限公司 集团 公司 厂 商行 经营部"),
)
GOODS: Parts = (
    (*_BRANDS, "", "", ""),
    each("智能 无线 便携 加厚 纯棉 不锈钢 多功能 家用 儿童 男士 女士 高清 防水 迷你 车载 进口"),
    each("水杯 耳机 充电器 衬衫 电饭煲 手机壳 键盘 台灯 书包 跑步鞋 洗发水 面膜 奶粉 茶叶 大米"),
    ("", "", "", *each("M L XL 500ml 2.5kg 64G 红色 黑色 套装 礼盒 2代 Pro A3")),
)
DISHES_OF: Parts = (
    each("红烧 清蒸 糖醋 鱼香 宫保 麻辣 水煮 干锅 蒜蓉 葱爆 酱香 白灼 凉拌 小炒 铁板 黄焖"),
    each("肉丝 牛肉 排骨 鸡丁 鲈鱼 豆腐 茄子 土豆 大虾 羊肉 青菜 木耳 肥肠 鸭血 花甲 藕片"),
)
FILMS_OF: Parts = (
    each(
        "黄河 长江 大唐 东方 最后的 消失的 我的 白色 红色 金色 高山 石头 江湖 城南 马路 林海 云水"
    ),
    each("往事 传奇 之恋 天使 少年 旧事 风云 孤儿 列车 情缘 爱情 岁月 归途 密码 人家 花开 雪原"),
    ("", "", "", *each("2 第三季 前传 上 下")),
)
JOBS: Parts = (
    each("高级 初级 资深 助理 首席 区域 项目 技术 市场 财务 人事 行政 生产 采购 售后 前端 仓库"),
    each("经理 主管 专员 工程师 总监 会计 文员 顾问 设计师 司机 技师 店长 教师 护士 操作工 分析师"),
)
PLACES_OF: Parts = (
    each("东 西 南 北 新 老 大 小 上 下 前 后 青 白 黄 红 龙 凤 石 金 王 李 张 刘 陈 马 高 林"),
    each("山 河 湖 沟 岭 庄 桥 湾 塘 溪 坪 坝 店 集 家 泉 岗 原 海 关 城 寨"),
    each("镇 乡 村 公园 水库 景区 广场 站 大桥 小区 路口 古镇 森林公园 湿地 温泉"),
)
