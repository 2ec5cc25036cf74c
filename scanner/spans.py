"""Spans of personal information in lines of text, and lines in which they are masked."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from detectors.base import Detector, Matches, Proof
from detectors.keyed import told_by_form
from detectors.keys import keys
from detectors.masking import masked, whole
from detectors.texts import Ints, Texts
from scanner.documents.escapes import mapped
from scanner.examine import compete, naming

_PASSES = 3  # over lines that were masked: what is found in them still is starred altogether


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (after the last) of a line (0 is the first) hold a kind."""

    line: int
    start: int
    end: int
    kind: str
    proof: Proof


def spans(
    lines: Sequence[str], detectors: Sequence[Detector], only: Container[str] | None = None
) -> list[Span]:
    """All that is found, in order; `only` names the kinds that are wanted.

    A form that says nothing without a header (six digits, `1`) counts only where a word beside
    it, or a list, proves it.
    """
    # One character stays one: what is no Unicode becomes `?`; a carriage return is no part.
    plain = [line.removesuffix("\r").encode("utf-8", "replace").decode() for line in lines]
    read = {n: seen for n, line in enumerate(plain) if (seen := mapped(line))}
    found = _among(plain, detectors, only)
    if read:  # what escapes hide is told where they stand
        numbers = list(read)
        inside = _among([read[n][0] for n in numbers], detectors, only)
        hidden = [_moved(span, numbers[span.line], read[numbers[span.line]][1]) for span in inside]
        found = with_known(found, hidden)
    return found


def _moved(span: Span, line: int, places: Sequence[int]) -> Span:
    return replace(span, line=line, start=places[span.start], end=places[span.end])


def _among(
    plain: Sequence[str], detectors: Sequence[Detector], only: Container[str] | None
) -> list[Span]:
    texts = Texts(pa.array(plain, pa.large_string()))
    found = ((d, d.find(texts)) for d in detectors if texts.most_digits >= d.digits)
    places = np.concatenate(([0], np.cumsum((texts.data & 0xC0) != 0x80)))
    out: list[Span] = []
    for detector, matches in compete(found):
        if only is not None and detector.kind not in only:
            continue
        sure = matches.proofs == Proof.CHECKED
        kept = matches if told_by_form(detector) else matches.take(sure)
        if not sure.all():  # a word before it proves as much as a check digit
            named, _ = texts.shared(keys).of(naming(detector.kind))
            proofs = np.where(np.isin(kept.starts, named), int(Proof.CHECKED), kept.proofs)
            kept = replace(kept, proofs=proofs)
        out += _spans(texts, places, detector.kind, kept)
    return sorted(out, key=lambda span: (span.line, span.start, span.end, span.kind))


def _spans(texts: Texts, places: Ints, kind: str, matches: Matches) -> Iterator[Span]:
    heads = places[texts.offsets[matches.rows]]
    starts, ends = places[matches.starts] - heads, places[matches.ends] - heads
    rows = zip(matches.rows, starts, ends, matches.proofs, strict=True)
    for row, start, end, proof in rows:
        yield Span(int(row), int(start), int(end), kind, Proof(int(proof)))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def with_known(found: Sequence[Span], known: Sequence[Span]) -> list[Span]:
    """Both, in order; of those found none that reaches into one that is known."""
    taken = dict(_by_line(known))
    free = [s for s in found if not any(_meet(s, other) for other in taken.get(s.line, ()))]
    return sorted([*free, *known], key=lambda span: (span.line, span.start, span.end, span.kind))


def without(
    lines: Sequence[str],
    detectors: Sequence[Detector],
    only: Container[str] | None = None,
    known: Sequence[Span] = (),
) -> list[str]:
    """The lines with every span masked by its kind's rule, each as long as before.

    `known` are spans that what stands on other lines tells of. Masked lines are looked at again:
    whatever a detector still finds in them is starred whole.
    """
    out = list(lines)
    found = with_known(spans(lines, detectors, only), known)
    for turn in range(_PASSES):
        touched = sorted({span.line for span in found})
        for line, inside in _by_line(found):
            out[line] = _starred(out[line], inside, altogether=turn > 0)
        if not touched:
            break
        again = spans([out[line] for line in touched], detectors, only)
        found = [replace(span, line=touched[span.line]) for span in again]
    return out


def _by_line(found: Iterable[Span]) -> Iterator[tuple[int, list[Span]]]:
    lines: dict[int, list[Span]] = {}
    for span in found:
        lines.setdefault(span.line, []).append(span)
    yield from lines.items()


def _starred(line: str, inside: Sequence[Span], *, altogether: bool) -> str:
    """The line with its spans masked; where two overlap, what either hides is hidden."""
    out: list[str] = []
    done = 0
    for start, end, group in _groups(inside):
        value = list(line[start:end])
        for span in group:
            part = line[span.start : span.end]
            mask = whole(part) if altogether else masked(part, span.kind)
            for at, char in enumerate(mask, span.start - start):
                if char != part[at - (span.start - start)]:
                    value[at] = char
        out += [line[done:start], *value]
        done = end
    return "".join([*out, line[done:]])


def _groups(inside: Sequence[Span]) -> Iterator[tuple[int, int, list[Span]]]:
    """Spans that overlap, together, with the first and the last of their characters."""
    start, end, group = -1, -1, list[Span]()
    for span in inside:
        if span.start >= end and group:
            yield start, end, group
            group = []
        start = span.start if not group else start
        end = span.end if not group else max(end, span.end)
        group.append(span)
    if group:
        yield start, end, group
