from __future__ import annotations

from app.checks.name_mixed_scripts import check
from app.model import Severity, Trait
from tests.checks.subjects import subject


def test_two_alphabets_in_one_word_are_grave() -> None:
    assert check(subject(name="Pаrcelo", traits=(Trait.NAME_MIXED_SCRIPTS,))).severity is Severity.HIGH


def test_an_arabic_word_beside_a_latin_one_is_no_finding() -> None:
    assert check(subject(name="شركة Alnoor")) is None
