from __future__ import annotations

from app.checks.shared_provider import check
from tests.checks.subjects import subject


def test_a_shared_provider_is_named_and_costs_nothing() -> None:
    finding = check(subject("sara@mail.free.example"))
    assert finding.points == 0
    assert dict(finding.params) == {"domain": "free.example"}


def test_a_firms_domain_is_no_finding() -> None:
    assert check(subject()) is None
