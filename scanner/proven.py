"""Verdicts on columns of unsalted hashes: they hold what they were proven to be hashes of."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from scanner.digests import PROVEN
from scanner.model import Agreement, ColumnProfile, ColumnReport, Level, Reason, State, Verdict
from scanner.statistics import wilson
from scanner.weights import Weights

_WHOLLY = 0.5  # of the digests: from here on the header does not speak for another kind


def with_proofs(reports: Sequence[ColumnReport], weights: Weights) -> tuple[ColumnReport, ...]:
    """The reports; a column whose hashes were proven holds the kind of the clear column."""
    by_path = {report.column.name: report for report in reports}
    return tuple(_judged(report, by_path, weights) for report in reports)


def _judged(
    report: ColumnReport, others: Mapping[str, ColumnReport], weights: Weights
) -> ColumnReport:
    held = report.profile
    proofs = {k: a for k, a in held.unsalted.items() if a.distinct >= PROVEN} if held else {}
    if not held or not proofs:
        return report
    verdicts = {path: _verdict_on(others.get(path)) for _, path in proofs}
    (name, path), agreement = max(
        proofs.items(), key=lambda item: (_sure(verdicts[item[0][1]]), item[1].agreed)
    )
    words, clear = f"hashed: {name}, unsalted (proven against `{path}`)", verdicts[path]
    wholly = agreement.agreed >= _WHOLLY * agreement.tested
    if clear is None:
        told = tuple(_restated(verdict, words, wholly=wholly) for verdict in report.verdicts)
        return replace(report, verdicts=told)
    same = next((v for v in report.verdicts if v.kind == clear.kind), None)
    by_header = same is not None and same.basis in {"header", "both"}
    own = Verdict(
        clear.kind,
        clear.confidence,
        clear.level,
        "both" if by_header else "values",
        _prevalence(agreement, held),
        State.HASHED,
        _reasons(name, path, agreement, clear, weights),
        words,
    )
    rest = [v for v in report.verdicts if v.kind != clear.kind]
    kept = [v for v in rest if v.basis != "header" or not wholly]
    ranked = sorted((own, *kept), key=lambda v: -v.confidence)
    return replace(report, verdicts=tuple(ranked))


def _verdict_on(report: ColumnReport | None) -> Verdict | None:
    """The best verdict on a clear column, where it is no mere possibility."""
    best = report.verdicts[0] if report and report.verdicts else None
    return None if best is None or best.level is Level.POSSIBLE else best


def _sure(verdict: Verdict | None) -> float:
    return verdict.confidence if verdict else 0.0


def _restated(verdict: Verdict, words: str, *, wholly: bool) -> Verdict:
    """The verdict with what was proven; it outdoes a header that speaks of encryption."""
    opaque = verdict.state is State.HASHED or (wholly and verdict.state is State.ENCRYPTED)
    return replace(verdict, state=State.HASHED, storage=words) if opaque else verdict


def _reasons(
    name: str, path: str, agreement: Agreement, clear: Verdict, weights: Weights
) -> tuple[Reason, ...]:
    """The factors: the digests hold the kind as surely as the clear values do."""
    sure = min(max(clear.confidence, 1e-6), 1 - 1e-6)
    lift = math.log(sure / (1 - sure)) - weights.prior
    text = (
        f"{agreement.agreed} of {agreement.tested} digests compared, of {agreement.distinct} or "
        f"more values, are the unsalted {name} of `{path}` in the same row, which holds the kind"
    )
    common = Reason("how common the kind is among columns", weights.prior)
    return common, Reason(text, round(lift, 2))


def _prevalence(agreement: Agreement, held: ColumnProfile) -> tuple[float, float] | None:
    """The share of values that hold the kind, as far as the rows that were compared tell."""
    return wilson(agreement.agreed, agreement.tested) if held.given else None
