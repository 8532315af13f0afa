"""What a header shows of itself, by condition."""

from __future__ import annotations

import pytest

from app.mail.parse import parse
from app.mail.traits import PLAIN, any_name
from app.model import Trait


def traits(author: str, *lines: str) -> set[Trait]:
    return set(parse("".join(f"{line}\r\n" for line in (f"From: {author}", *lines)).encode(), str).traits)


@pytest.mark.parametrize("name", ["Sara Haddad", "سارة حداد", "شركة Alnoor", "والـGoogle", "Иван Петров", "Jörg", "李伟", "Shop (2024)"])
def test_a_name_as_people_write_it_has_no_trait(name: str) -> None:
    assert traits(f'"{name}" <x@partner.example>') == set()


@pytest.mark.parametrize("name", ["Pаrcelo", "Βank", "Cоіn"])
def test_look_alike_letters_of_two_alphabets_in_a_word_are_seen(name: str) -> None:
    assert Trait.NAME_MIXED_SCRIPTS in traits(f'"{name}x" <x@partner.example>')


def test_names_that_are_not_looked_at_closely_hold_nothing_to_find() -> None:
    passed = "".join([c for c in map(chr, range(1, 0x10000)) if PLAIN.fullmatch(c)])
    assert {*"aÿسש李ア"} <= {*passed}
    assert any_name(passed.replace(" ", "")) == ()


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
    assert parse(b"Subject: x\r\n", str).traits == (Trait.NO_FROM,)
    assert Trait.SEVERAL_AUTHORS in traits("a@partner.example, b@other.example")


def test_one_sound_signature_is_enough() -> None:
    weak, expired = "DKIM-Signature: a=rsa-sha1; d=a.example", "DKIM-Signature: a=rsa-sha256; d=a.example; t=2; x=1"
    assert traits("x@partner.example", weak) == {Trait.WEAK_SIGNATURE}
    assert traits("x@partner.example", expired) == {Trait.EXPIRED_SIGNATURE}
    assert traits("x@partner.example", weak, expired) == set()


def test_traits_come_in_one_order() -> None:
    header = "References: <a@b.example>\r\nFrom: Par\u200bcelo, <x@partner.example>\r\nDKIM-Signature: a=rsa-sha1\r\nPrecedence: bulk\r\n"
    assert parse(header.encode(), str).traits == (Trait.BULK, Trait.MALFORMED_FROM, Trait.NAME_INVISIBLE, Trait.WEAK_SIGNATURE, Trait.REPLY)
