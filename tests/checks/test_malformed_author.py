from __future__ import annotations

from app.checks.base import History
from app.checks.malformed_author import check
from app.model import AuthorStatus, Severity, Trait
from tests.checks.subjects import DAY, INTERNAL_TRACE, NOBODY_LOOKED, subject

BROKEN = (Trait.MALFORMED_FROM,)


def test_an_address_that_is_clear_although_the_syntax_is_broken_is_a_finding() -> None:
    finding = check(subject(traits=BROKEN))
    assert finding.severity is Severity.MEDIUM
    assert dict(finding.params) == {"address": "sara.haddad@partner.example"}


def test_a_name_that_is_foreign_to_the_address_makes_it_grave() -> None:
    assert check(subject("wb@simatraec.example", "Golden Lottery", traits=BROKEN)).severity is Severity.HIGH


def test_a_scanner_inside_the_firm_and_a_familiar_sender_are_left_alone() -> None:
    assert check(subject(traits=BROKEN, evidence=INTERNAL_TRACE)) is None
    assert check(subject(traits=BROKEN, history=History(30, 30, 0, 90 * DAY, 0, 90 * DAY))) is None


def test_a_sound_line_and_an_unreadable_one_are_another_matter() -> None:
    assert check(subject()) is None
    assert check(subject("", status=AuthorStatus.NONE, traits=BROKEN, proof=NOBODY_LOOKED)) is None
