"""Which HTTP proxy leads to another computer, as the system is set up: `https_proxy` and `no_proxy`, else the settings of Windows, macOS or the desktop."""

from __future__ import annotations

import ipaddress
import re
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from urllib.parse import unquote

from app.errors import UserError
from app.i18n import mark

_LONGEST = 200
_SETTING = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?(?:(?P<user>[^:]*)(?::(?P<password>.*))?@)?"
    r"(?P<host>\[[0-9a-f:.]+(?:%[^\]\s]*)?\]|[^\s\[\]:/?#@]+)(?::(?P<port>[0-9]{1,6}))?(?:[/?#][^@]*)?",
    re.IGNORECASE,
)
_PERHAPS_SECRET = re.compile(r":(?!//|[0-9]{1,6}$).*", re.DOTALL)
"""What stands where a port would, and is none: a password whose host was left out."""
_SHORT = re.compile(r"([0-9]+(?:\.[0-9]+){0,2})/([0-9]+)")
"""A network as macOS writes it: 169.254/16."""
_WITH_PORT = re.compile(r"(\[[0-9a-f:.]+\]|[^:]+):([0-9]{1,5})")
KINDS = {
    "socks": mark("it is a SOCKS proxy, and Nitaq goes through HTTP proxies alone"),
    "https": mark("it wants to be spoken to in TLS (https://); if it is an ordinary HTTP proxy, write http:// before its name"),
}
UNKNOWN_KIND = mark("Nitaq goes through HTTP proxies alone")


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
"""Which proxy leads to a host and port; None: nothing stands between. May raise UserError `proxy.setting` or `proxy.automatic`."""


def authority(host: str, port: int) -> str:
    """`host:port` (RFC 3986 section 3.2)."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def direct(host: str, port: int) -> None:
    """Without a proxy (a `ProxyFor`)."""


def system_proxy(host: str, port: int) -> Proxy | None:
    """The system's proxy for TLS (a `ProxyFor`); never to this computer itself. Raises UserError `proxy.setting` or `proxy.automatic` where it cannot be used.

    May take some milliseconds. No name is looked up: the user may not have agreed yet to ask for the host.
    """
    from urllib.request import getproxies, getproxies_environment

    named = getproxies_environment()
    if _is_here(host) or ignored(host, port, re.split(r"[,\s]+", named.get("no", ""))):
        return None
    if text := named.get("https") or named.get("all"):
        return proxy_of(text)
    if sys.platform in ("win32", "darwin"):
        named = getproxies()
        text = named.get("https") or named.get("all") or ""
        return None if ignored(host, port, _left_out()) else proxy_of(text)
    from app.network.desktop import desktop_proxy

    found = desktop_proxy()
    if found.automatic:
        raise UserError("proxy.automatic")
    return None if ignored(host, port, found.ignored) else proxy_of(found.url)


def proxy_of(text: str) -> Proxy | None:
    """`http://USER:PASSWORD@HOST:PORT`, of which only the host is needed; None where there is none. Raises UserError `proxy.setting`.

    People write passwords as they are, so user and password end at the last @, whatever is in them.
    """
    if not text.strip():
        return None
    found = _SETTING.fullmatch(text.strip())
    shown = text.strip().rpartition("@")[2][:_LONGEST]
    if found is None:
        raise UserError("proxy.setting", proxy=_PERHAPS_SECRET.sub(":…", shown), reason=mark("this is no address of a proxy"))
    scheme, port = (found["scheme"] or "http").lower(), int(found["port"] or 80)
    if scheme != "http":
        raise UserError("proxy.setting", proxy=shown, reason=KINDS.get("socks" if scheme.startswith("socks") else scheme, UNKNOWN_KIND))
    if not 0 < port < 65_536:
        raise UserError("proxy.setting", proxy=shown, reason=mark("its port is no number between 1 and 65535"))
    return Proxy(found["host"].strip("[]"), port, unquote(found["user"] or ""), unquote(found["password"] or ""))


def ignored(host: str, port: int, patterns: Iterable[str]) -> bool:
    """Whether a host is to be reached without the proxy: `*`, a name with all below it (`firm.example`, `.firm.example`, `*.firm.example`), a
    pattern (`10.*`), an address or a network (`10.0.0.0/8`), each with a port or without. Names are not looked up."""
    name = host.lower().rstrip(".")
    return any(_fits(name, port, pattern.strip().lower()) for pattern in patterns if pattern.strip())


def _left_out() -> tuple[str, ...]:
    """As Windows and macOS list them; what the standard library makes of the lists asks DNS."""
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, r"Software\Microsoft\Windows\CurrentVersion\Internet Settings") as key:
                return tuple(str(winreg.QueryValueEx(key, "ProxyOverride")[0]).split(";"))
        except OSError:
            return ()
    if sys.platform == "darwin":
        from _scproxy import _get_proxy_settings

        settings = _get_proxy_settings()
        return (*(("<local>",) if settings.get("exclude_simple") else ()), *filter(None, settings.get("exceptions", ())))
    return ()


def _fits(name: str, port: int, pattern: str) -> bool:
    if pattern == "<local>":
        return "." not in name and ":" not in name
    if short := _SHORT.fullmatch(pattern):
        pattern = f"{short[1]}{'.0' * (3 - short[1].count('.'))}/{short[2]}"
    with suppress(ValueError):
        return ipaddress.ip_address(name) in ipaddress.ip_network(pattern.strip("[]"), strict=False)
    found = _WITH_PORT.fullmatch(pattern)
    if found:
        return port == int(found[2]) and _fits(name, port, found[1])
    below = pattern.removeprefix("*").lstrip(".")
    return not below or name == below or name.endswith(f".{below}") or fnmatchcase(name, pattern)


def _is_here(host: str) -> bool:
    name = host.lower().rstrip(".")
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
