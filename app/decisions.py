"""Own domains, exceptions and reviewers' decisions, and how they bind to proof. Trust holds only while it is proven through the same source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.model import (
    Authentication,
    Claim,
    Context,
    Decision,
    DecisionRecord,
    Direction,
    DomainClass,
    ExceptionRule,
    Proof,
    Relationship,
)


def is_within(host: str, domain: str) -> bool:
    """`host` is `domain` or below it, on the dot boundary."""
    return host == domain or host.endswith("." + domain)


def relationship_of(domain: str, proof: Proof, context: Context, kind: DomainClass) -> Relationship:
    """Own, authorised by an exception that is in force, or external. A shared provider is never own."""
    if not domain:
        return Relationship.EXTERNAL
    if kind is not DomainClass.SHARED_PROVIDER and any(is_within(domain, own) for own in context.own_domains):
        return Relationship.OWN
    if any(_allows(rule, domain, proof.source) for rule in in_force(context.exceptions, context.today)):
        return Relationship.AUTHORISED
    return Relationship.EXTERNAL


def in_force(exceptions: Iterable[ExceptionRule], today: date | None) -> Iterable[ExceptionRule]:
    """The exceptions that have not lapsed; one that ends today still holds."""
    return (rule for rule in exceptions if rule.until is None or today is None or rule.until >= today)


def _allows(rule: ExceptionRule, domain: str, source: str) -> bool:
    return rule.direction is Direction.TO_US and is_within(domain, rule.domain) and rule.source in ("", source)


def decision_on(claim: Claim, organisation: str, proof: Proof, context: Context) -> Decision:
    """The reviewer's decision as far as it covers this claim; the address's own decision goes before the domain's."""
    record = _record(claim, organisation, context)
    if record is None or (record.until and context.today and record.until < context.today):
        return Decision.UNREVIEWED
    if record.decision is Decision.TRUSTED and not _trust_holds(record, proof):
        return Decision.UNREVIEWED
    return record.decision


def _record(claim: Claim, organisation: str, context: Context) -> DecisionRecord | None:
    by_subject = {record.subject: record for record in context.decisions}
    return by_subject.get(claim.address) or by_subject.get(organisation) if by_subject else None


def _trust_holds(record: DecisionRecord, proof: Proof) -> bool:
    if proof.authentication is not Authentication.AUTHENTICATED:
        return False
    return not record.proofs or any((identifier, proof.source) in record.proofs for identifier in proof.proof)
