from __future__ import annotations

import pytest

from app.checks.authentication_not_established import check
from app.model import AuthorStatus, Proof
from tests.checks.subjects import FAILED, NOBODY_LOOKED, NOTHING_PASSED, PROVEN, subject


@pytest.mark.parametrize("proof", [NOTHING_PASSED, NOBODY_LOOKED])
def test_not_known_is_said_and_costs_nothing(proof: Proof) -> None:
    assert check(subject(proof=proof)).points == 0


@pytest.mark.parametrize("proof", [PROVEN, FAILED])
def test_an_established_fact_is_another_matter(proof: Proof) -> None:
    assert check(subject(proof=proof)) is None


def test_without_a_readable_author_there_is_nothing_to_prove() -> None:
    assert check(subject("", status=AuthorStatus.AMBIGUOUS, proof=NOBODY_LOOKED)) is None
