"""`picensus detect`: spans in texts of either encoding, and texts masked byte for byte."""

import json
import random
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest

from detectors.registry import load
from scanner.armour import armoured
from scanner.blocks import TextError, blocks
from scanner.detect import run_detect
from scanner.spans import spans, without
from tests.scanner.cli import picensus
from tests.scanner.made import identity_number, mobile

DETECTORS = load()
ENCODINGS = ("utf-8", "gb18030")


def lines_of(count: int, seed: int = 1) -> list[str]:
    """Lines of a log; every fifth holds somebody's number."""
    rng = random.Random(seed)
    out = []
    for n in range(count):
        plain = f"2024-03-15 12:00:{n % 60:02d} 订单{rng.randrange(10**11)}已支付，𠮷·é"
        held = (f"手机{mobile(rng)}，", f"证件{identity_number(rng)}")[n % 2]
        out.append(plain + (held if n % 5 == 0 else ""))
    return out


def masked(raw: bytes) -> bytes:
    out = BytesIO()
    assert run_detect([], BytesIO(raw), out, DETECTORS, mask=True) == 0
    return out.getvalue()


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_all_but_the_spans_stays_byte_for_byte(encoding: str, end: str, last: bool) -> None:
    lines = lines_of(60)
    raw = (end.join(lines) + (end if last else "")).encode(encoding)
    out = masked(raw)
    assert out != raw
    assert len(out.decode(encoding)) == len(raw.decode(encoding))
    assert out.count(end.encode()) == raw.count(end.encode())
    before, after = raw.decode(encoding), out.decode(encoding)
    changed = {(a, b) for a, b in zip(before, after, strict=True) if a != b}
    assert {b for _, b in changed} == {"*"}
    assert all(a in "0123456789X" for a, _ in changed)
    assert spans(after.split("\n"), DETECTORS) == []


@pytest.mark.parametrize(
    "raw",
    [b"", b"\n", b"\n\n\r\n", b"\xef\xbb\xbf", b"\xff\xfe\x80abc"[2:], b"a\x00b\x01\n",
     b"\xe6\x89\x8b\xff\xe6\x9c\xba\n\xff", "张".encode("gb18030") + b"\xff\x80\n", b"\x81"],
)  # fmt: skip
def test_what_holds_nothing_comes_out_as_it_was(raw: bytes) -> None:
    assert masked(raw) == raw


def test_a_byte_order_mark_stays_and_counts_as_no_character() -> None:
    raw = b"\xef\xbb\xbf13800138000\n"
    assert masked(raw) == b"\xef\xbb\xbf138******00\n"
    assert picensus("detect", given=raw).out == "1:1-11\tmobile\tshape\n"


def test_utf_16_is_refused_in_a_sentence() -> None:
    with pytest.raises(TextError, match="convert it to UTF-8"):
        list(blocks(BytesIO("手机".encode("utf-16"))))
    ran = picensus("detect", given="手机".encode("utf-16"))
    assert (ran.code, ran.out) == (1, "")
    assert "UTF-16" in ran.err


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("size", [7, 64, 1000])
def test_blocks_are_whole_lines_with_their_numbers(encoding: str, size: int) -> None:
    lines = [*lines_of(40), "张" * 50, "手" * 41]
    raw = "\n".join(lines).encode(encoding)
    found = list(blocks(BytesIO(raw), size=size, longest=100))
    assert b"".join(block.encoded(block.text) for block in found) == raw
    for block in found:
        begins = block.text.split("\n")[0]
        assert lines[block.line - 1][block.column :].startswith(begins)


def test_a_long_line_is_cut_and_its_characters_are_counted_on() -> None:
    words = "字" * 20 + " 13800138000 "
    raw = (words * 40).encode()
    found = [
        (block.line, block.column + span.start, block.column + span.end)
        for block in blocks(BytesIO(raw), size=100, longest=300)
        for span in spans([block.text], DETECTORS)
    ]
    starts = [at for at in range(len(words) * 40) if (words * 40).startswith("13800138000", at)]
    assert found == [(1, at, at + 11) for at in starts]


def test_spans_that_overlap_hide_what_either_hides() -> None:
    line = "联系人：张小三，手机13800138000，身份证440524188001010014"
    (out,) = without([line], DETECTORS)
    assert out == "联系人：张**，手机138******00，身份证4****************4"


def test_only_the_kinds_that_are_asked_for() -> None:
    text = "手机13800138000 证件440524188001010014".encode()
    assert picensus("detect", "--kind", "mobile", given=text).out == "1:3-13\tmobile\tchecked\n"
    out = picensus("detect", "--kind", "id_card", "--mask", given=text).out
    assert out == "手机13800138000 证件4****************4"
    assert picensus("detect", "--kind", "身份证号", "--mask", given=text).out == out
    ran = picensus("detect", "--kind", "mobil", given=text)
    assert ran.code == 2
    assert "did you mean mobile?" in ran.err


def test_json_lines_say_where_and_never_what(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("证件\n号 440524188001010014".encode("gb18030"))
    ran = picensus("detect", "-f", "jsonl", path)
    assert [json.loads(line) for line in ran.out.splitlines()] == [
        {"file": str(path), "line": 2, "first": 3, "last": 20, "kind": "id_card",
         "proof": "checked"}
    ]  # fmt: skip
    assert "440524" not in ran.out
    assert picensus("detect", "-f", "jsonl", "--mask", path).code == 2


def test_files_are_named_and_one_that_is_missing_is_told(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("13800138000")
    ran = picensus("detect", tmp_path / "a.txt", tmp_path / "no.txt", tmp_path / "b.txt")
    assert ran.code == 4
    assert [line.split("\t")[0].rsplit("/", 1)[1] for line in ran.out.splitlines()] == [
        "a.txt:1:1-11", "b.txt:1:1-11",
    ]  # fmt: skip
    assert "not read" in ran.err
    assert "no.txt: No such file" in ran.err
    assert picensus("detect", tmp_path / "no.txt").code == 1


def test_a_hyphen_is_standard_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("13800138000")
    ran = picensus("detect", "-", given=b"x 13800138000")
    assert (ran.code, ran.out) == (0, "1:3-13\tmobile\tshape\n")
    ran = picensus("detect", tmp_path / "a.txt", "-", given=b"x 13800138000")
    assert ran.code == 0
    assert [line.split("\t")[0].rsplit("/", 1)[-1] for line in ran.out.splitlines()] == [
        "a.txt:1:1-11", "1:3-13",
    ]  # fmt: skip
    assert picensus("detect", "-", "--mask", given=b"13800138000").out == "138******00"


BINARY = {
    "workbook": (b"PK\x03\x04" + bytes(200), "picensus scan"),
    "database": (b"SQLite format 3\0" + bytes(200), "sqlite:////path"),
    "Parquet": (b"PAR1\x15\x04" + bytes(200), "picensus scan"),
    "gzip": (b"\x1f\x8b\x08" + bytes(200), "gzip -dc"),
    "PDF": (b"%PDF-1.7\n" + b"text " * 50, "pdftotext"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "a picture"),
    "program": (random.Random(0).randbytes(500), "binary"),
}


@pytest.mark.parametrize("id_", BINARY)
def test_what_is_binary_gets_one_sentence_that_says_what_to_do(id_: str, tmp_path: Path) -> None:
    raw, said = BINARY[id_]
    path = tmp_path / "file"
    path.write_bytes(raw)
    ran = picensus("detect", path)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert said in ran.err
    assert picensus("detect", "--mask", given=raw).out == ""


@pytest.mark.parametrize(
    "raw", [b"a\x00b\x01\n", b"\x1b[31m" * 50, b"PK 1\n", b"%PD", b"PAR1,PAR2\n"]
)
def test_a_text_with_a_few_control_characters_is_one(raw: bytes) -> None:
    assert masked(raw) == raw


def test_a_line_of_its_own_that_may_be_anything_is_nothing() -> None:
    assert picensus("detect", given=b"1\n0\n2\n").out == ""


def test_memory_does_not_grow_with_the_text(tmp_path: Path) -> None:
    """Of 30 MB as little is held as of 3."""
    part = ("\n".join(lines_of(4000)) + "\n").encode()
    peaks = []
    for megabytes in (3, 30):
        path = tmp_path / f"{megabytes}.log"
        path.write_bytes(part * (megabytes * 1_000_000 // len(part)))
        code = (
            "import resource, sys; from pathlib import Path; from scanner.detect import run_detect;"
            "from detectors.registry import load; out = open('/dev/null', 'wb');"
            f"run_detect([Path({str(path)!r})], sys.stdin.buffer, out, load(), mask=True);"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        peaks.append(int(done.stdout) // 1024)
    assert peaks[1] < peaks[0] + 40, f"{peaks} MB"


BODY = ["M" * 64, "/" + "N" * 63, "P" * 64]  # of a key that is none
BEGIN, END = "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----"
KEYS = {
    "whole": ["a", BEGIN, *BODY, "Qq==", END, "b c"],
    "with headers": ["a", BEGIN, "Proc-Type: 4,ENCRYPTED", "", *BODY, END, "b c"],
    "without an end": ["a", BEGIN, *BODY, "Qq==", "b c"],
    "indented": ["a: |", f"  {BEGIN}", *(f"  {line}" for line in BODY), f"  {END}", "b: 1"],
    "quoted": ["a", f'"{BEGIN}\\n" +', *(f'"{line}\\n" +' for line in BODY), f'"{END}";', "b c"],
    "lines of any length": ["a", BEGIN, "short", "longer0000", "mid000", END, "b c"],
    "in a log": ["a", f"12:00 x {BEGIN}", *(f"12:00 x {line}" for line in BODY), "b c"],
    "with CRLF": ["a\r", f"{BEGIN}\r", *(f"{line}\r" for line in BODY), f"{END}\r", "b c"],
}


@pytest.mark.parametrize("id_", KEYS)
def test_a_private_key_is_hidden_to_its_last_line(id_: str) -> None:
    lines = KEYS[id_]
    out = masked("\n".join(lines).encode()).decode().split("\n")
    assert [len(line) for line in out] == [len(line) for line in lines]
    assert (out[0], out[-1]) == (lines[0], lines[-1])
    inside = "".join(out[1:-1])
    assert not any(run in inside for run in ("MM", "NN", "PP", "Qq", "short", "longer", "mid"))
    found = spans_of("\n".join(lines))
    assert {line for line, kind in found if kind == "secret"} >= {2, 3}


def spans_of(text: str) -> list[tuple[int, str]]:
    out = BytesIO()
    run_detect([], BytesIO(text.encode()), out, DETECTORS)
    rows = [row.split("\t") for row in out.getvalue().decode().splitlines()]
    return [(int(row[0].split(":")[0]), row[1]) for row in rows]


def test_a_private_key_goes_on_in_the_next_block() -> None:
    lines = [BEGIN, *BODY * 9, "a word"]
    key, hidden = None, 0
    for block in blocks(BytesIO("\n".join(lines).encode()), size=100):
        found, key = armoured(block.text.split("\n"), key)
        hidden += len(found)
    assert (hidden, key) == (27, None)


@pytest.mark.parametrize(
    "lines",
    [["-----BEGIN CERTIFICATE-----", *BODY], [BEGIN + " is how it begins.", "word", "x"], BODY],
    ids=["a certificate", "talk of a key", "no key"],
)
def test_what_is_no_private_key_stays(lines: list[str]) -> None:
    out = masked("\n".join(lines).encode()).decode().split("\n")
    assert out[1:] == lines[1:]


def test_a_key_without_an_end_is_no_key_for_ever() -> None:
    found, key = armoured([BEGIN, *["M" * 64] * 5000], None)
    assert (len(found), key) == (4000, None)


def test_only_what_is_asked_for_is_hidden_of_a_key() -> None:
    text = "\n".join(KEYS["whole"]).encode()
    assert picensus("detect", "--kind", "mobile", "--mask", given=text).out == text.decode()


@pytest.mark.parametrize("said", ["手机：", "手机号 ", "mobile=", ""])
def test_a_word_before_a_number_proves_it(said: str) -> None:
    out = picensus("detect", given=f"{said}13800138000".encode()).out
    assert out.split("\t")[1:] == ["mobile", "checked\n" if said else "shape\n"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("name=%E5%BC%A0%E5%B0%8F%E4%B8%89&x=1", "%E5%BC%A0%E5%B0%8F%E4%B8%89"),
        ("name=%D5%C5%D0%A1%C8%FD&x", "%D5%C5%D0%A1%C8%FD"),
        (r'{"name": "\u5f20\u5c0f\u4e09"}', r"\u5f20\u5c0f\u4e09"),
        ("a%20b&email=u%40example.com", "u%40example.com"),
    ],
    ids=["percent signs", "of GB18030", "of JSON", "an e-mail address"],
)
def test_what_escapes_hide_is_found_where_they_stand(line: str, found: str) -> None:
    (span,) = spans([line], DETECTORS)
    assert line[span.start : span.end] == found
    (out,) = without([line], DETECTORS)
    assert len(out) == len(line)
    assert found not in out


@pytest.mark.parametrize("line", ["100% of 50%25", r"C:\users\ufo", "%zz", r"\ud800 \u0041"])
def test_escapes_that_hide_nothing_stay(line: str) -> None:
    assert without([line], DETECTORS) == [line]
