"""Faults: what can go wrong with a database, and the one sentence that says what to do."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from types import MappingProxyType

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from connectors.base import (
    AccessDenied,
    ConnectorError,
    MissingDriver,
    UnknownSource,
    Unreachable,
    UnreadableData,
)
from connectors.scrub import scrub


class Dropped(Unreachable):
    """A connection that was there broke off: the same may work over another."""


class Fault(Enum):
    """A kind of failure: the error it becomes, and its sentence."""

    LOGIN = (
        AccessDenied,
        "{source} refused the user or the password: check both, "
        "and percent-encode special characters in the URL",
    )
    GRANT = (AccessDenied, "no right to read {where}: ask for SELECT on it")
    FILE = (AccessDenied, "this user may not read {where}: grant read permission on the file")
    DATABASE = (
        UnknownSource,
        "there is no database {source}: check its name and that this user may see it",
    )
    UNREACHABLE = (
        Unreachable,
        "nobody answers at {source}: check host and port, and that the server is running",
    )
    CROWDED = (Unreachable, "{source} has no free connection: scan again later")
    LOST = (Dropped, "the connection broke off at {where}: scan again")
    VANISHED = (UnreadableData, "{where} is gone or has changed since it was listed: scan again")
    LOCKED = (UnreadableData, "{where} is locked by somebody else: scan again later")
    SLOW = (
        UnreadableData,
        "{where} took longer than {timeout:g} s: allow more with ?timeout=600 in the URL, "
        "or ask for fewer rows",
    )
    DAMAGED = (UnreadableData, "{where} is damaged or no database: check it with its own tools")
    UNFINISHED = (
        UnreadableData,
        "{where} was left in the middle of a write, or its log cannot be read without writing: "
        "open it once with the program that owns it, or copy it with its -wal file",
    )
    ENCODING = (
        UnreadableData,
        "{where} holds bytes that are not in the encoding it declares: repair it at the source",
    )
    NEWER = (
        UnreadableData,
        "{where} was written by a newer version of its program: pip install -U its package here",
    )
    SECRET = (
        UnreadableData,
        "{where} is encrypted: scan a copy that is not",
    )
    LARGE = (
        UnreadableData,
        "{where} needs more memory than a scan may take: ask for fewer rows",
    )
    BUSY = (
        UnreadableData,
        "{where} waits for another dataset of this source to be read to its end",
    )

    def __init__(self, error: type[ConnectorError], sentence: str) -> None:
        self.error = error
        self.sentence = sentence


# What clients say in words where they give no code, in the languages servers often speak.
WORDS = MappingProxyType(
    {
        re.compile(
            r"password authentication failed|no password supplied|no pg_hba\.conf entry|"
            r"role .* (does not exist|is not permitted)|authentication failed|认证失败|角色.*不存在"
        ): Fault.LOGIN,
        re.compile(r"permission denied for database|权限.*数据库"): Fault.GRANT,
        re.compile(r"database .* does not exist|数据库.*不存在"): Fault.DATABASE,
        re.compile(
            r"refused|resolve host|translate host|Name or service not known|No such file|"
            r"unreachable|No route|timeout expired|timed out|starting up|shutting down|拒绝连接"
        ): Fault.UNREACHABLE,
        re.compile(r"too many (clients|connections)|remaining connection slots"): Fault.CROWDED,
        re.compile(
            r"closed the connection|terminating connection|connection (is closed|was lost)|reset"
        ): Fault.LOST,
    }
)


def by_words(message: str) -> Fault | None:
    """The fault that a message without a code speaks of."""
    return next((fault for words, fault in WORDS.items() if words.search(message)), None)


@contextmanager
def sentences(
    judge: Callable[[BaseException], Fault | None], source: str, where: str, timeout: float
) -> Iterator[None]:
    """Whatever a driver raises inside becomes one ConnectorError about `where`.

    The driver's error is not chained: it quotes values and statements.
    """
    try:
        yield
    except PoolTimeout:
        raise error_of(Fault.BUSY, source, where, timeout) from None
    except UnicodeDecodeError:
        raise error_of(Fault.ENCODING, source, where, timeout) from None
    except PermissionError:  # no server says so: it is a file
        raise error_of(Fault.FILE, source, where, timeout) from None
    except FileNotFoundError:
        raise error_of(Fault.VANISHED, source, where, timeout) from None
    except RuntimeError as error:  # PyMySQL, for a password plug-in of MySQL 8
        if "cryptography" not in str(error):
            raise
        message = f"{source} wants an encrypted password exchange: pip install 'PyMySQL[rsa]'"
        raise MissingDriver(message) from None
    except SQLAlchemyError as error:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
        fault = judge(cause)
        if fault is not None:
            raise error_of(fault, source, where, timeout) from None
        message = f"{where} cannot be read: {type(cause).__name__}, {scrub(str(cause))}"
        raise UnreadableData(message) from None


def error_of(fault: Fault, source: str, where: str, timeout: float) -> ConnectorError:
    """The error that a fault becomes."""
    return fault.error(fault.sentence.format(source=source, where=where, timeout=timeout))
