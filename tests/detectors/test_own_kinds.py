"""Headers that name a plug-in's kind: by the head of a phrase, and never beyond its detectors."""

import pytest

from detectors.base import PatternDetector
from detectors.catalogue import kinds
from detectors.headers import Strength, cues
from detectors.own_kinds import own_cues, own_kind, own_of, with_own

MEMBER = own_kind(
    "member_no", "会员号", "member number",
    words={"strong": ["会员号", "member no", "会员卡号"], "weak": ["vip"]},
)  # fmt: skip
NAMED = [
    pytest.param("会员号", "", Strength.STRONG, id="Han"),
    pytest.param("member_no", "", Strength.STRONG, id="tokens"),
    pytest.param("memberNo", "", Strength.STRONG, id="capitals"),
    pytest.param("t_member_no_str", "", Strength.STRONG, id="what changes nothing behind it"),
    pytest.param("f7", "会员号码：本店的", Strength.STRONG, id="comment"),
    pytest.param("huiyuanhao", "", Strength.STRONG, id="pinyin"),
    pytest.param("hykh", "", Strength.MEDIUM, id="four initials"),
    pytest.param("hyh", "", Strength.WEAK, id="three initials"),
    pytest.param("vip", "", Strength.WEAK, id="weak word"),
]
OTHERS = [
    pytest.param("member_no_type", "", id="a type"),
    pytest.param("is_member_no", "", id="a yes or no"),
    pytest.param("remember_note", "", id="within a word"),
    pytest.param("f7", "产品，不是会员号", id="later in the comment"),
    pytest.param("mobile", "手机号", id="another kind"),
    pytest.param("", "", id="nothing"),
]


@pytest.mark.parametrize(("column", "comment", "strength"), NAMED)
def test_a_header_names_it(column: str, comment: str, strength: Strength) -> None:
    (cue,) = own_cues(column, comment, [MEMBER])
    assert (cue.kind, cue.strength) == ("member_no", strength)


@pytest.mark.parametrize(("column", "comment"), OTHERS)
def test_a_header_names_something_else(column: str, comment: str) -> None:
    assert own_cues(column, comment, [MEMBER]) == ()


def test_a_longer_phrase_outdoes_the_word_that_is_its_part() -> None:
    said = cues("会员卡号")
    assert said
    assert said[0].strength < Strength.STRONG
    both = with_own(said, own_cues("会员卡号", "", [MEMBER]))
    assert [cue.kind for cue in both] == ["member_no"]


def test_a_weak_word_stands_beside_what_the_catalogue_says() -> None:
    account = own_kind("iban", "IBAN", "IBAN", words={"weak": ["mobile"]})
    both = with_own(cues("mobile"), own_cues("mobile", "", [account]))
    assert [cue.kind for cue in both] == ["mobile", "iban"]


def test_what_a_header_says_of_the_state_stays() -> None:
    said = cues("f7", "手机号（加密）")
    (first, *_) = with_own(said, own_cues("member_no", "", [MEMBER]))
    assert (first.kind, first.state) == ("member_no", "encrypted")


def test_a_kind_that_nobody_describes_is_told_by_its_id() -> None:
    class Bare(PatternDetector):
        kind = "bare_no"
        chance = 0.1
        pattern = "B[0-9]{4}"

    (kind,) = own_of([Bare()]).values()
    assert (kind.id, kind.zh, kind.identifies) == ("bare_no", "bare_no", "alone")
    assert all(kind.sensitive.values())
    assert "bare_no" not in kinds()
