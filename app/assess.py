"""Claims and context become findings, scores and domain rows. Pure: the same input gives the same rows.

A claim's score is `base` plus the points of its findings; thin evidence caps it and a `limit` keeps it within 0-100, both as findings, so that
the parts always add up to what is shown. A domain shows the score of its largest claim in its strongest authentication state, and the
worst of all beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from app.checks.score import BASE, LIMIT, THIN
from app.judge import DomainFacts, Judge, Proven, acquainted
from app.mail.border import believed, believed_sample
from app.mail.proof import prove
from app.model import (
    Acquaintance,
    AddressRow,
    Authentication,
    AuthorStatus,
    ClaimRecord,
    Confidence,
    Context,
    Decision,
    DomainClass,
    DomainRow,
    Finding,
    JudgedClaim,
    Proof,
    Relationship,
    Severity,
)

STRONGEST = (Authentication.AUTHENTICATED, Authentication.FAILED, Authentication.NOT_ESTABLISHED)
SEVERITIES = (Severity.INFO, Severity.LOW, Severity.MEDIUM, Severity.HIGH)
FEW, SOLID = 3, 20
"""Messages of a domain below which confidence is low, and from which it is high."""
_FIXED = frozenset((BASE.id, THIN.id, LIMIT.id))


def assess(records: Iterable[ClaimRecord], context: Context, domains: DomainFacts) -> tuple[DomainRow, ...]:
    """Judge every claim and roll them up by registrable domain, most suspicious first."""
    proven = prove_all(records, context, domains)
    return assess_proven(proven, context, acquainted(context, proven, domains), domains)


def assess_proven(proven: Iterable[Proven], context: Context, acquaintance: Acquaintance, domains: DomainFacts) -> tuple[DomainRow, ...]:
    """The same for claims whose proof is known already."""
    organisation = cache(domains.organisation)
    groups: dict[str, list[Proven]] = defaultdict(list)
    for record, proof in proven:
        groups[organisation(record.claim.domain) if record.claim.domain else ""].append((record, proof))
    judge = Judge(context, acquaintance, domains)
    return in_order(judged_row(name, claims, judge, domains) for name, claims in groups.items())


def in_order(rows: Iterable[DomainRow]) -> tuple[DomainRow, ...]:
    """Most suspicious first."""
    return tuple(sorted(rows, key=lambda row: (row.worst, -row.messages, row.domain or "")))


def judged_row(name: str, claims: Iterable[Proven], judge: Judge, domains: DomainFacts) -> DomainRow:
    """The claims of one registrable domain (or, for "", of none), judged and rolled up."""
    kind = domains.class_of(name) if name else DomainClass.ORDINARY
    ordered = sorted(claims, key=lambda pair: pair[0].id)  # so that no tie depends on the order of reading
    return roll_up(name, kind, judge.group(name, kind, ordered), domains.unicode)


def prove_all(records: Iterable[ClaimRecord], context: Context, domains: DomainFacts) -> list[Proven]:
    """Each claim with what is proven of it by the servers that are believed."""
    organisation = cache(domains.organisation)
    proofs: dict[tuple[AuthorStatus, str, int], Proof] = {}  # many claims differ only in what proves nothing, and have the same evidence, as one object
    proven = []
    for record in records:
        claim, evidence = record.claim, record.claim.evidence
        key = claim.status, claim.domain, id(evidence)
        proof = proofs.get(key)
        if proof is None:
            statements = believed_sample(evidence) if context.samples else believed(evidence, context.border)
            proof = proofs[key] = prove(claim, statements, organisation)
        proven.append((record, proof))
    return proven


def roll_up(name: str, kind: DomainClass, judged: Sequence[JudgedClaim], unicode: Callable[[str], str]) -> DomainRow:
    """One domain's claims as one row."""
    counts = _counts(judged)
    messages = sum(claim.record.messages for claim in judged)
    claims = tuple(sorted(judged, key=lambda claim: (claim.score, -claim.record.messages, claim.record.id)))
    return DomainRow(
        domain=name or None,
        unicode=unicode(name) if name else "",
        relationship=max({claim.relationship for claim in judged}, key=list(reversed(Relationship)).index),
        domain_class=kind,
        authentication=_together(counts),
        decision=_decision(judged),
        score=None if kind is DomainClass.SHARED_PROVIDER else _representative(judged),
        worst=min(claim.score for claim in judged),
        confidence=Confidence.LOW if messages < FEW else Confidence.MEDIUM if messages < SOLID else Confidence.HIGH,
        messages=messages,
        first_seen=_earliest(claim.record.first_seen for claim in judged),
        last_seen=_latest(claim.record.last_seen for claim in judged),
        counts=counts,
        findings=_findings(judged),
        addresses=_addresses(judged),
        claims=claims,
        decided=sum(claim.record.messages for claim in judged if claim.decision is not Decision.UNREVIEWED),
    )


def rolled_up_again(name: str, kind: DomainClass, judged: Iterable[JudgedClaim], unicode: str) -> DomainRow:
    """Claims of a report that was read back, in the order in which they had been judged, so that ties fall as they did."""
    return roll_up(name, kind, sorted(judged, key=lambda claim: claim.record.id), lambda _: unicode)


def _addresses(judged: Sequence[JudgedClaim]) -> tuple[AddressRow, ...]:
    groups: dict[str, list[JudgedClaim]] = defaultdict(list)
    for claim in judged:
        if claim.record.claim.address:
            groups[claim.record.claim.address].append(claim)
    rows = []
    for address, claims in groups.items():
        names: Counter[str] = Counter()
        for claim in claims:
            names[claim.record.claim.name] += claim.record.messages
        rows.append(
            AddressRow(
                address=address,
                names=tuple(name for name, _ in names.most_common(10) if name),
                messages=sum(claim.record.messages for claim in claims),
                score=_representative(claims),
                authentication=_together(_counts(claims)),
                decision=_decision(claims),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.messages, row.address)))


def _findings(judged: Sequence[JudgedClaim]) -> tuple[Finding, ...]:
    """Each finding once, at its worst, with the messages it concerns; the fixed parts of a score are no findings of a domain."""
    worst: dict[str, Finding] = {}
    messages: Counter[str] = Counter()
    for claim in judged:
        for finding in claim.findings:
            if finding.id in _FIXED:
                continue
            messages[finding.id] += finding.messages
            known = worst.get(finding.id)
            if known is None or _gravity(finding) > _gravity(known):
                worst[finding.id] = finding
    found = [finding._replace(messages=messages[id]) for id, finding in worst.items()]
    return tuple(sorted(found, key=lambda finding: (-SEVERITIES.index(finding.severity), finding.points, finding.id)))


def _gravity(finding: Finding) -> tuple[int, int]:
    return SEVERITIES.index(finding.severity), -finding.points


def _counts(judged: Iterable[JudgedClaim]) -> dict[Authentication, int]:
    counts = dict.fromkeys(STRONGEST, 0)
    for claim in judged:
        counts[claim.proof.authentication] += claim.record.messages
    return counts


def _together(counts: dict[Authentication, int]) -> Authentication:
    present = [state for state, n in counts.items() if n]
    return present[0] if len(present) == 1 else Authentication.MIXED


def _representative(judged: Sequence[JudgedClaim]) -> int:
    strongest = min({claim.proof.authentication for claim in judged}, key=STRONGEST.index)
    candidates = [claim for claim in judged if claim.proof.authentication is strongest]
    return max(candidates, key=lambda claim: (claim.record.messages, -claim.score, claim.record.id)).score


def _decision(judged: Sequence[JudgedClaim]) -> Decision:
    """The common decision; claims that it does not hold for leave the row unreviewed."""
    decisions = {claim.decision for claim in judged}
    return decisions.pop() if len(decisions) == 1 else Decision.UNREVIEWED


def _earliest(times: Iterable[int | None]) -> int | None:
    return min((time for time in times if time is not None), default=None)


def _latest(times: Iterable[int | None]) -> int | None:
    return max((time for time in times if time is not None), default=None)
