"""What every source of mail promises, checked on each of them by the same tests."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.model import RawMessage
from app.sources import Connection, Source, open_source
from tests.mailmaker import message
from tests.servers.cyrus import Cyrus
from tests.servers.dovecot import Dovecot

COUNT = 1_205
USER = "sara@firm.example"
HOSTILE = [
    b"",
    b"\r\n",
    b"no header at all",
    b"From broken: \xff\xfe\x00\r\nSubject: octets\r\n\r\nbody\r\n",
    b"From: a@b.example\r\n" + b"Subject: " + b"x" * 70_000 + b"\r\n\r\nbody\r\n",
    b"From: a@b.example\r\nSubject: lines that look like a separator\r\n\r\nbody\r\n\r\nFrom here on it is only text.\r\n",
]
MALFORMED = range(100, 100 + len(HOSTILE))
TAKEN_BY_CYRUS = [b"\r\n", HOSTILE[4]]
"""It refuses the others at the door."""


def octets(n: int) -> bytes:
    return HOSTILE[n - 100] if n in MALFORMED else message(n).replace(b"\r\n", b"\n" if n % 2 else b"\r\n")


@dataclass(frozen=True)
class Shelf:
    """A mailbox of COUNT messages of which some are malformed: how to open it, and where its files are."""

    open: Callable[[], Source]
    path: Path | None
    count: int = COUNT
    malformed: int = len(HOSTILE)
    server: bool = False


def mbox(path: Path, numbers: range) -> None:
    with path.open("wb") as file:
        for n in numbers:
            text = octets(n)
            file.write(b"From someone@partner.example Thu Jan  1 00:00:00 2026\n" + text + b"\n\n")


def eml_tree(path: Path, numbers: range) -> None:
    path.mkdir(parents=True)
    for n in numbers:
        (path / f"{n:05}.eml").write_bytes(octets(n))


def maildir(path: Path, numbers: range) -> None:
    for part in ("cur", "new", "tmp"):
        (path / part).mkdir(parents=True)
    for n in numbers:
        part, flags = ("cur", ":2,S") if n % 3 else ("new", "")
        (path / part / f"{1_780_000_000 + n}.M{n:06}P1.host{flags}").write_bytes(octets(n))


def make_mbox(tmp_path: Path, request: pytest.FixtureRequest) -> Shelf:
    mbox(tmp_path / "Inbox", range(COUNT))
    return files(tmp_path / "Inbox")


def make_mbox_of_windows(tmp_path: Path, request: pytest.FixtureRequest) -> Shelf:
    mbox(tmp_path / "lf", range(COUNT))
    (tmp_path / "Inbox").write_bytes((tmp_path / "lf").read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    return files(tmp_path / "Inbox")


def make_maildir(tmp_path: Path, request: pytest.FixtureRequest) -> Shelf:
    maildir(tmp_path / "Maildir", range(1_000))
    maildir(tmp_path / "Maildir/.Sent.2025", range(1_000, COUNT))
    return files(tmp_path / "Maildir")


def make_eml(tmp_path: Path, request: pytest.FixtureRequest) -> Shelf:
    (tmp_path / "one.eml").write_bytes(octets(5))
    return Shelf(lambda: open_source(str(tmp_path / "one.eml")), tmp_path, 1, 0)


def make_eml_tree(tmp_path: Path, request: pytest.FixtureRequest) -> Shelf:
    eml_tree(tmp_path / "tree", range(1_000))
    eml_tree(tmp_path / "tree/sub", range(1_000, COUNT))
    return files(tmp_path / "tree")


def make_mixture(tmp_path: Path, request: pytest.FixtureRequest) -> Shelf:
    tree = tmp_path / "tree"
    eml_tree(tree / "saved", range(300))
    mbox(tree / "Inbox", range(300, 600))
    (tree / "Inbox.sbd").mkdir()
    mbox(tree / "Inbox.sbd" / "Customers", range(600, 900))
    maildir(tree / "Maildir", range(900, COUNT))
    (tree / "Inbox.msf").write_bytes(b"// index")
    return files(tree)


def make_imaps(tmp_path: Path, request: pytest.FixtureRequest) -> Shelf:
    return server(request.getfixturevalue("dovecot"), "imaps")


def make_starttls(tmp_path: Path, request: pytest.FixtureRequest) -> Shelf:
    return server(request.getfixturevalue("dovecot"), "imap")


def make_cyrus(tmp_path: Path, request: pytest.FixtureRequest) -> Shelf:
    cyrus: Cyrus = request.getfixturevalue("cyrus")
    connection = Connection(secret=cyrus.password, ca_file=cyrus.ca_file)
    if not cyrus.has("sara"):
        messages = [message(n) for n in range(COUNT)]
        messages[100:102] = TAKEN_BY_CYRUS
        cyrus.add_folder("sara", messages[:1_000])
        cyrus.add_folder("sara", messages[1_000:], "&BkUGMQYtBigGJw- (a-b) c")
    return Shelf(lambda: open_source(cyrus.url("sara"), connection), cyrus.spool, malformed=len(TAKEN_BY_CYRUS), server=True)


def make_sample(tmp_path: Path, request: pytest.FixtureRequest) -> Shelf:
    source = open_source("sample")
    count = sum(folder.messages or 0 for folder in source.folders())
    return Shelf(lambda: open_source("sample"), None, count, 0)


def files(path: Path) -> Shelf:
    return Shelf(lambda: open_source(str(path)), path)


def server(dovecot: Dovecot, scheme: str) -> Shelf:
    path = dovecot.maildir(USER)
    if not path.exists():
        dovecot.add_maildir(USER, map(octets, range(1_000)))
        dovecot.add_maildir(USER, map(octets, range(1_000, COUNT)), "&BkUGMQYtBigGJw- (a/b) \"c\" #1%")
    connection = Connection(secret=dovecot.password, ca_file=dovecot.ca_file)
    return Shelf(lambda: open_source(dovecot.url(USER, scheme), connection), path, server=True)


MAKERS = [make_mbox, make_mbox_of_windows, make_maildir, make_eml, make_eml_tree, make_mixture, make_imaps, make_starttls, make_cyrus, make_sample]


@pytest.fixture(params=MAKERS, ids=lambda maker: maker.__name__.removeprefix("make_"))
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    made: Shelf = request.param(tmp_path, request)
    return made


@pytest.fixture
def source(shelf: Shelf) -> Iterator[Source]:
    opened = shelf.open()
    yield opened
    opened.close()


def read(source: Source, since: date | None = None) -> list[RawMessage]:
    return [message for folder in source.folders() for batch in source.batches(folder, since=since) for message in batch.messages]


def snapshot(path: Path) -> dict[str, tuple[str, int, int]]:
    """Every file with its octets, mode and time; Dovecot's own indexes aside."""
    return {
        str(file.relative_to(path)): (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mode, file.stat().st_mtime_ns)
        for file in path.rglob("*")
        if file.is_file() and not file.name.startswith(("dovecot", "maildirfolder"))
    }


class TestContract:
    def test_every_message_comes_once_with_an_id_of_its_own(self, shelf: Shelf, source: Source) -> None:
        messages = read(source)
        assert len(messages) == shelf.count
        assert len({message.id for message in messages}) == shelf.count

    def test_a_malformed_message_is_handed_over(self, shelf: Shelf, source: Source) -> None:
        if shelf.malformed:
            problems = [message.problem for message in read(source)]
            assert problems.count("message.too_large") == 1
            assert 1 <= problems.count("message.unreadable") <= 2
            assert all(len(message.header) <= 65_536 for message in read(source))

    def test_the_mailbox_stays_as_it_was(self, shelf: Shelf) -> None:
        if shelf.path is None:
            return
        opened = shelf.open()
        opened.folders()
        before = snapshot(shelf.path)
        messages = read(opened)
        opened.header(messages[0].id)
        opened.close()
        assert snapshot(shelf.path) == before

    def test_after_any_cursor_comes_exactly_the_rest(self, shelf: Shelf, source: Source) -> None:
        for folder in source.folders():
            batches = list(source.batches(folder))
            whole = [message for batch in batches for message in batch.messages]
            for n, batch in enumerate(batches):
                again = shelf.open()
                rest = list(again.batches(folder, batch.cursor))
                again.close()
                expected = [message for later in batches[n + 1 :] for message in later.messages]
                assert [message for later in rest for message in later.messages] == expected
                assert all(later.total == len(whole) for later in rest[-1:])

    def test_the_total_is_what_came(self, source: Source) -> None:
        for folder in source.folders():
            batches = list(source.batches(folder))
            assert batches[-1].total == sum(len(batch.messages) for batch in batches)
            assert not any(batch.missing or batch.expunged for batch in batches)
            assert folder.messages in (None, batches[-1].total)

    def test_what_is_present_is_what_comes(self, source: Source) -> None:
        for folder in source.folders():
            assert sorted(source.present(folder)) == sorted(m.id for batch in source.batches(folder) for m in batch.messages)

    def test_a_header_fetched_again_is_the_same(self, source: Source) -> None:
        messages = read(source)
        for some in {m.id: m for m in (*messages[:110:9], *messages[100:106], messages[-1])}.values():
            assert source.header(some.id) == some.header

    def test_a_date_leaves_out_what_is_older(self, source: Source) -> None:
        """Which date counts differs between sources; that nothing of the future is left and that resuming agrees does not."""
        since = date(2026, 6, 2)
        some = read(source, since)
        assert len(some) <= len(read(source))
        start = datetime(2026, 6, 1, tzinfo=UTC).timestamp()
        assert all(message.received is None or message.received >= start for message in some)
        for folder in source.folders():
            assert sorted(source.present(folder, since)) == sorted(m.id for b in source.batches(folder, since=since) for m in b.messages)

    def test_closing_twice_is_fine(self, shelf: Shelf) -> None:
        opened = shelf.open()
        opened.folders()
        opened.close()
        opened.close()

    def test_folders_stay_in_order(self, shelf: Shelf, source: Source) -> None:
        other = shelf.open()
        assert list(source.folders()) == list(other.folders())
        other.close()
