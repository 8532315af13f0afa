"""The octets between us and the server: bounded reading, guarded sending, and encryption before anything else is said.

It stands where imaplib keeps its socket (`open`, `read`, `readline`, `send`, `shutdown`), so that IMAPClient's session runs over it. The greeting
and STARTTLS are settled here before imaplib sees a single octet: nothing that was said without encryption can linger in its memory.
"""

from __future__ import annotations

import imaplib
import ipaddress
import re
import select
import socket
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import NitaqError, Refused
from app.network.proxy import Proxy
from app.network.tunnel import through
from app.sources.address import ServerAddress
from app.sources.imap import bounds, failures
from app.sources.imap.commands import checked, checked_answer
from app.sources.imap.deflate import BrokenDeflate, Deflate
from app.sources.imap.fetched import Fetched, usual

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

_RECEIVE, _RECORD = 1 << 17, 1 << 14
"""Octets that are asked for at once: of a socket, and of TLS, which gives one record at a time (RFC 8446 section 5.1)."""
_GREETING = re.compile(rb"\* (OK|PREAUTH|BYE)\b[ ]?(.*)\r\n", re.IGNORECASE | re.DOTALL)
_LITERAL = re.compile(rb"~?\{(\d{1,20})\+?\}\Z")
_STATUS = re.compile(rb"(?:\* )?(?:OK|NO|BAD|BYE|PREAUTH)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to connect, and how."""

    address: ServerAddress
    context: ssl.SSLContext
    timeout: float
    """Seconds of silence before giving up."""
    plaintext: bool = False
    """Without encryption, to a loopback address only, and through no proxy."""
    proxy: Proxy | None = None


class Wire(imaplib.IMAP4):
    """One connection. Raises NitaqErrors only: nothing else gets past a reading or sending method."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._name, self._port = endpoint.address.host, endpoint.address.port
        self._buffer, self._at = b"", 0
        self._at_once = _RECEIVE
        self._received = self._on_the_line = 0
        self._deflate: Deflate | None = None
        self.waited = 0.0
        """Seconds spent waiting for octets."""
        self.octets = 0
        """Received in all, as they came over the line."""
        self._deadline = 0.0
        self.expect(bounds.CAPABILITIES)
        super().__init__(self._name, self._port)

    # What imaplib calls ------------------------------------------------------------------------------------------

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        """Connect, greet and encrypt; imaplib is then told that the server has greeted, and no more."""
        self._deadline = time.monotonic() + bounds.GREETING_SECONDS
        self.sock = self._connect_socket()
        try:
            if self._endpoint.address.scheme == "imaps":
                self._encrypt()
                self._greet()
            else:
                self._greet()
                if not self._endpoint.plaintext:
                    self._start_tls()
            self.sock.settimeout(self._endpoint.timeout)
        except BaseException:
            self.sock.close()
            raise
        self._buffer, self._at = b"* OK\r\n" + self._buffer[self._at :], 0

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

    def send(self, data: Buffer) -> None:
        """One whole command of the allow-list."""
        self._send(checked(bytes(data)))

    def shutdown(self) -> None:
        self.sock.close()

    def _check_bye(self) -> None:
        """imaplib's own forgets what a goodbye was for."""
        if bye := self.untagged_responses.get("BYE"):
            text = bye[-1]
            raise failures.said_bye(text if isinstance(text, bytes) else b"".join(text), self._name)

    # What the session calls --------------------------------------------------------------------------------------

    def answer(self, data: bytes) -> None:
        """The answer to a challenge."""
        self._send(checked_answer(data))

    def expect(self, octets: int = bounds.ANSWER, line: int = bounds.LINE) -> None:
        """A command begins: bound what is received until the next call, in size, in all and of a line, and in time."""
        self._longest = line
        self._received, self._on_the_line, self._most = 0, 0, octets
        self._deadline = time.monotonic() + bounds.COMMAND_SECONDS

    def compress(self) -> None:
        """The server has agreed to COMPRESS=DEFLATE: everything behind that is compressed, both ways."""
        self._deflate = Deflate(self._buffer[self._at :])
        self._buffer, self._at = b"", 0

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

    # Below -------------------------------------------------------------------------------------------------------

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
            more = self.sock.recv(self._at_once)
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

    def _send(self, data: bytes) -> None:
        try:
            self.sock.sendall(self._deflate.deflated(data) if self._deflate else data)
        except OSError as error:
            raise failures.broken(error, self._name, self._port) from None

    def _connect_socket(self) -> socket.socket:
        proxy, seconds = self._endpoint.proxy, min(bounds.GREETING_SECONDS, self._endpoint.timeout)
        try:
            if proxy and not self._endpoint.plaintext:
                made = through(proxy, self._name, self._port, seconds)
            else:
                made = socket.create_connection((self._name, self._port), seconds)
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            raise failures.broken(error, self._name, self._port) from None
        except UnicodeError:
            raise failures.broken(socket.gaierror(), self._name, self._port) from None
        if self._endpoint.plaintext and not ipaddress.ip_address(made.getpeername()[0].partition("%")[0]).is_loopback:
            made.close()
            raise self._downgrade()
        return made

    def _encrypt(self) -> None:
        try:
            self.sock = self._endpoint.context.wrap_socket(self.sock, server_hostname=self._name)
        except OSError as error:
            raise failures.no_tls(error, self._name, self._port) from None
        self._at_once = _RECORD

    def _greet(self) -> None:
        line = self.readline()
        greeting = _GREETING.fullmatch(line)
        if greeting is None:
            raise failures.no_sense(self._name, line)
        kind = greeting[1].upper()
        if kind == b"BYE":
            raise failures.said_bye(greeting[2], self._name)
        if kind == b"PREAUTH":
            raise Refused("auth.preauth", host=self._name, port=self._port)

    def _start_tls(self) -> None:
        """RFC 3501 section 6.2.1; RFC 8314 does without, and RFC 9051 section 11.1 says why nothing from before may be kept."""
        self.send(b"S1 STARTTLS\r\n")
        for _ in range(10):
            line = self.readline()
            if line.upper().startswith(b"S1 OK"):
                break
            if line.upper().startswith(b"* BYE"):
                raise failures.said_bye(line[5:], self._name)
            if not line.startswith(b"* "):
                raise self._downgrade()
        else:
            raise self._downgrade()
        if self._buffer[self._at :] or select.select([self.sock], [], [], 0)[0]:
            raise Refused("tls.injected", host=self._name, port=self._port)
        self._encrypt()

    def _downgrade(self) -> NitaqError:
        return Refused("tls.downgrade", host=self._name, port=self._port)
