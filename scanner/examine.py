"""A batch of rows becomes a Profile: counts only. Pure, so threads and Spark can map it."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import count

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from detectors.base import Detector, Evidence, Matches, Proof
from detectors.catalogue import kinds
from detectors.ciphers import short_digests, urlsafe
from detectors.distinct import NONE, Distinct
from detectors.forms import FORMS, alike, forms, inner_numbers
from detectors.how import How
from detectors.images import binary_images
from detectors.keyed import KeyedDetector
from detectors.keys import keys
from detectors.states import Stored, states
from detectors.texts import Ints, Texts
from scanner.digests import unsalted
from scanner.documents.escapes import decoded
from scanner.documents.leaves import documents
from scanner.model import ColumnProfile, Profile

_BLANK, _PLACEHOLDER = FORMS.index("blank"), FORMS.index("placeholder")
_LISTS = (
    pa.types.is_list,
    pa.types.is_large_list,
    pa.types.is_fixed_size_list,
    pa.types.is_list_view,
    pa.types.is_large_list_view,
)


_COMMON = 0.5  # a form that so many look-alikes have says nothing by itself
_DOCUMENT = "certificate_no"  # the number of any document
_UNUSUAL = 0.1  # of look-alikes have the form
_LISTED = 0.5  # after what is proven by itself, before what has the form alone


def examine(batch: pa.RecordBatch | pa.Table, detectors: Sequence[Detector]) -> Profile:
    """Counts for every column of the batch, nested ones by path (`orders[].phone`).

    JSON, forms and XML inside a text are counted by path too, beside the text as a whole.
    Two columns of one path stay two: the second one's path goes on with ` (2)`.
    """
    columns: dict[str, ColumnProfile] = {}
    texts: dict[str, pa.Array] = {}
    side_by_side: dict[str, pa.Array] = {}  # one value a row
    for name, whole in zip(batch.schema.names, batch.columns, strict=True):
        for path, array in leaves(name, whole):
            free = _free(path, columns)
            texts[free] = array
            columns[free] = _column(decoded(array), detectors)
            if "[]" not in path[len(name) :]:
                side_by_side[free] = array
    for path, proven in unsalted(side_by_side, columns).items():
        columns[path] = replace(columns[path], unsalted=proven)
    for path, array in texts.items():
        for inner, values in documents(array):
            columns[_free(path + inner, columns)] = _column(values, detectors)
    return Profile(batch.num_rows, columns)


def _free(path: str, taken: Container[str]) -> str:
    """The path, numbered where it is taken."""
    if path not in taken:
        return path
    return next(f"{path} ({n})" for n in count(2) if f"{path} ({n})" not in taken)


def leaves(path: str, array: pa.Array | pa.ChunkedArray) -> Iterator[tuple[str, pa.Array]]:
    """The flat arrays inside a column, each with its path; a flat column is its own leaf."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    kind = array.type
    if pa.types.is_struct(kind):
        for field, child in zip(kind, array.flatten(), strict=True):
            yield from leaves(f"{path}.{field.name}", child)
    elif pa.types.is_map(kind):
        # Keys and items are those of the whole array, whichever part of it this is.
        first, last = array.offsets[0].as_py(), array.offsets[-1].as_py()
        yield from leaves(f"{path}[].key", array.keys[first:last])
        yield from leaves(f"{path}[].value", array.items[first:last])
    elif any(is_list(kind) for is_list in _LISTS):
        yield from leaves(f"{path}[]", array.flatten())
    elif pa.types.is_run_end_encoded(kind):
        yield from leaves(path, pc.run_end_decode(array))
    elif isinstance(array, pa.ExtensionArray):
        yield from leaves(path, array.storage)
    else:
        yield path, array


def _column(array: pa.Array, detectors: Sequence[Detector]) -> ColumnProfile:
    if array.null_count == len(array):
        return ColumnProfile(len(array), len(array))
    texts = Texts.of(array)
    codes = forms(texts)
    silent = codes == _PLACEHOLDER
    filled = (codes != _BLANK) & ~silent
    counts = texts.counts
    undecoded = len(array) - array.null_count - int(counts.sum())  # binary that is no text
    classes = alike(texts, codes)
    stored = states(texts)
    speaking = filled.copy()
    for one in stored:
        speaking[one.rows] = False
    found = ((d, matches.take(speaking[matches.rows])) for d, matches in _found(texts, detectors))
    seen = _seen(texts, filled, classes)
    distinct = int(filled.sum()) if seen.many else len(seen) or int(bool(undecoded))
    return ColumnProfile(
        values=len(array),
        nulls=array.null_count,
        blank=int(counts[codes == _BLANK].sum()),
        texts=int(filled.sum()) + bool(undecoded),
        distinct=distinct,
        characters=int((texts.chars * counts).sum()),
        forms=_forms(codes[filled], counts[filled], undecoded, array),
        classes=dict(Counter(classes[filled].tolist())),
        numbers=inner_numbers(texts),
        states=_by_state(stored, counts),
        stored=_different(texts, stored),
        evidence={
            detector.kind: Evidence.of(
                texts,
                matches,
                classes,
                detector.marks(texts, matches) if detector.marked else None,
                _told(texts, detector, matches),
            )
            for detector, matches in compete(found)
            if len(matches)
        },
        placeholders=int(counts[silent].sum()),
        hows=_by_way(stored, counts),
        short=int(counts[short_digests(texts)].sum()),
        urlsafe=int(counts[urlsafe(texts, speaking)].sum()),
        seen=seen,
    )


def _told(texts: Texts, detector: Detector, matches: Matches) -> npt.NDArray[np.bool_] | None:
    """Which matches a word before them names; None of kinds too common for a word to prove one."""
    sure = matches.proofs == Proof.CHECKED
    rare = sure | (detector.shape_chance <= _UNUSUAL)
    common = isinstance(detector, KeyedDetector) or detector.words or not detector.alone
    if common or detector.chance > _UNUSUAL or not rare.any():
        return None
    starts, _ = texts.shared(keys).of(naming(detector.kind))
    named: npt.NDArray[np.bool_] = np.isin(matches.starts, starts) & rare
    return named


@cache
def naming(kind: str) -> frozenset[str]:
    """The kinds whose words name a value of this kind: its own, and `证件号` for a document's."""
    known = kinds()
    document = kind in known and known[kind].group == known[_DOCUMENT].group
    return frozenset({kind, _DOCUMENT}) if document else frozenset({kind})


def _seen(texts: Texts, filled: npt.NDArray[np.bool_], classes: Ints) -> Distinct:
    """The different values, white space around them left out, by class of look-alikes."""
    cores = texts.cores.take(filled)
    return Distinct.of(texts, cores.starts, cores.ends, classes[filled])


def _forms(
    codes: npt.NDArray[np.uint8], counts: Ints, undecoded: int, array: pa.Array
) -> dict[str, int]:
    """Values by form; those that are no text are pictures or any binary."""
    tally = np.bincount(codes, weights=counts, minlength=len(FORMS)).astype(np.int64)
    if undecoded:
        pictures = min(binary_images(array), undecoded)
        tally[FORMS.index("image")] += pictures
        tally[FORMS.index("binary")] += undecoded - pictures
    return {form: int(n) for form, n in zip(FORMS, tally, strict=True) if n}


def _by_state(stored: Sequence[Stored], counts: Ints) -> dict[tuple[str, str], int]:
    tally: Counter[tuple[str, str]] = Counter()
    for one in stored:
        tally[one.state, one.kind] += int(counts[one.rows].sum())
    return {key: n for key, n in tally.items() if n}


def _different(texts: Texts, stored: Sequence[Stored]) -> dict[tuple[str, str], Distinct]:
    found: dict[tuple[str, str], Distinct] = {}
    for one in stored:
        cores = texts.cores.take(one.rows)
        key = one.state, one.kind
        found[key] = found.get(key, NONE) + Distinct.of(texts, cores.starts, cores.ends)
    return {key: distinct for key, distinct in found.items() if len(distinct)}


def _by_way(stored: Sequence[Stored], counts: Ints) -> dict[tuple[str, str, How], int]:
    tally: Counter[tuple[str, str, How]] = Counter()
    for one in stored:
        tally[one.state, one.kind, one.how] += int(counts[one.rows].sum())
    return dict(tally)


def _found(texts: Texts, detectors: Sequence[Detector]) -> Iterator[tuple[Detector, Matches]]:
    for detector in detectors:
        if texts.most_digits >= detector.digits:
            yield detector, detector.find(texts)


def compete(
    found: Iterable[tuple[Detector, Matches]],
) -> Iterator[tuple[Detector, Matches]]:
    """The matches that no stronger one overlaps: proven before shaped, then the rarer chance.

    So an ID number that happens to pass a bank card's check digit counts as an ID alone. Forms
    that need a header (`alone` is False, a code of a `KeyedDetector`, or what half of all
    look-alikes have) give way to all others and not to each other: the header chooses. But
    terms out of a list (高中) are no names, though the form of one fits.
    """
    tiers: list[tuple[float, float, Detector, Matches]] = []
    for detector, matches in found:
        proven = matches.proofs == Proof.CHECKED
        needy = 0.0 if detector.alone else _LISTED if detector.enumerated else 2.0
        keyed = isinstance(detector, KeyedDetector)
        vague = 2 * (not detector.alone or keyed or detector.shape_chance >= _COMMON)
        tiers.append((needy, detector.chance, detector, matches.take(proven)))
        tiers.append((vague + 1, detector.shape_chance, detector, matches.take(~proven)))
    starts, ends = np.zeros(0, np.int64), np.zeros(0, np.int64)
    kept: dict[Detector, list[Matches]] = {}
    for tier, _, detector, matches in sorted(tiers, key=lambda tier: tier[:2]):
        before = np.searchsorted(starts, matches.ends) - 1
        taken = ends[before] > matches.starts if len(ends) else np.zeros(0, np.bool_)
        free = matches.take(~((before >= 0) & taken)) if len(taken) else matches
        kept.setdefault(detector, []).append(free)
        if tier < 2 and len(free):
            starts = np.concatenate((starts, free.starts))
            order = np.argsort(starts, kind="stable")
            starts, ends = starts[order], np.concatenate((ends, free.ends))[order]
    for detector, parts in kept.items():
        yield detector, _joined(parts)


def _joined(parts: Sequence[Matches]) -> Matches:
    columns = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("rows", "starts", "ends", "proofs")
    )
    joined = Matches(*columns)
    return joined.take(np.argsort(joined.starts, kind="stable"))
