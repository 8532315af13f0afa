"""Messages become what is stored of them, some at a time, in order, whatever stands beside them."""

from __future__ import annotations

import random
import tracemalloc

import pytest

from app import reading
from app.mail.claim import claim_of
from app.mail.parse import parse
from app.model import FolderRole, RawMessage, Whose
from app.reading import AT_ONCE, MessageReader
from app.sources.message_header import UNREADABLE
from app.store.codec import encode_claim
from tests.fuzz.fuzz_headers import mutated, organisation


def test_more_messages_than_are_read_at_once_come_in_order_each_with_its_own_claim() -> None:
    rng = random.Random(7)
    messages = [RawMessage(f"INBOX#{n}", mutated(rng) + b"\r\nMessage-ID: <%d@a.example>\r\n" % n, n) for n in range(2 * AT_ONCE + 7)]
    read = MessageReader(organisation, samples=False, subjects=True).read(FolderRole.INBOX, Whose.OWN, messages)
    assert [each.name for each in read] == [message.id for message in messages]
    assert [each.claim for each in read] == [encode_claim(claim_of(parse(message.header, organisation))) for message in messages]
    assert [each.message_id for each in read] == [parse(message.header, organisation).message_id for message in messages]


def test_an_unreadable_message_claims_nothing_and_its_neighbours_claim_their_own() -> None:
    whole = b"From: a@b.example\r\n\r\n"
    read = MessageReader(organisation, samples=False, subjects=True).read(
        FolderRole.INBOX, Whose.OWN, [RawMessage("1", whole), RawMessage("2", b"", problem=UNREADABLE), RawMessage("3", whole)]
    )
    assert [each.claim is None for each in read] == [False, True, False]
    assert read[0].claim is read[2].claim


def test_long_statements_that_do_not_recur_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_STATEMENTS", 4)
    signed = b"".join(b"; dkim=pass header.d=a%d.%b.example" % (n, b"x" * 60) for n in range(64))
    messages = [RawMessage(str(n), b"Authentication-Results: mx%d.example%b\r\n" % (n, signed)) for n in range(200)]
    reader = MessageReader(organisation, samples=False, subjects=False)
    reader.read(FolderRole.INBOX, Whose.OWN, messages[:1])
    tracemalloc.start()
    try:
        for message in messages:
            reader.read(FolderRole.INBOX, Whose.OWN, [message])
        assert tracemalloc.get_traced_memory()[0] < 10 * len(signed) * reading.MAX_STATEMENTS
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("role", "whose", "claims", "sent_to"), [(FolderRole.SENT, Whose.OWN, False, ("c@d.example",)), (FolderRole.INBOX, Whose.OWN, True, ())]
)
def test_sent_mail_claims_nothing_and_names_whom_it_went_to(role: FolderRole, whose: Whose, claims: bool, sent_to: tuple[str, ...]) -> None:
    (read,) = MessageReader(organisation, samples=False, subjects=True).read(
        role, whose, [RawMessage("1", b"From: a@b.example\r\nTo: C@d.example\r\nReferences: <x@y.example>\r\n\r\n")]
    )
    assert (read.claim is not None, read.recipients, bool(read.answers)) == (claims, sent_to, claims)
