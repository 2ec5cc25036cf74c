"""`picensus kinds --check`: every fault with its line, or chance and speed; exit codes."""

from pathlib import Path

import pytest

from tests.scanner.cli import picensus

GOOD = """\
- kind: card_no
  zh: 卡号
  en: card number
  pattern: 'K[0-9]{8}'
  check: verhoeff
"""


def check(folder: Path, text: str) -> tuple[int, str, str]:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    ran = picensus("kinds", "--check", path)
    return ran.code, ran.out, ran.err


def test_a_good_file_is_measured(tmp_path: Path) -> None:
    text = GOOD.replace("verhoeff", "{verhoeff: {from: 2}}") + "  examples: {hits: [K00002362]}\n"
    code, out, err = check(tmp_path, text)
    assert (code, err) == (0, "")
    head, row, *_ = out.splitlines()
    assert head.split() == ["Kind", "Examples", "Chance", "Found", "Alone", "Speed"]
    assert row.split()[:2] == ["card_no", "1"]
    assert 0.003 < float(row.split()[2]) < 0.005
    assert float(row.split()[6]) > 0.1


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    text = GOOD.replace("{8}", "+") + GOOD.replace("verhoeff", "verhoef") + "- kind: 5\n"
    code, out, err = check(tmp_path, text)
    assert (code, out) == (1, "")
    lines = [line.rsplit("own.yaml:", 1)[1].split(":")[0] for line in err.splitlines()]
    assert lines == ["4", "10", "11"]


def test_a_form_that_names_columns_alone_is_warned_of(tmp_path: Path) -> None:
    text = GOOD.replace("  check: verhoeff\n", "  alone: true\n").replace("K[0-9]{8}", "[0-9]{8}")
    code, out, _ = check(tmp_path, text)
    assert code == 0
    assert "it names columns alone, though 100% of look-alikes pass" in out
    assert "give some hits and more misses" in out


@pytest.mark.parametrize("target", ["nothing.yaml", "neither_of_both", "nosuch/dir.yml"])
def test_what_is_not_there_is_wrong_usage(tmp_path: Path, target: str) -> None:
    assert picensus("kinds", "--check", tmp_path / target).code == 2
