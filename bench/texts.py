"""Names and addresses in running text: exact spans, with the model of the extra `ner` and without.

    python -m bench.texts TEXTS [PUBLIC]

TEXTS is a folder with labelled texts (weibo_dev.jsonl, resume_dev.jsonl, peoplesdaily_dev.jsonl,
address_dev.jsonl), PUBLIC one with checkouts of public repositories (see `bench.public`); they
are evaluation material and no part of the project. Names counted are Chinese ones: two to four
Han that begin with a surname, or any with a dot. The remarks are sentences of our own around
drawn names and labelled addresses, which favours the rules. Needs tools/requirements.txt.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
from faker.providers.person.zh_CN import Provider

from bench import public, samples
from bench.addresses import FINE
from detectors.base import Detector
from detectors.cn.address import Address
from detectors.cn.name import Name
from detectors.name_model import ModelName
from detectors.texts import Texts

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
import made_addresses as generated

TYPES = ("NAME", "PER", "PER.NAM")
SETS = ("resume", "peoplesdaily", "weibo")
KEYED = (
    "收件人:{n},电话{p},地址:{a}",
    "姓名:{n},住址:{a}",
    "申请人:{n};经办人:{m};日期:2024-03-12",
    "客户{n}女士来电,要求换货",
    "患者{n},男,45岁,因腹痛入院",
    "2024-05-01 10:22:31 INFO user={n} addr={a}",
    '{"name":"{n}","mobile":"{p}","address":"{a}"}',
    "法定代表人{n},注册地址{a}",
    "送货地址改成{a},找{n}",
)
FREE = (
    "今天{n}和{m}一起去开会了,下午才回来",
    "这个单子是{n}负责的,有问题找他",
    "让{n}把合同发给{m}确认一下",
    "{n}说他明天休息,改到后天再送",
    "昨天给{n}打电话没人接,{m}接的",
    "和{n}沟通过了,同意退款",
    "麻烦送到{a},谢谢",
    "我住在{a},晚上七点以后在家",
    "退货寄回{a}就行,写{n}的名字",
    "放{a}门口即可",
    "客户在{a}那边,过去要半小时",
    "经{n}同意,由{m}代签",
)
NONE = (
    "{d}质量很好,物流很快,好评",
    "请尽快发货,不要放快递柜",
    "发票抬头:{c},税号稍后提供",
    "系统升级维护,预计两小时后恢复",
    "{c}的合同已归档",
    "白色没货了,换成黑色可以吗",
    "订单超时未支付,已自动关闭",
    "马上安排,张数不够再补",
    "何时发货?程序报错了",
    "江苏省内包邮,新疆西藏除外",
    "会员积分已到账,可兑换{d}",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("public", type=Path, nargs="?", default=Path())
    args = parser.parse_args()
    known = public.surnames(args.public)
    sets = {n: samples.labelled(args.texts / f"{n}_dev.jsonl", TYPES) for n in SETS}
    sets["cluener"] = public.news(args.public)
    for title, detector in (("rules alone", Name()), ("with the model", ModelName())):
        print(f"names in texts, {title}:")
        for name, rows in sets.items():
            if rows:
                samples.spans(detector, name, chinese(rows, known))
                speed(detector, [text for text, _ in rows])
    real = samples.labelled(args.texts / "address_dev.jsonl", FINE)
    addresses = [text for text, spans in real if spans and len(text) >= 8]
    for title, templates in (("keyed", KEYED), ("free", FREE), ("no PI", NONE)):
        rows = remarks(templates, addresses, random.Random(11))
        print(f"remarks, {title}:")
        for kind, detector in (("nm", Name()), ("nm", ModelName()), ("a", Address())):
            gold = [(text, {s for k, s in spans if k in kind}) for text, spans in rows]
            samples.spans(detector, type(detector).__name__, gold)


def chinese(rows: samples.Labelled, surnames: frozenset[str]) -> samples.Labelled:
    """The spans that hold Chinese names; all of them without a list of surnames."""
    if not surnames:
        return rows
    return [(t, {s for s in spans if public.chinese(t[slice(*s)], surnames)}) for t, spans in rows]


def speed(detector: Detector, texts: Sequence[str]) -> None:
    """Print characters a second of processor time."""
    array = pa.array(texts, pa.large_string())
    begun = time.process_time()
    detector.find(Texts(array))
    size = sum(map(len, texts))
    print(f"    {'':<14} {size / (time.process_time() - begun):,.0f} characters/s")


def remarks(
    templates: Sequence[str], addresses: Sequence[str], rng: random.Random
) -> list[tuple[str, list[tuple[str, tuple[int, int]]]]]:
    """Sentences, and for each name and address in them the field and its span."""
    words = generated.Words(random.Random(3))
    surnames, weights = list(Provider.last_names), list(Provider.last_names.values())
    out = []
    for _ in range(1_500):
        own = rng.choices(surnames, weights, k=2)
        given = rng.sample(sorted(Provider.first_names), 2)
        fields = {
            "n": own[0] + given[0],
            "m": own[1] + given[1],
            "a": rng.choice(addresses),
            "p": f"1{rng.randint(30, 99)}{rng.randrange(10**8):08}",
            "d": words.one(words.two),
            "c": generated.company(words),
        }
        text, spans = "", []
        for part in rng.choice(templates).replace("{", "\0{").split("\0"):
            field = part[1:2] if part[2:3] == "}" else ""
            if field:
                value = fields[field]
                if field in "nma":
                    spans.append((field, (len(text), len(text) + len(value))))
                text += value + part[3:]
            else:
                text += part
        out.append((text, spans))
    return out


if __name__ == "__main__":
    main()
