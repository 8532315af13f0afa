"""The second real server, which differs from Dovecot in much that a standard leaves open: the same promises, seen from its own log."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from app.model import Facts, Scan, ScanStatus
from app.scan import Scanner, ScanOptions
from app.sources import Connection, open_source
from app.sources.imap.commands import checked
from app.store.cache import Cache
from tests.mailmaker import message
from tests.servers.cyrus import Cyrus
from tests.sources.test_faults import COUNT, audit

_users = count(1)


@pytest.fixture
def user(cyrus: Cyrus) -> str:
    """With 20 messages in the INBOX, of which one is answered and one flagged, 9 in Archive and none in Empty."""
    name = f"user{next(_users)}"
    cyrus.add_folder(name, map(message, range(20)))
    cyrus.add_folder(name, map(message, range(20, 29)), "Archive")
    cyrus.add_folder(name, [], "Empty")
    change(cyrus, name, "2", "+FLAGS", "\\Answered")
    change(cyrus, name, "3", "+FLAGS", "\\Flagged")
    return name


@pytest.fixture
def cache() -> Iterator[Cache]:
    made = Cache(None)
    yield made
    made.close()


def change(server: Cyrus, user: str, uids: str, how: str, flags: str) -> None:
    with server.signed_in(user) as client:
        client.select("INBOX")
        client.uid("STORE", uids, how, flags)
        if "Deleted" in flags:
            client.expunge()


def scan(server: Cyrus, user: str, cache: Cache, scheme: str = "imaps") -> Scan:
    connection = Connection(secret=server.password, ca_file=server.ca_file)
    source = open_source(server.url(user, scheme), connection)
    try:
        *_, books = Scanner(source, cache, Facts(), ScanOptions(), lambda: 0.0).run()
    finally:
        source.close()
    assert isinstance(books, Scan)
    return books


def state(server: Cyrus, user: str) -> list[object]:
    """All that a mail program can see of the INBOX, asked without opening it for writing."""
    with server.signed_in(user) as client:
        counts = client.status("INBOX", "(MESSAGES RECENT UNSEEN UIDNEXT UIDVALIDITY HIGHESTMODSEQ)")
        client.select("INBOX", readonly=True)
        return [counts, client.uid("FETCH", "1:*", "(FLAGS INTERNALDATE RFC822.SIZE MODSEQ BODY.PEEK[])")]


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
def test_every_message_is_counted_once(cyrus: Cyrus, user: str, cache: Cache, scheme: str) -> None:
    books = scan(cyrus, user, cache, scheme)
    assert (books.status, books.messages, books.duplicates, books.missing) == (ScanStatus.COMPLETE, 29, 0, 0)


def test_nothing_that_the_server_heard_could_change_a_mailbox_and_nothing_has_changed(cyrus: Cyrus, user: str, cache: Cache) -> None:
    before = state(cyrus, user)
    cyrus.forget_heard(user)
    scan(cyrus, user, cache)
    heard = cyrus.heard(user)
    assert {command.split()[0] for command in heard} >= {b"LIST", b"STATUS", b"EXAMINE", b"UID"}
    for command in heard:
        checked(b"N1 " + command + b"\r\n")
    assert state(cyrus, user) == before


def test_a_second_scan_finds_what_came_and_what_went(cyrus: Cyrus, user: str, cache: Cache) -> None:
    scan(cyrus, user, cache)
    cyrus.add_folder(user, map(message, range(40, 45)))
    change(cyrus, user, "1,7:8", "+FLAGS", "\\Deleted")
    cyrus.forget_heard(user)
    books = scan(cyrus, user, cache)
    assert (books.status, books.messages, books.missing) == (ScanStatus.COMPLETE, 31, 0)
    heard = cyrus.heard(user)
    assert [command for command in heard if command.startswith(b"EXAMINE")] == [b'EXAMINE "INBOX"']
    assert sum(b"VANISHED" in command for command in heard) == 1
    assert not [command for command in heard if command.startswith(b"UID SEARCH RETURN (ALL) 1:")]  # what it said was enough


def test_a_second_scan_of_an_unchanged_account_opens_nothing_but_inbox(cyrus: Cyrus, user: str, cache: Cache) -> None:
    scan(cyrus, user, cache)
    cyrus.forget_heard(user)
    assert scan(cyrus, user, cache).messages == 29
    assert [command for command in cyrus.heard(user) if command.startswith((b"EXAMINE", b"UID"))] == [b'EXAMINE "INBOX"']


@pytest.mark.parametrize("seed", range(3))
def test_a_bad_line_never_makes_a_wrong_count_complete(cyrus: Cyrus, seed: int) -> None:
    if not cyrus.has("faults"):
        cyrus.add_folder("faults", (b"From: a%d@partner.example\r\nSubject: %d\r\n\r\nx\r\n" % (n, n) for n in range(COUNT)))
    books = audit(cyrus, "imap" if seed % 2 else "imaps", seed, "faults")
    if books is not None and books.status is ScanStatus.COMPLETE:
        assert (books.messages + books.duplicates + books.unreadable, books.missing) == (COUNT, 0)
