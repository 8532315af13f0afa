"""Which HTTP proxy leads to another computer, as the system is set up: the settings of Windows and macOS, elsewhere `https_proxy` and `no_proxy`."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Proxy:
    """`str` names it without user and password."""

    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def __str__(self) -> str:
        return authority(self.host, self.port)


ProxyFor = Callable[[str, int], Proxy | None]
"""Which proxy leads to a host and port; None: nothing stands between."""


def authority(host: str, port: int) -> str:
    """`host:port` (RFC 3986 section 3.2)."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def direct(host: str, port: int) -> None:
    """Without a proxy (a `ProxyFor`)."""


def system_proxy(host: str, port: int) -> Proxy | None:
    """The system's proxy for TLS (a `ProxyFor`); never to this computer itself. A proxy of another kind (SOCKS, one behind TLS) is not used."""
    from urllib.request import getproxies, proxy_bypass

    if _is_here(host):
        return None
    named = getproxies()
    found = proxy_of(named.get("https") or named.get("all") or "")
    return None if found is None or proxy_bypass(authority(host, port)) else found


def proxy_of(text: str) -> Proxy | None:
    """`http://USER:PASSWORD@HOST:PORT`, of which only the host is needed."""
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() != "http" or not parts.hostname:
        return None
    return Proxy(parts.hostname, port or 80, unquote(parts.username or ""), unquote(parts.password or ""))


def _is_here(host: str) -> bool:
    name = host.lower().rstrip(".")
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
