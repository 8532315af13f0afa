from __future__ import annotations

from app.checks.written_to import check
from app.model import Relationship
from tests.checks.subjects import FAILED, subject


def test_a_proven_partner_gains() -> None:
    assert check(subject(written_to=True)).points > 0


def test_a_partners_name_without_proof_gains_nothing() -> None:
    assert check(subject(written_to=True, proof=FAILED)) is None


def test_strangers_and_colleagues_gain_nothing() -> None:
    assert check(subject()) is None
    assert check(subject(written_to=True, relationship=Relationship.OWN)) is None
