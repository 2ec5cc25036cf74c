"""Private servers of databases on free loopback ports, gone when the test run ends.

They work as root (the servers then run as their own users) and as any user.
"""

import importlib.util
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_READY = re.compile(rb"ready (for|to accept) connections|HiveThriftServer2 started")
PATIENCE = 60.0  # seconds until a server must answer

# A shell stops the server, and removes its folder, when our end of the pipe closes: also where
# the test run was killed and could do nothing any more.
_KEEPER = """
exec 3<&0
"$@" & server=$!
{ read _ <&3; : > stopping; kill -s $SIGNAL $server; } &
wait $server
code=$?
if [ -e stopping ]; then rm -rf "$PWD"; fi
exit $code
"""


class ServerError(Exception):
    """A server is missing or does not start; one sentence that says what to do."""


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgresql() -> Iterator[str]:
    """The URL of a superuser of a new PostgreSQL server."""
    initdb = _program("initdb", "postgresql", "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")
    user, password, port = _user("postgres"), secrets.token_hex(8), free_port()
    with _folder(user) as folder:
        data = folder / "data"
        given = folder / "password"
        given.write_text(password)
        shutil.chown(given, user)
        make = [initdb, "-D", data, "-U", "census", "--auth=scram-sha-256", f"--pwfile={given}"]
        make += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        _run(make, user, folder)
        settings = {
            "port": port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": folder,
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
            "autovacuum": "off",
            "max_connections": 40,
        }
        options = [f"-c{name}={value}" for name, value in settings.items()]
        server = [initdb.with_name("postgres"), "-D", data, *options]
        with _serving(server, user, folder, signal.SIGINT):
            yield f"postgresql+psycopg://census:{password}@127.0.0.1:{port}/postgres"


@contextmanager
def mariadb() -> Iterator[str]:
    """The URL of a superuser of a new MariaDB server, without a database."""
    mariadbd = _program("mariadbd", "mariadb-server", "/usr/sbin", "/usr/libexec")
    install = _program("mariadb-install-db", "mariadb-server", "/usr/bin", "/usr/local/bin")
    user, password, port = _user("mysql"), secrets.token_hex(8), free_port()
    with _folder(user) as folder:
        first = folder / "first.sql"
        first.write_text(
            f"CREATE USER census@'%' IDENTIFIED BY '{password}';\n"
            "GRANT ALL ON *.* TO census@'%' WITH GRANT OPTION;\n"
        )
        shutil.chown(first, user)
        data = f"--datadir={folder / 'data'}"
        fast = ["--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0"]
        fast += ["--innodb-log-file-size=16M", "--innodb-buffer-pool-size=64M"]
        make = [install, "--no-defaults", data, "--auth-root-authentication-method=normal"]
        _run([*make, "--skip-test-db", *fast], user, folder)
        server = [mariadbd, "--no-defaults", data, f"--port={port}", "--bind-address=127.0.0.1"]
        server += [f"--socket={folder / 'socket'}", f"--pid-file={folder / 'pid'}", *fast]
        server += ["--character-set-server=utf8mb4", "--skip-name-resolve", f"--init-file={first}"]
        with _serving(server, user, folder, signal.SIGTERM):
            yield f"mysql+pymysql://census:{password}@127.0.0.1:{port}/"


@contextmanager
def clickhouse() -> Iterator[str]:
    """The URL of a user of ClickHouse's engine behind HTTP, without a database."""
    password = secrets.token_hex(8)
    with _folder(pwd.getpwuid(os.geteuid())[0]) as folder:
        command = [sys.executable, Path(__file__).with_name("chdb_server.py"), folder / "data"]
        process = subprocess.Popen(
            command,
            env={**os.environ, "CHDB_PASSWORD": password},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            port = process.stdout.readline().strip() if process.stdout else ""
            if not port:
                raise ServerError("chdb does not start: pip install chdb")
            yield f"clickhouse://census:{password}@127.0.0.1:{port}"
        finally:
            process.communicate()


@contextmanager
def spark() -> Iterator[str]:
    """The URL of a user of Spark's HiveServer2, without a database; takes half a minute."""
    found = importlib.util.find_spec("pyspark")
    if found is None or not found.submodule_search_locations:
        raise ServerError("pyspark is not installed: tools/setup.sh all")
    if not shutil.which("java"):
        raise ServerError("Java is not installed: tools/servers.sh all")
    home, port = Path(found.submodule_search_locations[0]), free_port()
    user = pwd.getpwuid(os.geteuid())[0]
    with _folder(user) as folder:
        store = f"jdbc:derby:;databaseName={folder}/metastore;create=true"
        settings = {
            "spark.ui.enabled": "false",
            "spark.sql.warehouse.dir": folder / "warehouse",
            "spark.hadoop.javax.jdo.option.ConnectionURL": store,
            "spark.sql.thriftServer.incrementalCollect": "true",
            "spark.sql.shuffle.partitions": 2,
        }
        thrift = {"port": port, "bind.host": "127.0.0.1"}
        server: list[str | Path] = [
            "/usr/bin/env", f"SPARK_HOME={home}", "SPARK_LOCAL_IP=127.0.0.1",
            home / "bin" / "spark-submit", "--master", "local[2]", "--driver-memory", "1g",
            "--class", "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2",
            *(word for k, v in settings.items() for word in ("--conf", f"{k}={v}")),
            "spark-internal",
            *(w for k, v in thrift.items() for w in ("--hiveconf", f"hive.server2.thrift.{k}={v}")),
        ]  # fmt: skip
        with _serving(server, user, folder, signal.SIGTERM, patience=180):
            yield f"hive://census@127.0.0.1:{port}"


def _program(name: str, package: str, *folders: str) -> Path:
    """The newest such program below the folders, else on the PATH."""
    found = [p for folder in folders for p in Path("/").glob(f"{folder[1:]}/{name}")]
    versions = sorted(found, key=lambda p: [int(n) for n in "".join(_digits(p)).split()])
    on_path = shutil.which(name)
    if versions:
        return versions[-1]
    if on_path:
        return Path(on_path).resolve()
    message = f"{name} is not installed: the tests need it, as root run: apt install {package}"
    raise ServerError(message)


def _digits(path: Path) -> Iterator[str]:
    return (c if c.isdigit() else " " for c in str(path))


def _user(name: str) -> str:
    """Who runs the server: the server's own user where we are root, for it refuses root."""
    try:
        return pwd.getpwnam(name).pw_name if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())[0]
    except KeyError:
        message = f"there is no user {name} to run the server as: run the tests as another user"
        raise ServerError(message) from None


@contextmanager
def _folder(user: str) -> Iterator[Path]:
    """A new folder of that user, short enough for a socket; removed in the end."""
    folder = Path(tempfile.mkdtemp(prefix="picensus-", dir="/tmp"))
    try:
        shutil.chown(folder, user)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_user(user: str) -> str | None:
    return user if os.geteuid() == 0 else None


def _run(command: Sequence[str | Path], user: str, folder: Path) -> None:
    done = subprocess.run(
        command,
        user=_as_user(user),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ServerError(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout)[-800:]}")


@contextmanager
def _serving(
    command: Sequence[str | Path],
    user: str,
    folder: Path,
    stop: signal.Signals,
    patience: float = PATIENCE,
) -> Iterator[None]:
    """The server while it runs; stopped whatever happens, by force after ten seconds."""
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["/bin/sh", "-c", _KEEPER, "keeper", *command],
            user=_as_user(user),
            cwd=folder,
            env={**os.environ, "SIGNAL": stop.name.removeprefix("SIG")},
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=out,
            process_group=0,
        )
    try:
        _await(process, log, patience)
        yield
    finally:
        if process.stdin is not None:
            process.stdin.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _await(process: subprocess.Popen[bytes], log: Path, patience: float) -> None:
    """Until the server writes that it is ready."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and process.poll() is None:
        if re.search(
            rb"ready (for|to accept) connections|HiveThriftServer2 started", log.read_bytes()
        ):
            return
        time.sleep(0.02)
    raise ServerError(f"a server did not start: {log.read_text(errors='replace')[-800:]}")
