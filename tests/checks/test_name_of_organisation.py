from __future__ import annotations

import pytest

from app.checks.base import Subject
from app.checks.name_of_organisation import check
from app.model import Brand, Relationship, Severity, Trait
from app.people import Organisation, index_of
from tests.checks.subjects import FAILED, subject

BRANDS = (Brand("Big Bank", ("big bank", "البنك الكبير"), ("bigbank.example",)), Brand("Parcelo", ("parcelo",), ("parcelo.example",)))
OWN = Organisation("alnoor", ("alnoor",), frozenset(("alnoor.example",)), "own")
PARTNER = Organisation("harbour", ("harbour",), frozenset(("harbour.example",)), "familiar")
NAMES = index_of(BRANDS, (OWN, PARTNER), {}, {"bigbank.example": "bigbank.example", "parcelo.example": "parcelo.example"})


def named(name: str, address: str = "info@stranger.example", **values: object) -> Subject:
    return subject(address, name, names=NAMES, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name",
    [
        "Big Bank",
        "BIG BANK Security",
        "Your Parcelo",
        "Pаrcelo Support",  # the second letter is Cyrillic
        "P a r c e l o",
        "ＰＡＲＣＥＬＯ",
        "P\u200bar\u200bcelo",
        "Parcel0",
        "ᴘᴀʀᴄᴇʟᴏ",
        "خدمة عملاء البنك الكبير",
    ],
)
def test_a_brands_name_at_a_foreign_address_is_grave(name: str) -> None:
    finding = check(named(name))
    assert finding is not None
    assert finding.severity is Severity.HIGH
    assert dict(finding.params)["domain"] == "stranger.example"


@pytest.mark.parametrize("name", ["Bigger Bank", "Big", "Parcelona Tours", "Sara Haddad", "بنك", ""])
def test_a_name_that_is_not_the_brands_is_no_finding(name: str) -> None:
    assert check(named(name)) is None


def test_the_brand_itself_is_no_finding() -> None:
    assert check(named("Big Bank", "info@news.bigbank.example")) is None


def test_a_person_whose_surname_is_a_brand_is_no_finding() -> None:
    assert check(named("Marta Parcelo", "marta.parcelo@stranger.example")) is None


def test_a_service_of_two_brands_is_no_finding_for_its_own_name() -> None:
    assert check(named("Parcelo via Big Bank", "info@bigbank.example")) is None


def test_a_proven_platform_that_writes_for_a_brand_is_a_small_finding() -> None:
    assert check(named("Parcelo", "info@bigbank.example")).severity is Severity.LOW


def test_an_unproven_platform_is_not_excused() -> None:
    assert check(named("Parcelo", "info@bigbank.example", proof=FAILED)).severity is Severity.HIGH


def test_the_own_firms_name_from_outside_is_grave() -> None:
    assert check(named("Alnoor IT")).severity is Severity.HIGH


def test_a_newsletter_that_greets_its_customer_by_name_is_not() -> None:
    assert check(named("Alnoor at Conference", traits=(Trait.BULK,))).severity is Severity.LOW


def test_a_partners_name_from_elsewhere_is_a_finding() -> None:
    assert check(named("Harbour Accounts")).severity is Severity.MEDIUM


def test_a_proven_sender_whom_the_owner_writes_to_may_bear_any_name() -> None:
    assert check(named("Big Bank", wrote_first=True)) is None
    assert check(named("Big Bank", wrote_first=True, proof=FAILED)) is not None


def test_lists_and_the_own_domain_are_left_alone() -> None:
    assert check(named("Big Bank", traits=(Trait.LIST,))) is None
    assert check(named("Big Bank", relationship=Relationship.OWN)) is None
