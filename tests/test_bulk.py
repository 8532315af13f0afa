"""One decision about many: what is covered, what is left out and why, and that all of it can be taken back."""

from __future__ import annotations

from dataclasses import replace

from app.bulk import Left, together
from app.model import Decision, DecisionRecord, Relationship
from tests.ui.reports import NOON, PROVEN, claim, domain_row, report

REPORT = report()


def left_out(decision: Decision) -> dict[str | None, Left]:
    return {row.domain: why for row, why in together(REPORT.domains, REPORT, decision).left_out}


def test_own_and_shared_names_are_not_rejected_in_a_crowd() -> None:
    left = left_out(Decision.REJECTED)
    assert left["firm.example"] is Left.OWN
    assert left["freemail.example"] is Left.SHARED
    assert left[None] is Left.NO_NAME
    plan = together(REPORT.domains, REPORT, Decision.REJECTED)
    assert "f1rm.example" in [subject.name for subject in plan.covered]
    assert len(plan.covered) + len(plan.left_out) == len(REPORT.domains)


def test_what_an_exception_allows_is_not_rejected_in_a_crowd() -> None:
    row = domain_row([claim("partner.example", PROVEN, ("authenticated",), relationship=Relationship.AUTHORISED)])
    assert together((row,), report((row,)), Decision.REJECTED).left_out == ((row, Left.ALLOWED),)


def test_what_has_no_proof_is_not_trusted() -> None:
    assert left_out(Decision.TRUSTED)["old.example"] is Left.NOT_PROVEN


def test_the_messages_are_those_that_the_decision_holds_for() -> None:
    partner = tuple(row for row in REPORT.domains if row.domain == "partner.example")
    counted = {decision: together(partner, REPORT, decision).messages for decision in (Decision.TRUSTED, Decision.WATCHED, Decision.REJECTED)}
    assert counted == {Decision.TRUSTED: 120, Decision.WATCHED: 151, Decision.REJECTED: 31}


def test_an_earlier_decision_is_not_overwritten() -> None:
    made = replace(REPORT, decisions=(DecisionRecord("partner.example", Decision.WATCHED, "Omar", "asked", NOON),))
    assert ("partner.example", Left.DECIDED) in [(row.domain, why) for row, why in together(made.domains, made, Decision.REJECTED).left_out]


def test_taking_back_leaves_each_name_as_it_stood() -> None:
    plan = together(REPORT.domains, REPORT, Decision.WATCHED)
    assert {record.subject for record in plan.undone()} == {record.subject for record in plan.records()}
    assert {record.decision for record in plan.undone()} == {Decision.UNREVIEWED}
