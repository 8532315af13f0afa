"""Through a proxy as the system names it: a real one on loopback leads to real servers, and every octet that it saw is looked at."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.accounts import open_account, try_account
from app.discovery.autoconfig import autoconfig
from app.error_text import SENTENCES, describe
from app.errors import NitaqError, UserError
from app.i18n import LANGUAGES, Translation
from app.model import Account, TrialStep
from app.network.desktop import kde_proxy
from app.network.proxy import Proxy, proxy_of, system_proxy
from app.sign_in.grant import Grant
from app.sign_in.tokens import Tokens
from app.sources import Connection, open_source
from tests.mailmaker import message
from tests.servers.certificates import authority
from tests.servers.connect_proxy import ConnectProxy
from tests.servers.dovecot import Dovecot, free_port
from tests.servers.oauth import AuthorizationServer
from tests.servers.scripted import Scripted, Talk

HOST = Dovecot.public_host
SOURCE = f"imaps://sara@{HOST}"
OPEN = b"HTTP/1.1 200 OK\r\n\r\n"


@pytest.fixture(scope="module")
def dovecot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    with Dovecot(tmp_path_factory.mktemp("dovecot")) as server:
        server.add_maildir("sara", [message(1), message(2)])
        yield server


@pytest.fixture
def proxy(dovecot: Dovecot, monkeypatch: pytest.MonkeyPatch) -> Iterator[ConnectProxy]:
    """The system's proxy, with a name and a password of its own."""
    with ConnectProxy({f"{HOST}:993": dovecot.imaps_port, f"{HOST}:143": dovecot.imap_port}, "proxy-word") as made:
        monkeypatch.setenv("https_proxy", made.url)
        yield made


def failure(work: Callable[[], object]) -> NitaqError:
    with pytest.raises(NitaqError) as caught:
        work()
    return caught.value


def connection(dovecot: Dovecot, **more: object) -> Connection:
    return Connection(secret=dovecot.password, ca_file=dovecot.ca_file, timeout=5, proxy_for=system_proxy, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
def test_a_mailbox_is_read_through_the_proxy_which_learns_the_servers_name_and_no_more(dovecot: Dovecot, proxy: ConnectProxy, scheme: str) -> None:
    source = open_source(f"{scheme}://sara@{HOST}", connection(dovecot))
    (inbox,) = [folder for folder in source.folders() if folder.name == "INBOX"]
    assert sum(len(batch.messages) for batch in source.batches(inbox)) == 2
    source.close()
    assert proxy.asked == [f"{HOST}:{993 if scheme == 'imaps' else 143}"]
    for secret in (dovecot.password, "AUTHENTICATE", "LOGIN sara", "Subject"):
        assert secret.encode() not in proxy.passed


def test_the_server_behind_the_proxy_has_to_prove_itself(dovecot: Dovecot, proxy: ConnectProxy, tmp_path: Path) -> None:
    stranger = authority(tmp_path)
    trial = try_account(Account("sara", SOURCE, ca_file=str(stranger.file)), dovecot.password)
    assert (trial.failed, trial.code) == (TrialStep.ENCRYPT, "tls.certificate")
    assert trial.certificate is not None
    assert HOST in trial.certificate.names
    assert dovecot.password.encode() not in proxy.passed


def test_a_server_of_this_computer_is_never_reached_through_a_proxy(dovecot: Dovecot, proxy: ConnectProxy) -> None:
    open_source(dovecot.url("sara"), connection(dovecot)).close()
    open_source(dovecot.url("sara").replace("localhost", "127.0.0.1"), connection(dovecot)).close()
    assert proxy.asked == []


def test_an_account_can_do_without_the_proxy(dovecot: Dovecot, proxy: ConnectProxy, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, *rest, **more: real("127.0.0.1" if host == HOST else host, port, *rest, **more))
    source = f"imaps://sara@{HOST}:{dovecot.imaps_port}"
    account = Account("sara", source, ca_file=str(dovecot.ca_file), direct=True)
    open_account(account, connection(dovecot), lambda _: dovecot.password, lambda *_: None).close()
    assert try_account(account, dovecot.password).failed is None
    assert proxy.asked == []


def test_what_the_system_excepts_goes_past_the_proxy(proxy: ConnectProxy, monkeypatch: pytest.MonkeyPatch) -> None:
    assert system_proxy(HOST, 993) == Proxy("127.0.0.1", proxy.port, "nitaq", "proxy-word")
    monkeypatch.setenv("no_proxy", ".firm.example")
    assert system_proxy(HOST, 993) is None


def test_plain_text_goes_through_no_proxy_even_on_this_computer(dovecot: Dovecot, proxy: ConnectProxy, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, *rest, **more: real("127.0.0.1" if host == HOST else host, port, *rest, **more))
    open_source(f"imap://sara@{HOST}:{dovecot.imap_port}", connection(dovecot, insecure_plaintext=True)).close()
    assert proxy.asked == []


def test_a_greeting_that_comes_with_the_proxys_answer_is_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def script(talk: Talk) -> None:
        while talk.hear():
            pass
        talk.say(OPEN + b"* OK ready\r\n")
        talk.hear()
        talk.say(b"S1 NO not here\r\n")

    with Scripted(script) as server:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{server.port}")
        code = failure(lambda: open_source(f"imap://sara@{HOST}", Connection(secret="x", proxy_for=system_proxy))).code
    assert code == "tls.downgrade"
    assert server.log[-1] == b"S1 STARTTLS"


def test_a_proxy_that_wants_another_password_says_so(dovecot: Dovecot, proxy: ConnectProxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", f"http://nitaq:wrong-word@127.0.0.1:{proxy.port}")
    error = failure(lambda: open_source(SOURCE, connection(dovecot)))
    assert isinstance(error, UserError)
    assert error.code == "proxy.auth"
    assert "wrong-word" not in str(error)
    assert "proxy-word" not in repr(proxy_of(proxy.url))


def test_a_proxy_that_does_not_let_mail_through_says_so(dovecot: Dovecot, proxy: ConnectProxy) -> None:
    error = failure(lambda: open_source(f"imaps://sara@{HOST}:1993", connection(dovecot)))
    assert (error.code, error.params["target"], error.params["reason"]) == ("proxy.refused", f"{HOST}:1993", "403 Forbidden")
    trial = try_account(Account("sara", f"imaps://sara@{HOST}:1993"), "secret")
    assert (trial.failed, trial.code) == (TrialStep.REACH, "proxy.refused")


ODD = {
    "nothing": b"",
    "another protocol": b"* OK IMAP4rev1\r\n\r\n",
    "half an answer": b"HTTP/1.1 200 OK\r\n",
    "no status": b"HTTP/1.1 OK\r\n\r\n",
    "an endless answer": b"HTTP/1.1 200 OK\r\n" + b"X-Filler: yes\r\n" * 2_000,
    "an interim one": b"HTTP/1.1 100 Continue\r\n\r\n",
}


@pytest.mark.parametrize("answer", ODD.values(), ids=ODD)
def test_an_answer_that_is_none_is_said(monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    def script(talk: Talk) -> None:
        while talk.hear():
            pass
        talk.say(answer)
        talk.hang_up()

    with Scripted(script) as server:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{server.port}")
        assert failure(lambda: open_source(SOURCE, Connection(secret="x", timeout=5, proxy_for=system_proxy))).code == "proxy.protocol"


@pytest.mark.parametrize("drips", [False, True])
def test_a_proxy_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch, drips: bool) -> None:
    over = threading.Event()

    def script(talk: Talk) -> None:
        while talk.hear():
            pass
        while drips and not over.wait(0.05):
            talk.say(b"x")
        talk.hear()

    with Scripted(script) as server:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{server.port}")
        code = failure(lambda: open_source(SOURCE, Connection(secret="x", timeout=0.3, proxy_for=system_proxy))).code
        over.set()
    assert code == "proxy.timeout"


@pytest.mark.parametrize("place", ["127.0.0.1:{port}", "nowhere.invalid:3128"])
def test_a_proxy_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setenv("https_proxy", "http://" + place.format(port=free_port()))
    assert failure(lambda: open_source(SOURCE, Connection(secret="x", timeout=5, proxy_for=system_proxy))).code == "proxy.connection"


def test_tokens_come_through_the_proxy_and_it_does_not_see_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with AuthorizationServer(tmp_path) as oauth, ConnectProxy({f"{oauth.public_host}:443": oauth.port}) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        oauth.refresh.add("refresh-token-1")
        client = oauth.client(url=f"https://{oauth.public_host}")
        fresh = Tokens(client, oauth.ca_file).fresh(Grant("", 0, "refresh-token-1", oauth.client_secret))
        assert fresh.access_token in oauth.access
        assert proxy.asked == [f"{oauth.public_host}:443"]
        assert b"refresh-token-1" not in proxy.passed
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{free_port()}")
        assert failure(lambda: Tokens(client, oauth.ca_file).fresh(Grant("", 0, "x"))).code == "proxy.connection"


def test_a_domain_is_asked_through_the_proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ca = authority(tmp_path)
    page = b"<clientConfig><emailProvider><incomingServer type='imap'><hostname>imap.firm.example</hostname><port>993</port><socketType>SSL</socketType>"
    page += b"</incomingServer></emailProvider></clientConfig>"

    def script(talk: Talk) -> None:
        while talk.hear():
            pass
        talk.say(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(page) + page)

    with (
        Scripted(script, ca.server("autoconfig.firm.example")) as web,
        ConnectProxy({"autoconfig.firm.example:443": web.port}) as proxy,
    ):
        monkeypatch.setenv("https_proxy", proxy.url)
        found = autoconfig("firm.example", ssl.create_default_context(cafile=str(ca.file)))
    assert found is not None
    assert found.host == "imap.firm.example"
    assert proxy.asked == ["autoconfig.firm.example:443"]


@pytest.mark.parametrize(
    ("text", "proxy"),
    [
        ("http://proxy.firm.example:3128", Proxy("proxy.firm.example", 3128)),
        ("proxy.firm.example:3128", Proxy("proxy.firm.example", 3128)),
        ("http://proxy.firm.example", Proxy("proxy.firm.example", 80)),
        ("http://us%40er:p%3Aw@proxy.firm.example:8080/", Proxy("proxy.firm.example", 8080, "us@er", "p:w")),
        ("http://[2001:db8::1]:3128", Proxy("2001:db8::1", 3128)),
        ("http://user:1234#%/?ab:c@d@proxy.firm.example:3128/", Proxy("proxy.firm.example", 3128, "user", "1234#%/?ab:c@d")),
        ("user@firm:pw@proxy:3128", Proxy("proxy", 3128, "user@firm", "pw")),
        ("", None),
        ("  ", None),
    ],
)
def test_what_a_setting_means(text: str, proxy: Proxy | None) -> None:
    assert proxy_of(text) == proxy


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("socks5://proxy.firm.example:1080", "SOCKS"), ("SOCKS4A://proxy.firm.example", "SOCKS"), ("socks5h://u:word@p:1", "SOCKS"),
        ("https://proxy.firm.example:443", "https://"), ("quic://proxy.firm.example", "HTTP proxies alone"), ("http://:3128", "no address"),
        ("http://proxy:99999", "65535"), ("http://proxy:0", "65535"), ("http://[", "no address"), ("http:proxy:80", "no address"), ("a b", "no address"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_is_said_and_never_passed_over(text: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", text)
    error = failure(lambda: open_source(SOURCE, Connection(secret="x", timeout=5, proxy_for=system_proxy)))
    assert isinstance(error, UserError)
    assert error.code == "proxy.setting"
    sentence = describe(error.code, error.params, Translation("en"))
    assert why in sentence
    assert "word" not in sentence


@pytest.mark.parametrize(
    ("pattern", "host", "fits"),
    [
        ("*", "mail.firm.example", True), ("firm.example", "mail.firm.example", True), (".firm.example", "mail.firm.example", True),
        ("*.firm.example", "mail.firm.example", True), ("*.FIRM.example", "Mail.Firm.Example.", True), ("firm.example", "confirm.example", False),
        ("*.firm.example", "confirm.example", False), ("firm.example:993", "mail.firm.example", True), ("firm.example:143", "mail.firm.example", False),
        ("10.0.0.0/8", "10.2.3.4", True), ("10.0.0.0/8", "11.2.3.4", False), ("10.2.3.4", "10.2.3.4", True), ("10.2.3.4:993", "10.2.3.4", True),
        ("10.*", "10.2.3.4", True), ("2001:db8::/32", "2001:db8::7", True), ("[2001:db8::7]:993", "2001:db8::7", True), ("[2001:db8::7]", "2001:db8::7", True),
        ("10.0.0.0/99", "10.2.3.4", False), ("mail*", "mail7", True), ("", "mail.firm.example", False),
    ],
)  # fmt: skip
def test_what_is_to_be_reached_without_the_proxy(monkeypatch: pytest.MonkeyPatch, pattern: str, host: str, fits: bool) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", None)
    monkeypatch.setenv("https_proxy", "http://proxy.firm.example:3128")
    monkeypatch.setenv("no_proxy", f"other.example, {pattern}")
    assert (system_proxy(host, 993) is None) is fits


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_windows_and_macos_say_which_hosts_need_none_and_no_name_is_looked_up(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    listed = ["*.inside.example", "169.254/16", "10.0.0.0/8"]
    registry = SimpleNamespace(
        HKEY_CURRENT_USER=1, OpenKey=lambda key, path: nullcontext(), QueryValueEx=lambda key, name: (";".join(["<local>", *listed]), 1)
    )
    monkeypatch.setitem(sys.modules, "winreg", registry)
    settings = SimpleNamespace(_get_proxy_settings=lambda: {"exclude_simple": True, "exceptions": (*listed, None)})
    monkeypatch.setitem(sys.modules, "_scproxy", settings)
    monkeypatch.setattr("urllib.request.getproxies", lambda: {"https": "http://proxy.firm.example:3128"})
    monkeypatch.setattr("app.network.proxy.sys", SimpleNamespace(platform=system))
    for look in ("getaddrinfo", "gethostbyname", "getfqdn", "gethostbyaddr"):
        monkeypatch.setattr(socket, look, None)
    assert system_proxy("mail.firm.example", 993) == Proxy("proxy.firm.example", 3128)
    for host in ("mail.inside.example", "169.254.7.7", "10.1.1.1", "mailhost", "localhost"):
        assert system_proxy(host, 993) is None, host


@pytest.fixture
def gnome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str, str], None]:
    """A desktop's settings as the real `gsettings` keeps them, in a file of their own."""
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (("GSETTINGS_BACKEND", "keyfile"), ("XDG_CONFIG_HOME", str(tmp_path)), ("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")):
        monkeypatch.setenv(name, value)

    def set(kind: str, key: str, value: str) -> None:
        subprocess.run(["gsettings", "set", f"org.gnome.system.proxy{kind}", key, value], check=True, capture_output=True)

    return set


def test_the_settings_of_gnome_count_where_no_variable_does(gnome: Callable[[str, str, str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    gnome(".https", "host", "proxy.firm.example")
    gnome(".https", "port", "3128")
    gnome("", "ignore-hosts", "['localhost', '10.0.0.0/8', '*.inside.example']")
    assert system_proxy("mail.firm.example", 993) is None, "the mode is none"
    gnome("", "mode", "manual")
    assert system_proxy("mail.firm.example", 993) == Proxy("proxy.firm.example", 3128)
    assert system_proxy("mail.inside.example", 993) is None
    assert system_proxy("10.1.1.1", 993) is None
    gnome(".http", "use-authentication", "true")
    gnome(".http", "authentication-user", "nitaq")
    gnome(".http", "authentication-password", "p:w'#\"@")
    assert system_proxy("mail.firm.example", 993) == Proxy("proxy.firm.example", 3128, "nitaq", "p:w'#\"@")
    monkeypatch.setenv("https_proxy", "other.example:8080")
    assert system_proxy("mail.firm.example", 993) == Proxy("other.example", 8080)


def test_what_gnome_names_and_cannot_be_used_is_said(gnome: Callable[[str, str, str], None]) -> None:
    gnome("", "mode", "manual")
    gnome(".socks", "host", "proxy.firm.example")
    gnome(".socks", "port", "1080")
    assert failure(lambda: system_proxy("mail.firm.example", 993)).code == "proxy.setting"
    gnome("", "mode", "auto")
    assert failure(lambda: system_proxy("mail.firm.example", 993)).code == "proxy.automatic"
    assert system_proxy("localhost", 993) is None


KDE = "[Proxy Settings]\nProxyType={kind}\nhttpProxy=http://other.example 80\n" \
    "httpsProxy=http://proxy.firm.example 3128\nNoProxyFor=.inside.example,10.0.0.0/8\n"


@pytest.mark.parametrize(("kind", "found"), [(1, Proxy("proxy.firm.example", 3128)), (0, None), (4, None)])
def test_the_settings_of_kde_count_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gnome: object, kind: int, found: Proxy | None) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "KDE")
    assert system_proxy("mail.firm.example", 993) is None
    (tmp_path / "kioslaverc").write_text(KDE.format(kind=kind), encoding="utf-8")
    assert system_proxy("mail.firm.example", 993) == found
    assert system_proxy("mail.inside.example", 993) is None


@pytest.mark.parametrize("text", ["", "no section", "[Proxy Settings]\nProxyType", "[Proxy Settings]\nProxyType=1\nhttpsProxy=\n", "\x00[[["])
def test_settings_of_kde_that_make_no_sense_are_none(text: str) -> None:
    assert kde_proxy(text).url == ""
    assert kde_proxy(KDE.format(kind=2)).automatic


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "mail.localhost", "127.0.0.1", "127.9.9.9", "::1"])
def test_this_computer_has_many_names(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.firm.example:3128")
    assert system_proxy(host, 993) is None
    assert system_proxy("mail.firm.example", 993) == Proxy("proxy.firm.example", 3128)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [code for code in SENTENCES if code.startswith("proxy.") and code != "proxy.automatic"])
def test_each_failure_has_its_sentence(code: str, language: str) -> None:
    sentence = describe(code, {"proxy": "proxy.firm.example:3128", "target": f"{HOST}:993", "reason": "403 Forbidden"}, Translation(language))
    assert "proxy.firm.example:3128" in sentence
    assert "?" not in sentence


@pytest.mark.parametrize("text", ["http://sara:geheim", "sara:geheim", "http://sara:geheim@", "proxy.example:8080;sara:geheim"])
def test_a_password_whose_host_was_left_out_is_not_shown(text: str) -> None:
    with pytest.raises(UserError) as raised:
        proxy_of(text)
    assert "geheim" not in str(raised.value.params)
