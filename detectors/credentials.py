"""Passwords and tokens where their place tells: in a URL, behind an option, in a header of HTTP.

RE2 picks the texts that have such a place, and only these are looked at in Python.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from detectors.texts import Ints, Texts

# What stands for a password and is none: `${PWD}`, `<password>`, `****`, `{{ pw }}`.
_STANDS_FOR = re.compile(
    r"[$%]?[{(<\[]|\$\w|[*xX#.]+$|%[sd]|(?:password|passwd|pwd|token)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Places:
    """`seen` (RE2, small letters) picks texts; the first group of each `shape` is the value."""

    seen: str
    shapes: Sequence[re.Pattern[str]]

    def spans(self, texts: Texts) -> tuple[Ints, Ints]:
        """First byte and byte after the last of each value, in order, apart from each other."""
        found = pc.match_substring_regex(texts.array, self.seen)
        rows = np.flatnonzero(np.asarray(found, dtype=np.bool_))
        spans = [span for row in rows.tolist() for span in self._in(texts, row)]
        starts, ends = np.array(spans, np.int64).reshape(-1, 2).T
        return starts, ends

    def _in(self, texts: Texts, row: int) -> list[tuple[int, int]]:
        text = texts.row_text(row)
        found = sorted(m.span(1) for shape in self.shapes for m in shape.finditer(text))
        kept: list[tuple[int, int]] = []
        last = 0
        for start, end in found:
            if start >= last and not _STANDS_FOR.match(text, start, end):
                kept.append((start, end))
                last = end
        return list(texts.byte_spans(row, text, kept))


PASSWORDS = Places(
    r"://[^\s/@?#:]*:[^\s/@]+@|[Tt]hin:[^\s/@]+/[^\s@]+@|"
    r"(?:mysql|mysqldump|mysqladmin|mysqlimport|mariadb|sshpass)\b.* -p|redis-cli.* (?:-a|--pass)",
    (
        # Behind the user, before the host: `redis://:pw@h`, `jdbc:mysql://root:pw@h/db`.
        re.compile(r"://[^\s/@?#:]{0,64}:([^\s/@]{1,128})@(?=[\w.\[$-])"),
        re.compile(r"(?i)\bthin:[^\s/@]{1,64}/([^\s@/]{1,128})@"),  # Oracle
        re.compile(
            r"\b(?:mysql|mysqldump|mysqladmin|mysqlimport|mariadb)\b(?:[^|;\n]{0,200}?)\s-p"
            r"[\"']?([^\s\"'|;]{1,72})"
        ),
        re.compile(r"\bsshpass\s+-p\s?[\"']?([^\s\"'|;]{1,72})"),
        re.compile(r"\bredis-cli\b(?:[^|;\n]{0,200}?)\s(?:-a|--pass)[ =][\"']?([^\s\"'|;]{1,128})"),
    ),
)
TOKENS = Places(
    r"(?i)(?:bearer|basic) +[0-9a-z._~+/-]{6}|cookie[\"']?: *[^ ]+=",
    (
        re.compile(
            r"(?i)(?<![a-z])(?:authorization[\"']?\s?[:=]\s?[\"']?)(?:bearer|basic|token)\s+"
            r"([0-9A-Za-z._~+/-]{6,}=*)"
        ),
        re.compile(r"(?<![A-Za-z])(?:Bearer|bearer) +([0-9A-Za-z._~+/-]{16,}=*)"),
        re.compile(r"(?i)(?<![a-z])set-cookie[\"']?: *[\"']?([^\s;=\"']{1,64}=[^\s;\"']{8,})"),
        re.compile(r"(?i)(?<![a-z-])cookie[\"']?: *[\"']?((?:[^\s;=\"']{1,64}=[^;\"'\s]+;? ?)+)"),
    ),
)
