"""Whose receiving host a name is. The large providers name theirs under several domains and share them among strangers."""

from __future__ import annotations

import re
from collections.abc import Callable

MICROSOFT = "outlook.com"
_DOMAINS = {
    MICROSOFT: "office365.com office365.us exchangelabs.com microsoft.com hotmail.com",
    "google.com": "googlemail.com gmail.com 1e100.net",
    "apple.com": "icloud.com me.com mac.com",
    "yahoo.com": "yahoodns.net yahoo.net aol.com",
    "messagingengine.com": "fastmail.com fastmail.fm",
    "proton.me": "protonmail.com protonmail.ch proton.ch",
    "zoho.com": "zohomail.com zoho.eu zoho.in zohocorp.com",
    "gmx.net": "gmx.com web.de mail.com kundenserver.de",
    "mimecast.com": "mimecast.co.za mimecast-offshore.com",
    "yandex.net": "yandex.ru yandex.com",
    "mail.ru": "",
    "qq.com": "",
}
"""The domain that stands for each provider, and the others under which its receiving hosts are named."""
_PROVIDERS = {domain: provider for provider, others in _DOMAINS.items() for domain in (provider, *others.split())}
SHARED = frozenset(_DOMAINS)
_GOOGLE_HOST = "2002:a05:"
"""Google writes its inner hosts as IPv6 addresses that stand for 10.5.0.0/16 (RFC 3056)."""
_INNER = (".local", ".localdomain", ".internal", ".lan", ".localhost", ".home.arpa")
_DIGITS = re.compile(r"\d+")


def owner_of(host: str, organisation: Callable[[str], str]) -> str:
    """The organisation whose host it is; empty for names without meaning outside (a single label, an address, `.local`)."""
    if host.startswith(_GOOGLE_HOST):
        return "google.com"
    if "." not in host or ":" in host or host.endswith(_INNER) or host.replace(".", "").isdecimal():
        return ""
    owner = organisation(host)
    return _PROVIDERS.get(owner, owner)


def pattern(host: str) -> str:
    """What the hosts of one pool have in common: `mx*.example.net` for `mx7.example.net`."""
    return _DIGITS.sub("*", host)
