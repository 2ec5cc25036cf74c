"""Precision and recall by kind, kept in a file that later runs are compared with."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "baselines"


@dataclass(frozen=True, slots=True)
class Scores:
    """By kind: columns that hold it, those of them found, and columns wrongly said to hold it."""

    labelled: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, rows: Mapping[str, tuple[int, int, int]]) -> "Scores":
        """Scores out of (labelled, found, false) by kind."""
        columns = ({k: row[i] for k, row in rows.items() if row[i]} for i in range(3))
        return cls(*map(Counter, columns))

    def rows(self) -> dict[str, tuple[int, int, int]]:
        """(labelled, found, false) by kind."""
        kinds = sorted(self.labelled | self.false)
        return {k: (self.labelled[k], self.found[k], self.false[k]) for k in kinds}

    def judge(self, right: Iterable[str], said: Iterable[str], known: Iterable[str] = ()) -> None:
        """Count one column: the kinds that are right, best first; those said; those let pass."""
        right, said = list(right), set(said)
        self.labelled.update(right[:1])
        if said & set(right):
            self.found.update(right[:1])
        self.false.update(said - set(right) - set(known))

    def table(self) -> list[str]:
        """Lines with precision, recall and F1 of each kind and of all."""
        lines = [f"{'kind':22} {'labelled':>8} {'found':>6} {'false':>6}  P     R     F1"]
        total = (self.labelled.total(), self.found.total(), self.false.total())
        for kind, (labelled, found, false) in (*self.rows().items(), ("= all", total)):
            p, r = found / max(found + false, 1), found / max(labelled, 1)
            f1 = 2 * found / max(found + false + labelled, 1)
            lines.append(f"{kind:22} {labelled:8} {found:6} {false:6}  {p:.3f} {r:.3f} {f1:.3f}")
        return lines


def falls(before: Scores, now: Scores) -> list[str]:
    """A sentence for each kind whose precision or recall is lower than before."""
    out = []
    for kind, (labelled, found, false) in now.rows().items():
        _, was_found, was_false = before.rows().get(kind, (labelled, 0, 0))
        was_labelled = before.labelled[kind]
        if found * was_labelled < was_found * labelled:
            out.append(f"{kind}: {found} of {labelled} found, before {was_found} of {was_labelled}")
        if false * max(was_found, 1) > was_false * max(found, 1):
            out.append(f"{kind}: {false} columns wrongly named, before {was_false}")
    gone = sorted(before.labelled.keys() - now.labelled.keys())
    return out + [f"{kind}: no column of it any more" for kind in gone]


def read(name: str) -> Scores:
    """The committed scores of that name."""
    found = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return Scores.of({kind: tuple(row) for kind, row in found.items()})


def write(name: str, scores: Scores) -> None:
    """Commit these scores to be compared with."""
    FOLDER.mkdir(exist_ok=True)
    lines = ",\n".join(f"  {json.dumps(k)}: {list(row)}" for k, row in scores.rows().items())
    (FOLDER / f"{name}.json").write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
