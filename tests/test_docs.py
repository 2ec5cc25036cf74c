"""The documents say what is there: commands, options, exit codes, kinds, links; examples run."""

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
from detectors.registry import load
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
    row = next(line for line in read(name).splitlines() if "`id_card`" in line)
    assert set(re.findall(r"`([a-z_]+)`", row)) == {detector.kind for detector in load()}


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
    example = {"detectors/cn/hk_id.py", "tests/detectors/test_hk_id.py"}
    assert [name for name in sorted(named - example) if not (ROOT / name).exists()] == []


def test_the_settings_that_are_shown_are_accepted() -> None:
    for name in READMES:
        (shown,) = blocks(read(name), "yaml")
        assert settings_of(yaml.safe_load(shown), name).rows == 10_000


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
    before, after = without(catalogue.read_text(encoding="utf-8"), "hk_id")
    catalogue.write_text(f"{before}{entry}\n{after}", encoding="utf-8")
    (folder / "detectors/cn/hk_id.py").write_text(module, encoding="utf-8")
    (folder / "tests/detectors/test_hk_id.py").write_text(test, encoding="utf-8")
    return folder


def example() -> tuple[str, str, str]:
    """The entry, the module and the test that CONTRIBUTING.md shows."""
    text = read("CONTRIBUTING.md")
    (entry,) = blocks(text, "toml")
    module, test = blocks(text, "python")
    return entry, module, test


def without(catalogue: str, kind: str) -> tuple[str, str]:
    """What stands before and after the entry of a kind."""
    before, _, rest = catalogue.partition(f"[{kind}]\n")
    return before, rest[rest.index("\n[") + 1 :]


def test_the_example_of_an_entry_is_the_one_of_the_catalogue() -> None:
    before, after = without(read("detectors/kinds.toml"), "hk_id")
    assert before + example()[0] + "\n" + after == read("detectors/kinds.toml")
    assert "hk_id" in kinds()


def test_the_example_of_a_detector_passes_its_tests(extended: Path) -> None:
    command = [sys.executable, "-m", "pytest", "tests/detectors/test_hk_id.py"]
    command += ["tests/detectors/test_contract.py", "-k", "hk_id", "-p", "no:cacheprovider"]
    done = subprocess.run(
        command, cwd=extended, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed, done.stdout
    assert int(passed.group(1)) > 20, "its own tests and those of every detector"


def test_the_example_follows_the_house_style(extended: Path) -> None:
    files = ["detectors/cn/hk_id.py", "tests/detectors/test_hk_id.py"]
    for words in (["check"], ["format", "--check"]):
        command = [sys.executable, "-m", "ruff", *words, "--no-cache", *files]
        done = subprocess.run(command, cwd=extended, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
