from __future__ import annotations

from dataclasses import replace

from app.checks.base import History, Use
from app.checks.own_domain_unauthorised_source import check
from app.model import Relationship, Severity
from tests.checks.subjects import FAILED, PROVEN, subject

VIA = replace(PROVEN, source="letters.example")


def known(**sources: int) -> History:
    return History(100, 100, 0, 9, 0, 9, {name.replace("_", "."): Use(n, 0) for name, n in sources.items()})


def test_a_service_that_nobody_recorded_is_named() -> None:
    finding = check(subject("news@firm.example", proof=VIA, relationship=Relationship.OWN, history=known(letters_example=10, own=90)))
    assert finding.severity is Severity.MEDIUM
    assert ("source", "letters.example") in finding.params


def test_a_service_with_an_exception_is_no_finding() -> None:
    assert check(subject("news@firm.example", proof=VIA, relationship=Relationship.OWN, history=known(letters_example=10), permitted=True)) is None


def test_the_providers_own_signature_is_no_foreign_service() -> None:
    """A hosted mailbox signs everything with its provider's domain too."""
    assert check(subject("ceo@firm.example", proof=VIA, relationship=Relationship.OWN, history=known(letters_example=95, own=5))) is None


def test_mail_that_the_own_servers_carry_is_no_finding() -> None:
    assert check(subject("ceo@firm.example", proof=PROVEN, relationship=Relationship.OWN, history=known(own=100))) is None


def test_unproven_mail_is_the_matter_of_another_check() -> None:
    proof = replace(FAILED, source="letters.example")
    assert check(subject("ceo@firm.example", proof=proof, relationship=Relationship.OWN, history=known(letters_example=10, own=90))) is None
