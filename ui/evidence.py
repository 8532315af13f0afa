"""A domain's claims put together as a person would tell them apart: what is proven through whom, and what was found. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.model import Authentication, DomainRow, Example, Finding, JudgedClaim

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Strand:
    """Claims of one domain that share proof, source and findings: one line of evidence with one score."""

    authentication: Authentication
    source: str
    score: int
    findings: tuple[Finding, ...]
    """Of the claim with the most messages; their points add up to the score."""
    messages: int
    last_seen: int | None
    names: tuple[str, ...]
    """Display names, commonest first."""
    addresses: tuple[str, ...]
    proofs: tuple[str, ...]
    examples: tuple[Example, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A sending source of a domain, and how often it was proven there."""

    source: str
    messages: int
    proven: int


def strands_of(row: DomainRow) -> list[Strand]:
    """Lowest score first, then most messages."""
    groups: dict[object, list[JudgedClaim]] = {}
    for claim in row.claims:
        found = tuple((finding.id, finding.points) for finding in claim.findings)
        groups.setdefault((claim.proof.authentication, claim.proof.source, found), []).append(claim)
    return sorted((_strand(claims) for claims in groups.values()), key=lambda strand: (strand.score, -strand.messages))


def _strand(claims: list[JudgedClaim]) -> Strand:
    largest = max(claims, key=lambda claim: claim.record.messages)
    examples = {example.id: example for claim in claims for example in claim.record.examples}
    newest = sorted(examples.values(), key=lambda example: example.date or 0, reverse=True)
    return Strand(
        authentication=largest.proof.authentication,
        source=largest.proof.source,
        score=largest.score,
        findings=largest.findings,
        messages=sum(claim.record.messages for claim in claims),
        last_seen=max((claim.record.last_seen for claim in claims if claim.record.last_seen is not None), default=None),
        names=_commonest((claim.record.claim.name, claim.record.messages) for claim in claims),
        addresses=_commonest((claim.record.claim.address, claim.record.messages) for claim in claims),
        proofs=tuple(dict.fromkeys(proof for claim in claims for proof in claim.proof.proof)),
        examples=tuple(newest[:EXAMPLES]),
    )


def _commonest(counted: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    for text, n in counted:
        if text:
            counts[text] += n
    return tuple(text for text, _ in counts.most_common())


def carriers_of(row: DomainRow) -> list[Carrier]:
    """Most messages first."""
    messages: Counter[str] = Counter()
    proven: Counter[str] = Counter()
    for claim in row.claims:
        messages[claim.proof.source] += claim.record.messages
        if claim.proof.authentication is Authentication.AUTHENTICATED:
            proven[claim.proof.source] += claim.record.messages
    return [Carrier(source, n, proven[source]) for source, n in messages.most_common()]
