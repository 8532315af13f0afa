"""Where two names differ, and how that is said."""

from __future__ import annotations

import pytest

from app.i18n import Translation
from app.lookalike.difference import in_words, pieces

SAID = {
    ("f1rm.example", "firm.example"): ["the digit “1” in place of the letter “i”"],
    ("firrm.example", "firm.example"): ["the letter “r” added"],
    ("frm.example", "firm.example"): ["the letter “i” left out"],
    ("frim.example", "firm.example"): ["“ri” in place of “ir”: two characters exchanged"],
    ("fi-rm.example", "firm.example"): ["a hyphen “-” added"],
    ("firrn.example", "firm.example"): ["“rn” in place of the letter “m”"],
    ("fіrm.example", "firm.example"): ["“і”, another letter that looks alike (U+0456), in place of the letter “i”"],
    ("firm-login.example", "firm.example"): ["“-login” added"],
}


@pytest.mark.parametrize("pair", SAID)
def test_a_difference_is_said_in_words(pair: tuple[str, str]) -> None:
    assert in_words(pieces(*pair), Translation("en")) == SAID[pair]


@pytest.mark.parametrize("pair", [*SAID, ("", "firm.example"), ("abcabc.example", "xyz.test")])
def test_the_pieces_are_the_names_again(pair: tuple[str, str]) -> None:
    found = pieces(*pair)
    assert ("".join(piece.here for piece in found), "".join(piece.there for piece in found)) == pair


def test_names_with_little_in_common_say_a_bounded_number_of_differences() -> None:
    assert len(in_words(pieces("a1b2c3d4e5f6g7h8", "aXbXcXdXeXfXgXhX"), Translation("en"))) == 5
