from __future__ import annotations

import pytest

from app.checks.authenticated import check
from app.model import Authentication, How, Proof, Relationship
from app.people import NameIndex
from tests.checks.subjects import FAILED, NOBODY_LOOKED, NOTHING_PASSED, subject


def test_the_proof_of_a_familiar_name_gains_and_is_named() -> None:
    finding = check(subject(written_to=True))
    assert finding.points > 0
    assert dict(finding.params) == {"domain": "partner.example", "proof": "dkim:partner.example"}


@pytest.mark.parametrize("relationship", [Relationship.OWN, Relationship.AUTHORISED])
def test_the_proof_of_a_name_that_is_ours_or_expected_gains(relationship: Relationship) -> None:
    assert check(subject(relationship=relationship)).points > 0


def test_the_proof_of_a_well_known_name_gains() -> None:
    assert check(subject("info@bigbank.example", names=NameIndex(domains={"bigbank.example": "Big Bank"}))).points > 0


def test_a_strangers_proof_is_said_and_gains_nothing() -> None:
    """Anybody can register a name and prove it."""
    assert check(subject()).points == 0


def test_internal_mail_has_no_identifier_but_a_reason() -> None:
    assert dict(check(subject(proof=Proof(Authentication.AUTHENTICATED, How.INTERNAL))).params)["proof"] == "internal"


@pytest.mark.parametrize("proof", [FAILED, NOTHING_PASSED, NOBODY_LOOKED])
def test_without_proof_there_is_nothing_to_gain(proof: Proof) -> None:
    assert check(subject(proof=proof)) is None
