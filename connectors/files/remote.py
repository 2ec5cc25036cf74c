"""Remote: files in buckets and on servers, through fsspec."""

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, BinaryIO, cast
from urllib.parse import quote, unquote

from connectors.base import (
    AccessDenied,
    ConnectorError,
    MissingDriver,
    UnknownSource,
    Unreachable,
    UnreadableData,
)
from connectors.files.content import Content
from connectors.files.paths import matcher
from connectors.files.remote_address import Address
from connectors.files.store import Found, Store
from connectors.scrub import scrub

BLOCK = 4 << 20  # bytes fetched at a time
_MAGIC = re.compile(r"[*?]")
_TIMES = ("LastModified", "last_modified", "mtime", "updated", "modificationTime", "modified")
# Whose errors may come out of fsspec's file systems; each has its own tree of them.
_CLIENTS = frozenset(
    {
        "adlfs",
        "aiohttp",
        "azure",
        "botocore",
        "fsspec",
        "gcsfs",
        "google",
        "oss2",
        "paramiko",
        "pyarrow",
        "requests",
        "urllib3",
    }
)
_REFUSED = re.compile(
    r"(?i)credential|access ?key|forbidden|denied|unauthori[sz]ed|signature|authentication|"
    r"permission|\b40[13]\b|private key|not a valid|InvalidAccessKeyId"
)
_SILENT = re.compile(
    r"(?i)could not connect|(cannot|unable to) connect|connect timeout|timed? ?out|refused|"
    r"unreachable|resolve|name or service|getaddrinfo|endpoint url|no existing session|"
    r"connection reset"
)


class Remote(Store):
    """What lies below a folder or bucket, or what a glob in it matches."""

    near = False

    def __init__(self, address: Address) -> None:
        """Looks whether anything is there.

        Raises:
            MissingDriver: the package for such addresses is not installed.
            UnknownSource, AccessDenied, Unreachable: nothing is there, or may be seen.
        """
        self._address = address
        self.prefix, self.source = address.prefix, address.source
        magic = _MAGIC.search(address.path)
        self._folder = address.path
        self._wanted: re.Pattern[str] | None = None
        if magic:
            self._folder = address.path[: address.path.rfind("/", 0, magic.start()) + address.whole]
            self._wanted = matcher(address.path)
        with self._sentences(self.source):
            self._system = _system(address)
            first = next(self.found(), None)
        if first is None:
            raise UnknownSource(f"there are no files at {self.source}: check the path")

    def found(self, below: str | None = None) -> Iterator[Found]:
        """Every file, a folder's in the order of their names; hidden ones are left out."""
        folder = self._folder if below is None else below + "/" * self._address.whole
        if not (self._address.whole and folder.endswith("/")):  # else a page with links
            with self._sentences(self._shown(folder)):
                about = self._about(folder)
                if about.get("type") == "file":
                    yield self._found(folder, about)
                    return
        yield from self._below(folder)

    def content(self, path: str) -> Content:
        """The bytes of a file, fetched in blocks as they are read."""
        about = self._about(path)
        size, where, name = about.get("size"), self._asked(path), self._shown(path)
        seeks = not self._address.whole or bool(about.get("partial"))  # of the web, few servers do
        block = BLOCK if seeks else 0

        def opens() -> BinaryIO:
            stream = self._system.open(where, "rb", block_size=block, cache_type="readahead")
            return cast("BinaryIO", stream if seeks else io.BufferedReader(_Whole(stream)))

        if size is not None:
            return Content(name, int(size), opens, seeks=seeks)
        with opens() as stream:  # a server that does not say how long a file is
            return Content.held(name, Content(name, 0, lambda: stream).whole())

    def below(self, path: str) -> str:
        """The path below the root; a file's own name where it is the root."""
        inside = path.removeprefix(self._folder.rstrip("/") + "/")
        return path.rpartition("/")[2] if inside == path else inside

    @contextmanager
    def explained(self, path: str) -> Iterator[None]:
        """What the other side says about a file, as one sentence that says what to do."""
        with self._sentences(self._shown(path)):
            yield

    def _below(self, folder: str) -> Iterator[Found]:
        with self._sentences(self._shown(folder)):
            self._system.invalidate_cache()
            listed = self._system.ls(self._asked(folder), detail=True)
        for about in sorted(listed, key=lambda entry: str(entry["name"])):
            if self._address.whole and not _below(str(about["name"]), self._asked(folder)):
                continue
            path = self._path(str(about["name"]))
            name = path.rstrip("/").rpartition("/")[2]
            if path.rstrip("/") == folder.rstrip("/") or name.startswith("."):
                continue  # a bucket may hold an empty object for the folder itself
            if about.get("type") == "directory":
                yield from self._below(path.rstrip("/"))
            elif self._wanted is None or self._wanted.fullmatch(path):
                yield self._found(path, about)

    def _found(self, path: str, about: Mapping[str, Any]) -> Found:
        if about.get("size") is None:  # a page of links says nothing about them
            try:
                with self._sentences(self._shown(path)):
                    about = self._about(path)
            except ConnectorError:
                return Found(path)  # reading it will say why
        return Found(path, int(about.get("size") or 0), _modified(about))

    def _about(self, path: str) -> Mapping[str, Any]:
        return cast("Mapping[str, Any]", self._system.info(self._asked(path)))

    def _asked(self, path: str) -> str:
        """The path as the file system wants it."""
        return self.prefix + quote(path) if self._address.whole else path

    def _path(self, name: str) -> str:
        """The path that a name in a listing means."""
        name = unquote(name.removeprefix(self.prefix)) if self._address.whole else name
        absolute = self._address.path.startswith("/")
        return f"/{name.lstrip('/')}" if absolute else name.lstrip("/")

    def _shown(self, path: str) -> str:
        return self.prefix + path

    @contextmanager
    def _sentences(self, where: str) -> Iterator[None]:
        try:
            yield
        except ConnectorError:
            raise
        except Exception as error:
            if not isinstance(error, OSError) and _origin(error) not in _CLIENTS:
                raise
            raise _sentence(error, where) from None


class _Whole(io.RawIOBase):
    """A stream that gives what has come so far, so that a buffer around it can ask for the rest."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def _system(address: Address) -> Any:  # noqa: ANN401 (fsspec has no types)
    if address.system == "oss" and not {"key", "secret"} <= set(address.options):
        # Its client then says that nothing is there.
        message = "oss:// needs OSS_ACCESS_KEY_ID and OSS_ACCESS_KEY_SECRET: export them"
        raise AccessDenied(message)
    try:
        import fsspec  # noqa: PLC0415 (of an extra)

        return fsspec.filesystem(address.system, skip_instance_cache=True, **address.options)
    except ImportError:
        install = f"pip install 'picensus[{address.extra}]'"
        message = f"{address.scheme}:// needs a package that is not installed: {install}"
        raise MissingDriver(message) from None


def _below(path: str, folder: str) -> bool:
    """Is a link of a page one to something below it, and not to the page in another order?"""
    return path.startswith(f"{folder.rstrip('/')}/") and "?" not in path and "#" not in path


def _origin(error: BaseException) -> str:
    return type(error).__module__.partition(".")[0]


def _sentence(error: Exception, where: str) -> ConnectorError:
    """What an error of a client means; what it says is repeated only where nothing is known."""
    said = f"{type(error).__name__} {error}"
    if re.search("libjvm|libhdfs", said):
        return MissingDriver(f"{where} needs the Hadoop client (libhdfs and Java): install it")
    if isinstance(error, FileNotFoundError):
        return UnknownSource(f"{where} does not exist: check the path")
    if isinstance(error, PermissionError) or _REFUSED.search(said):
        message = f"{where} may not be read with these credentials: check them and their rights"
        return AccessDenied(message)
    if isinstance(error, TimeoutError | ConnectionError) or _SILENT.search(said):
        return Unreachable(f"nobody answers for {where}: check the address and the network")
    return UnreadableData(f"{where} cannot be read: {type(error).__name__}, {scrub(str(error))}")


def _modified(about: Mapping[str, Any]) -> datetime | None:
    """When a file was last written, in whatever form the other side says it."""
    value = next((about[key] for key in _TIMES if about.get(key) is not None), None)
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC)
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return None
    return None
