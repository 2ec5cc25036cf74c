"""scrub: what a driver said, without credentials or values from the data."""

import re

_QUOTED = re.compile(
    r"""'(?:[^'\\]|\\.|'')*(?:'|$)  # a quote that nobody closes takes the rest
    | "(?:[^"\\]|\\.|"")*(?:"|$)
    | `[^`]*(?:`|$)
    | [“‘«][^”’»]*[”’»]""",
    re.VERBOSE,
)
_PARAMETERS = re.compile(r"(?<=://)[^/@\s]*@")
_SECRETS = re.compile(r"(?i)\b(password|passwd|pwd|token|secret|key)\s*[=:]\s*\S+")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+")
_TUPLE = re.compile(r"=\s*\([^)]*\)")
_DIGITS = re.compile(r"[0-9][0-9 -]{4,}[0-9]")
_TAIL = re.compile(
    r"(?s)(\[SQL:|\[parameters:|\(Background on|DETAIL:|HINT:|CONTEXT:|详细信息|\n).*"
)

LONGEST = 160  # characters of a driver's message that are kept


def scrub(message: str, *secrets: str) -> str:
    """The first line of a message with "…" for whatever may be a value or a credential.

    Quoted text goes, table names with it: a quote does not say what it holds. So do runs of
    six digits or more, mail addresses, `password=...`, the user part of URLs and `secrets`.
    """
    text = _TAIL.sub("", message.strip())
    for secret in secrets:
        if secret:
            text = text.replace(secret, "…")
    text = _PARAMETERS.sub("", text)
    text = _SECRETS.sub(r"\1=…", text)
    text = _QUOTED.sub("…", text)
    text = _TUPLE.sub("=…", text)
    text = _MAIL.sub("…", text)
    return _DIGITS.sub("…", text)[:LONGEST].strip()
