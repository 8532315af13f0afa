"""What the evidence suggests to allow: proven again and again, through one source, over a while; never what is not proven."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.model import Direction, DomainClass, ExceptionRule, JudgedClaim, Relationship, Report
from app.suggestions import ENOUGH_AS_US, ENOUGH_TO_US, suggestions
from tests.ui.reports import FAILED, NOON, PROVEN, UNKNOWN, claim, domain_row, report

OWN = Relationship.OWN
SERVICE = claim("firm.example", PROVEN, ("authenticated",), messages=412, source="mailer.example", relationship=OWN)
PARTNER = claim("partner.example", PROVEN, ("authenticated",), messages=ENOUGH_TO_US)


def of(*claims: JudgedClaim, kind: DomainClass = DomainClass.ORDINARY, rules: tuple[ExceptionRule, ...] = ()) -> list[ExceptionRule]:
    shown: Report = replace(report((domain_row(list(claims), kind=kind),)), exceptions=rules)
    return [each.rule for each in suggestions(shown)]


def test_a_service_that_is_proven_in_our_name_is_suggested_with_its_source() -> None:
    (found,) = suggestions(report((domain_row([SERVICE]),)))
    assert found.rule == ExceptionRule("firm.example", Direction.AS_US, "mailer.example")
    assert (found.messages, found.since) == (412, SERVICE.record.first_seen)


def test_a_partner_that_is_proven_and_usual_is_suggested() -> None:
    assert of(PARTNER) == [ExceptionRule("partner.example", Direction.TO_US, "own")]


@pytest.mark.parametrize("state", [FAILED, UNKNOWN])
@pytest.mark.parametrize(("domain", "relationship"), [("firm.example", OWN), ("partner.example", Relationship.EXTERNAL)])
def test_mail_that_is_not_proven_suggests_nothing_however_much_there_is(state: object, domain: str, relationship: Relationship) -> None:
    assert of(claim(domain, state, (), messages=100_000, source="mailer.example", relationship=relationship)) == []  # type: ignore[arg-type]


def test_unproven_mail_does_not_help_the_proven_over_the_threshold() -> None:
    few = claim("firm.example", PROVEN, ("authenticated",), messages=ENOUGH_AS_US - 1, source="mailer.example", relationship=OWN)
    many = claim("firm.example", FAILED, ("own_domain_unproven",), messages=900, source="mailer.example", relationship=OWN)
    assert of(few, many) == []


def test_a_domain_that_shows_something_unusual_is_not_suggested() -> None:
    assert of(PARTNER, claim("partner.example", FAILED, ("authentication_failed",), messages=2)) == []
    assert of(claim("f1rm.example", PROVEN, ("lookalike_own", "authenticated"), messages=5_000)) == []


@pytest.mark.parametrize("kind", [kind for kind in DomainClass if kind is not DomainClass.ORDINARY])
def test_what_many_share_or_nobody_keeps_is_not_suggested(kind: DomainClass) -> None:
    assert of(PARTNER, kind=kind) == []


@pytest.mark.parametrize("source", ["own", "unknown", "203.0.113.0/24"])
def test_ourselves_a_network_and_nobody_are_no_service(source: str) -> None:
    assert of(claim("firm.example", PROVEN, ("authenticated",), messages=500, source=source, relationship=OWN)) == []


def test_a_single_wave_of_mail_is_no_habit() -> None:
    wave = replace(PARTNER, record=replace(PARTNER.record, messages=5_000, first_seen=NOON - 86_400, last_seen=NOON))
    assert of(wave) == []


@pytest.mark.parametrize("source", ["", "mailer.example"])
def test_what_is_allowed_is_not_suggested_again(source: str) -> None:
    assert of(SERVICE, rules=(ExceptionRule("firm.example", Direction.AS_US, source),)) == []
    assert of(SERVICE, rules=(ExceptionRule("firm.example", Direction.AS_US, "other.example"),)) != []


def test_what_has_ended_is_renewed_and_not_suggested_anew() -> None:
    assert of(SERVICE, rules=(ExceptionRule("firm.example", Direction.AS_US, "mailer.example", until=date(2026, 1, 1)),)) == []
