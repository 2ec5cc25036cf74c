"""How a scan went."""

from dataclasses import dataclass, field

from scanner.model import Status


@dataclass(slots=True)
class Outcome:
    """How a scan went: datasets by status, and sources that could not be opened at all.

    `gone` counts those that an earlier scan found and that are in their source no more.
    """

    scan: int = 0
    statuses: dict[Status, int] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    unknown_schemes: int = 0
    broken_sources: int = 0
    gone: int = 0

    @property
    def done(self) -> int:
        """Datasets that were read, those that turned out empty included."""
        return self.statuses.get(Status.READ, 0) + self.statuses.get(Status.EMPTY, 0)

    @property
    def complete(self) -> bool:
        """True where nothing failed; what was skipped on purpose is no failure."""
        return not self.broken_sources and not self.statuses.get(Status.FAILED)
