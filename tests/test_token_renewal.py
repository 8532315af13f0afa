"""A sign-in with the browser in use without a window: tokens are made of what the keyring holds, against a real Dovecot that asks a real service about each."""

from __future__ import annotations

import io
import json
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from app import cli
from app.accounts import open_account
from app.error_text import describe
from app.errors import NitaqError, UserError
from app.i18n import LANGUAGES, Translation
from app.model import Account, OAuthClient
from app.sign_in.grant import Grant, grant_of
from app.sources import Connection
from app.sources.imap import bounds
from app.store.folder import StoreFolder
from tests.mailmaker import message
from tests.servers.dovecot import Dovecot
from tests.servers.oauth import AuthorizationServer

USER = "sara@firm.example"


@dataclass
class MemoryKeyring:
    """In place of the system's; `takes` is whether it keeps what it is given."""

    kept: dict[str, str] = field(default_factory=dict)
    takes: bool = True

    def get(self, account: str) -> str | None:
        return self.kept.get(account)

    def set(self, account: str, secret: str) -> None:
        if not self.takes:
            raise UserError("secret.unavailable")
        self.kept[account] = secret


@dataclass
class Place:
    """Both servers, a workspace with one account that is signed in with the browser, and the keyring."""

    oauth: AuthorizationServer
    dovecot: Dovecot
    store: Path
    account: Account
    keyring: MemoryKeyring

    def save(self, account: Account) -> None:
        self.account = account
        with closing(StoreFolder(self.store).workspace()) as workspace:
            workspace.save_account(account)

    def grant(self, access: str = "", expires: int = 0) -> Grant:
        """One whose access token is over, and whose refresh token counts."""
        self.oauth.refresh.add("refresh-0")
        return Grant(access, expires, "refresh-0", self.oauth.client_secret)

    @property
    def source(self) -> str:
        return self.account.source


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[AuthorizationServer, Dovecot]]:
    with (
        AuthorizationServer(tmp_path_factory.mktemp("oauth")) as oauth,
        Dovecot(tmp_path_factory.mktemp("dovecot"), oauth.introspection(), oauth.ca_file) as dovecot,
    ):
        dovecot.add_maildir(USER, [message(1), message(2)])
        yield oauth, dovecot


@pytest.fixture
def place(servers: tuple[AuthorizationServer, Dovecot], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    oauth, dovecot = servers
    oauth.forget_all()
    both = tmp_path / "both.pem"
    both.write_bytes(oauth.ca_file.read_bytes() + dovecot.ca_file.read_bytes())
    keyring = MemoryKeyring()
    monkeypatch.setattr(cli, "Keyring", lambda: keyring)
    monkeypatch.setattr(bounds, "LONGEST_PAUSE", 0.0)
    account = Account("sara", dovecot.url(USER), keep_secret=True, ca_file=str(both), oauth=oauth.client())
    made = Place(oauth, dovecot, tmp_path / "store", account, keyring)
    made.save(account)
    return made


Run = Callable[..., tuple[int, list[dict[str, object]], str]]


@pytest.fixture
def run(place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`nitaq audit account:sara` with JSON lines; gives the status, the events, and all that was said."""

    def call(*words: str, line: str | None = None) -> tuple[int, list[dict[str, object]], str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((line or "").encode() + b"\n")))
        given = ["--secret-stdin"] if line is not None else []
        status = cli.main(["audit", "account:sara", "--store", str(place.store), "--progress", "json", *given, *words])
        said = capsys.readouterr()
        return status, [json.loads(each) for each in said.out.splitlines()], said.out + said.err

    return call


def codes(events: list[dict[str, object]]) -> list[object]:
    return [event["code"] for event in events if event["event"] == "warning"]


def test_an_audit_without_words_signs_in_as_the_account_does_and_keeps_what_was_renewed(place: Place, run: Run) -> None:
    place.keyring.kept[place.source] = place.grant().to_secret()
    status, events, said = run()
    assert (status, events[-1]["messages"], codes(events)) == (0, 2, [])
    kept = grant_of(place.keyring.kept[place.source])
    assert kept.refresh_token in place.oauth.refresh - {"refresh-0"}
    assert place.oauth.access[kept.access_token]
    for secret in (kept.access_token, kept.refresh_token, kept.client_secret):
        assert secret not in said


def test_what_lasts_is_not_renewed(place: Place, run: Run) -> None:
    place.oauth.access["access-0"] = True
    place.keyring.kept[place.source] = before = place.grant("access-0", 4_000_000_000).to_secret()
    status, _, _ = run("--auth", "oauth")
    assert status == 0
    assert place.keyring.kept[place.source] == before
    assert [path for path, _ in place.oauth.heard if path == "token"] == []


def test_a_keyring_that_does_not_take_it_is_said_and_the_audit_goes_on(place: Place, run: Run) -> None:
    place.keyring.kept[place.source] = place.grant().to_secret()
    place.keyring.takes = False
    status, events, _ = run()
    assert (status, codes(events), events[-1]["status"]) == (0, ["secret.not_kept"], "complete")


def test_a_sign_in_that_is_kept_nowhere_stays_so(place: Place, run: Run) -> None:
    place.save(replace(place.account, keep_secret=False))
    status, events, _ = run(line=place.grant().to_secret())
    assert (status, codes(events)) == (0, [])
    assert place.keyring.kept == {}


def test_a_permission_that_was_taken_back_ends_with_what_to_do(place: Place, run: Run) -> None:
    place.keyring.kept[place.source] = replace(place.grant(), refresh_token="taken-back").to_secret()
    status, events, _ = run()
    assert (status, events[-1]["status"], codes(events)) == (1, "error", ["oauth.expired"])
    assert "Sign in again with the browser" in describe("oauth.expired", {"service": "Firm"}, Translation())


def test_nothing_in_the_keyring_ends_with_what_to_do(place: Place, run: Run) -> None:
    status, events, _ = run()
    assert (status, codes(events)) == (1, ["oauth.missing"])
    for language in LANGUAGES:
        assert "sara" in describe("oauth.missing", {"account": "sara"}, Translation(language))


def test_a_token_that_ended_before_its_time_is_renewed_once(place: Place, run: Run) -> None:
    place.oauth.access["access-0"] = False
    place.keyring.kept[place.source] = place.grant("access-0", 4_000_000_000).to_secret()
    status, events, _ = run()
    assert (status, events[-1]["messages"]) == (0, 2)
    assert grant_of(place.keyring.kept[place.source]).access_token != "access-0"


def test_a_mailbox_that_takes_no_token_is_said_after_one_renewal(place: Place, run: Run) -> None:
    place.oauth.user = "omar@firm.example"
    place.keyring.kept[place.source] = place.grant("access-0", 4_000_000_000).to_secret()
    status, events, _ = run()
    place.oauth.user = USER
    assert (status, codes(events)) == (1, ["auth.failed"])
    assert sum(path == "token" for path, _ in place.oauth.heard) == 1
    params = next(event["params"] for event in events if event["event"] == "warning")
    for language in LANGUAGES:
        sentence = describe("auth.failed", params, Translation(language))  # type: ignore[arg-type]
        assert sentence == describe("auth.token", params, Translation(language))  # type: ignore[arg-type]
        assert USER in sentence


def test_what_the_browser_gave_is_never_sent_as_a_password(place: Place, run: Run) -> None:
    place.keyring.kept[place.source] = place.grant().to_secret()
    status, events, _ = run("--auth", "password")
    assert (status, codes(events)) == (1, ["secret.unavailable"])


def test_an_app_password_opens_a_mailbox_of_that_account_too(place: Place, run: Run) -> None:
    status, events, _ = run("--auth", "password", line=place.dovecot.password)
    assert (status, events[-1]["messages"]) == (0, 2)


@pytest.mark.parametrize("auth", ["xoauth2", "oauthbearer", "oauth"])
def test_a_bare_token_is_used_as_it_is(place: Place, run: Run, auth: str) -> None:
    place.oauth.access["access-0"] = True
    status, events, _ = run("--auth", auth, line="access-0")
    assert (status, events[-1]["messages"]) == (0, 2)
    assert sum(path == "token" for path, _ in place.oauth.heard) == 0


def test_a_grant_that_is_handed_in_for_a_password_account_is_refused(place: Place) -> None:
    account = replace(place.account, oauth=None)
    secret = place.grant().to_secret()
    with pytest.raises(UserError) as caught:
        open_account(account, Connection(auth=""), lambda _: secret, lambda *_: None)
    assert caught.value.code == "secret.unavailable"


def test_a_header_is_fetched_with_a_grant_of_an_account_that_is_not_known(place: Place, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    place.oauth.access["access-0"] = True
    grant = place.grant("access-0", 4_000_000_000).to_secret()
    sys.stdin = io.TextIOWrapper(io.BytesIO(grant.encode() + b"\n"))
    words = ["header", "--secret-stdin", "--auth", "oauth", "--ca", place.account.ca_file, place.source, "INBOX;UIDVALIDITY=1/;UID=1"]
    assert cli.main(words) == 1
    assert "could not be read" in capsys.readouterr().err  # signed in, and told that there is no such message


def test_a_token_that_ends_while_a_mailbox_is_read_is_renewed_when_the_connection_is_made_again(place: Place) -> None:
    place.oauth.lifetime = 1
    kept: list[Grant] = []
    secret = place.grant().to_secret()
    with closing(open_account(place.account, Connection(auth=""), lambda _: secret, lambda _, text: kept.append(grant_of(text)))) as source:
        (inbox,) = [folder for folder in source.folders() if folder.name == "INBOX"]
        place.oauth.end_all()
        source._session.wire.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[attr-defined]
        assert len(list(source.present(inbox))) == 2
    place.oauth.lifetime = 3600
    assert len(kept) == 2
    assert kept[-1].refresh_token in place.oauth.refresh


def test_a_permission_that_is_taken_back_while_a_mailbox_is_read_is_said(place: Place) -> None:
    place.oauth.lifetime = 1
    secret = place.grant().to_secret()
    with closing(open_account(place.account, Connection(auth=""), lambda _: secret, lambda *_: None)) as source:
        (inbox,) = [folder for folder in source.folders() if folder.name == "INBOX"]
        place.oauth.forget_all()
        source._session.wire.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[attr-defined]
        with pytest.raises(NitaqError) as caught:
            list(source.present(inbox))
    place.oauth.lifetime = 3600
    assert caught.value.code == "oauth.expired"


def test_an_account_that_signs_in_with_the_browser_comes_back_from_the_workspace(place: Place) -> None:
    account = replace(place.account, direct=True, oauth=OAuthClient("id", place.oauth.client().service))
    place.save(account)
    with closing(StoreFolder(place.store).workspace()) as workspace:
        assert workspace.account(account.source) == account
