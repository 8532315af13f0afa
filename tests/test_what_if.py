"""What would be refused if everything that fails DMARC were."""

from __future__ import annotations

from app.model import Relationship
from app.what_if import refused_if_enforced
from tests.ui.reports import FAILED, PROVEN, UNKNOWN, claim, domain_row, report

OWN = Relationship.OWN


def test_only_what_failed_is_refused_and_what_nobody_checked_is_told_apart() -> None:
    rows = (
        domain_row([claim("firm.example", PROVEN, (), messages=400, relationship=OWN), claim("firm.example", FAILED, (), messages=7, relationship=OWN)]),
        domain_row([claim("partner.example", FAILED, (), messages=5, relationship=Relationship.AUTHORISED)]),
        domain_row([claim("other.example", FAILED, (), messages=30), claim("other.example", UNKNOWN, (), messages=11)]),
    )
    refused = refused_if_enforced(report(rows))
    assert refused.by_relationship == {OWN: 7, Relationship.AUTHORISED: 5, Relationship.EXTERNAL: 30}
    assert (refused.messages, refused.not_known) == (42, 11)
    assert [(row.domain, n) for row, n in refused.wanted] == [("firm.example", 7), ("partner.example", 5)]


def test_where_everything_is_proven_nothing_is_refused() -> None:
    refused = refused_if_enforced(report((domain_row([claim("firm.example", PROVEN, (), relationship=OWN)]),)))
    assert (refused.messages, refused.wanted) == (0, ())
