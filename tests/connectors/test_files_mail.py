"""E-mail: what is said in it and what is attached to it, encodings, mailboxes, broken ones."""

import base64
import gzip
import mailbox
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from connectors.base import UnreadableData
from connectors.files import mail
from connectors.files.base import Files
from tests.connectors.contract import one_sentence, read
from tests.connectors.test_files import workbook


def message(number: int = 1) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "甲 <a@example.com>"
    made["To"] = "b@example.com, 乙 <c@example.org>"
    made["Subject"] = f"第{number}封"
    made["Date"] = "Thu, 04 Mar 2021 05:06:07 +0800"
    made.set_content(f"正文 {number}\nFrom now on\n", charset="utf-8")
    return made


def read_all(path: Path) -> dict[str, Any]:
    found = {}
    with Files(str(path)) as files:
        for dataset in files.datasets():
            name = dataset.name.removeprefix(f"{path.name}/")
            found[name] = dataset.skip or read(files, dataset, rows=None).to_pylist()
    return found


def test_a_message_and_what_is_attached(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", {"一": [["id"], [1]]})
    made = message()
    made.add_alternative("<p>正文 1<br>From now on", subtype="html")
    for name in ("名单.xlsx", "../../a.csv", "a.csv", "x.bin"):
        content = (tmp_path / "a.xlsx").read_bytes() if name.endswith("xlsx") else b"id\n7\n"
        made.add_attachment(content, "application", "octet-stream", filename=name)
    inner = message(2)
    inner.add_attachment(b"id\n8\n", "text", "csv", filename="deep.csv")
    made.add_attachment(inner)
    (tmp_path / "m.eml").write_bytes(made.as_bytes())
    found = read_all(tmp_path / "m.eml")
    assert list(found) == [
        *("messages.jsonl", "名单.xlsx/一", "a.csv", "a~2.csv", "x.bin"),
        *("message.eml/messages.jsonl", "message.eml/deep.csv"),
    ]
    (row,) = found["messages.jsonl"]
    assert {key: row[key] for key in ("from", "to", "subject", "date", "body")} == {
        "from": "甲 <a@example.com>",
        "to": "b@example.com, 乙 <c@example.org>",
        "subject": "第1封",
        "date": "Thu, 04 Mar 2021 05:06:07 +0800",
        "body": "正文 1\nFrom now on",
    }
    assert found["x.bin"] == "no reader for '.bin' files"
    ids = [found[name][0]["id"] for name in ("名单.xlsx/一", "a.csv", "message.eml/deep.csv")]
    assert list(map(int, ids)) == [1, 7, 8]
    assert found["message.eml/messages.jsonl"][0]["subject"] == "第2封"


GB = "姓名：甲，电话 10000000001"
CODED = base64.b64encode(GB.encode("gbk"))
BODIES = [
    pytest.param(b"Content-Type: text/plain; charset=gb2312\n", GB.encode("gbk"), id="gb2312"),
    pytest.param(b"Content-Type: text/plain\n", GB.encode("gbk"), id="GBK, not said"),
    pytest.param(b"Content-Type: text/plain\n", GB.encode(), id="UTF-8, not said"),
    pytest.param(b"Content-Type: text/plain; charset=made-up\n", GB.encode(), id="unknown"),
    pytest.param(
        b"Content-Type: text/plain; charset=gb2312\nContent-Transfer-Encoding: base64\n",
        CODED,
        id="base64",
    ),
    pytest.param(
        b"Content-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: base64\n",
        base64.b64encode(f"<script>1</script><b>{GB}</b>".encode("gbk")),
        id="HTML",
    ),
    pytest.param(
        b"Content-Type: text/plain; charset=gbk\nContent-Transfer-Encoding: quoted-printable\n",
        "".join(f"={b:02X}" for b in GB.encode("gbk")).encode(),
        id="quoted-printable",
    ),
]


@pytest.mark.parametrize(("head", "body"), BODIES)
def test_bodies_in_any_encoding(tmp_path: Path, head: bytes, body: bytes) -> None:
    subject = b"Subject: =?gb2312?B?" + base64.b64encode("标题".encode("gbk")) + b"?=\n"
    sender = b"From: " + "丙".encode("gbk") + b" <a@example.com>\n"
    (tmp_path / "m.eml").write_bytes(subject + sender + head + b"\n" + body + b"\n")
    (row,) = read_all(tmp_path / "m.eml")["messages.jsonl"]
    assert (row["subject"], row["from"], row["body"]) == ("标题", "丙 <a@example.com>", GB)


def test_a_mailbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = mailbox.mbox(tmp_path / "m.mbox")
    for number in range(300):
        made = message(number)
        if number % 100 == 0:
            made.add_attachment(f"id\n{number}\n".encode(), "text", "csv", filename="a.csv")
        box.add(made)
    box.close()
    for in_memory in (None, 10):
        if in_memory is not None:
            monkeypatch.setattr("connectors.files.archive.IN_MEMORY", in_memory)
        found = read_all(tmp_path / "m.mbox")
        assert list(found) == ["messages.jsonl", "a.csv", "a~2.csv", "a~3.csv"]
        rows = found["messages.jsonl"]
        assert [r["subject"] for r in rows] == [f"第{n}封" for n in range(300)]
        assert rows[7]["body"] == "正文 7\nFrom now on"
        if in_memory is None:
            assert int(found["a~3.csv"][0]["id"]) == 200


def test_in_archives(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("m.eml", message().as_bytes())
    assert list(read_all(tmp_path / "a.zip")) == ["m.eml/messages.jsonl"]


def test_too_many_attachments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MEMBERS", 2)
    made = message()
    for number in range(4):
        made.add_attachment(b"id\n1\n", "text", "csv", filename=f"{number}.csv")
    (tmp_path / "m.eml").write_bytes(made.as_bytes())
    found = read_all(tmp_path / "m.eml")
    assert list(found) == ["messages.jsonl", "0.csv", "1.csv", "other attachments"]
    assert "not read" in found["other attachments"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("m.eml", b"\xd0\xcf\x11\xe0" + bytes(900)),
        ("m.eml", b"Subject: x\n\n" + bytes(900)),
        ("m.eml", gzip.compress(b"Subject: x\n", mtime=0)),
        ("m.mbox", bytes(range(256)) * 9),
    ],
)
def test_what_is_no_mail(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    files = Files(str(tmp_path))
    (dataset,) = files.datasets()
    with pytest.raises(UnreadableData) as caught:
        read(files, dataset)
    one_sentence(str(caught.value))


def test_one_that_breaks_off(tmp_path: Path) -> None:
    made = message()
    made.add_attachment(b"id\n" + b"1\n" * 5000, "text", "csv", filename="a.csv")
    (tmp_path / "m.eml").write_bytes(made.as_bytes()[:3000])
    found = read_all(tmp_path / "m.eml")
    assert found["messages.jsonl"][0]["subject"] == "第1封"
    assert len(found["a.csv"]) > 500
