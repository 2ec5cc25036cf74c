"""What exports say about kinds, shares and texts, for people and in any format."""

import math
import re
from collections.abc import Mapping, Sequence

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


def known(kind: str) -> Kind | None:
    """The catalogue's entry; None for the kind of a plug-in that has none."""
    return kinds().get(kind)


def title(kind: str) -> str:
    """Chinese and English: `手机号 mobile number`; the id where the catalogue has none."""
    entry = known(kind)
    return f"{entry.zh} {entry.en}" if entry else kind


def sensitive_under(kind: str) -> str:
    """The standards by which a kind is sensitive: `PIPL, GB/T 35273`."""
    entry = known(kind)
    under = entry.sensitive if entry else {}
    return ", ".join(name for key, name in STANDARDS.items() if under.get(key))


def share(prevalence: tuple[float, float] | None) -> str:
    """An interval of shares: `97–100 %`, `under 1 %`; widened to whole percents."""
    if prevalence is None:
        return ""
    low, high = math.floor(100 * prevalence[0] + 1e-9), math.ceil(100 * prevalence[1] - 1e-9)
    if high <= 1:
        return "under 1 %"
    return f"{low} %" if low == high else f"{low}–{high} %"


def why(reasons: Sequence[Reason]) -> str:
    """The factors of a verdict, each with its weight in log-odds."""
    return "; ".join(f"{reason.text} ({reason.weight:+.1f})" for reason in reasons)
