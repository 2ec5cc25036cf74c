"""Rebuild detectors/data/countries.txt: every country with its codes and its names.

Run in an environment with tools/requirements.txt: python tools/build_countries.py

Names and codes are those of the Unicode CLDR, as the package Babel (BSD) carries it; the notice
that the CLDR's licence asks for is Babel's copy of it.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel import Locale, __version__
from babel.core import get_global

TARGET = Path(__file__).parents[1] / "detectors" / "data" / "countries.txt"
HEADER = """\
# Countries and areas: ISO 3166-1 code of two letters, numbers and codes of three letters, former
# ones too, name in Chinese, name in English; tabs between them.
# Source: Unicode CLDR, as Babel {babel} (BSD) has it; Copyright © 2004-2025 Unicode, Inc.
# License: Unicode-3.0, whose notice is LICENSE-Unicode.txt beside this file.
# Written by tools/build_countries.py; {count} lines.
"""
_GROUPS = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}


def countries() -> Iterator[tuple[str, str, str, str]]:
    """Two letters, the other codes, the names; areas without a number are left out."""
    chinese, english = Locale("zh").territories, Locale("en").territories
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for alias, now in get_global("territory_aliases").items():
        if len(alias) == 3 and len(now) == 1:
            codes[now[0]].add(alias)
    for two in sorted(set(chinese) - _GROUPS):
        if two.isalpha() and any(code.isdigit() for code in codes[two]):
            yield two, " ".join(sorted(codes[two])), chinese[two], english[two]


def main() -> None:
    """Write the table."""
    rows = ["\t".join(row) for row in countries()]
    head = HEADER.format(babel=__version__, count=len(rows))
    TARGET.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
