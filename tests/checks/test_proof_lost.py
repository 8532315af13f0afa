from __future__ import annotations

import pytest

from app.checks.base import History
from app.checks.proof_lost import check
from app.model import Proof, Relationship, Severity, Trait
from tests.checks.subjects import DAY, FAILED, NOBODY_LOOKED, NOTHING_PASSED, PROVEN, subject

STOPPED = History(60, 30, 0, 200 * DAY, 0, 100 * DAY)
"""Thirty proven messages, then thirty without proof."""
ONE_FORGED = History(41, 40, 0, 200 * DAY, 0, 200 * DAY)


def test_a_partner_whose_proof_stops_is_found() -> None:
    finding = check(subject(proof=FAILED, history=STOPPED, messages=30, first_seen=101 * DAY, last_seen=200 * DAY))
    assert finding.severity is Severity.HIGH
    assert dict(finding.params) == {"domain": "partner.example", "proven": 30}


def test_one_forged_message_among_forty_genuine_ones_is_found() -> None:
    assert check(subject(proof=FAILED, history=ONE_FORGED, first_seen=90 * DAY)) is not None
    assert check(subject(proof=NOTHING_PASSED, history=ONE_FORGED, first_seen=90 * DAY)).severity is Severity.MEDIUM


def test_mail_from_before_the_sender_began_to_prove_it_is_innocent() -> None:
    began = History(60, 40, 0, 200 * DAY, 100 * DAY, 200 * DAY)
    assert check(subject(proof=NOTHING_PASSED, history=began, messages=20, first_seen=0, last_seen=99 * DAY)) is None


def test_a_sender_who_is_proven_now_and_then_is_no_finding() -> None:
    habit = History(60, 20, 0, 200 * DAY, 0, 200 * DAY)
    assert check(subject(proof=NOTHING_PASSED, history=habit, messages=40, first_seen=0, last_seen=200 * DAY)) is None


@pytest.mark.parametrize("proof", [PROVEN, NOBODY_LOOKED])
def test_it_takes_a_look_that_found_no_proof(proof: Proof) -> None:
    assert check(subject(proof=proof, history=ONE_FORGED)) is None


def test_a_list_breaks_proofs_and_is_no_finding() -> None:
    assert check(subject(proof=FAILED, history=ONE_FORGED, traits=(Trait.LIST,))) is None


def test_a_few_proven_messages_are_no_habit() -> None:
    assert check(subject(proof=FAILED, history=History(5, 4, 0, 200 * DAY, 0, 200 * DAY))) is None


def test_the_own_domain_has_a_check_of_its_own() -> None:
    assert check(subject(proof=FAILED, history=ONE_FORGED, relationship=Relationship.OWN)) is None
