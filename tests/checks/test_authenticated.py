from __future__ import annotations

import pytest

from app.checks.authenticated import check
from app.model import Authentication, How, Proof
from tests.checks.subjects import FAILED, NOBODY_LOOKED, NOTHING_PASSED, subject


def test_proof_gains_and_is_named() -> None:
    finding = check(subject())
    assert finding.points > 0
    assert dict(finding.params) == {"domain": "partner.example", "proof": "dkim:partner.example"}


def test_internal_mail_has_no_identifier_but_a_reason() -> None:
    assert dict(check(subject(proof=Proof(Authentication.AUTHENTICATED, How.INTERNAL))).params)["proof"] == "internal"


@pytest.mark.parametrize("proof", [FAILED, NOTHING_PASSED, NOBODY_LOOKED])
def test_without_proof_there_is_nothing_to_gain(proof: Proof) -> None:
    assert check(subject(proof=proof)) is None
