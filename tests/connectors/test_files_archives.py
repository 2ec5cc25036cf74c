"""Archives and compressed files: every file in them is read, nothing is unpacked to a disk."""

import bz2
import gzip
import io
import lzma
import os
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import py7zr
import pyarrow as pa
import pytest

from connectors.base import ConnectorError, Dataset, Reading, UnreadableData
from connectors.files import archive as archive_module
from connectors.files import packing
from connectors.files.base import Files
from connectors.files.content import Content
from tests.connectors.contract import ConnectorContract, ids, one_sentence, read
from tests.connectors.test_files import CSV, JSON_LINES, ROWS, workbook

Members = dict[str, bytes]


def zipped(members: Members, **how: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: Members, codec: str = "") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{codec}") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 1_700_000_000
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def seven_zipped(members: Members, password: str | None = None) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password) as archive:
        for name, data in members.items():
            archive.writestr(data, name)
    return out.getvalue()


def zstd(data: bytes) -> bytes:
    return compressed(data, "zstd")


def compressed(data: bytes, codec: str) -> bytes:
    out = pa.BufferOutputStream()
    with pa.CompressedOutputStream(out, codec) as stream:
        stream.write(data)
    return bytes(out.getvalue().to_pybytes())


CODECS: dict[str, Callable[[bytes], bytes]] = {
    "bz2": bz2.compress,
    "gz": gzip.compress,
    "lz4": lambda data: compressed(data, "lz4"),
    "xz": lzma.compress,
    "zst": zstd,
}
KINDS: dict[str, Callable[[Members], bytes]] = {
    "7z": seven_zipped,
    "tar": tarred,
    "tar.bz2": lambda m: tarred(m, "bz2"),
    "tar.gz": lambda m: tarred(m, "gz"),
    "tar.xz": lambda m: tarred(m, "xz"),
    "tar.zst": lambda m: zstd(tarred(m)),
    "tgz": lambda m: tarred(m, "gz"),
    "zip": zipped,
}


def book() -> bytes:
    path = io.BytesIO()
    workbook(path, {"客户": [["id", "name"], ["7", "甲"]]})  # type: ignore[arg-type]
    return path.getvalue()


class TestContract(ConnectorContract):
    """An archive of each kind is a source like a folder."""

    @pytest.fixture(params=KINDS)
    def kind(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)

    @pytest.fixture
    def source(self, tmp_path: Path, kind: str) -> str:
        members = {"a.csv": CSV.encode(), "子/b.jsonl.gz": gzip.compress(JSON_LINES.encode())}
        path = tmp_path / f"客户.{kind}"
        path.write_bytes(KINDS[kind](members | {"c.csv": b"id,name\n"}))
        return str(path)

    @pytest.fixture
    def missing(self, tmp_path: Path) -> str:
        return str(tmp_path / "nowhere.zip")

    @pytest.fixture
    def expected(self, kind: str) -> dict[str, int]:
        rows = {"a.csv": ROWS, "子/b.jsonl.gz": ROWS, "c.csv": 0}
        return {f"客户.{kind}/{name}": count for name, count in rows.items()}

    @pytest.fixture
    def numbered(self, kind: str) -> str:
        return f"客户.{kind}/a.csv"


def listed(path: Path) -> dict[str, Dataset]:
    with Files(str(path)) as files:
        return {d.name: d for d in files.datasets()}


def test_sheets_and_archives_in_archives(tmp_path: Path) -> None:
    inner = tarred({"d/名单.xlsx": book(), "x.csv": b"id\n5\n"}, "gz")
    (tmp_path / "a.zip").write_bytes(zipped({"b.tar.gz": inner, "y.csv": b"id\n6\n"}))
    with Files(str(tmp_path)) as files:
        found = {d.name: d for d in files.datasets()}
        assert list(found) == [
            "a.zip/b.tar.gz/d/名单.xlsx/客户",
            "a.zip/b.tar.gz/x.csv",
            "a.zip/y.csv",
        ]
        sheet = found["a.zip/b.tar.gz/d/名单.xlsx/客户"]
        assert sheet.uri == f"file://{tmp_path}/a.zip!/b.tar.gz!/d/名单.xlsx#客户"
        assert sheet.kind == "sheet"
        for name, number in zip(found, (7, 5, 6), strict=True):
            assert ids(read(files, found[name])) == [number]
        assert ids(read(files, sheet)) == [7]  # after others were open


def test_archives_three_deep_are_not_opened(tmp_path: Path) -> None:
    data = zipped({"a.csv": b"id\n1\n"})
    for depth in range(3):
        data = zipped({f"{depth}.zip": data})
    (tmp_path / "top.zip").write_bytes(data)
    (dataset,) = listed(tmp_path).values()
    assert dataset.name == "top.zip/2.zip/1.zip"
    assert "2 deep" in dataset.skip


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "7z"])
def test_what_systems_put_beside_files_is_left_out(tmp_path: Path, kind: str) -> None:
    members = {"__MACOSX/._a.csv": b"x", ".hidden/a.csv": b"x", "a.csv": b"id\n1\n", "b.bin": b"x"}
    (tmp_path / f"a.{kind}").write_bytes(KINDS[kind](members))
    found = listed(tmp_path)
    assert {n.split("/", 1)[1]: d.skip for n, d in found.items()} == {
        "a.csv": "",
        "b.bin": "no reader for '.bin' files",
    }


def test_names_as_chinese_windows_writes_them(tmp_path: Path) -> None:
    plain = zipped({"AAAAAA.csv": b"id\n1\n"})
    (tmp_path / "a.zip").write_bytes(plain.replace(b"AAAAAA", "客户表".encode("gbk")))
    assert list(listed(tmp_path)) == ["a.zip/客户表.csv"]


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_names_that_come_twice_or_lead_out(tmp_path: Path, kind: str) -> None:
    data = [("../../etc/a.csv", b"id\n1\n"), ("a.csv", b"id\n2\n"), ("a.csv", b"id\n3\n")]
    out = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(out, "w") as zip_archive:
            for name, text in data:
                with pytest.MonkeyPatch.context() as quiet:
                    quiet.setattr("warnings.warn", lambda *_, **__: None)
                    zip_archive.writestr(name, text)
    else:
        with tarfile.open(fileobj=out, mode="w:gz") as tar_archive:
            for name, text in data:
                info = tarfile.TarInfo(name)
                info.size = len(text)
                tar_archive.addfile(info, io.BytesIO(text))
    (tmp_path / f"a.{kind}").write_bytes(out.getvalue())
    before = sorted(p for p in tmp_path.rglob("*"))
    with Files(str(tmp_path)) as files:
        found = list(files.datasets())
        assert len({d.uri for d in found}) == 3
        assert [ids(read(files, d)) for d in found] == [[1], [2], [3]]
    assert sorted(p for p in tmp_path.rglob("*")) == before


def test_links_in_a_tar_are_not_followed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("a.csv")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    (tmp_path / "a.tar").write_bytes(out.getvalue())
    assert [d.skip for d in listed(tmp_path).values()] == ["it is a link or a device, not a file"]


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("name", ["a.csv", "b.xlsx", "c.jsonl"])
def test_every_compression_around_a_file(tmp_path: Path, codec: str, name: str) -> None:
    data = {"a.csv": CSV.encode(), "b.xlsx": book(), "c.jsonl": JSON_LINES.encode()}[name]
    (tmp_path / f"{name}.{codec}").write_bytes(CODECS[codec](data))
    with Files(str(tmp_path)) as files:
        (dataset,) = files.datasets()
        table = read(files, dataset)
        assert ids(table) == ([7] if name == "b.xlsx" else list(range(ROWS)))


@pytest.mark.parametrize("codec", CODECS)
def test_a_cut_compressed_file_says_so(tmp_path: Path, codec: str) -> None:
    noise = os.urandom(300_000).hex().encode()
    data = CODECS[codec](
        b"id,name\n" + b"\n".join(noise[i : i + 60] for i in range(0, 600_000, 60))
    )
    (tmp_path / f"a.csv.{codec}").write_bytes(data[:-4000])
    with Files(str(tmp_path)) as files:
        (dataset,) = files.datasets()
        with pytest.raises(UnreadableData, match="broken or cut-off") as caught:
            read(files, dataset)
        one_sentence(str(caught.value))


@pytest.mark.parametrize("codec", ["gz", "xz", "zst", "bz2"])
def test_bombs_are_told_before_they_fill_anything(
    tmp_path: Path, codec: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "SUSPECT", 1 << 20)
    (tmp_path / f"a.log.{codec}").write_bytes(CODECS[codec](b"\n" * (20 << 20)))
    with Files(str(tmp_path)) as files:
        (dataset,) = files.datasets()
        with pytest.raises(UnreadableData, match="decompression bomb"):
            read(files, dataset)


def test_a_bomb_in_a_zip_is_skipped_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "SUSPECT", 1 << 20)
    members = {"bomb.log": b"\n" * (20 << 20), "a.csv": b"id\n1\n"}
    (tmp_path / "a.zip").write_bytes(zipped(members))
    found = listed(tmp_path)
    assert "bomb" in found["a.zip/bomb.log"].skip
    with Files(str(tmp_path)) as files:
        assert ids(read(files, found["a.zip/a.csv"])) == [1]


def overlapping() -> bytes:
    """Two entries of the directory that name the same bytes."""
    data = bytearray(zipped({"a.csv": os.urandom(5000), "b.csv": os.urandom(5000)}))
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 20 : second + 24] = (6000).to_bytes(4, "little")
    return bytes(data)


LOCKED_ZIP = zipped({"a.csv": b"id\n1\n"})
BROKEN = [
    pytest.param("a.zip", b"PK\x03\x04 and no more", "broken or cut-off zip", id="broken zip"),
    pytest.param("a.zip", b"", "", id="empty file named zip"),
    pytest.param("a.zip", zipped({"a.csv": b"x" * 999})[:-30], "cut-off zip", id="cut zip"),
    pytest.param("a.zip", b"id,name\n1,2\n", "broken or cut-off zip", id="text named zip"),
    pytest.param("a.zip", overlapping(), "overlap", id="overlapping zip"),
    pytest.param("a.tar", b"no tar at all" * 100, "broken or cut-off tar", id="text named tar"),
    pytest.param("a.tar.gz", gzip.compress(b"no tar" * 999), "cut-off tar", id="no tar in gz"),
    pytest.param("a.tgz", tarred({"a.csv": os.urandom(9999)}, "gz")[:-99], "cut-off", id="cut tgz"),
    pytest.param("a.7z", b"7z\xbc\xaf'\x1c and no more", "cut-off 7z", id="broken 7z"),
    pytest.param("a.7z", seven_zipped({"a.csv": b"x" * 999})[:-30], "cut-off 7z", id="cut 7z"),
    pytest.param("a.rar", b"Rar!\x1a\x07", "no reader for '.rar' files", id="rar"),
]


@pytest.mark.parametrize(("name", "content", "says"), BROKEN)
def test_broken_archives_say_so(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.csv").write_text("id\n1\n")
    with Files(str(tmp_path)) as files:
        dataset, other = files.datasets()
        said = dataset.skip
        try:
            rows = read(files, dataset).num_rows if not said else 0
            assert rows == 0
        except ConnectorError as error:
            one_sentence(str(error))
            said = str(error)
        assert says in said
        assert bool(says) == bool(said)
        assert ids(read(files, other)) == [1]


def test_a_password_is_asked_for_in_words(tmp_path: Path) -> None:
    data = bytearray(LOCKED_ZIP)
    for at in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1  # the flag of an encrypted member
    (tmp_path / "a.zip").write_bytes(data)
    (tmp_path / "b.7z").write_bytes(seven_zipped({"a.csv": b"id\n1\n"}, "secret"))
    skips = [d.skip for d in listed(tmp_path).values()]
    assert ["password" in skip for skip in skips] == [True, True]


def test_large_members_are_streamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "IN_MEMORY", 1000)
    for kind in ("zip", "tar", "tar.gz"):
        path = tmp_path / f"a.{kind}"
        path.write_bytes(KINDS[kind]({"a.csv": CSV.encode(), "b.jsonl": JSON_LINES.encode()}))
        with Files(str(path)) as files:
            for dataset in [*files.datasets(), *files.datasets()]:
                assert ids(read(files, dataset)) == list(range(ROWS))
                assert read(files, dataset, Reading(), rows=50).num_rows == 50


def test_an_archive_of_nothing_is_read_as_nothing(tmp_path: Path) -> None:
    for kind in ("zip", "tar", "tar.gz"):
        (tmp_path / f"a.{kind}").write_bytes(KINDS[kind]({}))
    with Files(str(tmp_path)) as files:
        assert [read(files, d).num_rows for d in files.datasets()] == [0, 0, 0]


def test_a_member_that_vanished(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.csv": b"id\n1\n"}))
    (dataset,) = listed(path).values()
    path.write_bytes(zipped({"b.csv": b"id\n1\n"}))
    with Files(str(path)) as files, pytest.raises(UnreadableData, match="not in the archive"):
        read(files, dataset)


def test_absurdly_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, module in (("zip", "zip"), ("tar", "tar"), ("7z", "seven_zip")):
        monkeypatch.setattr(f"connectors.files.{module}.MEMBERS", 2)
        path = tmp_path / f"a.{kind}"
        path.write_bytes(KINDS[kind]({f"{i}.csv": b"id\n1\n" for i in range(3)}))
        with Files(str(path)) as files:
            (dataset,) = files.datasets()
            with pytest.raises(UnreadableData, match="more than"):
                read(files, dataset)


@pytest.mark.parametrize("codec", CODECS)
def test_what_is_held_takes_the_room_that_it_needs(tmp_path: Path, codec: str) -> None:
    """A small file is not unpacked into half a gigabyte."""
    (tmp_path / f"a.xlsx.{codec}").write_bytes(CODECS[codec](book()))
    content = Content.local(str(tmp_path / f"a.xlsx.{codec}"), "a")
    name = packing.packed_by(content.head())
    packing.held(content, name)  # what is loaded on first use
    tracemalloc.start()
    packing.held(content, name)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 << 20
