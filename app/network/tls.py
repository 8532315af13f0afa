"""The TLS that a secret may travel through (design section 9), with the trust that the system has in certificate authorities."""

from __future__ import annotations

import socket
import ssl
import sys
from pathlib import Path

import truststore

from app.errors import UserError
from app.i18n import mark
from app.network.names import names_host
from app.sources.tree import reason

SYSTEM_VERIFIES = sys.platform in ("win32", "darwin")
"""There truststore hands verification to the system, elsewhere to OpenSSL with the system's authorities."""


class SystemTrust(truststore.SSLContext):
    """What the system has verified has to name the host as well as OpenSSL wants it: Windows would take a common name for one."""

    def wrap_socket(
        self,
        sock: socket.socket,
        server_side: bool = False,
        do_handshake_on_connect: bool = True,
        suppress_ragged_eofs: bool = True,
        server_hostname: str | None = None,
        session: ssl.SSLSession | None = None,
    ) -> ssl.SSLSocket:
        """Raises ssl.SSLCertVerificationError, and no octet of ours has been sent then."""
        made = super().wrap_socket(sock, server_side, do_handshake_on_connect, suppress_ragged_eofs, server_hostname, session)
        if SYSTEM_VERIFIES and not names_host(made.getpeercert(binary_form=True) or b"", server_hostname or ""):
            made.close()
            error = ssl.SSLCertVerificationError("the certificate does not name this host")
            error.verify_message = "the certificate does not name this host"
            raise error
        return made


def context(ca_file: Path | None) -> ssl.SSLContext:
    """TLS 1.2 or newer, verified against the system's authorities and `ca_file`, by subjectAltName alone, and on Linux strictly by RFC 5280.

    Strictness holds for a user's own authority too: a self-signed certificate made by today's openssl passes, one without the identifiers
    that newer Pythons demand anyway does not. Raises UserError `input` where `ca_file` cannot be used.
    """
    made = SystemTrust(ssl.PROTOCOL_TLS_CLIENT)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.hostname_checks_common_name = False
    made.verify_flags |= ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN  # as newer Pythons do; `ca_file` may be the server's own
    if ca_file is not None:
        try:
            made.load_verify_locations(ca_file)
        except ssl.SSLError:
            raise UserError("input", path=str(ca_file), reason=mark("there is no certificate in it")) from None
        except OSError as error:
            raise UserError("input", path=str(ca_file), reason=reason(error)) from None
    return made
