"""The judge of one audit: asks every check about a claim; the findings' points add up to its score. Pure: the same input gives the same rows.

Thin evidence caps a score and a `limit` keeps it within 0-100, both as findings, so that the parts always add up to what is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import Protocol

from app.acquaintance import carrier_of, lists_of, names_of, own_organisations, people_of, written_organisations
from app.checks import ALL
from app.checks.base import Check, History, Subject, Use
from app.checks.score import BASE, LIMIT, THIN
from app.decisions import Policy
from app.lookalike import Resemblance, named_in_local_part, resemblances, targets_of
from app.model import Acquaintance, Authentication, ClaimRecord, Context, Decision, DomainClass, Finding, JudgedClaim, Proof
from app.people import words_of

FEW = 3
"""Messages of a domain below which there is little to say about it."""
THIN_CAP = 80
"""What a stranger with few messages scores at most."""
REMEMBERED = 65_536
"""Findings that are one object for all claims that have them."""


class DomainFacts(Protocol):
    """What `app.domains` knows about names, with the audit's own facts applied."""

    def organisation(self, host: str, /) -> str:
        """The registrable domain of a host, or the host itself."""

    def class_of(self, domain: str, /) -> DomainClass: ...

    def unicode(self, domain: str, /) -> str:
        """The name as people read it."""


Proven = tuple[ClaimRecord, Proof]


def acquainted(context: Context, proven: Iterable[Proven], domains: DomainFacts) -> Acquaintance:
    """What all the claims of a mailbox together say about whom it knows."""
    organisation, class_of = cache(domains.organisation), cache(domains.class_of)
    proven = list(proven)
    written = written_organisations(context.correspondents, organisation, class_of)
    people = {} if context.samples else people_of(proven, own_organisations(context, organisation), context.correspondents, organisation)
    return Acquaintance(people, lists_of(proven, written, organisation))


class Judge:
    """What holds for all claims of one audit is worked out once, at the beginning."""

    def __init__(self, context: Context, acquaintance: Acquaintance, domains: DomainFacts) -> None:
        self.context, self.acquaintance = context, acquaintance
        self._organisation, self._class_of = cache(domains.organisation), cache(domains.class_of)
        self._policy = Policy(context)
        self.targets = targets_of(context, self._organisation, self._class_of)
        self._alike = cache(lambda domain: resemblances(domain, self.targets))
        self._resemblances = cache(self._resemblances_of)
        self._words = cache(words_of)
        self.names = names_of(context, acquaintance.people, self._organisation, self._class_of)
        self._written = written_organisations(context.correspondents, self._organisation, self._class_of)

    def group(self, name: str, kind: DomainClass, claims: Sequence[Proven]) -> list[JudgedClaim]:
        """Judge the claims of one registrable domain, which are in the order of their ids."""
        history = _histories(kind, claims, self.context.samples)
        return [self._judged(name, kind, record, proof, history(record.claim.address)) for record, proof in claims]

    def _judged(self, name: str, kind: DomainClass, record: ClaimRecord, proof: Proof, party: History) -> JudgedClaim:
        claim, policy = record.claim, self._policy
        correspondent = self.context.correspondents.get(claim.address)
        sent = self._written.get(name)
        if correspondent and correspondent.first_sent is not None:
            sent = correspondent.first_sent if sent is None else min(sent, correspondent.first_sent)
        subject = Subject(
            record=record,
            proof=proof,
            relationship=policy.relationship(claim.domain, proof, kind),
            organisation=name,
            domain_class=kind,
            history=party,
            resemblances=self._resemblances(claim.domain, claim.address),
            context=self.context,
            organisation_of=self._organisation,
            class_of=self._class_of,
            names=self.names,
            words=self._words(claim.name),
            written_to=correspondent is not None or name in self._written,
            wrote_first=sent is not None and party.first_seen is not None and sent <= party.first_seen,
            known_list=carrier_of(name, proof) in self.acquaintance.lists,
            permitted=policy.permits(claim.domain, proof, kind),
            lapsed=policy.lapsed(claim.domain, proof, kind),
            trust_broken=policy.contradicted(claim, name, proof),
        )
        return judge(subject, policy.decision(claim, name, proof))

    def _resemblances_of(self, domain: str, address: str) -> tuple[Resemblance, ...]:
        """What an author looks like."""
        if not domain or self._organisation(domain) in self.targets.honest:
            return ()
        return self._alike(domain) + named_in_local_part(address.rpartition("@")[0], self.targets)


_BASE = BASE.finding()
_CHECKS = tuple(module.check for module in ALL)


def _adjusting(check: Check, points: int) -> Finding:
    return Finding(check.id, check.severity, check.confidence, points)


def judge(subject: Subject, decision: Decision = Decision.UNREVIEWED) -> JudgedClaim:
    """Ask every check; the findings' points add up to the score."""
    findings = [_BASE]
    findings += [finding for check in _CHECKS if (finding := check(subject))]
    total = sum(finding.points for finding in findings)
    if total > THIN_CAP and subject.external and not subject.written_to and 0 < subject.history.messages < FEW:
        findings.append(_adjusting(THIN, THIN_CAP - total))
        total = THIN_CAP
    score = max(0, min(100, total))
    if score != total:
        findings.append(_adjusting(LIMIT, score - total))
    return JudgedClaim(
        record=subject.record,
        proof=subject.proof,
        relationship=subject.relationship,
        decision=decision,
        findings=_counted(tuple(findings), subject.record.messages),
        score=score,
    )


@lru_cache(REMEMBERED)
def _counted(findings: tuple[Finding, ...], messages: int) -> tuple[Finding, ...]:
    """With the messages that they concern. Most claims of a domain are found to be the same, and then have the same object."""
    return tuple([Finding(f.id, f.severity, f.confidence, f.points, f.params, messages) for f in findings])


def _histories(kind: DomainClass, claims: Sequence[Proven], samples: bool) -> Callable[[str], History]:
    """Address -> what is known of its party: the whole domain's history, except where each address stands for itself."""
    if samples:
        return lambda _: History()
    if kind is not DomainClass.SHARED_PROVIDER:
        whole = history_of(claims)
        return lambda _: whole
    by_address: dict[str, list[Proven]] = defaultdict(list)
    for record, proof in claims:
        by_address[record.claim.address].append((record, proof))
    return {address: history_of(group) for address, group in by_address.items()}.__getitem__


def history_of(claims: Sequence[Proven]) -> History:
    """What these claims of one party show together."""
    proven = [(record, proof) for record, proof in claims if proof.authentication is Authentication.AUTHENTICATED]
    by_source: dict[str, list[ClaimRecord]] = defaultdict(list)
    for record, proof in proven:
        by_source[proof.source].append(record)
    return History(
        messages=sum(record.messages for record, _ in claims),
        authenticated=sum(record.messages for record, _ in proven),
        first_seen=_earliest(record.first_seen for record, _ in claims),
        last_seen=_latest(record.last_seen for record, _ in claims),
        first_authenticated=_earliest(record.first_seen for record, _ in proven),
        last_authenticated=_latest(record.last_seen for record, _ in proven),
        sources={source: Use(sum(record.messages for record in used), _earliest(record.first_seen for record in used)) for source, used in by_source.items()},
    )


def _earliest(times: Iterable[int | None]) -> int | None:
    return min((time for time in times if time is not None), default=None)


def _latest(times: Iterable[int | None]) -> int | None:
    return max((time for time in times if time is not None), default=None)
