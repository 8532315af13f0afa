"""The cache: exact counts however often, in whatever order and however far something was read."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.errors import NitaqError
from app.model import AuthorStatus, Claim, Folder, FolderRole, Notice, Scan, ScanStatus
from app.store.cache import Cache
from app.store.codec import encode_claim
from app.store.database import open_database
from app.store.folder import StoreFolder
from app.store.intake import EXAMPLES, ReadMessage
from app.store.schema import MIGRATIONS

INBOX = Folder("INBOX", "INBOX", FolderRole.INBOX, validity=17)
SENT = Folder("Sent", "Sent", FolderRole.SENT, validity=4)
SARA = Claim(AuthorStatus.CLEAR, "sara@firm.example", "firm.example", "Sara")
OMAR = Claim(AuthorStatus.CLEAR, "omar@firm.example", "firm.example", "عمر")


def read(n: int, claim: Claim | None = SARA, **values: object) -> ReadMessage:
    message = ReadMessage(f"INBOX#{n}", encode_claim(claim) if claim else None, 1_000 + n, b"%016d" % n, b"subject %d" % n, f"id{n}@firm.example")
    return message._replace(**values)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "deep" / "cache.sqlite")


def test_equal_claims_are_one_record_that_counts(cache: Cache) -> None:
    known = cache.enter(INBOX, None)
    cache.add(known.id, [read(1), read(2), read(3, OMAR)], "3")
    assert sorted((record.claim.address, record.messages, record.first_seen, record.last_seen) for record in cache.claims()) == [
        ("omar@firm.example", 1, 1003, 1003),
        ("sara@firm.example", 2, 1001, 1002),
    ]


def test_a_message_stored_twice_counts_once(cache: Cache) -> None:
    known = cache.enter(INBOX, None)
    cache.add(known.id, [read(1), read(2)], "2")
    cache.add(known.id, [read(1), read(2), read(3)], "3")
    assert cache.totals() == (3, 0, 0)
    assert [record.messages for record in cache.claims()] == [3]


def test_a_copy_in_another_folder_is_a_duplicate_until_the_original_is_deleted(cache: Cache) -> None:
    inbox, archive = cache.enter(INBOX, None), cache.enter(Folder("Archive", "Archive"), None)
    cache.add(inbox.id, [read(1)], "1")
    cache.add(archive.id, [read(1, name="Archive#1")], "1")
    assert cache.totals() == (1, 1, 0)
    cache.forget_messages(inbox.id, ["INBOX#1"])
    assert cache.totals() == (1, 0, 0)
    assert [record.messages for record in cache.claims()] == [1]


def test_messages_are_counted_by_claim_and_month_each_once(cache: Cache) -> None:
    march, april = 1_772_500_000, 1_775_600_000  # in 2026
    inbox, archive, sent = cache.enter(INBOX, None), cache.enter(Folder("Archive", "Archive"), None), cache.enter(SENT, None)
    cache.add(inbox.id, [read(1, date=march), read(2, date=march), read(3, date=april), read(4, OMAR, date=april), read(5, date=None)], "5")
    cache.add(archive.id, [read(1, date=march, name="Archive#1")], "1")
    cache.add(sent.id, [read(9, None, name="Sent#9", date=april, recipients=("partner@other.example",))], "1")
    names = {record.id: record.claim.name for record in cache.claims()}
    found = {(names[claim], month): messages for (claim, month), messages in cache.months().items()}
    assert found == {("Sara", "2026-03"): 2, ("Sara", "2026-04"): 1, ("عمر", "2026-04"): 1}


def test_a_date_outside_the_calendar_belongs_to_no_month(cache: Cache) -> None:
    cache.add(cache.enter(INBOX, None).id, [read(1, date=10**15)], "1")
    assert cache.months() == {}


def test_what_the_owner_sent_is_counted_but_makes_no_claim_even_through_a_folder_of_all_mail(cache: Cache) -> None:
    everything, sent = cache.enter(Folder("All", "All", FolderRole.ALL), None), cache.enter(SENT, None)
    cache.add(everything.id, [read(1), read(2)], "2")
    cache.add(sent.id, [read(1, None, name="Sent#1", recipients=("partner@other.example",))], "1")
    assert cache.totals() == (2, 1, 0)
    assert [record.messages for record in cache.claims()] == [1]
    assert [row.id for row in cache.messages()] == ["INBOX#2"]
    assert cache.correspondents()["partner@other.example"].messages == 1


def test_an_unreadable_message_is_counted_apart(cache: Cache) -> None:
    known = cache.enter(INBOX, None)
    cache.add(known.id, [read(1), read(2, problem="message.unreadable"), read(3, problem="message.too_large")], "3")
    assert cache.totals() == (2, 0, 1)


def test_junk_is_counted_within_its_claim(cache: Cache) -> None:
    inbox, junk = cache.enter(INBOX, None), cache.enter(Folder("Junk", "Junk", FolderRole.JUNK), None)
    cache.add(inbox.id, [read(1)], "1")
    cache.add(junk.id, [read(2, name="Junk#1")], "1")
    assert [(record.messages, record.junk) for record in cache.claims()] == [(2, 1)]


def test_claims_that_are_no_longer_remembered_are_found_again(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.intake.MAX_REMEMBERED", 1)
    known = cache.enter(INBOX, None)
    for n in range(1, 30, 2):
        cache.add(known.id, [read(n), read(n + 1, OMAR)], str(n + 1))
    assert sorted((record.claim.address, record.messages, len(record.examples)) for record in cache.claims()) == [
        ("omar@firm.example", 15, EXAMPLES),
        ("sara@firm.example", 15, EXAMPLES),
    ]


def test_a_claim_keeps_its_first_examples_and_the_latest(cache: Cache) -> None:
    known = cache.enter(INBOX, None)
    for n in range(1, 41):
        cache.add(known.id, [read(n)], str(n))
    (record,) = cache.claims()
    assert [example.subject for example in record.examples] == [f"subject {n}" for n in (40, 39, 38, 2, 1)]
    assert len(record.examples) == EXAMPLES


def test_examples_are_the_same_when_the_cache_is_opened_anew_for_each_batch(tmp_path: Path) -> None:
    for n in range(1, 12):
        cache = Cache(tmp_path / "cache.sqlite")
        cache.add(cache.enter(INBOX, None).id, [read(n)], str(n))
        cache.close()
    (record,) = Cache(tmp_path / "cache.sqlite").claims()
    assert record.messages == 11
    assert len(record.examples) == EXAMPLES
    assert record.examples[0].subject == "subject 11"


def test_the_cursor_and_the_messages_before_it_are_one_transaction(cache: Cache) -> None:
    known = cache.enter(INBOX, None)
    cache.add(known.id, [read(1)], "1")
    with pytest.raises(sqlite3.IntegrityError, match="problem"):
        cache.add(known.id, [read(2), read(3, problem=None)], "3")
    assert cache.enter(INBOX, None).cursor == "1"
    assert cache.count(known.id) == 1
    cache.add(known.id, [read(2), read(3)], "3")
    assert [record.messages for record in cache.claims()] == [3]


def test_another_uidvalidity_forgets_the_folder(cache: Cache) -> None:
    cache.add(cache.enter(INBOX, None).id, [read(1)], "1")
    known = cache.enter(replace(INBOX, validity=18), None)
    assert known.cursor is None
    assert cache.totals() == (0, 0, 0)


def test_another_first_day_forgets_the_folder(cache: Cache) -> None:
    cache.add(cache.enter(INBOX, date(2026, 1, 1)).id, [read(1)], "1")
    assert cache.enter(INBOX, date(2026, 1, 1)).cursor == "1"
    assert cache.enter(INBOX, None).cursor is None
    assert cache.totals() == (0, 0, 0)


def test_a_folder_out_of_scope_is_kept_and_not_shown(cache: Cache) -> None:
    inbox, junk = cache.enter(INBOX, None), cache.enter(Folder("Junk", "Junk", FolderRole.JUNK), None)
    cache.add(inbox.id, [read(1)], "1")
    cache.add(junk.id, [read(2, OMAR, name="Junk#1")], "1")
    cache.cover([inbox.id])
    assert [record.claim for record in cache.claims()] == [SARA]
    assert [folder.name for folder in cache.folders("x")] == ["INBOX"]
    cache.cover([inbox.id, junk.id])
    assert cache.totals() == (2, 0, 0)


def test_the_books_of_the_last_scan_are_found_again(cache: Cache) -> None:
    assert cache.last_scan() is None
    cache.add(cache.enter(INBOX, None).id, [read(1)], "1")
    scan = Scan(ScanStatus.PARTIAL, "incomplete", 1, 0, 0, 2, 1.5, (Notice("incomplete", (("folder", "INBOX"), ("missing", 2))),))
    cache.remember(scan, date(2026, 2, 3))
    assert cache.last_scan() == (scan, date(2026, 2, 3))


def test_hostile_text_is_stored_and_comes_back(cache: Cache) -> None:
    nasty = Claim(AuthorStatus.CLEAR, "a'b@x.example", "x.example", "\u202egpj.exe\x00\x1b[31m '; DROP TABLE claims; --")
    cache.add(cache.enter(INBOX, None).id, [read(1, nasty, subject=b"no \xff UTF-8\x00", message_id="lone \ud800 surrogate")], "1")
    (record,) = cache.claims()
    assert record.claim == nasty


def test_the_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = StoreFolder(tmp_path / "store")
    cache = folder.cache("imaps://sara@mail.example")
    cache.add(cache.enter(INBOX, None).id, [read(1)], "1")
    assert stat.S_IMODE((tmp_path / "store").stat().st_mode) == 0o700
    files = [path for path in (tmp_path / "store").rglob("*") if path.is_file()]
    assert len(files) >= 2  # the database and its write-ahead log
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_forgetting_a_source_leaves_no_file(tmp_path: Path) -> None:
    folder = StoreFolder(tmp_path)
    cache = folder.cache("sample")
    cache.add(cache.enter(INBOX, None).id, [read(1)], "1")
    cache.close()
    folder.forget("sample")
    assert not folder.has_cache("sample")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "cache.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(NitaqError) as caught:
        Cache(tmp_path / "cache.sqlite")
    assert caught.value.code == "store.damaged"


@pytest.mark.parametrize("harm", ["beginning", "middle", "end", "all"])
def test_a_damaged_cache_is_set_aside_and_begun_anew_by_the_engine(tmp_path: Path, harm: str) -> None:
    folder = StoreFolder(tmp_path)
    cache, aside = folder.cache_to_fill("sample")
    assert aside is None
    cache.add(cache.enter(INBOX, None).id, [read(n) for n in range(2_000)], "2000")
    cache.close()
    (path,) = tmp_path.rglob("*.sqlite")
    octets = path.read_bytes()
    size, third = len(octets), len(octets) // 3
    at = {"beginning": slice(0, third), "middle": slice(third, 2 * third), "end": slice(2 * third, size), "all": slice(0, size)}[harm]
    damaged = octets[: at.start] + b"\xa5" * (at.stop - at.start) + octets[at.stop :]
    path.write_bytes(damaged)
    cache, aside = folder.cache_to_fill("sample")
    assert (cache.is_sound(), cache.totals(), list(cache.claims())) == (True, (0, 0, 0), [])
    assert aside is not None
    assert aside.read_bytes() == damaged
    cache.close()
    folder.forget("sample")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_claim_that_makes_no_sense_is_damage(cache: Cache) -> None:
    cache.add(cache.enter(INBOX, None).id, [read(1)], "1")
    assert cache.path is not None
    with closing(sqlite3.connect(cache.path, isolation_level=None)) as db:
        db.execute("UPDATE claims SET body = '[1, 2'")
    with pytest.raises(NitaqError) as caught:
        list(cache.claims())
    assert caught.value.code == "store.damaged"


def test_a_store_of_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    Cache(tmp_path / "cache.sqlite").close()
    with sqlite3.connect(tmp_path / "cache.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    before = (tmp_path / "cache.sqlite").read_bytes()
    with pytest.raises(NitaqError) as caught:
        Cache(tmp_path / "cache.sqlite")
    assert caught.value.code == "store.newer"
    assert (tmp_path / "cache.sqlite").read_bytes() == before


@pytest.mark.parametrize("version", [3, 4])
def test_a_cache_whose_rows_were_others_is_read_anew(tmp_path: Path, version: int) -> None:
    path = tmp_path / "old.db"
    with closing(open_database(path, MIGRATIONS[:version], "NORMAL")) as old:
        old.execute("INSERT INTO folders (key, name, role, validity, cursor, state) VALUES ('INBOX', 'INBOX', 'inbox', 17, '12', '12 13')")
        old.execute("INSERT INTO messages (folder, name, digest, problem) VALUES (1, 'INBOX#12', x'00', '')")
        old.execute("INSERT INTO facts VALUES ('scan', '[]')")
    with closing(Cache(path)) as cache:
        known = cache.enter(INBOX, None)
        assert (known.cursor, known.state, cache.totals(), cache.last_scan()) == (None, "", (0, 0, 0), None)
        cache.add(known.id, [read(12)], "12")
        assert [record.messages for record in cache.claims()] == [1]


def test_a_folder_that_was_read_whole_is_known_by_its_state_until_it_is_rewound(cache: Cache) -> None:
    known = cache.enter(INBOX, None)
    cache.settle(known.id, "12 13")
    assert cache.enter(INBOX, None).state == "12 13"
    cache.rewind(known.id)
    assert cache.enter(INBOX, None).state == ""


ODD_NAMES = [
    "INBOX#7",
    "INBOX#07",
    "INBOX#7.eml",
    "INBOX#",
    "7",
    "",
    "inbox#7",
    "INBOX#\u0667",
    "INBOX#-7",
    "INBOX#" + "9" * 30,
    "INBOX#10",
    "INBOX#9",
    "INBOX#0",
]


@pytest.mark.parametrize("first", ODD_NAMES)
def test_names_of_every_shape_come_back_as_they_were(cache: Cache, first: str) -> None:
    names = [first, *(name for name in ODD_NAMES if name != first)]
    id = cache.enter(INBOX, None).id
    assert cache.add(id, [read(n, name=name) for n, name in enumerate(names)], "1") == len(names)
    assert cache.names(id) == set(names)
    assert {row.id for row in cache.messages()} == set(names)
    assert cache.add(id, [read(n, name=name) for n, name in enumerate(names)], "2") == 0
    cache.forget_messages(id, ["INBOX#7", "7"])
    assert cache.names(id) == set(names) - {"INBOX#7", "7"}


def test_the_examples_of_messages_that_are_gone_go_with_them(cache: Cache) -> None:
    inbox, junk = cache.enter(INBOX, None), cache.enter(Folder("Junk", "Junk", FolderRole.JUNK), None)
    cache.add(inbox.id, [read(1), read(2)], "2")
    cache.add(junk.id, [read(3, name="Junk#3")], "3")
    cache.forget_messages(inbox.id, ["INBOX#1"])
    assert [[example.id for example in record.examples] for record in cache.claims()] == [["Junk#3", "INBOX#2"]]
    inbox = cache.enter(replace(INBOX, validity=99), None)
    assert [[example.id for example in record.examples] for record in cache.claims()] == [["Junk#3"]]
    cache.add(inbox.id, [read(8)], "8")  # rows may have the numbers of those that are gone
    assert sorted(example.id for record in cache.claims() for example in record.examples) == ["INBOX#8", "Junk#3"]


def test_a_judgement_is_let_go_of_as_soon_as_a_message_comes_or_goes(cache: Cache) -> None:
    id = cache.enter(INBOX, None).id
    for change in (
        lambda: cache.add(id, [read(1)], "1"),
        lambda: cache.forget_messages(id, ["INBOX#1"]),
        lambda: cache.add(id, [read(2)], "2"),
        lambda: cache.enter(replace(INBOX, validity=18), None),
    ):
        cache.assessed.keep("judged", (), cache.totals(), "")
        cache.add(id, [], "3")
        cache.forget_messages(id, ["INBOX#99"])
        assert cache.assessed.head() == "judged"
        change()
        assert cache.assessed.head() is None
