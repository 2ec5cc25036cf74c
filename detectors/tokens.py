"""The words of a column's name, of a table's name or of a comment; never substrings."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from detectors.header_words import Sense, folded, simplified, words

# Acronyms, capitalised and lower-case words, digits; Han runs stay whole until they are segmented.
_PIECE = regex.compile(r"\p{Han}+|[A-Z]+s?(?![a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_SHORT = frozenset({"ip", "qq", "wx", "id", "no", "is", "by"})  # words, and no initials
_JOINED = 5  # no word of a name is written in more pieces
_MISSPELT = 10  # letters over a border from which a word may have one wrong
_LONGEST = 12  # Han characters in the longest word
_UNKNOWN = Sense()
_AGENT = Sense(owner="person")  # what ends in these is somebody who does something
_AGENTS = ("人", "者", "员")
_STOP = Sense(stop=True)  # what ends in these is a measure, whatever it is of
_MEASURES = ("率", "数", "量", "额", "费", "价", "款", "期", "型", "类", "段")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a header with its senses; `known` where the vocabulary has it."""

    text: str
    sense: Sense
    known: bool = True


@lru_cache(maxsize=65536)
def tokens(header: str) -> tuple[Token, ...]:
    """The words of a name or a phrase, in order; digits that belong to no word are left out."""
    pieces = _PIECE.findall(header if header.isascii() else header.translate(simplified()))
    out: list[Token] = []
    at = 0
    while at < len(pieces):
        count, found = _longest(pieces, at)
        out += found
        at += count
    return tuple(out)


def _longest(pieces: list[str], at: int) -> tuple[int, list[Token]]:
    """The longest word that begins at a piece, across pieces; else what the piece is made of."""
    vocabulary, near = words().exact, words().near
    for count in range(min(_JOINED, len(pieces) - at), 0, -1):
        key = folded("".join(pieces[at : at + count]))
        if key not in vocabulary and count > 1 and len(key) >= _MISSPELT:
            key = near.get(key, key)
        sense = vocabulary.get(key)
        if sense and (len(key) > 1 or not key.isascii()):
            return count, [Token(key, sense)]
    piece = pieces[at].lower()
    if piece.isdigit() or (len(piece) == 1 and piece.isascii() and len(pieces) > 1):
        return 1, []  # the number of a column, or the letter of its table or type
    return 1, list(_segmented(piece) if not piece.isascii() else _unglued(piece))


@lru_cache(maxsize=65536)
def _segmented(run: str) -> tuple[Token, ...]:
    """A Han run as the fewest words that leave the fewest characters unknown."""
    vocabulary = words().exact
    best: list[tuple[int, int]] = [(0, 0)]  # cost of the first n characters, where the last begins
    for end in range(1, len(run) + 1):
        choices = [(best[end - 1][0] + 100, end - 1)]
        for start in range(max(0, end - _LONGEST), end):
            if run[start:end] in vocabulary:
                cost = best[start][0] + 10 + (end - start == 1)
                choices = [*choices, (cost, start)]
        best.append(min(choices))
    spans, end = [], len(run)
    while end:
        spans.append((best[end][1], end))
        end = best[end][1]
    return tuple(_joined_unknown([run[a:b] for a, b in reversed(spans)]))


def _joined_unknown(parts: list[str]) -> Iterator[Token]:
    """Tokens of the parts; unknown characters side by side make one."""
    vocabulary = words().exact
    unknown = ""
    for part in [*parts, ""]:
        known = part in vocabulary
        if unknown and (known or not part):
            sense = _AGENT if unknown.endswith(_AGENTS) else _UNKNOWN
            sense = _STOP if unknown.endswith(_MEASURES) else sense
            yield Token(unknown, sense, known=sense is not _UNKNOWN)
            unknown = ""
        if known:
            yield Token(part, vocabulary[part])
        else:
            unknown += part


@lru_cache(maxsize=65536)
def _unglued(piece: str) -> tuple[Token, ...]:
    """A Latin piece as words written without a border, as initials, or as a misspelling."""
    found = _cover(piece, initials=False)
    if found is None and not set(piece) & set("aeiouv"):
        found = _cover(piece, initials=True)
    if found is None:
        found = _near(piece)
    return found or (Token(piece, _UNKNOWN, known=False),)


def _cover(piece: str, initials: bool) -> tuple[Token, ...] | None:
    """The fewest words that make up the whole piece, or nothing."""
    listed = words().exact  # initials that are listed go before those that follow from a word
    vocabulary = words().initials if initials else listed
    best: list[tuple[Token, ...] | None] = [()]
    for end in range(1, len(piece) + 1):
        choices = []
        for start in range(end):
            part, before = piece[start:end], best[start]
            short = part in _SHORT
            fits = (len(part) > 1 and not short) if initials else (len(part) > 2 or short)
            if before is not None and fits and part in vocabulary:
                sense = listed[part] if part in listed and listed[part].kind else vocabulary[part]
                choices.append((*before, Token(part, sense)))
        best.append(min(choices, key=len, default=None))
    return best[-1]


def _near(piece: str) -> tuple[Token, ...] | None:
    """The long word that is one letter away; a plural is one too."""
    vocabulary, near = words().exact, words().near
    if len(piece) < 4:
        return None
    word = near.get(piece)
    if word is None and piece.endswith("s") and piece[:-1] in vocabulary:
        word = piece[:-1]
    if word is None:
        shorter = (piece[:i] + piece[i + 1 :] for i in range(len(piece)))
        word = next(
            (w for w in shorter if len(w) >= 6 and w in vocabulary and vocabulary[w].kind), None
        )
    return (Token(word, vocabulary[word]),) if word else None
