"""Presidio's recognizers as detectors, for kinds that picensus does not have."""

import inspect
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import yaml
from presidio_analyzer import EntityRecognizer, PatternRecognizer, predefined_recognizers
from presidio_analyzer.recognizer_registry import RecognizerRegistryProvider

from detectors.base import Detector, Matches
from detectors.catalogue import Kind, kinds
from detectors.lined import Lined
from detectors.measured import TEMPLATES, chances, random
from detectors.own_kinds import own_kind
from detectors.presidio import entity_of
from detectors.presidio_out import NoModel
from detectors.shapes import PatternError, drawn_from
from detectors.texts import Texts

_MEASURED = 10_000  # look-alikes: each is looked at in Python
_CHECKED = 0.99  # Presidio's score where a check digit agrees is 1
_FORM = 0.3  # from which a form alone says something; less waits for words beside it
_RARE = 0.02  # a form that look-alikes have no more often may name a column
_HAN = re.compile("[\u3400-\u9fff]")  # to Presidio's `\b` they are letters like any other
_AROUND = re.compile(r"\(\?<?[!=](?:\[(?:\\.|[^\]\\])*\]|\\.|[^()\\\[\]])*\)")
_MODELS = ("SpacyRecognizer", "StanzaRecognizer", "TransformersRecognizer")
_LANGUAGE = "en"  # of most of Presidio's recognizers; with no model it changes nothing


class PresidioDetector(Detector):
    """Finds one entity of Presidio, text by text in Python: some 25,000 such texts a second."""

    def __init__(self, entity: str, recognizers: Sequence[EntityRecognizer]) -> None:
        self.entity, self.recognizers = entity, tuple(recognizers)
        patterns = [p.regex for one in recognizers for p in getattr(one, "patterns", ())]
        self._sieve = _sieve(patterns) if patterns and len(recognizers) == 1 else ""
        vars(self).update(
            kind=entity.lower(),
            described=_described(entity, recognizers),
            chance=0.5,
            shape_chance=0.999,
            alone=False,
        )
        templates = _templates(patterns)
        if templates:
            seen = chances(self, templates, _MEASURED)
            told = self._validated(templates)
            vars(self).update(
                chance=seen.proven if told else seen.found,
                shape_chance=seen.found,
                alone=seen.found <= _RARE,
            )

    def find(self, texts: Texts) -> Matches:
        """Every match in the texts; of Han letters Presidio sees spaces."""
        rows = np.arange(len(texts))
        if self._sieve:
            rows = np.flatnonzero(pc.match_substring_regex(texts.array, self._sieve))
        with _silent():
            spans = [span for row in rows for span in self._spans(texts, int(row))]
        if not spans:
            return Matches.none()
        starts, ends, checked = (np.array(column) for column in zip(*spans, strict=True))
        return Matches.at(texts, starts, ends, checked.astype(np.bool_))

    def _spans(self, texts: Texts, row: int) -> Iterator[tuple[int, int, bool]]:
        begin, end = int(texts.offsets[row]), int(texts.offsets[row + 1])
        text = texts.text(begin, end)
        seen = _HAN.sub(" ", text)
        nothing = NoModel(_LANGUAGE).nothing(_LANGUAGE)
        found = [
            (one.start, one.end, one.score)
            for recognizer in self.recognizers
            for one in recognizer.analyze(seen, [self.entity], nothing) or ()
            if one.entity_type == self.entity
            and (one.score >= _FORM or seen[one.start : one.end] == seen.strip())
        ]
        for first, after, score in _apart(found):
            start = begin + len(text[:first].encode())
            yield start, start + len(text[first:after].encode()), score >= _CHECKED

    def _validated(self, templates: Sequence[str]) -> bool:
        """Whether some look-alikes of its own are told to be genuine and others not to be."""
        drawn = random()
        texts = Texts(pa.array(sorted({drawn.choice(templates) for _ in range(200)})))
        refuting = any(
            type(one).validate_result is not PatternRecognizer.validate_result
            for one in self.recognizers
            if isinstance(one, PatternRecognizer)
        )
        return refuting and len(self.find(texts)) < len(texts)


def _apart(found: Sequence[tuple[int, int, float]]) -> list[tuple[int, int, float]]:
    """The spans without those that overlap a better one, or a longer one as good."""
    kept: list[tuple[int, int, float]] = []
    for one in sorted(found, key=lambda span: (-span[2], span[0] - span[1])):
        if all(one[1] <= other[0] or one[0] >= other[1] for other in kept):
            kept.append(one)
    return kept


def detectors_of(
    entities: Sequence[Lined], registry: tuple[Path, Lined] | None
) -> tuple[Detector, ...]:
    """A detector for each entity, by the recognizers of a registry or those of Presidio itself.

    Raises:
        FaultError: an entity is not known, is picensus's own, or needs a model.
    """
    own = {entity_of(kind): kind for kind in kinds()}
    listed: list[EntityRecognizer] | None = _of_registry(*registry) if registry else None
    found: list[Detector] = []
    for item in entities:
        entity = item.of(str, "each entity")
        if entity in own:
            item.fail(f"picensus finds {entity} itself, as {own[entity]}: leave it out")
        if entity.lower() in kinds():
            item.fail(f"picensus has a kind {entity.lower()} of its own: leave it out")
        some = _predefined(entity) if listed is None else listed
        fits = [one for one in some if entity in one.supported_entities]
        if not fits:
            item.fail(f"no recognizer finds {entity}: check the name, or give a registry with one")
        if any(type(one).__name__ in _MODELS for one in fits):
            item.fail(f"{entity} needs a language model: leave it out")
        found.append(PresidioDetector(entity, fits))
    return tuple(found)


def _predefined(entity: str) -> list[EntityRecognizer]:
    """Presidio's own recognizer of an entity by patterns, whatever its language."""
    for _, member in inspect.getmembers(predefined_recognizers, inspect.isclass):
        if issubclass(member, PatternRecognizer) and member is not PatternRecognizer:
            one: EntityRecognizer = member()
            if entity in one.supported_entities:
                return [one]
    return []


def _of_registry(path: Path, said: Lined) -> list[EntityRecognizer]:
    try:
        provider = RecognizerRegistryProvider(conf_file=str(path))
        return list(provider.create_recognizer_registry().recognizers)
    except (ValueError, TypeError, KeyError, AttributeError, OSError, yaml.YAMLError) as error:
        said.fail(f"Presidio does not take the registry ({type(error).__name__}): mend it")


def _described(entity: str, recognizers: Sequence[EntityRecognizer]) -> Kind:
    """The kind, by its entity's name; Presidio's words of context are weak words of headers."""
    name = entity.lower().replace("_", " ")
    _, _, bare = name.partition(" ")
    context = {word for one in recognizers for word in one.context if len(word) > 2}
    words = {
        "strong": (name,),
        "medium": (bare,) if len(bare) > 2 else (),
        "weak": tuple(sorted(context - {name, bare})),
    }
    return own_kind(entity.lower(), entity, name, "presidio", words=words)


def _templates(patterns: Sequence[str]) -> list[str]:
    """Texts of the patterns' forms, as many of each."""
    drawn = random()
    out: list[str] = []
    for pattern in patterns:
        try:
            out += drawn_from(pattern, max(1, TEMPLATES // len(patterns)), drawn)
        except PatternError:
            continue
    return [text for text in out if text]


def _sieve(patterns: Sequence[str]) -> str:
    """An RE2 that every text with a match has; empty where RE2 cannot say it."""
    joined = "|".join(_AROUND.sub("", pattern) for pattern in patterns)
    sieve = f"(?ims:{joined})"
    try:
        pc.match_substring_regex(pa.array([""]), sieve)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return ""
    return sieve


@contextmanager
def _silent() -> Iterator[None]:
    """Presidio logs values that it cannot check; nothing of that may be written."""
    logger = logging.getLogger("presidio-analyzer")
    before = logger.disabled
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = before
