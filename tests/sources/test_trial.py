"""Trying an account out: each failure is put down to its step, and nothing secret goes to a server that was not proven."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.error_text import describe
from app.i18n import LANGUAGES, Translation
from app.model import Trial, TrialStep
from app.sources import Connection, parse_address
from app.sources.imap.trial import try_out
from tests.mailmaker import message
from tests.servers.certificates import Authority, authority
from tests.servers.dovecot import Dovecot, free_port
from tests.servers.scripted import Scripted, answering

USER = "sara@firm.example"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    with Dovecot(tmp_path_factory.mktemp("dovecot")) as dovecot:
        dovecot.add_maildir(USER, [message()])
        dovecot.add_maildir(USER, [message()], "Archive")
        yield dovecot


@pytest.fixture(scope="module")
def ca(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("ca"))


def tried(server: Dovecot, scheme: str = "imaps", **options: object) -> Trial:
    values = {"secret": server.password, "ca_file": server.ca_file, **options}
    return try_out(parse_address(server.url(USER, scheme)), Connection(**values))  # type: ignore[arg-type]


def scripted(server: Scripted, **options: object) -> Trial:
    source = f"imaps://sara%40firm.example@localhost:{server.port}"
    return try_out(parse_address(source), Connection(secret=Dovecot.password, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
def test_what_works_is_said_with_the_number_of_folders(server: Dovecot, scheme: str) -> None:
    trial = tried(server, scheme)
    assert (trial.failed, trial.code) == (None, "")
    assert trial.folders >= 2


def test_a_wrong_password_fails_at_signing_in(server: Dovecot) -> None:
    trial = tried(server, secret="wrong")
    assert (trial.failed, trial.code) == (TrialStep.SIGN_IN, "auth.failed")


@pytest.mark.parametrize("address", ["imaps://sara@localhost:{port}", "imaps://sara@nowhere.invalid"])
def test_a_wrong_host_or_port_is_not_reached(address: str) -> None:
    trial = try_out(parse_address(address.format(port=free_port())), Connection(secret="x"))
    assert (trial.failed, trial.code) == (TrialStep.REACH, "connection")


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
def test_a_certificate_that_nobody_vouches_for_is_shown_and_not_accepted(server: Dovecot, scheme: str) -> None:
    trial = tried(server, scheme, ca_file=None)
    assert (trial.failed, trial.code) == (TrialStep.ENCRYPT, "tls.certificate")
    assert trial.certificate is not None
    assert "localhost" in trial.certificate.names
    assert "trustme" in trial.certificate.issuer
    assert len(trial.certificate.fingerprint) == 32 * 3 - 1


def test_a_certificate_of_another_host_names_the_hosts_that_it_stands_for(ca: Authority) -> None:
    with Scripted(answering({}), ca.server("mail.elsewhere.example")) as server:
        trial = scripted(server, ca_file=ca.file)
    assert trial.certificate is not None
    assert trial.certificate.names == ("mail.elsewhere.example",)
    assert server.log == []


def test_a_certificate_that_ended_tells_its_days(ca: Authority) -> None:
    now = datetime.now(UTC)
    with Scripted(answering({}), ca.server("localhost", not_before=now - timedelta(days=9), not_after=now - timedelta(days=3))) as server:
        trial = scripted(server, ca_file=ca.file)
    assert trial.code == "tls.certificate"
    assert trial.certificate is not None
    assert trial.certificate.ends == (now - timedelta(days=3)).date().isoformat()
    assert server.log == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (b"[ALERT] Application-specific password required: https://support.example/", "auth.app_password"),
        (b"[AUTHENTICATIONFAILED] Use an app password", "auth.app_password"),
        (b"[ALERT] Your account is not enabled for IMAP use.", "auth.imap_off"),
        (b"IMAP access is disabled for this user", "auth.imap_off"),
        (b"[AUTHENTICATIONFAILED] Invalid credentials", "auth.failed"),
    ],
)
def test_what_a_provider_asks_for_in_words_is_understood(ca: Authority, words: bytes, code: str) -> None:
    with Scripted(answering({b"AUTHENTICATE": b"{tag} NO " + words + b"\r\n"}), ca.server("localhost")) as server:
        trial = scripted(server, ca_file=ca.file)
    assert (trial.failed, trial.code) == (TrialStep.SIGN_IN, code)
    for language in LANGUAGES:
        assert describe(code, dict(trial.params), Translation(language))


def test_no_trial_leaves_a_line_of_the_secret_with_a_server_that_was_not_proven(ca: Authority, tmp_path: Path) -> None:
    with Scripted(answering({}), ca.server("localhost")) as server:
        trial = scripted(server)
    assert trial.failed is TrialStep.ENCRYPT
    assert server.log == []
