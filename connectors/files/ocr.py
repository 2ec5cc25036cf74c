"""The text in pictures, in reading order; by RapidOCR with the models that it brings along."""

import importlib
import importlib.util
import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, BinaryIO

from connectors.base import MissingDriver, UnreadableData

PIXELS = 100_000_000  # of a picture: a page of A3 scanned at 600 dpi has 70 million
FRAMES = 50  # pages of a TIFF that are looked at
_SIDE = 3000  # pixels of the longer side that recognition gets to see
_ONE_AT_A_TIME = threading.Lock()  # recognition takes all cores by itself


def available() -> bool:
    """Are the packages there?"""
    return all(map(importlib.util.find_spec, ("PIL", "rapidocr", "onnxruntime")))


def check(name: str) -> None:
    """Raises where the packages are not there.

    Raises:
        MissingDriver: with what to install.
    """
    if not available():
        install = "pip install 'picensus[ocr]'"
        raise MissingDriver(f"'{name}' is a picture; to find the text in it: {install}")


def lines(stream: BinaryIO, name: str) -> Iterator[tuple[int, str]]:
    """The number of the page and the text of each line, of all pages.

    Raises:
        UnreadableData: it is no picture that can be read, or an absurdly large one.
    """
    pictures = importlib.import_module("PIL.Image")
    too_large = UnreadableData(
        f"'{name}' has more than {PIXELS // 10**6} million pixels: shrink it"
    )
    turned = importlib.import_module("PIL.ImageOps").exif_transpose
    with _sound(name, pictures.DecompressionBombError, too_large), pictures.open(stream) as picture:
        for number in range(min(getattr(picture, "n_frames", 1), FRAMES)):
            picture.seek(number)
            if picture.width * picture.height > PIXELS:
                raise too_large
            picture.draft("RGB", (_SIDE, _SIDE))
            frame = turned(picture).convert("RGB")
            frame.thumbnail((_SIDE, _SIDE))
            for line in _recognised(frame):
                yield number + 1, line


def of_png(data: bytes, name: str) -> Iterator[str]:
    """The lines in a picture that is held in memory."""
    for _, line in lines(io.BytesIO(data), name):
        yield line


def ordered(boxes: list[tuple[float, float, float, str]]) -> Iterator[str]:
    """Texts at (left, top, bottom), from above to below; those side by side make one line."""
    row: list[tuple[float, float, float, str]] = []
    for box in sorted(boxes, key=lambda b: b[1] + b[2]):
        middle = (box[1] + box[2]) / 2
        if row and not row[0][1] <= middle <= row[0][2]:
            yield "  ".join(text for *_, text in sorted(row))
            row = []
        row.append(box)
    if row:
        yield "  ".join(text for *_, text in sorted(row))


def _recognised(picture: Any) -> Iterator[str]:  # noqa: ANN401 (Pillow is imported on use)
    array = importlib.import_module("numpy").asarray(picture)[
        :, :, ::-1
    ]  # colours as OpenCV has them
    with _ONE_AT_A_TIME:
        found = _engine()(array)
    if found.txts is None:
        return
    tops = [(box[:, 0].min(), box[:, 1].min(), box[:, 1].max()) for box in found.boxes]
    boxes = [(*map(float, top), text) for top, text in zip(tops, found.txts, strict=True)]
    yield from ordered(boxes)


@lru_cache(maxsize=1)
def _engine() -> Any:  # noqa: ANN401
    return importlib.import_module("rapidocr").RapidOCR(params={"Global.log_level": "critical"})


@contextmanager
def _sound(name: str, bomb: type[Exception], too_large: UnreadableData) -> Iterator[None]:
    """What Pillow says of broken and of far too large pictures as one sentence."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except bomb:
        raise too_large from None
    except (OSError, SyntaxError, ValueError, EOFError, ArithmeticError, TypeError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise UnreadableData(f"'{name}' is a broken picture: copy it again") from None
