"""A sentence for each code: whole, with what to do, and with what others said kept apart from our own words."""

from __future__ import annotations

import re

import pytest

from app.error_text import SENTENCES, describe
from app.i18n import LANGUAGES, Translation


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", ["Too many connections", "Too many connections."])
@pytest.mark.parametrize("code", [code for code, (happened, _) in SENTENCES.items() if happened.endswith("{reason}")])
def test_what_a_server_said_ends_where_our_own_words_begin(code: str, reason: str, language: str) -> None:
    said = describe(code, {"reason": reason, "host": "h", "service": "s"}, Translation(language))
    assert re.search("Too many connections\u2069?\\.", said)
    assert ".." not in said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_ends_like_one(code: str, language: str) -> None:
    values = dict.fromkeys(("host", "reason", "service", "path", "user", "account", "proxy", "target", "folder", "message"), "x")
    assert describe(code, {**values, "missing": 3}, Translation(language)).endswith(".")
