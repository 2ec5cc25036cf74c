"""Rewrites the pinyin in `detectors/header_words.toml` for the words there and in `kinds.toml`.

    python tools/build_readings.py

`[readings]` gets the commonest reading of each character within these words, `[spelling]` the
words that are read otherwise. Source: pypinyin (MIT); its version is in tools/requirements.txt.
Run it after adding a Chinese word; everything above the two sections stays as it is.
"""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from pypinyin import lazy_pinyin

DATA = Path(__file__).resolve().parent.parent / "detectors"
HEADING = """
[readings]
# The pinyin of every character above and in kinds.toml; names are spelt with it, in full or by
# initials. Written by tools/build_readings.py: the commonest reading within these words.
"""
SPELLING = "[spelling]\n# Words whose characters are read otherwise than in [readings].\n"


def main() -> None:
    """Read the words, spell them, write the two sections."""
    path = DATA / "header_words.toml"
    text = path.read_text("utf-8")
    kept = text[: text.index("[spelling]")]
    words = sorted({*_words(tomllib.loads(kept)), *_words(tomllib.loads(_kinds()))})
    read = {word: lazy_pinyin(word, v_to_u=False) for word in words}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for word, syllables in read.items():
        for char, syllable in zip(word, syllables, strict=True):
            counts[char][syllable] += 1
    usual = {char: max(sorted(c), key=lambda s: c[s]) for char, c in counts.items()}
    odd = {w: " ".join(s) for w, s in read.items() if s != [usual[char] for char in w]}
    spelt = "".join(f'"{word}" = "{syllables}"\n' for word, syllables in sorted(odd.items()))
    by_reading: dict[str, list[str]] = defaultdict(list)
    for char in sorted(usual):
        by_reading[usual[char]].append(char)
    rows = "".join(f'{s} = "{"".join(by_reading[s])}"\n' for s in sorted(by_reading))
    path.write_text(kept + SPELLING + spelt + HEADING + rows, "utf-8")


def _kinds() -> str:
    return (DATA / "kinds.toml").read_text("utf-8")


def _words(node: object) -> Iterator[str]:
    """Every string, key or value, that is nothing but Han characters."""
    if isinstance(node, str):
        yield from [node] if re.fullmatch(r"[\u3400-\u9fff]+", node) else []
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _words(key)
            yield from _words(value)
    elif isinstance(node, list):
        for value in node:
            yield from _words(value)


if __name__ == "__main__":
    main()
