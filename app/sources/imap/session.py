"""One session with a server: IMAPClient keeps greeting, capabilities and parting; what a server could turn against us is done here."""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count, repeat
from typing import TYPE_CHECKING

import imapclient

from app.errors import NitaqError
from app.sources.imap import bounds, failures
from app.sources.imap.answers import Malformed, deleted
from app.sources.imap.fetched import Fetched, unusual
from app.sources.imap.wire import Endpoint, Wire

if TYPE_CHECKING:
    from app.sources.imap.examine import Opened

logging.getLogger("imapclient").addHandler(logging.NullHandler())
"""Else Python prints what IMAPClient says of a server's octets on standard error."""
_CAPABILITIES = re.compile(rb"\[CAPABILITY ([^\]]+)\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered to one command."""

    answers: list[list[bytes]]
    """Untagged answers without their `* `, each as `Incoming.receive` gives it; those to commands on the way at the same time are among them."""
    fetched: list[Fetched]
    """Of these answers the headers of the messages that were asked for, in the order they came."""
    status: bytes
    """OK, NO or BAD."""
    text: bytes
    """The words behind the status, response code included."""

    def of(self, kind: bytes) -> list[list[bytes]]:
        """The answers of one kind (`SEARCH`, `LIST` …), the kind taken off."""
        begin = kind + b" "
        return [[parts[0][len(begin) :], *parts[1:]] for parts in self.answers if (parts[0] + b" ")[: len(begin)].upper() == begin]


@dataclass(slots=True)
class _Waiting:
    """A command on the way: how many octets its answers may have, in all and in a line, whose headers it asks for, and what came."""

    most: int
    line: int
    uids: Set[int]
    answers: list[list[bytes]] = field(default_factory=list)
    fetched: list[Fetched] = field(default_factory=list)


class Session(imapclient.IMAPClient):  # type: ignore[misc]
    """Connected and, after `app.sources.imap.login.log_in`, signed in. Raises NitaqErrors."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._numbers = count(1)
        self._in_flight: dict[bytes, _Waiting] = {}
        self._replies: dict[bytes, Reply] = {}
        self._unwanted: set[bytes] = set()
        self._enabling = b""
        self._line = bounds.LINE
        self.compressed = False
        self.selected: Opened | None = None
        """The mailbox that is open, as it was when it was opened; None while another is being opened, and once something was deleted from it."""
        self.wire: Wire
        with self._understood():
            super().__init__(endpoint.address.host, endpoint.address.port, ssl=False, timeout=endpoint.timeout)
        self._imap.debug = 0  # imaplib would keep what was sent, passwords too

    def _create_IMAP4(self) -> Wire:
        self.wire = Wire(self._endpoint)
        return self.wire

    @property
    def host_name(self) -> str:
        return self._endpoint.address.host

    def offers(self, capability: str) -> bool:
        """Whether the server has a capability now (they differ before and after signing in)."""
        self.wire.incoming.expect(bounds.CAPABILITIES)
        with self._understood():
            offered = bool(self.has_capability(capability))
        self._expect()
        return offered

    @property
    def encrypted(self) -> bool:
        return not self._endpoint.plaintext

    def compress(self) -> bool:
        """Compress the line from now on, if the server will; nothing may be on the way."""
        if self.ask(b"COMPRESS DEFLATE", bounds.LINE).status != b"OK":
            return False
        self.wire.compress()
        self.compressed = True
        return True

    def enable(self, extension: bytes) -> None:
        """Ask for an extension, before any mailbox is open (RFC 5161 section 3.1); what the server says to it is not waited for.

        With QRESYNC it may tell with the answer to any command, in one line, what was deleted (RFC 7162 section 3.2.10).
        """
        self._line = bounds.RANGES
        self._enabling = self._begin(b"ENABLE " + extension, bounds.LINE)

    @property
    def enabling(self) -> bool:
        """Whether the server has not answered that."""
        return self._enabling in self._in_flight

    @property
    def enabled(self) -> bool:
        """Whether it has agreed."""
        return self._enabling in self._replies and self._replies[self._enabling].status == b"OK"

    @property
    def closed(self) -> bool:
        """Whether the connection is known to be over."""
        return self.wire.sock.fileno() < 0

    def signed_in(self, reply: Reply) -> None:
        """Capabilities from before do not count any more; those that came with the OK save asking (RFC 9051 section 7.1)."""
        self._imap.state = "AUTH"
        told = _CAPABILITIES.match(reply.text)
        words = [parts[0] for parts in reply.of(b"CAPABILITY")] + ([told[1]] if told else [])
        self._cached_capabilities = tuple(words[-1].upper().split()) if words else None

    def ask(self, command: bytes, most: int = bounds.ANSWER, line: int = bounds.LINE, uids: Set[int] = frozenset()) -> Reply:
        """One command, its whole answer; `uids` are those whose headers it asks for. NO and BAD are in the reply."""
        return self._reply_to(self._begin(command, most, line, uids))

    def demand(self, command: bytes, most: int = bounds.ANSWER, line: int = bounds.LINE) -> Reply:
        """One command that has to be answered with OK. Raises WorldError."""
        return self.accepted(self.ask(command, most, line))

    def accepted(self, reply: Reply) -> Reply:
        """The same, if it is OK. Raises WorldError."""
        if reply.status != b"OK":
            raise failures.refused_command(reply.text, self.host_name)
        return reply

    def converse(self, command: bytes, answer: Callable[[bytes], bytes]) -> Reply:
        """One command during which the server asks back; `answer` turns a challenge into the line to send."""
        return self._reply_to(self._begin(command, bounds.LINE), answer)

    def ask_all(
        self, commands: Iterable[bytes], most: int = bounds.ANSWER, in_flight: int = bounds.IN_FLIGHT, uids: Iterable[Set[int]] = repeat(frozenset())
    ) -> Iterator[Reply]:
        """Commands in order, some of them on the way at once; one reply each, `most` octets each, with the headers of its `uids`.

        Other commands may be asked in between, and it may be left in the middle.
        """
        mine: deque[bytes] = deque()
        try:
            for command, asked in zip(commands, uids, strict=False):
                reply = self._reply_to(mine.popleft()) if len(mine) >= in_flight else None
                mine.append(self._begin(command, most, uids=asked))  # before the reply is worked on: the server goes on meanwhile
                if reply:
                    yield reply
            while mine:
                yield self._reply_to(mine.popleft())
        finally:
            self._unwanted.update(mine)

    def _begin(self, command: bytes, most: int, line: int = bounds.LINE, uids: Set[int] = frozenset()) -> bytes:
        if command.startswith(b"EXAMINE "):
            self.selected = None
        tag = b"N%d" % next(self._numbers)
        self._in_flight[tag] = _Waiting(most, line, uids)
        self._expect()
        self.wire.send(b"%b %b\r\n" % (tag, command))
        return tag

    def _expect(self) -> None:
        waiting = self._in_flight.values()
        self.wire.incoming.expect(sum(each.most for each in waiting), max([self._line, *(each.line for each in waiting)]))

    def _reply_to(self, tag: bytes, answer: Callable[[bytes], bytes] | None = None) -> Reply:
        """Read until a command is done. Replies to others that come first are kept for those who asked."""
        while tag not in self._replies:
            done, reply = self._read(answer)
            self._expect()
            if done in self._unwanted:
                self._unwanted.discard(done)
            else:
                self._replies[done] = reply
        return self._replies.pop(tag)

    def _read(self, answer: Callable[[bytes], bytes] | None) -> tuple[bytes, Reply]:
        """Read until any command is done.

        A server may work on several commands at once and mix the answers (RFC 3501 section 5.5; Dovecot does), so that each
        untagged answer is kept for all of them, and whoever asked takes out what is theirs; headers are kept for those that asked for them.
        """
        while True:
            if fetched := self.wire.incoming.receive_fetched():
                self._keep_fetched(fetched)
            parts = self.wire.incoming.receive()
            line = parts[0]
            if line.startswith(b"* "):
                if line[2:5].upper() == b"BYE":
                    self.wire.shutdown()
                    raise failures.said_bye(line[5:], self.host_name)
                parts[0] = line[2:]
                self._keep(parts)
            elif answer and line[:1] == b"+":
                self.wire.answer(answer(line[1:].strip()) + b"\r\n")
            else:
                tag, status, text = (*line.split(b" ", 2), b"", b"")[:3]
                if tag not in self._in_flight or status.upper() not in (b"OK", b"NO", b"BAD"):
                    raise failures.no_sense(self.host_name, line)
                done = self._in_flight.pop(tag)
                return tag, Reply(done.answers, done.fetched, status.upper(), text)

    def _keep(self, parts: list[bytes]) -> None:
        try:
            fetched = unusual(parts)
        except Malformed:
            raise failures.no_sense(self.host_name, parts[0]) from None
        if fetched is not None:
            self._keep_fetched([fetched])
            return
        if deleted(parts):
            self.selected = None
        for waiting in self._in_flight.values():
            waiting.answers.append(parts)
            if len(waiting.answers) > bounds.LINES:
                raise failures.too_large(self.host_name)

    def _keep_fetched(self, fetched: list[Fetched]) -> None:
        for waiting in self._in_flight.values():
            waiting.fetched += [each for each in fetched if each.uid in waiting.uids]
            if len(waiting.fetched) > bounds.LINES:
                raise failures.too_large(self.host_name)

    def part(self) -> None:
        """Say goodbye if that can be done at once, and hang up."""
        with suppress(Exception):
            if not self._in_flight:
                self.wire.incoming.expect(bounds.LINE)
                self.wire.sock.settimeout(1.0)
                self.logout()
        with suppress(Exception):
            self.shutdown()

    @contextmanager
    def _understood(self) -> Iterator[None]:
        """imaplib and IMAPClient fail in many ways over hostile answers; to the user all of them are one."""
        try:
            yield
        except NitaqError:
            raise
        except Exception as error:
            raise failures.no_sense(self._endpoint.address.host, str(error).encode("utf-8", "replace")) from error
