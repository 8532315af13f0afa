"""However the network cuts what a server sends, the same is read of it, and by both ways of reading."""

from __future__ import annotations

import ssl
import zlib

import pytest

from app.errors import WorldError
from app.sources.address import ServerAddress
from app.sources.imap.fetched import Fetched, unusual, usual
from app.sources.imap.wire import Endpoint, Wire

ENDPOINT = Endpoint(ServerAddress("imap", "sara", "127.0.0.1", 143), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), 5.0, plaintext=True)
HEADER = b"From: a@b.example\r\nSubject: {5}\r\n ) a tag\r\n\r\n"
ANSWERS = [
    b'* 1 FETCH (UID 7 INTERNALDATE "01-Jan-2026 10:00:00 +0000" RFC822.SIZE 900 BODY[HEADER]<0> {%d}\r\n%b)\r\n' % (len(HEADER), HEADER),
    b'* 2 FETCH (UID 8 INTERNALDATE " 1-Jan-2026 10:00:01 +0100" RFC822.SIZE 9 EMAILID (M1) BODY[HEADER.FIELDS (FROM TO)]<0> {%d}\r\n%b)\r\n'
    % (len(HEADER), HEADER),
    b'* 2 FETCH (RFC822.SIZE 900 BODY[HEADER]<0> {%d}\r\n%b INTERNALDATE "01-Jan-2026 10:00:00 +0000" UID 7)\r\n' % (len(HEADER), HEADER),
    b'* 3 fetch (BODY[HEADER]<0> {0}\r\n UID {1}\r\n7 RFC822.SIZE 900)\r\n',
    b"* 4 FETCH (FLAGS (\\Seen))\r\n",
]  # fmt: skip
REPLY = b"".join(ANSWERS)
READ = [
    Fetched(7, HEADER, 1_767_261_600, 900),
    Fetched(8, HEADER, 1_767_258_001, 9, "emailid:M1"),
    Fetched(7, HEADER, 1_767_261_600, 900),
    Fetched(7, b"", None, 900),
    None,
]


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
        self._buffer, self._at, self._at_once = b"", 0, 1 << 17
        self._deflate, self.waited, self.octets = None, 0.0, 0
        self.sock = Pieces(pieces)  # type: ignore[assignment]
        self.expect()


def generally(wire: Wire) -> list[Fetched | None]:
    read = []
    for _ in ANSWERS:
        parts = wire.receive()
        parts[0] = parts[0].removeprefix(b"* ")
        read.append(unusual(parts))
    return read


def quickly_where_that_goes(wire: Wire) -> list[Fetched | None]:
    read: list[Fetched | None] = []
    while len(read) < len(ANSWERS):
        read += wire.receive_fetched()
        parts = wire.receive()
        parts[0] = parts[0].removeprefix(b"* ")
        read.append(unusual(parts))
    return read


def pieces(cut: int) -> list[bytes]:
    return [piece for piece in (REPLY[:cut], REPLY[cut:]) if piece]


def test_cut_at_any_octet() -> None:
    for cut in range(len(REPLY) + 1):
        assert generally(FedWire(pieces(cut))) == quickly_where_that_goes(FedWire(pieces(cut))) == READ, cut


def test_octet_by_octet() -> None:
    octets = [bytes([octet]) for octet in REPLY]
    assert generally(FedWire(octets)) == quickly_where_that_goes(FedWire(octets)) == READ


def test_the_first_answers_are_read_the_quick_way_and_the_next_is_left() -> None:
    found: list[Fetched] = []
    assert usual(REPLY, 0, found) == (len(ANSWERS[0]) + len(ANSWERS[1]), 0)
    assert found == READ[:2]


def test_an_answer_without_its_end_says_how_long_it_will_be() -> None:
    for cut in range(ANSWERS[0].index(b"}") + 3, len(ANSWERS[0])):
        assert usual(ANSWERS[0][:cut], 0, []) == (0, len(ANSWERS[0]))


# A compressed line -------------------------------------------------------------------------------------------------


def compressed(pieces: list[bytes]) -> FedWire:
    wire = FedWire(pieces)
    wire.compress()
    return wire


def receive_all(wire: Wire) -> None:
    while True:
        wire.receive()


def deflated(*parts: bytes) -> bytes:
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return b"".join(deflate.compress(part) + deflate.flush(zlib.Z_SYNC_FLUSH) for part in parts)


def test_a_compressed_line_is_cut_at_any_octet() -> None:
    octets = deflated(REPLY[:100], REPLY[100:])
    for cut in range(1, len(octets)):
        assert quickly_where_that_goes(compressed([octets[:cut], octets[cut:]])) == READ, cut


def test_what_came_behind_the_ok_is_compressed_already() -> None:
    octets = deflated(b"* OK hello\r\n")
    wire = FedWire([b"N1 OK begin\r\n" + octets[:7], octets[7:]])
    assert wire.receive() == [b"N1 OK begin"]
    wire.compress()
    assert wire.receive() == [b"* OK hello"]


def test_what_comes_out_is_bounded_however_little_went_in() -> None:
    wire = compressed([deflated(b"* OK and on\r\n" * 1_000_000)])
    wire.expect(100_000)
    with pytest.raises(WorldError) as caught:
        receive_all(wire)
    assert caught.value.code == "protocol.too_large"


def test_what_goes_in_is_bounded_though_nothing_comes_out() -> None:
    wire = compressed([deflated(*[b""] * 1_000)] * 100)
    wire.expect(100_000)
    with pytest.raises(WorldError) as caught:
        wire.receive()
    assert caught.value.code == "protocol.too_large"


@pytest.mark.parametrize("octets", [b"\xff" * 9, zlib.compress(b"with a head"), deflated(b"* OK\r\n") + b"\x03\x00"], ids=["rubbish", "zlib", "the end"])
def test_what_is_no_deflate_makes_no_sense(octets: bytes) -> None:
    wire = compressed([octets])
    with pytest.raises(WorldError) as caught:
        receive_all(wire)
    assert caught.value.code == "protocol"
