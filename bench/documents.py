"""Speed of opening documents inside texts, and what it adds to examining a column.

    python -m bench.documents [--rows 10000]

Processor time, one thread, best of three. Floor: `json.loads` over the same documents.
"""

import argparse
import json
import random
import time
from collections.abc import Callable

import pyarrow as pa

from detectors.registry import load
from scanner.documents.leaves import documents
from scanner.examine import examine
from tests.scanner.made import mobile


def document(rng: random.Random) -> dict[str, object]:
    """A user and three items, some 300 bytes: what a form sends."""
    return {
        "userId": rng.randrange(10**6),
        "realName": rng.choice("王李张刘陈") + rng.choice("明华丽强伟芳娜静"),
        "phone": mobile(rng),
        "address": {"city": "北京市", "detail": f"海淀区某某路{rng.randrange(500)}号"},
        "items": [{"sku": f"S{rng.randrange(10**5)}", "price": rng.random()} for _ in range(3)],
        "ok": True,
    }


def best(run: Callable[[], object]) -> float:
    """Seconds of processor time, the best of three."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        run()
        taken.append(time.process_time() - began)
    return min(taken)


def texts(rows: int, seed: int = 1) -> dict[str, list[str]]:
    """Columns of documents of every form, and of none."""
    rng = random.Random(seed)
    whole = [document(rng) for _ in range(rows)]
    plain = [json.dumps(one, ensure_ascii=False) for one in whole]
    return {
        "json": plain,
        "json, escaped": [json.dumps(one) for one in whole],
        "json, cut off": [text[:-20] for text in plain],
        "json behind a message": [f"saved {text}" for text in plain],
        "form": [f"name=%E5%BC%A0&phone={one['phone']}&id={one['userId']}" for one in whole],
        "xml": [f"<u><id>{one['userId']}</id><tel>{one['phone']}</tel></u>" for one in whole],
        "prose, no document": [f"第{n}单请在下午送到门口，谢谢您，改天再联系" for n in range(rows)],
        "mobiles, no document": [mobile(rng) for _ in range(rows)],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000)
    rows = parser.parse_args().rows
    detectors = load()
    columns = texts(rows)
    floor = best(lambda: [json.loads(text) for text in columns["json"]])
    print(f"{'json.loads':24} {rows / floor:12,.0f} texts/s")
    for name, column in columns.items():
        array, table = pa.array(column), pa.table({"c": column})
        opening = best(lambda array=array: list(documents(array)))  # type: ignore[misc]
        whole = best(lambda table=table: examine(table, detectors))  # type: ignore[misc]
        share = opening / whole
        print(
            f"{name:24} {rows / opening:12,.0f} texts/s opened; "
            f"{rows / whole:9,.0f} rows/s examined, opening is {share:.1%} of it"
        )


if __name__ == "__main__":
    main()
