"""The documents say what is there: commands, options, exit codes, kinds, links; examples run."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

from detectors.catalogue import kinds
from detectors.masking import masked
from detectors.own_file import load_file
from detectors.registry import load, named
from scanner import cli
from scanner.config import settings_of

ROOT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")
DOCUMENTS = sorted(
    path for pattern in ("*.md", "docs/*.md", "sample_data/*.md") for path in ROOT.glob(pattern)
)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
CALL = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?picensus +(\w+)(.*)", re.MULTILINE)
MARKED = re.compile(r"`picensus +(\w+)([^`]*)`")
EXIT_CODES = (cli.DONE, cli.FAILED, cli.USAGE, cli.INCOMPLETE, cli.INTERRUPTED)

every_readme = pytest.mark.parametrize("name", READMES)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(text: str, *languages: str) -> list[str]:
    return [body for language, body in FENCE.findall(text) if language in languages]


def options(command: click.Command) -> set[str]:
    return {o for p in command.params if isinstance(p, click.Option) for o in p.opts}


def calls(text: str) -> Iterator[tuple[str, str]]:
    """Each command that a document shows, and what follows it on the line."""
    for block in blocks(text, "console"):
        yield from CALL.findall(block)
    yield from MARKED.findall(text)


def row_of(text: str, command: str) -> str:
    """The row of the table of commands that tells of one."""
    return next(line for line in text.splitlines() if line.startswith(f"| `picensus {command}"))


@every_readme
@pytest.mark.parametrize("command", cli.cli.commands)
def test_every_command_has_its_row_and_only_options_that_exist(name: str, command: str) -> None:
    said = set(OPTION.findall(row_of(read(name), command)))
    assert said <= options(cli.cli.commands[command])


@every_readme
def test_every_option_of_scan_is_told(name: str) -> None:
    assert set(OPTION.findall(row_of(read(name), "scan"))) == options(cli.cli.commands["scan"])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_commands_that_are_shown_exist_with_their_options(path: Path) -> None:
    for command, rest in calls(path.read_text(encoding="utf-8")):
        assert command in cli.cli.commands
        assert set(OPTION.findall(rest)) <= options(cli.cli.commands[command])


@every_readme
@pytest.mark.parametrize("code", EXIT_CODES)
def test_every_exit_code_has_its_row(name: str, code: int) -> None:
    assert re.search(rf"^\| `{code}` \| \S", read(name), re.MULTILINE)


@every_readme
def test_kinds_judged_by_values_are_those_with_a_detector(name: str) -> None:
    rows = [line for line in read(name).splitlines() if "`id_card`" in line or "`passport`" in line]
    listed = [kind for row in rows for kind in re.findall(r"`([a-z_]+)`", row)]
    assert sorted(listed) == sorted(detector.kind for detector in load())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_outputs_show_no_path_of_the_machine_they_came_from(path: Path) -> None:
    assert not re.search(r"(?<![\w.])/(tmp|work|home|root|Users)/", path.read_text("utf-8"))


def test_the_readmes_lead_to_each_other() -> None:
    assert "(README.zh-CN.md)" in read("README.md")
    assert "(README.md)" in read("README.zh-CN.md")


def test_both_readmes_show_the_same_commands_and_figures() -> None:
    one, other = (read(name) for name in READMES)
    assert blocks(one, "text") == blocks(other, "text")
    assert re.findall(r"\b[01]\.\d{3}\b", one) == re.findall(r"\b[01]\.\d{3}\b", other)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_relative_links_lead_somewhere(path: Path) -> None:
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    targets = [link.split("#")[0] for link in LINK.findall(text) if "://" not in link]
    missing = [target for target in targets if target and not (path.parent / target).exists()]
    assert missing == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_paths_in_the_tree_that_are_named_exist(path: Path) -> None:
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    folders = "bench|connectors|detectors|docs|sample_data|scanner|tests|tools"
    named = set(re.findall(rf"`((?:{folders})/[\w./-]*)`", text))
    example = {"detectors/cn/library_card.py", "tests/detectors/test_library_card.py"}
    assert [name for name in sorted(named - example) if not (ROOT / name).exists()] == []


def test_the_settings_that_are_shown_are_accepted() -> None:
    for name in READMES:
        (shown,) = blocks(read(name), "yaml")
        assert settings_of(yaml.safe_load(shown), name).rows == 10_000


def test_the_detectors_that_are_shown_are_accepted(tmp_path: Path) -> None:
    found = []
    for number, shown in enumerate(blocks(read("docs/plugins.md"), "yaml")):
        path = tmp_path / f"{number}.yaml"
        path.write_text(shown, encoding="utf-8")
        found += [loaded.detector.kind for loaded in load_file(path)]
    assert found == ["member_no", "employee_no", "us_ssn", "iban_code", "crypto", "uk_nhs"]


def test_the_python_that_is_shown_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plugin, engine = blocks(read("docs/plugins.md"), "python")
    (tmp_path / "shown_badge.py").write_text(plugin, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert named("shown_badge:Badge").kind == "badge_no"
    held: dict[str, object] = {}
    exec(engine, held)
    found = held["found"]
    assert isinstance(found, list)
    entities = {one.entity_type for one in found if one.score >= 0.3}
    assert entities == {"PERSON", "PHONE_NUMBER", "EMAIL_ADDRESS"}


def test_masks_that_are_shown_are_the_ones_of_the_rules() -> None:
    text = read("docs/plugins.md")
    shown = (
        ("13800138000", "mobile"), ("010-12345678", "landline"), ("张小三", "name"),
        ("440524188001010014", "id_card"), ("6222026006705354217", "bank_card"),
        ("E12345667", "passport"), ("zhang.san@example.com", "email"), ("203.0.113.9", "ip"),
        ("苏D12340", "plate"), ("浙江省杭州市西湖区某路1号", "address"),
        ("1904-01-01", "date_of_birth"), ("secret", "password"), ("9123456778", "student_no"),
    )  # fmt: skip
    missing = [kind for value, kind in shown if f"`{masked(value, kind)}`" not in text]
    assert missing == []


def test_benchmarks_that_are_named_exist() -> None:
    named = {
        m for path in DOCUMENTS for m in re.findall(r"-m (bench\.\w+)", path.read_text("utf-8"))
    }
    assert {"bench.headers", "bench.accuracy", "bench.databases"} <= named
    assert all((ROOT / f"{module.replace('.', '/')}.py").is_file() for module in named)


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages with the example of CONTRIBUTING.md in it."""
    folder = tmp_path_factory.mktemp("example")
    entry, module, test = example()
    unwanted = shutil.ignore_patterns("__pycache__")
    for part in ("detectors", "connectors", "scanner", "tests/detectors"):
        shutil.copytree(ROOT / part, folder / part, ignore=unwanted)
    shutil.copy(ROOT / "tests/__init__.py", folder / "tests")
    shutil.copy(ROOT / "pyproject.toml", folder)
    catalogue = folder / "detectors" / "kinds.toml"
    catalogue.write_text(f"{catalogue.read_text('utf-8')}\n{entry}", encoding="utf-8")
    (folder / "detectors/cn/library_card.py").write_text(module, encoding="utf-8")
    (folder / "tests/detectors/test_library_card.py").write_text(test, encoding="utf-8")
    return folder


def example() -> tuple[str, str, str]:
    """The entry, the module and the test that CONTRIBUTING.md shows."""
    text = read("CONTRIBUTING.md")
    (entry,) = blocks(text, "toml")
    module, test = blocks(text, "python")
    return entry, module, test


def in_copy(folder: Path, *words: object) -> str:
    """What a Python module says that runs in the copy."""
    command = [sys.executable, "-m", *map(str, words)]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=180, check=False,
        env={**os.environ, "PYTHONPATH": str(folder)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_the_example_is_of_a_kind_that_the_catalogue_does_not_have() -> None:
    assert "library_card" not in kinds()


def test_the_example_of_a_detector_passes_its_tests(extended: Path) -> None:
    tests = ["test_library_card.py", "test_contract.py", "test_headers.py", "test_catalogue.py"]
    files = [f"tests/detectors/{name}" for name in tests]
    said = in_copy(extended, "pytest", *files, "-k", "library_card", "-p", "no:cacheprovider")
    passed = re.search(r"(\d+) passed", said)
    assert passed, said
    assert int(passed.group(1)) > 20, "its own tests and those of every detector"


def test_the_example_finds_its_columns(extended: Path, tmp_path: Path) -> None:
    cards = [f"SH{n:07d}{'0123456789X'[card_check(n)]}" for n in range(1000, 1400, 7)]
    other = [f"SH{n:08d}" for n in range(1000, 1400, 7)]
    lines = ["a,b,library_card_no", *(f"{x},{y},{x}" for x, y in zip(cards, other, strict=True))]
    (tmp_path / "readers.csv").write_text("\n".join(lines))
    where = ("--inventory", tmp_path / "i.db")
    in_copy(extended, "scanner.cli", "scan", tmp_path / "readers.csv", *where)
    rows = in_copy(extended, "scanner.cli", "export", *where, "-f", "jsonl").splitlines()
    found = {row["column"]: [v["kind"] for v in row["verdicts"]] for row in map(json.loads, rows)}
    assert found == {"a": ["library_card"], "b": [], "library_card_no": ["library_card"]}
    assert "读者证号" in in_copy(extended, "scanner.cli", "kinds")


def card_check(number: int) -> int:
    """The check value of seven digits: with it, their weighted sum is 1 modulo 11."""
    weights = [pow(2, place, 11) for place in range(7, 0, -1)]
    total = sum(int(d) * w for d, w in zip(f"{number:07d}", weights, strict=True))
    return next(value for value in range(11) if (total + value) % 11 == 1)


def test_the_example_follows_the_house_style(extended: Path) -> None:
    files = ["detectors/cn/library_card.py", "tests/detectors/test_library_card.py"]
    for words in (["check"], ["format", "--check"]):
        in_copy(extended, "ruff", *words, "--no-cache", *files)
