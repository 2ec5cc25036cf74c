"""Our detectors as Presidio's recognizers, and an engine that needs no model."""

from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
from presidio_analyzer import (
    AnalyzerEngine,
    EntityRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from detectors import registry
from detectors.base import Detector, Proof
from detectors.keyed import told_by_form
from detectors.presidio import entity_of
from detectors.texts import Texts

# By proof. A kind that needs a header is named by the word beside it: less sure than a check
# digit, so that an identity number behind `证件` stays one. Its form alone says little.
CHECKED, SHAPE, NAMED, NEEDY = 0.95, 0.6, 0.85, 0.2


class LastText:
    """The text that was looked at last, as `Texts`: all recognizers of one list get the same."""

    def __init__(self) -> None:
        self._held: tuple[str, Texts] | None = None

    def texts(self, text: str) -> Texts:
        """The text as one row; a lone surrogate becomes one `?`."""
        held = self._held
        if held is None or held[0] != text:
            plain = text.encode("utf-8", "replace").decode()
            held = (text, Texts(pa.array([plain], pa.large_string())))
            self._held = held
        return held[1]


class DetectorRecognizer(EntityRecognizer):  # type: ignore[misc]
    """One detector; scores follow from the proof, offsets are characters of the text."""

    def __init__(self, detector: Detector, language: str, last: LastText) -> None:
        self.detector, self._last = detector, last
        super().__init__(
            [entity_of(detector.kind)], f"picensus {detector.kind}", supported_language=language
        )

    def load(self) -> None:
        """Nothing to load."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts = None
    ) -> list[RecognizerResult]:
        """The matches in a text, as Presidio wants them."""
        del nlp_artifacts
        (entity,) = self.supported_entities
        if entities and entity not in entities:
            return []
        texts = self._last.texts(text)
        if texts.most_digits < self.detector.digits:
            return []
        found = self.detector.find(texts)
        return [
            self._result(entity, *texts.char_span(0, int(start), int(end)), int(proof))
            for start, end, proof in zip(found.starts, found.ends, found.proofs, strict=True)
        ]

    def _result(self, entity: str, start: int, end: int, proof: int) -> RecognizerResult:
        form = SHAPE if told_by_form(self.detector) else NEEDY
        proven = CHECKED if self.detector.alone else NAMED
        score = proven if proof == Proof.CHECKED else form
        names = {
            RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
        }
        return RecognizerResult(entity, start, end, score, recognition_metadata=names)


class NoModel(NlpEngine):  # type: ignore[misc]
    """An engine for language that knows nothing: no model is loaded, no word is told apart."""

    engine_name = "none"
    is_available = True

    def __init__(self, language: str) -> None:
        self.language = language

    def load(self) -> None:
        """Nothing to load."""

    def is_loaded(self) -> bool:
        """Always."""
        return True

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """No tokens, no entities."""
        del text
        return self.nothing(language)

    def process_batch(
        self,
        texts: Iterable[Any],
        language: str,
        batch_size: int = 1,
        n_process: int = 1,
        as_tuples: bool = False,
        **_: object,
    ) -> Iterator[tuple[Any, ...]]:
        """No tokens, no entities, for each text."""
        del batch_size, n_process
        for one in texts:
            nothing = self.nothing(language)
            yield (one[0], nothing, one[1]) if as_tuples else (one, nothing)

    def nothing(self, language: str) -> NlpArtifacts:
        """What an engine says that found nothing."""
        return NlpArtifacts([], [], [], [], self, language, scores=[])

    def is_stopword(self, word: str, language: str) -> bool:
        """Never."""
        del word, language
        return False

    def is_punct(self, word: str, language: str) -> bool:
        """Never."""
        del word, language
        return False

    def get_supported_entities(self) -> list[str]:
        """None."""
        return []

    def get_supported_languages(self) -> list[str]:
        """The one it was made for."""
        return [self.language]


def recognizers_of(detectors: Iterable[Detector] | None, language: str) -> list[EntityRecognizer]:
    """A recognizer for each detector; they share what they read of a text."""
    last = LastText()
    chosen = registry.load() if detectors is None else detectors
    return [DetectorRecognizer(detector, language, last) for detector in chosen]


def engine_of(detectors: Iterable[Detector] | None, language: str) -> AnalyzerEngine:
    """An engine of these recognizers alone."""
    known = RecognizerRegistry(
        recognizers=recognizers_of(detectors, language), supported_languages=[language]
    )
    return AnalyzerEngine(
        registry=known, nlp_engine=NoModel(language), supported_languages=[language]
    )
