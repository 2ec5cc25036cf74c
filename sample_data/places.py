"""Real districts with their codes; invented roads and house identifiers."""

import random
from dataclasses import dataclass

from sample_data.words import each


@dataclass(frozen=True, slots=True)
class Place:
    """A district: its code on an identity card, its names, telephone and postal code."""

    code: str
    province: str
    city: str
    county: str
    dialled: str
    postal: str

    @property
    def town(self) -> str:
        """Province and city; a municipality is named once."""
        return self.province + ("" if self.city == self.province else self.city)

    @property
    def full(self) -> str:
        """The names from the province down."""
        return self.town + self.county


_PLACES = """
110105 北京市 北京市 朝阳区 010 100020
110108 北京市 北京市 海淀区 010 100080
110228 北京市 北京市 密云县 010 101500
120101 天津市 天津市 和平区 022 300041
130102 河北省 石家庄市 长安区 0311 050011
130203 河北省 唐山市 路北区 0315 063000
140105 山西省 太原市 小店区 0351 030032
150102 内蒙古自治区 呼和浩特市 新城区 0471 010050
210102 辽宁省 沈阳市 和平区 024 110003
210203 辽宁省 大连市 西岗区 0411 116011
220102 吉林省 长春市 南关区 0431 130022
230103 黑龙江省 哈尔滨市 南岗区 0451 150006
310103 上海市 上海市 卢湾区 021 200020
310104 上海市 上海市 徐汇区 021 200030
310112 上海市 上海市 闵行区 021 201100
320102 江苏省 南京市 玄武区 025 210018
320505 江苏省 苏州市 虎丘区 0512 215004
330106 浙江省 杭州市 西湖区 0571 310013
330203 浙江省 宁波市 海曙区 0574 315000
340103 安徽省 合肥市 庐阳区 0551 230001
350102 福建省 福州市 鼓楼区 0591 350001
350203 福建省 厦门市 思明区 0592 361001
360102 江西省 南昌市 东湖区 0791 330006
370102 山东省 济南市 历下区 0531 250014
370202 山东省 青岛市 市南区 0532 266001
410102 河南省 郑州市 中原区 0371 450007
410302 河南省 洛阳市 老城区 0379 471002
420106 湖北省 武汉市 武昌区 027 430061
420502 湖北省 宜昌市 西陵区 0717 443000
430102 湖南省 长沙市 芙蓉区 0731 410011
440106 广东省 广州市 天河区 020 510630
440304 广东省 深圳市 福田区 0755 518033
440402 广东省 珠海市 香洲区 0756 519000
450103 广西壮族自治区 南宁市 青秀区 0771 530028
460106 海南省 海口市 龙华区 0898 570105
500103 重庆市 重庆市 渝中区 023 400010
510104 四川省 成都市 锦江区 028 610021
510107 四川省 成都市 武侯区 028 610041
520102 贵州省 贵阳市 南明区 0851 550001
530102 云南省 昆明市 五华区 0871 650032
540102 西藏自治区 拉萨市 城关区 0891 850000
610113 陕西省 西安市 雁塔区 029 710061
620102 甘肃省 兰州市 城关区 0931 730030
630103 青海省 西宁市 城中区 0971 810000
640104 宁夏回族自治区 银川市 兴庆区 0951 750001
650102 新疆维吾尔自治区 乌鲁木齐市 天山区 0991 830002
"""
PLACES = tuple(Place(*line.split()) for line in _PLACES.strip().splitlines())

_ROADS = each(
    "云栖 望舒 澄怀 锦帆 拾光 栖霞岭 听涛 朗月 青禾 长汀 松筠 沁园 知春里 芳甸 揽秀 白石桥"
)
_WAYS = ("路", "街", "大道", "巷", "东路", "南街", "二路")
_ESTATES = each("悦澜湾 松云里 锦绣苑 梧桐花园 晴川府 听雨小区 和光家园 金穗公寓 星河名邸 翠微新村")


def place(rng: random.Random) -> Place:
    """A district."""
    return rng.choice(PLACES)


def address(rng: random.Random, where: Place) -> str:
    """Somebody's home: district, invented road and number, mostly an estate and a room."""
    road = f"{rng.choice(_ROADS)}{rng.choice(_WAYS)}{rng.randint(1, 399)}号"
    head = where.full if rng.random() < 0.85 else where.county
    estate = rng.choice(_ESTATES)
    block, unit = rng.randint(1, 28), rng.randint(1, 6)
    room = rng.randint(1, 30) * 100 + rng.randint(1, 8)
    tails = (
        "",
        f"{estate}{block}栋{unit}单元{room}室",
        f"{estate}{block}号楼{room}",
        f"{block}幢{room}室",
    )
    return head + road + rng.choices(tails, (1, 4, 2, 2))[0]


def landline(rng: random.Random, where: Place) -> str:
    """An office telephone: area code, hyphen, seven or eight digits."""
    digits = 8 if len(where.dialled) == 3 or where.dialled in {"0512", "0571", "0755"} else 7
    return f"{where.dialled}-{rng.randint(2, 8)}{rng.randrange(10 ** (digits - 1)):0{digits - 1}d}"
