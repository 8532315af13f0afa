from __future__ import annotations

from datetime import date

from app.checks.exception_lapsed import check
from app.model import Relationship, Severity
from tests.checks.subjects import subject

OVER = date(2026, 6, 14)


def test_an_exception_that_is_over_is_named() -> None:
    finding = check(subject(lapsed=OVER))
    assert finding.severity is Severity.LOW
    assert dict(finding.params) == {"domain": "partner.example", "until": "2026-06-14"}


def test_another_exception_that_still_holds_is_enough() -> None:
    assert check(subject(lapsed=OVER, relationship=Relationship.AUTHORISED)) is None
    assert check(subject("ceo@firm.example", lapsed=OVER, relationship=Relationship.OWN, permitted=True)) is None


def test_without_an_exception_nothing_has_ended() -> None:
    assert check(subject()) is None
