"""A domain's claims put together as a person would tell them apart: what is proven through whom, and what was found. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.model import Authentication, Decision, DomainRow, Example, Finding, JudgedClaim

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An example message together with what it claims and what was established about it."""

    example: Example
    claim: JudgedClaim


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
    exhibits: tuple[Exhibit, ...]
    """Example messages, newest first."""

    @property
    def examples(self) -> tuple[Example, ...]:
        return tuple(exhibit.example for exhibit in self.exhibits)


@dataclass(frozen=True, slots=True)
class Carrier:
    """A sending source of a domain, and how often it was proven there."""

    source: str
    messages: int
    proven: int
    failed: int = 0
    first_seen: int | None = None
    last_seen: int | None = None


def strands_of(row: DomainRow) -> list[Strand]:
    """Lowest score first, then most messages."""
    groups: dict[object, list[JudgedClaim]] = {}
    for claim in row.claims:
        found = tuple((finding.id, finding.points) for finding in claim.findings)
        groups.setdefault((claim.proof.authentication, claim.proof.source, found), []).append(claim)
    return sorted((_strand(claims) for claims in groups.values()), key=lambda strand: (strand.score, -strand.messages))


def _strand(claims: list[JudgedClaim]) -> Strand:
    largest = max(claims, key=lambda claim: claim.record.messages)
    exhibits = {example.id: Exhibit(example, claim) for claim in claims for example in claim.record.examples}
    newest = sorted(exhibits.values(), key=lambda exhibit: exhibit.example.date or 0, reverse=True)
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
        exhibits=tuple(newest[:EXAMPLES]),
    )


def _commonest(counted: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    for text, n in counted:
        if text:
            counts[text] += n
    return tuple(text for text, _ in counts.most_common())


def carriers_of(row: DomainRow) -> list[Carrier]:
    """Most messages first."""
    groups: dict[str, list[JudgedClaim]] = {}
    for claim in row.claims:
        groups.setdefault(claim.proof.source, []).append(claim)
    return sorted((_carrier(source, claims) for source, claims in groups.items()), key=lambda carrier: -carrier.messages)


def _carrier(source: str, claims: list[JudgedClaim]) -> Carrier:
    records = [claim.record for claim in claims]
    return Carrier(
        source,
        sum(record.messages for record in records),
        _messages(claims, Authentication.AUTHENTICATED),
        _messages(claims, Authentication.FAILED),
        min((record.first_seen for record in records if record.first_seen is not None), default=None),
        max((record.last_seen for record in records if record.last_seen is not None), default=None),
    )


def _messages(claims: list[JudgedClaim], state: Authentication) -> int:
    return sum(claim.record.messages for claim in claims if claim.proof.authentication is state)


def ways_decided(row: DomainRow) -> tuple[int, int]:
    """(ways of writing, by proof and source, that a decision covers; all of them). Trust does not cover what is unproven."""
    ways: dict[object, bool] = {}
    for claim in row.claims:
        way = (claim.proof.authentication, claim.proof.source)
        ways[way] = ways.get(way, True) and claim.decision is not Decision.UNREVIEWED
    return sum(ways.values()), len(ways)
