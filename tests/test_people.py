"""What a display name says, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import Brand
from app.people import NameIndex, Organisation, fits, index_of, is_impersonal, person_key, words_of


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Sara  HADDAD", ("sara", "haddad")),
        ("“Sara” (Haddad)", ("sara", "haddad")),
        ("Jörg Müller", ("jorg", "muller")),
        ("p a y p a l", ("paypal",)),
        ("J. R. Smith", ("j", "r", "smith")),
        ("Ｎｅｔｓ", ("nets",)),
        ("n\u200bet\u00ads", ("nets",)),
        ("Nеts", ("nets",)),  # the e is Cyrillic
        ("Иван Петров", ("иван", "петров")),
        ("شـــركة النُّور", ("شركه", "النور")),
        ("أحمد", ("احمد",)),
        ("", ()),
        ("!!! ---", ()),
    ],
)
def test_words_are_folded_for_comparison(name: str, words: tuple[str, ...]) -> None:
    assert words_of(name) == words


@given(st.text(max_size=400))
def test_any_name_gives_bounded_words(name: str) -> None:
    words = words_of(name)
    assert len(words) <= 24
    assert all(words)


@pytest.mark.parametrize(("one", "other"), [("Sara Haddad", "HADDAD, Sara"), ("سارة أحمد", "ساره احمد"), ("Sara J. Haddad", "Haddad Sara J")])
def test_the_same_person_has_the_same_key(one: str, other: str) -> None:
    assert person_key(words_of(one)) == person_key(words_of(other)) != ()


@pytest.mark.parametrize("name", ["Sara", "Sales Team", "Sara 2", "J R", "one two three four five six", ""])
def test_one_word_a_role_and_a_number_are_nobody(name: str) -> None:
    assert person_key(words_of(name)) == ()


@pytest.mark.parametrize(
    ("local", "impersonal"), [("noreply", True), ("no-reply", True), ("info-uk", True), ("4711", True), ("sara", False), ("s.haddad", False)]
)
def test_some_addresses_belong_to_nobody_in_particular(local: str, impersonal: bool) -> None:
    assert is_impersonal(local) is impersonal


def test_of_two_brands_the_longer_name_is_recognised() -> None:
    brands = (Brand("Parcelo", ("parcelo",), ("parcelo.example",)), Brand("Parcelo Bank", ("parcelo bank",), ("parcelobank.example",)))
    index = index_of(brands, (), {}, {domain: domain for brand in brands for domain in brand.domains})
    found = index.organisation_in(words_of("Parcelo Bank"), "stranger.example", "info")
    assert found is not None
    assert found.name == "Parcelo Bank"
    assert index.organisation_in(words_of("Parcelo Bank"), "parcelobank.example", "info") is None


def test_the_own_name_goes_before_a_brand_of_the_same_name() -> None:
    index = index_of(
        (Brand("Parcelo", ("parcelo",), ("parcelo.example",)),),
        (Organisation("parcelo", ("parcelo",), frozenset(), "own"),),
        {},
        {"parcelo.example": "parcelo.example"},
    )
    found = index.organisation_in(("parcelo",), "stranger.example", "info")
    assert found is not None
    assert found.kind == "own"


def test_short_names_that_look_alike_are_two_names() -> None:
    index = index_of((Brand("KLM", ("klm",), ("klm.example",)),), (), {}, {"klm.example": "klm.example"})
    assert index.organisation_in(words_of("Kim Stone"), "stranger.example", "ysk") is None
    assert index.organisation_in(words_of("KLM"), "stranger.example", "ysk") is not None


def test_an_empty_index_knows_nobody() -> None:
    assert NameIndex().organisation_in(("parcelo",), "stranger.example", "") is None


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_name_can_be_compared_with_any_address(name: str, local: str, label: str) -> None:
    assert fits(words_of(name), local, (label,)) in (True, False)
