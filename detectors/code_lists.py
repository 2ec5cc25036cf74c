"""Code lists in comments: `性别 0未知 1男 2女` says which code stands for what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

import regex

_CODE = r"(?P<code>(?<![0-9A-Za-z])(?:\d{1,4}|[A-Za-z]{1,2}))"
_SAYS = r"(?:\s*(?:[:：=＝\-—–~.．、·\])）]|->|=>|→|是|为|表示|代表)?[>\s]*|\s*[(（])"
_UNIT = "到至位个字年月日号次级天岁"
_MEANING = rf"(?P<meaning>(?![{_UNIT}])\p{{Han}}[^\d,，;；:：、/／|\\\s=＝()（）\[\]{{}}<>。.\-—]*)"
# `1男`, `0:未知`, `0-女`, `1、已婚`, `M男`, `01 汉族`; and the other way round: `男:1`, `女2`.
_FORMS = (
    regex.compile(_CODE + _SAYS + _MEANING),
    regex.compile(
        r"(?P<meaning>(?![到至])(?:\p{Han}{1,8}\s*[:：=＝\-—]|(?<!\p{Han})\p{Han}{1,3}))"
        r"\s*(?P<code>\d{1,4}|[A-Z])(?![0-9A-Za-z.．])"
    ),
)
_CLAUSE = regex.compile(r"[(（\[【{][^()（）\[\]【】{}]*[)）\]】}]|[:：]\s*[^:：]+$|^[^:：(（]+$")
_BETWEEN = regex.compile(r"[,，;；、/／|\\\s]+|或者?")
_WORD = regex.compile(r"\p{Han}{1,6}")
_EDGES = "()（）[]【】{}:：=＝-— \t\r\n。."
_LONGEST = 10  # what a code stands for is a word, not a sentence


@dataclass(frozen=True, slots=True)
class CodeList:
    """What each code stands for; `start` is where the list begins in the comment."""

    meanings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    start: int = 0


def code_list(comment: str) -> Mapping[str, str]:
    """What each code stands for, in order; empty where the comment lists none.

    A list of bare words is its own code: where values are words, they are these.

    >>> dict(code_list("性别（1、男 2、女）"))
    {'1': '男', '2': '女'}
    >>> dict(code_list("性别：男/女"))
    {'男': '男', '女': '女'}
    """
    return coded(comment).meanings or _words(comment)


@lru_cache(maxsize=65536)
def coded(comment: str) -> CodeList:
    """The list of codes with their meanings; empty where there are fewer than two."""
    best = CodeList(start=len(comment))
    if comment.isalpha() and not comment.isascii():  # one phrase: no code, no list
        return best
    for form in _FORMS:
        found = [m for m in form.finditer(comment) if len(m["meaning"]) <= _LONGEST]
        meanings = {m["code"]: m["meaning"].rstrip(_EDGES) for m in reversed(found)}
        several = len(set(meanings.values())) > 1 and len(meanings) > 1
        if several and len(meanings) > len(best.meanings):
            ordered = {m["code"]: meanings[m["code"]] for m in found}
            best = CodeList(MappingProxyType(ordered), found[0].start())
    return best


@lru_cache(maxsize=65536)
def _words(comment: str) -> Mapping[str, str]:
    """Short words side by side in brackets, behind a colon or alone; `男/女`."""
    if comment.isalpha():
        return MappingProxyType({})
    for clause in _CLAUSE.findall(comment):
        parts = [part for part in _BETWEEN.split(clause.strip(_EDGES)) if part]
        if len(parts) > 1 and all(_WORD.fullmatch(part) for part in parts):
            return MappingProxyType({part: part for part in parts})
    return MappingProxyType({})
