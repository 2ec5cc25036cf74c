"""Profile and headers -> verdicts, by log-odds: every kind is judged, and kinds compete.

For each kind that the header or the values bring up, the factors are added (`scanner.case`):
the prior, what the header says, what the values say against look-alikes
(`scanner.likelihood`), and whether the forms of the values allow it. Columns of hashes that
were proven hold what was hashed (`scanner.proven`).
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from connectors.base import Column
from detectors.base import Detector
from detectors.catalogue import Kind, kinds
from detectors.headers import Cue, Strength, cues, denial, told
from detectors.own_kinds import own_cues, own_of, with_own
from scanner.case import Case
from scanner.documents.said import key_cues, owner_and_name, siblings
from scanner.documents.settled import document_paths
from scanner.mixed import with_documents
from scanner.model import (
    ColumnProfile,
    ColumnReport,
    Level,
    Profile,
    Verdict,
)
from scanner.proven import with_proofs
from scanner.weights import WEIGHTS, Weights

_MOST = 0.5  # of the values: a kind that has fewer leaves the column to another
_STRAY = 3  # times that a path inside documents has to come, unless they are few


def verdicts(
    profile: Profile,
    columns: Sequence[Column],
    detectors: Sequence[Detector],
    table: str = "",
    table_comment: str = "",
    weights: Weights = WEIGHTS,
) -> tuple[ColumnReport, ...]:
    """One report a column, in the order of `columns`, then the nested paths below them.

    A path inside the documents that a text holds is reported where it has a verdict; the
    column itself stands for the others.
    """
    by_kind = {detector.kind: detector for detector in detectors}
    own = own_of(detectors)
    called = [told(column.name, column.comment) for column in columns]
    inside = document_paths(profile, frozenset(column.name for column in columns))
    beside = siblings(inside)
    reports: list[ColumnReport] = []
    weak: list[tuple[int, tuple[Cue, ...]]] = []
    for column, nested in _with_paths(columns, profile, inside):
        held = profile.columns.get(column.name, ColumnProfile())
        head = inside.get(column.name)
        owner, name = owner_and_name(column.name) if head or nested else ("", column.name)
        if head:
            said = key_cues(column.name, head, beside)
        else:
            said = cues(name, column.comment, owner or table, table_comment, called)
        said = with_own(said, own_cues(name, "" if head else column.comment, own.values()))
        other = denial(name, "" if head else column.comment)
        said = (*said, *([other] if other else ()))
        found = _column(held, said, by_kind, weights)
        if head and not (found and _recurs(held, profile.columns[head])):
            continue
        if not found and any(cue.strength is Strength.WEAK for cue in said):
            weak.append((len(reports), said))
        reports.append(ColumnReport(column, held, found))
    if any(v.level is not Level.POSSIBLE for report in reports for v in report.verdicts):
        for at, said in weak:
            held = reports[at].profile or ColumnProfile()
            again = _column(held, said, by_kind, weights, beside=True)
            reports[at] = replace(reports[at], verdicts=again)
    return with_proofs(reports, weights)


def _recurs(held: ColumnProfile, head: ColumnProfile) -> bool:
    """Does a path come in more than a stray text or two of many?"""
    return held.values >= _STRAY or held.values >= 0.1 * head.filled


def _with_paths(
    columns: Sequence[Column], profile: Profile, inside: Container[str]
) -> Iterator[tuple[Column, bool]]:
    """The columns, a nested one replaced by its leaves; which of them are such leaves.

    The comment of a column tells of its leaves, but not of what lies in its texts.
    """
    flat = {column.name: column for column in reversed(columns)}  # one of each name
    paths = [path for path in profile.columns if path not in flat]
    for column in (flat[name] for name in dict.fromkeys(column.name for column in columns)):
        heads = (f"{column.name}.", f"{column.name}[", f"{column.name} (")
        inner = [path for path in paths if path.startswith(heads)]
        if column.name in profile.columns or not inner:
            yield column, False
        for path in inner:
            yield Column(path, "", "" if path in inside else column.comment), True


def cases(
    held: ColumnProfile,
    said: Sequence[Cue],
    detectors: Mapping[str, Detector],
    weights: Weights = WEIGHTS,
    *,
    beside: bool = False,
) -> Iterator[Case]:
    """One case for each kind that the header or the values of a column bring up.

    A cue of no kind says that the header names something else (`detectors.headers.denial`).
    `beside` says that other columns hold personal information.
    """
    by_header = {cue.kind: cue for cue in said}
    denied = by_header.get("")
    stored = {kind for _, kind in held.states if kind}
    shown = {kind for kind in held.evidence if kind in detectors and _tells(held, detectors[kind])}
    known = {**kinds(), **own_of(detectors.values())}
    for kind in sorted((set(by_header) | shown | stored) & known.keys()):
        cue = by_header.get(kind)
        yield Case(held, known[kind], cue, detectors.get(kind), weights, denied, beside=beside)


def _tells(held: ColumnProfile, detector: Detector) -> bool:
    """Whether the values can name a column: by themselves, or by a word before them in a text."""
    return detector.alone or held.evidence[detector.kind].spans_checked > 0


def _column(
    held: ColumnProfile,
    said: Sequence[Cue],
    detectors: Mapping[str, Detector],
    weights: Weights,
    *,
    beside: bool = False,
) -> tuple[Verdict, ...]:
    """The kinds that stand after competition, best first."""
    judged = (case.verdict() for case in cases(held, said, detectors, weights, beside=beside))
    ranked = sorted((v for v in judged if v), key=lambda v: -v.confidence)
    own = own_of(detectors.values())
    found = _compete(ranked, {**kinds(), **own})
    return with_documents(found, held, said, detectors, weights)


def _compete(ranked: Sequence[Verdict], known: Mapping[str, Kind]) -> list[Verdict]:
    """Kinds that values show stand side by side; one that only the header names stands alone.

    But beside kinds that few values show, or that its values may be written as, it stands too.
    """
    shown = [v for v in ranked if v.basis != "header"]
    named = [v for v in ranked if v.basis == "header"][:1]
    sure = [v for v in shown if v.level is not Level.POSSIBLE]
    if named and all(_beside(v, known[named[0].kind]) for v in sure):
        return sorted([*shown, *named], key=lambda v: -v.confidence)
    return shown


def _beside(shown: Verdict, named: Kind) -> bool:
    """Whether the header can be right though values show this kind."""
    few = shown.prevalence is not None and shown.prevalence[1] < _MOST
    return few or shown.kind in named.written_as
