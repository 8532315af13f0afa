"""Several mailboxes as one audit: what counts once and what twice, whom each mailbox believes, and what holds for all of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.audit import report_of
from app.audit_key import is_several, key_of, sources_of
from app.basis import Known, Reading, Wishes
from app.i18n import Translation
from app.library import Library
from app.model import Account, Authentication, Batch, Decision, DecisionRecord, Facts, Folder, FolderRole, RawMessage, Report, Scan, ScanStatus
from app.scan import Scanner, ScanOptions
from app.several import owner_of_message, status_of
from app.store.cache import Cache
from app.store.database import open_database
from app.store.folder import StoreFolder
from app.store.workspace import MIGRATIONS, Workspace
from tests.mailmaker import BORDER, header, message
from tests.test_cli import nitaq

FACTS = Facts(reserved_are_ordinary=True)
SARA, OMAR = "imaps://sara%40firm.example@mail.firm.example", "imaps://omar%40other.example@mail.other.example"


class Box:
    """One folder of given messages."""

    label = owner = ""

    def __init__(self, messages: Sequence[RawMessage]) -> None:
        self._messages = messages

    def folders(self) -> Sequence[Folder]:
        return [Folder("INBOX", "INBOX", FolderRole.INBOX, len(self._messages), 7)]

    def batches(self, folder: Folder, after: str | None = None, since: date | None = None) -> Iterator[Batch]:
        yield Batch(tuple(self._messages), "1", len(self._messages))

    def present(self, folder: Folder, since: date | None = None) -> Iterable[str]:
        return [each.id for each in self._messages]

    def header(self, message_id: str) -> bytes:
        raise KeyError

    def close(self) -> None:
        pass


def cache_of(messages: dict[str, bytes], *, twins: dict[str, str] | None = None) -> Cache:
    """What a scan of these headers stored."""
    cache = Cache(None)
    raw = [RawMessage(name, octets, 1_780_000_000, 500, (twins or {}).get(name, "")) for name, octets in messages.items()]
    *_, books = Scanner(Box(raw), cache, FACTS, ScanOptions(), lambda: 0.0).run()
    assert isinstance(books, Scan)
    assert books.status is ScanStatus.COMPLETE
    return cache


def together(*caches: Cache, messages: bool = False) -> Report:
    readings = [Reading(source, cache, Scan(messages=cache.totals()[0])) for source, cache in zip((SARA, OMAR), caches, strict=True)]
    return report_of(readings, Wishes(own_domains=("firm.example",), messages=messages), Known(FACTS), 1_790_000_000)


def test_one_copy_that_two_accounts_show_counts_once() -> None:
    """A shared folder: the same octets, the same identity."""
    shared = {f"Team#{n}": header(n) for n in range(3)}
    with closing(cache_of({**shared, "INBOX#9": header(9)})) as one, closing(cache_of({**shared, "INBOX#8": header(8)})) as other:
        found = together(one, other, messages=True)
        assert (found.scan.messages, found.scan.duplicates) == (5, 3)
        assert sum(row.messages for row in found.domains) == 5
        assert sum(found.months.values()) == 5
        assert len(found.messages or ()) == 5
        assert other.totals()[0] == 4


def test_a_message_that_was_delivered_to_two_colleagues_counts_twice() -> None:
    """Each delivery has lines of its own."""
    with closing(cache_of({"1": header(1)})) as one, closing(cache_of({"1": header(1).replace(b"id q1", b"id q7")})) as other:
        found = together(one, other)
    assert (found.scan.messages, found.scan.duplicates) == (2, 0)


def test_what_the_server_calls_different_is_not_one() -> None:
    """Its own identity says so, although all octets are the same."""
    with closing(cache_of({"1": header(1)}, twins={"1": "17"})) as one, closing(cache_of({"1": header(1)}, twins={"1": "18"})) as other:
        assert together(one, other).scan.messages == 2


def at(border: bytes, n: int) -> bytes:
    return header(n).replace(BORDER.encode(), border)


def test_the_server_of_one_mailbox_is_not_believed_in_another() -> None:
    """Somebody writes to the second mailbox as if the first one's border had checked it there."""
    honest = {f"a{n}": at(b"mx.first.example", n) for n in range(40)}
    usual = {f"b{n}": at(b"mx.second.example", n) for n in range(40)}
    checked = b"Authentication-Results: mx.first.example; dmarc=pass header.from=bank.example; dkim=pass header.d=bank.example\r\n"
    forged = header(99, "Bank <pay@bank.example>", proof="").replace(BORDER.encode(), b"mx.second.example").replace(b"From:", checked + b"From:")
    with closing(cache_of(honest)) as one, closing(cache_of({**usual, "x": forged})) as other:
        found = together(one, other)
    proofs = {row.domain: row.authentication for row in found.domains}
    assert proofs == {"partner.example": Authentication.AUTHENTICATED, "bank.example": Authentication.NOT_ESTABLISHED}
    assert {server.id for server in found.scope.border.servers} == {"mx.first.example", "mx.second.example"}


def test_a_claim_that_two_mailboxes_saw_proven_differently_stays_two() -> None:
    """Pinned servers: the second mailbox believes another."""
    same = {str(n): header(n) for n in range(30)}
    others = {str(n): header(n).replace(b"id q", b"id r") for n in range(30)}
    with closing(cache_of(same)) as one, closing(cache_of(others)) as other:
        readings = [Reading("one", one, Scan(messages=30)), Reading("other", other, Scan(messages=30), ("mx.elsewhere.example",))]
        found = report_of(readings, Wishes(messages=True), Known(FACTS), 1_790_000_000)
    (row,) = found.domains
    assert {(claim.proof.authentication, claim.record.messages) for claim in row.claims} == {
        (Authentication.AUTHENTICATED, 30), (Authentication.NOT_ESTABLISHED, 30),
    }  # fmt: skip
    ids = {claim.record.id for claim in row.claims}
    assert len(ids) == 2
    assert {message.claim for message in found.messages or ()} == {claim for claim, _ in found.months} == ids


def test_a_key_is_the_source_or_the_list_in_one_order() -> None:
    assert key_of([SARA]) == SARA
    assert key_of([SARA, OMAR]) == key_of([OMAR, SARA, OMAR])
    assert sources_of(key_of([SARA, OMAR])) == tuple(sorted((SARA, OMAR)))
    assert [is_several(key) for key in (SARA, "/mail/[x]", "sample", key_of([SARA, OMAR]))] == [False, False, False, True]


def test_the_owner_of_a_message_is_found_even_where_one_path_lies_in_another() -> None:
    assert owner_of_message("INBOX#1", [SARA]) == (SARA, "INBOX#1")
    assert owner_of_message("/mail/a/b#1", ["/mail", "/mail/a"]) == ("/mail/a", "b#1")


@pytest.mark.parametrize(
    ("statuses", "together"),
    [
        ("complete complete", "complete"), ("complete error", "partial"), ("error refused", "refused"), ("error refused complete", "partial"),
        ("error error", "error"), ("cancelled complete", "cancelled"),
    ],
)  # fmt: skip
def test_several_scans_end_as_one(statuses: str, together: str) -> None:
    assert status_of([ScanStatus(each) for each in statuses.split()])[0] == together


# Kept and opened ------------------------------------------------------------------------------------------------------


@pytest.fixture
def boxes(tmp_path: Path) -> tuple[str, str]:
    paths = []
    for name, numbers in (("sara.mbox", range(12)), ("omar.mbox", range(6, 20))):
        path = tmp_path / name
        path.write_bytes(b"".join(b"From x Thu Jan  1 00:00:00 2026\n" + message(n).replace(b"\r\n", b"\n") + b"\n" for n in numbers))
        paths.append(str(path))
    return paths[0], paths[1]


@pytest.fixture
def library(tmp_path: Path, boxes: tuple[str, str]) -> Iterator[Library]:
    """Both were scanned, each by itself, as the window does it."""
    for path in boxes:
        assert nitaq("audit", path, "--store", tmp_path / "store", "--progress", "none").returncode == 0
    library = Library(StoreFolder(tmp_path / "store"), lambda: 1_790_000_000.0)
    yield library
    library.close()


def test_an_audit_of_several_is_kept_once_and_opened_again(library: Library, boxes: tuple[str, str]) -> None:
    key = key_of(boxes)
    made = library.freeze(key, Translation("en"))
    assert made is not None
    assert (made.scan.messages, made.scan.duplicates) == (20, 6)
    assert {entry.source for entry in library.recent()} == {key, *boxes}
    opened = library.load(key)
    assert opened is not None
    assert opened.domains == made.domains
    (entry,) = library.history(key)
    assert len(library.domains_of(entry.id)) == len(made.domains)
    assert json.loads(library.workspace.frozen(entry.id))["scope"]["sources"] == list(sources_of(key))


def test_what_is_decided_in_one_audit_holds_in_all(library: Library, boxes: tuple[str, str]) -> None:
    key = key_of(boxes)
    opened = library.load(key)
    assert opened is not None
    decided = library.decide(opened, [DecisionRecord("partner.example", Decision.WATCHED, by="Sara", reason="asked")])
    assert {row.domain: row.decision for row in decided.domains}["partner.example"] is Decision.WATCHED
    for source in (*boxes, key):
        again = library.load(source)
        assert again is not None
        assert {row.domain: row.decision for row in again.domains}["partner.example"] is Decision.WATCHED


def test_the_own_domains_of_all_are_own_until_others_are_chosen_for_the_whole(library: Library, boxes: tuple[str, str]) -> None:
    key = key_of(boxes)
    for source, own in zip(boxes, ("firm.example", "partner.example"), strict=True):
        library.save_account(Account(source, source, own_domains=(own,)))
    opened = library.load(key)
    assert opened is not None
    assert set(opened.scope.own_domains) == {"firm.example", "partner.example"}
    changed = library.with_own_domains(opened, ("firm.example",))
    assert changed.scope.own_domains == ("firm.example",)
    again, alone = library.load(key), library.load(boxes[1])
    assert again is not None
    assert alone is not None
    assert again.scope.own_domains == ("firm.example",)
    assert alone.scope.own_domains == ("partner.example",)


def test_without_one_of_its_mailboxes_an_audit_of_several_is_no_longer_offered(library: Library, boxes: tuple[str, str]) -> None:
    key = key_of(boxes)
    library.freeze(key, Translation("en"))
    library.forget(boxes[0])
    assert [entry.source for entry in library.recent()] == [boxes[1]]
    assert library.load(boxes[1]) is not None


def test_an_audit_of_several_is_forgotten_without_its_mailboxes(library: Library, boxes: tuple[str, str]) -> None:
    key = key_of(boxes)
    library.freeze(key, Translation("en"))
    library.forget(key)
    assert {entry.source for entry in library.recent()} == set(boxes)


def test_folders_of_several_are_those_of_each(library: Library, boxes: tuple[str, str]) -> None:
    found = library.folders(key_of(boxes))
    assert found == {**library.folders(boxes[0]), **library.folders(boxes[1])}
    assert set(found) == {"sara.mbox", "omar.mbox"}


def test_of_mailboxes_that_were_never_read_there_is_no_audit(library: Library, tmp_path: Path) -> None:
    before = sorted((tmp_path / "store").rglob("*"))
    assert library.load(key_of(("/nowhere", "/nobody"))) is None
    assert library.folders(key_of(("/nowhere", "/nobody"))) == {}
    assert sorted((tmp_path / "store").rglob("*")) == before


def test_headless_the_same_copies_count_once_and_the_audit_is_kept_once(tmp_path: Path, boxes: tuple[str, str]) -> None:
    store, out = tmp_path / "other", tmp_path / "r.json"
    assert nitaq("audit", *boxes, "--store", store, "--report", out, "--progress", "none").returncode == 0
    scan = json.loads(out.read_text(encoding="utf-8"))["scan"]
    assert (scan["status"], scan["messages"], scan["duplicates"]) == ("complete", 20, 6)
    with closing(Workspace(store / "workspace.sqlite")) as workspace:
        assert [entry.source for entry in workspace.audits()] == [key_of(boxes)]


def test_audits_of_several_from_before_are_kept_under_all_of_their_sources(tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    before = MIGRATIONS[: next(n for n, each in enumerate(MIGRATIONS) if getattr(each, "__name__", "") == "_one_row_each")]
    old: sqlite3.Connection = open_database(path, before, "FULL")
    rows = [(SARA, 10, b"{1}"), (OMAR, 10, b"{1}"), (SARA, 11, b"{2}"), (OMAR, 12, b"{3}")]
    old.executemany("INSERT INTO audits (source, created, status, messages, report) VALUES (?, ?, 'complete', 3, ?)", rows)
    old.close()
    with closing(Workspace(path)) as workspace:
        assert [(entry.created, entry.source) for entry in workspace.audits()] == [(12, OMAR), (11, SARA), (10, key_of((SARA, OMAR)))]
        workspace.save_account(replace(Account("sara", SARA), own_domains=("firm.example",)))
