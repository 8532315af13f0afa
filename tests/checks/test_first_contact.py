from __future__ import annotations

from app.checks.base import History
from app.checks.first_contact import check
from app.model import Context, Relationship, Severity
from tests.checks.subjects import DAY, subject


def test_a_strangers_first_message_is_named() -> None:
    finding = check(subject(history=History(1, 1, 100 * DAY, 100 * DAY)))
    assert finding.severity is Severity.INFO


def test_a_second_claim_of_a_known_sender_is_no_first_contact() -> None:
    assert check(subject(history=History(2, 2, 50 * DAY, 100 * DAY))) is None


def test_what_came_later_is_not_asked() -> None:
    """Forty messages of the future do not make the sender known, but the sender is no stranger any more today."""
    assert check(subject(history=History(40, 40, 100 * DAY, 300 * DAY))) is None


def test_whom_the_owner_wrote_to_first_is_no_stranger() -> None:
    assert check(subject(written_to=True, wrote_first=True)) is None


def test_writing_to_them_later_does_not_make_the_first_message_expected() -> None:
    assert check(subject(written_to=True)) is not None


def test_colleagues_and_collected_samples_have_no_first_contact() -> None:
    assert check(subject(relationship=Relationship.OWN)) is None
    assert check(subject(context=Context(samples=True))) is None
