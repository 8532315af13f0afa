"""What goes wrong on a connection, as codes of the public interface."""

from __future__ import annotations

import re
import socket
import ssl

from app.errors import NitaqError, Refused, UserError, WorldError
from app.i18n import mark
from app.sources.imap import bounds

_CODE = re.compile(rb"\[([A-Z0-9-]+)", re.IGNORECASE)
_WORLD = {
    b"UNAVAILABLE": "server.unavailable",
    b"INUSE": "server.unavailable",
    b"LIMIT": "server.limit",
    b"OVERQUOTA": "server.limit",
    b"THROTTLED": "server.throttled",
    b"SERVERBUG": "server.bug",
    b"CORRUPTION": "server.bug",
}
_USER = {
    b"EXPIRED": "auth.expired",
    b"PRIVACYREQUIRED": "auth.privacy",
    b"WEBALERT": "auth.weblogin",
    b"CONTACTADMIN": "auth.admin",
}
_SAID = (
    ("auth.app_password", re.compile(rb"app(?:lication)?[- ](?:specific[- ])?password", re.IGNORECASE)),
    ("auth.imap_off", re.compile(rb"imap\b[^.]{0,40}\b(?:disabled|not enabled|turned off|switched off)|not enabled for imap|enable imap", re.IGNORECASE)),
)
"""What providers say in words because there is no code for it."""
_OLD_TLS = frozenset(["UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "WRONG_SSL_VERSION", "NO_PROTOCOLS_AVAILABLE", "VERSION_TOO_LOW"])


def words(text: bytes) -> str:
    """What a server said, bounded; it is contained where it is shown."""
    return text.decode("utf-8", "replace").strip()[: bounds.TEXT]


def response_code(text: bytes) -> bytes:
    """The response code of a status answer (RFC 3501 section 7.1, RFC 5530) in upper case; empty where it has none."""
    found = _CODE.match(text.lstrip())
    return found[1].upper() if found else b""


def refused_login(text: bytes, host: str, user: str, *, by_token: bool = False) -> NitaqError:
    """NO to LOGIN or AUTHENTICATE; `token` is set where no password was sent."""
    code = response_code(text)
    if code in _WORLD:
        return _of_world(text, host, "")
    if b"WEB LOGIN" in text.upper():
        code = b"WEBALERT"
    said = next((found for found, pattern in _SAID if pattern.search(text)), "auth.failed")
    token = {"token": 1} if by_token else {}
    return UserError(_USER.get(code, said), host=host, user=user, reason=words(text), **token)


def refused_command(text: bytes, host: str) -> WorldError:
    """NO or BAD to any other command."""
    return _of_world(text, host, "protocol")


def said_bye(text: bytes, host: str) -> WorldError:
    """`* BYE` where it was not asked for."""
    return _of_world(text, host, "server.bye")


def _of_world(text: bytes, host: str, otherwise: str) -> WorldError:
    """`quota` is set where the server's allowance is used up, which takes hours to pass."""
    code = response_code(text)
    quota = {"quota": 1} if code == b"OVERQUOTA" else {}
    return WorldError(_WORLD.get(code, otherwise), host=host, reason=words(text), **quota)


def no_sense(host: str, text: bytes = b"") -> WorldError:
    """An answer that is not IMAP."""
    return WorldError("protocol", host=host, reason=words(text) or mark("it was empty"))


def too_large(host: str) -> WorldError:
    """More than app.sources.imap.bounds allows."""
    return WorldError("protocol.too_large", host=host)


def hung_up(host: str, port: int) -> WorldError:
    """The connection ended in the middle."""
    return WorldError("connection", host=host, port=port, reason=mark("the connection was closed from the other side"))


def broken(error: OSError, host: str, port: int) -> WorldError:
    """A socket's failure, while connecting or later."""
    if isinstance(error, TimeoutError):
        return WorldError("timeout", host=host, port=port)
    if isinstance(error, socket.gaierror):
        return WorldError("connection", host=host, port=port, reason=mark("there is no host of this name"))
    if isinstance(error, ConnectionRefusedError):
        return WorldError("connection", host=host, port=port, reason=mark("nothing answers at this port"))
    if isinstance(error, ConnectionError | ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return hung_up(host, port)
    return WorldError("connection", host=host, port=port, reason=(error.strerror or type(error).__name__)[: bounds.TEXT])


def no_tls(error: OSError, host: str, port: int) -> NitaqError:
    """A failed TLS handshake. Nothing was sent, so all of them are refusals, unless the connection itself failed."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return Refused("tls.certificate", host=host, port=port, reason=error.verify_message[: bounds.TEXT])
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        code = "tls.version" if error.reason in _OLD_TLS else "tls"
        return Refused(code, host=host, port=port, reason=(error.reason or "TLS").replace("_", " ").lower())
    return broken(error, host, port)
