import numpy as np
import pyarrow as pa
import pytest

from connectors.base import Column
from detectors.base import Proof
from detectors.common.device_id import DeviceId
from detectors.texts import Texts
from scanner.examine import examine
from scanner.model import Level
from scanner.verdict import verdicts
from tests.detectors.lookalikes import digits, log_lines, rates, spans, strings, words

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED
UUID = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"  # the one of RFC 4122

HITS = [
    pytest.param("490154203237518", "490154203237518", SHAPE, id="IMEI of a body far away"),
    pytest.param("860000000000009", "860000000000009", CHECKED, id="IMEI"),
    pytest.param("350000000000006", "350000000000006", CHECKED, id="IMEI, 35"),
    pytest.param("8600000000000017", "8600000000000017", SHAPE, id="IMEISV"),
    pytest.param("460000000000017", "460000000000017", CHECKED, id="IMSI"),
    pytest.param("460110000000017", "460110000000017", CHECKED, id="IMSI, 11"),
    pytest.param("89860000000000000001", "89860000000000000001", CHECKED, id="ICCID"),
    pytest.param(
        "89860000000000000007", "89860000000000000007", SHAPE, id="ICCID, wrong check digit"
    ),
    pytest.param("898600MFSSYY00000017", "898600MFSSYY00000017", SHAPE, id="ICCID with letters"),
    pytest.param("00:00:5e:00:53:01", "00:00:5e:00:53:01", CHECKED, id="MAC"),
    pytest.param("00-00-5E-00-53-01", "00-00-5E-00-53-01", CHECKED, id="MAC, hyphens"),
    pytest.param("0000.5e00.5301", "0000.5e00.5301", CHECKED, id="MAC, points"),
    pytest.param("00005e005301", "00005e005301", SHAPE, id="MAC, bare"),
    pytest.param("网卡00:00:5e:00:53:01，", "00:00:5e:00:53:01", CHECKED, id="MAC in prose"),
    pytest.param("AF0123450ABCDE", "AF0123450ABCDE", SHAPE, id="MEID"),
    pytest.param("9774d56d682e549c", "9774d56d682e549c", SHAPE, id="Android id"),
    pytest.param(UUID, UUID, SHAPE, id="UUID"),
    pytest.param(UUID.upper(), UUID.upper(), SHAPE, id="UUID in capitals"),
    pytest.param(f"oaid={UUID}", UUID, CHECKED, id="UUID behind a word"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("00000000-0000-0000-0000-000000000000", id="tracking is off"),
    pytest.param("00:00:00:00:00:00", id="MAC of zeros"),
    pytest.param("ff:ff:ff:ff:ff:ff", id="MAC of everybody"),
    pytest.param("000000000000000", id="zeros"),
    pytest.param("00:00:5e:00:53", id="five pairs"),
    pytest.param("00:00:5e:00:53:01:02", id="seven pairs"),
    pytest.param("00:00-5e:00:53:01", id="two signs"),
    pytest.param("00:00:5g:00:53:01", id="no hexadecimal digit"),
    pytest.param("00:00:5e:00:53:1", id="a single digit"),
    pytest.param("12:34:56", id="a time"),
    pytest.param("8600000000000", id="13 digits of time"),
    pytest.param("860000000000007", id="IMEI, wrong check digit"),
    pytest.param("订单860000000000007号", id="the same in prose"),
    pytest.param("860000000000009.5", id="a fraction"),
    pytest.param("X860000000000009", id="inside a longer code"),
    pytest.param("89870000000000000007", id="no card of China"),
    pytest.param(f"trace {UUID} done", id="UUID in a text"),
    pytest.param("6ba7b810-9dad-11d1-80b4", id="part of a UUID"),
    pytest.param("hello-world", id="words"),
    pytest.param("203.0.113.17", id="an address"),
    pytest.param("2024-03-15", id="a day"),
    pytest.param("iPhone 15", id="a model"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(DeviceId(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(DeviceId(), [text]) == [[]]


def test_chance_is_what_random_numbers_show() -> None:
    proven, _ = rates(DeviceId(), digits(1_000_000, 15))
    assert proven == pytest.approx(DeviceId.chance, rel=0.1)


def test_nearly_every_number_and_hash_has_the_form() -> None:
    _, found = rates(DeviceId(), words(100_000, 16, b"0123456789abcdef"))
    assert found > DeviceId.shape_chance


def named(values: list[str], column: str) -> set[str]:
    detectors = (DeviceId(),)
    profile = examine(pa.table({column: values}), detectors)
    (report,) = verdicts(profile, (Column(column, "text"),), detectors)
    return {v.kind for v in report.verdicts if v.level is not Level.POSSIBLE}


def test_hashes_and_uuids_count_under_a_header_only() -> None:
    tokens = strings(words(500, 16, b"0123456789abcdef")).to_pylist()
    assert named(tokens, "android_id") == {"device_id"}
    assert named(tokens, "c1") == set()


def test_addresses_of_network_cards_name_their_column() -> None:
    assert named([f"00:00:5e:00:53:{n:02x}" for n in range(200)], "c1") == {"device_id"}


def test_numbers_that_begin_as_an_imei_name_nothing() -> None:
    letters = digits(1000, 15)
    letters[:, :2] = np.frombuffer(b"86", np.uint8)
    assert named(strings(letters).to_pylist(), "c1") == set()


def test_log_lines_hold_few() -> None:
    texts = Texts(log_lines(20_000))
    assert len(DeviceId().find(texts)) <= 2 * DeviceId.text_chance * len(texts)
