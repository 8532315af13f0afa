"""What would be lost if every server refused what fails DMARC, as it would if every domain published `p=reject` (RFC 9989). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.model import Authentication, DomainRow, Relationship, Report


@dataclass(frozen=True, slots=True)
class Refused:
    """Messages of this audit whose proof failed, and those of which nobody can say."""

    by_relationship: Mapping[Relationship, int]
    """Every value; by the relationship of their domain, as the table shows it."""
    wanted: tuple[tuple[DomainRow, int], ...]
    """Own and authorised domains that would be hit, with how many messages; most first."""
    not_known: int
    """Messages without an established result: some of them might be refused as well."""

    @property
    def messages(self) -> int:
        return sum(self.by_relationship.values())


def refused_if_enforced(report: Report) -> Refused:
    """What failed is as the believed server reported it; a message that it did not check counts as not known, never as refused."""
    by_relationship = dict.fromkeys(Relationship, 0)
    wanted, not_known = [], 0
    for row in report.domains:
        failed = row.counts.get(Authentication.FAILED, 0)
        by_relationship[row.relationship] += failed
        not_known += row.counts.get(Authentication.NOT_ESTABLISHED, 0)
        if failed and row.relationship is not Relationship.EXTERNAL:
            wanted.append((row, failed))
    return Refused(by_relationship, tuple(sorted(wanted, key=lambda each: (-each[1], each[0].domain or ""))), not_known)
