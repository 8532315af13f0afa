"""Whether a certificate stands for a host, by its subjectAltName alone (RFC 9525 section 6)."""

from __future__ import annotations

import ipaddress


def names_host(certificate: bytes, host: str) -> bool:
    """`certificate` in DER, `host` as A-labels or an IP address. A wildcard is a whole left-most label; a common name counts for nothing."""
    from cryptography import x509

    try:
        names = x509.load_der_x509_certificate(certificate).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, x509.ExtensionNotFound, x509.DuplicateExtension):
        return False
    try:
        return ipaddress.ip_address(host) in names.get_values_for_type(x509.IPAddress)
    except ValueError:
        return any(_matches(name, host) for name in names.get_values_for_type(x509.DNSName))


def _matches(name: str, host: str) -> bool:
    wanted = host.lower().rstrip(".")
    first, dot, rest = name.lower().partition(".")
    if first == "*":
        return "." in rest and bool(dot) and wanted.partition(".")[2] == rest and bool(wanted.partition(".")[0])
    return bool(wanted) and name.lower() == wanted
