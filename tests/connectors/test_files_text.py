"""CSV, JSON and lines: encodings, damage, headers, nesting. Every value stays the text it was."""

import codecs
import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from connectors.base import Reading
from connectors.files import text as text_module
from connectors.files.encodings import detect, is_binary
from connectors.files.header import header_row, unique_names
from connectors.files.records import record_end, records
from tests.connectors.contract import ids
from tests.connectors.test_files import table_of

SIMPLIFIED = "编号,姓名,住址\n" + "".join(
    f"{i},王小明,北京市朝阳区某某路{i}号\n" for i in range(50)
)
TRADITIONAL = SIMPLIFIED.translate(str.maketrans("编号阳区", "編號陽區")).replace("姓名", "聯絡")


def csv(folder: Path, content: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


class TestEncodings:
    @pytest.mark.parametrize(
        ("codec", "mark", "text"),
        [
            ("utf-8", b"", SIMPLIFIED),
            ("utf-8", codecs.BOM_UTF8, SIMPLIFIED),
            ("utf-16-le", codecs.BOM_UTF16_LE, SIMPLIFIED),
            ("utf-16-be", codecs.BOM_UTF16_BE, SIMPLIFIED),
            ("utf-16-le", b"", SIMPLIFIED),
            ("utf-16-be", b"", SIMPLIFIED),
            ("utf-32-le", codecs.BOM_UTF32_LE, SIMPLIFIED),
            ("gb18030", b"", SIMPLIFIED),
            ("gb18030", b"", SIMPLIFIED.replace("王小明", "王㐂𠮷")),
            ("gb18030", b"", TRADITIONAL),
            ("big5", b"", TRADITIONAL),
        ],
    )
    @pytest.mark.parametrize("packed", [False, True])
    def test_every_encoding_gives_the_same_text(
        self, tmp_path: Path, codec: str, mark: bytes, text: str, packed: bool
    ) -> None:
        data = mark + text.encode(codec)
        path = csv(tmp_path, gzip.compress(data) if packed else data)
        reading = Reading()
        table = table_of(path, reading)
        lines = text.splitlines()
        assert table.column_names == lines[0].split(",")
        assert [list(row.values()) for row in table.to_pylist()] == [
            x.split(",") for x in lines[1:]
        ]
        assert reading.warnings == []

    def test_damage_is_replaced_and_counted(self, tmp_path: Path) -> None:
        data = SIMPLIFIED.encode().replace("7,王".encode(), b"7,\xff\xfe\xe7", 1)
        reading = Reading()
        table = table_of(csv(tmp_path, data), reading)
        assert table["姓名"][7].as_py() == "\ufffd\ufffd\ufffd小明"
        assert reading.warnings == ["3 byte sequences were no valid utf-8 and were replaced"]

    def test_chinese_that_begins_late_is_still_read(self, tmp_path: Path) -> None:
        text = "id,name\n" + "1,abc\n" * 60_000 + "2,王小明\n"
        table = table_of(csv(tmp_path, text.encode("gb18030")))
        assert table["name"][-1].as_py() == "王小明"

    def test_old_line_ends(self, tmp_path: Path) -> None:
        for end in ("\r", "\r\n"):
            table = table_of(csv(tmp_path, "id,name\n1,a\n2,b\n".replace("\n", end)))
            assert table.to_pydict() == {"id": ["1", "2"], "name": ["a", "b"]}

    def test_nul_bytes_are_left_out(self, tmp_path: Path) -> None:
        reading = Reading()
        table = table_of(csv(tmp_path, b"id,name\n1\0,a\0b\n2,c\n\0\0\0"), reading)
        assert table.to_pydict() == {"id": ["1", "2"], "name": ["ab", "c"]}
        assert reading.warnings == ["5 NUL bytes were left out"]

    @pytest.mark.parametrize("text", ["a", "", "王", "id\n1\n", "a\tb\x1b[0m\n"])
    def test_short_text_is_text(self, text: str) -> None:
        assert not is_binary(text.encode())
        assert detect(text.encode()) == ("ascii" if text.isascii() else "utf-8")


class TestDelimited:
    @pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "\x01"])
    def test_delimiters(self, tmp_path: Path, delimiter: str) -> None:
        rows = [["id", "name", "note"], ["1", "a", "x y"], ["2", "b", ""], ["3", "c", "-"]]
        text = "".join(delimiter.join(row) + "\n" for row in rows)
        for end in ("", "4"):  # with and without a last line break
            table = table_of(csv(tmp_path, text + (f"4{delimiter}d{delimiter}e" if end else "")))
            assert table.column_names == rows[0]
            assert ids(table) == [1, 2, 3, 4][: 3 + bool(end)]

    @pytest.mark.parametrize(
        "value",
        [
            "00123",
            "1e5",
            "NA",
            "NULL",
            "null",
            "",
            "True",
            "2024-01-02",
            " x ",
            "1.10",
            "-",
            "N/A",
            'say "hi"',
            "a,b",
            "two\nlines",
            "\\N",
            "１３８",
        ],
    )
    def test_values_stay_as_they_are(self, tmp_path: Path, value: str) -> None:
        quoted = '"' + value.replace('"', '""') + '"'
        text = "id,value\n" + "".join(f"{i},{quoted}\n" for i in range(20))
        assert set(table_of(csv(tmp_path, text))["value"].to_pylist()) == {value}

    def test_rows_out_of_shape_are_kept_and_counted(self, tmp_path: Path) -> None:
        good = "".join(f"{i},a,b\n" for i in range(20))
        text = f'id,name,note\n{good}20,c\n21,d,e,f,g\n22,"x,y",z,w\n\n'
        reading = Reading()
        rows = {row["id"]: row for row in table_of(csv(tmp_path, text), reading).to_pylist()}
        assert len(rows) == 23
        assert rows["20"] == {"id": "20", "name": "c", "note": None}
        assert rows["21"] == {"id": "21", "name": "d", "note": "e,f,g"}
        assert rows["22"] == {"id": "22", "name": "x,y", "note": "z,w"}
        assert reading.warnings == [
            "2 rows had more fields than the header; the extra fields were kept in the last column",
            "1 rows had fewer fields than the header; the missing are null",
        ]

    @pytest.mark.parametrize(
        "bad", ['7,"never closed,x', '7,6" wide,x', '7,"closed" badly,x', '7,"""",x', '7,a,"']
    )
    def test_a_stray_quotation_mark_spoils_one_field(self, tmp_path: Path, bad: str) -> None:
        text = "id,name,note\n" + "".join(
            f"{bad}\n" if i == 7 else f'{i},"a ""{i}""","b\nc"\n' for i in range(40)
        )
        table = table_of(csv(tmp_path, text))
        rows = {row["id"]: row for row in table.to_pylist()}
        assert len(rows) == 40
        assert all(rows[str(i)]["name"] == f'a "{i}"' for i in range(40) if i != 7)

    def test_blocks_that_end_within_quotes(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Blocks far smaller than a record, so that every kind of seam occurs."""
        monkeypatch.setattr(text_module, "BLOCK", 64)
        monkeypatch.setattr(text_module, "HEAD", 64)
        rng = np.random.default_rng(1)
        notes = ["行\n" * int(n) + 'a ""b"",' for n in rng.integers(0, 40, 300)]
        text = "id,note\n" + "".join(f'{i},"{note}"\n' for i, note in enumerate(notes))
        table = table_of(csv(tmp_path, text))
        assert ids(table) == list(range(300))
        assert table["note"].to_pylist() == [note.replace('""', '"') for note in notes]

    def test_a_huge_cell_is_cut(self, tmp_path: Path) -> None:
        huge = 'x,""\n' * (2 << 20)
        table = table_of(csv(tmp_path, f'id,text\n1,short\n2,"{huge}"\n3,last\n'), cell=1000)
        assert ids(table) == [1, 2, 3]
        assert table["text"][1].as_py() == ('x,"\n' * 1000)[:1000]

    def test_a_line_without_end_is_cut_and_said(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(text_module, "BLOCK", 1 << 12)
        monkeypatch.setattr(text_module, "HEAD", 1 << 12)
        monkeypatch.setattr(text_module, "LONGEST", 1 << 16)
        text = "id,text\n1,a\n2," + "x" * (1 << 20) + "\n3,b\n"
        reading = Reading()
        assert ids(table_of(csv(tmp_path, text), reading)) == [1, 2, 3]
        assert reading.warnings == ["1 lines longer than 0 MB were cut"]

    def test_large_files_are_sampled_in_random_blocks(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(text_module, "WHOLE", 1 << 16)
        monkeypatch.setattr(text_module, "PIECE", 1 << 10)
        total = 40_000
        text = "id,note\n" + "".join(f'{i},"a,\n{i}"\n' for i in range(total))
        path = csv(tmp_path, text)
        reading = Reading()
        drawn: list[int] = []
        for seed in range(10):
            table = table_of(path, reading, rows=500, seed=seed)
            assert table.num_rows == 500
            assert table["note"].to_pylist() == [f"a,\n{i}" for i in ids(table)]
            drawn += ids(table)
            assert reading.warnings == []
            assert reading.rows is None
            assert "random blocks cut at line ends" in reading.how
        tenths = np.bincount(np.array(drawn) * 10 // total, minlength=10)
        assert tenths.min() > 350
        assert tenths.max() < 650

    def test_a_sample_is_uniform(self, tmp_path: Path) -> None:
        path = csv(tmp_path, "id\n" + "".join(f"{i}\n" for i in range(5_000)))
        drawn = [i for seed in range(20) for i in ids(table_of(path, rows=500, seed=seed))]
        tenths = np.bincount(np.array(drawn) // 500, minlength=10)
        chi_square = float(((tenths - 1000) ** 2 / 1000).sum())
        assert chi_square < 21.7  # 99 % of fair draws, nine degrees of freedom


class TestHeaders:
    @pytest.mark.parametrize(
        ("rows", "found"),
        [
            ([["id", "name"], ["1", "a"]], (0, True)),
            ([["姓名", "电话"], ["甲", "10000000001"]], (0, True)),
            ([["甲乙", "10000000001"], ["丙丁", "10000000002"]], (0, False)),
            ([["甲乙"], ["丙丁"], ["戊己"]], (0, False)),
            ([["姓名"], ["丙丁"]], (0, True)),
            ([["男", "北京"], ["女", "上海"], ["男", "北京"]], (0, False)),
            ([["客户表", "", ""], ["编号", "姓名", "电话"], ["1", "甲", "2"]], (1, True)),
            ([["导出", ""], ["", ""], ["编号", "姓名"], ["1", "甲"]], (2, True)),
            ([["xm", "sjhm"], ["甲", "10000000001"]], (0, True)),
            ([["a", "b"], ["x", "y"]], (0, False)),
            ([["a", "b"], ["x", "7"]], (0, True)),
            ([["王建国", "上海市城市花园12号"], ["陈某某", "上海市幸福花园3号"]], (0, False)),
            ([["王建国", "上海市城市花园"], ["陈某某", "上海市幸福花园"]], (0, False)),
            ([["欧阳海棠", "未填"], ["王小明", "10000000001"]], (0, False)),
            ([["zhangsanfeng", "wangwu"], ["lisi", "zhaoliu"]], (0, False)),
            ([["zhangsanfeng", "wangwu"]], (0, False)),
            ([["甲乙", "某某有限公司"], ["丙丁", "某某二公司"]], (0, False)),
            ([["甲乙", "身份证号码已经登记在册请勿重复提交谢谢您的合作与理解时间"]], (0, False)),
            ([["login", "manager"], ["zhangsan", "wangwu"]], (0, True)),
            ([["firstName", "nick_name"], ["san", "xiaosan"]], (0, True)),
            ([["客户姓名", "收货地址"], ["甲乙", "某路1号"]], (0, True)),
            ([["联系人1", "联系电话2"], ["甲乙", "无"]], (0, True)),
            ([["所在城市", "毕业学校"], ["上海", "某某学校"]], (0, True)),
            ([["身份证号(18位,末位可为X,请勿使用空格,必须如实填写)"], ["甲"]], (0, True)),
            ([["2021年", "2022年"], ["5", "6"]], (0, True)),
            ([["1月", "2月"], ["5", "6"]], (0, True)),
            ([["科目1", "科目2"], ["5", "6"]], (0, True)),
            ([["高度", "温度"], ["5", "6"]], (0, True)),
            ([["2021", "2022"], ["5", "6"]], (0, False)),
            ([["", ""]], (0, False)),
        ],
    )
    def test_found(self, rows: list[list[str]], found: tuple[int, bool]) -> None:
        assert header_row(rows) == found

    @pytest.mark.parametrize(
        ("cells", "names"),
        [
            (["a", "", "a", " b\n c "], ["a", "column_2", "column_3", "b c"]),
            (["column_2", ""], ["column_2", "column_2_"]),
            (["姓名", "19990000001", "x@example.com"], ["姓名", "column_2", "column_3"]),
            ([], ["column_1", "column_2"]),
            (["x" * 500, "y"], ["x" * 120, "y"]),
        ],
    )
    def test_names(self, cells: list[str], names: list[str]) -> None:
        assert unique_names(cells, len(names)) == names

    def test_no_row_is_lost_where_there_is_no_header(self, tmp_path: Path) -> None:
        table = table_of(csv(tmp_path, "".join(f"甲{i},1990000{i:04d}\n" for i in range(50))))
        assert table.column_names == ["column_1", "column_2"]
        assert table.num_rows == 50

    def test_a_title_above_the_header_is_said(self, tmp_path: Path) -> None:
        reading = Reading()
        text = "客户名单,,\n编号,姓名,电话\n1,甲,10000000001\n"
        table = table_of(csv(tmp_path, text), reading)
        assert table.column_names == ["编号", "姓名", "电话"]
        assert reading.warnings == ["1 rows above the header were not read as rows"]

    def test_excel_hint_and_trailing_delimiter(self, tmp_path: Path) -> None:
        table = table_of(csv(tmp_path, "sep=;\nid;name;\n1;a,b;\n2;c,d;\n"))
        assert table.to_pydict() == {"id": ["1", "2"], "name": ["a,b", "c,d"], "column_3": ["", ""]}

    def test_one_column_with_commas_in_it(self, tmp_path: Path) -> None:
        lines = ["地址", "某路1号", "某路2号,二层,东", "某路3号"]
        table = table_of(csv(tmp_path, "\n".join(lines)))
        assert table.to_pydict() == {"地址": lines[1:]}


class TestJson:
    @pytest.mark.parametrize("rows", [None, 100])
    def test_nested(self, tmp_path: Path, rows: int | None) -> None:
        documents = [
            {
                "id": 1,
                "who": {"name": "甲", "tel": ["1", "2"]},
                "orders": [{"no": "a"}, {"no": "b"}],
            },
            {
                "id": 2,
                "who": {"name": "乙", "age": 3},
                "late": "00123",
                "when": "2024-01-02 03:04:05",
            },
        ]
        path = csv(tmp_path, "\n".join(map(json.dumps, documents)), "a.jsonl")
        table = table_of(path, rows=rows)
        assert table.to_pylist() == [
            {
                "id": "1",
                "who": {"name": "甲", "tel": ["1", "2"], "age": None},
                "orders": [{"no": "a"}, {"no": "b"}],
                "late": None,
                "when": None,
            },
            {
                "id": "2",
                "who": {"name": "乙", "tel": None, "age": "3"},
                "orders": None,
                "late": "00123",
                "when": "2024-01-02 03:04:05",
            },
        ]

    @pytest.mark.parametrize(
        ("values", "texts"),
        [
            ([1, "a", None, True], ["1", "a", None, "true"]),
            ([1, 1.5, 110101190001010014], ["1", "1.5", "110101190001010014"]),
            ([99999999999999999999], ["99999999999999999999"]),
            ([10000000001.0, 0.25], ["10000000001", "0.25"]),
            (["a", {"b": 1}, [2]], ["a", '{"b": "1"}', '["2"]']),
            ([[1], ["a"], None], [["1"], ["a"], None]),
            ([{}, None], ["{}", None]),
            (["\ud800", "\\ud83d"], ["\ufffd", "\\ud83d"]),
        ],
    )
    def test_types_that_disagree(
        self, tmp_path: Path, values: list[Any], texts: list[object]
    ) -> None:
        lines = "\n".join(json.dumps({"id": i, "v": v}) for i, v in enumerate(values))
        for rows in (None, 100):
            assert table_of(csv(tmp_path, lines, "a.jsonl"), rows=rows)["v"].to_pylist() == texts

    def test_a_field_that_turns_up_late(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One schema for all batches, whichever block brings what."""
        monkeypatch.setattr(text_module, "BLOCK", 256)
        monkeypatch.setattr(text_module, "HEAD", 256)
        documents = [{"id": i} | ({"late": {"n": [i]}} if i > 90 else {}) for i in range(100)]
        documents[50] = {"id": "x50", "odd": 1.5}
        path = csv(tmp_path, "\n".join(map(json.dumps, documents)), "a.ndjson")
        rows = table_of(path).to_pylist()
        assert [row["id"] for row in rows] == [str(d["id"]) for d in documents]
        assert [row["odd"] for row in rows if row["odd"]] == ["1.5"]
        assert [row["late"] for row in rows[91:]] == [{"n": [str(i)]} for i in range(91, 100)]

    @pytest.mark.parametrize(
        "text",
        [
            '[{"id": 1}, {"id": 2}]',
            '[\n  {\n    "id": 1\n  },\n  {"id": 2}\n]\n',
            '{"id": 1}\n{"id": 2}\n',
            '{"id":\n 1}{"id": 2}',
            '[{"id": 1},{"id": 2}]\n',
        ],
    )
    @pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
    def test_layouts(self, tmp_path: Path, text: str, name: str) -> None:
        path = csv(tmp_path, text, name)
        for rows in (None, 100):
            assert table_of(path, rows=rows).to_pydict() == {"id": ["1", "2"]}

    def test_one_object(self, tmp_path: Path) -> None:
        path = csv(tmp_path, json.dumps({"data": [{"id": 1}, {"id": 2}]}, indent=2), "a.json")
        assert table_of(path).to_pylist() == [{"data": [{"id": "1"}, {"id": "2"}]}]

    def test_keys_that_are_data_become_a_map(self, tmp_path: Path) -> None:
        by_key = {f"1999000{i:04d}": {"n": i} for i in range(3)}
        table = table_of(csv(tmp_path, json.dumps({"by": by_key}) + "\n", "a.jsonl"))
        assert pa.types.is_map(table.schema.field("by").type)
        assert "1999000" not in str(table.schema)

    @pytest.mark.parametrize(
        "keys",
        [
            ["1234567"],
            ["12345", "23456"],
            ["A00017", "B00018", "C00019"],
            ["2024-01-02", "2024-01-03", "2024-01-04"],
            ["00000000-0000-4000-8000-00000000abcd"],
            ["甲乙", "丙丁", "戊己", "庚辛", "壬癸"],
        ],
    )
    @pytest.mark.parametrize("rows", [None, 100])
    def test_keys_of_one_form_become_a_map(
        self, tmp_path: Path, keys: list[str], rows: int | None
    ) -> None:
        text = json.dumps({"id": 1, "by": {key: {"n": 1} for key in keys}})
        table = table_of(csv(tmp_path, f"{text}\n", "a.jsonl"), rows=rows)
        assert pa.types.is_map(table.schema.field("by").type)
        assert [key for key, _ in table["by"][0].as_py()] == keys
        top = table_of(csv(tmp_path, json.dumps({key: {"n": 1} for key in keys}), "b.json"))
        assert top.column_names == ["value"]

    @pytest.mark.parametrize(
        "keys",
        [
            ["2021", "2022", "2023"],
            ["q1", "q2", "q3"],
            ["col01", "col02", "col03"],
            ["姓名", "电话", "地址", "备注", "时间"],
            ["甲方", "乙方"],
            ["billing", "shipping"],
        ],
    )
    def test_names_stay_names(self, tmp_path: Path, keys: list[str]) -> None:
        text = json.dumps({"id": 1, "by": dict.fromkeys(keys, "x")})
        table = table_of(csv(tmp_path, f"{text}\n", "a.jsonl"))
        assert [field.name for field in table.schema.field("by").type] == keys

    def test_broken_lines_are_counted(self, tmp_path: Path) -> None:
        reading = Reading()
        text = '{"id": 1}\n{"id": \n\n' + "[" * 5000 + '\n{"id": 2}\n'
        assert ids(table_of(csv(tmp_path, text, "a.jsonl"), reading)) == [1, 2]
        assert reading.warnings == ["2 documents were no JSON, or null, and were left out"]

    @pytest.mark.parametrize("odd", ["null", "1", '"x"', "{}", "{} {}", "[2]"])
    def test_documents_that_are_no_objects(self, tmp_path: Path, odd: str) -> None:
        """pyarrow's own reader ends the process at some of these."""
        for text in (f'{{"id": 1}}\n{odd}\n', f'{{"id": 1}}\n{{"id": 2}}\n{odd}\n'):
            for rows in (None, 100):
                table = table_of(csv(tmp_path, text, "a.jsonl"), rows=rows)
                broken = odd in {"null", "{} {}"}
                assert table.num_rows == text.count("\n") - broken

    def test_long_texts_deep_inside_are_cut(self, tmp_path: Path) -> None:
        text = json.dumps({"a": [{"b": "x" * 100}]}) + "\n"
        for rows in (None, 100):
            table = table_of(csv(tmp_path, text, "a.jsonl"), rows=rows, cell=7)
            assert table.to_pylist() == [{"a": [{"b": "x" * 7}]}]


class TestLines:
    @pytest.mark.parametrize("name", ["a.log", "a.txt", "a.md", "a.log.1", "a.log.2024-01-02.gz"])
    def test_each_line_is_a_row(self, tmp_path: Path, name: str) -> None:
        data = "first, line\r\n\r\n <二>\nlast".encode()
        table = table_of(csv(tmp_path, gzip.compress(data) if name.endswith("gz") else data, name))
        assert table.to_pydict() == {"line": ["first, line", "", " <二>", "last"]}

    def test_other_columns_are_not_there(self, tmp_path: Path) -> None:
        assert table_of(csv(tmp_path, "x\n", "a.log"), columns=("id",)).num_columns == 0


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\nc,d", [["a", "b"], ["c", "d"]]),
        ('"a,\n1",b\n', [["a,\n1", "b"]]),
        ('"a,b\nc,d\n', [['"a', "b"], ["c", "d"]]),
        ('"a" x,b\n', [["a x", "b"]]),
        (",\n\n,", [["", ""], ["", ""]]),
        ('"",""""\n', [["", '"']]),
        ("a,", [["a", ""]]),
        ("", []),
    ],
)
def test_records(text: str, rows: list[list[str]]) -> None:
    found = list(records(text, ","))
    assert [row for row, _ in found] == rows
    assert not found or found[-1][1] <= len(text)


@pytest.mark.parametrize(
    ("data", "end"),
    [
        (b"a\nb\n", 4),
        (b"a\nb", 2),
        (b'a\n"b\n', 2),
        (b'a\n"b\n"\nc', 7),
        (b'"a\n', 0),
        (b"", 0),
    ],
)
def test_record_end(data: bytes, end: int) -> None:
    assert record_end(data) == end
