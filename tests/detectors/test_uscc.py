import pyarrow as pa
import pytest

from connectors.base import Column
from detectors.base import Proof
from detectors.cn.uscc import Uscc
from scanner.examine import examine
from scanner.verdict import verdicts
from tests.detectors.lookalikes import digits, rates, spans, words

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("91350100M000100Y43", "91350100M000100Y43", CHECKED, id="the standard's own"),
    pytest.param("91110101MA0000K71B", "91110101MA0000K71B", CHECKED, id="a firm"),
    pytest.param("92330100MA0000K71F", "92330100MA0000K71F", CHECKED, id="a sole trader"),
    pytest.param("12110000000000174W", "12110000000000174W", CHECKED, id="an organ"),
    pytest.param("51440300000000174U", "51440300000000174U", CHECKED, id="an association"),
    pytest.param("911000000000000197", "911000000000000197", CHECKED, id="digits only, both agree"),
    pytest.param("91350100m000100y43", "91350100m000100y43", CHECKED, id="small letters"),
    pytest.param("税号91350100M000100Y43，", "91350100M000100Y43", CHECKED, id="in prose"),
    pytest.param("９１３５０１００M000100Y43", "91350100M000100Y43", CHECKED, id="full width"),
    pytest.param("91350100M000100Y44", "91350100M000100Y44", SHAPE, id="wrong check digit"),
    pytest.param("911000000000000198", "911000000000000198", SHAPE, id="digits, wrong check"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("91350100M000100Y4", id="17 characters"),
    pytest.param("91350100M000100Y433", id="19 characters"),
    pytest.param("91350100MO00100Y43", id="letter O"),
    pytest.param("91350100MI00100Y43", id="letter I"),
    pytest.param("91350100MS00100Y43", id="letter S"),
    pytest.param("91350100MV00100Y43", id="letter V"),
    pytest.param("91350100MZ00100Y43", id="letter Z"),
    pytest.param("9135010AM000100Y43", id="letter in the region"),
    pytest.param("00350100M000100Y43", id="no registrar"),
    pytest.param("91990100M000100Y43", id="no province"),
    pytest.param("X91350100M000100Y43", id="inside a longer code"),
    pytest.param("91350100-M000100Y43", id="split"),
    pytest.param("M000100Y-4", id="an organisation code alone"),
    pytest.param("913501000001234", id="15 digits of a registration from before"),
    pytest.param("1760000000000000001", id="a snowflake"),
    pytest.param("201503150000000017", id="an order number"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Uscc(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Uscc(), [text]) == [[]]


def test_chance_is_what_random_numbers_show() -> None:
    proven, found = rates(Uscc(), digits(1_000_000, 18))
    assert proven == pytest.approx(Uscc.chance, rel=0.15)
    assert found == pytest.approx(Uscc.shape_chance, rel=0.1)


def test_random_characters_are_less_likely() -> None:
    proven, _ = rates(Uscc(), words(1_000_000, 18, b"0123456789ABCDEFGHJKLMNPQRTUWXY"))
    assert proven < 1e-5


def test_a_verdict_tells_the_share_of_sole_traders() -> None:
    firms = ["91110101MA0000K71B", "12110000000000174W", "51440300000000174U"]
    values = [*firms, "92330100MA0000K71F"] * 5
    profile = examine(pa.table({"tax_no": values}), (Uscc(),))
    (report,) = verdicts(profile, (Column("tax_no", "text"),), (Uscc(),))
    (verdict,) = report.verdicts
    reasons = [reason for reason in verdict.reasons if "sole traders" in reason.text]
    assert [(r.text, r.weight) for r in reasons] == [
        ("25.0% of them are of sole traders, who are persons", 0.0)
    ]


def test_no_share_is_told_where_there_are_none() -> None:
    profile = examine(pa.table({"c": ["91110101MA0000K71B"] * 3}), (Uscc(),))
    assert profile.columns["c"].evidence["uscc"].marked == 0
    doubled = profile + examine(pa.table({"c": ["92330100MA0000K71F"] * 2}), (Uscc(),))
    assert doubled.columns["c"].evidence["uscc"].marked == 2
