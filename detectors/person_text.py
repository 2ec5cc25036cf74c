"""Names inside longer texts, where something beside them tells: a key, a title, a trait, a role.

RE2 picks the texts that have any of those words; only they are looked at in Python. Every
candidate is then scored by the tables of `detectors.names`, all at once.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from detectors.names import LIKELY, names
from detectors.person_words import (
    AFTER,
    AFTER_LADY,
    ASCII_KEYS,
    BEFORE,
    HAN_KEYS,
    NEVER,
    POLITE,
    ROLES,
    TITLES,
    TRAITS,
)
from detectors.texts import Flags, Texts

_SHORTEST = 9  # bytes of a text with a name and a word beside it: `xm=` and two of Han
_LONGEST_KEY = 24  # characters, with what stands between it and the sign
_DESCRIBED_LEAST = -4.0  # score of three characters before a trait: few words stand there
_HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"  # with the rare ones beyond the basic plane
DOTS = "·•‧∙・"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Spans of one text of which the first that scores above `least` is a name."""

    spans: tuple[tuple[int, int], ...]
    least: float
    proven: bool


Found = tuple[int, int, bool]  # first byte, byte after the last, proven


def find(texts: Texts, skip: Flags) -> list[Found]:
    """Every name beside a telling word, in the rows that are not to be skipped."""
    rows = np.flatnonzero(~skip & (texts.lengths >= _SHORTEST))
    rows = rows[
        np.asarray(pc.match_substring_regex(texts.array.take(pa.array(rows)), _prefilter()))
    ]
    asked: list[tuple[int, str, Candidate]] = []
    for row in map(int, rows):
        text = texts.text(int(texts.offsets[row]), int(texts.offsets[row + 1]))
        asked += ((row, text, candidate) for candidate in candidates(text))
    scores = iter(word_scores([text[a:b] for _, text, c in asked for a, b in c.spans]))
    found: list[Found] = []
    last = before = -1
    char = byte = 0  # how far the text is counted: candidates come in order of position
    for row, text, candidate in asked:
        fits = [s for s in candidate.spans if next(scores) > candidate.least]
        if row != before:
            before, char, byte = row, 0, int(texts.offsets[row])
        if fits:
            begin = byte + len(text[char : fits[0][0]].encode())
            char, byte = fits[0][0], begin
            if begin >= last:
                last = begin + len(text[slice(*fits[0])].encode())
                found.append((begin, last, candidate.proven))
    return found


def candidates(text: str) -> list[Candidate]:
    """Where names may stand, in order of position."""
    rules = (_keyed, _titled, _described, _introduced, _in_role)
    found = [c for rule in rules for c in rule(text) if not _is_never(text, c)]
    return sorted(found, key=lambda c: (c.spans[0][0], not c.proven))


def _is_never(text: str, candidate: Candidate) -> bool:
    """True where the first span, the likeliest, has something in it that no name has."""
    likeliest = text[slice(*candidate.spans[0])]
    return likeliest[1:] not in POLITE and _NEVER.search(likeliest) is not None


def _keyed(text: str) -> Iterator[Candidate]:
    """`姓名：X`, `receiver=X`, `"name":"X"`, and more after it by `、`."""
    for match in _KEYED.finditer(text):
        key = _KEY.search(text, max(match.start() - _LONGEST_KEY, 0), match.start())
        if key is None:
            continue
        at, end = match.span("name")
        least = 0.0 if (key["ascii"] or "").lower() == "name" else LIKELY
        if any(dot in match["name"] for dot in DOTS):
            yield Candidate(((at, end),), -np.inf, proven=True)
            continue
        yield Candidate(_cuts(text, at, end), least, proven=True)
        while more := _MORE.match(text, end):
            end = more.end()
            yield Candidate((more.span(1),), LIKELY, proven=True)


def _cuts(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The run of Han as a name; else its beginnings, where the rest goes on as after a name."""
    whole = ((start, end),) if 2 <= end - start <= 4 else ()
    sizes = (size for size in (4, 3, 2) if size < end - start)
    parts = tuple((start, start + n) for n in sizes if _AFTER.match(text, start + n))
    return whole + parts or ((start, start),)


def _titled(text: str) -> Iterator[Candidate]:
    """`X先生`: X begins at a border, or after a word that may stand before a name."""
    for match in _TITLE.finditer(text):
        end = match.start()
        surnamed = match[0] in POLITE and not text.startswith("姐", match.end())
        if surnamed and _begins(text, end - 1):
            yield Candidate(((end - 1, match.end()),), -np.inf, proven=True)
            continue
        for size in (4, 3, 2):
            at = end - size
            if at < 0 or not _ALL_HAN.fullmatch(text, at, end):
                continue
            if at == 0 or not _ALL_HAN.fullmatch(text, at - 1, at):
                yield Candidate(((at, end),), LIKELY if size < 4 else 0.0, proven=True)
            elif text.startswith(_BEFORE_ENDS, at - 1) and _BEFORE.search(text, max(at - 4, 0), at):
                yield Candidate(((at, end),), 1.0, proven=True)


def _begins(text: str, at: int) -> bool:
    """Whether a character is Han, and no other Han stands before it but a word before names."""
    if at < 0 or not _ALL_HAN.fullmatch(text, at, at + 1):
        return False
    if at == 0 or not _ALL_HAN.fullmatch(text, at - 1, at):
        return True
    return text.startswith(_BEFORE_ENDS, at - 1) and bool(_BEFORE.search(text, max(at - 4, 0), at))


def _described(text: str) -> Iterator[Candidate]:
    """`X，男，汉族`: sex, people, nationality or birth follows."""
    for match in _DESCRIBED.finditer(text):
        least = _DESCRIBED_LEAST if len(match[1]) == 3 else LIKELY
        yield Candidate((match.span(1),), least, proven=True)


def _introduced(text: str) -> Iterator[Candidate]:
    """`我叫X`."""
    for match in _INTRODUCED.finditer(text):
        yield Candidate((match.span(1),), 0.0, proven=False)


def _in_role(text: str) -> Iterator[Candidate]:
    """`记者X报道`: a role before, and after it the end or a word that goes on."""
    for match in _ROLE.finditer(text):
        at = match.end()
        sizes = (n for n in (3, 2) if _ALL_HAN.fullmatch(text, at, at + n))
        spans = tuple((at, at + n) for n in sizes if _GOES_ON.match(text, at + n))
        if spans:
            yield Candidate(spans, 2.0, proven=False)


def word_scores(words: list[str]) -> list[float]:
    """A score for each; -inf for what is not two to four Han, +inf for names with a dot.

    A surname before a form of address is certain too.
    """
    out = np.full(len(words), -np.inf)
    by_length: dict[int, list[int]] = {2: [], 3: [], 4: []}
    for i, word in enumerate(words):
        if len(word) > 2 and any(dot in word for dot in DOTS):
            out[i] = np.inf
        elif word[1:] in POLITE:
            surname = names().is_surname(names().codes(np.array([ord(word[0])], np.uint32)))
            out[i] = np.inf if surname[0] else -np.inf
        elif len(word) in by_length:
            by_length[len(word)].append(i)
    for length, at in by_length.items():
        if at:
            joined = "".join(words[i] for i in at).encode("utf-32-le", "replace")
            chars = np.frombuffer(joined, np.uint32).reshape(-1, length)
            out[at] = names().scores(names().codes(chars))
    listed: list[float] = out.tolist()
    return listed


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_KEY = re.compile(
    rf"(?:(?<![A-Za-z_])(?P<ascii>{ASCII_KEYS})|{_any(HAN_KEYS)})[\"']?\s{{0,3}}(?:是|为|叫)?\s{{0,3}}$",
    re.IGNORECASE,
)
_KEYED = re.compile(  # the sign after a key; the key is looked for only where one stands
    rf"[=:]\s{{0,3}}[\"'\[]{{0,2}}"
    rf"(?P<name>{_HAN}{{1,8}}(?:[{DOTS}]{_HAN}{{1,8}}){{1,4}}|{_HAN}{{2,10}})"
)
_MORE = re.compile(rf"\s?[、/]\s?({_HAN}{{2,4}})(?!{_HAN})")
_TITLE = re.compile(  # not in 律师事务所, nor in 女士跑步鞋
    rf"女士(?:(?!{_HAN})|(?={AFTER_LADY}))"
    f"|(?:{_any([title for title in TITLES if title != '女士'])})(?!事务)"
)
_NEVER = re.compile(NEVER)
_BEFORE = re.compile(f"(?:{_any(BEFORE)})$")
_BEFORE_ENDS = tuple(sorted({word[-1] for word in BEFORE}))
_AFTER = re.compile(_any((*AFTER, *HAN_KEYS)))
_ALL_HAN = re.compile(f"{_HAN}+")
_DESCRIBED = re.compile(rf"(?<!{_HAN})({_HAN}{{2,4}})\s?[,、(\s]\s?(?:性别:?)?(?:{TRAITS})")
_INTRODUCED = re.compile(rf"(?:我叫|名叫|本人|我是)({_HAN}{{2,4}})(?!{_HAN})")
_ROLE = re.compile(_any(ROLES))
_GOES_ON = re.compile(rf"$|(?!{_HAN}).|{_any(AFTER)}", re.DOTALL)


@cache
def _prefilter() -> str:
    """RE2: what every text with a candidate has."""
    before = _any((*ROLES, "我叫", "名叫", "本人", "我是"))
    keys = rf"(?:{ASCII_KEYS}|{_any(HAN_KEYS)})[\"']?\s*(?:是|为|叫)?\s*[=:]"
    keys += r"[\x00-\x20\"'\[]*[^\x00-\x7f]"  # most values in logs are ASCII
    traits = r"(?:性别:?)?(?:[男女]|\p{Han}+族|中国国籍|[12]\d\d\d年|\d+岁)"
    beside = (
        rf"{_HAN}(?:{_any(tuple(POLITE))})|{_HAN}{{2}}(?:{_any(TITLES)})|(?:{before}){_HAN}{{2}}"
    )
    beside += rf"|\p{{Han}}\s?[,、(\s]\s?{traits}"
    return rf"(?i)(?:{keys}|{beside})"
