"""Masks: as long as the value, hiding at least what GB/T 41833 asks; nothing is found in one."""

import importlib

import pytest

from detectors.base import Detector
from detectors.catalogue import kinds
from detectors.keyed import told_by_form
from detectors.masking import RULES, STAR, masked
from detectors.registry import load
from scanner.spans import spans, without

DETECTORS = load()
SHOWN = [
    ("mobile", "13800138000", "138******00"),
    ("mobile", "+86 138-0013-8000", "+86 1**-****-**00"),
    ("mobile", "１３８００１３８０００", "１３８******００"),
    ("landline", "010-12345678", "010-********"),
    ("landline", "12345678", "********"),
    ("name", "张三", "张*"),
    ("name", "欧阳小三", "欧***"),
    ("name", "张", "*"),
    ("name", "阿依古丽·买买提", "阿***·***"),
    ("id_card", "440524188001010014", "4****************4"),
    ("bank_card", "6222 0260 0670 5354 217", "6222 02** **** **** *17"),
    ("email", "zhang.san@example.com", "z********@example.com"),
    ("email", "z@example.com", "*@example.com"),
    ("ip", "203.0.113.9", "203.*.***.*"),
    ("ip", "2001:db8::1", "2001:***::*"),
    ("plate", "苏D12340", "苏D****0"),
    ("address", "浙江省杭州市西湖区某路1号501室", "浙江省杭州************"),
    ("password", "hunter22222", "***********"),
    ("health", "高血压", "***"),
    ("made_up_by_a_plug_in", "M-12345678", "**********"),
    ("student_no", "9123456778", "9********8"),
    ("student_no", "1234567", "*******"),
]


@pytest.mark.parametrize(("kind", "value", "mask"), SHOWN)
def test_masks(kind: str, value: str, mask: str) -> None:
    assert masked(value, kind) == mask


@pytest.mark.parametrize("kind", [*kinds(), "unknown"])
@pytest.mark.parametrize("value", ["", "1", "张", "@", "a@", "13800138000", "A" * 40, "一 二-3."])
def test_a_mask_is_as_long_and_hides_half_at_least(kind: str, value: str) -> None:
    mask = masked(value, kind)
    assert len(mask) == len(value)
    if kind != "email" and any(char.isalnum() for char in value):
        signs = sum(char.isalnum() for char in value)
        assert 2 * sum(char.isalnum() for char in mask) <= signs


def test_every_rule_is_of_a_kind_of_the_catalogue() -> None:
    assert RULES.keys() <= kinds().keys()


@pytest.mark.parametrize("length", range(7, 15))
def test_of_a_phone_six_digits_are_hidden(length: int) -> None:
    for kind in ("mobile", "landline"):
        assert masked("1" * length, kind).count(STAR) >= 6


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda d: d.kind)
def test_in_masked_text_nothing_is_found(detector: Detector) -> None:
    module = importlib.import_module(f"tests.detectors.test_{detector.kind}")
    rows = [getattr(row, "values", row) for row in module.HITS]
    hits = [text for row in rows if (text := row if isinstance(row, str) else row[0])]
    lines = [line for hit in hits for line in (hit, f"备注：{hit}，已核对")]
    assert spans(lines, DETECTORS) or not told_by_form(detector)
    masks = without(lines, DETECTORS)
    assert [len(mask) for mask in masks] == [len(line) for line in lines]
    assert spans(masks, DETECTORS) == []
