"""docs/sources.md tells of every scheme: a row, a section, its extra, a URL that is one."""

import re
import tomllib

import pytest

from connectors.registry import CONNECTORS, canonical
from tests.test_docs import ROOT, read

TEXT = read("docs/sources.md")
ROWS = [line.strip("| ").split(" | ") for line in TEXT.splitlines() if line.startswith("| ")][2:]
SECTIONS = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"][
    "optional-dependencies"
]


def test_every_scheme_has_a_row_and_no_other_has() -> None:
    told = [scheme for row in ROWS for scheme in re.findall(r"`([a-z][a-z0-9]*)`", row[0])]
    assert sorted(told) == sorted(CONNECTORS)


def test_what_is_to_be_installed_exists() -> None:
    named = set(re.findall(r"picensus\[([a-z0-9]+)\]", TEXT)) - {"7z", "adbc"}
    assert set(CONNECTORS) - {"file", "sqlite", "mariadb"} == named
    assert named <= set(EXTRAS)


def test_links_of_the_table_lead_to_sections() -> None:
    anchors = {re.sub(r"[^a-z0-9 -]", "", s.lower()).replace(" ", "-") for s in SECTIONS}
    assert {link for row in ROWS for link in re.findall(r"\(#([\w-]+)\)", row[1])} == anchors


@pytest.mark.parametrize("url", sorted(set(re.findall(r"`([a-z][a-z0-9]*://[^`\s]{4,})`", TEXT))))
def test_urls_that_are_shown_are_understood(url: str) -> None:
    source = canonical(url)
    assert "password" not in source
    assert "access_key" not in source


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_what_was_not_run_against_a_server_says_so_twice(row: list[str]) -> None:
    for title in re.findall(r"\[([^\]]+)\]\(#", row[1]):
        section = TEXT.partition(f"\n## {title}")[2].partition("\n## ")[0]
        untested = "**no server**" in row[3] and "theirs" not in row[3]
        assert untested == section.strip().startswith("Not run against a server")
