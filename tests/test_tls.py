"""Whom TLS believes: the system, and where the system verifies, a certificate that names the host in the way that OpenSSL wants it."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import truststore

from app.errors import Refused
from app.network import tls
from app.network.names import names_host
from app.sources import Connection, open_source
from tests.servers.certificates import authority, self_signed
from tests.servers.scripted import Scripted, answering


@pytest.mark.parametrize(
    ("names", "host", "named"),
    [
        (("mail.firm.example",), "mail.firm.example", True),
        (("mail.firm.example",), "MAIL.firm.example.", True),
        (("firm.example", "mail.firm.example"), "mail.firm.example", True),
        (("*.firm.example",), "mail.firm.example", True),
        (("*.firm.example",), "firm.example", False),
        (("*.firm.example",), "a.mail.firm.example", False),
        (("*.example",), "mail.firm.example", False),
        (("firm.example",), "mail.firm.example", False),
        (("mail.firm.example",), "", False),
        (("xn--mgbh0fb.example",), "xn--mgbh0fb.example", True),
        (("192.0.2.1",), "192.0.2.1", True),
        (("192.0.2.1",), "192.0.2.2", False),
        (("2001:db8::1",), "2001:db8:0::1", True),
        (("mail.firm.example",), "192.0.2.1", False),
    ],
)
def test_a_certificate_names_a_host(tmp_path: Path, names: tuple[str, ...], host: str, named: bool) -> None:
    certificate = authority(tmp_path).made.issue_cert(*names).cert_chain_pems[0].bytes().decode()
    assert names_host(ssl.PEM_cert_to_DER_cert(certificate), host) is named


def test_a_common_name_alone_names_no_host(tmp_path: Path) -> None:
    _, file = self_signed(tmp_path, "mail.firm.example", ())
    assert not names_host(ssl.PEM_cert_to_DER_cert(file.read_text()), "mail.firm.example")
    assert not names_host(b"", "mail.firm.example")


@pytest.mark.parametrize("name", ["localhost", "mail.elsewhere.example"])
def test_where_the_system_verifies_the_name_is_looked_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """As on Windows: the system, which is played, believes the certificate and has not looked at the name."""
    ca, real = authority(tmp_path), tls.context

    def careless(ca_file: Path | None) -> ssl.SSLContext:
        made = real(ca_file)
        made.check_hostname = False
        return made

    monkeypatch.setattr(tls, "context", careless)
    monkeypatch.setattr(tls, "SYSTEM_VERIFIES", True)
    with Scripted(answering({}), ca.server(name)) as server:
        source = f"imaps://sara@localhost:{server.port}"
        if name == "localhost":
            open_source(source, Connection(secret="x", ca_file=ca.file)).close()
        else:
            with pytest.raises(Refused) as refused:
                open_source(source, Connection(secret="x", ca_file=ca.file))
            assert refused.value.code == "tls.certificate"
            assert server.log == []


def test_the_systems_authorities_are_believed_and_the_users_own_beside_them(tmp_path: Path) -> None:
    made = tls.context(authority(tmp_path).file)
    assert isinstance(made, truststore.SSLContext)
    assert made.verify_mode is ssl.CERT_REQUIRED
    assert made.check_hostname
    assert not made.hostname_checks_common_name
    assert made.minimum_version is ssl.TLSVersion.TLSv1_2
    assert made.verify_flags & ssl.VERIFY_X509_STRICT
