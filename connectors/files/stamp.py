"""What tells a file from what it was before, for what is kept of it in memory."""

import os
import zlib

from connectors.files.content import Content


def stamp(content: Content) -> tuple[str, int, int]:
    """Name, size, and when it was changed; its first bytes where that is not known."""
    if content.path is not None:
        return content.name, content.size, os.stat(content.path).st_mtime_ns  # noqa: PTH116
    return content.name, content.size, zlib.crc32(content.head(1 << 16))
