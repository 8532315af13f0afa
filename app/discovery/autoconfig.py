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
        if found := server_in(octets):
            return found
    return None


def server_in(octets: bytes) -> MailServer | None:
    """Hostile until parsed: no document type, so no entities; a bounded size; names and numbers that can be."""
    if len(octets) > _MOST or b"<!DOCTYPE" in octets.upper() or b"<!ENTITY" in octets.upper():
        return None
    try:
        servers = ElementTree.fromstring(octets).iterfind("./emailProvider/incomingServer[@type='imap']")
        for server in servers:
            host, port = to_ascii((server.findtext("hostname") or "").strip()), (server.findtext("port") or "").strip()
            scheme = _SCHEMES.get((server.findtext("socketType") or "").strip())
            if host and "." in host and scheme and port.isascii() and port.isdecimal() and 0 < int(port[:6]) < 65_536:
                return MailServer(host, int(port), scheme)
    except (ElementTree.ParseError, ValueError, LookupError):
        return None
    return None
