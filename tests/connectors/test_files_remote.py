"""Files in buckets and on servers: the contract against real ones, addresses, refusals."""

import functools
import getpass
import http.server
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree, which
from socket import create_connection

import pytest
import s3fs

from connectors.base import (
    AccessDenied,
    ConnectorError,
    Reading,
    UnknownSource,
    Unreachable,
    UnreadableData,
)
from connectors.files.remote_address import SCHEMES, address_of
from connectors.registry import CONNECTORS, canonical, connect
from tests.connectors.contract import ConnectorContract, ids, one_sentence, read
from tests.connectors.test_files import write_all
from tests.connectors.test_files_archives import zipped
from tests.object_store import ObjectStore, ceph
from tests.servers import ServerError, free_port


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """A file of every format, a group and an archive."""
    path = tmp_path_factory.mktemp("away")
    rows = write_all(path)
    (path / "orders/dt=1").mkdir(parents=True)
    (path / "orders/dt=1/part-00000.csv").write_text("id,name\n1,某甲\n")
    (path / "z.zip").write_bytes(zipped({"inner/a.csv": b"id,name\n1,x\n"}))
    return path, rows | {"orders/dt=*/part-*.csv": 1, "z.zip/inner/a.csv": 1}


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Says nothing on the screen."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def pages(folder: tuple[Path, dict[str, int]]) -> Iterator[str]:
    """A web server that lists the folder."""
    handler = functools.partial(Quiet, directory=str(folder[0]))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Contract(ConnectorContract):
    @pytest.fixture
    def expected(self, folder: tuple[Path, dict[str, int]]) -> dict[str, int]:
        return folder[1]

    @pytest.fixture(params=["a.csv", "e.parquet", "f.xlsx/客户", "子 目录/客户#1.jsonl"])
    def numbered(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)


class TestHttp(_Contract):
    """Pages of links, as web servers make them of folders."""

    @pytest.fixture
    def source(self, pages: str) -> str:
        return f"{pages}/"

    @pytest.fixture
    def missing(self, pages: str) -> str:
        return f"{pages}/nowhere/"

    @pytest.fixture
    def expected(self, folder: tuple[Path, dict[str, int]]) -> dict[str, int]:
        return folder[1]

    @pytest.fixture(params=["a.csv"])
    def numbered(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)


@pytest.fixture(scope="module")
def store(folder: tuple[Path, dict[str, int]]) -> Iterator[ObjectStore]:
    with ceph() as opened:
        system = s3fs.S3FileSystem(
            key=opened.key,
            secret=opened.secret,
            endpoint_url=opened.endpoint,
            config_kwargs={"s3": {"addressing_style": "path"}},
        )
        system.mkdir("people")
        system.put(f"{folder[0]}/", "people/crm/", recursive=True)
        system.touch("people/crm/")  # what some tools leave for a folder
        yield opened


def url(store: ObjectStore, path: str = "people/crm", user: str | None = None) -> str:
    who = f"{store.key}:{store.secret}" if user is None else user
    return f"s3://{who}@{path}?endpoint={store.endpoint}"


@pytest.mark.heavy
class TestS3(_Contract):
    """Ceph's gateway, a real server."""

    @pytest.fixture
    def source(self, store: ObjectStore) -> str:
        return url(store)

    @pytest.fixture
    def missing(self, store: ObjectStore) -> str:
        return url(store, "people/nowhere")

    def test_refusals(self, store: ObjectStore) -> None:
        for user in (f"{store.key}:wrong", "nobody:wrong"):
            with pytest.raises(AccessDenied) as caught:
                connect(url(store, user=user))
            one_sentence(str(caught.value))
            assert "wrong" not in str(caught.value)
        with pytest.raises(UnknownSource):
            connect(url(store, "nobucket"))

    def test_globs_and_single_files(self, store: ObjectStore) -> None:
        found = {
            "people/crm/*.csv": {"a.csv", "j.csv"},
            "people/crm/a.csv": {"a.csv"},
            "people/c*/e.parquet": {"crm/e.parquet"},
        }
        for path, names in found.items():
            with connect(url(store, path)) as connector:
                listed = list(connector.datasets())
                assert {d.name for d in listed} == names
                assert all(read(connector, d, Reading(), rows=10).num_columns for d in listed)
                assert all(d.modified and d.size for d in listed)

    def test_a_file_that_vanished_or_was_closed(self, store: ObjectStore) -> None:
        system = s3fs.S3FileSystem(key=store.key, secret=store.secret, endpoint_url=store.endpoint)
        system.pipe("people/other/a.csv", b"id\n1\n")
        with connect(url(store, "people/other")) as connector:
            (dataset,) = connector.datasets()
            assert ids(read(connector, dataset)) == [1]
            system.rm("people/other/a.csv")
            with pytest.raises(ConnectorError) as caught:
                read(connector, dataset)
            one_sentence(str(caught.value))


@contextmanager
def secure_shell(folder: Path) -> Iterator[tuple[int, Path]]:
    """An SSH server for this user alone, and the key that it takes."""
    program = which("sshd") or "/usr/sbin/sshd"
    if not Path(program).exists():
        raise ServerError("sshd is not installed: as root run: apt install openssh-server")
    Path("/run/sshd").mkdir(exist_ok=True)
    port = free_port()
    for name in ("host", "user"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(command, check=True)
    (folder / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile none\n"
        f"AuthorizedKeysFile {folder}/user.pub\nStrictModes no\nUsePAM no\n"
        "PasswordAuthentication no\nPermitRootLogin yes\nSubsystem sftp internal-sftp\n"
    )
    server = subprocess.Popen([program, "-D", "-e", "-f", str(folder / "config")], stderr=-3)
    try:
        for _ in range(100):
            try:
                create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield port, folder / "user"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def shell(
    tmp_path_factory: pytest.TempPathFactory, folder: tuple[Path, dict[str, int]]
) -> Iterator[str]:
    path = tmp_path_factory.mktemp("shell")
    copytree(folder[0], path / "data")
    with secure_shell(path) as (port, key):
        user = getpass.getuser()
        yield f"sftp://{user}@127.0.0.1:{port}{path}/{{}}?identity={key}"


@pytest.mark.heavy
class TestSftp(_Contract):
    """OpenSSH's server."""

    @pytest.fixture
    def source(self, shell: str) -> str:
        return shell.format("data")

    @pytest.fixture
    def missing(self, shell: str) -> str:
        return shell.format("nowhere")


def test_every_address_is_registered() -> None:
    assert {s for s, name in CONNECTORS.items() if "files.base" in name} == SCHEMES | {"file"}


@pytest.mark.parametrize(
    ("given", "source"),
    [
        ("s3://b", "s3://b"),
        ("s3://b/x/", "s3://b/x"),
        ("s3://k:s@b/客户 1/*.csv", "s3://b/客户%201/*.csv"),
        ("s3://b/x?endpoint=http://127.0.0.1:9000", "s3://127.0.0.1:9000/b/x"),
        ("s3://b/x?region=cn-north-1&anonymous=1", "s3://b/x"),
        ("s3://b/x?.csv", "s3://b/x%3F.csv"),
        ("cos://b/x?region=ap-guangzhou", "cos://b/x"),
        ("az://c/x?account=a", "az://c/x"),
        ("sftp://u:p@h:22/a/b", "sftp://h:22/a/b"),
        ("hdfs://h:8020/a", "hdfs://h:8020/a"),
        ("webhdfs://u@h:9870/a", "webhdfs://h:9870/a"),
        ("https://u:p@h/a/", "https://h/a/"),
    ],
)
def test_canonical_addresses(given: str, source: str) -> None:
    assert canonical(given) == source
    assert address_of(given).source == source
    assert "u:p" not in repr(address_of(given))
    assert "k:s" not in repr(address_of(given))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("s3://", "write s3://bucket"),
        ("s3:///x", "write s3://bucket"),
        ("s3://b/x?nonsense=1", "not known"),
        ("s3://k:s/ecret@b/x", "cannot be read"),
        ("cos://b/x", "names no region"),
        ("oss://b/x", "names no region"),
        ("sftp://h:port/x", "cannot be read"),
        ("sftp://h/x?endpoint=1", "not known"),
    ],
)
def test_bad_addresses(given: str, says: str) -> None:
    with pytest.raises(UnknownSource, match=says) as caught:
        connect(given)
    one_sentence(str(caught.value))
    assert "ecret" not in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        "http://127.0.0.1:{}/",
        "s3://key:secret@b/x?endpoint=http://127.0.0.1:{}",
        "sftp://u:p@127.0.0.1:{}/x",
        "webhdfs://127.0.0.1:{}/x",
    ],
)
def test_nobody_answers(given: str) -> None:
    with pytest.raises(Unreachable) as caught:
        connect(given.format(free_port()))
    one_sentence(str(caught.value))


def test_a_page_that_vanished(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id\n1\n")
    handler = functools.partial(Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with connect(f"http://127.0.0.1:{server.server_port}/") as connector:
            (dataset,) = connector.datasets()
            (tmp_path / "a.csv").unlink()
            with pytest.raises((UnknownSource, UnreadableData)):
                read(connector, dataset)
        server.shutdown()
