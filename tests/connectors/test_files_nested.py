"""XML, YAML and settings: what becomes a row, nesting, encodings, bombs."""

from pathlib import Path
from typing import Any

import pytest

from connectors.base import Reading, Sampling, UnreadableData
from connectors.files import xml_tree, yaml_events
from tests.connectors.contract import one_sentence
from tests.connectors.test_files import only, table_of


def rows_of(path: Path, reading: Reading | None = None, **sampling: Any) -> list[dict[str, Any]]:
    return [
        {k: v for k, v in row.items() if v is not None}
        for row in table_of(path, reading, **sampling).to_pylist()
    ]


XML = [
    pytest.param(
        "<r><c><id>1</id><n>甲</n></c><c><id>2</id></c></r>",
        [{"id": "1", "n": "甲"}, {"id": "2"}],
        id="repeated element",
    ),
    pytest.param(
        "<r><cs><c id='1'>甲</c><c id='2' n='乙'/></cs></r>",
        [{"id": "1", "text": "甲"}, {"id": "2", "n": "乙"}],
        id="attributes",
    ),
    pytest.param(
        "<r><c><tel>1</tel><tel>2</tel></c><c><tel>3</tel></c></r>",
        [{"tel": ["1", "2"]}, {"tel": ["3"]}],
        id="a field that repeats is a list everywhere",
    ),
    pytest.param(
        "<x:r xmlns:x='urn:x'><x:c><x:a><x:b>1</x:b></x:a></x:c><x:c/></x:r>",
        [{"a": {"b": "1"}}, {}],
        id="namespaces and nesting",
    ),
    pytest.param(
        "<r><m by='甲'><d>1</d></m><c>2</c><c>3</c></r>",
        [{"m": {"by": "甲", "d": "1"}}, {"value": "2"}, {"value": "3"}],
        id="something else beside the rows",
    ),
    pytest.param(
        "<r><h>甲</h><cs><c><a>1</a></c><c><a>2</a></c></cs><os><o><b>3</b></o><o><b>4</b></o></os></r>",
        [
            {"c": {"a": "1"}},
            {"c": {"a": "2"}},
            {"o": {"b": "3"}},
            {"o": {"b": "4"}},
            {"r": {"h": "甲"}},
        ],
        id="two kinds of rows, and what stands above them",
    ),
    pytest.param("<r><a>1</a><b><c>2</c></b></r>", [{"a": "1", "b": {"c": "2"}}], id="no rows"),
    pytest.param("<r>甲</r>", [{"value": "甲"}], id="one text"),
    pytest.param("<r/>", [], id="nothing"),
    pytest.param(
        "<r><c><p>x<b>y</b>z</p></c><c><p>甲</p></c></r>",
        [{"p": '{"b": "y", "text": "xz"}'}, {"p": "甲"}],
        id="text between elements",
    ),
    pytest.param(
        "<r><c><![CDATA[a<b]]></c><c>&lt;&#x7532;&amp;</c></r>",
        [{"value": "a<b"}, {"value": "<甲&"}],
        id="escapes",
    ),
]


class TestXml:
    @pytest.mark.parametrize("rows", [None, 100])
    @pytest.mark.parametrize(("text", "given"), XML)
    def test_rows(
        self, tmp_path: Path, text: str, given: list[dict[str, Any]], rows: int | None
    ) -> None:
        (tmp_path / "a.xml").write_text(text)
        found = rows_of(tmp_path / "a.xml", rows=rows)
        if any("value" in row for row in given) and not all("value" in row for row in given):
            assert len(found) == len(given)
            assert all(v in str(found) for v in ("甲", "2", "3"))
        else:
            assert found == given

    @pytest.mark.parametrize("declared", ["GB2312", "gb18030", "GBK", "Big5", "utf-16", "UTF-8"])
    def test_encodings(self, tmp_path: Path, declared: str) -> None:
        name = "聯絡電話號碼" if declared == "Big5" else "联系电话号码"
        row = f"<c><n>{name}</n></c>"
        text = f'<?xml version="1.0" encoding="{declared}"?>\n<r>{row * 40}</r>'
        (tmp_path / "a.xml").write_bytes(text.encode(declared))
        assert rows_of(tmp_path / "a.xml") == [{"n": name}] * 40

    def test_rows_of_an_old_workbook(self, tmp_path: Path) -> None:
        """Excel 2003 writes .xls in XML: its rows are rows, of however many sheets."""
        row = '<Row><Cell><Data ss:Type="String">{}</Data></Cell><Cell><Data>2</Data></Cell></Row>'
        sheets = "".join(
            f'<Worksheet ss:Name="s"><Table>{row.format(a)}{row.format(b)}</Table></Worksheet>'
            for a, b in ("甲乙", "丙丁")
        )
        text = (
            '<?xml version="1.0"?><Workbook xmlns="urn:x" xmlns:ss="urn:y">'
            + sheets
            + "</Workbook>"
        )
        (tmp_path / "a.xls").write_text(text)
        cells = [row["Cell"] for row in rows_of(tmp_path / "a.xls") if "Cell" in row]
        assert len(cells) == 4
        assert all(name in str(row) for name, row in zip("甲乙丙丁", cells, strict=True))

    def test_large_documents_are_streamed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(xml_tree, "NODES", 1_000)
        row = "<c><id>{}</id><a><b>甲</b></a></c>"
        text = "<r>" + "".join(row.format(i) for i in range(20_000)) + "</r>"
        (tmp_path / "a.xml").write_text(text)
        found = table_of(tmp_path / "a.xml")
        assert found["id"].to_pylist() == [str(i) for i in range(20_000)]
        assert table_of(tmp_path / "a.xml", rows=7).num_rows == 7

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("<a>" * 5_000 + "</a>" * 5_000, "too large or too deep"),
            ('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>', "entities"),
            ("<r><c>1</c><c>2</c>", "no whole XML"),
            ("<r>&nope;</r>", "no whole XML"),
        ],
    )
    def test_what_is_refused(self, tmp_path: Path, text: str, says: str) -> None:
        (tmp_path / "a.xml").write_text(text)
        with pytest.raises(UnreadableData, match=says) as caught:
            table_of(tmp_path / "a.xml")
        one_sentence(str(caught.value))

    def test_rows_before_the_fault_are_given(self, tmp_path: Path) -> None:
        (tmp_path / "a.xml").write_text("<r>" + "<c><id>1</id></c>\n" * 50_000 + "<oops>")
        files, dataset = only(tmp_path / "a.xml")
        seen = 0
        with pytest.raises(UnreadableData, match="from line"):  # noqa: PT012
            for batch in files.batches(dataset, Sampling(rows=500), Reading()):
                seen += batch.num_rows
        assert seen == 500


YAML = [
    pytest.param("- id: 1\n  n: 甲\n- id: 2\n", [{"id": "1", "n": "甲"}, {"id": "2"}], id="list"),
    pytest.param("a: 1\n---\na: 2\n...\n", [{"a": "1"}, {"a": "2"}], id="documents"),
    pytest.param(
        "a: 00123\nb: 1.10\nc: yes\nd: 2026-01-02\ne: 1e5\nf: 0x10\n",
        [{"a": "00123", "b": "1.10", "c": "yes", "d": "2026-01-02", "e": "1e5", "f": "0x10"}],
        id="scalars stay as they are written",
    ),
    pytest.param("a: ~\nb:\nc: null\nd: 'null'\n", [{"d": "null"}], id="nothing"),
    pytest.param("a: &x {t: 1}\nb: *x\n", [{"a": {"t": "1"}, "b": {"t": "1"}}], id="aliases"),
    pytest.param(
        "- &x {t: 1, u: 2}\n- {<<: *x, u: 3}\n",
        [{"t": "1", "u": "2"}, {"t": "1", "u": "3"}],
        id="merge",
    ),
    pytest.param("a: &x [*x]\n", [{"a": [None]}], id="an alias within itself"),
    pytest.param("!!python/object:os.system {a: 1}\n", [{"a": "1"}], id="tags do nothing"),
    pytest.param(
        "a:\n  - tel: 1\n    of: [甲, 乙]\n",
        [{"a": [{"tel": "1", "of": ["甲", "乙"]}]}],
        id="nested",
    ),
    pytest.param("甲\n", [{"value": "甲"}], id="one scalar"),
    pytest.param("? [a, b]\n: 1\n", [{"['a', 'b']": "1"}], id="a key that is a list"),
    pytest.param("# nothing\n", [], id="comments alone"),
]


class TestYaml:
    @pytest.mark.parametrize("rows", [None, 100])
    @pytest.mark.parametrize(("text", "given"), YAML)
    def test_rows(
        self, tmp_path: Path, text: str, given: list[dict[str, Any]], rows: int | None
    ) -> None:
        (tmp_path / "a.yml").write_text(text)
        reading = Reading()
        assert rows_of(tmp_path / "a.yml", reading, rows=rows) == given
        assert (reading.how, reading.warnings) == ("all rows", [])

    def test_gb18030(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").write_bytes(
            ("- 姓名: 王小明\n  地址: 某某路\n" * 20).encode("gb18030")
        )
        assert rows_of(tmp_path / "a.yaml") == [{"姓名": "王小明", "地址": "某某路"}] * 20

    def test_templates_are_read_as_lines(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").write_text("a: 1\n{{- if .x }}\nb: {{ .y }}\n")
        reading = Reading()
        table = table_of(tmp_path / "a.yaml", reading)
        assert table["line"].to_pylist() == ["a: 1", "{{- if .x }}", "b: {{ .y }}"]
        assert reading.warnings == ["it is no YAML from line 3 on and was read as lines"]

    def test_depth(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").write_text("[" * 200 + "]" * 200)
        with pytest.raises(UnreadableData, match="as a bomb does"):
            table_of(tmp_path / "a.yaml")

    def test_aliases_that_are_few_are_no_bomb(self, tmp_path: Path) -> None:
        (tmp_path / "a.yaml").write_text(
            "d: &d {t: 1}\n" + "".join(f"a{i}: *d\n" for i in range(150))
        )
        assert len(rows_of(tmp_path / "a.yaml")[0]) == 151
        assert yaml_events.NODES > 1_000


@pytest.mark.parametrize("name", ["a.ini", "a.conf", "a.cfg", "a.properties", "prod.env", "a.toml"])
def test_settings_are_lines(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes("[库]\npassword = 甲 # 密码\n".encode("gb18030"))
    assert table_of(tmp_path / name)["line"].to_pylist() == ["[库]", "password = 甲 # 密码"]
