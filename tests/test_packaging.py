"""What pyproject.toml promises."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_lower_bounds_are_those_that_the_suite_was_run_with() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    of_extras = (
        package for name in ("avro", "postgresql", "mysql", "ner") for package in extras[name]
    )
    wanted = {*project["dependencies"], *of_extras}
    lines = (ROOT / "tools" / "lowest.txt").read_text("utf-8").splitlines()
    tested = {line.replace("==", ">=") for line in lines if not line.startswith("#")}
    assert wanted == tested
    assert extras["mariadb"] == extras["mysql"]
