"""What is written of a message: claims once, few examples of each, and counts that are exact whatever came and went."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.model import AuthorStatus, Claim, Folder, FolderRole
from app.store.assessed import AssessedRow
from app.store.cache import Cache
from app.store.codec import encode_claim
from app.store.intake import EXAMPLES, MAX_REFERENCES, ReadMessage, packed, unpacked

INBOX = Folder("INBOX", "INBOX", FolderRole.INBOX, validity=17)
SARA, OMAR = (Claim(AuthorStatus.CLEAR, f"{name}@firm.example", "firm.example", name) for name in ("sara", "omar"))


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache.sqlite")


def read(n: int, claim: Claim = SARA, subject: bytes = b"") -> ReadMessage:
    return ReadMessage(f"INBOX#{n}", encode_claim(claim), n, b"%016d" % n, subject or b"subject-%d." % n, f"id{n}@firm.example")


@pytest.mark.parametrize("at_once", [1, 7, 60, 10_000])
def test_messages_are_counted_exactly_in_however_many_parts(cache: Cache, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr("app.store.counting.COUNTED_AT_ONCE", at_once)
    choose = random.Random(5)
    rows: dict[tuple[int, str], tuple[bytes, str]] = {}
    folders = [cache.enter(Folder(name, name), None).id for name in ("one", "two", "three")]
    for folder in folders:
        found = []
        for n in range(150):
            digest, problem = choose.randbytes(1) + bytes(15), choose.choice(["", "", "", "message.too_large", "message.unreadable"])
            found.append(ReadMessage(f"#{n}", None, None, digest, problem=problem))
            rows[folder, f"#{n}"] = digest, problem
        cache.add(folder, found, "1")
    for covered in (folders, folders[:2], folders[2:], []):
        cache.cover(covered)
        kept = [row for (folder, _), row in rows.items() if folder in covered]
        distinct, unreadable = {digest for digest, _ in kept}, {digest for digest, problem in kept if problem == "message.unreadable"}
        assert cache.totals() == (len(distinct) - len(unreadable), len(kept) - len(distinct), len(unreadable))


def test_claims_that_are_looked_up_alike_are_told_apart(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.intake.claim_key", lambda _: 7)
    monkeypatch.setattr("app.store.intake.MAX_REMEMBERED", 0)
    known = cache.enter(INBOX, None)
    for n in range(0, 20, 2):
        cache.add(known.id, [read(n), read(n + 1, OMAR)], str(n))
    assert [(record.claim, record.messages, len(record.examples)) for record in cache.claims()] == [(SARA, 10, EXAMPLES), (OMAR, 10, EXAMPLES)]


@pytest.mark.parametrize("remembered", [0, 4_096])
def test_a_row_that_another_message_took_over_stays_its_example(cache: Cache, monkeypatch: pytest.MonkeyPatch, remembered: int) -> None:
    monkeypatch.setattr("app.store.intake.MAX_REMEMBERED", remembered)
    known = cache.enter(INBOX, None)
    cache.add(known.id, [read(n) for n in (1, 2, 3)], "3")
    cache.forget_messages(known.id, ["INBOX#3"])
    cache.add(known.id, [read(4, OMAR)], "4")
    cache.add(known.id, [read(n) for n in range(5, 15)], "14")
    examples = {record.claim.name: [example.id for example in record.examples] for record in cache.claims()}
    assert examples == {"sara": ["INBOX#14", "INBOX#13", "INBOX#12", "INBOX#2", "INBOX#1"], "omar": ["INBOX#4"]}


@pytest.mark.parametrize("at_once", [1, 4, 20])
def test_what_makes_way_for_later_examples_is_nowhere_in_the_file(tmp_path: Path, at_once: int) -> None:
    with closing(Cache(tmp_path / "cache.sqlite")) as cache:
        known = cache.enter(INBOX, None)
        for start in range(0, 20, at_once):
            cache.add(known.id, [read(n) for n in range(start, start + at_once)], str(start))
        (record,) = cache.claims()
    kept = (0, 1, 17, 18, 19)
    assert {example.subject for example in record.examples} == {f"subject-{n}." for n in kept}
    octets = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert [n for n in range(20) if b"subject-%d." % n in octets] == list(kept)
    assert [n for n in range(20) if b"id%d@firm.example" % n in octets] == list(kept)


def test_a_subject_is_read_as_it_is_shown_wherever_it_is_asked_for(cache: Cache) -> None:
    known = cache.enter(INBOX, None)
    cache.add(known.id, [read(1, subject=b"=?utf-8?B?2YXYsdit2KjYpw==?="), read(2, subject=b"raw \xff octets \x00"), read(3, subject=b"x" * 9_000)], "1")
    (record,) = cache.claims()
    assert [example.subject for example in record.examples] == ["x" * 500, "raw ÿ octets \x00", "مرحبا"]
    cache.assessed.keep("judged", [AssessedRow("firm.example", [record])], cache.totals(), "")
    assert [each.examples for each in cache.assessed.claims(0)] == [record.examples]
    cache.forget_subjects()
    assert [example.subject for record in cache.claims() for example in record.examples] == ["", "", ""]


def test_a_claim_that_would_not_be_found_again_is_damage(cache: Cache) -> None:
    cache.add(cache.enter(INBOX, None).id, [read(1)], "1")
    assert cache.is_sound()
    assert cache.path is not None
    with closing(sqlite3.connect(cache.path, isolation_level=None)) as db:
        db.execute("UPDATE claims SET key = key + 1")
    assert not cache.is_sound()


@pytest.mark.parametrize("count", range(MAX_REFERENCES + 1))
def test_what_a_message_answers_is_stored_as_it_was(count: int) -> None:
    keys = tuple(random.Random(count).randint(-(2**63), 2**63 - 1) for _ in range(count))
    assert unpacked(bytes(packed(keys))) == keys
