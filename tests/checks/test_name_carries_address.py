from __future__ import annotations

import pytest

from app.checks.name_carries_address import check
from app.model import Severity, Trait
from tests.checks.subjects import FAILED, subject


@pytest.mark.parametrize("name", ["ceo@firm.example", "Sara (sara@firm.example)", '"billing@firm.example" Team', "مدير المبيعات ceo@firm.example"])
def test_another_organisations_address_in_the_name_is_grave(name: str) -> None:
    finding = check(subject("x@stranger.example", name))
    assert finding.severity is Severity.HIGH
    assert "@firm.example" in dict(finding.params)["shown"]


@pytest.mark.parametrize("name", ["sara@partner.example", "sara@mail.partner.example", "Sara @ Partner", "100@home", "@handle", ""])
def test_the_own_address_or_none_is_no_finding(name: str) -> None:
    assert check(subject("sara@partner.example", name)) is None


def test_a_foreign_address_behind_the_own_one_is_seen() -> None:
    assert check(subject("sara@partner.example", "sara@partner.example ceo@firm.example")) is not None


@pytest.mark.parametrize("trait", [Trait.LIST, Trait.BULK])
def test_a_relay_that_names_the_writer_is_a_small_finding(trait: Trait) -> None:
    assert check(subject("x@stranger.example", "sara@firm.example via list", traits=(trait,))).severity is Severity.LOW


@pytest.mark.parametrize("trait", [Trait.LIST, Trait.BULK])
def test_who_merely_calls_himself_a_relay_is_not_excused(trait: Trait) -> None:
    forged = subject("x@stranger.example", "ceo@firm.example", traits=(trait,), proof=FAILED, known_list=False)
    assert check(forged).severity is Severity.HIGH


@pytest.mark.parametrize("name", ["bigbank.com Helpdesk", "Support of BigBank.com", "www.bigbank.com"])
def test_another_organisations_domain_in_the_name_is_a_finding(name: str) -> None:
    finding = check(subject("x@stranger.example", name))
    assert finding.severity is Severity.MEDIUM
    assert "bigbank.com" in dict(finding.params)["shown"].lower()


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Partner.example", "x@partner.example"),
        ("Partner.com", "x@partner.example"),
        ("sara.haddad", "sara.haddad@stranger.example"),
        ("J.R. Smith", "x@stranger.example"),
        ("Partner Ltd.", "x@stranger.example"),
    ],
)
def test_the_own_domain_a_sibling_and_a_name_with_a_dot_are_no_finding(name: str, address: str) -> None:
    assert check(subject(address, name)) is None


def test_a_newsletter_and_a_familiar_sender_may_name_a_domain() -> None:
    assert check(subject("x@stranger.example", "bigbank.com", traits=(Trait.BULK,))) is None
    assert check(subject("x@stranger.example", "bigbank.com", written_to=True)) is None
