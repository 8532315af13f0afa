"""Throw mutated answers at the reader of a server's responses, in whole audits: `python -m tests.fuzz.fuzz_imap [seconds] [seed]`.

Each audit talks to a server that answers every command properly except that octets, lines and pieces of its answers are changed, moved or
missing. The audit must end with books or with one of the errors that the interface names, and having sent nothing but allowed commands. Prints
the seed of the first that does not, and exits with 1.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from unittest import mock

from app.errors import NitaqError
from app.model import Facts, Scan, ScanStatus
from app.scan import Scanner, ScanOptions
from app.sources import Connection, open_source
from app.sources.imap import bounds
from app.sources.imap.answers import Malformed, internal_date, number, pairs, values
from app.sources.imap.commands import checked
from app.sources.imap.wire import Wire
from app.store.cache import Cache

COUNT = 12
HEADER = b"From: Sara <sara%d@shop.example>\r\nSubject: =?utf-8?B?2LPZhA==?=\r\n\r\n"
PIECES = (
    *(bytes((octet,)) for octet in b"()[]{}<>\"\\*+% \r\n\0\xff0A"),
    *(b"\r\n", b"* ", b"NIL", b"{3}\r\nabc", b"{99999999999}\r\n", b"{-1}\r\n", b"{0}\r\n", b"~{2}\r\nxy", b"(" * 60, b"\\", b'"', b"4294967296", b"-1", b"0"),
    *(b"* BYE x\r\n", b"* OK [ALERT] \x1b[31mx\r\n", b"* 7 EXPUNGE\r\n", b"* 99 EXISTS\r\n", b"* OK [UIDVALIDITY 9] x\r\n", b"* PREAUTH x\r\n", b"+ \r\n"),
    *(b"UID ", b"BODY[HEADER]", b"FETCH ", b"* 3 FETCH (UID 3 BODY[HEADER] NIL)\r\n", b"[CLOSED]", b"[THROTTLED]", b"[UNAVAILABLE]", b" NO ", b" BAD "),
)


class FuzzedServer:
    """What `Wire` takes for its socket: it answers at once, in memory, and hangs up where it has nothing to say."""

    def __init__(self, rng: random.Random, rate: float) -> None:
        self._rng, self._rate = rng, rate
        self._out = b"* OK ready\r\n"
        self._open = True
        self.log: list[bytes] = []

    def sendall(self, data: bytes) -> None:
        if b" " in data:
            checked(data)  # raises for anything outside of the allow-list; without a space it is the answer to a challenge
        self.log.append(data)
        tag, _, command = data.rstrip(b"\r\n").partition(b" ")
        answer = self._answer(command) + tag + b" OK done\r\n"
        self._out += self._mutated(answer) if self._rng.random() < self._rate else answer

    def recv(self, size: int) -> bytes:
        size = min(size, self._rng.choice((1, 7, 100, 65_536)))
        data, self._out = self._out[:size], self._out[size:]
        return data

    def settimeout(self, seconds: float) -> None: ...

    def shutdown(self, how: int) -> None: ...

    def fileno(self) -> int:
        return 0 if self._open else -1

    def close(self) -> None:
        self._open = False

    def _answer(self, command: bytes) -> bytes:
        words = command.upper()
        if words.startswith(b"CAPABILITY"):
            return b"* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN UIDPLUS ESEARCH\r\n"
        if words.startswith(b"LIST"):
            return b'* LIST (\\HasNoChildren) "/" INBOX\r\n* LIST (\\Sent) "/" "Sent"\r\n* LIST () NIL {5}\r\na"b\\c\r\n'
        if words.startswith(b"NAMESPACE"):
            return b'* NAMESPACE (("" "/")) NIL NIL\r\n'
        if words.startswith(b"STATUS"):
            return b"* STATUS INBOX (MESSAGES %d UIDNEXT 99 UIDVALIDITY 7)\r\n" % COUNT
        if words.startswith(b"EXAMINE"):
            return b"* %d EXISTS\r\n* FLAGS ()\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 99] x\r\n" % COUNT
        if words.startswith(b"UID SEARCH RETURN"):
            return b'* ESEARCH (TAG "x") UID ALL 1:%d\r\n' % COUNT
        if words.startswith(b"UID SEARCH"):
            return b"* SEARCH %b\r\n" % b" ".join(b"%d" % n for n in range(1, COUNT + 1))
        if words.startswith(b"UID FETCH"):
            return b"".join(map(self._fetched, range(1, COUNT + 1)))
        return b""

    def _fetched(self, n: int) -> bytes:
        header = HEADER % n
        return b'* %d FETCH (UID %d INTERNALDATE "01-Jan-2026 10:00:00 +0000" RFC822.SIZE 99 BODY[HEADER]<0> {%d}\r\n%b)\r\n' % (n, n, len(header), header)

    def _mutated(self, answer: bytes) -> bytes:
        data = bytearray(answer)
        for _ in range(self._rng.choice((1, 1, 2, 5))):
            at = self._rng.randrange(len(data) + 1)
            match self._rng.randrange(5):
                case 0:
                    data[at:at] = self._rng.choice(PIECES)
                case 1:
                    del data[at : at + self._rng.choice((1, 3, 40))]
                case 2:
                    data[at : at + 1] = self._rng.randbytes(1)
                case 3:
                    lines = bytes(data).split(b"\r\n")
                    self._rng.shuffle(lines)
                    data[:] = b"\r\n".join(lines)
                case _:
                    data[at:at] = data[at : at + self._rng.choice((5, 90))]
        return bytes(data)


def audited(seed: int) -> tuple[str, list[bytes]]:
    """How one audit ended, and what was sent in it. Anything but a NitaqError gets out."""
    rng = random.Random(seed)
    servers: list[FuzzedServer] = []

    def connect(wire: Wire) -> FuzzedServer:
        servers.append(FuzzedServer(rng, 0.0 if len(servers) > 20 else rng.choice((0.03, 0.1, 0.5))))
        return servers[-1]

    cache = Cache(None)
    with mock.patch.object(Wire, "_connect_socket", connect), mock.patch.object(bounds, "LONGEST_PAUSE", 0.0):
        try:
            source = open_source("imap://fuzz@localhost", Connection(secret="x", timeout=1.0, insecure_plaintext=True))
            try:
                *_, books = Scanner(source, cache, Facts(), ScanOptions(), lambda: 0.0).run()
            finally:
                source.close()
            assert isinstance(books, Scan)
            assert books.status is not ScanStatus.COMPLETE or not books.missing
            end = f"{books.status} {books.code or ''}".strip()
        except NitaqError as error:
            end = f"not opened: {error.code}"
        finally:
            cache.close()
    return end, [line for server in servers for line in server.log]


def read(rng: random.Random) -> None:
    """The grammar alone, with any pieces."""
    parts = [b"".join(rng.choices(PIECES, k=rng.randint(0, 12))) for _ in range(rng.choice((1, 1, 3)))]
    try:
        for value in values(parts):
            internal_date(value)
            number(value)
            pairs(value)
    except Malformed:
        pass


def sent_only_what_is_allowed(log: list[bytes]) -> bool:
    return not [line for line in log if re.search(rb"\b(STORE|APPEND|COPY|MOVE|EXPUNGE|DELETE|CREATE|RENAME|SELECT|SUBSCRIBE|SETACL)\b", line, re.IGNORECASE)]


def main(seconds: float = 60, seed: int = 1) -> int:
    ends: Counter[str] = Counter()
    count, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        count += 1
        try:
            end, log = audited(seed + count)
            assert sent_only_what_is_allowed(log)
            rng = random.Random(seed + count)
            for _ in range(20):
                read(rng)
        except Exception as error:
            print(f"{error!r} (seed {seed + count})")
            return 1
        ends[end] += 1
    print(f"{count} audits and {20 * count} answers, seeds from {seed + 1}: none ended but with books or a named error")
    for end, times in ends.most_common():
        print(f"{times:7} {end}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:3])))
