"""What a desktop's own settings say of proxies: GNOME's and its kin's by `gsettings`, KDE's in `kioslaverc`.

Where variables (`https_proxy`) name one, these count; programs that are started from a menu often see none.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
from collections.abc import Mapping
from configparser import ConfigParser, Error
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_SECONDS = 3.0
_GNOME = frozenset(["gnome", "unity", "x-cinnamon", "cinnamon", "pantheon", "budgie", "mate", "cosmic"])
_LINE = re.compile(r"org\.gnome\.system\.proxy(?:\.(\w+))? ([\w-]+) (?:@as )?(.*)")
_MANUAL, _SCRIPT, _FOUND = "1", "2", "3"
"""KDE's ProxyType; 4 means the variables."""


@dataclass(frozen=True, slots=True)
class DesktopProxy:
    """All empty: the desktop wants none."""

    url: str = ""
    """`http://HOST:PORT` or `socks://HOST:PORT`."""
    ignored: tuple[str, ...] = ()
    """Hosts that are reached without it, as patterns."""
    automatic: bool = False
    """A script decides (PAC), which is not read."""


def desktop_proxy(environment: Mapping[str, str] = os.environ) -> DesktopProxy:
    """Asks the settings anew; takes some milliseconds."""
    desktops = set(environment.get("XDG_CURRENT_DESKTOP", "").lower().split(":"))
    if desktops & _GNOME:
        return gnome_proxy(_gsettings(environment))
    if "kde" in desktops:
        folder = environment.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
        return kde_proxy(_text(Path(folder) / "kioslaverc"))
    return DesktopProxy()


def gnome_proxy(listed: str) -> DesktopProxy:
    """`listed`: the output of `gsettings list-recursively org.gnome.system.proxy`."""
    found = {(kind or "", key): value for kind, key, value in _LINE.findall(listed)}

    def word(key: str, kind: str = "") -> str:
        return str(_literal(found.get((kind, key), "")) or "")

    if word("mode") == "auto":
        return DesktopProxy(automatic=True)
    if word("mode") != "manual":
        return DesktopProxy()
    ignored = _literal(found.get(("", "ignore-hosts"), ""))
    for kind, scheme in (("https", "http"), ("http", "http"), ("socks", "socks")):
        host, port = word("host", kind), word("port", kind)
        if host and port not in ("", "0") and (kind != "http" or found.get(("", "use-same-proxy")) == "true"):
            named = found.get(("http", "use-authentication")) == "true" and scheme == "http"
            login = f"{quote(word('authentication-user', 'http'), safe='')}:{quote(word('authentication-password', 'http'), safe='')}@" if named else ""
            return DesktopProxy(f"{scheme}://{login}{_bracketed(host)}:{port}", tuple(map(str, ignored)) if isinstance(ignored, list) else ())
    return DesktopProxy()


def kde_proxy(text: str) -> DesktopProxy:
    """`text`: the content of kioslaverc; addresses have their port behind a space."""
    parser = ConfigParser(interpolation=None, strict=False, delimiters=("=",))
    try:
        parser.read_string(text)
    except Error:
        return DesktopProxy()
    if not parser.has_section("Proxy Settings"):
        return DesktopProxy()
    settings = parser["Proxy Settings"]
    if settings.get("ProxyType") in (_SCRIPT, _FOUND):
        return DesktopProxy(automatic=True)
    named = settings.get("httpsProxy") or settings.get("socksProxy") or ""
    if settings.get("ProxyType") != _MANUAL or not named.strip():
        return DesktopProxy()
    return DesktopProxy(re.sub(r"\s+(?=[0-9]+$)", ":", named.strip()), tuple(re.split(r"[,\s]+", settings.get("NoProxyFor", "").strip())))


def _gsettings(environment: Mapping[str, str]) -> str:
    try:
        words = ["gsettings", "list-recursively", "org.gnome.system.proxy"]
        done = subprocess.run(words, env=dict(environment), stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _literal(text: str) -> object:
    """GVariant text of strings, numbers and lists is written as Python writes them."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return None


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
