"""Registrable domains, IDN, and what kind of name a domain is."""

from __future__ import annotations

import socket

import pytest

from app.domains import Organisations, public_suffix, registrable, to_ascii, to_unicode
from app.model import DomainClass, Facts

FACTS = Facts(
    shared_providers=frozenset({"freemail.example", "post.test"}),
    hosting_suffixes=frozenset({"tenants.example", "rented.com"}),
    disposable=frozenset({"tenminutes.com"}),
)


@pytest.mark.parametrize(
    ("written", "ascii_form"),
    [
        ("Mail.Firm.Example", "mail.firm.example"),
        ("firm.example.", "firm.example"),
        (" firm.example ", "firm.example"),
        ("bücherei.example", "xn--bcherei-n2a.example"),
        ("BÜCHEREI.example", "xn--bcherei-n2a.example"),
        ("straße.example", "xn--strae-oqa.example"),  # non-transitional: ß stays a letter of its own
        ("شركة.example", "xn--ogbpi5d.example"),
        ("firm。example", "firm.example"),
        ("_dmarc.firm.example", "_dmarc.firm.example"),
    ],
)
def test_a_domain_becomes_lower_case_a_labels(written: str, ascii_form: str) -> None:
    assert to_ascii(written) == ascii_form


@pytest.mark.parametrize(
    "text",
    [
        "", ".", "..", "firm..example", "firm.example..", ".firm.example", "-firm.example", "firm-.example", "fi rm.example", "firm@example",
        "a" * 64 + ".example", "a." * 126 + "aa", "ü" * 300 + ".example", "\u202efirm.example", "fi\x00rm.example", "[192.0.2.1]",
    ],
)  # fmt: skip
def test_what_is_no_domain_is_none(text: str) -> None:
    assert to_ascii(text) is None


def test_the_longest_name_is_still_a_domain() -> None:
    assert to_ascii("a." * 126 + "a") is not None


def test_a_label_that_does_not_decode_is_shown_as_it_is() -> None:
    assert to_unicode("xn--bcherei-n2a.xn--0.example") == "bücherei.xn--0.example"


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("mail.firm.co.uk", "firm.co.uk"),
        ("firm.co.uk", "firm.co.uk"),
        ("co.uk", "co.uk"),
        ("com", "com"),
        ("a.b.ministry.gov.sa", "ministry.gov.sa"),
        ("mail.tenant.firebaseapp.com", "tenant.firebaseapp.com"),
        ("firebaseapp.com", "firebaseapp.com"),
        ("shop.example", "shop.example"),
        ("a.shop.example", "shop.example"),
        ("localhost", "localhost"),
        ("[192.0.2.1]", "[192.0.2.1]"),
        ("[IPv6:2001:db8::1]", "[IPv6:2001:db8::1]"),
        ("192.0.2.1", "192.0.2.1"),
        ("mail.xn--ogbpi5d.xn--mgberp4a5d4ar", "xn--ogbpi5d.xn--mgberp4a5d4ar"),
    ],
)
def test_hosts_are_grouped_by_what_was_registered(host: str, domain: str) -> None:
    assert registrable(host) == domain


def test_the_suffix_list_is_read_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_: object) -> None:
        raise AssertionError("a connection was attempted")

    from app import domains

    monkeypatch.setattr(socket.socket, "connect", no_network)
    for cached in (domains._suffixes, domains.public_suffix, registrable):
        cached.cache_clear()
    assert registrable("mail.firm.co.uk") == "firm.co.uk"


def test_a_tenant_of_a_host_that_only_the_facts_know_is_an_organisation() -> None:
    organisations = Organisations(FACTS)
    assert organisations.organisation("mail.firm.rented.com") == "firm.rented.com"
    assert organisations.organisation("rented.com") == "rented.com"
    assert organisations.organisation("a.tenants.example") == "a.tenants.example"


@pytest.mark.parametrize(
    ("domain", "kind"),
    [
        ("firm.com", DomainClass.ORDINARY),
        ("freemail.example", DomainClass.SHARED_PROVIDER),  # what the facts name goes before the reserved ending
        ("post.test", DomainClass.SHARED_PROVIDER),
        ("tenminutes.com", DomainClass.DISPOSABLE),
        ("firm.rented.com", DomainClass.SHARED_HOSTING),
        ("rented.com", DomainClass.ORDINARY),  # the host itself
        ("tenant.firebaseapp.com", DomainClass.SHARED_HOSTING),
        ("firm.uk.com", DomainClass.ORDINARY),  # sold like names under any other ending
        ("firm.example", DomainClass.SPECIAL_USE),
        ("printer.local", DomainClass.SPECIAL_USE),
        ("hidden.onion", DomainClass.SPECIAL_USE),
        ("router.home.arpa", DomainClass.SPECIAL_USE),
        ("firm.nosuchending", DomainClass.NO_SUCH_TLD),
    ],
)
def test_every_name_has_a_class(domain: str, kind: DomainClass) -> None:
    assert Organisations(FACTS).class_of(domain) is kind


def test_the_sample_has_ordinary_domains_under_a_reserved_ending() -> None:
    sample = Organisations(Facts(shared_providers=frozenset({"freemail.example"}), reserved_are_ordinary=True))
    assert sample.class_of("firm.example") is DomainClass.ORDINARY
    assert sample.class_of("freemail.example") is DomainClass.SHARED_PROVIDER


def test_a_public_suffix_is_nobodys() -> None:
    assert public_suffix("co.uk")[0] == "co.uk"
    assert public_suffix("firm.co.uk")[0] != "firm.co.uk"
