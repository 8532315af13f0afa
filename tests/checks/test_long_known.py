from __future__ import annotations

from app.checks.base import History, Use
from app.checks.long_known import check
from tests.checks.subjects import DAY, FAILED, subject

YEARS = History(200, 200, 0, 400 * DAY, 0, 400 * DAY, {"own": Use(200, 0)})


def test_a_year_of_proven_mail_gains() -> None:
    finding = check(subject(history=YEARS))
    assert finding.points > 0
    assert dict(finding.params) == {"sender": "partner.example", "messages": 200, "days": 400}


def test_it_is_bound_to_the_source() -> None:
    assert check(subject(history=History(200, 200, 0, 400 * DAY, 0, 400 * DAY, {"other.example": Use(200, 0)}))) is None


def test_unproven_mail_gains_nothing_from_the_name() -> None:
    assert check(subject(history=YEARS, proof=FAILED)) is None


def test_a_burst_and_a_trickle_gain_nothing() -> None:
    assert check(subject(history=History(200, 200, 0, 3 * DAY, 0, 3 * DAY, {"own": Use(200, 0)}))) is None
    assert check(subject(history=History(5, 5, 0, 400 * DAY, 0, 400 * DAY, {"own": Use(5, 0)}))) is None
