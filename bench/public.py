"""Names, addresses and other words out of public repositories, which nobody need keep here.

They are for evaluation alone: none of them went into the tables or weights (see `tools/`), nor
may it. A folder holds checkouts, each under its repository's name:

    wainshine/Chinese-Names-Corpus   wainshine/Company-Names-Corpus   psychbruce/ChineseNames
    thunlp/THUOCL                    modood/Administrative-divisions-of-China
    hemingkx/CLUENER2020             luopeixiang/named_entity_recognition (Resume)
    leodotnet/neural-chinese-address-parsing
"""

import csv
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from python_calamine import CalamineWorkbook

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))
from surnames import COMPOUND

Kinds = dict[str, list[str]]
Spans = list[tuple[str, list[tuple[int, int, str]]]]

LISTS = ("IT", "animal", "caijing", "car", "chengyu", "diming", "food", "law", "medical", "poem")
CLUENER = "CLUENER2020/BERT-CRF/data/clue/train.json"
RESUME = "named_entity_recognition/ResumeNER/{}.char.bmes"
ADDRESSES = "neural-chinese-address-parsing/data/{}.txt"
HAN = re.compile("[\u3400-\u9fff]{2,4}")
SUFFIX = re.compile(r"(?:街道办事处|街道|地区|民族乡|苏木|镇|乡)$")
DRAWN = 12_000
# Everyday code lists of an application, typed here.
EVERYDAY = {
    "statuses": "已完成 待付款 待发货 已发货 处理中 已取消 未支付 已关闭 审核中 已通过 已驳回 正常 "
    "停用 启用 禁用 成功 失败 待审核 已签收 退款中 已退款 未开始 进行中 已结束 草稿 已发布 在线",
    "departments": "财务部 人事部 市场部 研发部 销售部 采购部 行政部 技术部 客服部 法务部 生产部 "
    "质检科 后勤处 教务处 总经办 办公室 信息中心 安全科 工会 审计部 物流部 仓储部 培训部 工程部",
    "colours and sizes": "红色 黑色 白色 蓝色 绿色 灰色 米白色 藏青色 深灰色 浅蓝色 卡其色 玫红色 "
    "均码 大号 小号 加大 中码 金色 银色 紫色 粉色 咖啡色 香槟色 酒红色 墨绿色 军绿色 天蓝色",
}


def read(folder: Path, path: str, parse: Callable[[str], Kinds]) -> Kinds:
    """What one file gives, or nothing, said on standard error, where it is not there."""
    file = folder / path
    if not file.exists():
        print(f"missing, left out: {file}", file=sys.stderr)
        return {}
    return parse(file.read_text("utf-8-sig"))


def names(folder: Path) -> Kinds:
    """Names of persons: board members, in news, drawn from a census, of history."""
    rng = random.Random(1)
    found: Kinds = {}
    people: set[str] = set()
    for part in ("train", "dev", "test"):
        people |= set(read(folder, RESUME.format(part), _spans_by_type).get("NAME", []))
    found["board members"] = sorted(people)
    found["names in news"] = read(folder, CLUENER, _cluener).get("name", [])
    found |= _census(folder, rng)
    ancient = "Chinese-Names-Corpus/Chinese_Names_Corpus/Ancient_Names_Corpus（25W）.txt"
    listed = read(folder, ancient, lambda text: {"": text.split("\n")[3:]}).get("", [])
    listed = [name.strip() for name in listed if 2 <= len(name.strip()) <= 4]
    found["historical"] = rng.sample(listed, min(DRAWN, len(listed)))
    return {kind: values for kind, values in found.items() if values}


def _census(folder: Path, rng: random.Random) -> Kinds:
    """Surnames by frequency, with the commonest given names and with characters by frequency."""

    def columns(path: str, word: str, *counts: str) -> tuple[list[str], list[float]]:
        rows = read(
            folder,
            f"ChineseNames/data-csv/{path}.csv",
            lambda text: {word: [json.dumps(row) for row in csv.DictReader(text.splitlines())]},
        ).get(word, [])
        parsed = [json.loads(row) for row in rows]
        return [r[word] for r in parsed], [sum(float(r[c] or 0) for c in counts) for r in parsed]

    surnames, weights = columns("familyname", "surname", "n.1930_2008")
    given, often = columns("top1000name.prov", "name", "n.male", "n.female")
    chars, shares = columns("givenname", "character", "n.male", "n.female")
    if not (surnames and given and chars):
        return {}
    firsts = rng.choices(surnames, weights, k=2 * DRAWN)
    common = rng.choices(given, often, k=DRAWN)
    rare = ("".join(rng.choices(chars, shares, k=1 + (rng.random() < 0.85))) for _ in range(DRAWN))
    return {
        "census, common given names": [a + b for a, b in zip(firsts, common, strict=False)],
        "census, by character": [a + b for a, b in zip(firsts[DRAWN:], rare, strict=True)],
    }


def surnames(folder: Path) -> frozenset[str]:
    """Surnames of one list, compound ones too; none where it is not there."""
    name = "Chinese-Names-Corpus/Chinese_Names_Corpus/Chinese_Family_Name（1k）.xlsx"
    if not (folder / name).exists():
        print(f"missing, left out: {folder / name}", file=sys.stderr)
        return frozenset()
    rows = CalamineWorkbook.from_path(str(folder / name)).get_sheet_by_index(0).to_python()
    return frozenset(str(row[0]).strip() for row in rows[1:]) | frozenset(COMPOUND)


def chinese(name: str, surnames: frozenset[str]) -> bool:
    """True for two to four Han that begin with a surname, and for names with a dot."""
    begins = name[:1] in surnames or name[:2] in surnames
    return "·" in name or bool(HAN.fullmatch(name) and begins)


def others(folder: Path) -> Kinds:
    """Words and names that are no person's, by kind."""
    found: Kinds = {kind: words.split() for kind, words in EVERYDAY.items()}
    for kind in LISTS:
        found[f"THUOCL {kind}"] = read(folder, f"THUOCL/data/THUOCL_{kind}.txt", _first_words).get(
            "", []
        )
    for kind, values in read(folder, CLUENER, _cluener).items():
        if kind != "name":
            found[f"CLUENER {kind}"] = values
    parts: Kinds = defaultdict(list)
    for part in ("train", "dev", "test"):
        for kind, values in read(folder, RESUME.format(part), _spans_by_type).items():
            parts[kind] += values
    found |= {f"Resume {k}": sorted(set(v)) for k, v in parts.items() if k not in {"NAME", "CONT"}}
    divisions = "Administrative-divisions-of-China/dist/{}.csv"
    for kind in ("cities", "areas", "streets"):
        found[kind] = read(folder, divisions.format(kind), _named).get("", [])
    found["towns, suffix cut"] = sorted(
        {cut for town in found["streets"] if len(cut := SUFFIX.sub("", town)) >= 2}
    )
    spans = read(folder, ADDRESSES.format("train"), _spans_by_type)
    for kind in ("road", "poi", "community", "devzone"):
        found[f"addresses' {kind}"] = spans.get(kind, [])
    short = "Company-Names-Corpus/Company-Shorter-Form（28W）.txt"
    found["companies, short"] = read(folder, short, lambda t: {"": t.split("\n")[3:]}).get("", [])
    return {k: [v.strip() for v in values if v.strip()] for k, values in found.items() if values}


def addresses(folder: Path, part: str = "test") -> Spans:
    """Labelled addresses: text, and first character, end and type of each part."""
    file = folder / ADDRESSES.format(part)
    if not file.exists():
        print(f"missing, left out: {file}", file=sys.stderr)
        return []
    return list(_labelled(file.read_text("utf-8")))


def news(folder: Path) -> list[tuple[str, set[tuple[int, int]]]]:
    """Sentences of CLUENER with the spans of persons."""
    file = folder / CLUENER
    if not file.exists():
        print(f"missing, left out: {file}", file=sys.stderr)
        return []
    out = []
    for row in map(json.loads, file.read_text("utf-8").splitlines()):
        found = row["label"].get("name", {}).values()
        out.append((row["text"], {(a, b + 1) for spans in found for a, b in spans}))
    return out


def _first_words(text: str) -> Kinds:
    lines = (line.strip() for line in text.splitlines())
    return {"": [re.split(r"\s+", line)[0] for line in lines if line]}


def _named(text: str) -> Kinds:
    return {"": sorted({row["name"] for row in csv.DictReader(text.splitlines())})}


def _cluener(text: str) -> Kinds:
    found: dict[str, set[str]] = defaultdict(set)
    for row in map(json.loads, text.splitlines()):
        for kind, values in row["label"].items():
            found[kind] |= set(values)
    return {kind: sorted(values) for kind, values in found.items()}


def _spans_by_type(text: str) -> Kinds:
    found: dict[str, set[str]] = defaultdict(set)
    for line, spans in _labelled(text):
        for start, end, kind in spans:
            found[kind].add(line[start:end])
    return {kind: sorted(values) for kind, values in found.items()}


def _labelled(text: str) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Sentences of one character a line with its tag: B, I or M, E, S and O."""
    for block in re.split(r"\n\s*\n", text):
        rows = [line.rsplit(" ", 1) for line in block.split("\n") if " " in line]
        spans: list[tuple[int, int, str]] = []
        for at, (_, tag) in enumerate(rows):
            place, _, kind = tag.partition("-")
            if place in {"B", "S"}:
                spans.append((at, at + 1, kind))
            elif place in {"I", "M", "E"} and spans and spans[-1][1] == at:
                spans[-1] = (spans[-1][0], at + 1, kind)
        yield "".join(char for char, _ in rows), spans
