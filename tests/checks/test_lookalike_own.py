from __future__ import annotations

import pytest

from app.checks.base import History
from app.checks.lookalike_own import check
from app.lookalike import Kind, Resemblance, Way
from app.model import Relationship, Severity
from tests.checks.subjects import DAY, FAILED, PROVEN, subject

ALIKE = (Resemblance("firm.example", Kind.OWN, Way.TYPO),)

LONG = History(30, 30, 0, 90 * DAY, 0, 90 * DAY)


def test_a_stranger_that_resembles_it_is_grave() -> None:
    finding = check(subject("pay@firmx.example", resemblances=ALIKE))
    assert finding.severity is Severity.HIGH
    assert dict(finding.params) == {"domain": "firmx.example", "resembles": "firm.example", "how": "typo"}


def test_with_proof_and_history_a_resemblance_is_information() -> None:
    known = subject("pay@firmx.example", resemblances=ALIKE, history=LONG)
    assert check(known).severity is Severity.INFO
    assert check(known).points == 0


def test_history_without_proof_does_not_excuse_it() -> None:
    assert check(subject("pay@firmx.example", resemblances=ALIKE, proof=FAILED, history=LONG)).severity is Severity.HIGH


@pytest.mark.parametrize("how", [Way.TLD, Way.SUBDOMAIN])
def test_the_own_label_under_another_ending_or_at_a_host_may_be_ones_own(how: Way) -> None:
    """As firm.test or firm.onhost.test: a subsidiary, a tenant of the own cloud, or an impostor."""
    finding = check(subject("noreply@firm.test", resemblances=(Resemblance("firm.example", Kind.OWN, how),)))
    assert finding.severity is Severity.MEDIUM
    assert finding.points < 0


def test_the_own_domain_before_a_strangers_is_grave() -> None:
    before = (Resemblance("firm.example", Kind.OWN, Way.SUBDOMAIN),)
    assert check(subject("pay@firm.example.stranger.test", resemblances=before)).severity is Severity.HIGH


def test_an_authorised_domain_may_resemble_what_it_likes() -> None:
    assert check(subject("pay@firmx.example", resemblances=ALIKE, proof=PROVEN, relationship=Relationship.AUTHORISED)) is None


def test_another_kind_of_resemblance_is_another_checks_matter() -> None:
    assert check(subject(resemblances=(Resemblance("other.example", Kind.BRAND, Way.TYPO),))) is None
