"""Look-alikes under a name that says nothing: no column may be named."""

from bench.negatives import FAMILIES, judged, made
from scanner.model import Level


def test_no_look_alike_is_named_by_its_values() -> None:
    named = [
        f"{family} {number} as {verdict.kind}"
        for number, (family, values) in enumerate(made(seed=5, columns=8 * len(FAMILIES), rows=300))
        for verdict in judged(family, values, number)
        if verdict.level is not Level.POSSIBLE
    ]
    assert named == []
