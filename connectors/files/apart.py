"""Reading apart: a library that damaged files crash does its work in another process."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import IO, cast

import pyarrow as pa

from connectors.base import UnreadableData
from connectors.files.content import Content

_UNSUPPORTED = 3  # what the program ends with where the file holds types that it cannot give


@contextmanager
def apart(program: ModuleType, content: Content, *asked: str) -> Iterator[pa.RecordBatchReader]:
    """The batches that a program makes of a content, as they come.

    The program is a module that imports nothing of ours; it is run with the file's path and
    what is asked, and writes an Arrow stream. It takes its crash, or its hunger for memory,
    with it.

    Raises:
        UnreadableData: it did not come to its end.
    """
    with content.located() as path:
        command = [sys.executable, "-P", str(program.__file__), path, *asked]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603
        out = cast("IO[bytes]", running.stdout)
        try:
            with pa.ipc.open_stream(out) as batches:
                yield batches
            if running.wait():
                raise _failed(content, running.returncode)
        except pa.ArrowInvalid:  # the stream breaks off where the program did
            raise _failed(content, running.wait()) from None
        finally:
            running.kill()
            out.close()
            running.wait()


def _failed(content: Content, code: int) -> UnreadableData:
    if code == _UNSUPPORTED:
        message = f"'{content.name}' holds types that cannot be read: export it as Parquet"
    else:
        message = f"'{content.name}' is broken or cut off: copy or write it again"
    return UnreadableData(message)
