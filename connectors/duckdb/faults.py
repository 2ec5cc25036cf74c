"""What DuckDB says when it fails, as one sentence."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType

import duckdb

from connectors.base import UnreadableData
from connectors.scrub import scrub
from connectors.sql.deadline import Deadline
from connectors.sql.faults import Fault, error_of

_WORDS = MappingProxyType(
    {
        re.compile(r"without a key|[Ee]ncrypt"): Fault.SECRET,
        re.compile(r"Could not set lock|being used by another process"): Fault.LOCKED,
        re.compile(r"we can only read versions|newer version"): Fault.NEWER,
        re.compile(r"database does not exist|No such file"): Fault.VANISHED,
        re.compile(r"Permission denied"): Fault.FILE,
        re.compile(r"Out of Memory"): Fault.LARGE,
        re.compile(r"^(Catalog|Binder) Error"): Fault.VANISHED,
        re.compile(r"INTERRUPT|Interrupted"): Fault.SLOW,
        re.compile(
            r"not a valid DuckDB|Corrupt|checksum|Serialization Error|Could not read|enough bytes|"
            r"FATAL|INTERNAL"
        ): Fault.DAMAGED,
    }
)


@contextmanager
def sentences(source: str, where: str, deadline: Deadline, timeout: float) -> Iterator[None]:
    """Whatever DuckDB raises inside becomes one ConnectorError about `where`.

    What it sends as Arrow fails with an OSError of the same words; Ctrl-C comes as a
    RuntimeError or in the name of an interrupted statement.
    """
    try:
        yield
    except (duckdb.Error, OSError, RuntimeError) as error:
        said = str(error)
        fault = next((f for words, f in _WORDS.items() if words.search(said)), None)
        if "interrupted" in said.lower() and not deadline.passed:
            raise KeyboardInterrupt from None
        if (
            fault is None
            and isinstance(error, RuntimeError)
            and not isinstance(error, duckdb.Error)
        ):
            raise
        if fault is None:
            message = f"{where} cannot be read: {type(error).__name__}, {scrub(said)}"
            raise UnreadableData(message) from None
        raise error_of(fault, source, where, timeout) from None
