import importlib
import tomllib
from pathlib import Path

import pytest

from connectors.base import Connector, UnknownScheme, UnknownSource
from connectors.registry import CONNECTORS, connect


def test_the_table_is_sorted() -> None:
    assert list(CONNECTORS) == sorted(CONNECTORS)


@pytest.mark.parametrize("place", sorted(set(CONNECTORS.values())))
def test_every_entry_names_a_connector(place: str) -> None:
    module, _, name = place.partition(":")
    assert issubclass(getattr(importlib.import_module(module), name), Connector)


def test_schemes_that_need_a_driver_have_an_extra() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
    assert set(CONNECTORS) - {"file", "sqlite"} <= set(project["optional-dependencies"])


@pytest.mark.parametrize("uri", ["gopher://h/x", "gopher+tls://u:pass-word@h/x"])
def test_an_unknown_scheme_says_which_are_known(uri: str) -> None:
    with pytest.raises(UnknownScheme, match=r"'gopher://'.*postgresql://") as caught:
        connect(uri)
    assert "pass-word" not in str(caught.value)


def test_a_scheme_may_name_a_driver() -> None:
    with pytest.raises(UnknownSource, match="no file"):
        connect("sqlite+pysqlite:////nowhere/at/all.db")
