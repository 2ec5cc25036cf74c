"""Plug-ins from file to export: kinds of users stand beside those of picensus, and stay theirs."""

import json
import os
import random
from pathlib import Path

import pyarrow as pa
import pytest

from connectors.base import Column
from detectors.lined import PluginError
from detectors.registry import load, named, repertoire
from scanner.config import load as load_settings
from scanner.examine import examine
from scanner.inventory.store import Inventory
from scanner.verdict import verdicts
from tests.scanner.cli import Ran, exported, kinds_of, picensus
from tests.scanner.made import luhn, mobile
from tests.scanner.reports import column, report, verdict

YAML = """\
detectors:
  - kind: member_no
    zh: 会员号
    en: member number
    sensitive: [pipl]
    grade: C2
    pattern: 'M-?[0-9]{8}'
    check: {luhn: {from: 2}}
    words: {strong: [会员号]}
    alone: true
"""
FOREIGN = YAML + "presidio: [US_SSN, IBAN_CODE]\n"
BADGE = """
from detectors.base import PatternDetector
from detectors.own_kinds import own_kind

class Badge(PatternDetector):
    kind = "badge_no"
    described = own_kind("badge_no", "工牌号", "badge number", words={"strong": ["badge no"]})
    chance = shape_chance = 0.04
    pattern = "B[0-9]{6}"
"""
BROKEN = {
    "missing": "import no_such_module_of_anyone\n",
    "raises": "raise RuntimeError('13800138000')\n",
    "foreign": "class Badge: pass\n",
    "fails": BADGE + "\n    def find(self, texts):\n        return 1 / 0\n",
}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(YAML, encoding="utf-8")
    return path


def members(count: int, seed: int = 1) -> list[str]:
    """Made-up member numbers with their check digit."""
    rng = random.Random(seed)
    bodies = [f"{rng.randint(0, 9_999_999):07d}" for _ in range(count)]
    return [next(f"M{body}{n}" for n in range(10) if luhn(f"{body}{n}")) for body in bodies]


def iban(rng: random.Random) -> str:
    """A made-up German account with its check digits."""
    body = f"{rng.randint(10**17, 10**18 - 1)}"
    return f"DE{98 - int(f'{body}131400') % 97:02d}{body}"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Member numbers with and without a header, look-alikes, mobiles, IBANs, numbers like SSNs."""
    rng, path = random.Random(4), tmp_path / "shop.csv"
    lines = ["会员号,code,sku,mobile,payee,ssn,note"]
    for one, other in zip(members(120), members(120, 2), strict=True):
        sku = f"M{rng.randint(0, 99_999_999):08d}"
        ssn = f"{rng.randint(900, 999)}-{rng.randint(10, 99)}-{rng.randint(1000, 9999)}"
        lines.append(f"{one},{other},{sku},{mobile(rng)},{iban(rng)},{ssn},n{rng.random():.3f}")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def scan(folder: Path, *words: object, env: dict[str, str] | None = None) -> tuple[Ran, Path]:
    inventory = folder / "inventory.db"
    return picensus("scan", *words, "--inventory", inventory, env=env), inventory


def held(inventory: Path) -> dict[object, set[str]]:
    return {row["column"]: kinds_of(row) for row in exported(inventory)}


def test_a_kind_in_yaml_works_everywhere(tmp_path: Path, shop: Path, own: Path) -> None:
    ran, inventory = scan(tmp_path, shop, "--detectors", own)
    assert ran.code == 0, ran.err
    assert "会员号" in ran.out
    found = held(inventory)
    assert found["会员号"] == found["code"] == {"member_no"}
    assert found["sku"] == set()
    assert found["mobile"] == {"mobile"}
    where = ("--inventory", inventory)
    assert "member_no" in picensus("show", *where).out
    explained = picensus("explain", *where, "shop.csv", "code").out
    assert "会员号 member number (member_no): certain" in explained
    table = picensus("export", *where, "-f", "csv").out
    assert "member_no,会员号,member number" in table
    assert "yes,no,no,C2" in table
    assert picensus("export", *where, tmp_path / "out.xlsx").code == 0
    listed = picensus("kinds", "--detectors", own).out
    assert [line.split()[:3] for line in listed.splitlines() if "member" in line] == [
        ["member_no", "会员号", "member"]
    ]
    text = picensus("detect", "--detectors", own, given="会员号：M00000018".encode())
    assert text.out == "1:5-13\tmember_no\tchecked\n"


def test_recognizers_of_presidio_scan_columns(tmp_path: Path, shop: Path) -> None:
    path = tmp_path / "foreign.yaml"
    path.write_text(FOREIGN, encoding="utf-8")
    ran, inventory = scan(tmp_path, shop, "--detectors", path)
    assert ran.code == 0, ran.err
    found = held(inventory)
    assert found["payee"] == {"iban_code"}
    assert found["ssn"] == {"us_ssn"}
    assert found["mobile"] == {"mobile"}
    assert found["note"] == set()


def test_without_its_file_a_kind_is_not_known(tmp_path: Path, shop: Path, own: Path) -> None:
    """And two sets of detectors in one process do not leak into each other."""
    table = pa.table({"会员号": members(100), "code": members(100, 3)})
    columns = [Column("会员号", "text"), Column("code", "text")]
    seen = []
    for files in ([own], [], [own], []):
        detectors = repertoire(files).detectors
        profile = examine(table, detectors)
        reports = verdicts(profile, columns, detectors)
        seen.append([[v.kind for v in one.verdicts] for one in reports])
    with_it, without = [["member_no"], ["member_no"]], [[], []]
    assert seen == [with_it, without, with_it, without]
    assert "member_no" not in {detector.kind for detector in load()}
    _, inventory = scan(tmp_path, shop)
    assert held(inventory)["会员号"] == set()
    assert "member_no" not in picensus("kinds").out


def test_a_key_of_json_in_a_text_names_it(own: Path) -> None:
    texts = [json.dumps({"会员号": one, "n": at}) for at, one in enumerate(members(100))]
    detectors = repertoire([own]).detectors
    profile = examine(pa.table({"payload": texts}), detectors)
    reports = verdicts(profile, [Column("payload", "text")], detectors)
    found = {one.column.name: [(v.kind, v.basis) for v in one.verdicts] for one in reports}
    assert any(path != "payload" and ("member_no", "both") in held for path, held in found.items())


def test_the_config_names_files_and_the_command_line_replaces_them(
    tmp_path: Path, shop: Path, own: Path
) -> None:
    config = tmp_path / "picensus.yaml"
    config.write_text(f"sources: [{shop}]\ndetectors: [{own}]\n", encoding="utf-8")
    assert load_settings(config).detectors == (str(own),)
    ran, inventory = scan(tmp_path, "--config", config)
    assert ran.code == 0, ran.err
    assert held(inventory)["code"] == {"member_no"}
    ran, _ = scan(tmp_path, "--config", config, "--detectors", tmp_path / "none.yaml")
    assert ran.code == 2
    assert "none.yaml: there is no such file of detectors" in ran.err


def test_a_file_with_a_fault_stops_the_scan_before_it_begins(tmp_path: Path, shop: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(YAML.replace("[0-9]{8}", "([0-9]+)+$"), encoding="utf-8")
    ran, inventory = scan(tmp_path, shop, "--detectors", path)
    assert ran.code == 2
    assert "bad.yaml, line 7: the pattern has no end" in ran.err
    assert not inventory.exists()


def test_a_built_in_detector_that_is_replaced_is_told(tmp_path: Path, shop: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("- {kind: mobile, pattern: '1[0-9]{10}'}", encoding="utf-8")
    ran, _ = scan(tmp_path, shop, "--detectors", path)
    assert ran.code == 0
    assert "mine.yaml: its detector of mobile replaces the built-in one" in ran.err


def test_a_kind_in_two_files_is_a_fault(tmp_path: Path, own: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(YAML, encoding="utf-8")
    with pytest.raises(PluginError, match=r"member_no has a detector in .*own\.yaml already"):
        repertoire([own, other])


def installed(folder: Path, code: str) -> dict[str, str]:
    """An environment in which a package with an entry point is installed."""
    site = folder / "site"
    info = site / "badges-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: badges\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[picensus.detectors]\nbadge = badges_x:Badge\n")
    (site / "badges_x.py").write_text(code, encoding="utf-8")
    return {"PYTHONPATH": f"{site}:{os.environ.get('PYTHONPATH', '')}"}


def test_an_installed_detector_works_everywhere(tmp_path: Path) -> None:
    env = installed(tmp_path, BADGE)
    lines = "\n".join(f"B{n:06d}" for n in range(100, 900, 7))
    (tmp_path / "staff.csv").write_text(f"badge_no\n{lines}\n")
    ran, inventory = scan(tmp_path, tmp_path / "staff.csv", env=env)
    assert ran.code == 0, ran.err
    assert held(inventory)["badge_no"] == {"badge_no"}
    assert "工牌号" in picensus("show", "--inventory", inventory).out  # the package is gone here
    ran = picensus("kinds", "--check", "badges_x:Badge", env=env)
    assert (ran.code, "badge_no" in ran.out) == (0, True)


@pytest.mark.parametrize("fault", BROKEN)
def test_an_installed_detector_that_is_broken_stops_no_other(tmp_path: Path, fault: str) -> None:
    env = installed(tmp_path, BROKEN[fault])
    rng = random.Random(5)
    (tmp_path / "a.csv").write_text("\n".join(["mobile", *(mobile(rng) for _ in range(50))]))
    ran, inventory = scan(tmp_path, tmp_path / "a.csv", env=env)
    assert ran.code == 0
    assert held(inventory)["mobile"] == {"mobile"}
    (told,) = [line for line in ran.err.splitlines() if "badges" in line]
    assert "the installed package badges" in told
    assert "13800138000" not in ran.err
    assert picensus("kinds", "--check", "badges_x:Badge", env=env).code == 1


def test_a_class_that_is_not_there_is_told_in_a_sentence() -> None:
    with pytest.raises(PluginError, match="ModuleNotFoundError"):
        named("no_such_module:Badge")


def test_the_newest_scan_says_what_a_kind_is(tmp_path: Path) -> None:
    kind = {"id": "x_no", "zh": "甲", "en": "a", "group": "g", "identifies": "about", "grade": ""}
    with Inventory(str(tmp_path / "i.db")) as inventory:
        for zh in ("旧", "新"):
            said = {"own_kinds": [kind | {"zh": zh, "sensitive": ["pipl"]}]}
            number = inventory.begin(said, "0")
            inventory.record(number, report("t", column("c", verdict("x_no"))))
        inventory.begin({"rows": 5}, "0")
        assert {id_: (k.zh, k.sensitive["pipl"]) for id_, k in inventory.own_kinds().items()} == {
            "x_no": ("新", True)
        }
    out = picensus("export", "--inventory", tmp_path / "i.db", "-f", "jsonl").out
    assert json.loads(out.splitlines()[0])["verdicts"][0]["kind"] == "x_no"
