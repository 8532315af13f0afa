"""A second scan of a real server: it ends as a first one would, whatever happened meanwhile, and asks for no more than it has to."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from app.model import Facts, Scan, ScanStatus
from app.scan import Progress, Scanner, ScanOptions
from app.sources import Connection, open_source
from app.sources.imap import bounds, source
from app.sources.imap.session import Session
from app.sources.imap.wire import Wire
from app.store.cache import Cache
from tests.mailmaker import message
from tests.servers.dovecot import Dovecot

FEW = 7
OPEN_INBOX = b'EXAMINE "INBOX"'
MISSING_EXTENSIONS = [(), ("QRESYNC",), ("QRESYNC", "ESEARCH"), ("LIST-EXTENDED", "SPECIAL-USE", "ESEARCH", "QRESYNC")]
_users = count(1)


@pytest.fixture(params=MISSING_EXTENSIONS, ids=lambda missing: "without " + (", ".join(missing) or "nothing"))
def without(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that lacks some extensions."""
    offers = Session.offers
    monkeypatch.setattr(Session, "offers", lambda self, capability: capability not in request.param and offers(self, capability))


@pytest.fixture
def box(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    monkeypatch.setattr(bounds, "BATCH", FEW)
    box = Box(dovecot, f"rescan{next(_users)}@firm.example")
    yield box
    box.cache.close()


class Box:
    """A mailbox that others change, and what scans have read of it."""

    def __init__(self, server: Dovecot, user: str) -> None:
        self._server, self._user = server, user
        self._made = 0
        self.cache = Cache(None)
        self.deliver(20)
        self.deliver(9, "Archive")
        server.add_maildir(user, [], "Empty")

    def deliver(self, messages: int, folder: str = "INBOX") -> None:
        new = range(self._made, self._made + messages)
        self._made += messages
        self._server.add_maildir(self._user, [message(n, f"Sara <sara{n % 3}@partner.example>") for n in new], folder)

    def files(self, folder: str = "INBOX") -> list[Path]:
        return sorted((self.maildir(folder) / "cur").iterdir())

    def maildir(self, folder: str = "INBOX") -> Path:
        return self._server.maildir(self._user, folder)

    def expunge(self, *which: int, folder: str = "INBOX") -> None:
        files = self.files(folder)
        for n in which:
            files[n].unlink()

    def delete(self, *uids: int) -> None:
        """As another program does it: over the server."""
        self._server.doveadm("expunge", "-u", self._user, "mailbox", "INBOX", "uid", ",".join(map(str, uids)))

    def scan(self, cache: Cache | None = None, cancel_after: int = 1_000) -> Scan:
        connection = Connection(secret=self._server.password, ca_file=self._server.ca_file)
        source = open_source(self._server.url(self._user), connection)
        seen: list[Progress] = []
        books = Scan()
        try:
            scanner = Scanner(source, cache or self.cache, Facts(), ScanOptions(), lambda: 0.0, lambda: len(seen) >= cancel_after)
            for event in scanner.run():
                if isinstance(event, Progress):
                    seen.append(event)
                elif isinstance(event, Scan):
                    books = event
        finally:
            source.close()
        return books

    def read(self, cache: Cache | None = None) -> object:
        """Everything that an audit would make of it."""
        cache = cache or self.cache
        claims = sorted((record.id, record.messages, record.first_seen, record.last_seen) for record in cache.claims())
        return claims, sorted(row.id for row in cache.messages()), sorted((f.name, f.messages, f.validity) for f in cache.folders("x"))

    def read_afresh(self) -> object:
        fresh = Cache(None)
        try:
            assert self.scan(fresh).status is ScanStatus.COMPLETE
            return self.read(fresh)
        finally:
            fresh.close()


def replace_folder(box: Box) -> None:
    """Another mailbox under the same name: another UIDVALIDITY."""
    shutil.rmtree(box.maildir("Archive"))
    box.deliver(9, "Archive")


def number_inbox_anew(box: Box) -> None:
    """Another UIDVALIDITY of INBOX, as after a restored backup."""
    for file in box.maildir().glob("dovecot*"):
        if file.name.startswith(("dovecot-uidlist", "dovecot.index")):
            file.unlink()


def change_flags(box: Box) -> None:
    for file in box.files()[::2]:
        file.rename(file.with_name(file.name + "F"))


def deliver_and_expunge(box: Box) -> None:
    box.deliver(3)
    box.expunge(0, 5, 11)


def deliver_and_expunge_that(box: Box) -> None:
    box.deliver(1)
    box.scan(Cache(None))  # the server has seen it, and given it a UID
    box.expunge(-1)


CHANGES: dict[str, Callable[[Box], object]] = {
    "nothing": lambda box: None,
    "append": lambda box: box.deliver(3),
    "append many": lambda box: box.deliver(3 * FEW + 1),
    "append to what was empty": lambda box: box.deliver(2, "Empty"),
    "expunge": lambda box: box.expunge(0, 5, 19),
    "expunge the last": lambda box: box.expunge(-1),
    "expunge all": lambda box: box.expunge(*range(9), folder="Archive"),
    "as many come as go": deliver_and_expunge,
    "one came and went": deliver_and_expunge_that,
    "flags": change_flags,
    "renamed folder": lambda box: box.maildir("Archive").rename(box.maildir("Older")),
    "deleted folder": lambda box: shutil.rmtree(box.maildir("Archive")),
    "another folder of the same name": replace_folder,
    "INBOX numbered anew": number_inbox_anew,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_rescan_ends_as_a_fresh_scan(box: Box, change: Callable[[Box], object], without: None) -> None:
    assert box.scan().status is ScanStatus.COMPLETE
    change(box)
    assert box.scan().status is ScanStatus.COMPLETE
    assert box.read() == box.read_afresh()


@pytest.mark.parametrize("before", [lambda box: None, lambda box: box.deliver(2)], ids=["nothing new", "new ones"])
@pytest.mark.parametrize("change", [lambda box: box.deliver(3), lambda box: box.expunge(0, 5), deliver_and_expunge], ids=["append", "expunge", "both"])
def test_what_happens_behind_the_list_of_folders_is_for_this_scan_or_the_next(
    box: Box, before: Callable[[Box], object], change: Callable[[Box], object], monkeypatch: pytest.MonkeyPatch, without: None
) -> None:
    box.scan()
    before(box)
    folders = source.ImapSource.folders

    def listed(self: source.ImapSource) -> Any:
        found = folders(self)
        change(box)
        return found

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(source.ImapSource, "folders", listed)
        assert box.scan().status is ScanStatus.COMPLETE
    assert box.scan().status is ScanStatus.COMPLETE
    assert box.read() == box.read_afresh()


@pytest.mark.parametrize("batches", [1, 2, 3, 5])
def test_a_rescan_that_is_ended_in_the_middle_goes_on_and_ends_exact(box: Box, batches: int) -> None:
    box.scan()
    box.deliver(3 * FEW)
    box.expunge(1, 2)
    box.deliver(FEW, "Empty")
    box.expunge(4, folder="Archive")
    assert box.scan(cancel_after=batches).status is ScanStatus.CANCELLED
    box.expunge(7)
    assert box.scan().status is ScanStatus.COMPLETE
    assert box.read() == box.read_afresh()


@pytest.mark.parametrize("at", [0, 4, 8])
@pytest.mark.parametrize("gone", [[3, 30, 31, 58], [60]], ids=str)
@pytest.mark.parametrize("came", [0, 1])
def test_what_others_delete_while_a_mailbox_is_read_is_gone_and_not_missing(
    box: Box, at: int, gone: list[int], came: int, monkeypatch: pytest.MonkeyPatch, without: None
) -> None:
    box.deliver(40)
    sent, send = count(), Wire.send

    def deleting(self: Wire, data: bytes) -> None:
        if b"UID FETCH" in bytes(data) and next(sent) == at:
            box.deliver(came)
            box.delete(*gone)
        send(self, data)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(Wire, "send", deleting)
        books = box.scan()
    assert (books.status, books.missing, [notice.code for notice in books.notices]) == (ScanStatus.COMPLETE, 0, [])
    assert 69 - len(gone) <= books.messages <= 69 + came
    assert box.scan().messages == 69 - len(gone) + came
    assert box.read() == box.read_afresh()


@pytest.fixture
def dialogue(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Commands, tags taken off."""
    said: list[bytes] = []
    send = Wire.send

    def record(self: Wire, data: bytes) -> None:
        said.append(bytes(data).partition(b" ")[2].rstrip())
        send(self, data)

    monkeypatch.setattr(Wire, "send", record)
    return said


def commands_after_login(dialogue: list[bytes]) -> list[bytes]:
    login = next(n for n, command in enumerate(dialogue) if command.startswith(b"AUTHENTICATE"))
    return dialogue[login + 1 :]


def test_an_unchanged_mailbox_costs_two_round_trips(box: Box, dialogue: list[bytes]) -> None:
    box.scan()
    del dialogue[:]
    box.scan()
    words = [command.split(b" ")[0] for command in commands_after_login(dialogue)]
    # ENABLE, what opens INBOX, NAMESPACE and LIST go together, and every STATUS before the first is answered
    assert (words[:4], set(words[4:-1]), words[-1]) == ([b"ENABLE", b"EXAMINE", b"NAMESPACE", b"LIST"], {b"STATUS"}, b"LOGOUT")
    assert len(words) - 5 <= bounds.STATUS_AT_ONCE


def test_empty_folders_are_opened_all_at_once_and_only_the_first_time(box: Box, dialogue: list[bytes]) -> None:
    for n in range(5):
        box.deliver(0, f"Empty{n}")
    box.scan()
    opened = [n for n, command in enumerate(dialogue) if command.startswith(b'EXAMINE "Empty')]
    assert len(opened) == 6
    assert opened[-1] - opened[0] == 5
    del dialogue[:]
    box.scan()
    assert [command for command in dialogue if command.startswith(b"EXAMINE")] == [OPEN_INBOX]


def test_only_folders_that_changed_are_opened_besides_inbox(box: Box, dialogue: list[bytes]) -> None:
    box.scan()
    box.deliver(2, "Archive")
    del dialogue[:]
    box.scan()
    assert [command for command in dialogue if command.startswith(b"EXAMINE")] == [OPEN_INBOX, b'EXAMINE "Archive"']


def test_new_messages_in_inbox_are_read_without_opening_it_again(box: Box, dialogue: list[bytes]) -> None:
    box.scan()
    box.deliver(2)
    box.deliver(1, "Archive")
    del dialogue[:]
    assert box.scan().messages == 32
    said = commands_after_login(dialogue)
    assert [command for command in said if command.startswith(b"EXAMINE")] == [OPEN_INBOX, b'EXAMINE "Archive"']
    assert not [command for command in said if command.startswith(b'STATUS "INBOX"')]


def test_what_was_missing_is_looked_for_again(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.scan()
    for folder in (row[0] for row in box.cache._db.execute("SELECT id FROM folders").fetchall()):
        box.cache.rewind(folder)
    box.cache._db.execute("DELETE FROM messages WHERE id % 4 = 0")
    assert box.scan().status is ScanStatus.COMPLETE
    assert box.read() == box.read_afresh()


def test_what_went_is_asked_of_a_server_that_remembers(box: Box, dialogue: list[bytes]) -> None:
    box.scan()
    box.expunge(0, 5, 19)
    box.deliver(2)
    del dialogue[:]
    assert box.scan().status is ScanStatus.COMPLETE
    said = commands_after_login(dialogue)
    assert [command for command in said if command.startswith(b"EXAMINE")] == [OPEN_INBOX]
    assert any(re.fullmatch(rb"UID FETCH 1:20 \(UID\) \(CHANGEDSINCE \d+ VANISHED\)", command) for command in said)
    assert not any(command.startswith(b"UID SEARCH RETURN (ALL) 1:") for command in dialogue)
    assert box.read() == box.read_afresh()


def test_more_than_a_server_may_name_at_once_is_looked_at(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.scan()
    box.expunge(0, 2, 4, 6, 8, 10)
    asked = source.vanished

    def narrow(*words: Any) -> Any:
        with monkeypatch.context() as less:
            less.setattr(bounds, "RANGES", 20)
            return asked(*words)

    monkeypatch.setattr(source, "vanished", narrow)
    assert box.scan().status is ScanStatus.COMPLETE
    assert box.read() == box.read_afresh()


@pytest.mark.parametrize("uids", [[], [2], [999], list(range(1, 30))], ids=["none", "another", "one that never was", "more"])
def test_a_server_that_remembers_wrongly_is_looked_at(box: Box, uids: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    box.scan()
    box.expunge(0, 5)
    asked = source.vanished
    monkeypatch.setattr(source, "vanished", lambda *words: uids if asked(*words) else None)
    assert box.scan().status is ScanStatus.COMPLETE
    assert box.read() == box.read_afresh()


@pytest.mark.parametrize(("missing", "windows"), [((), 2), (("ESEARCH",), 3)], ids=["in ranges", "one by one"])
def test_windows_are_longer_where_the_answer_is_short(
    box: Box, dialogue: list[bytes], monkeypatch: pytest.MonkeyPatch, missing: tuple[str, ...], windows: int
) -> None:
    offers = Session.offers
    monkeypatch.setattr(Session, "offers", lambda self, capability: capability not in missing and offers(self, capability))
    for name, value in {"SEARCH_AT_ONCE": 0, "SEARCH_WINDOW": 8, "EXTENDED_WINDOW": 15}.items():
        monkeypatch.setattr(bounds, name, value)
    assert box.scan().messages == 29
    searches = [command for command in dialogue if command.startswith(b"UID SEARCH")]
    assert len(searches) == windows + (1 if not missing else 2)  # 20 messages in INBOX, 9 in Archive
