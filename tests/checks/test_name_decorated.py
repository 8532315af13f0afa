from __future__ import annotations

import pytest

from app.checks.name_decorated import check
from app.model import Severity, Trait
from tests.checks.subjects import subject


@pytest.mark.parametrize("name", ["Prize Team ,_", "Discount .", '""Payment""', "*Winner*", "Act now!", "-Delivery-", "== Offer ==", "Voucher,"])
def test_ornaments_around_a_name_are_a_small_finding(name: str) -> None:
    assert check(subject(name=name)).severity is Severity.LOW


def test_symbols_are_a_small_finding() -> None:
    assert check(subject(name="Shop 🎁", traits=(Trait.NAME_DECORATED,))).severity is Severity.LOW


@pytest.mark.parametrize(
    "name",
    [
        "Sara Haddad",
        "Haddad, Sara",
        "Partner Ltd.",
        "Sara Haddad (Partner)",
        "O'Neil",
        "J. R. Smith Jr.",
        "شركة النور (المبيعات)",
        "«النور»",
        "@work",
        "C++ club",
        "Sara [Partner]",
        "",
    ],
)
def test_a_name_as_people_write_it_is_no_finding(name: str) -> None:
    assert check(subject(name=name)) is None
