"""Own domains, exceptions and reviewers' decisions, and how they bind to proof. Trust holds only while it is proven through the same source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

from app.model import (
    Authentication,
    Claim,
    Context,
    Decision,
    DecisionRecord,
    Direction,
    DomainClass,
    ExceptionRule,
    JudgedClaim,
    Proof,
    Relationship,
)
from app.patterns import is_wide, matches

NOTICE = timedelta(days=30)
LONGEST_NOTE = 500
"""Characters of what a reviewer writes about a decision or an exception."""


def is_within(host: str, domain: str) -> bool:
    """`host` is `domain` or below it, on the dot boundary."""
    return host == domain or host.endswith("." + domain)


def with_all_above(domain: str) -> Iterator[str]:
    """`a.b.c`, `b.c` and `c`."""
    while domain:
        yield domain
        domain = domain.partition(".")[2]


def in_force(exceptions: Iterable[ExceptionRule], today: date | None) -> tuple[ExceptionRule, ...]:
    """The exceptions that have not lapsed; one that ends today still holds."""
    return tuple(rule for rule in exceptions if rule.until is None or today is None or rule.until >= today)


def ends_soon(rule: ExceptionRule, today: date) -> bool:
    """It holds still, and its last day is at most `NOTICE` away: time to ask whoever approved it."""
    return rule.until is not None and today <= rule.until <= today + NOTICE


def has_ended(rule: ExceptionRule, today: date) -> bool:
    return rule.until is not None and rule.until < today


def is_due(record: DecisionRecord, today: date | None) -> bool:
    """The day to look again has come: from that day on the decision no longer holds."""
    return record.until is not None and today is not None and record.until <= today


def pairs_of(claims: Iterable[JudgedClaim]) -> tuple[tuple[str, str], ...]:
    """The (proof, source) pairs that a decision about these claims binds to."""
    return tuple(sorted({(identifier, claim.proof.source) for claim in claims for identifier in claim.proof.proof}))


def record_of(
    subject: str, decision: Decision, claims: Iterable[JudgedClaim], *, by: str = "", reason: str = "", at: int | None = None, until: date | None = None
) -> DecisionRecord:
    """A decision as it is to be kept: bound to the proofs that these claims, the ones the reviewer looked at, have now."""
    return DecisionRecord(subject, decision, by, reason, at, until, pairs_of(claims))


def covers(rule: ExceptionRule, domain: str, kind: DomainClass, proof: Proof) -> bool:
    """The rule speaks of this author domain of this kind, through this source; one that names no single organisation, of what is proven alone."""
    named = matches(rule.domain, domain) and rule.kind in (None, kind) and rule.source in ("", proof.source)
    return named and (_proven(proof) or not is_wide(rule))


class Policy:
    """What the organisation has laid down, ordered once for asking about many claims."""

    def __init__(self, context: Context) -> None:
        self.is_own = cache(lambda domain: any(is_within(domain, own) for own in context.own_domains))
        rules = in_force(context.exceptions, context.today)
        self._lapsed = [rule for rule in context.exceptions if rule not in rules]
        self._to_us = [rule for rule in rules if rule.direction is Direction.TO_US]
        self._as_us = [rule for rule in rules if rule.direction is Direction.AS_US]
        self._records = {record.subject: record for record in context.decisions if not is_due(record, context.today)}

    def relationship(self, domain: str, proof: Proof, kind: DomainClass) -> Relationship:
        """Own, authorised by an exception that is in force, or external. A shared provider is never own."""
        if not domain:
            return Relationship.EXTERNAL
        if kind is not DomainClass.SHARED_PROVIDER and self.is_own(domain):
            return Relationship.OWN
        if self._to_us and any(covers(rule, domain, kind, proof) for rule in self._to_us):
            return Relationship.AUTHORISED
        return Relationship.EXTERNAL

    def permits(self, domain: str, proof: Proof, kind: DomainClass) -> bool:
        """An exception lets this source write in the name of this domain; one that names no source holds for what is proven alone."""
        return bool(self._as_us) and any(covers(rule, domain, kind, proof) and (rule.source or _proven(proof)) for rule in self._as_us)

    def lapsed(self, domain: str, proof: Proof, kind: DomainClass) -> date | None:
        """The last day of an exception that covered this claim and is over; the latest of several."""
        if not self._lapsed:
            return None
        return max((rule.until for rule in self._lapsed if rule.until and covers(rule, domain, kind, proof)), default=None)

    def decision(self, claim: Claim, organisation: str, proof: Proof) -> Decision:
        """The decision as far as it covers this claim. Trust covers its own proofs; a rejection covers these and what is unproven, so that
        refusing a forgery does not refuse the genuine sender."""
        record = self._record(claim, organisation)
        if record is None:
            return Decision.UNREVIEWED
        if record.decision is Decision.TRUSTED and not _bound(record, proof):
            return Decision.UNREVIEWED
        if record.decision is Decision.REJECTED and _proven(proof) and not _names(record, proof):
            return Decision.UNREVIEWED
        return record.decision

    def contradicted(self, claim: Claim, organisation: str, proof: Proof) -> bool:
        """This name is trusted, and the claim is not what the trust is bound to."""
        record = self._record(claim, organisation)
        return record is not None and record.decision is Decision.TRUSTED and not _bound(record, proof)

    def _record(self, claim: Claim, organisation: str) -> DecisionRecord | None:
        """The address's own decision goes before its domain's."""
        return self._records.get(claim.address) or self._records.get(organisation) if self._records else None


def _proven(proof: Proof) -> bool:
    return proof.authentication is Authentication.AUTHENTICATED


def _names(record: DecisionRecord, proof: Proof) -> bool:
    return any((identifier, proof.source) in record.proofs for identifier in proof.proof)


def _bound(record: DecisionRecord, proof: Proof) -> bool:
    """The claim is proven by what trust names; trust that names nothing is bound to any proof."""
    return _proven(proof) and (not record.proofs or _names(record, proof))
