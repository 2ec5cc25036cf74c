"""Presidio, both ways: our detectors as its recognizers, and its recognizers as detectors.

    from detectors.presidio import analyzer
    analyzer().analyze("手机13800138000", language="zh")

Nothing here imports Presidio before a function is called: that takes over a second.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from detectors.catalogue import kinds

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine, EntityRecognizer

    from detectors.base import Detector
    from detectors.lined import Lined

LANGUAGE = "zh"
# Kinds for which Presidio has a name of its own; any other is `CN_` and the id in capitals.
ENTITIES = MappingProxyType(
    {
        "name": "PERSON",
        "address": "LOCATION",
        "region": "LOCATION",
        "mobile": "PHONE_NUMBER",
        "landline": "PHONE_NUMBER",
        "email": "EMAIL_ADDRESS",
        "ip": "IP_ADDRESS",
        "bank_card": "CREDIT_CARD",
    }
)


def entity_of(kind: str) -> str:
    """The name of a kind in Presidio: `PERSON`, `CN_ID_CARD`; a plug-in's own kind has no `CN_`."""
    if kind in ENTITIES:
        return ENTITIES[kind]
    return f"CN_{kind.upper()}" if kind in kinds() else kind.upper()


def recognizers(
    detectors: Iterable[Detector] | None = None, language: str = LANGUAGE
) -> list[EntityRecognizer]:
    """A Presidio recognizer for each detector (all that are installed, where none are given)."""
    from detectors.presidio_out import recognizers_of  # noqa: PLC0415 (heavy: only when used)

    return recognizers_of(detectors, language)


def analyzer(
    detectors: Iterable[Detector] | None = None, language: str = LANGUAGE
) -> AnalyzerEngine:
    """An `AnalyzerEngine` of these recognizers alone: no model, no download, no network."""
    from detectors.presidio_out import engine_of  # noqa: PLC0415

    return engine_of(detectors, language)


def from_yaml(said: Lined, folder: Path) -> tuple[Detector, ...]:
    """Detectors out of `presidio: [US_SSN]` or `presidio: {registry: FILE, entities: [...]}`.

    A registry's path is relative to `folder`.

    Raises:
        FaultError: an entity is not known, is picensus's own, or needs a model.
    """
    from detectors.presidio_in import detectors_of  # noqa: PLC0415

    if isinstance(said.value, list):
        return detectors_of(said.items("presidio"), None)
    parts = said.mapping("presidio")
    for odd in parts.keys() - {"registry", "entities"}:
        parts[odd].fail(f"presidio has no '{odd}': it has `registry` and `entities`")
    if "entities" not in parts:
        said.fail("presidio needs `entities`: name those to look for")
    registry = None
    if "registry" in parts:
        path = folder / parts["registry"].of(str, "registry")
        if not path.is_file():
            parts["registry"].fail("there is no such registry file: its path counts from this file")
        registry = (path, parts["registry"])
    return detectors_of(parts["entities"].items("entities"), registry)
