"""One value in a text, behind the word that names it: a contract, a card, a line of a log."""

import pyarrow as pa
import pytest

from connectors.base import Column
from detectors import registry
from sample_data.identifiers import id_check
from scanner.examine import examine
from scanner.model import Level, Profile
from scanner.verdict import verdicts

DETECTORS = registry.load()
BODY = "11010118900307123"  # of a birth before 1905
CARD = BODY + id_check(BODY)
PROSE = [f"第{i}条 双方应当遵守本合同的各项约定，违约方承担相应责任。" for i in range(60)]


def levels(lines: list[str], cuts: int = 1) -> dict[str, Level]:
    profile = Profile()
    for start in range(cuts):
        part = pa.array(lines[start::cuts], pa.large_string())
        profile += examine(pa.RecordBatch.from_arrays([part], names=["line"]), DETECTORS)
    (report,) = verdicts(profile, [Column("line", "text")], DETECTORS)
    return {v.kind: v.level for v in report.verdicts}


@pytest.mark.parametrize("cuts", [1, 2, 7])
@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (f"乙方身份证号：{CARD}", "id_card"),
        (f"公民身份号码 {CARD}", "id_card"),
        (f"证件号码：{CARD}，有效期十年", "id_card"),
        (f"身份证号：{BODY}0", "id_card"),  # the check digit fails, as typing errors do
        ("联系电话：13900001234", "mobile"),
        ("INFO login phone=13900001234 ok", "mobile"),
        ("邮箱：wang@example.com", "email"),
    ],
)
def test_a_value_that_its_text_names_is_likely(line: str, kind: str, cuts: int) -> None:
    assert levels([*PROSE, line], cuts)[kind] is Level.LIKELY


@pytest.mark.parametrize("cuts", [1, 3])
def test_two_of_them_are_certain(cuts: int) -> None:
    found = levels([*PROSE, "联系电话：13900001234", "手机：13900005678"], cuts)
    assert found["mobile"] is Level.CERTAIN


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("编号 13900001234 已归档", "mobile"),
        ("订单号：13900001234", "mobile"),
        (f"流水号：{CARD}", "id_card"),
        ("QQ：13900001", "qq"),
    ],
)
def test_a_stray_one_names_nothing(line: str, kind: str) -> None:
    assert levels([*PROSE, line]).get(kind) in {None, Level.POSSIBLE}


def test_the_same_one_again_is_one() -> None:
    found = levels([*PROSE, *["联系电话：13900001234，欢迎致电"] * 5])
    assert found["mobile"] is Level.LIKELY
