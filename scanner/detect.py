"""What `picensus detect` does: spans of all kinds in texts, or the texts with them masked."""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO

import click

from detectors.base import Detector, Proof
from detectors.catalogue import kinds
from detectors.own_kinds import own_of
from scanner.armour import KIND, Key, armoured
from scanner.blocks import Block, TextError, blocks
from scanner.spans import Span, spans, with_known, without

DONE, FAILED, INCOMPLETE = 0, 1, 4
_STREAM = Path("-")

Work = Callable[[BinaryIO, str], Iterator[bytes]]


def run_detect(
    files: Sequence[Path],
    stream: BinaryIO,
    out: BinaryIO,
    detectors: Sequence[Detector],
    only: Collection[str] = (),
    form: str = "table",
    *,
    mask: bool = False,
) -> int:
    """Look through the files, or the stream where there are none or one is `-`; the exit code.

    A file that cannot be read is told on standard error, and the others are read.
    """
    wanted = _wanted(only, detectors)
    work = _masking(detectors, wanted) if mask else _listing(detectors, wanted, form, len(files))
    if not files:
        return DONE if _through(work, stream, "", out) else FAILED
    read = sum(
        _through(work, stream, "", out) if path == _STREAM else _opened(work, path, out)
        for path in files
    )
    return DONE if read == len(files) else INCOMPLETE if read else FAILED


def _opened(work: Work, path: Path, out: BinaryIO) -> bool:
    try:
        stream = path.open("rb")
    except OSError as error:
        click.echo(f"picensus: not read: {path}: {error.strerror}", err=True)
        return False
    with stream:
        return _through(work, stream, str(path), out)


def _through(work: Work, stream: BinaryIO, name: str, out: BinaryIO) -> bool:
    """Whether a text was read to its end."""
    parts = work(stream, name)
    while True:
        try:
            part = next(parts, None)
        except (TextError, OSError) as error:
            said = error.strerror if isinstance(error, OSError) else error
            where = name or "standard input"
            click.echo(f"picensus: not read: {where}: {said}", err=True)
            return False
        if part is None:
            return True
        out.write(part)


def _wanted(only: Collection[str], detectors: Sequence[Detector]) -> frozenset[str] | None:
    known = {detector.kind for detector in detectors}
    titles = {kind.zh: kind.id for kind in (*kinds().values(), *own_of(detectors).values())}
    only = [kind if kind in known else titles.get(kind, kind) for kind in only]
    for kind in only:
        if kind not in known:
            near = get_close_matches(kind, known, 1)
            hint = f"did you mean {near[0]}?" if near else "picensus kinds lists them"
            why = "has no values to find" if kind in kinds() else "is not known"
            raise click.UsageError(f"the kind '{kind}' {why}: {hint}")
    return frozenset(only) or None


def _masking(detectors: Sequence[Detector], wanted: frozenset[str] | None) -> Work:
    def work(stream: BinaryIO, name: str) -> Iterator[bytes]:
        del name
        for block, keys in _with_keys(stream, detectors, wanted):
            lines = block.text.split("\n")
            yield block.encoded("\n".join(without(lines, detectors, wanted, keys)))

    return work


def _listing(
    detectors: Sequence[Detector], wanted: frozenset[str] | None, form: str, files: int
) -> Work:
    def work(stream: BinaryIO, name: str) -> Iterator[bytes]:
        shown = name if files > 1 or form == "jsonl" else ""
        for block, keys in _with_keys(stream, detectors, wanted):
            found = with_known(spans(block.text.split("\n"), detectors, wanted), keys)
            said = "".join(_lines(block, found, form, shown))
            yield said.encode("utf-8", "backslashreplace")

    return work


def _with_keys(
    stream: BinaryIO, detectors: Sequence[Detector], wanted: frozenset[str] | None
) -> Iterator[tuple[Block, Sequence[Span]]]:
    """The blocks of a text, each with what belongs to private keys of several lines."""
    known = KIND in (wanted or {detector.kind for detector in detectors})
    key: Key | None = None
    for block in blocks(stream):
        found, key = armoured(block.text.split("\n"), key) if known else ([], None)
        yield block, found


def _lines(block: Block, found: Sequence[Span], form: str, name: str) -> Iterator[str]:
    """One line for each span: where it is, of which kind, how far proven; never the value."""
    for span in found:
        before = block.column if span.line == 0 else 0
        line, first, last = block.line + span.line, before + span.start + 1, before + span.end
        proof = "checked" if span.proof is Proof.CHECKED else "shape"
        if form == "jsonl":
            said = {"file": name or None, "line": line, "first": first, "last": last}
            yield json.dumps(said | {"kind": span.kind, "proof": proof}, ensure_ascii=False) + "\n"
        else:
            where = f"{name}:" if name else ""
            yield f"{where}{line}:{first}-{last}\t{span.kind}\t{proof}\n"
