"""Every file below a root, in sorted order: links once, none out of it, no hidden names."""

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime

from connectors.files.paths import Root, printable
from connectors.files.store import Found


def walk(root: Root) -> Iterator[Found]:
    """Every file that the root keeps; what cannot be looked at is found all the same."""
    if not os.path.isdir(root.folder):  # noqa: PTH112 (a str may hold bytes that are no UTF-8)
        yield _found(root.folder)
    else:
        yield from _folder(root, root.folder, {os.path.realpath(root.folder)})


def _folder(root: Root, folder: str, seen: set[str]) -> Iterator[Found]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        yield Found(folder)  # reading it will say why
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        target = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
        again = entry.is_symlink() and (target in seen or _inside(root, target))
        if again and root.keeps(entry.path):
            yield Found(entry.path, skip="a link to a place that is listed under its own name")
        elif not again and _leads_out(root, entry, target):
            if root.keeps(entry.path):
                yield Found(entry.path, skip=_outside(root))
        elif not again and _is_folder(entry):
            seen.add(target)
            yield from _folder(root, entry.path, seen)
        elif not again and root.keeps(entry.path):
            yield _found(entry.path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Is it a folder, as far as that can be found out? Links may lead in a circle."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _leads_out(root: Root, entry: os.DirEntry[str], target: str) -> bool:
    """Is it a link to something that is there, but not below the root?"""
    if not entry.is_symlink() or not os.path.exists(target):  # noqa: PTH110
        return False
    top = os.path.realpath(root.folder)
    return os.path.commonpath([top, target]) != top


def _outside(root: Root) -> str:
    folder = printable(root.folder)
    return f"a link that leads out of '{folder}': give its target as a source of its own"


def _inside(root: Root, target: str) -> bool:
    """Will the walk come to the target of a link by itself?"""
    top = os.path.realpath(root.folder)
    below = os.path.relpath(target, top)
    if below.startswith("..") or not os.path.exists(target):  # noqa: PTH110
        return False
    hidden = any(part.startswith(".") and part != "." for part in below.split("/"))
    return not hidden and root.keeps(os.path.normpath(f"{root.folder}/{below}"))


def _found(path: str) -> Found:
    try:
        status = os.stat(path)  # noqa: PTH116
    except OSError:
        return Found(path)
    changed = datetime.fromtimestamp(status.st_mtime, UTC)
    skip = ""
    if not stat.S_ISREG(status.st_mode):
        skip = "not a regular file but a pipe, socket or device"
    elif os.path.basename(path).startswith("~$"):  # noqa: PTH119
        skip = "a lock file that Office keeps while a workbook is open"
    return Found(path, status.st_size, changed, skip)
