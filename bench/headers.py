"""How well headers alone name kinds: precision, recall and F1 against labelled columns.

Usage: python -m bench.headers LABELS.jsonl [--errors] [--apps a,b,...]

LABELS holds one JSON object a line: app (or source), table, column, comment, label (a kind or
"none"), also (kinds that are equally right), doubtful (left out), values ("empty" or other).
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from detectors.headers import Strength, cues

Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--errors", action="store_true", help="print every wrong answer")
    parser.add_argument("--apps", default="", help="only these, by comma; `-` in front leaves out")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.labels.read_text(encoding="utf-8").splitlines()]
    chosen = list(answered(rows, args.apps))
    for least in (Strength.MEDIUM, Strength.STRONG):
        print(f"\n{least.name} and above")
        report(chosen, least, per_kind=least is Strength.MEDIUM)
    if args.errors:
        for row, kind, strength, reason in chosen:
            if strength >= Strength.MEDIUM or row["label"] != "none":
                show(row, kind if strength >= Strength.MEDIUM else "", reason)
    speed(rows)


def answered(rows: list[Row], apps: str) -> Iterator[tuple[Row, str, int, str]]:
    """Each firmly labelled row with the best cue's kind, strength and reason."""
    beside = defaultdict(list)
    for row in rows:
        beside[where(row)].append(row["column"])
    wanted = {app for app in apps.lstrip("-").split(",") if app}
    for row in rows:
        listed = (row.get("app") or "files") in wanted
        if row.get("doubtful") or (wanted and listed == apps.startswith("-")):
            continue
        found = cues(row["column"], row.get("comment", ""), table_of(row), "", beside[where(row)])
        best = found[0] if found else None
        yield (row, best.kind, int(best.strength), best.reason) if best else (row, "", 0, "")


def where(row: Row) -> tuple[str, str]:
    return row.get("app") or row["source"], row["table"]


def table_of(row: Row) -> str:
    return Path(str(row["table"])).stem


def report(chosen: Iterable[tuple[Row, str, int, str]], least: int, per_kind: bool) -> None:
    hit, missed, false = Counter[str](), Counter[str](), Counter[str]()
    for row, kind, strength, _ in chosen:
        said = kind if strength >= least else ""
        part = "= empty" if row["values"] == "empty" else "= with values"
        right = set() if row["label"] == "none" else {row["label"], *row.get("also", ())}
        if right:
            (hit if said in right else missed).update([row["label"], part, "= all"])
        if said and said not in right:
            false.update([said, part, "= all"])
            false.update(["= on none"] if not right else [])
    for name in sorted(hit | missed | false):
        if per_kind or name.startswith("="):
            h, m, f = hit[name], missed[name], false[name]
            figures = (h / max(h + f, 1), h / max(h + m, 1), 2 * h / max(2 * h + m + f, 1))
            print(f"{name:22}{h + m:6}{h:6}{m:6}{f:6}  " + "  ".join(f"{x:.3f}" for x in figures))


def show(row: Row, said: str, reason: str) -> None:
    right = {row["label"], *row.get("also", ())}
    if said not in right and (said or row["label"] != "none"):
        place = f"{row.get('app') or 'file'}.{table_of(row)}.{row['column']}"
        print(f"{row['label']:16} said {said:16} {place} {row.get('comment', '')[:30]} | {reason}")


def speed(rows: list[Row]) -> None:
    asked = [(row["column"], row.get("comment", ""), table_of(row)) for row in rows]
    start = time.perf_counter()
    for column, comment, table in asked:
        cues(column, comment, table)
    print(f"\n{len(asked) / (time.perf_counter() - start):,.0f} columns a second")


if __name__ == "__main__":
    main()
