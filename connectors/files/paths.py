"""Paths and `file://` URIs: one canonical spelling, Chinese kept readable."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from connectors.base import UnknownSource

# What would break a URI or a line, or be taken for a member of an archive or for a group of files.
_RESERVED = re.compile(r"[\x00-\x20%#?*\x7f\u2028\u2029]|!(?=/)")
_RAW = re.compile(r"[\udc80-\udcff]")  # a byte of a file name that is not UTF-8
_MAGIC = re.compile(r"[*?]")


@dataclass(frozen=True, slots=True)
class Root:
    """Where a walk begins, and what it keeps: everything, or what a glob matches."""

    folder: str
    wanted: re.Pattern[str] | None = None

    def keeps(self, path: str) -> bool:
        """Is the path, or a folder above it, what the glob means?"""
        return self.wanted is None or self.wanted.fullmatch(path) is not None

    def below(self, path: str) -> str:
        """The path below the root, printable; a file's own name where it is the root."""
        inside = os.path.relpath(path, self.folder)
        return printable(Path(path).name if inside == "." else inside)


def printable(path: str) -> str:
    """The path with bytes that are not UTF-8 replaced."""
    return os.fsencode(path).decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a dataset lies: a file, a member of an archive (in an archive), a part of it.

    For a group of files that are one dataset `path` is the folder and `group` the glob below it.
    """

    path: str
    members: tuple[str, ...] = ()
    part: str | None = None
    group: str = ""

    def uri(self, prefix: str = "file://") -> str:
        """The canonical URI: `file:///folder/archive.zip!/member.xlsx#sheet`.

        `prefix` is what stands before the path in all URIs of the store. The stars of a group
        are the only ones in a URI that are not encoded.
        """
        names = "!/".join(map(_quoted, (self.path, *self.members)))
        group = f"/{'*'.join(map(_quoted, self.group.split('*')))}" if self.group else ""
        part = f"#{_quoted(self.part)}" if self.part is not None else ""
        return f"{prefix}{names}{group}{part}"


def place_of(uri: str, prefix: str = "file://") -> Place:
    """The place that `Place.uri` made a URI of."""
    whole, hash_sign, part = uri.removeprefix(prefix).partition("#")
    cut = whole.rfind("/", 0, whole.index("*")) if "*" in whole else len(whole)
    path, *members = map(_unquoted, whole[:cut].split("!/"))
    sheet = _unquoted(part) if hash_sign else None
    return Place(path, tuple(members), sheet, _unquoted(whole[cut + 1 :]))


def named(where: str) -> str:
    """The canonical URI of a path, glob or `file://` URL, whether or not anything is there.

    Raises:
        UnknownSource: the URL names another machine.
    """
    path = _absolute(where)
    return Place(path).uri() if os.path.lexists(path) else glob_uri(path)


def glob_uri(path: str, prefix: str = "file://") -> str:
    """The URI of a path whose stars are those of a glob."""
    return f"{prefix}{'*'.join(map(_quoted, path.split('*')))}"


def located(where: str) -> tuple[str, Root]:
    """The canonical URI of a path, glob or `file://` URL, and the walk that it means.

    Raises:
        UnknownSource: nothing is there, or the URL names another machine.
    """
    path = _absolute(where)
    if os.path.lexists(path):
        return Place(path).uri(), Root(path)
    magic = _MAGIC.search(path)
    folder = path[: path.rfind("/", 0, magic.start())] or "/" if magic else path
    if not magic or not Path(folder).is_dir():
        message = f"'{printable(folder)}' does not exist: check the path"
        raise UnknownSource(message)
    return glob_uri(path), Root(folder, matcher(path))


def _absolute(where: str) -> str:
    path = _from_url(where) if "://" in where else where
    return os.path.normpath(Path(path).expanduser().absolute())


def _from_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in {"", "localhost"}:
        message = (
            f"'{parts.scheme}://{parts.hostname}' is not a file here: write file:///path/to/it"
        )
        raise UnknownSource(message)
    path = url.removeprefix("file://").removeprefix("localhost")
    return path if os.path.lexists(path) else _unquoted(path)


def _quoted(path: str) -> str:
    path = _RESERVED.sub(lambda m: "".join(f"%{b:02X}" for b in m.group().encode()), path)
    return _RAW.sub(lambda m: f"%{ord(m.group()) - 0xDC00:02X}", path)


def _unquoted(path: str) -> str:
    return os.fsdecode(unquote_to_bytes(path.encode("utf-8", "surrogateescape")))


def matcher(glob: str) -> re.Pattern[str]:
    """`*` and `?` stay within one name, `**` spans folders; a folder means all that is in it."""
    parts = re.split(r"(/\*\*/|\*\*|\*|\?)", glob)
    rules = {"/**/": "/(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    body = "".join(rules.get(part, re.escape(part)) for part in parts)
    return re.compile(f"{body}(?:/.*)?", re.DOTALL)
