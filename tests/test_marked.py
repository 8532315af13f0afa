"""Which characters of a name or an address are marked, and how that is said."""

from __future__ import annotations

import pytest

from app.i18n import Translation
from app.lookalike.marked import in_words, marked


def marks(text: str) -> list[tuple[str, str]]:
    shown, found = marked(text)
    return [(shown[mark.start : mark.end], mark.twin) for mark in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sara Haddad", []),
        ("سارة حداد", []),
        ("Мария Иванова", []),
        ("Мария Haddad", []),
        ("José Núñez", []),
        ("Łukasz Øberg", []),
        ("Bаnk", [("а", "a")]),
        ("info@fіrm.example", [("і", "i")]),
        ("Bank\u202egro.knab", [("[U+202E]", "")]),
        ("Ba\u200bnk", [("[U+200B]", "")]),
        ("Bank\x07", [("\u2407", "")]),
    ],
)
def test_what_is_not_what_it_seems_is_marked_and_nothing_else(text: str, expected: list[tuple[str, str]]) -> None:
    assert marks(text) == expected


def test_marks_are_said_in_words() -> None:
    assert in_words("Bаnk\u202e", Translation("en")) == [
        "“а” (U+0430) is a letter of another alphabet that looks like “a”.",
        "1 invisible or misleading character is shown in brackets.",
    ]


def test_a_flood_of_foreign_letters_is_said_in_a_bounded_number_of_sentences() -> None:
    assert len(in_words("a " + "а е о р с у х і ѕ ј", Translation("en"))) == 4
