"""Files: a folder, a file, a glob or a bucket, and every table, log and document in it."""

import importlib
from collections.abc import Iterator

import pyarrow as pa

from connectors.base import Connector, Dataset, Reading, Sampling, UnreadableData
from connectors.files import merge
from connectors.files.archive import archive_kind
from connectors.files.form import recognised
from connectors.files.groups import grouped, keys, series
from connectors.files.listing import Entry, Listing
from connectors.files.local import Local
from connectors.files.paths import Place, named, place_of, printable
from connectors.files.rations import rationed
from connectors.files.remote import Remote
from connectors.files.remote_address import address_of
from connectors.files.store import Found, Store


class Files(Connector):
    """Files below a folder, those that a glob matches, or one file; never written to."""

    def __init__(self, where: str) -> None:
        """`where` is a path, a glob with `*`, `?` and `**`, or a URL of either.

        Raises:
            UnknownSource: nothing is there.
        """
        self._store = _store(where)
        self.source = self._store.source
        self._listing = Listing(self._store)

    @staticmethod
    def canonical(where: str) -> str:
        """The URI of the folder, file, glob or bucket, without credentials."""
        return named(where) if _is_local(where) else address_of(where).source

    def datasets(self) -> Iterator[Dataset]:
        """Every file that is not hidden, in archives too, each sheet and table, groups as one."""
        for entry in rationed(grouped(self._listing.entries())):
            yield self._dataset(entry)

    def batches(
        self, dataset: Dataset, sampling: Sampling, reading: Reading
    ) -> Iterator[pa.RecordBatch]:
        """The rows of one file, member, sheet, table or group.

        Raises:
            AccessDenied: this user may not read it.
            UnreadableData: it vanished, or its content is not what its name says.
        """
        place = place_of(dataset.uri, self._store.prefix)
        if place.group:
            yield from self._group(place, sampling, reading)
        else:
            yield from self._file(place, sampling, reading)

    def close(self) -> None:
        """Let go of files and connections."""
        self._listing.close()
        self._store.close()

    def _file(self, place: Place, sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
        name = (place.path, *place.members)[-1]
        with self._store.explained(place.path):
            content = self._listing.content(place)
            if archive_kind(name):  # one that cannot be opened, or holds nothing
                if content.size:
                    self._listing.check(place)
                yield _nothing(reading)
                return
            file = recognised(content, name, place.part)
            if not content.size and file.format != "lines":
                yield _nothing(reading)
                return
            module = importlib.import_module(f"connectors.files.{file.format}")
            yield from module.read(file, sampling, reading)

    def _group(
        self, place: Place, sampling: Sampling, reading: Reading
    ) -> Iterator[pa.RecordBatch]:
        """The files that are there now, in the order of their names."""
        with self._store.explained(place.path):
            found = sorted(self._store.found(place.path), key=lambda f: f.path)
        pieces = [self._piece(f) for f in found if f.size and not f.skip and _of(place, f.path)]
        if not pieces:
            shown = printable(f"{place.path}/{place.group}")
            raise UnreadableData(f"there are no files '{shown}' any more: scan again")
        yield from merge.read(pieces, sampling, reading)

    def _piece(self, found: Found) -> merge.Piece:
        place = Place(found.path)

        def read(sampling: Sampling, reading: Reading) -> Iterator[pa.RecordBatch]:
            yield from self._file(place, sampling, reading)

        return merge.Piece(printable(found.path), found.size or 0, keys(found.path), read)

    def _dataset(self, entry: Entry) -> Dataset:
        place = entry.place
        below = f"{place.path}/{place.group}" if place.group else place.path
        name = "/".join([self._store.below(below), *place.members])
        return Dataset(
            uri=place.uri(self._store.prefix),
            source=self.source,
            kind=entry.kind or "file",
            name=name if place.part is None else f"{name}/{place.part}",
            size=entry.size,
            modified=entry.modified,
            skip=entry.skip,
        )


def _nothing(reading: Reading) -> pa.RecordBatch:
    reading.how, reading.rows = "all rows", 0
    return pa.RecordBatch.from_arrays([], names=[])


def _store(where: str) -> Store:
    return Local(where) if _is_local(where) else Remote(address_of(where))


def _is_local(where: str) -> bool:
    return "://" not in where or where.startswith("file://")


def _of(place: Place, path: str) -> bool:
    found = series(path)
    return found is not None and (found.folder, found.glob) == (place.path, place.group)
