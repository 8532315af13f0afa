from __future__ import annotations

from app.checks.shared_hosting import check
from app.model import DomainClass, Relationship, Severity
from tests.checks.subjects import subject


def test_a_tenants_name_at_a_host_is_a_finding_even_when_proven() -> None:
    finding = check(subject("noreply@shop.host.example", domain_class=DomainClass.SHARED_HOSTING))
    assert finding.severity is Severity.MEDIUM


def test_a_tenant_whom_the_owner_writes_to_or_has_authorised_is_no_finding() -> None:
    assert check(subject(domain_class=DomainClass.SHARED_HOSTING, written_to=True)) is None
    assert check(subject(domain_class=DomainClass.SHARED_HOSTING, relationship=Relationship.AUTHORISED)) is None


def test_an_ordinary_domain_is_no_finding() -> None:
    assert check(subject()) is None
