import numpy as np
import pyarrow as pa
import pytest

from connectors.base import Column
from detectors.base import Proof
from detectors.common.ip import Ip
from detectors.texts import Texts
from scanner.examine import examine
from scanner.model import Level
from scanner.verdict import verdicts
from tests.detectors.lookalikes import log_lines, spans

SHAPE, CHECKED = Proof.SHAPE, Proof.CHECKED

HITS = [
    pytest.param("203.0.113.17", "203.0.113.17", CHECKED, id="version 4"),
    pytest.param("203.0.113.17:8080", "203.0.113.17", CHECKED, id="port behind"),
    pytest.param("203.0.113.0/24", "203.0.113.0", CHECKED, id="prefix length behind"),
    pytest.param("来自198.51.100.7。", "198.51.100.7", CHECKED, id="in prose"),
    pytest.param("203．0．113．17", "203.0.113.17", CHECKED, id="full-width points"),
    pytest.param("2001:db8::17", "2001:db8::17", CHECKED, id="version 6"),
    pytest.param("2001:0DB8:0:0:0:0:0:17", "2001:0DB8:0:0:0:0:0:17", CHECKED, id="in full"),
    pytest.param("ip:2001:db8::17", "2001:db8::17", CHECKED, id="version 6 behind a word"),
    pytest.param("[2001:db8::17]:443", "2001:db8::17", CHECKED, id="version 6 with a port"),
    pytest.param("10.0.0.17", "10.0.0.17", SHAPE, id="private"),
    pytest.param("172.16.0.17", "172.16.0.17", SHAPE, id="private, 172"),
    pytest.param("192.168.1.17", "192.168.1.17", SHAPE, id="private, 192"),
    pytest.param("3.2.14.5", "3.2.14.5", SHAPE, id="an address or a version"),
    pytest.param("fe80::17", "fe80::17", SHAPE, id="of one link"),
    pytest.param("fd00::17", "fd00::17", SHAPE, id="private, version 6"),
    pytest.param("client_ip=10.0.0.17", "10.0.0.17", CHECKED, id="private behind a word"),
    pytest.param("登录IP：192.168.1.17，", "192.168.1.17", CHECKED, id="the same in prose"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("0.0.0.0", id="any host"),
    pytest.param("127.0.0.1", id="the host itself"),
    pytest.param("255.255.255.0", id="net mask"),
    pytest.param("255.255.255.255", id="broadcast"),
    pytest.param("224.0.0.1", id="multicast"),
    pytest.param("203.0.113", id="three numbers"),
    pytest.param("203.0.113.17.5", id="five numbers"),
    pytest.param("1.3.6.1.4.1.311", id="an object identifier"),
    pytest.param("203.0.113.256", id="256"),
    pytest.param("203.0.113.1000", id="four digits"),
    pytest.param("203.0.113.017", id="zero in front"),
    pytest.param("v203.0.113.17", id="letter before"),
    pytest.param("203.0.113.17a", id="letter behind"),
    pytest.param("升级到3.2.14.5版", id="a version in prose"),
    pytest.param("upgraded from 3.2.14.5 to it", id="a version someone comes from"),
    pytest.param("3.2.14.5 - released today", id="a version first in a line"),
    pytest.param("nginx 3.2.14.5 - - x", id="a version behind its name"),
    pytest.param("component client_3.2.14.5 x", id="part of a name"),
    pytest.param("versions 3.2.14.5, 3.2.14.6", id="a list of versions"),
    pytest.param("连接10.0.0.17失败", id="private in prose"),
    pytest.param("::1", id="the host itself, version 6"),
    pytest.param("::", id="any host, version 6"),
    pytest.param("12:34:56", id="a time"),
    pytest.param("00:11:22:33:44:55", id="a MAC address"),
    pytest.param("2001:db8::1::2", id="two gaps"),
    pytest.param("2001:db8:0:0:0:0:0:1:2", id="nine groups"),
    pytest.param("std::vector", id="C++"),
    pytest.param("2024.03.15", id="a day"),
    pytest.param("203.0.113.*", id="masked"),
]


@pytest.mark.parametrize(("text", "span", "proof"), HITS)
def test_hits(text: str, span: str, proof: Proof) -> None:
    assert spans(Ip(), [text]) == [[(span, proof)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Ip(), [text]) == [[]]


def quads(top: tuple[int, int, int, int], n: int, low: int = 0) -> list[str]:
    rng = np.random.default_rng(11)
    return [".".join(map(str, row)) for row in rng.integers(low, top, (n, 4))]


def shares(values: list[str]) -> tuple[float, float]:
    texts = Texts(pa.array(values, pa.large_string()))
    matches = Ip().find(texts)
    return (matches.proofs == CHECKED).sum() / len(texts), len(matches) / len(texts)


def test_chance_is_what_random_numbers_show() -> None:
    proven, _ = shares(quads((1000,) * 4, 300_000))
    assert proven == pytest.approx(Ip.chance, rel=0.1)


def test_versions_have_the_form_and_prove_nothing() -> None:
    proven, found = shares(quads((20, 20, 20, 100), 100_000))
    assert proven == 0
    assert found == pytest.approx(Ip.shape_chance, rel=0.1)


def test_nine_in_ten_public_hosts_are_proven() -> None:
    proven, _ = shares(quads((224, 256, 256, 256), 100_000, low=1))
    assert proven > 0.85


def named(values: list[str], column: str) -> set[str]:
    detectors = (Ip(),)
    profile = examine(pa.table({column: values}), detectors)
    (report,) = verdicts(profile, (Column(column, "text"),), detectors)
    return {v.kind for v in report.verdicts if v.level is not Level.POSSIBLE}


PRIVATE = [f"192.168.{n % 7}.{n % 250 + 1}" for n in range(500)]


def test_private_addresses_count_under_a_header_only() -> None:
    assert named(PRIVATE, "client_ip") == {"ip"}
    assert named(PRIVATE, "c1") == set()
    assert named([f"job {n} at {ip} done" for n, ip in enumerate(PRIVATE)], "line") == set()


def test_public_addresses_name_their_column() -> None:
    assert named([f"203.0.113.{n}" for n in range(1, 200)], "c1") == {"ip"}


def test_versions_name_nothing() -> None:
    assert named(quads((20, 20, 20, 1000), 1000), "c1") == set()


def test_log_lines_hold_none() -> None:
    assert len(Ip().find(Texts(log_lines(20_000)))) == 0


def test_a_list_that_begins_with_an_address_goes_on_so() -> None:
    text = "X-Forwarded-For: 3.2.14.5, 203.0.113.17, 10.0.0.17; 3.2.14.6"
    found = [span for span, _ in spans(Ip(), [text])[0]]
    assert found == ["3.2.14.5", "203.0.113.17", "10.0.0.17"]
