"""What ClickHouse and its client say when they fail, as one sentence."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType

import pyarrow as pa
from clickhouse_connect.driver.exceptions import ClickHouseError
from urllib3.exceptions import HTTPError

from connectors.base import UnreadableData
from connectors.scrub import scrub
from connectors.sql.faults import Fault, by_words, error_of

_CODE = re.compile(r"[Cc]ode: (\d+)")
_FAULTS = MappingProxyType(
    {
        code: fault
        for fault, codes in {
            Fault.LOGIN: (192, 193, 194, 516),
            Fault.GRANT: (291, 497),
            Fault.DATABASE: (81,),
            Fault.UNREACHABLE: (210, 279),
            Fault.CROWDED: (202,),
            Fault.LOST: (209, 236, 735),
            Fault.VANISHED: (10, 16, 47, 60, 218),
            Fault.LOCKED: (473,),
            Fault.SLOW: (159, 160, 394),
            Fault.DAMAGED: (40, 271, 354, 432),
            Fault.LARGE: (241, 307, 396),
        }.items()
        for code in codes
    }
)


@contextmanager
def sentences(source: str, where: str, timeout: float) -> Iterator[None]:
    """Whatever the client raises inside becomes one ConnectorError about `where`."""
    try:
        yield
    except (ClickHouseError, HTTPError, pa.ArrowException, OSError) as error:
        said = str(error)
        code = _CODE.search(said)
        fault = _FAULTS.get(int(code.group(1))) if code else by_words(said)
        if fault is None and isinstance(error, HTTPError | OSError):
            fault = Fault.LOST
        if fault is None:
            message = f"{where} cannot be read: {type(error).__name__}, {scrub(said)}"
            raise UnreadableData(message) from None
        raise error_of(fault, source, where, timeout) from None
