"""Presidio, both ways, against the real packages; no model, no network."""

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_anonymizer import AnonymizerEngine

from detectors import presidio
from detectors.catalogue import kinds
from detectors.lined import PluginError
from detectors.own_file import load_file
from detectors.presidio_out import CHECKED, NAMED, NEEDY, SHAPE, NoModel
from detectors.registry import load
from detectors.texts import Texts
from tests.detectors.lookalikes import spans

TEXT = "联系人：张小三，手机１３８００１３８０００；证件 440524188001010014 邮箱zhang@example.com。"
FOUND = {
    ("PERSON", "张小三", CHECKED),
    ("PHONE_NUMBER", "１３８００１３８０００", SHAPE),
    ("CN_ID_CARD", "440524188001010014", CHECKED),
    ("CN_CERTIFICATE_NO", "440524188001010014", NAMED),
    ("EMAIL_ADDRESS", "zhang@example.com", SHAPE),
}
REGISTRY = """\
supported_languages: [en]
recognizers:
  - name: badge
    supported_language: en
    supported_entity: BADGE
    type: custom
    patterns: [{name: badge, regex: '\\bBG\\d{6}\\b', score: 0.7}]
    context: [badge]
"""


@pytest.fixture(scope="module")
def engine() -> AnalyzerEngine:
    return presidio.analyzer()


def foreign(folder: Path, text: str) -> dict[str, object]:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return {loaded.detector.kind: loaded.detector for loaded in load_file(path)}


def test_every_detector_is_a_recognizer_of_one_entity() -> None:
    listed = presidio.recognizers()
    assert [one.supported_entities for one in listed] == [
        [presidio.entity_of(detector.kind)] for detector in load()
    ]
    assert {one.supported_language for one in listed} == {"zh"}


def test_names_of_entities_are_clear_and_stable() -> None:
    assert presidio.entity_of("id_card") == "CN_ID_CARD"
    assert presidio.entity_of("mobile") == presidio.entity_of("landline") == "PHONE_NUMBER"
    assert presidio.entity_of("member_no") == "MEMBER_NO"
    assert presidio.ENTITIES.keys() <= kinds().keys()


def test_spans_are_characters_of_the_text_as_it_is(engine: AnalyzerEngine) -> None:
    found = engine.analyze(TEXT, language="zh", score_threshold=0.3)
    assert {(r.entity_type, TEXT[r.start : r.end], r.score) for r in found} == FOUND


def test_an_engine_of_ones_own_takes_them() -> None:
    registry = RecognizerRegistry(
        recognizers=presidio.recognizers(language="en"), supported_languages=["en"]
    )
    own = AnalyzerEngine(registry=registry, nlp_engine=NoModel("en"), supported_languages=["en"])
    found = own.analyze(TEXT, language="en", entities=["CN_ID_CARD"])
    assert [TEXT[r.start : r.end] for r in found] == ["440524188001010014"]


def test_the_anonymizer_takes_what_they_find(engine: AnalyzerEngine) -> None:
    found = engine.analyze(TEXT, language="zh", score_threshold=0.3)
    said = AnonymizerEngine().anonymize(text=TEXT, analyzer_results=found).text
    assert said == ("联系人：<PERSON>，手机<PHONE_NUMBER>；证件 <CN_ID_CARD> 邮箱<EMAIL_ADDRESS>。")


@pytest.mark.parametrize("text", ["", " ", "没有", "\ud800", "1", "\n\n"])
def test_little_or_nothing_is_nothing(engine: AnalyzerEngine, text: str) -> None:
    assert [r for r in engine.analyze(text, language="zh") if r.score > NEEDY] == []


def test_recognizers_of_presidio_are_detectors(tmp_path: Path) -> None:
    detectors = foreign(tmp_path, "presidio: [US_SSN, IBAN_CODE, UK_NHS, CRYPTO]")
    hits = {
        "us_ssn": ("编号987-65-4321。", "987-65-4321", 1),
        "iban_code": ("账号GB82WEST12345698765432，", "GB82WEST12345698765432", 2),
        "uk_nhs": ("401-023-2137", "401-023-2137", 2),
        "crypto": ("16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ", "16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyZ", 2),
    }
    for kind, (text, value, proof) in hits.items():
        found = spans(detectors[kind], [text, "没有", ""])  # type: ignore[arg-type]
        assert [(v, int(p)) for v, p in found[0]] == [(value, proof)], kind
        assert found[1:] == [[], []]
    refuted = ["GB82WEST12345698765433", "401-023-2138", "16Yeky6GMjeNkAiNcBY7ZhrLoMSgg1BoyY"]
    for kind in ("iban_code", "uk_nhs", "crypto"):
        assert spans(detectors[kind], refuted) == [[], [], []]  # type: ignore[arg-type]


def test_their_chances_are_measured(tmp_path: Path) -> None:
    detectors = foreign(tmp_path, "presidio: [US_SSN, IBAN_CODE, UK_NHS]")
    chance = {kind: getattr(one, "shape_chance", 1) for kind, one in detectors.items()}
    assert chance["iban_code"] < 1e-3
    assert chance["uk_nhs"] == pytest.approx(1 / 11, rel=0.15)
    assert chance["us_ssn"] > 0.5
    assert [kind for kind, one in detectors.items() if getattr(one, "alone", 0)] == ["iban_code"]


def test_a_registry_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text(REGISTRY)
    detectors = foreign(tmp_path, "presidio: {registry: r.yaml, entities: [BADGE]}")
    assert spans(detectors["badge"], ["BG123456"])[0][0][0] == "BG123456"  # type: ignore[arg-type]
    with pytest.raises(PluginError, match="no recognizer finds ZIP"):
        foreign(tmp_path, "presidio: {registry: r.yaml, entities: [ZIP]}")
    (tmp_path / "r.yaml").write_text("recognizers: 5")
    with pytest.raises(PluginError, match="does not take the registry"):
        foreign(tmp_path, "presidio: {registry: r.yaml, entities: [BADGE]}")


def test_values_are_logged_nowhere(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    iban = foreign(tmp_path, "presidio: [IBAN_CODE]")["iban_code"]
    caplog.set_level(0)
    iban.find(Texts(pa.array(["GB82WEST12345698765432", "ZZ00ÄÄÄÄ12345678", "GB8200000000000000"])))  # type: ignore[attr-defined]
    assert not [record for record in caplog.records if "8" in record.getMessage()]


def test_nothing_is_imported_before_it_is_used() -> None:
    code = (
        "import sys; from detectors import presidio, registry; registry.repertoire();"
        "import scanner.run.command, scanner.detect, scanner.kinds_check;"
        "sys.exit('presidio_analyzer' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
