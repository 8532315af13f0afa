"""A connection through an HTTP proxy (CONNECT, RFC 9110 section 9.3.6). The proxy passes octets on; TLS begins behind it and proves the server."""

from __future__ import annotations

import re
import socket
import time
from base64 import b64encode

from app.errors import NitaqError, UserError, WorldError
from app.i18n import mark
from app.network.proxy import Proxy, authority

MOST = 16 * 1024
"""Octets of a proxy's answer."""
_STATUS = re.compile(rb"HTTP/1\.[01] ([2-5]\d\d)(?: ([^\r\n]*))?\r?\n")


def through(proxy: Proxy, host: str, port: int, seconds: float) -> socket.socket:
    """Connected to `host` within `seconds`, of which it takes no octet that belongs to the connection itself. Raises NitaqError `proxy.*`."""
    until = time.monotonic() + seconds
    try:
        made = socket.create_connection((proxy.host, proxy.port), seconds)
    except (OSError, UnicodeError) as error:
        raise _unreached(error, proxy) from None
    try:
        made.settimeout(seconds)
        made.sendall(_question(proxy, authority(host, port)))
        _open(_answer(made, until), proxy, authority(host, port))
    except OSError as error:
        made.close()
        raise _unreached(error, proxy) from None
    except BaseException:
        made.close()
        raise
    return made


def _question(proxy: Proxy, target: str) -> bytes:
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    if proxy.user or proxy.password:
        lines.append("Proxy-Authorization: Basic " + b64encode(f"{proxy.user}:{proxy.password}".encode()).decode())
    return "\r\n".join([*lines, "", ""]).encode()


def _answer(connection: socket.socket, until: float) -> bytes:
    """Up to the empty line, octet by octet: what follows may be the server's greeting."""
    octets = bytearray()
    while not octets.endswith((b"\r\n\r\n", b"\n\n")):
        more = connection.recv(1)
        if not more or len(octets) >= MOST:
            break
        octets += more
        if time.monotonic() > until:
            raise TimeoutError
    return bytes(octets)


def _open(answer: bytes, proxy: Proxy, target: str) -> None:
    """Raises NitaqError unless the way is open."""
    found = _STATUS.match(answer)
    if found is None or not answer.endswith((b"\r\n\r\n", b"\n\n")):
        raise WorldError("proxy.protocol", proxy=str(proxy))
    status = int(found[1])
    if status == 407:
        raise UserError("proxy.auth", proxy=str(proxy))
    if not 200 <= status < 300:
        words = (found[2] or b"").decode("utf-8", "replace").strip()
        raise WorldError("proxy.refused", proxy=str(proxy), target=target, reason=f"{status} {words}"[:200].strip())


def _unreached(error: Exception, proxy: Proxy) -> NitaqError:
    if isinstance(error, TimeoutError):
        return WorldError("proxy.timeout", proxy=str(proxy))
    if isinstance(error, socket.gaierror | UnicodeError):
        why = mark("there is no host of this name")
    elif isinstance(error, ConnectionRefusedError):
        why = mark("nothing answers at this port")
    else:
        why = str(getattr(error, "strerror", "") or type(error).__name__)[:200]
    return WorldError("proxy.connection", proxy=str(proxy), reason=why)
