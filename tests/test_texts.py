"""The sentences of findings: values are inserted contained, and isolated where people read them."""

from __future__ import annotations

import pytest

from app.i18n import Translation
from app.texts import finding_text, without_isolates
from tests.exporters.reports import finding

EN, AR = Translation("en"), Translation("ar")


def test_values_are_inserted_and_contained() -> None:
    text = finding_text(finding("reply_to_elsewhere", -10, domain="a.example", reply_to="b\u202e.example"), EN)
    assert "a.example" in text.seen
    assert "b[U+202E].example" in text.seen
    assert "\u202e" not in text.seen


def test_a_value_is_isolated_in_arabic_and_not_in_data() -> None:
    text = finding_text(finding("reply_to_elsewhere", -10, domain="a.example", reply_to="b.example"), AR).seen
    assert "\u2068a.example\u2069" in text
    assert "\u2068" not in without_isolates(text)
    assert "a.example" in without_isolates(text)


def test_a_value_that_is_missing_is_a_question_mark() -> None:
    assert "?" in finding_text(finding("reply_to_elsewhere", -10, domain="a.example"), EN).seen


def test_an_id_that_no_check_has_is_an_error() -> None:
    with pytest.raises(KeyError):
        finding_text(finding("no_such_check", 0), EN)
