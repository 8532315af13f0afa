"""Signing in with a browser, end to end: a local authorisation server, the loopback redirect, and Dovecot, which asks that server about each token."""

from __future__ import annotations

import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from app.error_text import SENTENCES, describe
from app.errors import NitaqError, UserError, WorldError
from app.i18n import LANGUAGES, Translation
from app.model import OAuthClient
from app.sign_in.consent import Consent
from app.sign_in.grant import Grant, grant_of
from app.sign_in.redirect import Redirect, _Listener
from app.sign_in.services import SERVICES
from app.sign_in.tokens import Tokens
from app.sources import Connection, open_source
from tests.mailmaker import message
from tests.servers.certificates import authority
from tests.servers.dovecot import Dovecot, free_port
from tests.servers.oauth import SCOPE, AuthorizationServer
from tests.servers.scripted import Scripted, Talk

USER = "sara@firm.example"
NOW = 1_790_000_000


@pytest.fixture
def oauth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[AuthorizationServer]:
    monkeypatch.setenv("no_proxy", "*")
    with AuthorizationServer(tmp_path / "oauth") as server:
        yield server


@pytest.fixture
def dovecot(tmp_path: Path, oauth: AuthorizationServer) -> Iterator[Dovecot]:
    with Dovecot(tmp_path / "dovecot", oauth.introspection(), oauth.ca_file) as server:
        server.add_maildir(USER, [message()])
        yield server


def tokens(oauth: AuthorizationServer, clock: Callable[[], float] = lambda: NOW, client: OAuthClient | None = None) -> Tokens:
    return Tokens(client or oauth.client(), oauth.ca_file, clock)


def visit(oauth: AuthorizationServer, url: str) -> str:
    """What a browser does with the page of an authorisation server that agrees at once."""
    handlers = [urllib.request.HTTPSHandler(context=oauth.browser_context()), urllib.request.ProxyHandler({})]
    with urllib.request.build_opener(*handlers).open(url, timeout=10) as page:
        return str(page.read().decode())


def signed_in(oauth: AuthorizationServer, client_secret: str = "", language: str = "en", shown: list[str] | None = None) -> Grant:
    consent = Consent(oauth.client(), USER, tokens(oauth), Translation(language))
    browser = threading.Thread(target=lambda: (shown if shown is not None else []).append(visit(oauth, consent.url)))
    browser.start()
    try:
        return consent.wait(client_secret or oauth.client_secret, lambda: False)
    finally:
        browser.join()


def failure(work: Callable[[], object]) -> NitaqError:
    with pytest.raises(NitaqError) as caught:
        work()
    return caught.value


@pytest.mark.parametrize("auth", ["xoauth2", "oauthbearer"])
def test_a_consent_in_the_browser_opens_the_mailbox(oauth: AuthorizationServer, dovecot: Dovecot, auth: str) -> None:
    grant = signed_in(oauth)
    connection = Connection(auth=auth, secret=grant.access_token, ca_file=dovecot.ca_file)
    source = open_source(dovecot.url(USER), connection)
    assert "INBOX" in [folder.name for folder in source.folders()]
    source.close()
    assert ("introspect", {"token": grant.access_token}) in [(path, {"token": fields.get("token", "")}) for path, fields in oauth.heard]


@pytest.mark.parametrize("auth", ["xoauth2", "oauthbearer"])
def test_an_expired_token_is_refused_by_the_server_and_a_renewed_one_is_not(oauth: AuthorizationServer, dovecot: Dovecot, auth: str) -> None:
    grant = signed_in(oauth)
    oauth.end_all()
    expired = Connection(auth=auth, secret=grant.access_token, ca_file=dovecot.ca_file)
    assert failure(lambda: open_source(dovecot.url(USER), expired)).code == "auth.failed"
    renewed = tokens(oauth, lambda: grant.expires).fresh(grant)
    assert renewed.access_token != grant.access_token
    assert renewed.client_secret == grant.client_secret
    open_source(dovecot.url(USER), replace(expired, secret=renewed.access_token)).close()


def test_a_token_of_one_user_does_not_open_the_mailbox_of_another(oauth: AuthorizationServer, dovecot: Dovecot) -> None:
    grant = signed_in(oauth)
    connection = Connection(auth="xoauth2", secret=grant.access_token, ca_file=dovecot.ca_file)
    assert failure(lambda: open_source(dovecot.url("omar@firm.example"), connection)).code == "auth.failed"


def test_what_was_revoked_neither_opens_the_mailbox_nor_is_renewed(oauth: AuthorizationServer, dovecot: Dovecot) -> None:
    grant = signed_in(oauth)
    tokens(oauth).revoke(grant)
    connection = Connection(auth="xoauth2", secret=grant.access_token, ca_file=dovecot.ca_file)
    assert failure(lambda: open_source(dovecot.url(USER), connection)).code == "auth.failed"
    assert failure(lambda: tokens(oauth, lambda: grant.expires).fresh(grant)).code == "oauth.expired"


def test_the_page_is_asked_with_a_proof_key_and_a_state_of_this_round(oauth: AuthorizationServer) -> None:
    signed_in(oauth)
    signed_in(oauth)
    first, second = (fields for path, fields in oauth.heard if path == "authorize")
    assert first["code_challenge_method"] == "S256"
    assert first["login_hint"] == USER
    assert first["scope"] == SCOPE
    assert urlsplit(first["redirect_uri"]).hostname == "127.0.0.1"
    assert first["state"] != second["state"]
    assert first["code_challenge"] != second["code_challenge"]
    assert "code_verifier" not in first


def test_a_token_that_lasts_is_used_again_without_asking(oauth: AuthorizationServer) -> None:
    grant = signed_in(oauth)
    asked = len(oauth.heard)
    assert tokens(oauth).fresh(grant) == grant
    assert len(oauth.heard) == asked


def test_an_answer_with_another_state_does_not_count(oauth: AuthorizationServer) -> None:
    consent = Consent(oauth.client(), USER, tokens(oauth), Translation())
    redirect = parse_qs(urlsplit(consent.url).query)["redirect_uri"][0]
    codes: list[int] = []

    def forge_then_visit() -> None:
        for forged in ("/?code=stolen&state=guessed", "/?code=stolen", "/favicon.ico"):
            with pytest.raises(urllib.error.HTTPError) as caught, urllib.request.build_opener(urllib.request.ProxyHandler({})).open(redirect + forged):
                pass
            codes.append(caught.value.code)
            caught.value.close()
        visit(oauth, consent.url)

    browser = threading.Thread(target=forge_then_visit)
    browser.start()
    grant = consent.wait(oauth.client_secret, lambda: False)
    browser.join()
    assert codes == [404, 404, 404]
    assert grant.access_token in oauth.access
    assert "stolen" not in str(oauth.heard)


@pytest.mark.parametrize(
    ("answer", "code"), [({"error": "access_denied"}, "oauth.refused"), ({"error": "server_error", "error_description": "broken"}, "oauth.failed")]
)
def test_a_refusal_in_the_browser_is_said(oauth: AuthorizationServer, answer: dict[str, str], code: str) -> None:
    oauth.answer = answer
    assert failure(lambda: signed_in(oauth)).code == code
    assert oauth.access == {}


def test_a_client_that_the_service_does_not_know_is_said(oauth: AuthorizationServer) -> None:
    assert failure(lambda: signed_in(oauth, client_secret="wrong")).code == "oauth.client"


def test_a_consent_without_mail_is_a_refusal(oauth: AuthorizationServer) -> None:
    oauth.scope = "profile"
    assert failure(lambda: signed_in(oauth)).code == "oauth.refused"


def test_waiting_ends_when_the_user_cancels_and_nobody_listens_any_more(oauth: AuthorizationServer) -> None:
    consent = Consent(oauth.client(), USER, tokens(oauth), Translation())
    redirect = parse_qs(urlsplit(consent.url).query)["redirect_uri"][0]
    assert failure(lambda: consent.wait("", lambda: True)).code == "oauth.cancelled"
    with pytest.raises(urllib.error.URLError):
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(redirect, timeout=2)


def test_a_connection_that_a_browser_opens_beforehand_holds_up_nothing() -> None:
    redirect = Redirect("state-1", ("en", "ltr", "Done"))
    place = urlsplit(redirect.uri)
    assert place.hostname
    assert place.port
    with socket.create_connection((place.hostname, place.port)) as silent, ThreadPoolExecutor() as pool:
        waiting = pool.submit(redirect.wait, 60.0, lambda: False)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        assert b"Done" in opener.open(f"{redirect.uri}/?state=state-1&code=1", timeout=4).read(), "before the silent one is given up after five seconds"
        assert waiting.result(timeout=10).endswith("/?state=state-1&code=1")
        silent.sendall(b"")


def test_waiting_for_the_browser_has_an_end(oauth: AuthorizationServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.sign_in.consent._SECONDS", -1.0)
    assert failure(lambda: Consent(oauth.client(), USER, tokens(oauth), Translation()).wait("", lambda: False)).code == "oauth.timeout"


def test_a_service_that_is_not_there_or_not_proven_is_said(oauth: AuthorizationServer) -> None:
    away = replace(oauth.client().service, token=f"https://localhost:{free_port()}/token")
    gone = Grant("x", 0, "y")
    assert isinstance(failure(lambda: tokens(oauth, client=OAuthClient("x", away)).fresh(gone)), WorldError)
    assert failure(lambda: Tokens(oauth.client()).fresh(gone)).code == "connection"
    assert oauth.heard == []


@pytest.mark.parametrize("answer", [b"what?\r\n\r\n", b"HTTP/1.1 400 No\r\nContent-Length: 99\r\n\r\n{", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n{", b""])
def test_a_service_that_speaks_nonsense_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    monkeypatch.setenv("no_proxy", "*")
    ca = authority(tmp_path)

    def script(talk: Talk) -> None:
        while talk.hear():
            pass
        talk.hear_some()
        talk.say(answer)
        talk.hang_up()

    with Scripted(script, ca.server("localhost")) as server:
        service = replace(SERVICES["google"], revoke=f"https://localhost:{server.port}/revoke", token=f"https://localhost:{server.port}/token")
        broken = Tokens(OAuthClient("x", service), ca.file)
        assert failure(lambda: broken.fresh(Grant("x", 0, "y"))).code in ("connection", "oauth.failed")


def answering(tmp_path: Path, status: str, body: bytes) -> tuple[Scripted, Callable[[int], Tokens]]:
    """A service with one answer, and its tokens by its port."""
    ca = authority(tmp_path)

    def script(talk: Talk) -> None:
        while talk.hear():
            pass
        talk.hear_some()
        talk.say(f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        talk.hang_up()

    def of(port: int) -> Tokens:
        service = replace(SERVICES["google"], revoke=f"https://localhost:{port}/revoke", token=f"https://localhost:{port}/token")
        return Tokens(OAuthClient("x", service), ca.file)

    return Scripted(script, ca.server("localhost")), of


@pytest.mark.parametrize("status", ["400", "401", "404", "500", "503"])
def test_a_revocation_that_is_refused_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: str) -> None:
    monkeypatch.setenv("no_proxy", "*")
    server, of = answering(tmp_path, status, b'{"error": "server_error"}')
    with server:
        assert failure(lambda: of(server.port).revoke(Grant("x", 0, "y"))).code == "oauth.failed"


def test_what_is_not_valid_any_more_needs_no_revocation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    server, of = answering(tmp_path, "400", b'{"error": "invalid_token"}')
    with server:
        of(server.port).revoke(Grant("x", 0, "y"))


@pytest.mark.parametrize(
    "body", [b"[]", b'{"access_token": "t", "scope": 7}', b'{"access_token": "t", "expires_in": 1e400}', b'{"error": {"a": 1}}', b"[" * 60_000]
)
def test_tokens_of_the_wrong_shape_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
    monkeypatch.setenv("no_proxy", "*")
    server, of = answering(tmp_path, "200", body)
    with server:
        assert failure(lambda: of(server.port).fresh(Grant("x", 0, "y"))).code == "oauth.failed"


def test_an_authority_whose_file_is_gone_is_said(oauth: AuthorizationServer, tmp_path: Path) -> None:
    assert failure(lambda: Tokens(oauth.client(), tmp_path / "gone.pem")).code == "input"


def test_no_secret_goes_to_an_address_without_encryption(oauth: AuthorizationServer) -> None:
    plain = replace(oauth.client().service, token="http://localhost/token", authorize="http://localhost/authorize")
    client = OAuthClient("x", plain)
    assert failure(lambda: tokens(oauth, client=client).fresh(Grant("x", 0, "y"))).code == "oauth.client"
    assert failure(lambda: Consent(client, USER, tokens(oauth, client=client), Translation())).code == "oauth.client"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_is_told_that_it_is_done_in_the_users_language(oauth: AuthorizationServer, language: str) -> None:
    shown: list[str] = []
    signed_in(oauth, language=language, shown=shown)
    assert Translation(language)("You can close this page and go back to Nitaq.") in shown[0]
    assert ('dir="rtl"' in shown[0]) == (language == "ar")


def test_a_grant_comes_back_from_its_secret_and_is_in_no_representation() -> None:
    grant = Grant("access", 5, "refresh", "hush")
    assert grant_of(grant.to_secret()) == grant
    assert not {"access'", "refresh'", "hush"} & set(repr(grant).replace(",", " ").split())
    for nothing in (None, "", "a password", "[]", "{}"):
        assert grant_of(nothing) == Grant()


def test_a_grant_without_a_refresh_token_ends_with_its_access_token(oauth: AuthorizationServer) -> None:
    assert failure(lambda: tokens(oauth).fresh(Grant("x", NOW))).code == "oauth.expired"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [code for code in SENTENCES if code.startswith("oauth.")])
def test_each_failure_has_its_sentence(code: str, language: str) -> None:
    assert "?" not in describe(code, {"service": "Google", "reason": "x", "account": "sara"}, Translation(language))


def test_the_services_that_come_along_are_reached_over_tls_alone() -> None:
    for service in SERVICES.values():
        assert all(urlsplit(url).scheme == "https" for url in (service.authorize, service.token, service.revoke) if url)
        assert service.scopes


def test_user_errors_are_the_users_to_mend(oauth: AuthorizationServer) -> None:
    assert isinstance(failure(lambda: tokens(oauth).fresh(Grant())), UserError)


def test_a_computer_on_which_nobody_can_listen_is_said(oauth: AuthorizationServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(self: _Listener) -> None:
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(_Listener, "server_bind", busy)
    error = failure(lambda: Consent(oauth.client(), USER, tokens(oauth), Translation()))
    assert (error.code, error.params["reason"]) == ("oauth.listening", "Address already in use")


def test_waiting_for_the_browser_asks_nobody_for_this_computers_name(oauth: AuthorizationServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getfqdn", lambda name="": pytest.fail("DNS was asked"))
    assert signed_in(oauth).access_token
