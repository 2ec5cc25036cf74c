"""Pictures: what is recognised in them, in which order, and what is no picture."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from connectors.base import MissingDriver, Reading, Sampling, UnreadableData
from connectors.files import form, ocr, rations
from connectors.files.base import Files
from connectors.registry import connect
from detectors.registry import load
from scanner.run.units import census
from tests.connectors.contract import one_sentence
from tests.connectors.test_files import table_of

FONT = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"
NUMBER = "110101190203040019"
CARD = ("姓名  甲乙", "性别  男  民族  汉", "出生  1902年3月4日", f"公民身份号码  {NUMBER}")


def card(lines: tuple[str, ...] = CARD) -> Image.Image:
    """A drawn card, as a camera would see it: a little turned, a little blurred."""
    picture = Image.new("RGB", (860, 420), (225, 235, 245))
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype(FONT, 34)
    for number, line in enumerate(lines):
        draw.text((50, 50 + 85 * number), line, fill=(20, 20, 30), font=font)
    turned = picture.rotate(2, expand=True, fillcolor=(90, 90, 90))
    return turned.filter(ImageFilter.GaussianBlur(0.6))


class TestOrder:
    @pytest.mark.parametrize(
        ("boxes", "lines"),
        [
            ([], []),
            ([(0, 20, 30, "b"), (0, 0, 10, "a")], ["a", "b"]),
            ([(50, 1, 11, "b"), (0, 0, 10, "a"), (0, 20, 30, "c")], ["a  b", "c"]),
            ([(0, 0, 10, "a"), (0, 11, 21, "b"), (60, 6, 15, "x")], ["a", "x", "b"]),
        ],
    )
    def test_from_above_to_below(
        self, boxes: list[tuple[float, float, float, str]], lines: list[str]
    ) -> None:
        assert list(ocr.ordered(boxes)) == lines


def test_without_the_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("RGB", (9, 9)).save(tmp_path / "a.png")
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(MissingDriver, match=r"picensus\[ocr\]") as caught:
        table_of(tmp_path / "a.png")
    one_sentence(str(caught.value))


def test_of_many_pictures_in_a_folder_some_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form, "missing", lambda path: "")
    for folder, count in {"few": rations.PICTURES, "many": 2 * rations.PICTURES}.items():
        (tmp_path / folder).mkdir()
        for number in range(count):
            (tmp_path / folder / f"{number:04}.jpg").write_bytes(b"x")
    (tmp_path / "many/a.csv").write_text("id\n1\n")
    datasets = list(Files(str(tmp_path)).datasets())
    assert len(datasets) == 3 * rations.PICTURES + 1
    skipped = [d for d in datasets if d.skip]
    assert len(skipped) == rations.PICTURES
    assert {d.name for d in skipped} == {f"many/{n:04}.jpg" for n in range(1, 200, 2)}
    assert "give it as a source of its own" in skipped[0].skip


def test_pictures_are_skipped_where_nothing_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    (tmp_path / "a.jpg").write_bytes(b"x")
    (tmp_path / "b.pdf").write_bytes(b"x")
    skips = {d.name: d.skip for d in Files(str(tmp_path)).datasets()}
    assert skips == {
        "a.jpg": "to read it: pip install 'picensus[ocr]'",
        "b.pdf": "to read it: pip install 'picensus[pdf]'",
    }


BAD = [
    pytest.param("a.png", b"\x89PNG\r\n\x1a\n" + bytes(100), id="broken PNG"),
    pytest.param("a.jpg", b"\xff\xd8\xff\xe0" + bytes(100), id="broken JPEG"),
    pytest.param("a.bmp", b"BM" + bytes(100), id="broken BMP"),
    pytest.param("a.tif", b"II*\0" + bytes(100), id="broken TIFF"),
    pytest.param("a.webp", b"text", id="text"),
]


@pytest.mark.parametrize(("name", "content"), BAD)
def test_what_is_no_picture(
    tmp_path: Path, name: str, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "available", lambda: True)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableData, match="broken picture") as caught:
        table_of(tmp_path / name)
    one_sentence(str(caught.value))


@pytest.mark.parametrize("side", [12_000, 50_000])
def test_one_of_absurdly_many_pixels(
    tmp_path: Path, side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "available", lambda: True)
    Image.new("1", (9, 9)).save(tmp_path / "a.png")
    data = bytearray((tmp_path / "a.png").read_bytes())
    struct.pack_into(">II", data, 16, side, side)
    struct.pack_into(">I", data, 29, zlib.crc32(data[12:29]))
    (tmp_path / "a.png").write_bytes(data)
    with pytest.raises(UnreadableData, match="million pixels"):
        table_of(tmp_path / "a.png")


@pytest.mark.heavy
class TestRecognition:
    @pytest.fixture(autouse=True)
    def _packages(self) -> None:
        if not ocr.available():
            pytest.fail("the packages of the extra 'ocr' are not installed")
        if not Path(FONT).exists():
            pytest.fail(f"{FONT} is not there: apt install fonts-wqy-zenhei")

    @pytest.mark.parametrize("ending", ["jpg", "tif", "webp"])
    def test_a_card_is_found(self, tmp_path: Path, ending: str) -> None:
        card().save(tmp_path / f"a.{ending}")
        with connect(str(tmp_path)) as connector:
            (dataset,) = connector.datasets()
            report = census(connector, dataset, Sampling(), load())
        assert "id_card" in {v.kind for column in report.columns for v in column.verdicts}

    def test_lines_and_turned_pictures(self, tmp_path: Path) -> None:
        exif = Image.Exif()
        exif[0x0112] = 6  # to be turned by 90 degrees
        card().rotate(90, expand=True).save(tmp_path / "a.jpg", exif=exif)
        reading = Reading()
        lines = table_of(tmp_path / "a.jpg", reading)["line"].to_pylist()
        assert NUMBER in lines[-1].replace(" ", "")
        assert reading.warnings == [
            "text in pictures is recognised, and may be read wrong or missed"
        ]

    def test_scanned_pages_of_a_pdf(self, tmp_path: Path) -> None:
        card().save(tmp_path / "a.pdf", "PDF", save_all=True, append_images=[card(("第二页",))])
        reading = Reading()
        table = table_of(tmp_path / "a.pdf", reading)
        assert {1, 2} <= set(table["page"].to_pylist())
        assert any(NUMBER in line.replace(" ", "") for line in table["line"].to_pylist())
        said = "the text of 2 pages is recognised from pictures, and may be wrong or missed"
        assert reading.warnings == [said]
