"""The octets between us and the server: guarded sending, and encryption before anything else is said.

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
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import NitaqError, Refused
from app.network.proxy import Proxy
from app.network.tunnel import through
from app.sources.address import ServerAddress
from app.sources.imap import bounds, failures
from app.sources.imap.commands import checked, checked_answer
from app.sources.imap.deflate import Deflate
from app.sources.imap.incoming import Incoming

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

_RECEIVE, _RECORD = 1 << 17, 1 << 14
"""Octets that are asked for at once: of a socket, and of TLS, which gives one record at a time (RFC 8446 section 5.1)."""
_GREETING = re.compile(rb"\* (OK|PREAUTH|BYE)\b[ ]?(.*)\r\n", re.IGNORECASE | re.DOTALL)


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
        self.incoming = Incoming(self._name, self._port)
        self._deflate: Deflate | None = None
        super().__init__(self._name, self._port)

    # What imaplib calls ------------------------------------------------------------------------------------------

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        """Connect, greet and encrypt; imaplib is then told that the server has greeted, and no more."""
        self.incoming.allow(bounds.GREETING_SECONDS)
        self.sock = self._connect_socket()
        self.incoming.come_from(self.sock, _RECEIVE)
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
        self.incoming.put_before(b"* OK\r\n")

    def readline(self) -> bytes:
        return self.incoming.readline()

    def read(self, size: int) -> bytes:
        return self.incoming.read(size)

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

    def compress(self) -> None:
        """The server has agreed to COMPRESS=DEFLATE: everything behind that is compressed, both ways."""
        self._deflate = Deflate()
        self.incoming.inflate(self._deflate)

    # Below -------------------------------------------------------------------------------------------------------

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
        self.incoming.come_from(self.sock, _RECORD)

    def _greet(self) -> None:
        line = self.incoming.readline()
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
            line = self.incoming.readline()
            if line.upper().startswith(b"S1 OK"):
                break
            if line.upper().startswith(b"* BYE"):
                raise failures.said_bye(line[5:], self._name)
            if not line.startswith(b"* "):
                raise self._downgrade()
        else:
            raise self._downgrade()
        if self.incoming.unread or select.select([self.sock], [], [], 0)[0]:
            raise Refused("tls.injected", host=self._name, port=self._port)
        self._encrypt()

    def _downgrade(self) -> NitaqError:
        return Refused("tls.downgrade", host=self._name, port=self._port)
