"""Every closed value has words in both languages."""

from __future__ import annotations

import re
from enum import StrEnum

import pytest

from app import model, report
from app.i18n import Translation
from app.model import AuthorStatus, How, Verdict
from app.terms import CONCEPTS, term

PLACES_OF_A_HEADER = model.Place
"""Inner workings, never shown."""
STEPS_OF_A_TRIAL = model.TrialStep
"""The connection test says each in a sentence of its own."""
OWNERS_OF_A_MAILBOX = model.Whose
"""The account's form has a heading for each that is not its own."""
LOOKS_FOR_A_SECRET = model.Looked
"""Forgetting an account says each in a sentence of its own."""
NEVER_TERMS = (PLACES_OF_A_HEADER, STEPS_OF_A_TRIAL, OWNERS_OF_A_MAILBOX, LOOKS_FOR_A_SECRET)
VOCABULARIES = [
    each
    for module in (model, report)
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, StrEnum) and each.__module__ == module.__name__ and each not in NEVER_TERMS
]


@pytest.mark.parametrize("value", [value for vocabulary in VOCABULARIES for value in vocabulary], ids=lambda value: f"{type(value).__name__}.{value.name}")
def test_every_value_has_words_in_both_languages(value: StrEnum) -> None:
    words = term(value)
    assert words.name
    for text in filter(None, (words.name, words.meaning)):
        assert re.search("[\u0600-\u06ff]", Translation("ar")(text)), text


def test_equal_values_of_different_vocabularies_are_told_apart() -> None:
    assert len({term(value).name for value in (Verdict.NONE, How.NONE, AuthorStatus.NONE)}) == 3


def test_every_concept_is_explained_in_both_languages() -> None:
    for each in CONCEPTS:
        assert re.search("[\u0600-\u06ff]", Translation("ar")(each.meaning)), each.meaning
