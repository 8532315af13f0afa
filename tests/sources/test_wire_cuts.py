"""However the network cuts what a server sends, the same is read of it, and by both ways of reading."""

from __future__ import annotations

import ssl

from app.sources.address import ServerAddress
from app.sources.imap import fetch
from app.sources.imap.fetch import Fetched
from app.sources.imap.wire import Endpoint, Wire

ENDPOINT = Endpoint(ServerAddress("imap", "sara", "127.0.0.1", 143), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), 5.0, plaintext=True)
HEADER = b"From: a@b.example\r\nSubject: {5}\r\n ) a tag\r\n\r\n"
ANSWERS = [
    b'* 1 FETCH (UID 7 INTERNALDATE "01-Jan-2026 10:00:00 +0000" RFC822.SIZE 900 BODY[HEADER]<0> {%d}\r\n%b)\r\n' % (len(HEADER), HEADER),
    b'* 2 FETCH (RFC822.SIZE 900 BODY[HEADER]<0> {%d}\r\n%b INTERNALDATE "01-Jan-2026 10:00:00 +0000" UID 7)\r\n' % (len(HEADER), HEADER),
    b'* 3 fetch (BODY[HEADER]<0> {0}\r\n UID {1}\r\n7 RFC822.SIZE 900)\r\n',
    b"* 4 FETCH (FLAGS (\\Seen))\r\n",
]  # fmt: skip
REPLY = b"".join(ANSWERS)
READ = [Fetched(7, HEADER, 1_767_261_600, 900), Fetched(7, HEADER, 1_767_261_600, 900), Fetched(7, b"", None, 900), None]


class Pieces:
    """A socket's receiving end, handing out what it was given piece by piece."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = iter([*pieces, b""])

    def recv(self, _: int) -> bytes:
        return next(self._pieces)

    def close(self) -> None:
        pass


class FedWire(Wire):
    """A wire behind its greeting, whose octets come from pieces of our choice."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._endpoint, self._name, self._port = ENDPOINT, "127.0.0.1", 143
        self._buffer, self._at = b"", 0
        self.sock = Pieces(pieces)  # type: ignore[assignment]
        self.expect()


def both_ways(wire: Wire) -> list[Fetched | None]:
    read = []
    for _ in ANSWERS:
        parts = wire.receive()
        parts[0] = parts[0].removeprefix(b"* ")
        general = fetch._unusual(parts)
        usual = fetch._usual(parts, {7})
        assert usual is None or usual == general
        read.append(general)
    return read


def test_cut_at_any_octet() -> None:
    for cut in range(len(REPLY) + 1):
        assert both_ways(FedWire([piece for piece in (REPLY[:cut], REPLY[cut:]) if piece])) == READ, cut


def test_octet_by_octet() -> None:
    assert both_ways(FedWire([bytes([octet]) for octet in REPLY])) == READ


def test_the_first_answer_is_read_the_quick_way() -> None:
    parts = FedWire([REPLY]).receive()
    assert fetch._usual([parts[0].removeprefix(b"* "), *parts[1:]], {7}) == READ[0]
