"""A SQLite database that is no file of this machine: held in memory whole."""

import sqlite3
import time
from functools import partial

from connectors.sql.sqlite import Sqlite

_JOURNAL = slice(18, 20)  # of the header: how the file is written to
_STEPS = 50_000  # of the virtual machine between two looks at the clock


class HeldSqlite(Sqlite):
    """SQLite follows the path of bytes in memory to where no file is; so it is given the bytes."""

    def _connect(self) -> sqlite3.Connection:
        data = bytearray(self.path.read_bytes())
        data[_JOURNAL] = b"\x01\x01"  # a write-ahead log cannot be in memory
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        connection.deserialize(bytes(data))
        connection.execute("PRAGMA query_only = 1")
        connection.text_factory = partial(str, encoding="utf-8", errors="replace")
        connection.set_progress_handler(lambda: time.monotonic() > self.deadline, _STEPS)
        return connection
