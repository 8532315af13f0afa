"""The facts that Nitaq brings along are well formed and do not contradict one another."""

from __future__ import annotations

from collections import Counter

import pytest

from app.domains import Organisations, public_suffix, registrable, to_ascii
from app.facts import load_facts
from app.model import Brand, DomainClass
from app.people import ROLES, words_of

FACTS = load_facts()
DOMAINS = [(brand.name, domain) for brand in FACTS.brands for domain in brand.domains]


def test_there_are_facts() -> None:
    assert len(FACTS.brands) >= 200
    assert len(FACTS.shared_providers) >= 1000
    assert len(FACTS.disposable) >= 1000


def test_they_are_read_once() -> None:
    assert load_facts() is load_facts()


def test_brand_domains_are_registrable_a_labels() -> None:
    assert [(brand, domain) for brand, domain in DOMAINS if {to_ascii(domain), registrable(domain)} != {domain} or public_suffix(domain)[0] == domain] == []


def test_no_domain_belongs_to_two_brands() -> None:
    assert [domain for domain, count in Counter(domain for _, domain in DOMAINS).items() if count > 1] == []


def test_no_name_belongs_to_two_brands() -> None:
    owners = Counter(words for brand in FACTS.brands for words in {words_of(name) for name in brand.names})
    assert [words for words, count in owners.items() if count > 1] == []


def test_a_domain_where_anybody_has_an_address_proves_no_brand() -> None:
    """Else whoever opens a free address would be the brand that owns the provider."""
    organisations = Organisations(FACTS)
    assert [(brand, domain) for brand, domain in DOMAINS if organisations.class_of(domain) is not DomainClass.ORDINARY] == []


@pytest.mark.parametrize("brand", FACTS.brands, ids=lambda brand: brand.name)
def test_a_brand_has_names_that_tell_it_apart(brand: Brand) -> None:
    assert brand.domains
    assert brand.names
    for name in brand.names:
        assert name == name.lower().strip()
        words = words_of(name)
        assert words, name
        assert set(words) - ROLES or len(words) > 1, f"{name} is a word that anybody uses"


def test_hosting_suffixes_are_lower_case_a_labels() -> None:
    assert [domain for domain in FACTS.hosting_suffixes if to_ascii(domain) != domain] == []


def test_classes_do_not_overlap() -> None:
    assert not FACTS.shared_providers & FACTS.disposable
    assert not FACTS.shared_providers & FACTS.hosting_suffixes
    assert not FACTS.disposable & FACTS.hosting_suffixes


def test_no_hosting_suffix_is_already_in_the_public_list() -> None:
    assert [suffix for suffix in FACTS.hosting_suffixes if public_suffix(suffix)[0] == suffix] == []
