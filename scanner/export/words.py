"""What exports say about kinds, shares and texts, for people and in any format."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from detectors.catalogue import Kind, kinds
from scanner.model import Reason

STANDARDS: Mapping[str, str] = {
    "pipl": "PIPL",
    "gbt35273": "GB/T 35273",
    "gbt45574": "GB/T 45574",
}

# What XML 1.0, and so a workbook, cannot hold.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    r"""The text without control characters; every line break is `\n`."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True, slots=True)
class Known:
    """What is told about kinds: those of the catalogue, and `own`, those that plug-ins brought."""

    own: Mapping[str, Kind] = field(default_factory=dict)

    def entry(self, kind: str) -> Kind | None:
        """What a kind is; None where nobody said."""
        return kinds().get(kind) or self.own.get(kind)

    def title(self, kind: str) -> str:
        """Chinese and English: `手机号 mobile number`; the id where nobody said."""
        entry = self.entry(kind)
        if entry is None:
            return kind
        return entry.zh if entry.zh == entry.en else f"{entry.zh} {entry.en}"

    def sensitive_under(self, kind: str) -> str:
        """The standards by which a kind is sensitive: `PIPL, GB/T 35273`."""
        entry = self.entry(kind)
        under = entry.sensitive if entry else {}
        return ", ".join(name for key, name in STANDARDS.items() if under.get(key))


def percent(share: float) -> str:
    """A share in whole percents: `77 %`, `<1 %`; half a percent goes up, from 99.5 to `100 %`."""
    if 0 < share < 0.01:
        return "<1 %"
    return f"{Decimal(repr(float(share))).scaleb(2).quantize(Decimal(1), ROUND_HALF_UP)} %"


def share(prevalence: tuple[float, float] | None) -> str:
    """An interval of shares in whole percents: `97–100 %`, `<1–3 %`, `<1 %`."""
    if prevalence is None:
        return ""
    low, high = map(percent, prevalence)
    if high in {low, "<1 %"}:
        return high
    return f"{low.removesuffix(' %')}–{high}"


def why(reasons: Sequence[Reason]) -> str:
    """The factors of a verdict, each with its weight in log-odds."""
    return "; ".join(f"{reason.text} ({reason.weight:+.1f})" for reason in reasons)
