"""Accuracy and speed of the name detector.

    python -m bench.names TEXTS [PUBLIC]

TEXTS is a folder with labelled texts (weibo_dev.jsonl, resume_dev.jsonl, peoplesdaily_dev.jsonl:
`text`, `spans` of start, end and type), PUBLIC one with checkouts of public repositories (see
`bench.public`); they are evaluation material and no part of the project, and nothing of them
went into the tables. Needs tools/requirements.txt: the common words, which the tables were
made from too and which are therefore no part of the AUC, come from jieba's dictionary.
Names in texts: `bench.texts`.
"""

import argparse
import random
import re
import sys
from pathlib import Path

import jieba
import numpy as np
import pyarrow as pa
from faker.providers.person.zh_CN import Provider

from bench import public, samples
from detectors.cn import name as module
from detectors.cn.name import Name
from detectors.name_model import ModelName
from detectors.names import LIKELY
from detectors.texts import Texts

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
import made_addresses as generated

TYPES = ("NAME", "PER", "PER.NAM")
SETS = ("resume", "peoplesdaily", "weibo")
OPEN = (
    "historical",
    "towns, suffix cut",
    "companies, short",
    "CLUENER organization",
    "THUOCL diming",
)
HAN = re.compile("[\u3400-\u9fff]{2,4}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("public", type=Path, nargs="?")
    args = parser.parse_args()
    if args.public:
        unseen(args.public)
    sets = {n: samples.labelled(args.texts / f"{n}_dev.jsonl", TYPES) for n in SETS}
    detector = Name()
    good, bad = positives(sets), negatives(sets)
    print("share of whole values found, names:")
    tpr = samples.rates(detector, good)
    print("share of whole values found, others:")
    fpr = samples.rates(detector, bad)
    print(f"TPR {tpr:.3f}, FPR {fpr:.3f}")
    alike = {k: [v for v in values if HAN.fullmatch(v)] for k, values in bad.items()}
    alike = {k: values for k, values in alike.items() if len(values) > 20}
    print("the same, values of 2 to 4 Han alone:")
    samples.rates(detector, alike)
    scored = [
        np.mean([samples.auc(score(v), score(w)) for w in alike.values()]) for v in good.values()
    ]
    print("AUC by kind of name:", dict(zip(good, np.round(scored, 3).tolist(), strict=True)))
    print(f"proven in vain: {samples.proven(detector, [v for w in bad.values() for v in w]):.6f}")
    print("columns, share of 0.6:")
    samples.columns(detector, good, bad, 0.6)
    print("speed:")
    names = good["drawn"] * 10
    words = [w for values in bad.values() for w in values]
    mixed = random.Random(2).choices([*good["drawn"], *words], k=400_000)
    samples.throughput(detector, "names", names)
    samples.throughput(detector, "half names", names[:200_000] + words[:200_000])
    samples.throughput(detector, "mixed", mixed)
    samples.throughput(detector, "news sentences", [t for t, _ in sets["peoplesdaily"]] * 20)


def score(values: list[str]) -> samples.Floats:
    texts = Texts(pa.array(values, pa.large_string()))
    return module.scored(texts, texts.offsets[:-1], texts.offsets[1:]).astype(float)


def unseen(folder: Path) -> None:
    """Print AUC, TPR and FPR by kind, and columns, on names and words that no table was made of."""
    detector, surnames = Name(), public.surnames(folder)
    good = {
        kind: [name for name in found if public.chinese(name, surnames)] or found
        for kind, found in public.names(folder).items()
    }
    bad = public.others(folder)
    if not good or not bad:
        return
    scores = [{k: graded(detector, v) for k, v in kinds.items()} for kinds in (good, bad)]
    print("public names: values, TPR, AUC against all others")
    for kind, own in scores[0].items():
        areas = [samples.auc(own, other) for other in scores[1].values()]
        print(f"    {kind:<28} {len(own):>7} {(own > LIKELY).mean():.4f} {np.mean(areas):.4f}")
    print("public others: values, FPR, AUC against all names")
    for kind, own in scores[1].items():
        areas = [samples.auc(other, own) for other in scores[0].values()]
        print(f"    {kind:<28} {len(own):>7} {(own > LIKELY).mean():.4f} {np.mean(areas):.4f}")
    areas = [samples.auc(a, b) for a in scores[0].values() for b in scores[1].values()]
    rates = [np.mean([(s > LIKELY).mean() for s in side.values()]) for side in scores]
    print(f"public: TPR {rates[0]:.4f}, FPR {rates[1]:.4f}, AUC {np.mean(areas):.4f}")
    print("public columns, share of 0.6:")
    samples.columns(detector, good, bad, 0.6)
    foreign = [
        n for n in public.names(folder)["names in news"] if n not in set(good["names in news"])
    ]
    print("columns of 200 that the tables leave open: share found by tables, with the model")
    for kind, values in {
        "other names in news": foreign,
        **{k: (good | bad)[k] for k in OPEN if k in good | bad},
    }.items():
        helped(kind, [value for value in values if HAN.fullmatch(value)])


def helped(kind: str, values: list[str]) -> None:
    """Print the mean and the extremes of the shares found in ten columns of 200 values."""
    rng = random.Random(0)
    drawn = [sorted(set(rng.sample(values, min(200, len(values))))) for _ in range(10)]
    for detector in (Name(), ModelName()):
        shares = [float(samples.whole(detector, column).mean()) for column in drawn]
        print(
            f"    {kind:<28} {type(detector).__name__:<10} mean {np.mean(shares):.3f}, "
            f"{min(shares):.3f} to {max(shares):.3f}"
        )


def graded(detector: Name, values: list[str]) -> samples.Floats:
    """The score of each value; a fixed one for names of other forms, such as with a dot."""
    out = score(values)
    out[np.isinf(out) & samples.whole(detector, values)] = 5.0
    return out


def positives(sets: dict[str, samples.Labelled]) -> dict[str, list[str]]:
    found = {
        n: sorted({t[a:b] for t, spans in rows for a, b in spans if HAN.fullmatch(t[a:b])})
        for n, rows in sets.items()
    }
    rng = random.Random(1)
    weights = list(Provider.last_names.values())
    surnames = rng.choices(list(Provider.last_names), weights, k=30_000)
    one = [g for g in Provider.first_names if len(g) == 1]
    given = [*Provider.first_names, *(a + b for a in one for b in one if a != b)]
    found["drawn"] = [surname + rng.choice(given) for surname in surnames]
    return found


def negatives(sets: dict[str, samples.Labelled]) -> dict[str, list[str]]:
    by_tag: dict[str, list[str]] = {}
    for line in Path(jieba.__file__).with_name("dict.txt").open(encoding="utf-8"):
        word, _, tag = line.split()
        if HAN.fullmatch(word) and not tag.startswith("nr"):
            by_tag.setdefault(f"words tagged {tag[:2]}", []).append(word)
    kinds = {tag: words for tag, words in by_tag.items() if len(words) >= 500}
    words = generated.Words(random.Random(1))
    for make in (generated.company, generated.institution, generated.product, generated.post):
        kinds[make.__name__] = [make(words) for _ in range(5_000)]
    kinds["proper names of estates"] = [words.name() for _ in range(5_000)]
    kinds["regions in short"] = sorted(generated.short(r) for r in generated.regions())
    clauses = {c for text, _ in sets["weibo"] for c in re.split(r"[^\u3400-\u9fff]+", text)}
    names = {text[a:b] for text, spans in sets["weibo"] for a, b in spans}
    kinds["clauses of posts"] = sorted(c for c in clauses - names if 2 <= len(c) <= 6)
    return kinds


if __name__ == "__main__":
    main()
