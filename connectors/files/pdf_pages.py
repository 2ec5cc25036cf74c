"""The text of a PDF document, page by page; run as a program of its own.

A damaged document can end the process that PDFium runs in, or make it ask for any amount of
memory, so it never runs in the process of a scan. One JSON object a line goes to the standard
output: a page and its lines, the picture of a page that holds no text where that is asked for, and
at the end what there was besides. Arguments: the path, the most memory, how many pictures, and the
seed that draws them.
"""

import base64
import ctypes
import io
import json
import random
import resource
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_TOLD = ("Author", "Title", "Subject", "Keywords")
_OF_ANNOTATIONS = (b"Contents", b"T", b"TU")
_PIXELS = 2000  # of the longer side of a page


def main() -> None:
    """Print what is in the document."""
    path, memory, pictures, seed = sys.argv[1], *map(int, sys.argv[2:5])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        _say(fault="password" if "assword" in str(error) else "broken")
        return
    document.init_forms()
    said = document.get_metadata_dict(skip_empty=True)
    _say(page=0, lines=[f"{key}: {said[key]}" for key in _TOLD if said.get(key)])
    bare = []
    for number in range(len(document)):
        try:
            page = document[number]
            lines, text = list(_lines(page, document)), page.get_textpage().get_text_range()
            page.close()
        except pypdfium2.PdfiumError:
            _say(fault="page")
            continue
        if not text.strip():
            bare.append(number)
        _say(page=number + 1, lines=[*text.splitlines(), *lines])
    drawn = sorted(random.Random(seed).sample(bare, min(pictures, len(bare))))
    for number in drawn:
        _say(page=number + 1, picture=_picture(document[number]))
    _say(pages=len(document), bare=len(bare), attachments=document.count_attachments())


def _lines(page: Any, document: Any) -> Iterator[str]:  # noqa: ANN401 (PDFium is untyped)
    """Remarks with their authors, what forms were filled in with, and where links lead to."""
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        note = pdfium.FPDFPage_GetAnnot(page, number)
        if not note:
            continue
        text = {key: _said(_asking(note, key)) for key in _OF_ANNOTATIONS}
        if document.formenv and pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_WIDGET:
            ask = partial(pdfium.FPDFAnnot_GetFormFieldValue, document.formenv, note)
            yield f"{text[b'TU'] or text[b'T']}: {_said(ask)}"
        else:
            yield from filter(None, text.values())
        yield from _target(document, note)
        pdfium.FPDFPage_CloseAnnot(note)


def _asking(note: Any, key: bytes) -> Callable[..., int]:  # noqa: ANN401
    return partial(pdfium.FPDFAnnot_GetStringValue, note, key)


def _said(ask: Callable[..., int]) -> str:
    """What PDFium answers in UTF-16, which it is asked for twice: first for the length."""
    size = ask(None, 0)
    held = ctypes.create_string_buffer(max(size, 2))
    ask(ctypes.cast(held, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return held.raw[: max(size, 2) - 2].decode("utf-16-le", "replace")


def _target(document: Any, note: Any) -> Iterator[str]:  # noqa: ANN401
    link = pdfium.FPDFAnnot_GetLink(note)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
    if size > 1:
        held = ctypes.create_string_buffer(size)
        pdfium.FPDFAction_GetURIPath(document, action, held, size)
        yield held.raw[: size - 1].decode("utf-8", "replace")


def _picture(page: Any) -> str:  # noqa: ANN401
    """The page as a PNG file in base 64."""
    scale = _PIXELS / max(1.0, *page.get_size())
    out = io.BytesIO()
    page.render(scale=scale).to_pil().convert("RGB").save(out, "PNG", compress_level=1)
    return base64.b64encode(out.getvalue()).decode()


def _say(**what: object) -> None:
    print(json.dumps(what, default=list), flush=True)


if __name__ == "__main__":
    main()
