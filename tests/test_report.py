"""Totals agree with the rows."""

from __future__ import annotations

import pytest

from app.model import Authentication, DomainClass, Relationship
from app.report import Band, band_of, totals_of
from tests.exporters.reports import empty_report, rich_report


@pytest.mark.parametrize(("score", "band"), [(39, Band.SUSPICIOUS), (40, Band.LOOK), (69, Band.LOOK), (70, Band.USUAL), (100, Band.USUAL)])
def test_bands_meet_without_a_gap(score: int, band: Band) -> None:
    assert band_of(score) is band


def test_totals_are_sums_of_the_rows() -> None:
    totals = totals_of(rich_report())
    assert (totals.domains, totals.messages, totals.without_domain, totals.claims, totals.addresses) == (5, 1266, 5, 8, 7)
    assert totals.by_relationship == {Relationship.OWN: 42, Relationship.AUTHORISED: 0, Relationship.EXTERNAL: 1224}
    assert totals.by_class[DomainClass.SHARED_PROVIDER] == 12
    assert totals.by_authentication == {Authentication.AUTHENTICATED: 1249, Authentication.FAILED: 9, Authentication.NOT_ESTABLISHED: 8}
    assert totals.by_band == {Band.SUSPICIOUS: 3, Band.LOOK: 2, Band.USUAL: 1}


def test_an_empty_report_has_every_sum_at_nought() -> None:
    totals = totals_of(empty_report())
    assert totals.messages == 0
    assert set(totals.by_class) == set(DomainClass)
    assert not any(totals.by_class.values())
