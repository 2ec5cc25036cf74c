"""Packages that only some sources need, imported when such a source is opened."""

import importlib
from types import ModuleType

from connectors.base import MissingDriver


def driven(module: str, scheme: str) -> ModuleType:
    """A module that needs the packages of the extra that is named after the scheme.

    Raises:
        MissingDriver: one of them is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        extra = f"pip install 'picensus[{scheme}]'"
        message = f"{scheme}:// needs a driver that is not installed: {extra}"
        raise MissingDriver(message) from None
