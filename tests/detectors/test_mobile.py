import pyarrow as pa
import pytest

from detectors.base import Evidence, Proof
from detectors.cn.mobile import Mobile
from detectors.texts import Texts
from tests.detectors.lookalikes import digits, log_lines, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED
PLAIN = "13800138000"

HITS = [
    pytest.param(PLAIN, PLAIN, SHAPE, id="plain"),
    pytest.param("１３８００１３８０００", PLAIN, SHAPE, id="full width"),
    pytest.param(f"手机{PLAIN}联系", PLAIN, SHAPE, id="in Han prose"),
    pytest.param(f"tel:{PLAIN};", PLAIN, SHAPE, id="behind a colon"),
    pytest.param(f"电话-{PLAIN}", PLAIN, SHAPE, id="behind a hyphen"),
    pytest.param(f"{PLAIN}.0", PLAIN, SHAPE, id="a spreadsheet's .0"),
    pytest.param(f"{PLAIN}.", PLAIN, SHAPE, id="at the end of a sentence"),
    pytest.param("013800138000", None, SHAPE, id="leading zero"),
    pytest.param("138-0013-8000", None, CHECKED, id="groups by hyphen"),
    pytest.param("138 0013 8000", None, CHECKED, id="groups by space"),
    pytest.param("0138 0013 8000", None, CHECKED, id="groups after zero"),
    pytest.param("+8613800138000", None, CHECKED, id="+86"),
    pytest.param("+86 13800138000", None, CHECKED, id="+86 and space"),
    pytest.param("+86-138-0013-8000", None, CHECKED, id="+86 and groups"),
    pytest.param("008613800138000", None, CHECKED, id="0086"),
    pytest.param("0086 138 0013 8000", None, CHECKED, id="0086 and groups"),
    pytest.param("8613800138000", None, CHECKED, id="86 and no sign"),
    pytest.param("86-13800138000", None, CHECKED, id="86 and hyphen"),
    pytest.param("(86)13800138000", None, CHECKED, id="86 in brackets"),
    pytest.param(
        "（＋８６）１３８００１３８０００", "(+86)13800138000", CHECKED, id="full, brackets"
    ),
    pytest.param("(+86) 138-0013-8000", None, CHECKED, id="brackets, space, groups"),
    pytest.param("16101234567", None, SHAPE, id="1610, new in 2026"),
    pytest.param("17491234567", None, SHAPE, id="satellite"),
    pytest.param("19912345678", None, SHAPE, id="199"),
    pytest.param("1441234567890", None, SHAPE, id="internet of things, 1441"),
    pytest.param("1064712345678", None, SHAPE, id="internet of things, 10647"),
    pytest.param("+85291234567", None, CHECKED, id="Hong Kong"),
    pytest.param("+852 9123 4567", None, CHECKED, id="Hong Kong, groups"),
    pytest.param("0085291234567", None, CHECKED, id="Hong Kong, 00852"),
    pytest.param("+853 6123 4567", None, CHECKED, id="Macau"),
    pytest.param("+886912345678", None, CHECKED, id="Taiwan"),
    pytest.param("+886 912 345 678", None, CHECKED, id="Taiwan, groups"),
    pytest.param("+886-0912345678", None, CHECKED, id="Taiwan, zero kept"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("1380013800", id="10 digits"),
    pytest.param("138001380000", id="12 digits"),
    pytest.param("14212345678", id="142 is nobody's"),
    pytest.param("15412345678", id="154 is nobody's"),
    pytest.param("16412345678", id="164 is nobody's"),
    pytest.param("19412345678", id="194 is nobody's"),
    pytest.param("16112345678", id="1611 is nobody's"),
    pytest.param("17451234567", id="1745 is nobody's"),
    pytest.param("12345678901", id="12"),
    pytest.param("23800138000", id="begins with 2"),
    pytest.param("+13800138000", id="a number in America"),
    pytest.param("a13800138000", id="letter before"),
    pytest.param("13800138000b", id="letter after"),
    pytest.param("0.13800138000", id="decimals"),
    pytest.param("13800138000.75", id="sum of money"),
    pytest.param("1380013800012", id="milliseconds of 2013"),
    pytest.param("1461234567890", id="milliseconds of 2016"),
    pytest.param("1700000000000", id="milliseconds of 2023"),
    pytest.param("1700000000", id="seconds"),
    pytest.param("440524188001010014", id="identity number"),
    pytest.param("110105191380013800", id="inside an identity number"),
    pytest.param("1380013800013800138", id="snowflake"),
    pytest.param("6222 1380 0138 0001 380", id="bank card in groups"),
    pytest.param("138-0013-8000-1234", id="groups go on"),
    pytest.param("1-138-0013-8000", id="groups began before"),
    pytest.param("138-0013 8000", id="separators differ"),
    pytest.param("1380-013-8000", id="groups of other sizes"),
    pytest.param("138 0013\n8000", id="broken line"),
    pytest.param("550e8400-e29b-41d4-a716-13800138000a", id="UUID"),
    pytest.param("13800138000e4b2a76b9719d911017c5", id="hash"),
    pytest.param("85291234567", id="Hong Kong without +"),
    pytest.param("91234567", id="Hong Kong without code"),
    pytest.param("0912345678", id="Taiwan without code"),
    pytest.param("+85221234567", id="Hong Kong landline"),
    pytest.param("4008001234", id="service number"),
    pytest.param("010-12345678", id="landline"),
    pytest.param("106912345678", id="sender of text messages"),
    pytest.param("10000000086", id="86 at the end"),
    pytest.param("138****8000", id="masked"),
    pytest.param("1.38E+10", id="scientific"),
    pytest.param("2024031513800138000", id="order number around it"),
    pytest.param("86 86 86", id="codes alone"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str | None, proof: Proof) -> None:
    assert spans(Mobile(), [text]) == [[(span or text, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Mobile(), [text]) == [[]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("13800138000,13900139000", ["13800138000", "13900139000"], id="by comma"),
        pytest.param("13800138000 13900139000", ["13800138000", "13900139000"], id="by space"),
        pytest.param(
            "138 0013 8000 139 0013 9000", ["138 0013 8000", "139 0013 9000"], id="groups"
        ),
        pytest.param(
            "139-0013-0086 13800138000", ["139-0013-0086", "13800138000"], id="ends in 0086"
        ),
        pytest.param("x86 13800138000", ["13800138000"], id="an x86"),
        pytest.param("尾号1234 138 0013 8000", ["138 0013 8000"], id="after other digits"),
    ],
)
def test_several_numbers(text: str, found: list[str]) -> None:
    assert [span for span, _ in spans(Mobile(), [text])[0]] == found


def test_codes_do_not_reach_into_the_text_before() -> None:
    assert spans(Mobile(), ["+86", PLAIN]) == [[], [(PLAIN, SHAPE)]]
    assert spans(Mobile(), ["1", "138-0013-8000", "-1"])[1] == [("138-0013-8000", CHECKED)]


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param(pa.array([13800138000, None, 13800138000, 12]), id="BIGINT"),
        pytest.param(pa.array([13800138000.0, None, 13800138000.0, 1.5]), id="DOUBLE"),
    ],
)
def test_numeric_columns(numbers: pa.Array) -> None:
    texts = Texts.of(numbers)
    evidence = Evidence.of(texts, Mobile().find(texts))
    assert (evidence.whole, evidence.distinct_whole, evidence.whole_checked) == (2, 1, 0)


def test_assigned_segments_are_55_of_1000() -> None:
    proven, found = rates(Mobile(), digits(1_000_000, 11, seed=11))
    assert proven == 0
    assert abs(found - Mobile.shape_chance) < 0.002


def test_chance_of_a_proof_is_that_of_86_in_front() -> None:
    proven, _ = rates(Mobile(), digits(1_000_000, 13, seed=12))
    assert Mobile.chance / 2 < proven < Mobile.chance * 2


def test_log_lines_hold_few() -> None:
    texts = Texts(log_lines(50_000))
    share = len(Mobile().find(texts)) / len(texts)
    assert Mobile.text_chance / 2 < share < Mobile.text_chance * 2
