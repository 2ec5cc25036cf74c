"""What the names on a path say: whose a nested value is, and which kind its key names."""

import re
from collections.abc import Iterable, Mapping, Sequence

from detectors.headers import Cue, cues
from detectors.phrases import owner_of
from detectors.tokens import tokens
from scanner.documents.keys import ANY, CARRIER

_NUMBERED = re.compile(r" \(\d+\)$")  # of two columns with one path


def owner_and_name(path: str) -> tuple[str, str]:
    """What a nested column belongs to, and its own name: `orders[].user.phone` is a user's."""
    *above, name = _names(path)
    return (above[-1] if above else ""), name


def siblings(paths: Iterable[str]) -> dict[str, list[str]]:
    """The names of the keys of each object, by the path up to it."""
    out: dict[str, list[str]] = {}
    for path in paths:
        out.setdefault(path.rpartition(".")[0], []).append(_names(path)[-1])
    return out


def key_cues(path: str, head: str, beside: Mapping[str, Sequence[str]]) -> tuple[Cue, ...]:
    """The kinds that a key names in the documents of the column `head`.

    The keys beside it tell of whom it is, and those above it; the table does not: a log keeps
    what others sent. The column tells only where it is about persons (`user_info`).
    """
    *above, name = _names(path[len(head) :].lstrip("."))
    owner = next((key for key in reversed(above) if key and not CARRIER.fullmatch(key)), "")
    if not owner and owner_of(tokens(head)) == "person":
        owner = head
    return cues(name, "", owner, "", beside[path.rpartition(".")[0]])


def _names(path: str) -> list[str]:
    return _NUMBERED.sub("", path).replace("[]", "").replace(f".{ANY}", "").split(".")
