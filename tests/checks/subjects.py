"""A subject for one check: what a test does not name is an honest, proven, external sender whom the mailbox hardly knows."""

from __future__ import annotations

from typing import Any

from app.checks.base import History, Subject
from app.model import (
    Authentication,
    AuthorStatus,
    Claim,
    ClaimRecord,
    Context,
    DomainClass,
    Evidence,
    How,
    Proof,
    Relationship,
    Trait,
    Verdict,
)
from app.people import words_of

DAY = 86_400
SHARED = frozenset(("free.example",))


def organisation_of(host: str) -> str:
    return ".".join(host.split(".")[-2:])


def class_of(domain: str) -> DomainClass:
    return DomainClass.SHARED_PROVIDER if domain in SHARED else DomainClass.ORDINARY


PROVEN = Proof(Authentication.AUTHENTICATED, How.REPORTED, ("dkim:partner.example",), "own", Verdict.PASS, Verdict.PASS, Verdict.PASS)
FAILED = Proof(Authentication.FAILED, How.REPORTED, (), "192.0.2.0/24", Verdict.FAIL, Verdict.NONE, Verdict.FAIL)
NOTHING_PASSED = Proof(Authentication.NOT_ESTABLISHED, How.NONE, (), "192.0.2.0/24", Verdict.NONE, Verdict.NONE, Verdict.NONE)
NOBODY_LOOKED = Proof(Authentication.NOT_ESTABLISHED, How.NONE)
INTERNAL_TRACE = Evidence(internal=True)


def subject(
    address: str = "sara.haddad@partner.example",
    name: str = "Sara Haddad",
    *,
    status: AuthorStatus = AuthorStatus.CLEAR,
    traits: tuple[Trait, ...] = (),
    reply_to: str = "",
    proof: Proof = PROVEN,
    messages: int = 1,
    first_seen: int = 100 * DAY,
    last_seen: int | None = None,
    relationship: Relationship = Relationship.EXTERNAL,
    evidence: Evidence | None = None,
    **given: Any,
) -> Subject:
    domain = address.rpartition("@")[2]
    claim = Claim(status, address, domain, name, reply_to, traits, evidence or Evidence())
    record = ClaimRecord("c", claim, messages, first_seen, first_seen if last_seen is None else last_seen)
    organisation = organisation_of(domain) if domain else ""
    values: dict[str, Any] = {
        "domain_class": class_of(organisation),
        "history": History(messages, messages, first_seen, first_seen),
        "resemblances": (),
        "context": Context(),
        "words": words_of(name),
        "known_list": Trait.LIST in traits,
        **given,
    }
    return Subject(
        record=record,
        proof=proof,
        relationship=relationship,
        organisation=organisation,
        organisation_of=organisation_of,
        class_of=class_of,
        **values,
    )
