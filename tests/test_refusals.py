"""Which rejections may become rules of a mail system: never one about an own, authorised or shared name, never wider than what was decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.excerpt import Choices, chosen
from app.model import Authentication, Decision, DecisionRecord, Direction, DomainClass, DomainRow, ExceptionRule, Relationship, Report
from app.refusals import Covers, Left, Refusals, refusals_of
from tests.exporters.reports import CREATED, claim, empty_report, row

PROVEN, FAILED = Authentication.AUTHENTICATED, Authentication.FAILED


def rejected(*rows: DomainRow, records: tuple[DecisionRecord, ...], **scope: object) -> Refusals:
    report = Report(created=CREATED, scope=replace(empty_report().scope, **scope), scan=empty_report().scan, domains=rows, decisions=records)  # type: ignore[arg-type]
    return refusals_of(report)


def record(subject: str, **fields: object) -> DecisionRecord:
    return DecisionRecord(subject, Decision.REJECTED, **fields)  # type: ignore[arg-type]


def judged(address: str, authentication: Authentication, decision: Decision = Decision.REJECTED, messages: int = 3):  # type: ignore[no-untyped-def]
    return replace(claim("a1", "", address, (), authentication, messages), decision=decision)


def test_a_proven_sender_that_was_rejected_with_its_proof_is_refused_whole() -> None:
    found = rejected(row("spam.example", (judged("x@spam.example", PROVEN),)), records=(record("spam.example"),))
    [rule] = found.rules
    assert (rule.subject, rule.covers, rule.messages) == ("spam.example", Covers.ALL, 3)


def test_a_rejection_of_forgeries_never_refuses_the_genuine_sender() -> None:
    claims = judged("x@bank.example", FAILED, messages=2), judged("y@bank.example", PROVEN, Decision.UNREVIEWED, messages=90)
    found = rejected(row("bank.example", claims), records=(record("bank.example"),))
    [rule] = found.rules
    assert (rule.covers, rule.messages) == (Covers.UNPROVEN, 2)
    assert found.covering_all().rules == ()
    assert found.covering_all().left_out == ((rule.record, Left.UNPROVEN),)


def test_a_name_of_which_nothing_was_ever_proven_is_refused_where_unproven_only() -> None:
    [rule] = rejected(row("odd.example", (judged("x@odd.example", FAILED),)), records=(record("odd.example"),)).rules
    assert rule.covers is Covers.UNPROVEN


@pytest.mark.parametrize(
    ("name", "fields", "why"),
    [
        ("firm.example", {"relationship": Relationship.OWN}, Left.OWN),
        ("mailer.example", {"relationship": Relationship.AUTHORISED}, Left.AUTHORISED),
        ("mail.example", {"domain_class": DomainClass.SHARED_PROVIDER}, Left.SHARED),
    ],
)
def test_an_own_authorised_or_shared_name_is_never_refused(name: str, fields: dict[str, object], why: Left) -> None:
    found = rejected(row(name, (judged(f"x@{name}", PROVEN),), **fields), records=(record(name),))
    assert found.rules == ()
    assert [reason for _, reason in found.left_out] == [why]


def test_an_address_at_a_shared_provider_may_be_refused_alone() -> None:
    provider = row("mail.example", (judged("bad@mail.example", PROVEN), judged("good@mail.example", PROVEN, Decision.UNREVIEWED)),
                   domain_class=DomainClass.SHARED_PROVIDER)  # fmt: skip
    [rule] = rejected(provider, records=(record("bad@mail.example"),)).rules
    assert rule.is_address
    assert rule.covers is Covers.ALL


@pytest.mark.parametrize("own", ["spam.example", "sub.spam.example"])
def test_what_holds_an_own_domain_or_lies_in_one_is_left_out(own: str) -> None:
    found = rejected(row("spam.example", (judged("x@spam.example", PROVEN),)), records=(record("spam.example"),), own_domains=(own,))
    assert [why for _, why in found.left_out] == [Left.OWN]


def test_an_exception_in_force_keeps_a_name_from_being_refused_and_a_lapsed_one_does_not() -> None:
    spam = row("spam.example", (judged("x@spam.example", PROVEN),))
    report = Report(created=CREATED, scope=empty_report().scope, scan=empty_report().scan, domains=(spam,), decisions=(record("spam.example"),))
    for until, rules in ((None, 0), (date(2026, 3, 1), 0), (date(2026, 2, 28), 1)):
        exception = ExceptionRule("news.spam.example", Direction.TO_US, until=until)
        assert len(refusals_of(replace(report, exceptions=(exception,))).rules) == rules


def test_a_decision_that_has_ended_becomes_no_rule() -> None:
    found = rejected(row("spam.example", (judged("x@spam.example", PROVEN),)), records=(record("spam.example", until=date(2026, 2, 28)),))
    assert [why for _, why in found.left_out] == [Left.ENDED]


@pytest.mark.parametrize("subject", ["spam.example\nfoo", "a b.example", 'x"@spam.example', "spam", "*", "x@[203.0.113.5]", ""])
def test_a_name_that_is_none_becomes_no_rule(subject: str) -> None:
    found = rejected(records=(record(subject),))
    assert [why for _, why in found.left_out] == [Left.NO_NAME]


def test_a_domain_that_this_audit_has_not_seen_becomes_no_rule() -> None:
    assert [why for _, why in rejected(records=(record("elsewhere.example"),)).left_out] == [Left.SHARED]


def test_a_made_up_name_of_a_redacted_report_becomes_no_rule() -> None:
    records = record("x@mail.example"), record("spam.example")
    rows = (
        row("mail.example", (judged("x@mail.example", PROVEN),), domain_class=DomainClass.SHARED_PROVIDER),
        row("spam.example", (judged("y@spam.example", PROVEN),)),
    )
    whole = Report(created=CREATED, scope=empty_report().scope, scan=empty_report().scan, domains=rows, decisions=records)
    found = refusals_of(chosen(whole, Choices(redacted=True), b"k" * 32))
    assert [rule.subject for rule in found.rules] == ["spam.example"]
    assert [why for _, why in found.left_out] == [Left.REDACTED]


def test_a_name_under_which_others_have_names_is_never_refused_whole() -> None:
    rented = row("pages.example", (judged("x@pages.example", PROVEN),)), row("shop.pages.example", (judged("y@shop.pages.example", PROVEN),))
    found = rejected(*rented, records=(record("pages.example"), record("shop.pages.example")))
    assert [rule.subject for rule in found.rules] == ["shop.pages.example"]
    assert rejected(row("github.io", (judged("x@github.io", PROVEN),)), records=(record("github.io"),)).rules == ()


def test_where_no_dmarc_verdict_tells_genuine_mail_apart_a_rejection_of_forgeries_is_left_out() -> None:
    genuine = judged("y@bank.example", PROVEN, Decision.UNREVIEWED)
    computed = replace(genuine, proof=replace(genuine.proof, dmarc=None))
    found = rejected(row("bank.example", (judged("x@bank.example", FAILED), computed)), records=(record("bank.example"),))
    assert found.rules == ()
    assert [why for _, why in found.left_out] == [Left.NO_VERDICT]
