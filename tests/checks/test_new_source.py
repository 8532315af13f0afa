from __future__ import annotations

from dataclasses import replace

from app.checks.base import History, Use
from app.checks.new_source import check
from tests.checks.subjects import DAY, FAILED, PROVEN, subject

VIA = replace(PROVEN, source="letters.example")


def history(through: int, since: int, before: int = 50) -> History:
    return History(before + through, before + through, 0, 200 * DAY, 0, 200 * DAY, {"own": Use(before, 0), "letters.example": Use(through, since)})


def test_a_known_senders_first_mail_through_a_service_is_named() -> None:
    finding = check(subject(proof=VIA, history=history(2, 150 * DAY)))
    assert dict(finding.params) == {"domain": "partner.example", "source": "letters.example"}
    assert finding.points < 0


def test_a_source_used_from_the_beginning_is_not_new() -> None:
    assert check(subject(proof=VIA, history=history(2, 5 * DAY))) is None


def test_a_source_used_often_is_no_longer_new() -> None:
    assert check(subject(proof=VIA, history=history(30, 150 * DAY))) is None


def test_a_sender_hardly_known_has_no_habits() -> None:
    assert check(subject(proof=VIA, history=history(2, 150 * DAY, before=3))) is None


def test_unproven_mail_has_no_source_to_speak_of() -> None:
    assert check(subject(proof=replace(FAILED, source="letters.example"), history=history(2, 150 * DAY))) is None
