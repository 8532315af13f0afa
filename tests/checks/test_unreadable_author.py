from __future__ import annotations

from app.checks.unreadable_author import check
from app.model import AuthorStatus, Severity, Trait
from tests.checks.subjects import INTERNAL_TRACE, NOBODY_LOOKED, subject


def test_a_sender_that_cannot_be_read_is_grave() -> None:
    assert check(subject("", status=AuthorStatus.NONE, proof=NOBODY_LOOKED, traits=(Trait.MALFORMED_FROM,))).severity is Severity.HIGH


def test_a_scanner_inside_the_firm_is_not() -> None:
    assert check(subject("", status=AuthorStatus.NONE, proof=NOBODY_LOOKED, evidence=INTERNAL_TRACE)).severity is Severity.LOW


def test_a_sender_that_can_be_read_is_no_finding() -> None:
    assert check(subject()) is None
    assert check(subject("", status=AuthorStatus.AMBIGUOUS, proof=NOBODY_LOOKED)) is None
