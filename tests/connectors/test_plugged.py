import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from connectors.base import (
    Connector,
    ConnectorError,
    MissingDriver,
    Reading,
    Sampling,
    UnknownScheme,
)
from connectors.registry import CONNECTORS, canonical, connect
from tests.test_docs import blocks, read

ROOT = Path(__file__).resolve().parents[2]
CONNECTOR, TEST = blocks(read("docs/connectors.md"), "python")
PROJECT = tomllib.loads(blocks(read("docs/connectors.md"), "toml")[0])["project"]


def install(site: Path, package: str, scheme: str, place: str) -> None:
    """A package with an entry point, as pip would leave it."""
    info = site / f"{package}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[picensus.connectors]\n{scheme} = {place}\n")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


def test_the_example_passes_the_suite_where_it_is_installed(site: Path) -> None:
    (point,) = PROJECT["entry-points"]["picensus.connectors"].items()
    install(site, PROJECT["name"], *point)
    (site / "our_ini.py").write_text(CONNECTOR, encoding="utf-8")
    tests = site.parent / "tests_of_ours"
    tests.mkdir()
    (tests / "conftest.py").write_text(
        'import pytest\n\npytest.register_assert_rewrite("connectors.contract")\n'
    )
    (tests / "test_ini.py").write_text(TEST, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tests],
        cwd=tests,
        env={**os.environ, "PYTHONPATH": f"{site}:{ROOT}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed, done.stdout[-3000:]
    assert done.returncode == 0, done.stdout[-3000:]
    assert int(passed.group(1)) >= 20


def test_the_example_tells_the_lines_of_no_file(site: Path, tmp_path: Path) -> None:
    install(site, "our-ini", "ini", "shown_ini:IniFolder")
    (site / "shown_ini.py").write_text(CONNECTOR, encoding="utf-8")
    (tmp_path / "secret.ini").write_text("s3cret\n")
    with connect(f"ini://{tmp_path}") as connector:
        (dataset,) = connector.datasets()
        assert isinstance(connector, Connector)
        with pytest.raises(ConnectorError, match=r"no \.ini file") as caught:
            list(connector.batches(dataset, Sampling(), Reading()))
    assert "s3cret" not in str(caught.value)
    assert canonical(f"ini://{tmp_path}/gone") == f"ini://{tmp_path}/gone"


def test_built_in_schemes_cannot_be_replaced(site: Path, tmp_path: Path) -> None:
    install(site, "thief", "file", "nothing_here:Nothing")
    with connect(str(tmp_path)) as connector:
        assert type(connector).__module__ == CONNECTORS["file"].partition(":")[0]


def test_two_packages_for_one_scheme_are_told(site: Path) -> None:
    install(site, "one", "ini", "a:A")
    install(site, "two", "ini", "b:B")
    with pytest.raises(UnknownScheme, match=r"one and two both give a connector for ini://"):
        connect("ini:///x")


@pytest.mark.parametrize("code", [None, "", "import no_such_package_at_all\n"])
def test_one_that_does_not_load_is_told(site: Path, code: str | None) -> None:
    install(site, "broken", "ini", "broken_ini:IniFolder")
    sys.modules.pop("broken_ini", None)
    if code is not None:
        (site / "broken_ini.py").write_text(code)
    with pytest.raises(MissingDriver, match=r"the installed package broken does not load"):
        connect("ini:///x?password=s3cret")


def test_one_that_is_no_connector_is_told(site: Path) -> None:
    install(site, "odd", "ini", "pathlib:Path")
    with pytest.raises(UnknownScheme, match="the package odd gives for ini:// is no Connector"):
        connect("ini:///x")
    with pytest.raises(UnknownScheme, match=r"one of .*file://, .*ini://"):
        connect("gopher://h")
