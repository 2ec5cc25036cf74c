import numpy as np
import pyarrow as pa
import pytest

from detectors.base import Proof
from detectors.common.email import Email
from detectors.texts import Texts
from tests.detectors.lookalikes import log_lines, rates, spans, words

PLAIN = "zhang.san@example.com"

HITS = [
    pytest.param(PLAIN, PLAIN, id="plain"),
    pytest.param("ZHANG.SAN@EXAMPLE.COM", None, id="capitals"),
    pytest.param("10001@example.com", None, id="digits"),
    pytest.param("a@example.com.cn", None, id="two-part ending"),
    pytest.param("a_b-c+d%e@mail.example-site.org", None, id="every character"),
    pytest.param("a@b.cn", None, id="short"),
    pytest.param("x" * 64 + "@example.com", None, id="64 characters"),
    pytest.param("张三@example.com", None, id="Han local part"),
    pytest.param("张三丰@例.com 或 李四@example.com", "李四@example.com", id="Han after a space"),
    pytest.param("ａｂ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ab@example.com", id="full width"),
    pytest.param(f"邮箱{PLAIN}，请查收", PLAIN, id="in Han prose"),
    pytest.param(f"{PLAIN}。", PLAIN, id="Han full stop"),
    pytest.param(f"{PLAIN}.", PLAIN, id="full stop"),
    pytest.param(f"mailto:{PLAIN}?subject=x", PLAIN, id="mailto"),
    pytest.param(f"张三 <{PLAIN}>", PLAIN, id="in brackets"),
    pytest.param(f'{{"mail":"{PLAIN}"}}', PLAIN, id="in JSON"),
    pytest.param(f"https://example.com/?mail={PLAIN}", PLAIN, id="in a query"),
    pytest.param(f"{PLAIN}:word", PLAIN, id="with a password"),
    pytest.param("...abc@example.com", "abc@example.com", id="points before"),
    pytest.param("." * 9 + "abc@example.com", "abc@example.com", id="many points before"),
    pytest.param(PLAIN + ".-" * 5, PLAIN, id="many signs after"),
    pytest.param("a@b.cn@c.cn", "a@b.cn", id="two at signs"),
    pytest.param("gitte@example.com:x", "gitte@example.com", id="not git"),
]
MISSES = [
    pytest.param("", id="empty"),
    pytest.param("@", id="sign alone"),
    pytest.param("@@@@@", id="signs"),
    pytest.param("@zhangsan", id="mention"),
    pytest.param("回复@张三:你好", id="mention in Han"),
    pytest.param("a@b", id="no point"),
    pytest.param("@example.com", id="no local part"),
    pytest.param("a@", id="no domain"),
    pytest.param("http://root:三a@example.com/", id="Han in a password of a URL"),
    pytest.param("a@.com", id="empty label"),
    pytest.param("a@b..com", id="empty label inside"),
    pytest.param("a@b-.com", id="hyphen before a point"),
    pytest.param("a@-b.com", id="hyphen first"),
    pytest.param("a@b.c", id="ending of one letter"),
    pytest.param("a@b.123", id="ending of digits"),
    pytest.param("a@10.0.0.1", id="address of a host"),
    pytest.param("abc.@example.com", id="point before the sign"),
    pytest.param("a b@ example.com", id="space after the sign"),
    pytest.param("x" * 65 + "@example.com", id="65 characters"),
    pytest.param("联系人张三李四王五赵六@example.com", id="long Han before the sign"),
    pytest.param("git@example.com:team/repo.git", id="remote"),
    pytest.param("ssh://git@example.com/repo", id="remote as URL"),
    pytest.param("https://user:word@example.com/x", id="credentials in a URL"),
    pytest.param("postgresql://app@db.example.com:5432/x", id="user in a URL"),
    pytest.param("icon@2x.png", id="image of double size"),
    pytest.param("left-pad@1.3.0", id="package version"),
    pytest.param("getty@tty1.service", id="system unit"),
    pytest.param("z*****@example.com", id="masked"),
    pytest.param("zh*n@example.com", id="masked inside"),
    pytest.param("z×××n@example.com", id="masked by crosses"),
    pytest.param("zhang@***.com", id="domain masked"),
    pytest.param("zhang.san at example.com", id="written out"),
    pytest.param("zhang.san#example.com", id="other sign"),
    pytest.param("¥100@example.com"[:5], id="price"),
    pytest.param("a@例子.公司", id="Han domain"),
]


@pytest.mark.parametrize(("text", "span"), HITS)
def test_hits(text: str, span: str | None) -> None:
    assert spans(Email(), [text]) == [[(span or text, Proof.SHAPE)]]


@pytest.mark.parametrize("text", MISSES)
def test_misses(text: str) -> None:
    assert spans(Email(), [text]) == [[]]


def test_several_in_one_text() -> None:
    found = spans(Email(), ["a@example.com;b@example.org，c@example.net"])[0]
    assert [text for text, _ in found] == ["a@example.com", "b@example.org", "c@example.net"]


def test_neighbours_in_the_buffer_are_not_joined() -> None:
    assert spans(Email(), ["abc", "@example.com", "a@", "example.com"]) == [[], [], [], []]
    assert spans(Email(), ["张", "@example.com"]) == [[], []]
    assert spans(Email(), ["//", "a@example.com"])[1] == [("a@example.com", Proof.SHAPE)]


def test_chance_is_what_random_words_show() -> None:
    letters = words(1_000_000, 16, b"abcdefghijklmnopqrstuvwxyz0123456789._-", seed=4)
    letters[:, 6] = ord("@")
    proven, found = rates(Email(), letters)
    assert proven == Email.chance == 0
    assert Email.shape_chance / 2 < found < Email.shape_chance * 2


def test_log_lines_hold_fewer_than_stated() -> None:
    texts = Texts(log_lines(50_000))
    assert len(Email().find(texts)) < Email.text_chance * len(texts)


def test_a_column_of_addresses_is_found_whole() -> None:
    rng = np.random.default_rng(9)
    values = [f"user{n}@example{n % 7}.com" for n in rng.integers(0, 10**9, 20_000)]
    texts = Texts(pa.array(values, pa.large_string()))
    matches = Email().find(texts)
    assert np.array_equal(matches.starts, texts.offsets[:-1])
    assert np.array_equal(matches.ends, texts.offsets[1:])
