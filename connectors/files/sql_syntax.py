"""The words of SQL dumps, as patterns over UTF-8: strings, names, rows, and what lies between."""

import re
from dataclasses import dataclass
from functools import lru_cache

_DEEP = 3  # brackets in the brackets of a row: CAST(CONVERT(...) AS ...)
PART = rb'(?:`[^`\n]+`|"[^"\n]+"|\[[^\]\n]+\]|\'[^\'\n]+\'|[\w$#@\x80-\xff]+)'
NAME = PART + rb"(?:\s*+\.\s*+" + PART + rb"){0,2}"
NAMES = rb"\(\s*+" + PART + rb"(?:\s*+,\s*+" + PART + rb")*+\s*+\)"
_QUOTED = rb"'[^']*+(?:''[^']*+)*+'"
_ESCAPED = rb"'[^'\\]*+(?:(?:\\.|'')[^'\\]*+)*+'"
_DOUBLED = rb'"[^"]*+"'
_DOUBLED_ESCAPED = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
# PostgreSQL's strings with backslashes, and Oracle's with brackets of one's own choice.
_CHOICE = rb"\[.*?\]|\{.*?\}|\(.*?\)|<.*?>|!.*?!|~.*?~|\^.*?\^|\|.*?\||#.*?#"
_LETTERED = rb"[eE]" + _ESCAPED + rb"|[qQ]'(?:" + _CHOICE + rb")'|[qQeE]"
_COMMENT = rb"--[^\n]*+|/\*.*?\*/"
_HEADS = (
    rb"INSERT\s|REPLACE\s+INTO|CREATE\s|COPY\s|COMMENT\s+ON|EXEC|GO\b|DELIMITER\s|USE\s|/\s|BEGIN\b"
)
_MYSQL = (b"MySQL", b"MariaDB", b"/*!", b"ENGINE=", b"ENGINE =", b"AUTO_INCREMENT")
_OTHERS = (
    b"PostgreSQL database dump",
    b"standard_conforming_strings",
    b"PRAGMA foreign_keys",
    b"[dbo]",
    b"SET DEFINE OFF",
    b"set define off",
)
_TARGET = re.compile(rb"Target Server Type\s*:\s*(\w+)")
_ANOTHER = re.compile(rb"PostgreSQL|Oracle|SQL Server")
_BACKSLASH = re.compile(rb"\\'(?!\s*+[,)])")


@dataclass(frozen=True, slots=True)
class Syntax:
    """The patterns for one way of writing strings.

    `rows` matches whole rows, `row` finds each with what stands before it, `value` each value
    in a row, `body` what is between the brackets of CREATE TABLE, `piece` what separates its
    columns, `rest` a statement up to its end or to the beginning of another.
    """

    backslash: bool
    rows: re.Pattern[bytes]
    row: re.Pattern[bytes]
    value: re.Pattern[bytes]
    body: re.Pattern[bytes]
    piece: re.Pattern[bytes]
    rest: re.Pattern[bytes]


def has_backslashes(head: bytes) -> bool:
    r"""Is `\'` a quotation mark in a string, as in MySQL? Told from the beginning of a dump."""
    if target := _TARGET.search(head[:2000]):
        return target[1].upper() in {b"MYSQL", b"MARIADB"}
    if _ANOTHER.search(head[:2000]) or any(mark in head for mark in _OTHERS):
        return False
    if any(mark in head for mark in _MYSQL) or b"`" in head:
        return True
    return _BACKSLASH.search(head) is not None


@lru_cache(maxsize=2)
def syntax(backslash: bool) -> Syntax:
    """The patterns for dumps with backslashes in strings, or without."""
    string = _ESCAPED if backslash else _QUOTED
    strings = string + rb"|" + (_DOUBLED_ESCAPED if backslash else _DOUBLED)
    lettered = b"" if backslash else rb"|" + _LETTERED
    stop = b"" if backslash else b"qQeE"
    plain = rb"[^'\"()" + stop + rb"]++|" + strings + lettered
    row = rb"\(" + _nested(plain, _DEEP) + rb"\)"
    flat = rb"[^,'\"()" + stop + rb"]++|" + strings + lettered
    quick = rb"'[^'\\]*+'(?=[,)])|[\w.-]++(?=[,)])|"  # nearly all values
    value = quick + rb"(?:" + flat + rb"|\(" + _nested(plain, _DEEP - 1) + rb"\))*+"
    body = rb"[^'\"()`/-]++|`[^`]*+`|" + _COMMENT + rb"|" + strings + rb"|[/-]"
    rest = rb"[^;'\"`$/\n-]++|\n(?!\s*+(?i:" + _HEADS + rb"))|" + strings + rb"|`[^`]*+`"
    rest += rb"|\$(\w*+)\$.*?\$\1\$|" + _COMMENT + rb"|['\"`$/-]"
    gap = rb"(?:\s++|" + _COMMENT + rb")*+"
    return Syntax(
        backslash,
        re.compile(rb"(?:" + gap + rb",?" + gap + row + rb")*+", re.DOTALL),
        re.compile(rb"(?:\b(?i:VALUES?)|,|\A)" + gap + rb"(" + row + rb")", re.DOTALL),
        re.compile(rb"[(,]\s*+(" + value + rb")", re.DOTALL),
        re.compile(rb"\(" + _nested(body, _DEEP) + rb"\)", re.DOTALL),
        re.compile(rb"(" + strings + rb"|`[^`]*+`)|(" + _COMMENT + rb")|([(),])", re.DOTALL),
        re.compile(rb"(?:" + rest + rb")*+", re.DOTALL),
    )


def names(text: bytes) -> tuple[str, ...]:
    """The names in a list or a dotted name, without their quotation marks."""
    return tuple(map(unquoted, re.findall(PART, text)))


def unquoted(name: bytes) -> str:
    """A name without the marks around it."""
    shown = name[1:-1] if name[:1] in {b"`", b'"', b"[", b"'"} else name
    return shown.decode("utf-8", "replace")


def _nested(plain: bytes, depth: int) -> bytes:
    """What is between brackets, with brackets in it."""
    deeper = rb"|\(" + _nested(plain, depth - 1) + rb"\)" if depth else b""
    return rb"(?:" + plain + deeper + rb")*+"
