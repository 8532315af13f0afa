"""What an exception reaches of an audit, counted before it is made: proven messages alone, of the right side, by name, source and class."""

from __future__ import annotations

import pytest

from app.i18n import Translation
from app.model import Direction, DomainClass, ExceptionRule, Relationship
from app.patterns import in_words, matches, pattern_in
from app.reach import Reach
from tests.ui.reports import FAILED, PROVEN, claim, domain_row, report

AUDIT = report((
    domain_row([
        claim("firm.example", PROVEN, (), messages=400, relationship=Relationship.OWN),
        claim("firm.example", PROVEN, (), messages=30, source="mailer.example", relationship=Relationship.OWN),
        claim("firm.example", FAILED, (), messages=7, source="mailer.example", relationship=Relationship.OWN),
    ]),
    domain_row([
        claim("partner.example", PROVEN, (), messages=20),
        claim("mail.partner.example", PROVEN, (), messages=9, source="mailer.example"),
        claim("mail.partner.example", FAILED, (), messages=4),
    ]),
    domain_row([claim("shop.hosted.example", PROVEN, (), messages=5)], kind=DomainClass.SHARED_HOSTING),
))  # fmt: skip
TO_US, AS_US = Direction.TO_US, Direction.AS_US


@pytest.mark.parametrize(("rule", "messages", "domains", "unproven"), [
    (ExceptionRule("partner.example", TO_US), 29, 2, 4),
    (ExceptionRule("*.partner.example", TO_US), 9, 1, 4),
    (ExceptionRule("partner.example", TO_US, "mailer.example"), 9, 1, 0),
    (ExceptionRule("*", TO_US, "mailer.example"), 9, 1, 0),
    (ExceptionRule("*", TO_US, kind=DomainClass.SHARED_HOSTING), 5, 1, 0),
    (ExceptionRule("*", AS_US, "mailer.example"), 30, 1, 7),
    (ExceptionRule("firm.example", TO_US), 0, 0, 0),
    (ExceptionRule("partner.example", AS_US), 0, 0, 0),
    (ExceptionRule("nobody.example", TO_US), 0, 0, 0),
])  # fmt: skip
def test_each_pattern_reaches_the_proven_messages_it_speaks_of(rule: ExceptionRule, messages: int, domains: int, unproven: int) -> None:
    reached = Reach(AUDIT).of(rule)
    assert (reached.messages, reached.domains, reached.unproven) == (messages, domains, unproven)


def test_what_is_reached_most_comes_first() -> None:
    assert Reach(AUDIT).of(ExceptionRule("partner.example", TO_US)).parts == (("partner.example", "own", 20), ("mail.partner.example", "mailer.example", 9))


@pytest.mark.parametrize(("pattern", "domain", "holds"), [
    ("a.example", "a.example", True), ("a.example", "b.a.example", True), ("a.example", "ba.example", False),
    ("*.a.example", "a.example", False), ("*.a.example", "c.b.a.example", True), ("*.a.example", "ba.example", False),
    ("*", "a.example", True), ("*", "", False), ("a.example", "", False),
])  # fmt: skip
def test_a_pattern_ends_on_the_dot(pattern: str, domain: str, holds: bool) -> None:
    assert matches(pattern, domain) is holds


@pytest.mark.parametrize(("text", "pattern"), [
    (" Partner.Example. ", "partner.example"), ("*.نقل.example", "*.xn--ehbee.example"), ("*", "*"),
    ("*.co.uk", None), ("*.github.io", None), ("**.a.example", None), ("*a.example", None), ("*.", None), ("", None), ("a b", None),
])  # fmt: skip
def test_a_pattern_is_read_as_people_write_it(text: str, pattern: str | None) -> None:
    assert pattern_in(text) == pattern


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_pattern_is_said_in_words(language: str) -> None:
    say = Translation(language)
    rules = [ExceptionRule(pattern, TO_US) for pattern in ("a.example", "*.a.example", "*")]
    said = {in_words(rule, say) for rule in (*rules, ExceptionRule("*", TO_US, kind=DomainClass.DISPOSABLE))}
    assert len(said) == 4
    assert all("*" not in each for each in said)
