"""Text that may be a table: separators of all kinds, fixed width, and what stays lines."""

import json
import unicodedata
from pathlib import Path

import pytest

from connectors.base import Reading
from connectors.files.base import Files
from connectors.files.fixed import layout
from connectors.files.plain import kind
from tests.connectors.contract import ids
from tests.connectors.test_files import table_of

HEADER = ("客户号", "姓名", "手机号", "开户行")
BRANCHES = ("某某银行北京分行", "某某银行", "某某银行上海市浦东支行")
NAMES = ("王小明", "欧阳某某", "李雷", "阿卜杜拉·买买提")
ROWS = [
    (f"{1000 + i}", NAMES[i % 4], f"1999000{i:04d}", BRANCHES[i % 3] if i % 7 else "")
    for i in range(40)
]


def write(path: Path, text: str, codec: str = "utf-8") -> Path:
    path.write_bytes(text.encode(codec))
    return path


def rows_of(path: Path) -> list[tuple[str | None, ...]]:
    return [tuple(row.values()) for row in table_of(path).to_pylist()]


class TestSeparated:
    @pytest.mark.parametrize("header", [True, False])
    @pytest.mark.parametrize("tail", ["", "|"])
    @pytest.mark.parametrize(
        ("name", "separator", "codec"),
        [
            ("a.txt", "|", "gb18030"),
            ("a.unl", "|", "utf-8"),
            ("a.dat", "|@|", "gb18030"),
            ("a.out", "||", "utf-8"),
            ("a.data", "^^", "utf-8"),
            ("a.bak", "\t", "utf-16"),
            ("a.del", ",", "gb18030"),
            ("a.csv", "|+|", "utf-8"),
            ("a.dat.20260101", "@|@", "utf-8"),
            ("a.txt", "~", "utf-8"),
            ("000000_0", "\x01", "utf-8"),
            ("part-m-00000", "\x01", "utf-8"),
        ],
    )
    def test_tables(
        self, tmp_path: Path, name: str, separator: str, codec: str, tail: str, header: bool
    ) -> None:
        tail = separator if tail else ""
        lines = [HEADER, *ROWS] if header else ROWS
        text = "".join(separator.join(row) + tail + "\n" for row in lines)
        path = write(tmp_path / name, text, codec)
        table = table_of(path)
        assert table.column_names[:4] == (
            list(HEADER) if header else [f"column_{i}" for i in range(1, 5)]
        )
        assert [row[:4] for row in rows_of(path)] == ROWS

    def test_nothing_as_hive_writes_it(self, tmp_path: Path) -> None:
        text = "".join(f"{i}\x01\\N\x01a\x02b\x02c\n" for i in range(9))
        rows = rows_of(write(tmp_path / "000000_0", text))
        assert set(rows) == {(str(i), None, "a\x02b\x02c") for i in range(9)}

    def test_a_title_and_two_rows_of_header(self, tmp_path: Path) -> None:
        text = "客户名单||||\n导出日期：20260101||||\ncust_no|cust_name|mobile|bank|\n"
        text += "客户号|姓名|手机号|开户行|\n" + "".join("|".join(row) + "|\n" for row in ROWS)
        reading = Reading()
        table = table_of(write(tmp_path / "a.txt", text), reading)
        assert table.column_names[:4] == [
            "cust_no 客户号",
            "cust_name 姓名",
            "mobile 手机号",
            "bank 开户行",
        ]
        assert table.num_rows == 40
        assert reading.warnings == ["2 rows above the header were not read as rows"]

    def test_groups_of_columns_above_the_header(self, tmp_path: Path) -> None:
        text = "序号,客户信息,,联系方式,备注\n,姓名,证件号码,手机号,\n"
        text += "".join(f"{i},王小明,X{i},1999000{i:04d},\n" for i in range(9))
        table = table_of(write(tmp_path / "a.csv", text))
        assert table.column_names == [
            "序号",
            "客户信息 姓名",
            "证件号码",
            "联系方式 手机号",
            "备注",
        ]
        assert table.num_rows == 9

    def test_rows_of_words_are_no_second_header(self, tmp_path: Path) -> None:
        text = "姓名,类型\n甲,客户\n用户,单位\n乙,客户\n"
        assert table_of(write(tmp_path / "a.csv", text)).num_rows == 3
        text = "标题,状态\n电话号码,状态\n"
        assert table_of(write(tmp_path / "b.csv", text)).num_rows == 1

    def test_separators_that_are_mere_empty_fields(self, tmp_path: Path) -> None:
        text = "".join(f"{i}|a||{i % 3}\n" for i in range(9))
        assert table_of(write(tmp_path / "a.txt", text)).num_columns == 4

    def test_a_large_file_is_sampled(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("connectors.files.text.WHOLE", 1 << 16)
        monkeypatch.setattr("connectors.files.text.PIECE", 1 << 10)
        text = "id|@|note\n" + "".join(f'{i}|@|a"{i}\n' for i in range(40_000))
        reading = Reading()
        table = table_of(write(tmp_path / "a.txt", text), reading, rows=500)
        assert table["note"].to_pylist() == [f'a"{i}' for i in ids(table)]
        assert "random blocks" in reading.how

    def test_json_without_its_name(self, tmp_path: Path) -> None:
        text = "".join(json.dumps({"id": i, "a": {"b": i}}) + "\n" for i in range(5))
        assert ids(table_of(write(tmp_path / "part-00000", text))) == list(range(5))


def padded(cell: str, width: int, measure: str, right: bool = False) -> str:
    taken = {
        "display": sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in cell),
        "gbk": len(cell.encode("gb18030")),
        "utf-8": len(cell.encode()),
        "characters": len(cell),
    }[measure]
    fill = " " * (width - taken)
    return fill + cell if right else cell + fill


def aligned(rows: list[tuple[str, ...]], measure: str) -> str:
    widths = (10, 28, 13, 40)
    return "".join(
        "".join(
            padded(c, w, measure, right=i == 0) + " "
            for i, (c, w) in enumerate(zip(row, widths, strict=True))
        )
        + "\n"
        for row in rows
    )


class TestFixed:
    @pytest.mark.parametrize("header", [True, False])
    @pytest.mark.parametrize(
        ("measure", "codec"),
        [
            ("display", "utf-8"),
            ("gbk", "gb18030"),
            ("display", "gb18030"),
            ("utf-8", "utf-8"),
            ("characters", "utf-8"),
            ("characters", "utf-16"),
        ],
    )
    def test_columns(self, tmp_path: Path, measure: str, codec: str, header: bool) -> None:
        text = aligned([HEADER, *ROWS] if header else ROWS, measure)
        path = write(tmp_path / "a.txt", text, codec)
        table = table_of(path)
        assert table.column_names == (
            list(HEADER) if header else [f"column_{i}" for i in range(1, 5)]
        )
        assert rows_of(path) == ROWS

    def test_a_rule_below_the_header_and_a_title_above(self, tmp_path: Path) -> None:
        head, *rows = aligned([HEADER, *ROWS], "display").splitlines(keepends=True)
        text = f"客户名单\n\n{head}{'-' * 20} {'-' * 20}\n{''.join(rows)}\n"
        reading = Reading()
        table = table_of(write(tmp_path / "a.txt", text), reading)
        assert table.column_names == list(HEADER)
        assert table.num_rows == 40
        assert reading.warnings == ["1 rows above the header were not read as rows"]

    def test_values_beyond_their_column_are_not_lost(self, tmp_path: Path) -> None:
        text = aligned(ROWS, "display") * 20
        late = "9999 " + "某" * 30 + " 19990009999\n"
        table = table_of(write(tmp_path / "a.txt", text + late))
        last = "".join(table.slice(table.num_rows - 1).to_pylist()[0].values())
        assert last.replace(" ", "") == late.replace(" ", "").strip()

    def test_samples_cells_and_columns(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.txt", aligned([HEADER, *ROWS], "display"))
        table = table_of(path, rows=5, columns=("手机号",), cell=3)
        assert table.to_pydict() == {"手机号": ["199"] * 5}


LOG = "2026-01-01 12:00:0{} INFO  com.example.Login - user 1999000000{} logged in, from web, ok\n"
LINES = [
    pytest.param("".join(LOG.format(i, i) for i in range(9)), id="log"),
    pytest.param(
        "".join(f"2026-01-01 12:00:0{i} 用户 甲{i} 登录 成功\n" for i in range(9)),
        id="log without level",
    ),
    pytest.param(
        "".join(f"2026-01-01|INFO|com.example.X|login {i}\n" for i in range(9)), id="log with bars"
    ),
    pytest.param(
        "".join(
            f'192.0.2.{i} - - [01/Jan/2026:00:00:00 +0800] "GET /a,b,c HTTP/1.1" 200 {i}\n'
            for i in range(9)
        ),
        id="web server",
    ),
    pytest.param(
        "".join(f"Jan  1 00:00:0{i} host cron[{i}]: (root) CMD, x, y\n" for i in range(9)),
        id="syslog",
    ),
    pytest.param(
        "".join(f"INSERT INTO t VALUES ({i}, '甲', 'x');\n" for i in range(9)), id="statements"
    ),
    pytest.param("Dear all, hello.\nWe met, as said.\nBye, then.\n", id="prose with commas"),
    pytest.param("亲爱的朋友，您好。\n今天天气很好，\n再见。\n" * 5, id="Chinese prose"),
    pytest.param(
        "the cat sat on the mat\nwhere a dog had been\nuntil it left us\n" * 4, id="prose"
    ),
    pytest.param(
        "def f(a, b):\n    return a\n\n\ndef g(c):\n    x = 1, 2\n    return c\n" * 3, id="code"
    ),
    pytest.param("host=example.com\npassword=x\nuser=甲,乙\n" * 3, id="settings"),
    pytest.param("甲\n乙\n丙\n丁\n戊\n己\n" * 3, id="one column"),
    pytest.param("a|b\n", id="one line"),
    pytest.param("", id="nothing"),
]


@pytest.mark.parametrize("text", LINES)
def test_what_stays_lines(text: str) -> None:
    assert kind(text, whole=True) == "lines"


def test_a_log_is_read_line_by_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.out", "".join(LOG.format(i, i) for i in range(9)))
    assert table_of(path).column_names == ["line"]


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (["a  b", "c  d"] * 2, None),  # too few
        (["aa  bb", "c   dd", "aaa b", "a   b", "aa  b"], 2),
        (["a b c"] * 5, None),  # nothing is filled up
        (["a b c"] * 5 + ["  b c"], 3),
        (["a", "b", "c", "d", "e"], None),
        (["x" * 9 + " y", "x y z w v u t", "q w e r t y u i", "a s d f", "z"], None),
        ([], None),
    ],
)
def test_layout(rows: list[str], columns: int | None) -> None:
    found = layout(rows)
    assert (found and len(found.starts)) == columns


def test_names_that_are_read(tmp_path: Path) -> None:
    for name in ("part-00000", "000001_0", "a.TXT.20260101", "part-r-00001.gz"):
        (tmp_path / name).write_text("x")
    for name in ("lib.so.1", "README", "part-of-it", "1234"):
        (tmp_path / name).write_text("x")
    skips = {d.name for d in Files(str(tmp_path)).datasets() if d.skip}
    assert skips == {"lib.so.1", "README", "part-of-it", "1234"}
