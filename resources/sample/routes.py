"""The ways by which mail reaches the firm, and what the border finds out on each of them."""

from __future__ import annotations

from zlib import crc32

from resources.sample.cast import MAILHOST, Partner
from resources.sample.wire import Route

HONEST, SERVICE, STRANGER = "192.0.2.", "198.51.100.", "203.0.113."
"""Documentation networks (RFC 5737): of firms, of services and of those whom nobody knows."""


def ip_of(name: str, network: str = HONEST) -> str:
    return f"{network}{crc32(name.encode()) % 250 + 2}"


def domain_of(address: str) -> str:
    return address.rpartition("@")[2]


def signed(address: str, policy: str = "quarantine", host: str = "", network: str = HONEST, selector: str = "mail") -> Route:
    """The domain signs, its server is the right one, and DMARC passes."""
    domain = domain_of(address)
    host = host or f"mail.{domain}"
    return Route("authenticated", host, ip_of(host, network), address, "pass", (("pass", domain, selector),), f"pass (p={policy} dis=none)")


def by_service(address: str, service: str, aligned: bool = True, bounces: str = "bounces") -> Route:
    """A service sends in the domain's name, with its own signature and, if it was set up for that, with the domain's too."""
    domain, host = domain_of(address), f"out{crc32(address.encode()) % 9 + 1}.{service}"
    own = (("pass", domain, service.partition(".")[0]),) if aligned else ()
    dmarc = "pass (p=quarantine dis=none)" if aligned else "fail (p=none dis=none)"
    outcome = "authenticated" if aligned else "failed"
    mail_from = f"{bounces}+{crc32(address.encode()):08x}@bounce.{service}"
    return Route(outcome, host, ip_of(host, SERVICE), mail_from, "pass", (*own, ("pass", service, "k1")), dmarc)


def inside(address: str) -> Route:
    """A colleague's message: handed to the provider's submission server by somebody logged in, signed there."""
    host = f"smtp.{MAILHOST}"
    client = f"[{ip_of(address)}]"
    handed = f"Received: from {client} ({client})\r\n\tby {host} (Postfix) with ESMTPSA id {crc32(address.encode()):08X}; {{date}}"
    route = signed(address, "quarantine", host, SERVICE, "mh1")
    return Route(route.outcome, host, route.ip, address, "pass", route.dkim, route.dmarc, below=(handed,))


def logged_in(address: str) -> Route:
    """Handed straight to the border by somebody logged in."""
    host = f"client-{crc32(address.encode()) % 90 + 10}.{MAILHOST}"
    return Route("authenticated", host, ip_of(address), address, login=address)


def of_partner(partner: Partner, address: str) -> Route:
    """As the partner's mail is set up, well or badly."""
    host = f"mail.{partner.domain}"
    ip = ip_of(host)
    if partner.setup == "suite":
        return signed(address, "reject", "outbound.officesuite.example", SERVICE, "suite1")
    if partner.setup == "spf":
        return Route("authenticated", host, ip, address, "pass", dmarc="pass (p=none dis=none)")
    if partner.setup == "no_policy":
        ip = f"IPv6:2001:db8:{crc32(host.encode()) % 0xFFFF:x}::25"
        return Route("authenticated", host, ip, address, "pass", (("pass", partner.domain, "default"),), "none")
    if partner.setup == "none":
        return Route("not_established", f"host-{crc32(host.encode()) % 90 + 10}.cheapline.example", ip, address, dmarc="none")
    if partner.setup == "strict_spf":
        return Route("failed", f"gw.{partner.domain}", ip, address, "fail")
    return signed(address, "none" if partner.trade in ("buyer", "shipping") else "quarantine")


def forged(domain: str, mail_from: str, host: str, spf: str, policy: str = "quarantine", below: tuple[str, ...] = ()) -> Route:
    """Somebody else writes in the domain's name: nothing fits."""
    return Route("failed", host, ip_of(host, STRANGER), mail_from, spf, dmarc=f"fail (p={policy} dis={policy})", below=below)


def through_list(author: str, bounce: str, policy: str) -> Route:
    """A list that adds a footer and keeps the author: the author's signature breaks, the list's own holds."""
    domain, host = domain_of(author), domain_of(bounce)
    dkim = (("fail", domain, "mail"), ("pass", host, "list"))
    if policy:
        return Route("failed", f"mx.{host}", ip_of(host, SERVICE), bounce, "pass", dkim, f"fail (p={policy} dis=none)")
    return Route("not_established", f"mx.{host}", ip_of(host, SERVICE), bounce, "pass", dkim, "none")


def forwarded(address: str, forwarder: str) -> Route:
    """Sent on by another mailbox, which changed the message on the way: honest, and no proof is left."""
    signature = ("fail", domain_of(address), "mail")
    return Route("not_established", f"relay.{forwarder}", ip_of(forwarder, SERVICE), address, "softfail", (signature,), "none")
