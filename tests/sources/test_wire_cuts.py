"""However the network cuts what a server sends, the same is read of it, and by both ways of reading."""

from __future__ import annotations

import zlib

import pytest

from app.errors import WorldError
from app.sources.imap.deflate import Deflate
from app.sources.imap.fetched import Fetched, unusual, usual
from app.sources.imap.incoming import Incoming

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


def fed(pieces: list[bytes]) -> Incoming:
    """What a server says in pieces of our choice."""
    incoming = Incoming("127.0.0.1", 143)
    incoming.come_from(Pieces(pieces), 1 << 17)  # type: ignore[arg-type]
    return incoming


def generally(incoming: Incoming) -> list[Fetched | None]:
    read = []
    for _ in ANSWERS:
        parts = incoming.receive()
        parts[0] = parts[0].removeprefix(b"* ")
        read.append(unusual(parts))
    return read


def quickly_where_that_goes(incoming: Incoming) -> list[Fetched | None]:
    read: list[Fetched | None] = []
    while len(read) < len(ANSWERS):
        read += incoming.receive_fetched()
        parts = incoming.receive()
        parts[0] = parts[0].removeprefix(b"* ")
        read.append(unusual(parts))
    return read


def pieces(cut: int) -> list[bytes]:
    return [piece for piece in (REPLY[:cut], REPLY[cut:]) if piece]


def test_cut_at_any_octet() -> None:
    for cut in range(len(REPLY) + 1):
        assert generally(fed(pieces(cut))) == quickly_where_that_goes(fed(pieces(cut))) == READ, cut


def test_octet_by_octet() -> None:
    octets = [bytes([octet]) for octet in REPLY]
    assert generally(fed(octets)) == quickly_where_that_goes(fed(octets)) == READ


def test_the_first_answers_are_read_the_quick_way_and_the_next_is_left() -> None:
    found: list[Fetched] = []
    assert usual(REPLY, 0, found) == (len(ANSWERS[0]) + len(ANSWERS[1]), 0)
    assert found == READ[:2]


def test_an_answer_without_its_end_says_how_long_it_will_be() -> None:
    for cut in range(ANSWERS[0].index(b"}") + 3, len(ANSWERS[0])):
        assert usual(ANSWERS[0][:cut], 0, []) == (0, len(ANSWERS[0]))


# A compressed line -------------------------------------------------------------------------------------------------


def compressed(pieces: list[bytes]) -> Incoming:
    incoming = fed(pieces)
    incoming.inflate(Deflate())
    return incoming


def receive_all(incoming: Incoming) -> None:
    while True:
        incoming.receive()


def deflated(*parts: bytes) -> bytes:
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return b"".join(deflate.compress(part) + deflate.flush(zlib.Z_SYNC_FLUSH) for part in parts)


def test_a_compressed_line_is_cut_at_any_octet() -> None:
    octets = deflated(REPLY[:100], REPLY[100:])
    for cut in range(1, len(octets)):
        assert quickly_where_that_goes(compressed([octets[:cut], octets[cut:]])) == READ, cut


def test_what_came_behind_the_ok_is_compressed_already() -> None:
    octets = deflated(b"* OK hello\r\n")
    incoming = fed([b"N1 OK begin\r\n" + octets[:7], octets[7:]])
    assert incoming.receive() == [b"N1 OK begin"]
    incoming.inflate(Deflate())
    assert incoming.receive() == [b"* OK hello"]


def test_what_comes_out_is_bounded_however_little_went_in() -> None:
    incoming = compressed([deflated(b"* OK and on\r\n" * 1_000_000)])
    incoming.expect(100_000)
    with pytest.raises(WorldError) as caught:
        receive_all(incoming)
    assert caught.value.code == "protocol.too_large"


def test_what_goes_in_is_bounded_though_nothing_comes_out() -> None:
    incoming = compressed([deflated(*[b""] * 1_000)] * 100)
    incoming.expect(100_000)
    with pytest.raises(WorldError) as caught:
        incoming.receive()
    assert caught.value.code == "protocol.too_large"


@pytest.mark.parametrize("octets", [b"\xff" * 9, zlib.compress(b"with a head"), deflated(b"* OK\r\n") + b"\x03\x00"], ids=["rubbish", "zlib", "the end"])
def test_what_is_no_deflate_makes_no_sense(octets: bytes) -> None:
    incoming = compressed([octets])
    with pytest.raises(WorldError) as caught:
        receive_all(incoming)
    assert caught.value.code == "protocol"
