"""JSON that is broken or cut off: what stands before the fault, without recursion.

Columns cut at 2,000 characters, single quotes, trailing commas. One pass over the text; a
value that the cut runs through is left out, as nobody knows what it was.
"""

import re

from scanner.documents.values import DEEPEST, Pairs, Value, unescaped

_TOKEN = re.compile(
    r'[\s\x00]*+(?:"(?P<double>[^"\\]*+(?:\\.[^"\\]*+)*+)"'
    r"|'(?P<single>[^'\\]*+(?:\\.[^'\\]*+)*+)'"
    r"|(?P<mark>[{}\[\],:])"
    r"""|(?P<bare>[^\s{}\[\],:"']++))""",
    re.DOTALL,
)
_NOTHING = frozenset({"null", "None", "undefined"})


class _Reader:
    """The containers that are open, innermost last, and what waits for its place in them."""

    def __init__(self) -> None:
        self.root: list[Value] = []
        self.open: list[list[Value] | Pairs] = [self.root]
        self.key: str | None = None
        self.held: Value = None
        self.filled = False
        self.skipped = 0  # containers that lie too deep, now open

    def scalar(self, value: Value) -> None:
        if not self.skipped:
            self.held, self.filled = value, True

    def mark(self, mark: str) -> None:
        if mark in "{[":
            self._enter(Pairs() if mark == "{" else [])
        elif mark == ":":
            if self.filled:
                self.key, self.filled = str(self.held), False
        else:
            self.settle()
            if mark != ",":
                self._leave()

    def settle(self) -> None:
        """Puts a finished value where it belongs."""
        if self.filled:
            self._place(self.held)
        self.filled = False

    def _place(self, value: Value) -> None:
        inner = self.open[-1]
        if not isinstance(inner, Pairs):
            inner.append(value)
        elif self.key is not None:
            inner.append((self.key, value))
        self.key = None

    def _enter(self, inner: list[Value] | Pairs) -> None:
        self.filled = False
        if self.skipped or len(self.open) > DEEPEST:
            self.skipped += 1
            return
        self._place(inner)
        self.open.append(inner)

    def _leave(self) -> None:
        if self.skipped:
            self.skipped -= 1
        elif len(self.open) > 1:
            self.open.pop()
        self.key = None

    @property
    def done(self) -> bool:
        return len(self.open) == 1


def salvaged(text: str, at: int) -> tuple[Value, int]:
    """The value that begins at a position, as far as it goes, and where reading ended."""
    reader = _Reader()
    while token := _TOKEN.match(text, at):
        at = token.end()
        group = token.lastgroup or ""
        said = token[group]
        if group == "mark":
            reader.mark(said)
            if reader.done and not reader.skipped:
                break
        elif group != "bare":
            reader.scalar(unescaped(said))
        elif at < len(text):  # a bare word at the very end may be cut
            reader.scalar(None if said in _NOTHING else said)
    else:
        at = len(text)
        reader.settle()
    return (reader.root[0] if reader.root else None), at
