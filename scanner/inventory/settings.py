"""A scan's settings in JSON values, without credentials."""

import re
from collections.abc import Mapping

_WORDS = (
    r"pass(?:word|wd|phrase)?|pwd|secret|token|credentials?|(?:access|api|account|private)[_-]?key"
)
_NAMED = re.compile(rf"(?:^|[_\-.])(?:{_WORDS})(?:$|[_\-.])", re.IGNORECASE)
_PARAMETER = re.compile(rf"([?&;][\w\-.]*(?:{_WORDS})[\w\-.]*=)[^&;\s]*", re.IGNORECASE)
_USER = re.compile(r"(?<=://)[^/?#\s]*@")


def without_credentials(value: object) -> object:
    """The value in what JSON knows; users and passwords in URLs, and secrets by name, left out."""
    if isinstance(value, Mapping):
        return {
            str(name): "***" if _NAMED.search(str(name)) else without_credentials(item)
            for name, item in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [without_credentials(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return _PARAMETER.sub(r"\1***", _USER.sub("", str(value)))
