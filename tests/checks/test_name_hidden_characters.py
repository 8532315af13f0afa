from __future__ import annotations

import pytest

from app.checks.name_hidden_characters import check
from app.model import Severity, Trait
from tests.checks.subjects import subject


@pytest.mark.parametrize("trait", [Trait.NAME_CONTROLS, Trait.NAME_INVISIBLE])
def test_characters_that_nobody_sees_are_grave(trait: Trait) -> None:
    assert check(subject(traits=(trait,))).severity is Severity.HIGH


def test_an_honest_arabic_name_is_no_finding() -> None:
    assert check(subject(name="شركة\u200cالنور")) is None
