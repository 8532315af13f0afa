"""What a header shows of itself, by condition."""

from __future__ import annotations

import pytest

from app.mail.author import parse_author
from app.mail.headers import split
from app.mail.traits import traits_of
from app.model import Trait


def traits(author: str, *lines: str) -> set[Trait]:
    fields = list(split("".join(f"{line}\r\n" for line in (f"From: {author}", *lines)).encode()))
    return set(traits_of(fields, parse_author([value for name, value in fields if name == b"from"])))


@pytest.mark.parametrize("name", ["Sara Haddad", "سارة حداد", "شركة Alnoor", "والـGoogle", "Иван Петров", "Jörg", "李伟", "Shop (2024)"])
def test_a_name_as_people_write_it_has_no_trait(name: str) -> None:
    assert traits(f'"{name}" <x@partner.example>') == set()


@pytest.mark.parametrize("name", ["Pаrcelo", "Βank", "Cоіn"])
def test_look_alike_letters_of_two_alphabets_in_a_word_are_seen(name: str) -> None:
    assert Trait.NAME_MIXED_SCRIPTS in traits(f'"{name}x" <x@partner.example>')


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\ufeff", "\U000e0041", "\U000e0110"])
def test_characters_that_nobody_sees_are_seen(hidden: str) -> None:
    assert Trait.NAME_INVISIBLE in traits(f'"Par{hidden}celo" <x@partner.example>')


@pytest.mark.parametrize("control", ["\u202e", "\u2066"])
def test_controls_that_turn_text_around_are_seen(control: str) -> None:
    assert Trait.NAME_CONTROLS in traits(f'"Par{control}celo" <x@partner.example>')


def test_a_discussion_list_is_a_list_and_a_newsletter_is_bulk() -> None:
    assert traits("x@partner.example", "List-Post: <mailto:l@partner.example>", "List-Id: l") == {Trait.LIST}
    assert traits("x@partner.example", "List-Unsubscribe: <mailto:l@partner.example>", "List-Id: l") == {Trait.BULK}


def test_a_missing_and_a_broken_sender_are_told_apart() -> None:
    assert traits("") >= {Trait.MALFORMED_FROM}
    assert set(traits_of([], parse_author([]))) == {Trait.NO_FROM}
    assert Trait.SEVERAL_AUTHORS in traits("a@partner.example, b@other.example")
