"""Made-up names: surnames as common as they are in China, given names by chance."""

import random
from string import ascii_lowercase

from sample_data.words import each

# The hundred commonest surnames, by rank, and how they are spelt in an e-mail address.
_SURNAMES = each("""
王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 朱zhu 马ma 胡hu
郭guo 何he 高gao 罗luo 林lin 郑zheng 梁liang 谢xie 宋song 唐tang 韩han 许xu 冯feng 邓deng 曹cao
彭peng 曾zeng 肖xiao 田tian 董dong 袁yuan 于yu 潘pan 蒋jiang 杜du 蔡cai 余yu 程cheng 魏wei 叶ye
吕lv 丁ding 苏su 任ren 沈shen 姚yao 姜jiang 卢lu 崔cui 钟zhong 谭tan 汪wang 范fan 陆lu 金jin
石shi 廖liao 贾jia 夏xia 付fu 方fang 韦wei 邹zou 白bai 熊xiong 孟meng 秦qin 邱qiu 尹yin 江jiang
薛xue 闫yan 侯hou 段duan 雷lei 史shi 龙long 陶tao 顾gu 贺he 黎li 郝hao 毛mao 邵shao 龚gong 万wan
钱qian 武wu 戴dai 严yan 孔kong 向xiang 覃qin 常chang 汤tang
""")
_COMPOUND = each("欧阳ouyang 诸葛zhuge 上官shangguan 司马sima 慕容murong 东方dongfang")
# Share of people, in per mille of each surname, in ranks 1-10, 11-25, 26-50 and 51-100.
_BANDS = ((10, 43.5), (15, 10.7), (25, 5.2), (50, 2.8))
_WEIGHTS = [weight for count, weight in _BANDS for _ in range(count)] + [0.3] * len(_COMPOUND)

_MALE = (
    "伟强磊军洋勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林"
    "海峰建国志文博瀚哲轩睿晨航泽楷炎诚毅恒"
)
_FEMALE = (
    "芳娜敏静秀丽艳娟霞燕玲桂英玉萍红梅琳洁婷雪慧莹倩颖瑶妍佳欣怡雯璐菲蕾薇岚婕晴茜琪蓉云兰凤珍翠彤"
)
# Names of Uyghurs, Tibetans and others; GB18030 writes the dot as A1A4. And a rare character.
_OTHERS = (
    ("阿依古丽·买买提", "ayguli", "女"),
    ("古丽娜尔·艾合买提", "gulnar", "女"),
    ("买买提江·吐尔逊", "mamatjan", "男"),
    ("巴特尔", "bater", "男"),
    ("扎西顿珠", "zhaxi", "男"),
    ("卓玛央金", "zhuoma", "女"),
    ("陈䶮", "chenyan", "男"),
    ("阿卜杜拉·依明", "abdulla", "男"),
)


def name(rng: random.Random) -> tuple[str, str, str]:
    """A name, what its owner writes before the @, and the sex that it suggests."""
    if rng.random() < 0.008:
        return rng.choice(_OTHERS)
    entry = rng.choices((*_SURNAMES, *_COMPOUND), _WEIGHTS)[0]
    surname = entry.rstrip(ascii_lowercase)
    sex = rng.choice("男女")
    stock = _MALE if sex == "男" else _FEMALE
    given = rng.choice(stock) if rng.random() < 0.25 else "".join(rng.sample(stock, 2))
    return surname + given, entry.removeprefix(surname), sex
