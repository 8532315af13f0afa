"""However headers are asked for, the same is read: whole or the wanted fields alone, as they are or compressed. Timing decides, and only timing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.mail.headers import WANTED, raw_fields
from app.model import RawMessage
from app.sources import Connection
from app.sources.address import parse_address
from app.sources.imap import bounds
from app.sources.imap.commands import checked
from app.sources.imap.pace import Pace, Timing, Way
from app.sources.imap.source import ImapSource
from app.sources.imap.wire import Wire
from tests.mailmaker import message
from tests.servers.cyrus import Cyrus
from tests.servers.dovecot import Dovecot
from tests.servers.scripted import CAPABILITIES, Scripted, Talk, answering, mailbox

WAYS = [Way(fields, compressed) for fields in (False, True) for compressed in (False, True)]
SLOW, FAST = Timing(1_000, 1.0, 0.9, 5_000_000), Timing(1_000, 0.1, 0.09, 6_000_000)
ODD = [
    b"X-Nothing: wanted\r\n\r\nbody\r\n",
    b"From: a@b.example\r\nFrom: c@d.example\r\nX-Long: " + b"x" * 70_000 + b"\r\nSubject: behind it\r\n\r\n",
    b"Subject: " + b"y" * 70_000 + b"\r\nFrom: a@b.example\r\n\r\n",
    b"From : sara@partner.example\r\nsubject:\r\n folded\r\n\tagain\r\n\r\n",
    b"FROM: =?utf-8?B?2LPZhA==?= <a@b.example>\r\nReceived: from a by b; x\r\nAuthentication-Results: b; spf=pass\r\nReceived: from c by a\r\n\r\n",
    b"To: \xd8\xb3@x.example\r\nFrom: \xff\xfe@y.example\r\n\r\n",
    b"no field at all\r\nFrom: behind@it.example\r\n\r\n",
    b"From: a@b.example\nDate: x\n\nbody\n",
    b"",
]  # fmt: skip
COUNT = 60


def read(source: ImapSource) -> list[RawMessage]:
    try:
        return [each for folder in source.folders() for batch in source.batches(folder) for each in batch.messages]
    finally:
        source.close()


def said(messages: list[RawMessage]) -> list[object]:
    return [(each.id, raw_fields(each.header), each.received, each.size, each.twin, each.problem) for each in messages]


@pytest.fixture(scope="module")
def opened(dovecot: Dovecot) -> Callable[[], ImapSource]:
    dovecot.add_maildir("ways@firm.example", [*ODD, *(message(n) for n in range(COUNT))])
    return lambda: ImapSource(parse_address(dovecot.url("ways@firm.example")), Connection(secret=dovecot.password, ca_file=dovecot.ca_file))


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Commands, tags taken off."""
    commands: list[bytes] = []
    send = Wire.send

    def record(self: Wire, data: bytes) -> None:
        commands.append(checked(bytes(data)).partition(b" ")[2].rstrip())
        send(self, data)

    monkeypatch.setattr(Wire, "send", record)
    return commands


def going(source: ImapSource, way: Way) -> ImapSource:
    source._pace.way, source._pace.settled, source._pace.faithful = way, True, True
    return source


@pytest.mark.parametrize("way", WAYS[1:], ids=str)
def test_the_same_is_read_in_every_way(opened: Callable[[], ImapSource], way: Way, heard: list[bytes]) -> None:
    whole = said(read(going(opened(), Way())))
    del heard[:]
    assert said(read(going(opened(), way))) == whole
    assert len(whole) == len(ODD) + COUNT
    assert (b"COMPRESS DEFLATE" in heard) is way.compressed
    assert any(b"HEADER.FIELDS" in command for command in heard)


def test_cyrus_gives_the_same_in_every_way(cyrus: Cyrus) -> None:
    cyrus.add_folder("ways", [message(n) for n in range(COUNT)])
    results = [said(read(going(ImapSource(parse_address(cyrus.url("ways")), Connection(secret=cyrus.password, ca_file=cyrus.ca_file)), way))) for way in WAYS]
    assert len(results[0]) == COUNT
    assert all(result == results[0] for result in results)


def hasty_timing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few messages are worth timing, and any line is slow."""
    for name, value in {"BATCH": 5, "TIMED": 2, "WORTH_TIMING": 2, "IDLE": -1.0, "FAST_LINK": 1e18}.items():
        monkeypatch.setattr(bounds, name, value)


def test_a_slow_line_has_every_way_tried(opened: Callable[[], ImapSource], heard: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = said(read(opened()))
    hasty_timing(monkeypatch)
    assert b"COMPRESS DEFLATE" not in heard
    assert said(read(opened())) == whole
    assert b"COMPRESS DEFLATE" in heard


def test_a_way_that_proves_the_worse_is_left_by_signing_in_again(opened: Callable[[], ImapSource], heard: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = said(read(opened()))
    hasty_timing(monkeypatch)
    took = Pace.took
    monkeypatch.setattr(Pace, "took", lambda self, timing: took(self, timing._replace(seconds=9.0 if self.way.compressed else 1.0)))
    del heard[:]
    assert said(read(opened())) == whole
    assert sum(command.startswith(b"AUTHENTICATE") for command in heard) == 2
    assert heard.count(b"COMPRESS DEFLATE") == 1


def test_a_server_whose_fields_are_not_those_of_the_header_gives_whole_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    hasty_timing(monkeypatch)
    held = mailbox({uid: b"From: a%d@b.example\r\nSubject: x\r\n\r\n" % uid for uid in range(1, 61)})
    usual = held[b"UID FETCH"]

    def forgetful(talk: Talk, line: bytes) -> bytes:
        assert callable(usual)
        return usual(talk, line).replace(b"Subject:", b"Sudject:" if b"FIELDS" in line else b"Subject:")

    with Scripted(answering({**held, b"UID FETCH": forgetful}, capabilities=CAPABILITIES)) as server:
        source = ImapSource(parse_address(f"imap://sara@127.0.0.1:{server.port}"), Connection(secret="x", insecure_plaintext=True))
        assert all(b"Subject" in each.header for each in read(source))
        assert sum(b"FIELDS" in command for command in server.commands) == 1


# Choosing ----------------------------------------------------------------------------------------------------------


def chosen(*timings: Timing) -> Pace:
    pace = Pace()
    for timing in timings:
        pace.took(timing)
    return pace


@pytest.mark.parametrize(
    "timing",
    [FAST, SLOW._replace(waited=0.2), SLOW._replace(octets=50_000_000)],
    ids=["a fast line", "we are what takes the time", "more than a server can compress"],
)
def test_without_a_slow_line_nothing_is_tried(timing: Timing) -> None:
    pace = chosen(timing)
    assert (pace.way, pace.settled) == (Way(), True)


@pytest.mark.parametrize(
    ("seconds", "way"),
    [((1.0, 0.7, 0.3), Way(True, True)), ((1.0, 2.0, 0.3), Way(False, True)), ((1.0, 0.7, 0.9), Way(True, False)), ((1.0, 2.0, 1.5), Way())],
)
def test_the_quickest_way_stays(seconds: tuple[float, ...], way: Way) -> None:
    pace = chosen(*(SLOW._replace(seconds=each) for each in seconds))
    assert (pace.way, pace.settled) == (way, True)


def test_what_is_refused_is_not_asked_for_again() -> None:
    pace = chosen(SLOW)
    pace.refused()
    assert pace.way == Way(compressed=True)
    pace.refused()
    assert (pace.way, pace.settled) == (Way(), True)


def test_the_wanted_fields_are_one_list() -> None:
    from app.sources.imap.fetch import _FIELDS

    assert {name.lower() for name in _FIELDS.partition(b"(")[2].rstrip(b")").split()} == WANTED
