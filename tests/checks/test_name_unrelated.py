from __future__ import annotations

import pytest

from app.checks.name_unrelated import check
from app.model import Relationship, Severity
from app.people import NameIndex
from tests.checks.subjects import FAILED, subject


@pytest.mark.parametrize(
    ("name", "address"),
    [("Garden Furniture Club", "wb@simatraec.example"), ("Golden Lottery", "rodrigo@tradestars.example"), ("Olivia Stone", "bigeasy@kmax.example")],
)
def test_a_name_of_which_the_address_knows_nothing_is_a_small_finding(name: str, address: str) -> None:
    assert check(subject(address, name)).severity is Severity.LOW


@pytest.mark.parametrize("address", ["noreply@tradestars.example", "55365@tradestars.example", "info@news.tradestars.example"])
def test_an_office_called_after_another_firm_is_graver_than_a_nickname(address: str) -> None:
    assert check(subject(address, "Golden Lottery")).severity is Severity.MEDIUM


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Sara Haddad", "sara@partner.example"),
        ("Sara Haddad", "shaddad@partner.example"),
        ("Sara Haddad", "sh@partner.example"),
        ("Haddad, Sara", "s.haddad@partner.example"),
        ("Jörg Müller", "joerg@partner.example"),
        ("Harbour Lines", "noreply@harbour-lines.example"),
        ("Harbour Lines", "noreply@news.harbourlines.example"),
        ("Mike Rapoport", "rppt@partner.example"),
        ("HRBF Abuse Department", "abuse@harbourfreight.example"),
        ("build test robot", "lkp@partner.example"),
        ("Support", "help@partner.example"),
        ("سارة حداد", "s77@partner.example"),
        ("李伟", "wei88@partner.example"),
        ("", "x@partner.example"),
    ],
)
def test_a_name_that_fits_or_cannot_be_compared_is_no_finding(name: str, address: str) -> None:
    assert check(subject(address, name)) is None


def test_a_well_known_organisation_writes_under_many_names() -> None:
    names = NameIndex(domains={"bigbank.example": "Big Bank"})
    assert check(subject("info@bigbank.example", "Savings Club", names=names)) is None
    assert check(subject("info@bigbank.example", "Savings Club", names=names, proof=FAILED)) is not None


def test_whom_the_owner_writes_to_and_colleagues_are_left_alone() -> None:
    assert check(subject("wb@simatraec.example", "Olivia Stone", written_to=True)) is None
    assert check(subject("wb@simatraec.example", "Olivia Stone", relationship=Relationship.OWN)) is None
