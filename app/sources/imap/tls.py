"""The TLS that a secret may travel through (design section 9)."""

from __future__ import annotations

import ssl
from pathlib import Path

from app.errors import UserError
from app.i18n import mark
from app.sources.tree import reason


def context(ca_file: Path | None) -> ssl.SSLContext:
    """TLS 1.2 or newer, verified against the system's authorities and `ca_file`, by subjectAltName alone, strictly by RFC 5280.

    Strictness holds for a user's own authority too: a self-signed certificate made by today's openssl passes, one without the identifiers
    that newer Pythons demand anyway does not. Raises UserError `input` where `ca_file` cannot be used.
    """
    made = ssl.create_default_context(ssl.Purpose.SERVER_AUTH)
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
