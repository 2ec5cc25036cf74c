"""What pyproject.toml promises."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXTRAS = ("adbc", "avro", "postgresql", "mysql", "ner", "duckdb", "clickhouse", "hive")


def test_lower_bounds_are_those_that_the_suite_was_run_with() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    of_extras = (package for name in EXTRAS for package in extras[name])
    wanted = {*project["dependencies"], *of_extras}
    lines = (ROOT / "tools" / "lowest.txt").read_text("utf-8").splitlines()
    tested = {line.replace("==", ">=") for line in lines if not line.startswith("#")}
    assert wanted == tested
    assert extras["mariadb"] == extras["mysql"]


def test_the_notice_of_the_licence_goes_with_the_data() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    notice = "detectors/data/LICENSE-Unicode.txt"
    data = (ROOT / "detectors/data/countries.txt").read_text("utf-8")
    text = (ROOT / notice).read_text("utf-8")
    assert "Unicode-3.0" in data
    assert Path(notice).name in data
    assert "COPYRIGHT AND PERMISSION NOTICE" in text
    assert "this copyright and permission notice appear with all copies" in text
    assert notice in project["project"]["license-files"]
    # The whole package is in the wheel, so that its data and the notice are.
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert "detectors" in wheel["packages"]
    assert "exclude" not in wheel
