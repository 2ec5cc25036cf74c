"""Connector: lists the datasets of one source and reads them as Arrow batches. Read-only."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Literal, Self

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Column:
    """A column as its source declares it; `type` in the source's own words (`varchar(32)`)."""

    name: str
    type: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key that the source declares: `columns` hold what `targets` of `dataset` hold."""

    columns: tuple[str, ...]
    dataset: str  # its URI
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Access:
    """Who may read a dataset, as far as its source tells; None where it does not.

    `everyone`: whoever can log in. `roles`: how many users and groups of users were granted
    it by name, its owner among them; superusers are not counted.
    """

    everyone: bool | None = None
    roles: int | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table, view, sheet or file.

    `uri` is canonical: the same in every run, without credentials, with non-ASCII kept
    readable. `name` is the table, or the path below the source (`crm/2024.xlsx/Sheet1` for a
    sheet). `columns` is empty where only reading tells (most files). `rows` may be an
    estimate. A dataset that is not to be read says why in `skip`.

    `key` is the primary key; `indexed` are columns by which ranges of rows can be had without
    reading all of it; `encrypted` says whether it is kept so on disk.
    """

    uri: str
    source: str
    kind: Literal["table", "view", "sheet", "file"]
    name: str
    database: str | None = None
    schema: str | None = None
    comment: str = ""
    columns: tuple[Column, ...] = ()
    rows: int | None = None
    size: int | None = None
    modified: datetime | None = None
    skip: str = ""
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    indexed: tuple[str, ...] = ()
    access: Access = Access()
    encrypted: bool | None = None


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows at one place of a column of times or of numbers that grow with time.

    "oldest" and "newest" are the ends; "middle" is what follows the moment halfway between.
    """

    column: str
    at: Literal["oldest", "middle", "newest"]


@dataclass(frozen=True, slots=True)
class Sampling:
    """How much to read: `rows` at most, or everything where it is None.

    The same seed gives the same sample of unchanged data. `columns` limits what is read to
    those. Texts longer than `cell` characters are cut, in the source where it can. With a
    `slice` the rows come from there, not at random: only for `Connector.sliceable` columns.
    """

    rows: int | None = 10_000
    seed: int = 0
    columns: tuple[str, ...] | None = None
    cell: int = 65_536
    slice: Slice | None = None


@dataclass(frozen=True, slots=True)
class Safeguards:
    """How a source as a whole is protected, as far as it tells; None where it does not.

    `transit`: the connection that we read over is encrypted; `at_rest`: data on disk are,
    all of them. The notes say how, in the source's words ("TLSv1.3"), or what is missing.
    """

    transit: bool | None = None
    at_rest: bool | None = None
    transit_note: str = ""
    at_rest_note: str = ""


@dataclass(slots=True)
class Reading:
    """What a connector says while it reads one dataset; it fills this in as it goes.

    `how` tells how rows were chosen ("all rows", "TABLESAMPLE SYSTEM (0.4)"); `rows` is the
    number of rows in the dataset where reading found it out; `warnings` are one sentence each
    and hold no value from the data.
    """

    how: str = ""
    rows: int | None = None
    warnings: list[str] = field(default_factory=list)


class Connector(ABC):
    """One source, opened. A context manager; it never writes to the source."""

    source: str  # canonical URI of the source, without credentials

    def __init__(self, where: str) -> None:
        """Opens the source at a URI or path."""
        self.source = self.canonical(where)

    @staticmethod
    @abstractmethod
    def canonical(where: str) -> str:
        """What `source` is for a URI or path, whether or not the source exists or answers.

        Raises:
            ConnectorError: it cannot be read as one.
        """

    @abstractmethod
    def datasets(self) -> Iterator[Dataset]:
        """Every dataset, in a stable order.

        One that cannot be opened is listed all the same: `batches` says why.

        Raises:
            ConnectorError: the source as a whole cannot be listed.
        """

    @abstractmethod
    def batches(
        self, dataset: Dataset, sampling: Sampling, reading: Reading
    ) -> Iterator[pa.RecordBatch]:
        """The rows as batches of one schema; at least one batch, of no rows where it is empty.

        The schema's fields carry the declared type and comment (see `field_of`). Nested
        types are given as they are.

        Raises:
            ConnectorError: the dataset cannot be read (any further).
        """

    def sliceable(self, dataset: Dataset) -> tuple[str, ...]:
        """Columns that `Sampling.slice` may name; none where the connector has no slices."""
        return ()

    def safeguards(self) -> Safeguards:
        """How the source is protected, as far as it tells.

        Raises:
            ConnectorError: the source does not answer.
        """
        return Safeguards()

    def close(self) -> None:  # noqa: B027 (not every connector holds something open)
        """Let go of connections and files."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def field_of(column: Column, kind: pa.DataType) -> pa.Field:
    """An Arrow field that carries what the source declares of the column."""
    return pa.field(column.name, kind, metadata={"type": column.type, "comment": column.comment})


def columns_of(schema: pa.Schema) -> tuple[Column, ...]:
    """What the fields of a schema declare; the Arrow type where the source declared none."""
    said = [(f, f.metadata or {}) for f in schema]
    return tuple(
        Column(
            f.name,
            m.get(b"type", b"").decode() or _named(f.type),
            m.get(b"comment", b"").decode(),
        )
        for f, m in said
    )


def _named(kind: pa.DataType) -> str:
    """The type in the words of somebody who does not know Arrow."""
    texts = pa.types.is_string(kind) or pa.types.is_large_string(kind)
    return "text" if texts else str(kind)


class ConnectorError(Exception):
    """One sentence, without any value from the data or credentials, that says what to do."""


class UnknownSource(ConnectorError):  # noqa: N818
    """The thing named does not exist."""


class UnknownScheme(UnknownSource):
    """No connector for the scheme of the URI."""


class MissingDriver(ConnectorError):  # noqa: N818
    """The connector needs a package; the sentence names the extra."""


class AccessDenied(ConnectorError):  # noqa: N818
    """The source refused: password, grant or file permission."""


class Unreachable(ConnectorError):  # noqa: N818
    """Nobody answers at the address."""


class UnreadableData(ConnectorError):  # noqa: N818
    """The bytes are not what their name promises, or the dataset vanished."""
