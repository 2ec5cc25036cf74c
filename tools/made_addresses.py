"""Texts put together from words: addresses, and what is none, to fit weights to.

The words are those of jieba's dictionary and the names of regions; what they are put together
like is typed here, from everyday use.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba

from detectors.places import regions, short


class Words:
    """Words to put texts together from."""

    def __init__(self, rng: random.Random) -> None:
        """Sorts jieba's dictionary by the part of speech."""
        self.rng = rng
        self.tagged: dict[str, list[str]] = defaultdict(list)
        self.shares: dict[str, list[int]] = defaultdict(list)
        for line in Path(jieba.__file__).with_name("dict.txt").open(encoding="utf-8"):
            word, count, tag = line.split()
            if all("\u4e00" <= c <= "\u9fff" for c in word):
                self.tagged[tag[:1]].append(word)
                so_far = self.shares[tag[:1]]
                so_far.append(int(count) + (so_far[-1] if so_far else 0))
        self.all = [word for words in self.tagged.values() for word in words]
        short_ones = [w for tag in "nav" for w in self.tagged[tag] if len(w) == 2]
        self.two = short_ones
        self.chars = [c for word in short_ones for c in word]
        self.levels = [sorted(regions(level)) for level in ("province", "prefecture", "county")]

    def one(self, options: str | Sequence[str]) -> str:
        """Any of the options; a text of options is split at spaces."""
        return self.rng.choice(options.split() if isinstance(options, str) else options)

    def odds(self, chance: float) -> bool:
        """True as often as said."""
        return self.rng.random() < chance

    def number(self, most: int) -> str:
        """A number, small ones more often."""
        return str(1 + int(most * self.rng.random() ** 2))

    def name(self) -> str:
        """A proper name of two to four characters, as roads and estates have."""
        source = self.rng.random()
        if source < 0.5:
            return self.one(self.two)
        if source < 0.8:
            return self.one(self.chars) + self.one(self.chars)
        return self.one(self.two) + self.one(self.chars)

    def spoken(self, count: int) -> str:
        """A sentence of common words, with their true frequencies."""
        tags = self.rng.choices("nvadrupcmt", [9, 8, 2, 3, 3, 4, 2, 1, 1, 1], k=count)
        words = (self.rng.choices(self.tagged[t], cum_weights=self.shares[t])[0] for t in tags)
        stops = self.rng.choices(["", "，", "。", "、"], [12, 2, 1, 0.5], k=count)
        return "".join(word + stop for word, stop in zip(words, stops, strict=True))

    def region(self) -> str:
        """A region, by one to three levels, in full or in short."""
        parts = [self.one(level) for level in self.levels if self.odds(0.6)]
        if self.odds(0.3):
            parts = [short(part) for part in parts]
        return "".join(parts)


def address(w: Words) -> str:
    """An address: region, then road, estate or village, then the finer details; some left out."""
    if w.odds(0.05):
        return inner(w)
    if w.odds(0.1):
        return vague(w)
    parts = [w.region()] if w.odds(0.65) else []
    if w.odds(0.2):
        parts.append(w.name() + w.one("街道 镇 乡 街道办 新区 开发区 经济开发区 高新区"))
    finer = w.rng.choices([road, estate, village, landmark], [5, 3, 2, 2])[0]
    parts.append(finer(w))
    if finer is road and w.odds(0.4):
        parts.append(w.rng.choice([estate, landmark])(w))
    if w.odds(0.06):
        parts.append("(" + w.name() + w.one("旁 对面 东门 店 附近") + ")")
    return w.one(["", "", "", "", "", " ", "-"]).join(part for part in parts if part)


def vague(w: Words) -> str:
    """A region with a town and a place in it that no mark tells of."""
    towns = w.name() + w.one("街道 镇 乡 新区 开发区") if w.odds(0.6) else ""
    end = "公交车站 门口 超市 饭店 桥 渡 仓库 专柜 工业园 项目部 快递 百货 国际 客运站 对面"
    return w.region() + towns + w.name() + w.one(end)


def road(w: Words) -> str:
    """A road with a number, or a crossing."""
    own = w.name() + w.one("路 路 路 街 大街 大道 巷 胡同 东路 西路 南路 北路 中路 一路 二路 公路")
    if w.odds(0.1):
        return (
            own + w.one("与 和 ") + w.name() + w.one("路 街") + w.one("交叉口 路口 交汇处 东南角")
        )
    if w.odds(0.15):
        return own
    return own + w.number(2000) + w.one("号 号 号 号 弄 号院 #") + (inner(w) if w.odds(0.4) else "")


def estate(w: Words) -> str:
    """A housing estate, with or without the house."""
    end = "小区 花园 家园 苑 公寓 新村 山庄 社区 府 城 华府 名邸 家属院 宿舍 嘉园 国际 雅居 湾 里"
    return w.name() + w.one(end) + (inner(w) if w.odds(0.75) else "")


def village(w: Words) -> str:
    """A village, mostly below a town."""
    town = w.name() + w.one("镇 乡 镇 ") if w.odds(0.7) else ""
    own = w.name() + w.one("村 村 屯 庄 寨 湾 村委会")
    return town + own + w.one(["", "", w.number(20) + "组", w.number(200) + "号", "三组", "二队"])


def landmark(w: Words) -> str:
    """A building, market or school that a parcel can be sent to."""
    end = "大厦 广场 中心 大楼 商城 市场 工业园 科技园 产业园 写字楼 医院 中学 小学 大学 酒店 超市"
    return w.name() + w.one(end) + (inner(w) if w.odds(0.65) else "")


def inner(w: Words) -> str:
    """Building, unit, floor, room: some of them."""
    building = w.one([w.number(60), w.number(60), w.one("A B C D"), w.one("一 二 三 东 西")])
    if w.odds(0.15):
        return "-".join(w.number(n) for n in (40, 4, 2500)[: w.rng.randint(2, 3)])
    out = building + w.one("栋 幢 座 号楼 号楼 #") if w.odds(0.8) else ""
    out += w.number(6) + "单元" if w.odds(0.4) else ""
    out += w.number(30) + w.one("层 楼") if w.odds(0.2) else ""
    return out + (w.number(2500) + w.one(["室", "室", "", "房", "户", "号"]) if w.odds(0.7) else "")


def company(w: Words) -> str:
    """The full name of a company, mostly with its place."""
    place = short(w.one(w.levels[w.rng.randint(0, 2)])) if w.odds(0.7) else ""
    trade = w.one("科技 贸易 网络 建筑 餐饮 物流 医药 电子 房地产开发 文化传媒 物业管理 机械 食品")
    form = w.one("有限公司 股份有限公司 有限责任公司 集团 厂 商行 经营部 分公司 有限公司销售部")
    return place + w.one(["", "市", "省"]) + w.name() + trade + form


def institution(w: Words) -> str:
    """An office, school, hospital or station."""
    end = (
        "人民政府 公安局 教育局 人民医院 第一中学 实验小学 大学 税务局 人民法院 街道办事处 派出所 "
        "图书馆 火车站 机场 汽车站 居民委员会 村民委员会 卫生院 银行 支行 分行 营业部 研究所"
    )
    return w.region() + (w.name() if w.odds(0.3) else "") + w.one(end)


def product(w: Words) -> str:
    """Goods, with a size or a model."""
    return (
        w.one(w.all)
        + w.one(["", w.name(), w.name()])
        + w.one(
            [w.number(900) + w.one("g ml 克 件 个 层 GB 寸 元 室2厅 号 座"), "", "A" + w.number(99)]
        )
    )


def notice(w: Words) -> str:
    """A title: of a rule, a road works, a bus line."""
    head = w.one("关于 印发 申请 查询 ") + w.one(["", w.region()])
    return (
        head + w.spoken(3) + w.one("的通知 管理办法 条例 公告 线路 工程 项目 道路 规划 第3号 方案")
    )


def code(w: Words) -> str:
    """Codes, dates, times and counts."""
    figure = w.one(["", "A", "SKU", "NO."]) + str(w.rng.randrange(10 ** w.rng.randint(3, 15)))
    day = f"20{w.rng.randint(10, 29)}年{w.number(12)}月{w.number(28)}日"
    dashed = f"{w.number(40)}-{w.number(40)}-{w.number(40)}"
    clock = w.number(60) + w.one(": - 分 号 人 次 元 % 层 组 室") + w.number(60) + w.name()
    return w.one([figure, day, dashed, clock, w.number(20) + w.one("号线 号 栋 层 组 室 区 路")])


def remark(w: Words) -> str:
    """A sentence that tells a place or a number."""
    place = w.one([w.region(), w.name() + w.one("路 街 小区 广场 公园"), w.number(20) + "号"])
    return w.spoken(w.rng.randint(1, 6)) + place + w.spoken(w.rng.randint(2, 8))


def post(w: Words) -> str:
    """A department or a job in one."""
    return w.name() + w.one("部 处 科 室 组 中心 车间 队 办公室 部经理 室主任 所 一部 二组 3组 2班")


NEGATIVES: tuple[Callable[[Words], str], ...] = (
    lambda w: w.one(w.all),
    lambda w: w.spoken(w.rng.randint(2, 5)),
    lambda w: w.spoken(w.rng.randint(5, 25)),
    Words.region,
    Words.name,
    company,
    institution,
    product,
    notice,
    code,
    remark,
    post,
)
