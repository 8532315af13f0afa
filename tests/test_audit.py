"""From caches to a report: what belongs together is added up, and what is known of a conversation reaches its claims."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from app.audit import reassessed, report_of
from app.basis import Known, Reading, Wishes, total
from app.domains import Organisations
from app.mail.claim import claim_of
from app.mail.parse import parse
from app.model import BorderSource, Correspondent, Facts, Folder, FolderRole, Relationship, Report, Scan, ScanStatus
from app.store.cache import Cache
from app.store.codec import encode_claim
from app.store.intake import ReadMessage, key_of
from tests.mailmaker import BORDER, header

FACTS = Facts(shared_providers=frozenset({"freemail.example"}), reserved_are_ordinary=True)
INBOX, SENT = Folder("INBOX", "INBOX", FolderRole.INBOX), Folder("Sent", "Sent", FolderRole.SENT)


def read(n: int, author: str, folder: str = "INBOX", extra: str = "") -> ReadMessage:
    message = parse(header(n, author, extra=extra), Organisations(FACTS).organisation)
    answers = tuple(map(key_of, message.references))
    return ReadMessage(f"{folder}#{n}", encode_claim(claim_of(message)), n, b"%016d" % n, b"s", message.message_id, answers=answers)


def sent(n: int, *recipients: str) -> ReadMessage:
    return ReadMessage(f"Sent#{n}", None, n, b"sent%012d" % n, b"s", f"sent{n}@firm.example", recipients=recipients)


@pytest.fixture
def cache() -> Iterator[Cache]:
    cache = Cache(None)
    yield cache
    cache.close()


def report(*caches: Cache, wishes: Wishes = Wishes(own_domains=("firm.example",))) -> Report:  # noqa: B008 (frozen)
    readings = [Reading(f"s{n}", cache, Scan(messages=cache.totals()[0])) for n, cache in enumerate(caches)]
    return report_of(readings, wishes, Known(FACTS), 1_790_000_000)


def outside(found: Report) -> dict[str, int]:
    return {claim.record.claim.address: claim.record.outside_replies for row in found.domains for claim in row.claims}


ANSWER = "In-Reply-To: <sent1@firm.example>"


def test_an_answer_from_an_address_that_was_not_written_to_is_counted(cache: Cache) -> None:
    cache.add(cache.enter(SENT, None).id, [sent(1, "sara@partner.example")], "1")
    authors = ("sara@partner.example", "omar@partner.example", "thief@elsewhere.example")
    cache.add(cache.enter(INBOX, None).id, [read(n, author, extra=ANSWER) for n, author in enumerate(authors, 1)], "3")
    assert outside(report(cache)) == {"sara@partner.example": 0, "omar@partner.example": 0, "thief@elsewhere.example": 1}


def test_months_of_several_sources_are_added_and_stay_when_judged_again(cache: Cache) -> None:
    other = Cache(None)
    cache.add(cache.enter(INBOX, None).id, [read(1, "sara@partner.example")], "1")
    other.add(other.enter(INBOX, None).id, [read(2, "sara@partner.example")], "1")
    both = report(cache, other)
    other.close()
    assert [(month, messages) for (_, month), messages in both.months.items()] == [("1970-01", 2)]
    assert reassessed(both, Wishes(), Known(FACTS)).months == both.months


def test_at_a_shared_provider_only_the_address_itself_is_a_party(cache: Cache) -> None:
    cache.add(cache.enter(SENT, None).id, [sent(1, "sara@freemail.example")], "1")
    cache.add(cache.enter(INBOX, None).id, [read(1, "sara@freemail.example", extra=ANSWER), read(2, "thief@freemail.example", extra=ANSWER)], "2")
    assert outside(report(cache)) == {"sara@freemail.example": 0, "thief@freemail.example": 1}


def test_an_answer_to_something_unknown_says_nothing(cache: Cache) -> None:
    cache.add(cache.enter(INBOX, None).id, [read(1, "thief@elsewhere.example", extra=ANSWER)], "1")
    assert outside(report(cache)) == {"thief@elsewhere.example": 0}


def test_whoever_answers_one_of_several_messages_they_were_sent_is_a_party(cache: Cache) -> None:
    cache.add(cache.enter(SENT, None).id, [sent(1, "sara@partner.example"), sent(2, "lina@customer.example")], "2")
    both = "References: <sent1@firm.example> <sent2@firm.example>"
    cache.add(cache.enter(INBOX, None).id, [read(1, "lina@customer.example", extra=both)], "1")
    assert outside(report(cache)) == {"lina@customer.example": 0}


def test_equal_claims_of_two_mailboxes_are_one(cache: Cache) -> None:
    other = Cache(None)
    cache.add(cache.enter(INBOX, None).id, [read(1, "sara@partner.example"), read(2, "sara@partner.example")], "2")
    other.add(other.enter(INBOX, None).id, [read(3, "sara@partner.example")], "1")
    (row,) = report(cache, other).domains
    assert [claim.record.messages for claim in row.claims] == [3]
    other.close()


def test_the_border_is_learned_and_says_on_how_many_messages(cache: Cache) -> None:
    cache.add(cache.enter(INBOX, None).id, [read(n, "sara@partner.example") for n in range(1, 31)], "30")
    (server,) = report(cache).scope.border.servers
    assert (server.id, server.how, server.messages, server.of) == (BORDER, BorderSource.LEARNED, 30, 30)


def test_only_the_named_server_is_believed(cache: Cache) -> None:
    cache.add(cache.enter(INBOX, None).id, [read(n, "sara@partner.example") for n in range(1, 31)], "30")
    (row,) = report(cache, wishes=Wishes(trusted_servers=("mx.elsewhere.example",))).domains
    assert {str(state): n for state, n in row.counts.items()} == {"authenticated": 0, "failed": 0, "not_established": 30}


def test_a_pinned_server_goes_before_what_would_be_learned_and_behind_what_is_named(cache: Cache) -> None:
    cache.add(cache.enter(INBOX, None).id, [read(n, "sara@partner.example") for n in range(1, 31)], "30")
    (server,) = report(cache, wishes=Wishes(pinned_servers=("mx.elsewhere.example",))).scope.border.servers
    assert (server.id, server.how) == ("mx.elsewhere.example", BorderSource.PINNED)
    (server,) = report(cache, wishes=Wishes(pinned_servers=("mx.elsewhere.example",), trusted_servers=(BORDER,))).scope.border.servers
    assert (server.id, server.how, server.messages) == (BORDER, BorderSource.GIVEN, 30)


def test_other_own_domains_judge_the_same_mail_again(cache: Cache) -> None:
    cache.add(cache.enter(INBOX, None).id, [read(1, "sara@partner.example")], "1")
    before = report(cache)
    after = reassessed(before, Wishes(own_domains=("partner.example",)), Known(FACTS))
    assert [row.relationship for row in (*before.domains, *after.domains)] == [Relationship.EXTERNAL, Relationship.OWN]
    assert after.scope.own_domains == ("partner.example",)
    assert after == report(cache, wishes=Wishes(own_domains=("partner.example",)))


def test_books_of_several_sources_are_added_up() -> None:
    whole = total([Scan(messages=3, seconds=1), Scan(messages=4, duplicates=1, seconds=2)])
    assert (whole.status, whole.messages, whole.duplicates, whole.seconds) == (ScanStatus.COMPLETE, 7, 1, 3)


def test_one_source_that_failed_among_others_makes_it_partial() -> None:
    assert total([Scan(), Scan(ScanStatus.ERROR, "connection")]).status is ScanStatus.PARTIAL
    assert total([Scan(ScanStatus.ERROR, "connection"), Scan(ScanStatus.ERROR, "timeout")]).status is ScanStatus.ERROR
    assert total([Scan(), Scan(ScanStatus.CANCELLED)]).status is ScanStatus.CANCELLED


def test_of_several_sources_every_id_names_its_source_and_equal_claims_and_correspondents_are_one() -> None:
    with closing(Cache(None)) as one, closing(Cache(None)) as other:
        for cache, number in ((one, 1), (other, 5)):
            cache.add(cache.enter(SENT, None).id, [sent(number, "sara@partner.example")], "1")
            cache.add(cache.enter(INBOX, None).id, [read(number, "sara@partner.example")], "1")
        found = report(one, other, wishes=Wishes(messages=True))
    (row,) = found.domains
    (claim,) = row.claims
    assert (claim.record.messages, claim.record.first_seen, claim.record.last_seen) == (2, 1, 5)
    assert {example.id for example in claim.record.examples} == {message.id for message in found.messages or ()} == {"s0/INBOX#1", "s1/INBOX#5"}
    assert found.correspondents == {"sara@partner.example": Correspondent("sara@partner.example", 2, 1, 5)}
