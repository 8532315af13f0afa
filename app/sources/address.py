"""Addresses of mail sources as they stand on the command line, and what is needed to connect to a server."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from app.domains import to_ascii
from app.errors import UserError
from app.i18n import mark
from app.network.proxy import ProxyFor, direct
from app.sources.path_text import as_id, path_of

SAMPLE = "sample"
PORTS = {"imaps": 993, "imap": 143}
_SERVER = re.compile(r"(imaps?)://", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:(?P<user>[^/?#]*)@)?(?P<host>\[[0-9A-Fa-f:.]+\]|[^@:/?#\[\]]+)(?::(?P<port>[0-9]{1,5}))?/?")


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """`imaps://` (TLS from the first byte) or `imap://` (STARTTLS, required)."""

    scheme: str
    user: str
    host: str
    """A-labels, or an IP address without brackets."""
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{quote(self.user, safe='')}@{host}{port}"


Token = Callable[[str], str]
"""An access token that lasts, and another one than the token that was refused (empty: none was). Raises NitaqError where there is none to be had."""


@dataclass(frozen=True, slots=True)
class Connection:
    """How to connect and sign in."""

    auth: str = "password"
    """`password`, `xoauth2`, `oauthbearer`, or `oauth`: whichever of these two the server offers. Empty: as the account signs in."""
    secret: str = field(default="", repr=False)
    """The password or the access token."""
    token: Token | None = field(default=None, repr=False)
    """Where tokens are renewed: gives the one to sign in with, in place of `secret`."""
    ca_file: Path | None = None
    """An extra certificate authority (PEM)."""
    timeout: float = 30.0
    """Seconds of silence before giving up."""
    insecure_plaintext: bool = False
    """No encryption with `imap://`; only to a loopback address."""
    proxy_for: ProxyFor = direct
    folders: tuple[str, ...] = ()
    """Names, as shown, of the own folders that are read; empty: all."""
    others: tuple[str, ...] = ()
    """Other people's and shared mailboxes that are read as well; `*`: all."""


def is_server(source: str) -> bool:
    return _SERVER.match(source) is not None


def parse_address(text: str) -> ServerAddress:
    """`imaps://USER@HOST[:PORT]` with USER percent-encoded. Raises UserError `input`."""
    scheme = _SERVER.match(text)
    found = _AUTHORITY.fullmatch(text, scheme.end()) if scheme else None
    if scheme is None or found is None:
        raise _nonsense(text, mark("an address looks like imaps://USER@HOST"))
    name = scheme[1].lower()
    try:
        user = unquote_to_bytes(found["user"] or "").decode()
    except UnicodeDecodeError:
        raise _nonsense(text, mark("the user name is not UTF-8")) from None
    if not user:
        raise _nonsense(text, mark("it names no user")) from None
    if re.search(r"[\x00-\x1f\x7f]", user):
        raise _nonsense(text, mark("the user name has a control character in it"))
    port = int(found["port"] or PORTS[name])
    if not 0 < port < 65_536:
        raise _nonsense(text, mark("there is no such port"))
    return ServerAddress(name, user, _host(text, found["host"]), port)


def normalised(source: str) -> str:
    """The one spelling of a source: the key of its account and its cache. Raises UserError `input`."""
    if source == SAMPLE:
        return source
    return str(parse_address(source)) if is_server(source) else as_id(os.path.abspath(path_of(source)))


def owner_of(source: str) -> str:
    """The e-mail address whose mailbox it is, as far as the address tells; else empty."""
    user = parse_address(source).user if is_server(source) else ""
    return user if "@" in user else ""


def _host(text: str, host: str) -> str:
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        name = to_ascii(host) if not host.startswith("[") else None
    if name is None:
        raise _nonsense(text, mark("there can be no host of this name"))
    return name


def _nonsense(text: str, why: str) -> UserError:
    return UserError("input", path=text, reason=why)
