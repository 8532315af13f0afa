"""Whether there is a newer version of Nitaq: one small file is read, when the user has asked for it. Nothing is downloaded, run or told."""

from __future__ import annotations

import json
import re
import ssl
from http.client import HTTPException
from urllib.error import HTTPError

from app import __version__
from app.errors import WorldError
from app.i18n import mark
from app.network import tls
from app.network.https import NoRedirect, opener, read_bounded
from app.network.proxy import ProxyFor, system_proxy

HOME = "https://nitaq.invalid"
"""The project's home. A placeholder until it has one; nothing answers there."""
NEWEST = f"{HOME}/newest.json"
"""`{"version": "1.2.3"}`; anything else in it is not looked at."""
DOWNLOADS = f"{HOME}/download"
"""The page that a person is shown. It is ours, and never taken from an answer."""
_SECONDS = 10.0
_MOST = 4 * 1024
"""Octets of the file."""
_VERSION = re.compile(r"(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})", re.ASCII)


def newest_version(context: ssl.SSLContext | None = None, address: str = NEWEST, proxy_for: ProxyFor = system_proxy) -> str:
    """The version that the file names, over verified TLS, without cookies and without a word about this installation.

    Raises WorldError `update.unknown` and NitaqError `proxy.*`.
    """
    asking = opener(context or tls.context(None), proxy_for, NoRedirect())
    asking.addheaders = [("User-Agent", "nitaq"), ("Accept", "application/json")]
    try:
        with asking.open(address, timeout=_SECONDS) as answer:
            octets = read_bounded(answer, _MOST, _SECONDS)
    except HTTPError as error:
        error.close()
        raise WorldError("update.unknown", reason=str(error.code)) from None
    except (OSError, HTTPException) as error:
        cause = getattr(error, "reason", error)
        reason = mark("it did not answer in time") if isinstance(cause, TimeoutError) else str(getattr(cause, "strerror", "") or cause)[:200]
        raise WorldError("update.unknown", reason=reason) from None
    version = version_in(octets)
    if version is None:
        raise WorldError("update.unknown", reason=mark("its answer makes no sense"))
    return version


def version_in(octets: bytes) -> str | None:
    """Hostile until parsed: a small JSON object with a version of three numbers, or nothing."""
    if len(octets) > _MOST:
        return None
    try:
        fields = json.loads(octets)
    except (ValueError, RecursionError):
        return None
    version = fields.get("version") if isinstance(fields, dict) else None
    return version if isinstance(version, str) and _VERSION.fullmatch(version) else None


def is_newer(version: str, than: str = __version__) -> bool:
    """By semantic versions of three numbers."""
    return _numbers(version) > _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
    found = _VERSION.match(version)
    return tuple(map(int, found.groups())) if found else ()
