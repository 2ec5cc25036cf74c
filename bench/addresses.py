"""Accuracy and speed of the address detector.

    python -m bench.addresses TEXTS [PUBLIC]

TEXTS is a folder with labelled texts (address_dev.jsonl, and for negatives weibo_dev.jsonl,
resume_dev.jsonl, peoplesdaily_dev.jsonl), PUBLIC one with checkouts of public repositories (see
`bench.public`); they are evaluation material and no part of the project: the weights come from
generated texts alone. Needs tools/requirements.txt: generated texts come from the generator of
tools/made_addresses.py, with another seed than the weights.
"""

import argparse
import random
import re
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa

from bench import public, samples
from detectors.addresses import scores
from detectors.cn.address import Address
from detectors.texts import Texts
from detectors.units import Units

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
import made_addresses as generated

FINE = [
    "road",
    "roadno",
    "subroad",
    "subroadno",
    "poi",
    "subpoi",
    "houseno",
    "cellno",
    "floorno",
    "roomno",
    "community",
    "detail",
]
SENTENCES = (
    "收件人:{n},电话{p},地址:{a}",
    "送货地址改成{a},找{n}",
    '{{"name":"{n}","mobile":"{p}","address":"{a}"}}',
    "法定代表人{n},注册地址{a}",
    "我住在{a},晚上七点以后在家",
    "麻烦送到{a},谢谢",
    "退货寄回{a}就行,写{n}的名字",
    "客户在{a}那边,过去要半小时",
    "师傅已到达{a}附近",
    "放{a}门口即可",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("public", type=Path, nargs="?")
    args = parser.parse_args()
    detector, words = Address(), generated.Words(random.Random(1))
    real = samples.labelled(args.texts / "address_dev.jsonl", FINE)
    exact = [t for t, spans in real if spans]
    good = {
        "labelled": [t for t, _ in real],
        "with road, house or place": exact,
        "with a digit": [t for t in exact if re.search("[0-9]", t)],
        "generated": [generated.address(words) for _ in range(20_000)],
    }
    bad = {
        make.__name__ if make.__name__ != "<lambda>" else f"words {i}": [
            make(words) for _ in range(5_000)
        ]
        for i, make in enumerate(generated.NEGATIVES)
    }
    prose = [
        t
        for n in ("weibo", "resume", "peoplesdaily")
        for t, _ in samples.labelled(args.texts / f"{n}_dev.jsonl", ())
    ]
    bad["clauses of posts and news"] = [c for t in prose for c in re.split("[,，。；]", t) if c]
    print("share of whole values found, addresses:")
    samples.rates(detector, good)
    print("share of whole values found, others:")
    samples.rates(detector, bad)
    others = np.mean([samples.auc(score(exact), score(v)) for v in bad.values()])
    print(f"AUC {others:.4f}")
    print(f"proven in vain: {samples.proven(detector, [v for w in bad.values() for v in w]):.6f}")
    print("columns, share of 0.5:")
    samples.columns(detector, good, bad, 0.5)
    if args.public:
        unseen(args.public, prose)
    print("addresses in texts:")
    samples.spans(detector, "remarks", remarks(exact, random.Random(2)))
    samples.spans(detector, "prose (none)", [(t, set()) for t in prose])
    print("speed:")
    samples.throughput(detector, "addresses", good["labelled"] * 60)
    samples.throughput(detector, "half addresses", half(good["labelled"], bad, 200_000))
    samples.throughput(detector, "news sentences", prose * 20)


def unseen(folder: Path, prose: list[str]) -> None:
    """Print AUC, TPR and FPR by kind, and columns, on public addresses and other words."""
    detector, rng = Address(), random.Random(0)
    good = {
        part: [
            text
            for text, spans in public.addresses(folder, part)
            if any(kind in FINE for *_, kind in spans)
        ]
        for part in ("dev", "test")
    }
    good = {part: texts for part, texts in good.items() if texts}
    bad = {k: v for k, v in public.others(folder).items() if not k.startswith("addresses'")}
    if not good or not bad:
        return
    bad |= {
        "sentences": prose,
        "clauses": [c for t in prose for c in re.split("[,，。；]", t) if c],
    }
    bad = {kind: rng.sample(values, min(3_000, len(values))) for kind, values in bad.items()}
    bad |= look_alikes(rng)
    print("public addresses, others: values, share found, AUC")
    scores = [{k: score(v) for k, v in kinds.items()} for kinds in (good, bad)]
    for kinds, own, against in ((good, scores[0], scores[1]), (bad, scores[1], scores[0])):
        for kind, values in kinds.items():
            areas = [samples.auc(own[kind], other) for other in against.values()]
            area = np.mean(areas) if kinds is good else 1 - np.mean(areas)
            found = samples.whole(detector, values).mean()
            print(f"    {kind:<28} {len(values):>7} {found:.4f} {area:.4f}")
    print("public columns, share of 0.5:")
    samples.columns(detector, good, bad, 0.5)


def look_alikes(rng: random.Random) -> dict[str, list[str]]:
    """Dates and order numbers."""
    return {
        "dates": [
            f"{rng.randint(1990, 2030)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
            for _ in range(2_000)
        ],
        "order numbers": [
            rng.choice(("NO", "SKU", "DD", "A", "")) + str(rng.randrange(10 ** rng.randint(4, 15)))
            for _ in range(2_000)
        ],
    }


def score(values: list[str]) -> samples.Floats:
    texts = Texts(pa.array(values, pa.large_string()))  # in half width
    return scores(Units.of(texts.array)).astype(float)


def half(good: list[str], bad: dict[str, list[str]], count: int) -> list[str]:
    rng = random.Random(3)
    return rng.choices(good, k=count) + rng.choices([v for w in bad.values() for v in w], k=count)


def remarks(addresses: list[str], rng: random.Random) -> samples.Labelled:
    """Sentences with one address in each, and sentences with none."""
    out: samples.Labelled = []
    whole = [a for a in addresses if len(a) >= 8 and not re.search("[,，。；]", a)]
    for _ in range(3_000):
        address = rng.choice(whole)
        template = rng.choice(SENTENCES)
        head = template.split("{a}")[0].format(n="李小红", p="13900000000")
        tail = template.split("{a}")[1].format(n="李小红", p="13900000000")
        out.append((head + address + tail, {(len(head), len(head) + len(address))}))
    return out


if __name__ == "__main__":
    main()
