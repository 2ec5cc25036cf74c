"""Names of persons in texts, by the tagger: what it calls a person and the name tables admit."""

import re
from functools import cache

import numpy as np
import pyarrow as pa

from detectors.names import names
from detectors.ner.chunks import code_points, cut, promising
from detectors.ner.tagger import Chars, Tagger, numbers_of
from detectors.ner.weights import load
from detectors.person_units import DOTS
from detectors.person_words import NEVER, POLITE, TITLES
from detectors.texts import Flags, Ints, Texts

LEAST = -2.5  # score of two to four Han that the tagger calls a person
_PERSON = frozenset({"PER", "nr"})
_HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
_NAME = re.compile(rf"{_HAN}+(?:[{DOTS}]{_HAN}+)*")
_CALLED = (
    "主席 总理 总统 总裁 市长 省长 县长 镇长 村长 行长 厂长 班长 主编 元帅 将军 大人 哥 姐 总 "
    "老 氏 哥哥 姐姐 爷爷 奶奶 大爷 大妈 大哥 大姐 副"
)
_TITLE = re.compile(f"(?:{'|'.join((*TITLES, *_CALLED.split()))})$")
_NEVER = re.compile(NEVER)


class Persons:
    """Finds names in texts by the model."""

    def __init__(self, tagger: Tagger) -> None:
        """Takes the tagger."""
        self._tagger = tagger
        self._begin, self._inner = numbers_of(tagger.tags, _PERSON)

    def find(self, texts: Texts, rows: Ints) -> tuple[Ints, Ints]:
        """First bytes and ends of the names in the chosen rows."""
        some = Texts(texts.array.take(pa.array(rows)))
        chars, begins = code_points(some)
        starts, ends = cut(chars, begins)
        good = promising(chars, starts, ends)
        first, last = self._tagged(chars, starts[good], ends[good])
        first, last = _admitted(chars, first, last)
        leads = np.append(np.flatnonzero((some.data & 0xC0) != 0x80), len(some.data))
        shift = (texts.offsets[rows] - some.offsets[:-1])[
            np.searchsorted(begins, first, side="right") - 1
        ]
        return leads[first] + shift, leads[last] + shift

    def whole(self, texts: Texts, rows: Ints) -> Flags:
        """For each chosen row, whether the tagger calls all of it one person."""
        some = Texts(texts.array.take(pa.array(rows)))
        chars, begins = code_points(some)
        first, last = self._tagged(chars, begins[:-1], begins[1:])
        at = np.searchsorted(begins, first)
        out = np.zeros(len(rows), np.bool_)
        out[at[(begins[at] == first) & (begins[np.minimum(at + 1, len(rows))] == last)]] = True
        return out

    def _tagged(self, chars: Chars, starts: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """First characters and ends of what the tagger calls persons."""
        tags = self._tagger.tag(chars, starts, ends)
        begin = np.isin(tags, self._begin)
        begin[starts] |= np.isin(tags[starts], self._inner)
        person = begin | np.isin(tags, self._inner)
        begin[1:] |= person[1:] & ~person[:-1]
        finish = person & np.append(begin[1:] | ~person[1:], True)
        return np.flatnonzero(begin), np.flatnonzero(finish) + 1


@cache
def installed() -> Persons:
    """The model of the installed package, read once.

    Raises:
        NoModelError: it is not installed.
    """
    return Persons(Tagger(load()))


def _admitted(chars: Chars, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Without titles and punctuation; of what is left the names, by the tables or by a dot."""
    spans: list[tuple[int, int]] = []
    words: list[str] = []
    for start, end in zip(first.tolist(), last.tolist(), strict=True):
        text = chars[start:end].tobytes().decode("utf-32-le")
        for match in _NAME.finditer(text):
            word = match.group()
            title = _TITLE.search(word)
            word = word[: title.start()] if title and title.start() else word
            if _NEVER.search(word):
                continue
            spans.append((start + match.start(), start + match.start() + len(word)))
            words.append(word)
    fits = np.array(_word_scores(words)) > LEAST
    kept = np.array(spans, np.int64).reshape(-1, 2)[fits]
    return kept[:, 0], kept[:, 1]


def _word_scores(words: list[str]) -> list[float]:
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
