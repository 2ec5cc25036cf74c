"""What a column's comment says: its leading phrase, its code list, how values are stored."""

from collections.abc import Mapping
from functools import lru_cache

import regex

from detectors.code_lists import code_list, coded
from detectors.header_words import kinds_that, meanings
from detectors.phrases import Meaning, Reading, meaning_of

# Where the leading phrase ends: what follows explains it.
_END = regex.compile(
    r"[（(：:，,；;。！!？?【\[{<|=＝]|--|->|\s+[-—]|\s+[A-Za-z](?=\s|$)|\s*\d|\r|\n"
    r"|(?<=[\p{Han}\s])(?<![意所])见(?![习面证])"
)
_ASIDE = regex.compile(r"^\s*[（(【\[<][^）)】\]>]*[）)】\]>]")
# The number of a standard, of a question or of a rank before the phrase: `099姓名`, `* 3、姓名`.
_NUMBERED = regex.compile(
    r"^[\s*＊#]*(?:[A-Za-z/._-]*[\s-]*\d[0-9A-Za-z./ -]*[.、)）:：\s]*)?(?=\p{Han})"
)
# `家庭成员1年龄`, `手机2号码`: which one; but not `手机号11位`: how long.
_ORDINAL = regex.compile(
    r"(?<=\p{Han})\d{1,2}\s*(?=\p{Han})(?![位个字岁年月天次元级分秒时条份至到])"
)
_OR = regex.compile(r"[/、／]|或者?(?=\p{Han}{2})")
_HAN = regex.compile(r"\p{Han}")
_STATED = (
    ("hashed", regex.compile(r"(?i)哈希|散列|\bmd5|sha-?(?:1|256)|sm3")),  # `MD5加密` is one
    ("encrypted", regex.compile(r"(?i)加密(?!狗|货币)|密文|\baes|\bsm4|\b3?des\b|\brsa\b")),
    ("masked", regex.compile("脱敏|掩码")),
)
_PROSE = 14  # Han characters from which a comment explains rather than names
_STRAY = 4  # one meaning in so many may be foreign to the kind


@lru_cache(maxsize=65536)
def said(comment: str) -> tuple[Meaning, ...]:
    """What the leading phrase means; one for each of its alternatives."""
    phrase = phrase_of(comment)
    plain = phrase.isalpha() and "或" not in phrase
    parts = [phrase] if plain else [part for part in _OR.split(phrase) if part.strip()]
    found = [meaning_of(part) for part in parts]
    if len(found) > 1 and all(m.owner == "person" and not m.flag for m in found):
        called = all(m.kind in kinds_that("called") or not m.kind for m in found)
        found = [Meaning(Reading.OTHER, word=phrase)] if called else found  # sorts of people
    if len(found) > 1 and not all(m.reading is Reading.KIND for m in found):
        found = found[:1]
    if len(_HAN.findall(phrase)) >= _PROSE:
        sure = [m for m in found if m.reading is Reading.KIND and m.grade > 1]
        return tuple(sure) or (Meaning(Reading.SILENT, prose=True),)
    return tuple(found)


@lru_cache(maxsize=65536)
def state(comment: str) -> str:
    """How the comment says that values are stored; "" where it does not."""
    return next((name for name, words in _STATED if words.search(comment)), "")


def phrase_of(comment: str) -> str:
    """The leading phrase: what the comment calls the column."""
    if comment.isalpha() and "见" not in comment:  # as most are: nothing to cut off
        return comment
    text = _ASIDE.sub("", comment[: coded(comment).start])
    text = _ORDINAL.sub("", _NUMBERED.sub("", text)).strip()
    return _END.split(text, maxsplit=1)[0].strip()


@lru_cache(maxsize=65536)
def listed_kind(comment: str) -> str:
    """The kind whose code list a comment gives; "" where it gives none or that of none."""
    if not code_list(comment):
        return ""
    return next((k for k in meanings() if k in kinds_that("listed") and _lists(comment, k)), "")


@lru_cache(maxsize=65536)
def contradicts(comment: str, kind: str) -> bool:
    """Whether the comment gives codes that stand for something else than this kind."""
    listed = coded(comment).meanings or _others(code_list(comment))
    if not listed or _lists(comment, kind):
        return False
    words = set(listed.values())
    if words <= meanings()["answer"] | meanings()["filler"]:
        return kind not in kinds_that("answered") | kinds_that("listed")
    if kind in kinds_that("closed"):
        return not words & meanings()[kind]
    return kind not in kinds_that("coded")


def _others(listed: Mapping[str, str]) -> Mapping[str, str]:
    """A list of words only where they are of what looks like a kind and is none: `公/母`."""
    return listed if set(listed.values()) & meanings()["other"] else {}


def _lists(comment: str, kind: str) -> bool:
    if kind not in kinds_that("listed"):
        return False
    words = list(code_list(comment).values())
    own = meanings()[kind]
    strange = [w for w in words if w not in own and w not in meanings()["filler"]]
    return sum(w in own for w in words) > 1 and len(strange) * _STRAY <= len(words)
