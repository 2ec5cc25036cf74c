"""Every kind is there, says all it has to, and a broken catalogue says what is wrong."""

import re
from importlib.resources import files

import pytest

from detectors.catalogue import STANDARDS, CatalogueError, kinds, parsed
from detectors.forms import FORMS

IDENTIFIES = {
    "alone": (
        "mobile landline email id_card foreign_resident_id passport hk_macau_permit "
        "exit_entry_permit taiwan_permit hk_id macau_id taiwan_id military_id driving_licence "
        "social_security_no certificate_no id_photo plate vin biometric openid wechat qq "
        "im_account medical_insurance_no bank_card bank_account payment_account "
        "housing_fund_no device_id"
    ),
    "together": (
        "name gender date_of_birth age ethnicity nationality native_place marital_status address "
        "region postal_code uscc avatar_photo username nickname ip medical_record_no employer "
        "job_title education student_no employee_no geo_location track"
    ),
    "about": (
        "family political_status religion health salary credit password secret communication"
    ),
}
LAW = re.compile(r"(PIPL|CSL|Civil Code|Order|ID Card|Social|Express|Credit|Judicial)\b.*")
ENTRY = (files("detectors") / "kinds.toml").read_text(encoding="utf-8").split("\n[")[1]
ONE = "[" + ENTRY


@pytest.mark.parametrize("identifies", IDENTIFIES)
def test_kinds_identify_as_designed(identifies: str) -> None:
    found = {kind.id for kind in kinds().values() if kind.identifies == identifies}
    assert found == set(IDENTIFIES[identifies].split())


@pytest.mark.parametrize("id_", kinds())
def test_kind_is_filled_in(id_: str) -> None:
    kind = kinds()[id_]
    assert re.fullmatch(r"[a-z][a-z_]*", kind.id)
    assert re.search(r"[\u4e00-\u9fff]", kind.zh)
    assert kind.en.isascii()
    assert set(kind.sensitive) == set(STANDARDS)
    assert kind.forms
    assert set(kind.forms) <= set(FORMS) - {"blank"}
    assert kind.words["strong"] or kind.words["medium"]
    assert [law for law in kind.laws if not LAW.fullmatch(law)] == []


def test_standards_differ_over_the_bare_id_number() -> None:
    assert kinds()["id_card"].sensitive == {"pipl": True, "gbt35273": True, "gbt45574": False}
    assert all(kinds()["id_photo"].sensitive.values())
    assert all(kinds()["health"].sensitive.values())
    assert not any(kinds()["nickname"].sensitive.values())


def test_a_law_that_changed_its_numbers_is_named_by_both() -> None:
    for kind in kinds().values():
        named = {law.split(" art")[0] for law in kind.laws}
        assert ("CSL 2017" in named) == ("CSL 2026" in named), kind.id


def test_no_word_is_listed_twice_for_one_kind() -> None:
    for kind in kinds().values():
        listed = [word for words in kind.words.values() for word in words]
        assert sorted(listed) == sorted(set(listed)), kind.id


def test_kinds_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        kinds()["name"] = kinds()["age"]  # type: ignore[index]
    with pytest.raises(TypeError):
        kinds()["name"].sensitive["pipl"] = True  # type: ignore[index]


def test_one_entry_reads() -> None:
    assert list(parsed(ONE)) == ["name"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("[name", "not TOML", id="no TOML"),
        pytest.param('name = "x"', "below a [kind] line", id="outside a kind"),
        pytest.param("[name]", "missing or unknown fields", id="fields missing"),
        pytest.param(ONE + "\ncolour = 1", "correct colour", id="field unknown"),
        pytest.param(ONE.replace('"together"', '"maybe"'), "choose one of", id="identifies"),
        pytest.param(ONE.replace('"C2"', '"C9"'), "grade is 'C9'", id="grade"),
        pytest.param(ONE.replace('"han_short"', '"hanzi"'), "forms is 'hanzi'", id="form"),
        pytest.param(ONE.replace("pipl = false", "pipl = 0"), "true or false", id="sensitivity"),
        pytest.param(ONE.replace("pipl =", "gdpr ="), "true or false", id="standard"),
        pytest.param(ONE.replace('en = "name"', 'en = ""'), "en has to be a text", id="title"),
        pytest.param(re.sub(r"laws = .*", "laws = [1]", ONE), "laws has to be", id="laws"),
    ],
)
def test_a_malformed_catalogue_is_refused_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(CatalogueError, match=re.escape(says)):
        parsed(text)
