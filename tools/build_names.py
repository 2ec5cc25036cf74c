"""Rebuild detectors/data/names.npz: what characters Chinese personal names are made of.

Run after build_addresses.py, in an environment with tools/requirements.txt:

    PYTHONPATH=. python tools/build_names.py

Takes less than a minute and gives the same tables every time. Names are those words that jieba's
dictionary tags as names, that the tagger inside jieba (`detectors.ner`) takes for persons too,
and that begin with a surname; names recombined from their parts are added, by a seeded
generator. Common words are all others. Both sides together give, for each length, position and
character, two tables: the log-likelihood ratio of "surname, then given name" against "common
word", and the weights of a logistic regression.
"""

import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import jieba
import numpy as np
import numpy.typing as npt
import opencc
import pyarrow as pa
from faker.providers.person.zh_CN import Provider
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from surnames import COMPOUND, HUNDRED, PLACES, RANKED, RANKED_SHARES, RARE, SHOPS, TIBETAN

from detectors.ner.persons import installed
from detectors.places import known
from detectors.texts import Texts

Floats = npt.NDArray[np.float32]
Table = Mapping[str, float]

DATA = Path(__file__).parents[1] / "detectors" / "data"
LENGTHS = (2, 3, 4)
SEED = 0
DRAWN, DRAWN_COMPOUND = 60_000, 12_000
# Shares of given names of one character, of two, and of spouses who bear both surnames.
ONE, ONE_AFTER_COMPOUND, TWO, DOUBLE = np.log([0.15, 0.25, 0.8, np.exp(-6)])
NO_SURNAME = -18.0
VOCABULARY = 7_000  # characters in use, for smoothing


def main() -> None:
    """Write the table."""
    shares = surname_shares()
    names, words, foreign = dictionary(shares)
    names += drawn(names, shares)
    words += called_after_people() * 4  # as many as they are hard
    parts = dict(likelihoods(names, words, shares))
    chars = sorted({c for word in (*names, *words) for c in word if is_han(c)})
    index = character_index(chars, Counter(c for name in names for c in name))
    table: dict[str, npt.NDArray[np.generic]] = {"index": index}
    for form, rows in parts.items():
        table[form] = np.array([[r[""], *(r.get(c, r[""]) for c in chars)] for r in rows])
    bias = []
    for length in LENGTHS:
        weights, constant = regression(names, words, length, index)
        table[f"weights_{length}"] = weights
        bias.append(constant)
    table["foreign"] = foreign_weights(foreign, words, chars)
    table = {k: v.astype(np.float16) if v.dtype.kind == "f" else v for k, v in table.items()}
    table["bias"] = np.array(bias)
    pairs = [s for s in shares if len(s) == 2 and index[ord(s[0])] and index[ord(s[1])]]
    compound = sorted((key(index, s), np.log(shares[s])) for s in pairs)
    table["compound"] = np.array([k for k, _ in compound], np.uint64)
    table["compound_share"] = np.array([share for _, share in compound])
    table["tibetan"] = np.unique(np.array([key(index, part) for part in TIBETAN.split()]))
    table["surnames"] = np.setdiff1d([index[ord(s)] for s in shares if len(s) == 1], [0])
    regions = [name for name in known() if 2 <= len(name) <= 4]
    table["regions"] = np.unique(np.array([key(index, name) for name in regions]))
    table["about"] = np.array(json.dumps(about(), ensure_ascii=False))
    np.savez_compressed(DATA / "names.npz", **table)


def about() -> dict[str, str]:
    """Where the table came from."""
    return {
        "script": "tools/build_names.py",
        "names and common words": f"jieba {version('jieba')} (MIT), dict.txt and lac_small",
        "given names, surnames": f"Faker {version('Faker')} zh_CN (MIT)",
        "surnames": "ranks as in tools/surnames.py, and the Hundred Family Surnames",
        "traditional characters": "opencc-python-reimplemented "
        f"{version('opencc-python-reimplemented')} (Apache-2.0), TSCharacters",
        "regions": "detectors/data/regions.txt",
    }


def is_han(char: str) -> bool:
    """True for a Han character of the basic plane."""
    return "\u3400" <= char <= "\u9fff"


def surname_shares() -> dict[str, float]:
    """Each surname's share of people: ranks where known, then Faker's percentages."""
    ends = [0, *(rank for rank, _ in RANKED_SHARES)]
    total = np.interp(range(len(RANKED) + 1), ends, [0, *(share for _, share in RANKED_SHARES)])
    shares = dict(zip(RANKED, np.diff(total), strict=True))
    rest = {s: p for s, p in Provider.last_names.items() if s not in shares and len(s) == 1}
    scale = (1 - total[-1]) / sum(rest.values())
    shares |= {surname: max(share * scale, 2e-5) for surname, share in rest.items()}
    for surname in HUNDRED:
        shares.setdefault(surname, 2e-5)
    for surname in RARE:
        shares.setdefault(surname, 1e-5)
    for surname, share in COMPOUND.items():
        shares[surname] = share * 1e-6
    return shares


def dictionary(shares: Table) -> tuple[list[str], list[str], list[str]]:
    """Names, common words and transcribed foreign names of 2 to 4 characters."""
    entries = [
        (word, tag)
        for word, _, tag in map(
            str.split, Path(jieba.__file__).with_name("dict.txt").open(encoding="utf-8")
        )
        if 2 <= len(word) <= 8 and all(map(is_han, word))
    ]
    persons = set(whole_persons(word for word, _ in entries))
    names, words, foreign = [], [], []
    for word, tag in entries:
        person = word in persons
        if tag in {"nr", "nrfg"}:
            if person and len(word) <= 4 and split(word, shares):
                names.append(word)
        elif tag == "nrt":
            if person and len(word) >= 3:
                foreign.append(word)
        elif len(word) <= 4 and not (tag in {"x", "nz", "g"} and person and split(word, shares)):
            words.append(word)
    return names, words, foreign


def whole_persons(words: Iterable[str]) -> Iterable[str]:
    """The words that the tagger takes for one person."""
    listed = list(words)
    texts = Texts(pa.array(listed))
    whole = installed().whole(texts, np.arange(len(texts)))
    return (word for word, is_person in zip(listed, whole, strict=True) if is_person)


def split(word: str, shares: Table) -> tuple[str, str] | None:
    """Surname and given name, the longer surname first."""
    for size in (2, 1):
        if word[:size] in shares and 1 <= len(word) - size <= 2:
            return word[:size], word[size:]
    return None


def drawn(names: Sequence[str], shares: Table) -> list[str]:
    """Names recombined from surnames by share and known given names, or their characters."""
    rng = random.Random(SEED)
    parts = [part for name in names if (part := split(name, shares))]
    given = [g for _, g in parts]
    common = list(Provider.first_names)
    two, one = [g for g in given if len(g) == 2], [g for g in given if len(g) == 1]
    surnames, weights = list(shares), list(shares.values())
    singles = [s for s in surnames if len(s) == 1]
    compounds = list(COMPOUND)
    out = []
    for surname in rng.choices(surnames, weights, k=DRAWN):
        source = rng.random()
        if source < 0.55:
            own = rng.choice(given)
        elif source < 0.7:
            own = rng.choice(common)
        else:
            first, last = rng.choice(given)[0], rng.choice(given)[-1]
            own = first + last if rng.random() < 0.85 else last
        out.append(surname + own)
    roots = [COMPOUND[s] ** 0.5 for s in compounds]
    single_weights = [shares[s] for s in singles]
    for surname in rng.choices(compounds, roots, k=DRAWN_COMPOUND):
        own = rng.choice(two) if rng.random() < 0.75 else rng.choice(one)
        out.append(surname + own)
        if rng.random() < 0.4:
            out.append("".join(rng.choices(singles, single_weights, k=2)) + rng.choice(two))
    return out


def likelihoods(
    names: Sequence[str], words: Sequence[str], shares: Table
) -> Iterable[tuple[str, list[Table]]]:
    """Rows of log ratios by form of name, one a position; "" stands for any other character."""
    counts = {"one": Counter[str](), "first": Counter[str](), "second": Counter[str]()}
    for name in names:
        own = (split(name, shares) or ("", ""))[1]
        places = ("one",) if len(own) == 1 else ("first", "second")
        for place, char in zip(places, own, strict=False):  # a name that did not split has none
            counts[place][char] += 1
    given = {part: log_shares(counted, 0.3) for part, counted in counts.items()}
    common = {
        (length, place): log_shares(Counter(w[place] for w in words if len(w) == length), 0.5)
        for length in LENGTHS
        for place in range(length)
    }
    surname = {"": NO_SURNAME} | {s: np.log(p) for s, p in shares.items() if len(s) == 1}
    compound = {"": 0.0}  # its share is added where the pair is looked up
    forms = {
        "plain_2": (0, surname, given["one"], ONE),
        "plain_3": (0, surname, given["first"], given["second"], TWO),
        "plain_4": (0, surname, surname, given["first"], given["second"], DOUBLE),
        "compound_3": (0, compound, compound, given["one"], ONE_AFTER_COMPOUND),
        "compound_4": (0, compound, compound, given["first"], given["second"], TWO),
    }
    for form, (_, *rows, constant) in forms.items():
        length = len(rows)
        ratios = [minus(row, common[length, place]) for place, row in enumerate(rows)]
        ratios[-1] = {char: ratio + constant for char, ratio in ratios[-1].items()}
        yield form, ratios


def log_shares(counts: Mapping[str, int], smoothing: float) -> Table:
    """The log of each character's share, smoothed; "" for one never seen."""
    total = np.log(sum(counts.values()) + smoothing * VOCABULARY)
    seen = {char: np.log(n + smoothing) - total for char, n in sorted(counts.items())}
    return {"": np.log(smoothing) - total, **seen}


def minus(one: Table, other: Table) -> dict[str, float]:
    """The difference of two tables, for every character of either."""
    chars = sorted({*one, *other})
    return {c: one.get(c, one[""]) - other.get(c, other[""]) for c in chars}


def character_index(chars: Sequence[str], in_names: Mapping[str, int]) -> npt.NDArray[np.uint16]:
    """Code point to column, 0 where unknown; traditional forms share the simplified one's."""
    index = np.zeros(65536, np.uint16)
    index[[ord(c) for c in chars]] = np.arange(1, len(chars) + 1)
    folder = Path(opencc.__file__).parent / "dictionary"
    for line in (folder / "TSCharacters.txt").read_text("utf-8").splitlines():
        traditional, *simplified = line.split()
        known = len(traditional) == 1 and ord(traditional) < 65536
        to = index[ord(simplified[0])] if known and ord(simplified[0]) < 65536 else 0
        if to and traditional not in simplified and in_names.get(traditional, 0) < 30:
            index[ord(traditional)] = to
    return index


def key(index: npt.NDArray[np.uint16], word: str) -> int:
    """A word of up to four characters as one number."""
    number = 0
    for char in word:
        number = number << 16 | int(index[ord(char)])
    return np.uint64(number)


def regression(
    names: Sequence[str], words: Sequence[str], length: int, index: npt.NDArray[np.uint16]
) -> tuple[Floats, float]:
    """Weights by position and character, and the constant."""
    good = [name for name in names if len(name) == length]
    bad = [word for word in words if len(word) == length]
    columns = index.max() + 1
    codes = np.array([[index[ord(c)] for c in word] for word in (*good, *bad)], np.int32)
    features = codes + columns * np.arange(length, dtype=np.int32)
    matrix = csr_matrix(
        (np.ones(features.size), features.ravel(), np.arange(0, features.size + 1, length)),
        shape=(len(features), columns * length),
    )
    labels = np.repeat([1, 0], [len(good), len(bad)])
    weights = np.repeat([0.5 / len(good), 0.5 / len(bad)], [len(good), len(bad)]) * len(labels)
    model = LogisticRegression(C=0.3, max_iter=200).fit(matrix, labels, sample_weight=weights)
    return model.coef_.reshape(length, columns), float(model.intercept_[0])


def foreign_weights(foreign: Sequence[str], words: Sequence[str], chars: Sequence[str]) -> Floats:
    """How much likelier each character is in transcribed names than in words, as a log."""
    ours = log_shares(Counter(c for name in foreign for c in name), 1.0)
    theirs = log_shares(Counter(c for word in words for c in word), 1.0)
    ratios = minus(ours, theirs)
    return np.array([ratios[""], *(ratios.get(c, ratios[""]) for c in chars)])


def called_after_people() -> list[str]:
    """Villages and shops with a surname in them, which people are not called."""
    plain = [surname + end for surname in RANKED for end in PLACES + SHOPS]
    return plain + [f"{surname}家{end}" for surname in RANKED for end in PLACES]


if __name__ == "__main__":
    main()
