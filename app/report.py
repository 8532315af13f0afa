"""What a report says as a whole: its totals. Every form counts with these, so that all forms agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.model import Authentication, Carried, DomainClass, Relationship, Report, Tallies


class Band(StrEnum):
    """Three ranges of the score, for those who do not want to read numbers."""

    SUSPICIOUS = "suspicious"
    LOOK = "look"
    USUAL = "usual"


SUSPICIOUS_BELOW, LOOK_BELOW = 40, 70


def band_of(score: int) -> Band:
    if score < SUSPICIOUS_BELOW:
        return Band.SUSPICIOUS
    return Band.LOOK if score < LOOK_BELOW else Band.USUAL


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a report. The mappings hold every value; all but the last count messages and add up to all messages in the table."""

    domains: int
    """Readable domains; messages without one are a row but no domain."""
    addresses: int
    claims: int
    messages: int
    without_domain: int
    """Of the messages, those without a readable domain."""
    by_relationship: Mapping[Relationship, int]
    by_class: Mapping[DomainClass, int]
    by_authentication: Mapping[Authentication, int]
    by_band: Mapping[Band, int]
    """Rows of the table, not messages, by their lowest score."""


def totals_of(report: Report) -> Totals:
    by_relationship = dict.fromkeys(Relationship, 0)
    by_class = dict.fromkeys(DomainClass, 0)
    by_authentication: dict[Authentication, int] = {value: 0 for value in Authentication if value is not Authentication.MIXED}
    by_band = dict.fromkeys(Band, 0)
    for row in report.domains:
        by_relationship[row.relationship] += row.messages
        by_class[row.domain_class] += row.messages
        by_band[band_of(row.worst)] += 1
        for authentication, messages in row.counts.items():
            by_authentication[authentication] += messages
    return Totals(
        domains=sum(row.domain is not None for row in report.domains),
        addresses=sum(len(row.addresses) for row in report.domains),
        claims=sum(len(row.claims) for row in report.domains),
        messages=sum(row.messages for row in report.domains),
        without_domain=sum(row.messages for row in report.domains if row.domain is None),
        by_relationship=by_relationship,
        by_class=by_class,
        by_authentication=by_authentication,
        by_band=by_band,
    )


def tallies_of(report: Report) -> Tallies:
    """The sums for the charts, from every claim."""
    traffic: Counter[tuple[str, Authentication]] = Counter()
    own_sources: Counter[tuple[str, Authentication]] = Counter()
    carried: Counter[Carried] = Counter()
    proofs: dict[str, Authentication] = {}
    for row in report.domains:
        for claim in row.claims:
            proofs[claim.record.id] = claim.proof.authentication
            if row.domain:
                carried[row.domain, claim.record.claim.domain, claim.proof.source, claim.proof.authentication] += claim.record.messages
            if row.relationship is Relationship.OWN:
                own_sources[claim.proof.source or "unknown", claim.proof.authentication] += claim.record.messages
    for (id, month), messages in report.months.items():
        if id in proofs:
            traffic[month, proofs[id]] += messages
    return Tallies(traffic, own_sources, carried)
