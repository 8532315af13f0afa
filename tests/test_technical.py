"""No technical word without its explanation: every one that any sentence of the product names stands in the glossary."""

from __future__ import annotations

import re

import pytest

from app.i18n import Translation
from app.technical import TECHNICAL, technical_in
from app.terms import CONCEPTS
from tests.test_i18n import source_texts

LOOKS_TECHNICAL = re.compile(
    r"\b[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*\b|\b[A-Z][a-z]+-(?:ID|To)\b|\b\w*[a-z][A-Z]\w*\b|\b(?:mbox|Maildir|Sieve|Postfix|authserv-id|Microsoft 365)\b|\.eml\b"
)
"""Abbreviations, lines of a header, names with a capital inside, and the forms of mail files."""
OF_CALLS = {"FILE", "HOST", "USER", "SOURCE", "UNDO"}
"""Words of a command line, which stand for something else there."""
KEYS = {"F1"}
NAMES = {"ConnectExchangeOnline", "ExchangeOnline", "BEGIN", "CERTIFICATE", "LibreOffice", "ID", "AccessAsUser", "GNU"}
"""Of products and of text to be copied as it stands."""


def words_in(text: str) -> set[str]:
    return set(LOOKS_TECHNICAL.findall(re.sub(r"\{\w+\}", "", text))) - OF_CALLS - KEYS - NAMES


def test_every_technical_word_of_every_sentence_is_in_the_glossary() -> None:
    texts = {part for (text, plural) in source_texts() for part in (text, plural) if part}
    missing = {(word, text) for text in texts for word in words_in(text) if word not in TECHNICAL}
    assert missing == set()


def test_what_looks_technical_is_found_where_it_stands() -> None:
    assert technical_in("Rejections for mail servers (Sieve)") == ["Sieve"]
    assert technical_in("عادةً TLS على المنفذ 993 وSTARTTLS على المنفذ 143.") == ["TLS", "STARTTLS"]
    assert technical_in("the From field, then Reply-To and a Message-ID") == ["From", "Reply-To", "Message-ID"]
    assert technical_in("From now on only these servers are believed.") == []
    assert technical_in("mail.TLS.example and SPFX") == []


@pytest.mark.parametrize("word", TECHNICAL)
def test_each_is_explained_in_one_line_in_both_languages(word: str) -> None:
    for language in ("en", "ar"):
        meaning = Translation(language)(TECHNICAL[word])
        assert meaning.endswith(".")
        assert "\n" not in meaning
        assert len(meaning) < 150
    assert re.search("[\u0600-\u06ff]", Translation("ar")(TECHNICAL[word]))


def test_every_kind_of_word_is_in_the_glossary_once() -> None:
    names = [each.name for each in CONCEPTS]
    assert len(names) == len(set(names))
    assert {"Audit", "Identifiers", "Finding", "Review", "Exception", "Score"} <= set(names)
