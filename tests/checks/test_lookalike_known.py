from __future__ import annotations

from app.checks.base import History
from app.checks.lookalike_known import check
from app.lookalike import Kind, Resemblance, Way
from app.model import Relationship, Severity
from tests.checks.subjects import DAY, FAILED, PROVEN, subject

ALIKE = (Resemblance("partner.example", Kind.CORRESPONDENT, Way.TYPO),)

LONG = History(30, 30, 0, 90 * DAY, 0, 90 * DAY)


def test_a_stranger_that_resembles_it_is_grave() -> None:
    finding = check(subject("pay@partnerx.example", resemblances=ALIKE))
    assert finding.severity is Severity.HIGH
    assert dict(finding.params) == {"domain": "partnerx.example", "resembles": "partner.example", "how": "typo"}


def test_with_proof_and_history_a_resemblance_is_information() -> None:
    known = subject("pay@partnerx.example", resemblances=ALIKE, history=LONG)
    assert check(known).severity is Severity.INFO
    assert check(known).points == 0


def test_history_without_proof_does_not_excuse_it() -> None:
    assert check(subject("pay@partnerx.example", resemblances=ALIKE, proof=FAILED, history=LONG)).severity is Severity.HIGH


def test_an_authorised_domain_may_resemble_what_it_likes() -> None:
    assert check(subject("pay@partnerx.example", resemblances=ALIKE, proof=PROVEN, relationship=Relationship.AUTHORISED)) is None


def test_another_kind_of_resemblance_is_another_checks_matter() -> None:
    assert check(subject(resemblances=(Resemblance("other.example", Kind.BRAND, Way.TYPO),))) is None


def test_to_whom_the_owner_wrote_first_is_no_impostor() -> None:
    assert check(subject("pay@partnerx.example", resemblances=ALIKE, written_to=True, wrote_first=True)).severity is Severity.INFO


def test_an_answer_to_an_impostor_does_not_silence_the_alarm() -> None:
    assert check(subject("pay@partnerx.example", resemblances=ALIKE, written_to=True)).severity is Severity.HIGH


def test_the_same_label_under_another_ending_may_be_the_partners_own() -> None:
    sibling = (Resemblance("partner.test", Kind.CORRESPONDENT, Way.TLD),)
    assert check(subject("pay@partner.example", resemblances=sibling)).severity is Severity.MEDIUM
