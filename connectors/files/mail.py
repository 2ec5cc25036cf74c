"""E-mail: a message or mailbox is a table of messages, and a folder of what is attached to them."""

import io
import json
import re
from abc import abstractmethod
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import BinaryIO, cast

from connectors.base import UnreadableData
from connectors.files import mail_text
from connectors.files.archive import MEMBERS, Archive, Member, distinct
from connectors.files.content import Content

TABLE = "messages.jsonl"
_LONGEST = 256 << 20  # bytes of one message
_BLOCK = 1 << 20
_BEGINS = re.compile(rb"\s*(?:>?From [^\n]*\n)?(?:[!-9;-~]+:[^\n]*\n?|\s)")
_TOO_LONG = f"a message of more than {_LONGEST >> 20} MB: save its files beside it"


class _Messages(Archive):
    """Messages, each with its place in the file."""

    def __init__(self, content: Content) -> None:
        super().__init__(content)
        self._content = content
        head = content.head(1 << 16)
        if head and (b"\0" in head or not _BEGINS.match(head)):
            raise UnreadableData(f"'{content.name}' is no e-mail: give it its proper name")
        self._parts: dict[str, tuple[int, int]] = {}  # message and part of what is attached
        self._members: list[Member] | None = None
        self._passing: Generator[Message, None, None] | None = None  # the messages from `_at` on
        self._at, self._last_read = -1, cast("Message | None", None)

    def members(self) -> list[Member]:
        """The table of the messages, and the files attached to them."""
        if self._members is None:
            self._members = [Member(TABLE, self._content.size), *self._attached()]
        return self._members

    @abstractmethod
    def messages(self) -> Generator[bytes, None, None]:
        """Each message as it was sent."""

    def _attached(self) -> Iterator[Member]:
        found: list[tuple[str, int, int, int, datetime | None]] = []
        for number, message in enumerate(self._read()):
            sent = _date(message)
            for place, part in enumerate(mail_text.parts(message)):
                if mail_text.attached(part):
                    size = len(mail_text.data(part))
                    found.append((mail_text.file_name(part), size, number, place, sent))
            if len(found) > MEMBERS:
                break
        names = islice(distinct(iter([TABLE, *(f[0] for f in found)])), 1, None)
        for name, one in zip(names, found[:MEMBERS], strict=False):
            self._parts[name] = one[2], one[3]
            yield Member(name, one[1], one[4], "" if one[1] <= _LONGEST else _TOO_LONG)
        if len(found) > MEMBERS:
            skip = f"more than {MEMBERS:,} files are attached, and the others are not read"
            yield Member("other attachments", 0, None, skip)

    def _bytes(self, member: Member, shown: str) -> bytes:
        if member.name not in self._parts:
            return b"".join(self._lines())
        number, place = self._parts[member.name]
        message = self._message(number)
        if message is None:
            raise UnreadableData(f"'{shown}' is not there any more: scan again")
        return mail_text.data(list(mail_text.parts(message))[place])

    def _message(self, number: int) -> Message | None:
        """That message; from the one asked for before on, as attachments are asked for in order."""
        if self._passing is None or self._at > number:
            self.close()
            self._passing, self._at, self._last_read = self._read(), -1, None
        while self._at < number:
            self._at, self._last_read = self._at + 1, next(self._passing, None)
        return self._last_read

    def close(self) -> None:
        """Let go of the file."""
        if self._passing is not None:
            self._passing.close()
            self._passing = None

    def _large(self, member: Member, shown: str) -> Content:
        """The table of a large mailbox; attached files are never as large."""

        def opens() -> BinaryIO:
            return cast("BinaryIO", io.BufferedReader(_Lines(self._lines()), _BLOCK))

        return Content(shown, member.size, opens, seeks=False)

    def _lines(self) -> Iterator[bytes]:
        for message in self._read():
            row = json.dumps(mail_text.row(message), ensure_ascii=False)
            yield row.encode("utf-8", "replace") + b"\n"

    def _read(self) -> Generator[Message, None, None]:
        with closing(self.messages()) as messages:
            yield from map(message_from_bytes, messages)


class Mail(_Messages):
    """One message."""

    def __init__(self, content: Content) -> None:
        super().__init__(content)
        if content.size > _LONGEST:
            raise UnreadableData(f"'{self.name}' is {_TOO_LONG}")

    def messages(self) -> Generator[bytes, None, None]:
        """The message."""
        yield self._content.whole()


class Mailbox(_Messages):
    """Many messages, each of which begins with a line `From `."""

    def messages(self) -> Generator[bytes, None, None]:
        """Each message; the rest of one that is far too long is left out."""
        held: list[bytes] = []
        size, blank = 0, True
        with self._content.opens() as stream:
            while line := stream.readline(_BLOCK):
                if blank and line.startswith(b"From ") and held:
                    yield b"".join(held)
                    held, size = [], 0
                size += len(line)
                if size <= _LONGEST and not (not held and line.startswith(b"From ")):
                    held.append(line.removeprefix(b">") if line.startswith(b">From ") else line)
                blank = line in {b"\n", b"\r\n"}
        if held:
            yield b"".join(held)


class _Lines(io.RawIOBase):
    """Lines as a stream."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines, self._rest = lines, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        self._rest = self._rest or next(self._lines, b"")
        given = self._rest[: len(buffer)]
        self._rest = self._rest[len(given) :]
        buffer[: len(given)] = given
        return len(given)


def _date(message: Message) -> datetime | None:
    try:
        sent = parsedate_to_datetime(str(message["date"]))
    except (ValueError, TypeError, IndexError):
        return None
    return sent if sent.tzinfo else sent.replace(tzinfo=UTC)
