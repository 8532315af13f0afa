from __future__ import annotations

from app.checks.own_domain_unproven import check
from app.model import Relationship, Severity, Trait
from tests.checks.subjects import FAILED, NOBODY_LOOKED, NOTHING_PASSED, PROVEN, subject


def own(**values: object) -> object:
    return subject("ceo@firm.example", relationship=Relationship.OWN, **values)  # type: ignore[arg-type]


def test_a_failed_proof_of_the_own_name_is_grave() -> None:
    finding = check(own(proof=FAILED))
    assert finding.severity is Severity.HIGH
    assert finding.params == (("domain", "firm.example"),)


def test_a_look_that_found_nothing_is_less_grave() -> None:
    assert check(own(proof=FAILED)).points < check(own(proof=NOTHING_PASSED)).points < 0


def test_an_own_message_through_a_list_is_hardly_a_finding() -> None:
    assert check(own(proof=FAILED, traits=(Trait.LIST,))).severity is Severity.LOW


def test_a_copier_with_an_exception_is_information() -> None:
    assert check(own(proof=NOTHING_PASSED, permitted=True)).severity is Severity.INFO


def test_nothing_is_said_where_nobody_looked() -> None:
    assert check(own(proof=NOBODY_LOOKED)) is None


def test_a_proven_colleague_is_no_finding() -> None:
    assert check(own(proof=PROVEN)) is None


def test_a_stranger_without_proof_is_no_matter_of_the_own_name() -> None:
    assert check(subject(proof=FAILED)) is None
