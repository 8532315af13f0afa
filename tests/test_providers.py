"""The table of large providers: well formed, and found from an address alone."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

import pytest

from app.domains import registrable, to_ascii
from app.facts import load_facts
from app.i18n import LANGUAGES, Translation
from app.providers import ASKS, Provider, provider_of, providers
from app.sources import parse_address

ALL = providers()


@pytest.mark.parametrize("provider", ALL, ids=lambda provider: provider.name)
def test_each_row_can_be_used_as_it_stands(provider: Provider) -> None:
    assert provider.asks
    assert set(provider.asks) <= set(ASKS)
    assert bool(provider.host) == ("no-imap" not in provider.asks)
    if provider.host:
        assert parse_address(f"{provider.scheme}://sara@{provider.host}:{provider.port}").host == provider.host
    needs_page = any("{page}" in ASKS[ask] for ask in provider.asks)
    page = urlsplit(provider.page)
    assert (page.scheme, bool(page.hostname)) == ("https", True) if needs_page else not provider.page
    assert bool(provider.oauth) or "browser" not in provider.asks


def test_no_domain_has_two_providers_and_each_is_one_at_which_anybody_has_an_address() -> None:
    domains = [domain for each in ALL.values() for domain in each]
    assert [domain for domain, count in Counter(domains).items() if count > 1] == []
    assert [domain for domain in domains if {to_ascii(domain), registrable(domain)} != {domain}] == []
    assert set(domains) <= load_facts().shared_providers


@pytest.mark.parametrize(
    ("address", "host"), [("sara@gmail.com", "imap.gmail.com"), (" Sara@GMX.De ", "imap.gmx.net"), ("a@b@yahoo.fr", "imap.mail.yahoo.com")]
)
def test_an_address_has_the_provider_of_its_domain(address: str, host: str) -> None:
    found = provider_of(address)
    assert found is not None
    assert found.host == host


@pytest.mark.parametrize("address", ["", "gmail.com", "@gmail.com", "sara@", "sara@firm.example", "sara@gmail.com.firm.example"])
def test_what_is_no_address_of_a_known_provider_has_none(address: str) -> None:
    assert provider_of(address) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_provider_asks_is_said_with_its_page(language: str) -> None:
    provider = provider_of("sara@yandex.com")
    assert provider is not None
    first, second = provider.advice(Translation(language))
    assert provider.page in first
    assert provider.page in second
    assert first != second
