"""What a certificate that was refused says of itself, so that a person can find out why and their administrator which one it is."""

from __future__ import annotations

import ssl
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from app.errors import NitaqError
from app.model import Certificate
from app.sources.imap.wire import Endpoint, Wire

_AT_ANY_TIME = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME of OpenSSL, which Python has no name for."""


class _Look(Wire):
    """A connection over which nothing is said beyond what encryption takes."""

    def _connect(self) -> None:
        pass


def presented(endpoint: Endpoint) -> Certificate | None:
    """The certificate that a server shows, believed in nothing; None where it shows none that can be read.

    Python reads only what was verified, so the certificate stands in as its own authority on a second connection, which ends there.
    """
    try:
        encoded = _shown(endpoint, _believing_nothing(), in_full=True)
        context = _believing_nothing()
        context.verify_mode = ssl.CERT_REQUIRED
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN | _AT_ANY_TIME
        context.load_verify_locations(cadata=encoded)
        return _read(_shown(endpoint, context, in_full=False), encoded)
    except (NitaqError, OSError, ValueError, KeyError, TypeError):
        return None


def _shown(endpoint: Endpoint, context: ssl.SSLContext, *, in_full: bool) -> Any:
    """The certificate as its octets (DER), or as the fields that Python reads from one that was verified."""
    look = _Look(replace(endpoint, context=context))
    try:
        return look.sock.getpeercert(binary_form=in_full) if isinstance(look.sock, ssl.SSLSocket) else None
    finally:
        look.shutdown()


def _believing_nothing() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _read(fields: Any, encoded: bytes) -> Certificate:
    return Certificate(
        names=tuple(str(value) for _, value in fields.get("subjectAltName", ())),
        subject=_name(fields["subject"]),
        issuer=_name(fields["issuer"]),
        begins=_day(fields["notBefore"]),
        ends=_day(fields["notAfter"]),
        fingerprint=sha256(encoded).digest().hex(":").upper(),
    )


def _name(parts: Any) -> str:
    """An X.501 name as its values: `Firm, mail.firm.example`."""
    return ", ".join(str(value) for group in parts for _, value in group)


def _day(text: Any) -> str:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(text)), UTC).date().isoformat()
