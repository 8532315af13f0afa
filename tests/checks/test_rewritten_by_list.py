from __future__ import annotations

from dataclasses import replace

from app.checks.base import Subject
from app.checks.name_carries_address import check as carries_address
from app.checks.rewritten_by_list import check
from app.domains import registrable
from app.mail.claim import claim_of
from app.mail.parse import parse
from app.model import Claim, ClaimRecord, Severity, Trait
from tests.checks.subjects import FAILED, subject

FROM = "From: 'sara@partner.example' via Club <club@lists.example>"


def claim(*lines: str) -> Claim:
    return claim_of(parse("".join(f"{line}\r\n" for line in lines).encode(), registrable))


def posted(claim: Claim, **values: object) -> Subject:
    made = subject(claim.address, claim.name, traits=claim.traits, reply_to=claim.reply_to, **values)  # type: ignore[arg-type]
    return replace(made, record=ClaimRecord("c", claim, 1, 0, 0))


def test_whom_the_list_names_is_shown() -> None:
    rewritten = claim(FROM, "List-Post: <mailto:club@lists.example>", "X-Original-From: Sara <sara@partner.example>")
    finding = check(posted(rewritten))
    assert dict(finding.params) == {"domain": "lists.example", "writer": "partner.example"}
    assert (finding.severity, finding.points) == (Severity.INFO, 0)
    assert carries_address(posted(rewritten)).severity is Severity.LOW


def test_a_list_may_name_the_writer_in_reply_to() -> None:
    rewritten = claim(FROM, "List-Post: <mailto:club@lists.example>", "Reply-To: sara@partner.example")
    assert ("writer", "partner.example") in check(posted(rewritten)).params


def test_what_a_stranger_writes_there_is_nobodys_word() -> None:
    """Anybody can write the field; without a list that the mailbox knows, and proof that it came from there, it says nothing."""
    alone = claim(FROM, "X-Original-From: ceo@firm.example")
    assert alone.written_by == ""
    pretended = claim(FROM, "List-Post: <mailto:club@lists.example>", "X-Original-From: ceo@firm.example")
    assert check(posted(pretended, known_list=False)) is None
    assert check(posted(pretended, proof=FAILED)) is None


def test_a_list_that_leaves_the_sender_in_place_is_no_finding() -> None:
    kept = claim("From: Sara <sara@partner.example>", "List-Post: <mailto:club@lists.example>", "X-Original-Sender: sara@partner.example")
    assert Trait.LIST in kept.traits
    assert kept.written_by == ""
    assert check(posted(kept)) is None
