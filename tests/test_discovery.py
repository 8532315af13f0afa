"""Settings from the domain itself: a local name server, and a local web server under the domain's real name."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.discovery.address import domain_of, is_outside
from app.discovery.ask import discover
from app.discovery.autoconfig import autoconfig, server_in
from app.discovery.records import exchangers, records
from app.model import MailServer
from tests.servers.certificates import Authority, authority
from tests.servers.names import NameServer

HERE = MailServer("imap.firm.example", 993, "imaps")


def file(host: str = "imap.firm.example", port: str = "993", kind: str = "SSL", before: str = "") -> bytes:
    server = f"<incomingServer type='imap'><hostname>{host}</hostname><port>{port}</port><socketType>{kind}</socketType></incomingServer>"
    return f"<?xml version='1.0'?>{before}<clientConfig version='1.1'><emailProvider id='firm.example'>{server}</emailProvider></clientConfig>".encode()


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({"_imaps._tcp.firm.example": ["0 1 993 imap.firm.example."]}, HERE),
        ({"_imap._tcp.firm.example": ["0 1 143 imap.firm.example."]}, MailServer("imap.firm.example", 143, "imap")),
        (
            {"_imaps._tcp.firm.example": ["5 9 993 b.firm.example.", "0 1 993 c.firm.example.", "0 7 1993 a.firm.example."]},
            MailServer("a.firm.example", 1993, "imaps"),
        ),
        ({"_imaps._tcp.firm.example": ["0 0 0 ."], "_imap._tcp.firm.example": ["0 0 0 ."]}, None),
        ({"_imaps._tcp.firm.example": ["0 0 0 ."], "_imap._tcp.firm.example": ["0 1 143 imap.firm.example."]}, MailServer("imap.firm.example", 143, "imap")),
        ({}, None),
    ],
    ids=["TLS", "STARTTLS", "priority before weight", "says that it has none", "STARTTLS alone", "no record"],
)
def test_records_name_the_server(known: dict[str, list[str]], found: MailServer | None) -> None:
    with NameServer(known) as names:
        assert records("firm.example", names.resolver()) == found
    assert set(names.asked) <= {"_imaps._tcp.firm.example", "_imap._tcp.firm.example"}


class Web:
    """What stands at a path under a name, over TLS; `seen` has what was asked for."""

    def __init__(self, ca: Authority, pages: dict[tuple[str, str], bytes], *certified: str) -> None:
        web, self.seen = self, list[tuple[str, str]]()
        self.step, self.pause = 1 << 20, 0.0

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                web.seen.append((self.headers["Host"], self.path))
                page = pages.get((self.headers["Host"], self.path))
                away = (page or b"").startswith(b"https:")
                self.send_response(302 if away else 200 if page else 404)
                if away:
                    self.send_header("Location", (page or b"").decode())
                self.end_headers()
                for start in range(0, len(page or b""), web.step):
                    time.sleep(web.pause)
                    self.wfile.write((page or b"")[start : start + web.step])

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda request, client_address: None  # type: ignore[method-assign]
        self.server.socket = ca.server(*certified).wrap_socket(self.server.socket, server_side=True)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


AUTOCONFIG = ("autoconfig.firm.example", "/mail/config-v1.1.xml")
WELL_KNOWN = ("firm.example", "/.well-known/autoconfig/mail/config-v1.1.xml")


@pytest.fixture(scope="module")
def ca(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def trusting(ca: Authority) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(ca.file))


@pytest.fixture
def web(ca: Authority, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Web]:
    """All names of firm.example are this computer."""
    pages, certified = request.param
    made = Web(ca, pages, *certified)
    real = socket.getaddrinfo

    def resolved(host: str, port: int, *rest: object, **more: object) -> object:
        return real("127.0.0.1", made.server.server_port, *rest, **more) if port == 443 else real(host, port, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setenv("no_proxy", "*")
    yield made
    made.close()


BOTH = ("firm.example", "autoconfig.firm.example")


@pytest.mark.parametrize("web", [({AUTOCONFIG: file()}, BOTH), ({WELL_KNOWN: file()}, BOTH)], indirect=True, ids=["autoconfig", "well-known"])
def test_the_file_of_the_domain_names_the_server_and_nothing_of_the_user_is_told(web: Web, trusting: ssl.SSLContext) -> None:
    assert discover("sara@firm.example", (lambda domain: autoconfig(domain, trusting),)) == HERE
    assert set(web.seen) <= {AUTOCONFIG, WELL_KNOWN}
    assert "sara" not in str(web.seen)


@pytest.mark.parametrize("web", [({AUTOCONFIG: file(), WELL_KNOWN: file()}, ("elsewhere.example",))], indirect=True)
def test_a_web_server_that_is_not_proven_to_be_the_domains_is_not_heard(web: Web, trusting: ssl.SSLContext) -> None:
    assert autoconfig("firm.example", trusting) is None
    assert web.seen == []


@pytest.mark.parametrize("web", [({AUTOCONFIG: file()}, BOTH)], indirect=True)
def test_a_file_that_comes_in_drips_is_given_up(web: Web, trusting: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.discovery.autoconfig._SECONDS", 0.5)
    web.step, web.pause = 1, 0.1
    begun = time.monotonic()
    assert autoconfig("firm.example", trusting) is None
    assert time.monotonic() - begun < 5


SENT_AWAY = {AUTOCONFIG: b"https://elsewhere.example/config.xml", ("elsewhere.example", "/config.xml"): file()}


@pytest.mark.parametrize("web", [(SENT_AWAY, (*BOTH, "elsewhere.example"))], indirect=True)
def test_a_domain_that_sends_elsewhere_is_not_followed(web: Web, trusting: ssl.SSLContext) -> None:
    assert autoconfig("firm.example", trusting) is None
    assert {host for host, _ in web.seen} <= set(BOTH)


@pytest.mark.parametrize(
    "octets",
    [
        b"", b"not xml", b"<a", file(kind="plain"), file(port="0"), file(port="99999"), file(port="x"), file(host=""), file(host="localhost"),
        file(host="a b.example"), file(before="<!DOCTYPE a [<!ENTITY x 'y'>]>"), file() + b" " * 200_000, b"<?xml version='1.0' encoding='nonsense'?><a/>",
        file(port="000993111"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_names_nothing(octets: bytes) -> None:
    assert server_in(octets, "firm.example") is None


def test_a_file_may_say_that_encryption_begins_later() -> None:
    assert server_in(file(port="143", kind="STARTTLS"), "firm.example") == MailServer("imap.firm.example", 143, "imap")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_a_document_type_hides_in_no_encoding(encoding: str) -> None:
    text = file(before="<!DOCTYPE clientConfig [<!ENTITY host 'imap.firm.example'>]>").decode().replace("<hostname>imap.firm.example", "<hostname>&host;")
    assert server_in(text.replace("version='1.0'", f"version='1.0' encoding='{encoding[:6]}'").encode(encoding), "firm.example") is None
    assert server_in(file().decode().encode("utf-8-sig"), "firm.example") == HERE


@pytest.mark.parametrize(
    ("pattern", "user"),
    [
        ("%EMAILADDRESS%", ""), ("%EMAILLOCALPART%", "sara"), ("%EMAILLOCALPART%.%EMAILDOMAIN%", "sara.firm.example"), ("firm\\%EMAILLOCALPART%", "firm\\sara"),
        ("", ""), ("%REALNAME%", ""), ("sara@firm.example", ""), ("a\nb", ""), ("x" * 400, ""),
    ],
)  # fmt: skip
def test_the_user_name_follows_from_the_address_on_this_computer(pattern: str, user: str) -> None:
    asked: list[str] = []

    def ask(domain: str) -> MailServer | None:
        asked.append(domain)
        return server_in(more_in_file(f"<username>{pattern}</username>"), domain)

    found = discover("sara@firm.example", (ask,))
    assert found == MailServer("imap.firm.example", 993, "imaps", user)
    assert asked == ["firm.example"]


@pytest.mark.parametrize(
    ("ways", "browser"), [(["OAuth2"], True), (["OAuth2", "password-cleartext"], False), (["password-encrypted"], False), ([], False)]
)
def test_a_server_that_takes_no_password_says_so(ways: list[str], browser: bool) -> None:
    found = server_in(more_in_file("".join(f"<authentication>{way}</authentication>" for way in ways)), "firm.example")
    assert found is not None
    assert found.browser is browser


def test_the_domain_stands_in_a_host_for_itself() -> None:
    assert server_in(file(host="mail.%EMAILDOMAIN%"), "firm.example") == MailServer("mail.firm.example", 993, "imaps")


def more_in_file(text: str) -> bytes:
    return file().replace(b"</incomingServer>", text.encode() + b"</incomingServer>")


@pytest.mark.parametrize(
    ("known", "found"),
    [
        (["10 alt1.aspmx.l.google.com.", "1 ASPMX.L.GOOGLE.COM."], MailServer("imap.gmail.com", 993, "imaps")),
        (["0 firm-example.mail.protection.outlook.com."], MailServer("outlook.office365.com", 993, "imaps", browser=True)),
        (["0 firm-example.p-v1.mx.microsoft."], MailServer("outlook.office365.com", 993, "imaps", browser=True)),
        (["10 in1-smtp.messagingengine.com."], MailServer("imap.fastmail.com", 993, "imaps")),
        (["10 mx.firm.example."], None), (["10 notgoogle.com.", "0 ."], None), ([], None),
    ],
)  # fmt: skip
def test_who_receives_the_mail_of_a_domain_tells_which_provider_it_is_at(known: list[str], found: MailServer | None) -> None:
    with NameServer({"firm.example": known}, "MX") as names:
        assert exchangers("firm.example", names.resolver()) == found
    assert set(names.asked) == {"firm.example"}


@pytest.mark.parametrize(
    ("address", "domain"), [("sara@firm.example", "firm.example"), ("sara@مثال.example", "xn--mgbh0fb.example"), ("sara", ""), ("sara@localhost", "")]
)
def test_the_domain_to_be_asked_is_that_of_the_address(address: str, domain: str) -> None:
    assert domain_of(address) == domain


@pytest.mark.parametrize(
    ("host", "outside"), [("imap.firm.example", False), ("firm.example", False), ("imap.host.example", True), ("firm.example.evil.test", True)]
)
def test_a_server_of_somebody_else_is_known_as_outside(host: str, outside: bool) -> None:
    assert is_outside(MailServer(host, 993, "imaps"), "sara@mail.firm.example") is outside


def test_what_is_no_address_asks_nobody() -> None:
    asked: list[str] = []
    assert discover("sara", (lambda domain: asked.append(domain),)) is None  # type: ignore[func-returns-value, arg-type, return-value]
    assert asked == []
