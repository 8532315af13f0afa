"""A mail server on loopback that says what a script tells it, right or wrong. The log holds every line that it received.

A script is a function over a `Talk`; it runs in a thread of its own for each connection. `answering()` makes one for a server that behaves except
where the test says otherwise.
"""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import threading
from collections.abc import Callable, Container, Mapping
from types import TracebackType
from typing import NoReturn

Script = Callable[["Talk"], None]
Answer = bytes | Callable[["Talk", bytes], bytes]

CAPABILITIES = b"IMAP4rev1 SASL-IR AUTH=PLAIN"


class HungUp(Exception):
    """The client closed the connection."""


class Talk:
    """One connection as the script sees it."""

    def __init__(self, connection: socket.socket, log: list[bytes]) -> None:
        self._connection = connection
        self._log = log
        self._held = b""

    def say(self, octets: bytes) -> None:
        """Send octets as they are; `\\n` is for the script to write as CR LF."""
        self._connection.sendall(octets)

    def hear(self) -> bytes:
        """One line without CR LF."""
        while b"\n" not in self._held:
            more = self._connection.recv(65_536)
            if not more:
                raise HungUp
            self._held += more
        line, _, self._held = self._held.partition(b"\n")
        line = line.removesuffix(b"\r")
        self._log.append(line)
        return line

    def hear_some(self) -> None:
        """What has come, at least an octet; it need not be a line."""
        if not self._held and not self._connection.recv(65_536):
            raise HungUp

    def start_tls(self, context: ssl.SSLContext) -> None:
        self._connection = context.wrap_socket(self._connection, server_side=True)

    def hang_up(self) -> None:
        self._connection.close()

    def fall_silent(self) -> NoReturn:
        """Hang up when the client has: a connection that is closed over octets that nobody read is reset, and what was said last may be lost with it."""
        self._connection.shutdown(socket.SHUT_WR)
        while self._connection.recv(65_536):
            pass
        raise HungUp

    def close(self) -> None:
        self._connection.close()


class Scripted:
    """The server; a context manager. `context` given: TLS from the first octet."""

    def __init__(self, script: Script, context: ssl.SSLContext | None = None) -> None:
        self._script = script
        self._context = context
        self.log: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Scripted:
        self._start(self._accept)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        for thread in self._threads:
            thread.join(5)

    @property
    def commands(self) -> list[bytes]:
        """What was received, tags taken off."""
        return [line.partition(b" ")[2] for line in self.log]

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            self._start(lambda connection=connection: self._serve(connection))  # type: ignore[misc]

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError, HungUp):
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
                self._open.append(connection)
            talk = Talk(connection, self.log)
            try:
                self._script(talk)
            finally:
                talk.close()


def answering(
    answers: Mapping[bytes, Answer] | None = None, greeting: bytes = b"* OK ready\r\n", capabilities: bytes = CAPABILITIES, tls: ssl.SSLContext | None = None
) -> Script:
    """A server with one empty INBOX, whose UIDNEXT it tells by STATUS alone.

    `answers` by the beginning of a command, longest first; `{tag}` in them is the command's tag. An answer that is a function is called with the talk
    and the line and gives the octets to send. `tls`: the context for STARTTLS.
    """
    usual: dict[bytes, Answer] = {
        b"CAPABILITY": b"* CAPABILITY " + capabilities + b"\r\n{tag} OK done\r\n",
        b"AUTHENTICATE": b"{tag} OK done\r\n",
        b"LOGIN": b"{tag} OK done\r\n",
        b"LIST": b'* LIST (\\HasNoChildren) "/" INBOX\r\n{tag} OK done\r\n',
        b"STATUS": b"* STATUS INBOX (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 7)\r\n{tag} OK done\r\n",
        b"EXAMINE": b"* 0 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n{tag} OK [READ-ONLY]\r\n",
        b"UID SEARCH": b"* SEARCH\r\n{tag} OK done\r\n",
        b"UID FETCH": b"{tag} OK done\r\n",
        b"LOGOUT": b"* BYE\r\n{tag} OK done\r\n",
    }
    known = {**usual, **(answers or {})}

    def script(talk: Talk) -> None:
        talk.say(greeting)
        while True:
            line = talk.hear()
            tag, _, command = line.partition(b" ")
            if tls is not None and command == b"STARTTLS":
                talk.say(tag + b" OK\r\n")
                talk.start_tls(tls)
                continue
            name = max((name for name in known if command.upper().startswith(name)), key=len, default=b"")
            answer = known.get(name, b"{tag} BAD what?\r\n")
            octets = answer(talk, line) if callable(answer) else answer
            talk.say(octets.replace(b"{tag}", tag))
            if name == b"LOGOUT":
                talk.hang_up()
                return

    return script


def mailbox(messages: Mapping[int, bytes]) -> dict[bytes, Answer]:
    """Answers of a server whose INBOX holds messages by UID, for `answering()`."""
    numbers = {uid: n for n, uid in enumerate(sorted(messages), start=1)}

    def search(talk: Talk, line: bytes) -> bytes:
        by_uid = re.search(rb"UID SEARCH UID (\S+)", line)
        window = re.search(rb"UID SEARCH (\d+):(\d+)", line)
        if by_uid:
            found = [uid for uid in numbers if uid in _set(by_uid[1], max(numbers))]
        else:
            assert window is not None
            found = [uid for uid, n in numbers.items() if int(window[1]) <= n <= int(window[2])]
        return b"* SEARCH " + b" ".join(b"%d" % uid for uid in found) + b"\r\n{tag} OK done\r\n"

    def fetch(talk: Talk, line: bytes) -> bytes:
        asked = re.search(rb"UID FETCH (\S+)", line)
        assert asked is not None
        return b"".join(fetched(numbers[uid], uid, messages[uid]) for uid in numbers if uid in _set(asked[1])) + b"{tag} OK done\r\n"

    return {
        b"STATUS": b"* STATUS INBOX (MESSAGES %d UIDNEXT %d UIDVALIDITY 7)\r\n{tag} OK done\r\n" % (len(messages), max(messages, default=0) + 1),
        b"EXAMINE": b"* %d EXISTS\r\n* OK [UIDVALIDITY 7]\r\n{tag} OK [READ-ONLY]\r\n" % len(messages),
        b"UID SEARCH": search,
        b"UID FETCH": fetch,
    }


def telling_next(answers: Mapping[bytes, Answer]) -> dict[bytes, Answer]:
    """The same of a server that tells UIDNEXT when a mailbox is opened too, as real ones do."""
    status, opened = answers[b"STATUS"], answers[b"EXAMINE"]
    assert isinstance(status, bytes)
    assert isinstance(opened, bytes)
    told = re.search(rb"UIDNEXT (\d+)", status)
    assert told is not None
    return {**answers, b"EXAMINE": opened.replace(b"{tag}", b"* OK [UIDNEXT " + told[1] + b"]\r\n{tag}")}


def fetched(number: int, uid: int, header: bytes) -> bytes:
    """One answer to FETCH in the shape that servers send."""
    return b'* %d FETCH (UID %d INTERNALDATE "01-Jan-2026 10:00:00 +0000" RFC822.SIZE %d BODY[HEADER]<0> {%d}\r\n%b)\r\n' % (
        number, uid, len(header) + 20, len(header), header,
    )  # fmt: skip


def _set(text: bytes, last: int = 0) -> Container[int]:
    """`1:3,7:*`: what is in it is asked of ranges, since UIDs may be as far apart as they like."""
    ranges = []
    for part in text.split(b","):
        ends = sorted(last if end == b"*" else int(end) for end in part.split(b":"))
        ranges.append(range(ends[0], ends[-1] + 1))
    return _Union(ranges)


class _Union:
    def __init__(self, ranges: list[range]) -> None:
        self._ranges = ranges

    def __contains__(self, uid: object) -> bool:
        return any(uid in each for each in self._ranges)
