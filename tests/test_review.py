"""The order of a review, and what brings a decided name back."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from app.excerpt import Choices, chosen
from app.model import Decision, DecisionRecord, JudgedClaim, Report
from app.review import Subject, looks_of, needing_a_look, queue_of, reviewed, subjects_of
from tests.exporters.reports import rich_report
from tests.ui.reports import FAILED, NOON, PROVEN, claim, domain_row, report


def trusted(at: int, forged_last: int, until: date | None = None) -> Report:
    """A partner that is trusted as proven, of which unproven mail has come as well."""

    def as_decided(one: JudgedClaim, decision: Decision) -> JudgedClaim:
        return replace(one, decision=decision)

    row = domain_row([
        as_decided(claim("partner.example", PROVEN, ("authenticated",), messages=90), Decision.TRUSTED),
        as_decided(claim("partner.example", FAILED, ("authentication_failed",), messages=2, last=forged_last), Decision.UNREVIEWED),
    ])  # fmt: skip
    record = DecisionRecord("partner.example", Decision.TRUSTED, "Sara", at=at, until=until)
    return replace(report((row,)), decisions=(record,))


def names(subjects: list[Subject]) -> list[str]:
    return [subject.name for subject in subjects]


def test_the_lowest_score_comes_first_and_usual_names_wait() -> None:
    assert names(queue_of(report()))[0] == "firm.example"
    scores = [subject.worst for subject in queue_of(report(), everything=True)]
    assert scores == sorted(scores)
    assert set(names(queue_of(report()))) < set(names(queue_of(report(), everything=True)))


def test_at_a_shared_provider_each_address_is_decided_on_its_own() -> None:
    row = next(row for row in report().domains if row.domain == "freemail.example")
    assert [subject.name for subject in subjects_of(row, report())] == ["x93@freemail.example", "omar.k@freemail.example"]


def test_mail_without_a_readable_domain_cannot_be_decided() -> None:
    assert subjects_of(report().domains[-1], report()) == ()


def test_a_trusted_name_that_arrives_unproven_comes_back_by_itself() -> None:
    assert names(queue_of(trusted(at=NOON - 100, forged_last=NOON))) == ["partner.example"]


def test_what_was_seen_when_trust_was_given_does_not_come_back() -> None:
    seen = trusted(at=NOON + 100, forged_last=NOON)
    assert queue_of(seen) == []
    assert reviewed(seen) == {"partner.example"}


def test_a_decision_comes_back_on_its_day_however_usual_it_looks() -> None:
    row = domain_row([claim("partner.example", PROVEN, ("authenticated",), messages=90)])
    record = DecisionRecord("partner.example", Decision.TRUSTED, "Sara", at=NOON - 100, until=date(2026, 3, 12))
    (subject,) = queue_of(replace(report((row,)), decisions=(record,)))
    assert (subject.record, subject.lapsed) == (None, record)


def test_a_decision_comes_back_on_its_day_and_not_before() -> None:
    assert names(queue_of(trusted(at=NOON + 100, forged_last=NOON, until=date(2026, 3, 12)))) == ["partner.example"]
    assert queue_of(trusted(at=NOON + 100, forged_last=NOON, until=date(2026, 3, 13))) == []


def test_what_is_not_proven_cannot_be_trusted() -> None:
    row = domain_row([claim("old.example", FAILED, ("authentication_failed",))])
    assert not subjects_of(row, report((row,)))[0].can_trust


def test_a_rejection_covers_the_proven_mail_only_when_that_is_asked_for() -> None:
    row = domain_row([claim("a.example", PROVEN, ("authenticated",)), claim("a.example", FAILED, ("authentication_failed",))])
    (subject,) = subjects_of(row, report((row,)))
    assert subject.decided(Decision.REJECTED).proofs == ()
    assert subject.decided(Decision.REJECTED, with_proven=True).proofs == (("dkim:a.example", "own"),)


def test_a_name_that_was_put_off_stays_so_while_no_more_speaks_against_it() -> None:
    (subject,) = queue_of(trusted(at=NOON - 100, forged_last=NOON))
    assert not subject.worse_than(subject.skip)
    assert not subject.worse_than(replace(subject.skip, uncovered=3))


def test_more_mail_that_trust_does_not_cover_brings_back_what_was_put_off() -> None:
    (subject,) = queue_of(trusted(at=NOON - 100, forged_last=NOON))
    assert subject.worse_than(replace(subject.skip, uncovered=0))


def test_a_lower_score_brings_back_what_was_put_off() -> None:
    first, *_ = queue_of(report())
    assert first.worse_than(replace(first.skip, worst=first.worst + 1))


# One truth about what needs a look -----------------------------------------------------------------------------------


def test_the_lowest_comes_first_and_usual_rows_do_not_come() -> None:
    assert [row.worst for row in needing_a_look(rich_report())] == [0, 10, 30, 45, 50]


@pytest.mark.parametrize("decision", [Decision.TRUSTED, Decision.REJECTED, Decision.WATCHED])
def test_what_was_decided_needs_no_look(decision: Decision) -> None:
    row = domain_row([replace(claim("shop.example", FAILED, ("authentication_failed", "lookalike_own"), messages=9), decision=decision)])
    undecided = report((row,))
    decided = replace(undecided, decisions=(DecisionRecord("shop.example", decision, at=NOON),))
    assert bool(needing_a_look(undecided))
    assert needing_a_look(decided) == []


def test_an_own_domain_whose_forgeries_are_rejected_needs_a_look_nowhere() -> None:
    """Its proven mail is of nobody's concern, so the row as a whole stays undecided."""
    firm = next(row for row in report().domains if row.domain == "firm.example")
    (subject,) = subjects_of(firm, report((firm,)))
    record = replace(subject.decided(Decision.REJECTED), at=NOON)
    rejected = tuple(replace(each, decision=Decision.REJECTED) if each in subject.unproven else each for each in firm.claims)
    row = replace(firm, claims=rejected, decided=sum(each.record.messages for each in subject.unproven))
    after = replace(report((row,)), decisions=(record,))
    assert row.decision is Decision.UNREVIEWED
    assert len(needing_a_look(report((firm,)))) == 1
    assert needing_a_look(after) == queue_of(after) == []
    assert chosen(after, Choices(looks_only=True), b"k" * 16).domains == ()


def test_what_needs_a_look_is_what_the_review_asks_about() -> None:
    """With some of the names decided, in every way, and the rest not; senders that cannot be read are for the eye alone."""
    chance = random.Random(7)
    for _ in range(60):
        shown = report()
        subjects = [subject for row in shown.domains for subject in subjects_of(row, shown)]
        made = [
            DecisionRecord(subject.name, chance.choice(list(Decision)[1:]), at=NOON + chance.choice([-100, 100]),
                           until=chance.choice([None, date(2026, 3, 12), date(2027, 1, 1)]))
            for subject in subjects if chance.random() < 0.5
        ]  # fmt: skip
        decided = replace(shown, decisions=tuple(made))
        asked = {subject.row.domain for subject in queue_of(decided)}
        assert {row.domain for row in needing_a_look(decided)} - {None} == asked
        assert looks_of(decided) == {row.domain or "" for row in needing_a_look(decided)}
