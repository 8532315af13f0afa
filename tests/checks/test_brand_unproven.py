from __future__ import annotations

from app.checks.brand_unproven import check
from app.model import Proof, Relationship, Severity, Trait
from app.people import NameIndex
from tests.checks.subjects import FAILED, NOBODY_LOOKED, NOTHING_PASSED, PROVEN, subject

NAMES = NameIndex(domains={"bigbank.example": "Big Bank"})


def bank(proof: Proof, *traits: Trait, relationship: Relationship = Relationship.EXTERNAL) -> object:
    return subject("info@mail.bigbank.example", "Big Bank", names=NAMES, proof=proof, traits=traits, relationship=relationship)


def test_a_banks_name_with_a_failed_proof_is_grave() -> None:
    finding = check(bank(FAILED))
    assert finding.severity is Severity.HIGH
    assert dict(finding.params) == {"brand": "Big Bank", "domain": "mail.bigbank.example"}


def test_a_look_that_found_nothing_costs_less() -> None:
    assert check(bank(FAILED)).points < check(bank(NOTHING_PASSED)).points < 0


def test_the_banks_own_mail_is_no_finding() -> None:
    assert check(bank(PROVEN)) is None


def test_nothing_is_said_where_nobody_looked() -> None:
    assert check(bank(NOBODY_LOOKED)) is None


def test_an_employee_on_a_mailing_list_is_hardly_a_finding() -> None:
    assert check(bank(FAILED, Trait.LIST)).severity is Severity.LOW
    assert check(bank(NOTHING_PASSED, Trait.LIST)) is None


def test_the_brand_that_is_being_audited_has_a_check_of_its_own() -> None:
    assert check(bank(FAILED, relationship=Relationship.OWN)) is None


def test_an_unknown_firm_without_proof_is_no_finding() -> None:
    assert check(subject(names=NAMES, proof=FAILED)) is None
