from __future__ import annotations

import pytest

from app.checks.impossible_domain import check
from app.model import DomainClass, Severity
from tests.checks.subjects import NOTHING_PASSED, PROVEN, subject


@pytest.mark.parametrize("kind", [DomainClass.NO_SUCH_TLD, DomainClass.SPECIAL_USE])
def test_a_domain_that_cannot_exist_is_a_small_finding(kind: DomainClass) -> None:
    assert check(subject("root@copier.local", domain_class=kind, proof=NOTHING_PASSED)).severity is Severity.LOW


def test_a_device_inside_the_firm_whose_mail_is_known_to_be_internal_is_no_finding() -> None:
    assert check(subject("root@copier.local", domain_class=DomainClass.SPECIAL_USE, proof=PROVEN)) is None


def test_an_ordinary_domain_is_no_finding() -> None:
    assert check(subject(proof=NOTHING_PASSED)) is None
