from __future__ import annotations

import pytest

from app.checks.random_looking import check, looks_random
from app.model import DomainClass, Relationship, Severity, Trait
from tests.checks.subjects import subject


@pytest.mark.parametrize("text", ["vx1j7ztq9wwk", "qxkvjzwpt", "a4f6g8h2", "bnfkgdqz", "xvkqpt", "jwcpfa"])
def test_a_row_that_nobody_could_pronounce_looks_random(text: str) -> None:
    assert looks_random(text)


@pytest.mark.parametrize(
    "text",
    """
    partner harbour-lines krzysztof netsecdb pcpros 7f3aca84-58dd-4e3f-8b8f-0ff0e1cbb458 schmidt alnoor-trading nksc 365mail web24 studio54
    rhythm strength hermannplatz 4imprint sales2024 cwtch
    """.split(),
)
def test_names_of_many_languages_do_not(text: str) -> None:
    assert not looks_random(text)


def test_a_random_domain_is_a_finding_and_its_first_label_counts() -> None:
    finding = check(subject("info@qxkvjzwpt.example"))
    assert finding.severity is Severity.MEDIUM
    assert dict(finding.params) == {"part": "qxkvjzwpt.example"}


def test_a_domain_of_many_levels_is_a_finding() -> None:
    assert check(subject("info@a.b.c.d.e.partner.example")) is not None
    assert check(subject("info@mail.eu.partner.example")) is None


def test_a_random_local_part_is_a_small_finding() -> None:
    assert check(subject("qxkvjzwpt@partner.example")).severity is Severity.LOW
    assert check(subject("qxkvjzwpt@partner.example", traits=(Trait.LIST,))) is None


def test_a_random_domain_that_answers_would_go_to_is_a_finding() -> None:
    finding = check(subject(reply_to="mail.qxkvjzwpt.example"))
    assert finding.severity is Severity.MEDIUM
    assert dict(finding.params) == {"part": "mail.qxkvjzwpt.example"}


def test_idn_shared_providers_colleagues_and_correspondents_are_left_alone() -> None:
    assert check(subject("info@xn--mgbqzk3c9d.example")) is None
    assert check(subject("qxkvjzwpt@free.example", domain_class=DomainClass.SHARED_PROVIDER)) is None
    assert check(subject("qxkvjzwpt@partner.example", relationship=Relationship.OWN)) is None
    assert check(subject("qxkvjzwpt@partner.example", written_to=True)) is None
