from __future__ import annotations

from app.checks.disposable import check
from app.model import DomainClass, Relationship, Severity
from tests.checks.subjects import subject


def test_a_throw_away_address_is_a_finding() -> None:
    assert check(subject(domain_class=DomainClass.DISPOSABLE)).severity is Severity.MEDIUM


def test_an_ordinary_domain_and_an_authorised_one_are_no_finding() -> None:
    assert check(subject()) is None
    assert check(subject(domain_class=DomainClass.DISPOSABLE, relationship=Relationship.AUTHORISED)) is None
