from __future__ import annotations

import pytest

from app.checks.authentication_failed import check
from app.model import Proof, Relationship, Severity, Trait
from tests.checks.subjects import FAILED, NOBODY_LOOKED, NOTHING_PASSED, PROVEN, subject


def test_a_failed_proof_is_a_finding() -> None:
    finding = check(subject(proof=FAILED))
    assert finding.severity is Severity.MEDIUM
    assert finding.points < 0


def test_through_a_list_it_says_little() -> None:
    assert check(subject(proof=FAILED, traits=(Trait.LIST,))).severity is Severity.LOW


@pytest.mark.parametrize("proof", [PROVEN, NOTHING_PASSED, NOBODY_LOOKED])
def test_not_established_is_not_failed(proof: Proof) -> None:
    assert check(subject(proof=proof)) is None


def test_the_own_domain_has_a_check_of_its_own() -> None:
    assert check(subject(proof=FAILED, relationship=Relationship.OWN)) is None
