from __future__ import annotations

import pytest

from app.checks.weak_signature import check
from app.model import Severity, Trait
from tests.checks.subjects import subject


@pytest.mark.parametrize("trait", [Trait.WEAK_SIGNATURE, Trait.EXPIRED_SIGNATURE])
def test_a_signature_that_is_weak_in_form_is_a_small_finding(trait: Trait) -> None:
    assert check(subject(traits=(trait,))).severity is Severity.LOW


def test_a_sound_signature_is_no_finding() -> None:
    assert check(subject()) is None
