from __future__ import annotations

from dataclasses import replace

from app.checks.sealed_on_the_way import check
from app.mail.proof import prove
from app.model import Authentication, AuthorStatus, Claim, Place, Severity, Statement, Verdict
from tests.checks.subjects import FAILED, PROVEN, organisation_of, subject

SEALED = replace(FAILED, arc=Verdict.PASS)


def test_an_intact_seal_on_unproven_mail_is_shown_and_changes_nothing() -> None:
    finding = check(subject(proof=SEALED))
    assert (finding.severity, finding.points) == (Severity.INFO, 0)


def test_without_an_intact_seal_or_with_proof_nothing_is_said() -> None:
    assert check(subject(proof=FAILED)) is None
    assert check(subject(proof=replace(FAILED, arc=Verdict.FAIL))) is None
    assert check(subject(proof=replace(PROVEN, arc=Verdict.PASS))) is None


def test_a_seal_is_no_proof() -> None:
    claim = Claim(AuthorStatus.CLEAR, "x@partner.example", "partner.example")
    statement = Statement("mx.host.example", Place.TOP, 0, False, dmarc=Verdict.FAIL, arc=Verdict.PASS)
    proof = prove(claim, [statement], organisation_of)
    assert proof.authentication is Authentication.FAILED
    assert proof.arc is Verdict.PASS
