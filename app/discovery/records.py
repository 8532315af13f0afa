"""SRV records (RFC 2782, RFC 6186), `_imaps` first, as RFC 8314 wants it; and MX records, for domains that say nothing of IMAP."""

from __future__ import annotations

import dns.exception
import dns.resolver

from app.domains import to_ascii
from app.model import MailServer
from app.providers import provider_behind

_SECONDS = 5.0
_SERVICES = (("_imaps._tcp", "imaps"), ("_imap._tcp", "imap"))


def records(domain: str, resolver: dns.resolver.Resolver | None = None) -> MailServer | None:
    """The server with the lowest priority and the greatest weight. None where the domain names none, says that it has none, or DNS does not answer."""
    for service, scheme in _SERVICES:
        try:
            answer = (resolver or dns.resolver.Resolver()).resolve(f"{service}.{domain}", "SRV", lifetime=_SECONDS)
        except dns.exception.DNSException:
            continue
        for record in sorted(answer, key=lambda record: (record.priority, -record.weight)):
            host = to_ascii(record.target.to_text(omit_final_dot=True))
            if host and "." in host and 0 < record.port < 65_536:
                return MailServer(host, record.port, scheme)
    return None


def exchangers(domain: str, resolver: dns.resolver.Resolver | None = None) -> MailServer | None:
    """The server of the large provider that receives the domain's mail (MX, RFC 5321 section 5.1), where it hosts domains of others."""
    try:
        answer = (resolver or dns.resolver.Resolver()).resolve(domain, "MX", lifetime=_SECONDS)
    except dns.exception.DNSException:
        return None
    for record in sorted(answer, key=lambda record: record.preference):
        if provider := provider_behind(record.exchange.to_text(omit_final_dot=True)):
            return MailServer(provider.host, provider.port, provider.scheme, browser="browser" in provider.asks)
    return None
