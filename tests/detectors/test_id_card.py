from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from detectors.base import Evidence, Proof
from detectors.checksum import mod_11_2
from detectors.cn.id_card import IdCard
from detectors.regions import is_county
from detectors.texts import Texts
from tests.detectors.lookalikes import digits, identities, log_lines, rates, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED
SPECIMEN = "440524188001010014"


def completed(body: str) -> str:
    """The 17 digits with their check digit."""
    check = mod_11_2(np.array([[int(c) for c in body]]))[0]
    return body + "0123456789X"[check]


# Specimens of the standard, and made-up births before 1905.
HITS = [
    pytest.param(SPECIMEN, SPECIMEN, CHECKED, id="specimen, born 1880"),
    pytest.param("11010519491231002X", "11010519491231002X", CHECKED, id="specimen with X"),
    pytest.param("11010519491231002x", "11010519491231002x", CHECKED, id="small x"),
    pytest.param(
        "１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X", CHECKED, id="full width"
    ),
    pytest.param(f"身份证号{SPECIMEN}电话138", SPECIMEN, CHECKED, id="in Han prose"),
    pytest.param(f" {SPECIMEN}\t", SPECIMEN, CHECKED, id="space around"),
    pytest.param(f'{{"id":"{SPECIMEN}"}}', SPECIMEN, CHECKED, id="in JSON"),
    pytest.param(f"{SPECIMEN}.0", SPECIMEN, CHECKED, id="a spreadsheet's .0"),
    pytest.param(f"{SPECIMEN}。", SPECIMEN, CHECKED, id="at the end of a sentence"),
    pytest.param(f"1.{SPECIMEN}", SPECIMEN, CHECKED, id="numbered list"),
    pytest.param("440524 18800101 0014", "440524 18800101 0014", CHECKED, id="groups by space"),
    pytest.param("440524-18800101-0014", "440524-18800101-0014", CHECKED, id="groups by hyphen"),
    pytest.param("110105 19491231 002X", "110105 19491231 002X", CHECKED, id="groups with X"),
    pytest.param(completed("81000019000823002"), None, CHECKED, id="Hong Kong resident"),
    pytest.param(completed("83000019000130002"), None, CHECKED, id="Taiwan resident"),
    pytest.param(completed("71000019000130002"), None, CHECKED, id="province of Taiwan"),
    pytest.param(completed("11999919000130002"), None, CHECKED, id="county unknown"),
    pytest.param(completed("11010318990130002"), None, CHECKED, id="county abolished"),
    pytest.param(completed("11010319000228002"), None, CHECKED, id="1900 had no 29 February"),
    pytest.param("440524188001010015", None, SHAPE, id="check digit fails"),
    pytest.param("44052418800101001X", None, SHAPE, id="X fails"),
    pytest.param("110105491231002", None, SHAPE, id="15 digits"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("44052418800101001", id="17 digits, no X"),
    pytest.param("4405241880010100144", id="19 digits"),
    pytest.param(f"a{SPECIMEN}", id="letter before"),
    pytest.param(f"{SPECIMEN}b", id="letter after"),
    pytest.param("11010519491231002XY", id="letter after X"),
    pytest.param(f"{SPECIMEN}.25", id="decimal fraction follows"),
    pytest.param(completed("44052418801301001"), id="month 13"),
    pytest.param(completed("44052418800230001"), id="30 February"),
    pytest.param(completed("44052419000229001"), id="29 February 1900"),
    pytest.param(completed("44052418000101001"), id="born 1800"),
    pytest.param(completed("44052400000000001"), id="day zero"),
    pytest.param(completed("44052419000100001"), id="day zero of January"),
    pytest.param(completed("00000019000101001"), id="no province"),
    pytest.param(completed("81123419000101001"), id="permits end in zeros"),
    pytest.param(completed("93268219000101001"), id="foreign resident"),
    pytest.param("91350100M000100Y43", id="credit code of a company"),
    pytest.param("20240315123456789012"[:18], id="time stamp with a serial"),
    pytest.param("1234567890123456789", id="snowflake"),
    pytest.param("999999999999999999", id="nines"),
    pytest.param("000000000000000000", id="zeros"),
    pytest.param("440524********0014", id="masked"),
    pytest.param("4.40524E+17", id="scientific"),
    pytest.param("550e8400-e29b-41d4-a716-446655440000", id="UUID"),
    pytest.param("5d41402abc4b2a76b9719d911017c592", id="MD5"),
    pytest.param("490154203237518", id="IMEI: 15 digits, no county"),
    pytest.param("110105491331002", id="15 digits, month 13"),
    pytest.param("119999491231002", id="15 digits, county unknown"),
    pytest.param("1101054912310025", id="16 digits"),
    pytest.param("440524-18800101-0014-7", id="groups go on"),
    pytest.param("7-440524-18800101-0014", id="groups began before"),
    pytest.param("440524-18800101 0014", id="separators differ"),
    pytest.param("4405241880010100\n14", id="broken line"),
    pytest.param("１２３４５６７８９０", id="full width, short"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str | None, proof: Proof) -> None:
    assert spans(IdCard(), [text]) == [[(span or text, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(IdCard(), [text]) == [[]]


def test_tomorrow_is_no_birth_date() -> None:
    today, tomorrow = date.today(), date.today() + timedelta(days=1)
    born = [completed(f"110105{day:%Y%m%d}002") for day in (today, tomorrow)]
    assert [len(found) for found in spans(IdCard(), born)] == [1, 0]


def test_two_in_one_text() -> None:
    found = spans(IdCard(), [f"甲{SPECIMEN}，乙11010519491231002X；丙无"])
    assert [text for text, _ in found[0]] == [SPECIMEN, "11010519491231002X"]


def test_every_wrong_digit_costs_the_proof() -> None:
    wrong = [
        SPECIMEN[:i] + d + SPECIMEN[i + 1 :]
        for i in range(18)
        for d in "0123456789X"
        if SPECIMEN[i] != d and (d != "X" or i == 17)
    ]
    assert len(wrong) == 18 * 9 + 1
    found = spans(IdCard(), wrong)
    assert not [v for v, f in zip(wrong, found, strict=True) if (v, CHECKED) in f]
    assert sum(bool(f) for f in found) > 30  # the form outlives many typing errors


def test_made_up_people_are_all_proven() -> None:
    regions = np.flatnonzero(is_county(np.arange(1_000_000)))
    assert len(regions) > 7000
    letters = identities(100_000, regions)
    assert rates(IdCard(), letters) == (1.0, 1.0)


def test_numbers_in_a_bigint_column() -> None:
    texts = Texts.of(pa.array([int(SPECIMEN), None, int(SPECIMEN), 12]))
    evidence = Evidence.of(texts, IdCard().find(texts))
    assert (evidence.whole_checked, evidence.distinct_whole_checked) == (2, 1)


def test_chance_is_what_random_numbers_show() -> None:
    proven, found = rates(IdCard(), digits(2_000_000, 18, seed=5))
    assert IdCard.chance / 2 < proven < IdCard.chance * 2
    assert IdCard.shape_chance / 2 < found < IdCard.shape_chance * 2


def test_15_random_digits_are_no_likelier() -> None:
    proven, found = rates(IdCard(), digits(1_000_000, 15, seed=6))
    assert proven == 0
    assert found < IdCard.shape_chance * 2


def test_log_lines_seldom_hold_one() -> None:
    texts = Texts(log_lines(100_000))
    assert len(IdCard().find(texts)) <= 2 * IdCard.text_chance * len(texts)


def test_a_serial_of_region_day_and_count_is_seldom_proven() -> None:
    letters = digits(100_000, 18, seed=7)
    letters[:, :14] = np.frombuffer(b"11010519000315", np.uint8)
    proven, found = rates(IdCard(), letters)
    assert found == 1
    assert 0.08 < proven < 0.1
