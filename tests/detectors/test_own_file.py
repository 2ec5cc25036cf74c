"""Detectors in YAML: good ones are found good, each fault has its line and says what to do."""

import pickle
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from detectors.base import Proof
from detectors.lined import PluginError
from detectors.measured import look_alikes, random
from detectors.own import OwnDetector
from detectors.own_file import load_file
from detectors.texts import Texts
from tests.detectors.lookalikes import spans

MEMBER = """\
- kind: member_no
  zh: 会员号
  en: member number
  sensitive: [pipl]
  pattern: 'M-?[0-9]{8}'
  check: {luhn: {from: 2}}
  words: {strong: [会员号]}
  examples:
    hits: [M-00000018]
    misses: [M-00000019]
"""
FAULTS = [
    pytest.param("", 0, "nothing in it", id="empty"),
    pytest.param("a: [", 1, "not YAML", id="no YAML"),
    pytest.param("detektors: []", 1, "no 'detektors'", id="unknown part"),
    pytest.param("- 5", 1, "mapping", id="no mapping"),
    pytest.param("- kind: a_b\n  zh: 甲\n  en: a", 1, "needs a pattern", id="no pattern"),
    pytest.param(MEMBER + "  colour: red\n", 11, "no 'colour'", id="unknown key"),
    pytest.param(MEMBER + "  kind: other\n", 11, "said twice", id="a key twice"),
    pytest.param(MEMBER.replace("8}", "8,}"), 5, "no end", id="pattern without end"),
    pytest.param(MEMBER.replace("'M-?[0-9]{8}'", "(a+)+$"), 5, "no end", id="exponential"),
    pytest.param(MEMBER.replace("luhn", "lunh"), 6, "no check 'lunh'", id="unknown check"),
    pytest.param(MEMBER.replace("from: 2", "form: 2"), 6, "no setting 'form'", id="setting"),
    pytest.param(MEMBER.replace("from: 2", "from: 0"), 6, "1 or more", id="place nought"),
    *(
        pytest.param(
            MEMBER.replace("{luhn: {from: 2}}", f"{{weighted: {{weights: {given}, modulus: 10}}}}"),
            *(6, "check nothing"),
            id=f"weights {given}",
        )
        for given in ("[]", "[0, 0, 0, 0, 0, 0, 0, 0]", "[10, 20, 10, 10, 10, 10, 10, 10]")
    ),
    pytest.param(MEMBER.replace("member_no", "Member No"), 1, "small letters", id="id"),
    pytest.param(MEMBER.replace("  zh: 会员号\n", ""), 1, "`zh` and `en`", id="no title"),
    pytest.param(MEMBER.replace("en: member number", "en: 5"), 3, "in quotes", id="number"),
    pytest.param(MEMBER.replace("[pipl]", "[gdpr]"), 4, "no standard 'gdpr'", id="standard"),
    pytest.param(MEMBER.replace("strong", "sure"), 7, "no sure words", id="strength"),
    pytest.param(MEMBER.replace("[会员号]", "['12']"), 7, "needs a letter", id="word"),
    pytest.param(MEMBER + "  grade: C9\n", 11, "one of C1, C2, C3", id="grade"),
    pytest.param(MEMBER + "  alone: perhaps\n", 11, "true or false", id="alone"),
    pytest.param(MEMBER + "  chance: 2\n", 11, "more than 0, less than 1", id="chance"),
    pytest.param(MEMBER.replace("0018]", "0019]"), 9, "is not found", id="a hit that misses"),
    pytest.param(MEMBER.replace("0019]", "0018]"), 10, "is found", id="a miss that hits"),
    pytest.param(MEMBER + MEMBER, 11, "in line 1 already", id="a kind twice"),
    pytest.param(MEMBER.replace("member_no", "mobile"), 3, "leave `en` out", id="known kind"),
    pytest.param("- &a [*a]", 1, "anchors", id="endless"),
    pytest.param("presidio: [US_SSS]", 1, "no recognizer finds US_SSS", id="entity"),
    pytest.param("presidio: [PHONE_NUMBER]", 1, "picensus finds PHONE_NUMBER", id="ours"),
    pytest.param("presidio: {entities: [ZIP], registry: no.yaml}", 1, "no such", id="registry"),
]  # fmt: skip


def file(folder: Path, text: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def only(folder: Path, text: str = MEMBER) -> OwnDetector:
    (loaded,) = load_file(file(folder, text))
    assert isinstance(loaded.detector, OwnDetector)
    return loaded.detector


@pytest.mark.parametrize(("text", "line", "says"), FAULTS)
def test_a_fault_has_its_line_and_a_sentence(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    with pytest.raises(PluginError, match=r"own\.yaml") as caught:
        load_file(file(tmp_path, text))
    (fault,) = caught.value.faults
    assert says in fault.says
    assert fault.line == (line or fault.line)


def test_every_fault_is_told(tmp_path: Path) -> None:
    text = MEMBER.replace("8}", "8,}") + MEMBER.replace("luhn", "x") + "- kind: c\n"
    with pytest.raises(PluginError, match="2 more: picensus kinds --check") as caught:
        load_file(file(tmp_path, text))
    assert [fault.line for fault in caught.value.faults] == [5, 16, 21]


def test_what_is_not_said_is_taken_at_its_gravest(tmp_path: Path) -> None:
    detector = only(tmp_path, MEMBER.replace("  sensitive: [pipl]\n", ""))
    kind = detector.described
    assert kind
    assert all(kind.sensitive.values())
    assert kind.identifies == "alone"
    assert detector.alone is False


def test_a_check_proves_or_refutes_and_a_word_before_proves(tmp_path: Path) -> None:
    values = ["M00000018", "m00000018", "M00000019", "ＩＤ：Ｍ－００００００１８；", "XM00000018"]
    assert [[proof for _, proof in one] for one in spans(only(tmp_path), values)] == [
        [Proof.CHECKED], [], [], [Proof.CHECKED], [],
    ]  # fmt: skip
    form = only(tmp_path, MEMBER.replace("  check: {luhn: {from: 2}}\n", "").split("  ex")[0])
    values = [
        "M00000019",
        "会员号：M00000019",
        "会员号是M00000019",
        "某会员M00000019",
        "会员号x M00000019",
    ]
    assert [[int(proof) for _, proof in one] for one in spans(form, values)] == [
        [1], [2], [2], [1], [1],
    ]  # fmt: skip


def test_chance_is_measured_on_the_same_look_alikes_in_every_run(tmp_path: Path) -> None:
    one, two = only(tmp_path), only(tmp_path)
    # M comes once in 26 letters, and one number in ten passes.
    assert one.chance == two.chance == pytest.approx(1 / 260, rel=0.1)
    texts = Texts(look_alikes(one.shape.samples(200, random()), 1_000_000))
    assert len(one.find(texts)) / len(texts) == pytest.approx(one.chance, rel=0.1)
    assert only(tmp_path, MEMBER + "  chance: 0.25\n").chance == 0.25


def test_many_values_are_looked_at_as_arrays(tmp_path: Path) -> None:
    detector = only(tmp_path)
    values = pa.array(detector.shape.samples(20_000, random()))
    texts = Texts(values)
    assert len(np.unique(detector.find(texts).rows)) == pytest.approx(2000, rel=0.2)


def test_pickled_it_finds_the_same(tmp_path: Path) -> None:
    detector = only(tmp_path)
    copy = pickle.loads(pickle.dumps(detector))
    assert (copy.kind, copy.chance, copy.described) == (
        detector.kind, detector.chance, detector.described,
    )  # fmt: skip
    assert spans(copy, ["会员号：M00000018"]) == spans(detector, ["会员号：M00000018"])


@pytest.mark.parametrize(
    "array", [pa.array([], pa.string()), pa.nulls(3), pa.array(["", " ", "\x00"]), pa.array([1])]
)
def test_little_or_nothing_is_no_match(tmp_path: Path, array: pa.Array) -> None:
    assert len(only(tmp_path).find(Texts.of(array))) == 0
