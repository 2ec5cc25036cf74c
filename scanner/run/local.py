"""A scan on this machine: every dataset of every source, into the inventory."""

import fnmatch
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from connectors.base import ConnectorError, Dataset, Sampling, UnknownScheme
from connectors.registry import canonical, connect
from detectors.base import Detector
from detectors.own_kinds import own_of
from scanner.config import ConfigError, Settings, Source, expanded, shown
from scanner.inventory.own import SETTING, recorded
from scanner.inventory.store import Inventory
from scanner.model import Report, Status
from scanner.outcome import Outcome
from scanner.run.units import census

LEFT_OUT = "left out by --include or --exclude"

Progress = Callable[[Sequence[Dataset], str], Iterable[Dataset]]


def scan(
    settings: Settings,
    inventory: Inventory,
    detectors: Sequence[Detector],
    version: str,
    progress: Progress = lambda datasets, _: datasets,
) -> Outcome:
    """Scan every source of the settings; what cannot be read is recorded and passed over."""
    own = recorded(own_of(detectors).values())
    said = settings.recorded() | ({SETTING: own} if own else {})
    outcome = Outcome(inventory.begin(said, version))
    sampling = Sampling(settings.rows, settings.seed)
    finished = "interrupted"
    try:
        for source in settings.sources:
            for report in _source(
                source, settings, sampling, detectors, progress, outcome, inventory
            ):
                inventory.record(outcome.scan, report)
                outcome.statuses[report.status] = outcome.statuses.get(report.status, 0) + 1
                if report.status is Status.FAILED:
                    outcome.unread.append(f"{report.dataset.uri}: {report.reason}")
        finished = "done" if outcome.complete else "incomplete"
    finally:
        inventory.finish(outcome.scan, finished)
    return outcome


def _source(
    source: Source,
    settings: Settings,
    sampling: Sampling,
    detectors: Sequence[Detector],
    progress: Progress,
    outcome: Outcome,
    inventory: Inventory,
) -> Iterator[Report]:
    name = shown(source.url)
    try:
        url = expanded(source.url)
        name = canonical(url)
        with connect(url) as connector:
            wanted = _filter(source, settings)
            listed = list(connector.datasets())
            closed = []
            for dataset in progress(listed, name):
                report = Report(dataset, Status.SKIPPED, LEFT_OUT)
                if wanted(dataset):
                    report = census(connector, dataset, sampling, detectors)
                if report.status is Status.FAILED:
                    closed.append(dataset.uri)
                yield report
            uris = {dataset.uri for dataset in listed}
            outcome.gone += inventory.gone(outcome.scan, connector.source, uris, closed)
    except (ConnectorError, ConfigError) as error:
        outcome.broken_sources += 1
        outcome.unknown_schemes += isinstance(error, UnknownScheme)
        outcome.unread.append(f"{name}: {error}")
        inventory.source_failed(outcome.scan, name, str(error))


def _filter(source: Source, settings: Settings) -> Callable[[Dataset], bool]:
    """Whether a dataset is wanted: globs over its name, schema.name, database.name or URI."""
    include = (*settings.include, *source.include)
    exclude = (*settings.exclude, *source.exclude)

    def wanted(dataset: Dataset) -> bool:
        names = {dataset.name, dataset.uri}
        prefixes = [p for p in (dataset.schema, dataset.database) if p]
        names |= {f"{prefix}.{dataset.name}" for prefix in prefixes}
        names |= {".".join([*reversed(prefixes), dataset.name])}
        hit = [glob for name in names for glob in chain(exclude) if fnmatch.fnmatchcase(name, glob)]
        kept = not include or any(fnmatch.fnmatchcase(n, g) for n in names for g in include)
        return kept and not hit

    return wanted
