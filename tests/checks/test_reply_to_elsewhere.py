from __future__ import annotations

from app.checks.reply_to_elsewhere import check
from app.model import Context, Relationship, Severity, Trait
from tests.checks.subjects import subject


def test_an_answer_to_another_organisation_is_a_small_finding() -> None:
    finding = check(subject(reply_to="desk.example"))
    assert finding.severity is Severity.LOW
    assert dict(finding.params) == {"domain": "partner.example", "reply_to": "desk.example"}


def test_an_answer_to_free_mail_is_graver() -> None:
    assert check(subject(reply_to="free.example")).points < check(subject(reply_to="desk.example")).points


def test_an_answer_to_free_mail_in_our_own_name_is_grave() -> None:
    assert check(subject("ceo@firm.example", reply_to="free.example", relationship=Relationship.OWN)).severity is Severity.HIGH


def test_between_two_free_mailboxes_it_is_a_small_finding() -> None:
    assert check(subject("sara@free2.example", reply_to="free.example")).severity is Severity.MEDIUM
    assert check(subject("sara@free.example", reply_to="free.example")) is None


def test_a_newsletter_that_is_answered_elsewhere_is_information() -> None:
    finding = check(subject(reply_to="desk.example", traits=(Trait.BULK,)))
    assert finding.severity is Severity.INFO


def test_the_same_organisation_a_list_and_our_own_domain_are_no_finding() -> None:
    assert check(subject(reply_to="mail.partner.example")) is None
    assert check(subject(reply_to="desk.example", traits=(Trait.LIST,))) is None
    assert check(subject(reply_to="firm.example", context=Context(own_domains=("firm.example",)))) is None
    assert check(subject()) is None
