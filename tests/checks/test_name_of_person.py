from __future__ import annotations

import pytest

from app.checks.base import Subject
from app.checks.name_of_person import check
from app.model import Person, Relationship, Severity, Trait
from app.people import NameIndex
from tests.checks.subjects import FAILED, subject

NAMES = NameIndex(
    people={
        ("haddad", "sara"): Person("sara.haddad@firm.example", True),
        ("احمد", "ساره"): Person("sara@firm.example", True),
        ("bell", "tom"): Person("tom@partner.example", False),
    }
)


def called(name: str, address: str = "ceo1990@free.example", **values: object) -> Subject:
    return subject(address, name, names=NAMES, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["Sara Haddad", "HADDAD, Sara", "sara  haddad", "سارة أحمد"])
def test_a_colleagues_name_at_a_free_mailbox_is_grave(name: str) -> None:
    finding = check(called(name))
    assert finding.severity is Severity.HIGH
    assert dict(finding.params)["address"] == "ceo1990@free.example"


def test_a_correspondents_name_elsewhere_is_less_grave() -> None:
    assert check(called("Tom Bell")).severity is Severity.MEDIUM


@pytest.mark.parametrize("name", ["Sara", "Haddad", "Sara Haddad-Khalil Trading", "Support Team", ""])
def test_what_is_not_the_whole_name_is_no_finding(name: str) -> None:
    assert check(called(name)) is None


def test_the_persons_own_address_is_no_finding() -> None:
    assert check(called("Tom Bell", "tom@partner.example")) is None


def test_a_second_proven_address_in_the_same_firm_is_no_finding() -> None:
    assert check(called("Tom Bell", "t.bell@partner.example")) is None
    assert check(called("Tom Bell", "t.bell@partner.example", proof=FAILED)) is not None


def test_a_private_mailbox_to_which_the_owner_wrote_first_is_no_finding() -> None:
    assert check(called("Sara Haddad", "sara.h@free.example", wrote_first=True)) is None


def test_an_answer_to_an_impostor_does_not_silence_the_alarm() -> None:
    assert check(called("Sara Haddad", written_to=True)).severity is Severity.HIGH


def test_another_address_at_the_same_shared_provider_is_another_persons() -> None:
    people = {("bell", "tom"): Person("tom.bell@free.example", False)}
    assert check(subject("tom.bell.1@free.example", "Tom Bell", names=NameIndex(people=people))) is not None


def test_lists_and_the_own_domain_are_left_alone() -> None:
    assert check(called("Sara Haddad", traits=(Trait.LIST,))) is None
    assert check(called("Sara Haddad", "s2@firm.example", relationship=Relationship.OWN)) is None
