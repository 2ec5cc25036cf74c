"""A private S3 server on a free loopback port: Ceph's RADOS gateway, all in memory."""

import json
import os
import secrets
import signal
import struct
import subprocess
import tempfile
import time
import uuid
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree, which
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.servers import ServerError, free_port

PATIENCE = 90.0  # seconds until the gateway must answer
_PROGRAMS = ("ceph", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin")
_CONFIG = """
[global]
fsid = {fsid}
mon host = [v2:127.0.0.1:{v2},v1:127.0.0.1:{v1}]
public addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
ms cluster mode = crc
ms service mode = crc
ms client mode = crc
ms mon cluster mode = crc
ms mon service mode = crc
ms mon client mode = crc
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
osd objectstore = memstore
memstore device bytes = 2147483648
mon allow pool size one = true
mon data avail crit = 1
mon data avail warn = 1
mon max pg per osd = 1000
run dir = {folder}
admin socket =
pid file =
log file = /dev/null
mon cluster log file = /dev/null
keyring = {folder}/keyring
mon data = {folder}/mon
osd data = {folder}/osd
rgw data = {folder}/rgw
rgw frontends = beast endpoint=127.0.0.1:{port}
rgw dynamic resharding = false
"""

# Nobody is asked for a key, but the gateway does not begin without one.
_KEY = b64encode(struct.pack("<HIIH16s", 1, 0, 0, 16, b"no secret at all")).decode()


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """Where it listens, and who may do everything there."""

    endpoint: str
    key: str
    secret: str


@contextmanager
def ceph() -> Iterator[ObjectStore]:
    """A gateway with one user, gone in the end."""
    missing = [name for name in _PROGRAMS if not which(name)]
    if missing:
        packages = "radosgw ceph-mon ceph-osd ceph-common"
        message = f"{missing[0]} is not installed: as root run: apt install {packages}"
        raise ServerError(message)
    folder = Path(tempfile.mkdtemp(prefix="picensus-", dir="/tmp"))
    port, key, secret = free_port(), secrets.token_hex(10), secrets.token_hex(20)
    try:
        with ExitStack() as stack:
            config = folder / "ceph.conf"
            fsid = str(uuid.uuid4())
            v2, v1 = free_port(), free_port()
            config.write_text(_CONFIG.format(fsid=fsid, v2=v2, v1=v1, port=port, folder=folder))
            for name in ("mon", "osd", "rgw"):
                (folder / name).mkdir()
            (folder / "keyring").write_text(f"[client.rgw]\nkey = {_KEY}\n")
            _monitor(stack, config, folder, fsid, v2, v1)
            _storage(stack, config, folder)
            gateway = ["radosgw", "-c", config, "-n", "client.rgw", "-f", "--no-mon-config"]
            stack.enter_context(_running(gateway, folder))
            user = ["radosgw-admin", "-c", config, "-n", "client.rgw", "--no-mon-config"]
            user += ["user", "create", "--uid=census", "--display-name=census"]
            _run([*user, f"--access-key={key}", f"--secret-key={secret}"], folder)
            endpoint = f"http://127.0.0.1:{port}"
            _await(endpoint)
            yield ObjectStore(endpoint, key, secret)
    finally:
        rmtree(folder, ignore_errors=True)


def _monitor(stack: ExitStack, config: Path, folder: Path, fsid: str, v2: int, v1: int) -> None:
    monmap = folder / "monmap"
    addresses = f"[v2:127.0.0.1:{v2},v1:127.0.0.1:{v1}]"
    _run(["monmaptool", "--create", "--fsid", fsid, "--addv", "a", addresses, monmap], folder)
    _run(["ceph-mon", "-c", config, "--mkfs", "-i", "a", "--monmap", monmap], folder)
    stack.enter_context(_running(["ceph-mon", "-c", config, "-i", "a", "-f"], folder))


def _storage(stack: ExitStack, config: Path, folder: Path) -> None:
    name = str(uuid.uuid4())
    number = json.loads(_run(["ceph", "-c", config, "osd", "new", name, "-f", "json"], folder))
    osd = ["ceph-osd", "-c", config, "-i", str(number["osdid"])]
    _run([*osd, "--mkfs", "--osd-uuid", name], folder)
    stack.enter_context(_running([*osd, "-f"], folder))


def _run(command: list[str | Path], folder: Path) -> str:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    if done.returncode:
        raise ServerError(f"{command[0]} failed: {(done.stderr or done.stdout)[-800:]}")
    return done.stdout


@contextmanager
def _running(command: list[str | Path], folder: Path) -> Iterator[None]:
    with (folder / f"{Path(command[0]).name}.log").open("wb") as out:
        process = subprocess.Popen(
            command, cwd=folder, stdout=out, stderr=out, env={**os.environ}, process_group=0
        )
    try:
        yield
    finally:
        process.send_signal(signal.SIGKILL)  # it keeps nothing
        process.wait()


def _await(endpoint: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urlopen(endpoint):
                return
        except HTTPError:
            return  # it refuses strangers, so it is there
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise ServerError("the object store does not answer")
