"""The scan's books: everything counted once, whatever changed since the last time and however the source behaves."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from app.errors import NitaqError, Refused, UserError, WorldError
from app.model import Batch, Facts, Folder, FolderRole, Notice, RawMessage, Scan, ScanStatus
from app.scan import MAX_NOTICES, Progress, Scanner, ScanOptions
from app.store.cache import Cache
from tests.mailmaker import header

BATCH = 3


@dataclass
class Shelf:
    """A source whose contents a test can change: folder key -> messages by growing number, as on a server."""

    mail: dict[str, dict[int, bytes]]
    roles: dict[str, FolderRole] = field(default_factory=dict)
    validity: int = 1
    appended: bool = True
    lost: frozenset[int] = frozenset()
    fails: BaseException | None = None
    fails_after: int = 0
    notices: tuple[Notice, ...] = ()
    problems: Mapping[int, str] = field(default_factory=dict)
    label: str = "shelf"
    owner: str = "omar@firm.example"

    def folders(self) -> Sequence[Folder]:
        return [Folder(key, key, self.roles.get(key, FolderRole.ORDINARY), len(mail), self.validity, self.appended) for key, mail in self.mail.items()]

    def batches(self, folder: Folder, after: str | None = None, since: date | None = None) -> Iterator[Batch]:
        mail = self.mail[folder.key]
        rest = [n for n in sorted(mail) if n > int(after or 0)]
        if mail and not rest:  # as a server says it
            yield Batch((), str(after), len(mail))
        for start in range(0, len(rest), BATCH):
            if self.fails and start >= self.fails_after:
                raise self.fails
            part = rest[start : start + BATCH]
            came = tuple(self._given(folder, n) for n in part if n not in self.lost)
            yield Batch(came, str(part[-1]), len(mail), missing=len(part) - len(came), notices=self.notices)

    def _given(self, folder: Folder, n: int) -> RawMessage:
        text = self.mail[folder.key][n]
        return RawMessage(f"{folder.key}#{n}", text, 1_000 + n, len(text), problem=self.problems.get(n, ""))

    def present(self, folder: Folder, since: date | None = None) -> Iterable[str]:
        return [f"{folder.key}#{n}" for n in self.mail[folder.key]]

    def header(self, message_id: str) -> bytes:
        folder, _, n = message_id.rpartition("#")
        return self.mail[folder][int(n)]

    def close(self) -> None:
        pass


def shelf(count: int = 10, key: str = "INBOX") -> Shelf:
    return Shelf({key: {n: header(n) for n in range(1, count + 1)}})


EVERYTHING = ScanOptions()


def scan(source: Shelf, cache: Cache, options: ScanOptions = EVERYTHING, cancel_after: int | None = None) -> tuple[Scan, list[Progress], list[Notice]]:
    seen: list[Progress] = []
    notices: list[Notice] = []
    books = None
    scanner = Scanner(source, cache, Facts(), options, lambda: 0.0, lambda: cancel_after is not None and len(seen) >= cancel_after)
    for event in scanner.run():
        if isinstance(event, Progress):
            seen.append(event)
        elif isinstance(event, Notice):
            notices.append(event)
        else:
            books = event
    assert books is not None
    return books, seen, notices


@pytest.fixture
def cache() -> Cache:
    return Cache(None)


def test_everything_is_counted_once_and_the_scan_is_complete(cache: Cache) -> None:
    books, progress, notices = scan(shelf(10), cache)
    assert (books.status, books.messages, books.missing, notices) == (ScanStatus.COMPLETE, 10, 0, [])
    assert [(p.done, p.total) for p in progress] == [(3, 10), (6, 10), (9, 10), (10, 10)]


def test_a_cancelled_scan_keeps_what_it_read_and_goes_on_from_there(cache: Cache) -> None:
    books, _, _ = scan(shelf(10), cache, cancel_after=2)
    assert (books.status, books.messages) == (ScanStatus.CANCELLED, 6)
    books, progress, _ = scan(shelf(10), cache)
    assert (books.status, books.messages) == (ScanStatus.COMPLETE, 10)
    assert [p.done for p in progress] == [6, 9, 10]


@pytest.mark.parametrize("at_once", [1, 4, 5, 100])
@pytest.mark.parametrize("end", [KeyboardInterrupt(), WorldError("connection", host="x"), None], ids=["interrupted", "connection lost", "cancelled"])
def test_what_waited_to_be_stored_is_stored_with_its_cursor_however_a_scan_ends(
    cache: Cache, monkeypatch: pytest.MonkeyPatch, at_once: int, end: BaseException | None
) -> None:
    monkeypatch.setattr("app.scan.STORED_AT_ONCE", at_once)
    source = shelf(10)
    if end is None:
        scan(source, cache, cancel_after=2)
    else:
        with contextlib.suppress(KeyboardInterrupt):
            scan(replace(source, fails=end, fails_after=6), cache)
    assert (cache.totals(), cache.enter(source.folders()[0], None).cursor) == ((6, 0, 0), "6")
    books, progress, _ = scan(source, cache)
    assert (books.status, books.messages, [p.done for p in progress]) == (ScanStatus.COMPLETE, 10, [6, 9, 10])


def test_several_batches_are_stored_in_one_transaction(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.scan.STORED_AT_ONCE", 4)
    stored: list[tuple[int, str]] = []
    add = cache.add
    monkeypatch.setattr(cache, "add", lambda id, messages, cursor: stored.append((len(messages), cursor)) or add(id, messages, cursor))
    scan(shelf(10), cache)
    assert stored == [(6, "6"), (4, "10")]


def test_a_failure_in_the_middle_keeps_what_was_read_and_says_how_much_is_missing(cache: Cache) -> None:
    source = replace(shelf(10), fails=WorldError("connection", host="mail.example"), fails_after=6)
    books, _, notices = scan(source, cache)
    assert (books.status, books.code, books.messages, books.missing) == (ScanStatus.PARTIAL, "connection", 6, 4)
    assert notices == [Notice("connection", (("host", "mail.example"),))]
    assert scan(shelf(10), cache)[0].messages == 10


@pytest.mark.parametrize(
    ("error", "after"),
    [(WorldError("connection", host="x"), 0), (UserError("auth.failed", host="x", user="sara"), 6), (WorldError("store.full", path="x"), 6)],
    ids=["nothing was read", "the user has to mend it", "nothing more can be kept"],
)
def test_a_failure_that_leaves_no_audit_is_an_error(cache: Cache, error: NitaqError, after: int) -> None:
    books, _, _ = scan(replace(shelf(10), fails=error, fails_after=after), cache)
    assert (books.status, books.code, books.messages) == (ScanStatus.ERROR, error.code, after)


def test_what_was_refused_is_refused(cache: Cache) -> None:
    books, _, _ = scan(replace(shelf(), fails=Refused("tls.downgrade", host="mail.example")), cache)
    assert (books.status, books.code) == (ScanStatus.REFUSED, "tls.downgrade")


def test_messages_that_never_came_make_it_partial_with_a_number_and_a_reason(cache: Cache) -> None:
    books, _, notices = scan(replace(shelf(10), lost=frozenset({4, 5})), cache)
    assert (books.status, books.code, books.messages, books.missing) == (ScanStatus.PARTIAL, "incomplete", 8, 2)
    assert notices == [Notice("incomplete", (("folder", "INBOX"), ("missing", 2)))]


def test_messages_that_were_missing_are_fetched_by_the_next_scan(cache: Cache) -> None:
    scan(replace(shelf(10), lost=frozenset({4, 5})), cache)
    assert scan(shelf(10), cache)[0] == Scan(ScanStatus.COMPLETE, None, 10)


@dataclass
class Busy(Shelf):
    """While it is first read, somebody deletes a message that was to come, and others arrive."""

    arrivals: int = 1
    asked: list[str | None] = field(default_factory=list)

    def batches(self, folder: Folder, after: str | None = None, since: date | None = None) -> Iterator[Batch]:
        mail, first = self.mail[folder.key], not self.asked
        self.asked.append(after)
        announced = len(mail)
        for batch in super().batches(folder, after, since):
            gone = [each for each in batch.messages if first and each.id == f"{folder.key}#8"]
            if gone:
                del mail[8]
                mail.update((n, header(n)) for n in range(11, 11 + self.arrivals))
            came = tuple(each for each in batch.messages if each not in gone)
            yield replace(batch, messages=came, total=announced if first else batch.total, missing=batch.missing + len(gone), lost=len(gone))


@pytest.mark.parametrize("arrivals", [0, 1, 3])
def test_what_came_while_others_were_deleted_is_read_and_nothing_is_called_missing_or_read_twice(cache: Cache, arrivals: int) -> None:
    source = Busy(shelf(10).mail, arrivals=arrivals)
    books, _, notices = scan(source, cache)
    assert (books.status, books.messages, books.missing, notices) == (ScanStatus.COMPLETE, 9 + arrivals, 0, [])
    assert source.asked == [None, *["10"] * bool(arrivals)]


@pytest.mark.parametrize("withheld", [5, 11], ids=["of old", "of what came"])
def test_what_is_withheld_is_missing_though_others_were_deleted_and_came(cache: Cache, withheld: int) -> None:
    books, _, _ = scan(Busy(shelf(10).mail, arrivals=2, lost=frozenset({withheld})), cache)
    assert (books.status, books.messages, books.missing) == (ScanStatus.PARTIAL, 10, 1)


def test_new_mail_is_added_to_what_is_known(cache: Cache) -> None:
    scan(shelf(10), cache)
    books, progress, _ = scan(shelf(12), cache)
    assert (books.messages, [p.done for p in progress]) == (12, [10, 12])


def test_deleted_mail_is_no_longer_counted(cache: Cache) -> None:
    scan(shelf(10), cache)
    source = shelf(10)
    del source.mail["INBOX"][2], source.mail["INBOX"][9]
    books, _, _ = scan(source, cache)
    assert (books.status, books.messages) == (ScanStatus.COMPLETE, 8)


def test_as_many_deleted_as_new_is_noticed(cache: Cache) -> None:
    scan(shelf(10), cache)
    source = shelf(12)
    del source.mail["INBOX"][2], source.mail["INBOX"][9]
    scan(source, cache)
    assert sorted(row.id for row in cache.messages()) == sorted(f"INBOX#{n}" for n in source.mail["INBOX"])


def test_as_many_deleted_as_came_before_the_cursor_is_noticed_where_that_can_be(cache: Cache) -> None:
    mail = Shelf({"INBOX": {n: header(n) for n in range(5, 14)}}, appended=False)
    scan(mail, cache)
    del mail.mail["INBOX"][7]
    mail.mail["INBOX"][1] = header(1)
    books, _, _ = scan(mail, cache)
    assert (books.status, books.messages) == (ScanStatus.COMPLETE, 9)
    assert {row.id for row in cache.messages()} == {f"INBOX#{n}" for n in mail.mail["INBOX"]}


def test_a_message_that_was_missing_is_not_made_up_for_by_one_that_was_deleted(cache: Cache) -> None:
    mail = shelf(9)
    mail.lost = frozenset({5})
    scan(mail, cache)
    del mail.mail["INBOX"][2]
    books, _, _ = scan(mail, cache)
    assert (books.status, books.messages, books.missing) == (ScanStatus.PARTIAL, 7, 1)
    mail.lost = frozenset()
    books, _, _ = scan(mail, cache)
    assert (books.status, books.messages, books.missing) == (ScanStatus.COMPLETE, 8, 0)
    assert {row.id for row in cache.messages()} == {f"INBOX#{n}" for n in mail.mail["INBOX"]}


def test_mail_that_came_before_the_cursor_is_read_too(cache: Cache) -> None:
    source = shelf(10)
    late = source.mail["INBOX"].pop(4)
    scan(source, cache)
    source.mail["INBOX"][4] = late
    assert scan(source, cache)[0].messages == 10


def test_another_uidvalidity_reads_the_folder_again(cache: Cache) -> None:
    scan(shelf(10), cache)
    books, progress, _ = scan(replace(shelf(4), validity=2), cache)
    assert (books.messages, [p.done for p in progress]) == (4, [3, 4])


def test_a_copy_in_another_folder_is_a_duplicate(cache: Cache) -> None:
    source = shelf(4)
    source.mail["Archive"] = {9: header(2)}
    books, _, _ = scan(source, cache)
    assert (books.messages, books.duplicates) == (4, 1)


def test_the_same_message_id_does_not_hide_another_message(cache: Cache) -> None:
    source = shelf(1)
    source.mail["Archive"] = {9: header(1, "Impostor <evil@elsewhere.example>")}
    books, _, _ = scan(source, cache)
    assert (books.messages, books.duplicates) == (2, 0)


def test_samples_are_never_duplicates_and_never_sent_mail(cache: Cache) -> None:
    source = Shelf({"Sent": {1: header(1), 2: header(1)}}, {"Sent": FolderRole.SENT})
    books, _, _ = scan(source, cache, ScanOptions(samples=True))
    assert (books.messages, books.duplicates, len(list(cache.messages()))) == (2, 0, 2)


def test_sent_mail_says_whom_the_owner_writes_to(cache: Cache) -> None:
    source = Shelf({"Sent": {1: header(1, to="Lina <LINA@customer.example>, b@x.example")}}, {"Sent": FolderRole.SENT})
    books, _, _ = scan(source, cache)
    assert books.messages == 1
    assert set(cache.correspondents()) == {"lina@customer.example", "b@x.example"}
    assert list(cache.claims()) == []


def test_only_the_wanted_folders_are_read_and_an_unknown_one_is_missing(cache: Cache) -> None:
    source = shelf(3)
    source.mail["Other"] = {1: header(7)}
    assert scan(source, cache, ScanOptions(("INBOX",)))[0].messages == 3
    books, _, notices = scan(source, cache, ScanOptions(("INBOX", "Nowhere")))
    assert (books.status, [n.code for n in notices]) == (ScanStatus.PARTIAL, ["mailbox.denied"])


def test_a_flood_of_warnings_is_bounded(cache: Cache) -> None:
    source = replace(shelf(3 * (MAX_NOTICES + 50)), notices=(Notice("message.too_large", (("message", "x"),)),))
    assert len(scan(source, cache)[0].notices) == MAX_NOTICES


@pytest.mark.parametrize("header_bytes", [b"", b"\xff\xfe\x00", b"From: <<<>>>@\r\n\r\n", b":" * 5000, b"From:" + b"(" * 60_000])
def test_a_malformed_message_is_counted_like_any_other(cache: Cache, header_bytes: bytes) -> None:
    books, _, _ = scan(Shelf({"INBOX": {1: header_bytes, 2: header(2)}}), cache)
    assert (books.status, books.messages) == (ScanStatus.COMPLETE, 2)
    assert sum(record.messages for record in cache.claims()) == 2


def test_a_message_without_a_header_to_read_makes_no_claim(cache: Cache) -> None:
    books, _, _ = scan(Shelf({"INBOX": {n: header(n) for n in (1, 2, 3)}}, problems={2: "message.unreadable"}), cache)
    assert (books.status, books.messages, books.unreadable) == (ScanStatus.COMPLETE, 2, 1)
    assert sum(record.messages for record in cache.claims()) == 2


def test_a_header_that_was_cut_off_is_said_and_judged(cache: Cache) -> None:
    books, _, notices = scan(Shelf({"INBOX": {1: header(1), 2: header(2)}}, problems={2: "message.too_large"}), cache)
    assert (books.status, books.messages) == (ScanStatus.COMPLETE, 2)
    assert notices == [Notice("message.too_large", (("message", "INBOX#2"),))]
    assert sum(record.messages for record in cache.claims()) == 2
