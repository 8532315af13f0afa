from __future__ import annotations

from app.checks.trust_not_proven import check
from app.model import Severity, Trait
from tests.checks.subjects import FAILED, NOTHING_PASSED, PROVEN, subject


def test_a_trusted_name_whose_proof_fails_is_grave() -> None:
    assert check(subject(proof=FAILED, trust_broken=True)).severity is Severity.HIGH


def test_a_trusted_name_without_proof_is_less_grave() -> None:
    assert check(subject(proof=NOTHING_PASSED, trust_broken=True)).severity is Severity.MEDIUM


def test_a_list_breaks_proofs_so_it_is_less_grave_there() -> None:
    assert check(subject(proof=FAILED, trust_broken=True, traits=(Trait.LIST,))).severity is Severity.MEDIUM


def test_another_proof_than_the_one_trusted_is_a_small_finding() -> None:
    assert check(subject(proof=PROVEN, trust_broken=True)).severity is Severity.LOW


def test_trust_that_holds_is_no_finding() -> None:
    assert check(subject(proof=PROVEN)) is None
    assert check(subject(proof=FAILED)) is None
