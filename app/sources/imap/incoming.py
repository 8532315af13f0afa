"""What a server says, octet by octet into lines, literals and headers: never more, longer or later than was expected.

Apart from `wire`, which has to be an imaplib.IMAP4: every look at an attribute of one takes ten times as long, and this is where a scan's octets pass.
"""

from __future__ import annotations

import re
import socket
import time

from app.sources.imap import bounds, failures
from app.sources.imap.deflate import BrokenDeflate, Deflate
from app.sources.imap.fetched import Fetched, usual

_LITERAL = re.compile(rb"~?\{(\d{1,20})\+?\}\Z")
_STATUS = re.compile(rb"(?:\* )?(?:OK|NO|BAD|BYE|PREAUTH)\b", re.IGNORECASE)


class Incoming:
    """One direction of one connection. Raises NitaqErrors only."""

    def __init__(self, host: str, port: int) -> None:
        self._name, self._port = host, port
        self._buffer, self._at = b"", 0
        self._received = self._on_the_line = 0
        self._deflate: Deflate | None = None
        self.waited = 0.0
        """Seconds spent waiting for octets."""
        self.octets = 0
        """Received in all, as they came over the line."""
        self.expect(bounds.CAPABILITIES)

    def come_from(self, sock: socket.socket, at_once: int) -> None:
        """From now on; `at_once` octets are asked for at a time."""
        self._sock, self._at_once = sock, at_once

    def expect(self, octets: int = bounds.ANSWER, line: int = bounds.LINE) -> None:
        """A command begins: bound what is received until the next call, in size, in all and of a line, and in time."""
        self._longest = line
        self._received, self._on_the_line, self._most = 0, 0, octets
        self.allow(bounds.COMMAND_SECONDS)

    def allow(self, seconds: float) -> None:
        """So much time from now on, beyond what the octets need that come."""
        self._deadline = time.monotonic() + seconds

    @property
    def unread(self) -> bytes:
        """What has been received and not read yet."""
        return self._buffer[self._at :]

    def put_before(self, octets: bytes) -> None:
        """Have these read next, as if the server had said them."""
        self._buffer, self._at = octets + self.unread, 0

    def inflate(self, deflate: Deflate) -> None:
        """Everything that has not been read yet is compressed."""
        deflate.feed(self.unread)
        self._deflate = deflate
        self._buffer, self._at = b"", 0

    def readline(self) -> bytes:
        """One line with its end."""
        while (end := self._buffer.find(b"\n", self._at)) < 0:
            if len(self._buffer) - self._at > self._longest:
                raise failures.too_large(self._name)
            self._fill()
        line = self._buffer[self._at : end + 1]
        if len(line) > self._longest:
            raise failures.too_large(self._name)
        self._at = end + 1
        return line

    def read(self, size: int) -> bytes:
        """The octets of a literal."""
        if size > bounds.LITERAL:
            raise failures.too_large(self._name)
        if len(self._buffer) - self._at < size:
            self._fill(size)
        data = self._buffer[self._at : self._at + size]
        self._at += size
        return data

    def receive(self) -> list[bytes]:
        """One answer: text, literal, text, literal … text; the literals' sizes and the line's end are taken off."""
        parts: list[bytes] = []
        while True:
            line = self.readline()
            if not line.endswith(b"\r\n"):
                raise failures.no_sense(self._name, line)
            line = line[:-2]
            literal = _LITERAL.search(line)
            if literal is None or (not parts and _STATUS.match(line)):
                parts.append(line)
                return parts
            if len(parts) >= 2 * bounds.PARTS:
                raise failures.too_large(self._name)
            parts += [line[: literal.start()], self.read(int(literal[1]))]

    def receive_fetched(self) -> list[Fetched]:
        """The headers in the usual shape that come until something else does; `receive` has all others."""
        found: list[Fetched] = []
        while True:
            self._at, octets = usual(self._buffer, self._at, found)
            if octets > bounds.LITERAL or len(found) > bounds.LINES:
                raise failures.too_large(self._name)
            if not octets and (self._buffer.find(b"\n", self._at) >= 0 or len(self._buffer) - self._at > self._longest):
                return found
            self._fill(octets)

    def _fill(self, octets: int = 0) -> None:
        """Receive more, and so much that there are as many octets to be read."""
        pieces = [self._buffer[self._at :]]
        have = len(pieces[0])
        while len(pieces) == 1 or have < octets:
            if self._received > self._most or self._on_the_line > self._most:
                raise failures.too_large(self._name)
            more = self._inflated() if self._deflate else self._recv()
            self._received += len(more)
            have += len(more)
            pieces.append(more)
        self._buffer, self._at = b"".join(pieces), 0

    def _recv(self) -> bytes:
        began = time.monotonic()
        if began > self._deadline + self._on_the_line / bounds.SLOWEST:
            raise failures.broken(TimeoutError(), self._name, self._port)
        try:
            more = self._sock.recv(self._at_once)
        except OSError as error:
            raise failures.broken(error, self._name, self._port) from None
        if not more:
            raise failures.hung_up(self._name, self._port)
        self.waited += time.monotonic() - began
        self.octets += len(more)
        self._on_the_line += len(more)
        return more

    def _inflated(self) -> bytes:
        """The next octets of a compressed line, never many at once; none where what came means nothing by itself."""
        assert self._deflate is not None
        try:
            if more := self._deflate.inflated():
                return more
            self._deflate.feed(self._recv())
            return self._deflate.inflated()
        except BrokenDeflate:
            raise failures.no_sense(self._name, b"DEFLATE") from None
