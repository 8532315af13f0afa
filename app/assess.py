"""Claims and context become findings, scores and domain rows. Pure: the same input gives the same rows.

A claim's score is `base` plus the points of its findings; thin evidence caps it and a `limit` keeps it within 0-100, both as findings, so that
the parts always add up to what is shown. A domain shows the score of its largest claim in its strongest authentication state, and the
worst of all beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Protocol

from app.acquaintance import carrier_of, lists_of, names_of, written_organisations
from app.checks import ALL
from app.checks.base import History, Subject, Use
from app.checks.score import BASE, LIMIT, THIN
from app.decisions import Policy
from app.lookalike import Resemblance, named_in_local_part, resemblances, targets_of
from app.mail.border import believed, believed_sample
from app.mail.proof import prove
from app.model import (
    AddressRow,
    Authentication,
    AuthorStatus,
    ClaimRecord,
    Confidence,
    Context,
    Decision,
    DomainClass,
    DomainRow,
    Evidence,
    Finding,
    JudgedClaim,
    Proof,
    Relationship,
    Severity,
)
from app.people import words_of

STRONGEST = (Authentication.AUTHENTICATED, Authentication.FAILED, Authentication.NOT_ESTABLISHED)
SEVERITIES = (Severity.INFO, Severity.LOW, Severity.MEDIUM, Severity.HIGH)
FEW, SOLID = 3, 20
"""Messages of a domain below which confidence is low, and from which it is high."""
THIN_CAP = 80
"""What a stranger with few messages scores at most."""
_FIXED = frozenset((BASE.id, THIN.id, LIMIT.id))


class DomainFacts(Protocol):
    """What `app.domains` knows about names, with the audit's own facts applied."""

    def organisation(self, host: str, /) -> str:
        """The registrable domain of a host, or the host itself."""

    def class_of(self, domain: str, /) -> DomainClass: ...

    def unicode(self, domain: str, /) -> str:
        """The name as people read it."""


Proven = tuple[ClaimRecord, Proof]


def assess(records: Iterable[ClaimRecord], context: Context, domains: DomainFacts) -> tuple[DomainRow, ...]:
    """Judge every claim and roll them up by registrable domain, most suspicious first."""
    return assess_proven(_prove(records, context, cache(domains.organisation)), context, domains)


def assess_proven(proven: Iterable[Proven], context: Context, domains: DomainFacts) -> tuple[DomainRow, ...]:
    """The same for claims whose proof is known already, because the same servers are believed as before."""
    organisation, class_of = cache(domains.organisation), cache(domains.class_of)
    proven = sorted(proven, key=lambda pair: pair[0].id)  # so that no tie depends on the order of reading
    groups: dict[str, list[Proven]] = defaultdict(list)
    for record, proof in proven:
        groups[organisation(record.claim.domain) if record.claim.domain else ""].append((record, proof))
    judge_group = _judge(context, proven, organisation, class_of)
    rows = []
    for name, claims in groups.items():
        kind = class_of(name) if name else DomainClass.ORDINARY
        rows.append(roll_up(name, kind, judge_group(name, kind, claims), domains.unicode))
    return tuple(sorted(rows, key=lambda row: (row.worst, -row.messages, row.domain or "")))


def _prove(records: Iterable[ClaimRecord], context: Context, organisation: Callable[[str], str]) -> list[Proven]:
    proofs: dict[tuple[AuthorStatus, str, Evidence], Proof] = {}  # many claims differ only in what proves nothing
    proven = []
    for record in records:
        claim, evidence = record.claim, record.claim.evidence
        key = claim.status, claim.domain, evidence
        proof = proofs.get(key)
        if proof is None:
            statements = believed_sample(evidence) if context.samples else believed(evidence, context.border)
            proof = proofs[key] = prove(claim, statements, organisation)
        proven.append((record, proof))
    return proven


def _judge(
    context: Context, proven: Sequence[Proven], organisation: Callable[[str], str], class_of: Callable[[str], DomainClass]
) -> Callable[[str, DomainClass, Sequence[Proven]], list[JudgedClaim]]:
    """The judge of one audit: what holds for all its claims is worked out here, once."""
    policy = Policy(context)
    targets = targets_of(context, organisation, class_of)
    alike = cache(lambda domain: resemblances(domain, targets))

    @cache
    def resembles(domain: str, local: str) -> tuple[Resemblance, ...]:
        if not domain or organisation(domain) in targets.honest:
            return ()
        return alike(domain) + named_in_local_part(local, targets)

    words = cache(words_of)
    names = names_of(context, proven, organisation, class_of)
    written = written_organisations(context.correspondents, organisation, class_of)
    lists = lists_of(proven, written, organisation)

    def judge_group(name: str, kind: DomainClass, claims: Sequence[Proven]) -> list[JudgedClaim]:
        history = _histories(kind, claims, context.samples)
        judged = []
        for record, proof in claims:
            claim = record.claim
            party = history(claim.address)
            correspondent = context.correspondents.get(claim.address)
            sent = [time for time in (correspondent.first_sent if correspondent else None, written.get(name)) if time is not None]
            subject = Subject(
                record=record,
                proof=proof,
                relationship=policy.relationship(claim.domain, proof, kind),
                organisation=name,
                domain_class=kind,
                history=party,
                resemblances=resembles(claim.domain, claim.address.rpartition("@")[0]),
                context=context,
                organisation_of=organisation,
                class_of=class_of,
                names=names,
                words=words(claim.name),
                written_to=correspondent is not None or name in written,
                wrote_first=bool(sent) and party.first_seen is not None and min(sent) <= party.first_seen,
                known_list=carrier_of(name, proof) in lists,
                permitted=policy.permits(claim.domain, proof),
                lapsed=policy.lapsed(claim.domain, proof),
                trust_broken=policy.contradicted(claim, name, proof),
            )
            judged.append(judge(subject, policy.decision(claim, name, proof)))
        return judged

    return judge_group


def judge(subject: Subject, decision: Decision = Decision.UNREVIEWED) -> JudgedClaim:
    """Ask every check; the findings' points add up to the score."""
    findings = [BASE.finding()]
    findings += [finding for module in ALL if (finding := module.check(subject))]
    total = sum(finding.points for finding in findings)
    if total > THIN_CAP and subject.external and not subject.written_to and 0 < subject.history.messages < FEW:
        findings.append(replace(THIN.finding(), points=THIN_CAP - total))
        total = THIN_CAP
    score = max(0, min(100, total))
    if score != total:
        findings.append(replace(LIMIT.finding(), points=score - total))
    messages = subject.record.messages
    return JudgedClaim(
        record=subject.record,
        proof=subject.proof,
        relationship=subject.relationship,
        decision=decision,
        findings=tuple([Finding(f.id, f.severity, f.confidence, f.points, f.params, messages) for f in findings]),
        score=score,
    )


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


def roll_up(name: str, kind: DomainClass, judged: Sequence[JudgedClaim], unicode: Callable[[str], str]) -> DomainRow:
    """One domain's claims as one row."""
    counts = _counts(judged)
    messages = sum(claim.record.messages for claim in judged)
    claims = tuple(sorted(judged, key=lambda claim: (claim.score, -claim.record.messages, claim.record.id)))
    return DomainRow(
        domain=name or None,
        unicode=unicode(name) if name else "",
        relationship=max((claim.relationship for claim in judged), key=list(reversed(Relationship)).index),
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
    found = [replace(finding, messages=messages[id]) for id, finding in worst.items()]
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
    strongest = min(STRONGEST.index(claim.proof.authentication) for claim in judged)
    candidates = [claim for claim in judged if STRONGEST.index(claim.proof.authentication) == strongest]
    return max(candidates, key=lambda claim: (claim.record.messages, -claim.score, claim.record.id)).score


def _decision(judged: Sequence[JudgedClaim]) -> Decision:
    """The common decision; claims that it does not hold for leave the row unreviewed."""
    decisions = {claim.decision for claim in judged}
    return decisions.pop() if len(decisions) == 1 else Decision.UNREVIEWED


def _earliest(times: Iterable[int | None]) -> int | None:
    return min((time for time in times if time is not None), default=None)


def _latest(times: Iterable[int | None]) -> int | None:
    return max((time for time in times if time is not None), default=None)
