"""The connection to HiveServer2: statements that only read, that end in time, and bulk listing."""

import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import thrift_sasl
from pyhive import hive
from TCLIService import ttypes
from thrift.Thrift import TException
from thrift.transport.TSocket import TSocket
from thrift.transport.TTransport import TBufferedTransport, TTransportBase

logging.getLogger("thrift").addHandler(logging.NullHandler())  # it prints what it also raises

OUT_OF_TIME = "the time of the statement is up"
CONNECT_SECONDS = 30  # to open a session takes a busy cluster long

_READS = re.compile(r"\s*(SELECT|SHOW|DESCRIBE|USE)\b", re.IGNORECASE)
_RUNS = frozenset(
    {
        ttypes.TOperationState.INITIALIZED_STATE,
        ttypes.TOperationState.PENDING_STATE,
        ttypes.TOperationState.RUNNING_STATE,
    }
)
Answer = TypeVar("Answer")

_LISTED = 10_000  # rows of the catalogue fetched at a time
_WAIT = 0.2  # seconds between two looks, at most


class Connection(hive.Connection):  # type: ignore[misc]
    """A session whose statements may take `seconds` each; `spark` tells whose server it is."""

    def __init__(
        self,
        host: str,
        port: int,
        user: str | None,
        password: str | None,
        database: str,
        auth: str,
        seconds: float,
    ) -> None:
        self.seconds = seconds
        socket = TSocket(host, port)
        socket.setTimeout(CONNECT_SECONDS * 1_000)
        transport = _transport(socket, auth, host, user, password)
        try:
            super().__init__(thrift_transport=transport, username=user, database=database)
        except (TException, OSError, EOFError) as error:
            raise hive.OperationalError(str(error) or "the connection was lost") from None
        socket.setTimeout((seconds + CONNECT_SECONDS) * 1_000)
        self.spark = "spark" in self._name().lower()

    def cursor(self) -> "Cursor":
        """A cursor that refuses to write."""
        return Cursor(self)

    def listed(self, what: str, database: str) -> Iterator[dict[str, Any]]:
        """Rows of `Tables` or `Columns` of a database, or of all for `%`, by name of the field."""
        asked = getattr(ttypes, f"TGet{what}Req")(
            sessionHandle=self.sessionHandle, schemaName=database, tableName="%"
        )
        answer = self._call(getattr(self.client, f"Get{what}"), asked)
        described = ttypes.TGetResultSetMetadataReq(operationHandle=answer.operationHandle)
        schema = self._call(self.client.GetResultSetMetadata, described).schema
        names = [column.columnName for column in schema.columns]
        more = ttypes.TFetchResultsReq(
            operationHandle=answer.operationHandle,
            orientation=ttypes.TFetchOrientation.FETCH_NEXT,
            maxRows=_LISTED,
        )
        while True:
            fetched = self._call(self.client.FetchResults, more).results
            columns = [_values(column) for column in fetched.columns]
            if not columns or not columns[0]:
                break
            for row in zip(*columns, strict=True):
                yield dict(zip(names, row, strict=True))
        self._call(
            self.client.CloseOperation,
            ttypes.TCloseOperationReq(operationHandle=answer.operationHandle),
        )

    def _name(self) -> str:
        asked = ttypes.TGetInfoReq(
            sessionHandle=self.sessionHandle, infoType=ttypes.TGetInfoType.CLI_DBMS_NAME
        )
        return str(self._call(self.client.GetInfo, asked).infoValue.stringValue)

    def _call(self, method: Callable[[Any], Any], asked: object) -> Any:  # noqa: ANN401 (Thrift has no types)
        try:
            answer = method(asked)
        except (TException, OSError, EOFError) as error:
            raise hive.OperationalError(f"the connection was lost: {error}") from None
        if answer.status.statusCode not in {
            ttypes.TStatusCode.SUCCESS_STATUS,
            ttypes.TStatusCode.SUCCESS_WITH_INFO_STATUS,
        }:
            raise hive.OperationalError(str(answer.status.errorMessage))
        return answer


class Cursor(hive.Cursor):  # type: ignore[misc]
    """Runs one statement, and ends it on the server when its time is up or Ctrl-C is pressed."""

    def execute(self, operation: str, parameters: object = None) -> None:
        """Begin a statement and wait until its rows can be fetched."""
        if not _READS.match(operation):
            raise hive.ProgrammingError("a statement that would not only read is not sent")
        self._safely(lambda: super(Cursor, self).execute(operation, parameters, async_=True))
        end, wait = time.monotonic() + self._connection.seconds, 0.005
        try:
            while (state := self._safely(self.poll)).operationState in _RUNS:
                if time.monotonic() > end:
                    self._safely(self.cancel)
                    raise hive.OperationalError(OUT_OF_TIME)
                time.sleep(wait)
                wait = min(wait * 1.5, _WAIT)
        except KeyboardInterrupt:
            self._safely(self.cancel)
            raise
        if state.operationState != ttypes.TOperationState.FINISHED_STATE:
            raise hive.OperationalError(state.errorMessage or "the statement was ended")

    def fetchmany(self, size: int | None = None) -> Sequence[Any]:
        """The next rows."""
        rows: Sequence[Any] = self._safely(lambda: super(Cursor, self).fetchmany(size))
        return rows

    def fetchall(self) -> Sequence[Any]:
        """All rows that are left."""
        rows: Sequence[Any] = self._safely(super().fetchall)
        return rows

    def _safely(self, call: Callable[[], Answer]) -> Answer:
        try:
            return call()
        except (TException, OSError, EOFError) as error:
            said = OUT_OF_TIME if "timed out" in str(error).lower() else "the connection was lost"
            raise hive.OperationalError(f"{said}: {error}") from None


def _transport(
    socket: TSocket, auth: str, host: str, user: str | None, password: str | None
) -> TTransportBase:
    if auth == "NOSASL":
        return TBufferedTransport(socket)
    # Without a password the server does not check one, but it has to be there.
    given = {"username": user or "picensus", "password": password or "x"}
    client = lambda: hive.get_pure_sasl_client(host, "PLAIN", **given)  # noqa: E731
    return thrift_sasl.TSaslClientTransport(client, "PLAIN", socket)


def _values(column: object) -> list[Any]:
    """The values of a column, whatever its type; empty texts where there is nothing."""
    kinds = ("stringVal", "i32Val", "i16Val", "i64Val", "byteVal", "boolVal", "doubleVal")
    found = (getattr(column, kind) for kind in kinds)
    return list(next(values.values for values in found if values is not None))
