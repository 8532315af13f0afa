"""The domain's own file of settings for mail programs (config-v1.1.xml), over HTTPS with a proven certificate, and nowhere else."""

from __future__ import annotations

import ssl
from http.client import HTTPException
from xml.etree import ElementTree

from app.domains import to_ascii
from app.model import MailServer
from app.network import tls
from app.network.https import NoRedirect, opener, read_bounded
from app.network.proxy import ProxyFor, system_proxy

_PLACES = ("https://autoconfig.{domain}/mail/config-v1.1.xml", "https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml")
_SECONDS = 10.0
_MOST = 128 * 1024
_SCHEMES = {"SSL": "imaps", "STARTTLS": "imap"}


def autoconfig(domain: str, context: ssl.SSLContext | None = None, proxy_for: ProxyFor = system_proxy) -> MailServer | None:
    """The first server in the file that encrypts; None where there is no file, or none that can be read. Raises NitaqError `proxy.*`."""
    asking = opener(context or tls.context(None), proxy_for, NoRedirect())
    for place in _PLACES:
        try:
            with asking.open(place.format(domain=domain), timeout=_SECONDS) as answer:
                octets = read_bounded(answer, _MOST, _SECONDS)
        except (OSError, HTTPException):
            continue
        if found := server_in(octets, domain):
            return found
    return None


def server_in(octets: bytes, domain: str) -> MailServer | None:
    """Its `user` is a pattern: `%EMAILADDRESS%`, `%EMAILLOCALPART%` and `%EMAILDOMAIN%` stand for parts of the address.

    Hostile until parsed: UTF-8 alone, since in another encoding a document type could hide; none of these, so no entities; a bounded size; names
    and numbers that can be.
    """
    try:
        text = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if len(octets) > _MOST or "\0" in text or "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        return None
    try:
        servers = ElementTree.fromstring(text).iterfind("./emailProvider/incomingServer[@type='imap']")
        return next(filter(None, (_server(server, domain) for server in servers)), None)
    except (ElementTree.ParseError, ValueError, LookupError):
        return None


def _server(server: ElementTree.Element, domain: str) -> MailServer | None:
    """None where it does not encrypt, or makes no sense."""

    def said(name: str) -> str:
        return (server.findtext(name) or "").strip()

    host, port, scheme = to_ascii(said("hostname").replace("%EMAILDOMAIN%", domain)), said("port"), _SCHEMES.get(said("socketType"))
    if not (host and "." in host and scheme and port.isascii() and port.isdecimal() and len(port) <= 5 and 0 < int(port) < 65_536):
        return None
    ways = {(each.text or "").strip().lower() for each in server.iterfind("authentication")}
    return MailServer(host, int(port), scheme, said("username"), browser=ways == {"oauth2"})
