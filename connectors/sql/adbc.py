"""Whole tables through ADBC: Arrow batches made by the driver, which can be broken off."""

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from contextlib import ExitStack, closing, suppress
from functools import partial
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from connectors.sql.rows import decoded, pieces, to_batch

if TYPE_CHECKING:
    from connectors.sql.reader import Reader

LEAST_BYTES = 8 << 20  # of a smaller table, connecting once more would take longer than reading


class TooSlow(Exception):  # noqa: N818 (a fault for the dialect to name)
    """The server was silent for longer than a statement may take."""


def driver_of(database: str, reader: "Reader") -> ModuleType | None:
    """ADBC's driver; where it is not installed None, and the reading says so."""
    try:
        return importlib.import_module(f"adbc_driver_{database}.dbapi")
    except ImportError:
        reader.reading.how = (
            "all rows; large tables are read faster after pip install 'picensus[adbc]'"
        )
        return None


def stream(
    driver: ModuleType,
    where: str,
    before: Sequence[str],
    statement: str,
    schema: pa.Schema,
    *,
    timeout: float,
    options: Mapping[str, str] = MappingProxyType({}),
    skip: int = 0,
) -> Iterator[pa.RecordBatch]:
    """The rows of a statement without the first `skip`; at least one batch.

    The driver works in a thread of its own, one batch ahead. Whatever ends the reading, the
    clock, Ctrl-C or a caller who has enough, cancels the statement on the server.

    Raises:
        TooSlow: nothing came for `timeout` seconds.
    """
    cancel = partial(_stop, unable=driver.NotSupportedError)
    with ExitStack() as stack:
        thread = stack.enter_context(ThreadPoolExecutor(1, "adbc"))
        line = stack.enter_context(closing(thread.submit(driver.connect, where).result()))
        cursor = stack.enter_context(closing(line.cursor()))
        cursor.adbc_statement.set_options(**options)
        for setting in before:
            _wait(thread.submit(cursor.execute, setting), timeout, cursor, cancel)
        _wait(thread.submit(cursor.execute, statement), timeout, cursor, cancel)
        reader = stack.enter_context(closing(_reader(cursor)))
        coming = thread.submit(_next, reader)
        stack.callback(lambda: cancel(coming, cursor))
        begun = False
        while (batch := _wait(coming, timeout, cursor, cancel)) is not None:
            coming = thread.submit(_next, reader)
            batch, skip = batch.slice(skip), max(0, skip - batch.num_rows)
            for piece in pieces(_as(batch, schema)):
                begun = True
                yield piece
        if not begun:
            yield to_batch([], schema)


def _reader(cursor: Any) -> Any:  # noqa: ANN401
    """The one that keeps the server's codes of errors, where this version of ADBC has it."""
    held = getattr(getattr(cursor, "_results", None), "reader", None)
    return held if hasattr(held, "read_next_batch") else cursor.fetch_record_batch()


def _next(reader: Any) -> pa.RecordBatch | None:  # noqa: ANN401 (a pyarrow reader)
    try:
        return reader.read_next_batch()
    except StopIteration:
        return None


def _wait(
    coming: "Future[Any]",
    timeout: float,
    cursor: Any,  # noqa: ANN401 (ADBC's)
    cancel: Callable[["Future[Any]", Any], None],
) -> Any:  # noqa: ANN401
    """What the thread brings, unless it takes too long."""
    with ExitStack() as failing:
        failing.callback(cancel, coming, cursor)
        try:
            brought = coming.result(timeout)
        except Late:
            if coming.done():  # the driver's own
                raise
            raise TooSlow from None
        failing.pop_all()
    return brought


def _stop(coming: "Future[Any]", cursor: Any, unable: type[Exception]) -> None:  # noqa: ANN401
    """End the statement on the server, and wait for the thread to have noticed."""
    if not coming.done():
        with suppress(unable):  # SQLite's: it is done with a batch soon
            cursor.adbc_cancel()
        coming.exception()


def _as(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    cells = zip(batch.columns, schema, strict=True)
    return pa.RecordBatch.from_arrays([decoded(c, f.type) for c, f in cells], schema=schema)
