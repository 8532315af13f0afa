"""Before a secret is sent, and when a server does not do what servers do: each case ends with its own code, and nothing leaks."""

from __future__ import annotations

import base64
import socket
import ssl
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import NitaqError, Refused, UserError, WorldError
from app.sources import Connection, open_source
from app.sources.base import Source
from app.sources.imap import bounds
from app.sources.imap.commands import NotAllowed, checked, checked_answer, quoted
from tests.servers.certificates import Authority, authority, self_signed
from tests.servers.dovecot import Dovecot, free_port
from tests.servers.scripted import Script, Scripted, Talk, answering, fetched, mailbox

SECRET = "a very secret word"
HEADER = b"From: Sara <sara@partner.example>\r\nSubject: hello\r\n\r\n"


@pytest.fixture(scope="module")
def ca(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("ca"))


def connect(server: Scripted, scheme: str = "imap", host: str = "127.0.0.1", **options: object) -> Source:
    """`imap` alone means plain text here; STARTTLS where a CA is given."""
    given: dict[str, object] = {"secret": SECRET, "timeout": 5.0, "insecure_plaintext": "ca_file" not in options, **options}
    return open_source(f"{scheme}://sara%40firm.example@{host}:{server.port}", Connection(**given))  # type: ignore[arg-type]


def failure(server: Scripted, scheme: str = "imap", host: str = "127.0.0.1", **options: object) -> NitaqError:
    with pytest.raises(NitaqError) as caught:
        connect(server, scheme, host, **options)
    assert SECRET not in str(caught.value)
    return caught.value


def leaked(server: Scripted) -> bool:
    heard = b"\n".join(server.log)
    return SECRET.encode() in heard or base64.b64encode(SECRET.encode())[:12] in heard or b"LOGIN" in heard or b"AUTHENTICATE" in heard


# Certificates --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["imaps", "imap"])
@pytest.mark.parametrize("names", [("localhost",), ("*.firm.example",)], ids=["good", "wrong host"])
def test_a_certificate_has_to_name_the_host(ca: Authority, scheme: str, names: tuple[str, ...]) -> None:
    context = ca.server(*names)
    with Scripted(answering(tls=context), context if scheme == "imaps" else None) as server:
        if names == ("localhost",):
            connect(server, scheme, "localhost", ca_file=ca.file).close()
            return
        error = failure(server, scheme, "localhost", ca_file=ca.file)
        assert (type(error), error.code) == (Refused, "tls.certificate")
        assert error.params["host"] == "localhost"
        assert not leaked(server)


@pytest.mark.parametrize("days", [(-9, -2), (2, 9)], ids=["expired", "not yet valid"])
def test_a_certificate_has_to_be_valid_now(ca: Authority, days: tuple[int, int]) -> None:
    now = datetime.now(UTC)
    context = ca.server("localhost", not_before=now + timedelta(days=days[0]), not_after=now + timedelta(days=days[1]))
    with Scripted(answering(), context) as server:
        error = failure(server, "imaps", "localhost", ca_file=ca.file)
        assert (type(error), error.code) == (Refused, "tls.certificate")


def test_an_authority_that_nobody_trusts_is_refused(ca: Authority) -> None:
    with Scripted(answering(), ca.server("localhost")) as server:
        error = failure(server, "imaps", "localhost", ca_file=None)
        assert (type(error), error.code) == (Refused, "tls.certificate")
        assert not leaked(server)


def test_a_self_signed_certificate_counts_when_the_user_names_it(tmp_path: Path) -> None:
    context, certificate = self_signed(tmp_path, "localhost", ("localhost",))
    with Scripted(answering(), context) as server:
        connect(server, "imaps", "localhost", ca_file=certificate).close()
        assert failure(server, "imaps", "localhost", ca_file=None).code == "tls.certificate"


def test_a_common_name_alone_names_no_host(tmp_path: Path) -> None:
    context, certificate = self_signed(tmp_path, "localhost", ())
    with Scripted(answering(), context) as server:
        assert failure(server, "imaps", "localhost", ca_file=certificate).code == "tls.certificate"


def test_outdated_tls_is_refused(ca: Authority) -> None:
    context = ca.server("localhost")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.minimum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:@SECLEVEL=0")
    with Scripted(answering(), context) as server:
        error = failure(server, "imaps", "localhost", ca_file=ca.file)
        assert (type(error), error.code) == (Refused, "tls.version")


def test_a_server_without_tls_on_the_tls_port_is_refused(ca: Authority) -> None:
    with Scripted(answering()) as server:
        assert failure(server, "imaps", "localhost", ca_file=ca.file).code == "tls"


def test_a_ca_file_without_a_certificate_is_the_users_to_mend(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    with Scripted(answering()) as server:
        assert failure(server, "imaps", ca_file=tmp_path / "ca.pem").code == "input"
        assert failure(server, "imaps", ca_file=tmp_path / "none.pem").code == "input"


# STARTTLS ------------------------------------------------------------------------------------------------------------


def starttls(answer: bytes) -> Script:
    return answering({b"STARTTLS": answer})


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"{tag} BAD unknown\r\n", "tls.downgrade"),
        (b"{tag} NO not today\r\n", "tls.downgrade"),
        (b"* OK one\r\n" * 20, "tls.downgrade"),
        (b"{tag} OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n", "tls.injected"),
        (b"{tag} OK go\r\nx", "tls.injected"),
        (b"* BYE [UNAVAILABLE] later\r\n", "server.unavailable"),
        (b"* BYE no\r\n", "server.bye"),
        (b"garbage\r\n", "tls.downgrade"),
    ],
)
def test_starttls_is_required_and_nothing_may_hang_on_to_it(ca: Authority, answer: bytes, code: str) -> None:
    with Scripted(starttls(answer)) as server:
        error = failure(server, "imap", "localhost", ca_file=ca.file)
        assert error.code == code
        assert isinstance(error, Refused) is code.startswith("tls.")
        assert not leaked(server)


def test_what_was_said_before_starttls_does_not_count(ca: Authority) -> None:
    """An attacker before encryption claims that only LOGIN works; the capabilities behind it are those that count."""
    context = ca.server("localhost")

    def script(talk: Talk) -> None:
        talk.say(b"* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hello\r\n")
        assert talk.hear() == b"S1 STARTTLS"
        talk.say(b"* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n* 99 EXISTS\r\nS1 OK\r\n")
        talk.start_tls(context)
        answering(greeting=b"")(talk)

    with Scripted(script) as server:
        source = connect(server, "imap", "localhost", ca_file=ca.file)
        assert [folder.messages for folder in source.folders()] == [0]
        source.close()
        assert server.commands[:2] == [b"STARTTLS", b"CAPABILITY"]


@pytest.mark.parametrize("scheme", ["imap", "imaps"])
def test_somebody_who_is_signed_in_already_is_refused(ca: Authority, scheme: str) -> None:
    context = ca.server("localhost")
    with Scripted(answering(greeting=b"* PREAUTH welcome\r\n", tls=context), context if scheme == "imaps" else None) as server:
        error = failure(server, scheme, "localhost", ca_file=ca.file)
        assert (type(error), error.code) == (Refused, "auth.preauth")
        assert server.log == []


def test_plain_text_stays_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    class Elsewhere(socket.socket):
        def getpeername(self) -> tuple[str, int]:
            return "192.0.2.7", 143

    def create(address: tuple[str, int], timeout: float) -> socket.socket:
        made = Elsewhere(socket.AF_INET)
        made.settimeout(timeout)
        made.connect(address)
        return made

    with Scripted(answering()) as server:
        monkeypatch.setattr(socket, "create_connection", create)
        error = failure(server)
        assert (type(error), error.code) == (Refused, "tls.downgrade")
        assert not leaked(server)


# Signing in ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (b"{tag} NO [AUTHENTICATIONFAILED] no\r\n", UserError, "auth.failed"),
        (b"{tag} NO LOGIN failed.\r\n", UserError, "auth.failed"),
        (b"{tag} NO [EXPIRED] password too old\r\n", UserError, "auth.expired"),
        (b"{tag} NO [PRIVACYREQUIRED] no\r\n", UserError, "auth.privacy"),
        (b"{tag} NO [CONTACTADMIN] no\r\n", UserError, "auth.admin"),
        (b"{tag} NO [WEBALERT https://mail.example/] Web login required.\r\n", UserError, "auth.weblogin"),
        (b"{tag} NO [ALERT] Please log in via your web browser (web login required)\r\n", UserError, "auth.weblogin"),
        (b"{tag} NO [UNAVAILABLE] later\r\n", WorldError, "server.unavailable"),
        (b"{tag} NO [LIMIT] too many connections\r\n", WorldError, "server.limit"),
        (b"* BYE too many\r\n", WorldError, "server.bye"),
    ],
)
@pytest.mark.parametrize("capabilities", [b"IMAP4rev1", b"IMAP4rev1 AUTH=PLAIN SASL-IR"], ids=["LOGIN", "PLAIN"])
def test_a_failed_password_is_said_for_what_it_is_and_not_tried_again(answer: bytes, kind: type[NitaqError], code: str, capabilities: bytes) -> None:
    with Scripted(answering({b"LOGIN": answer, b"AUTHENTICATE": answer}, capabilities=capabilities)) as server:
        error = failure(server)
        assert (type(error), error.code) == (kind, code)
        assert sum(command.startswith((b"LOGIN", b"AUTHENTICATE")) for command in server.commands) == 1


def test_a_wrong_password_at_a_real_server(dovecot: Dovecot) -> None:
    with pytest.raises(UserError) as caught:
        open_source(dovecot.url("sara@firm.example"), Connection(secret=SECRET, ca_file=dovecot.ca_file))
    assert caught.value.code == "auth.failed"
    assert caught.value.params["user"] == "sara@firm.example"


def test_login_is_not_used_where_it_is_disabled() -> None:
    with Scripted(answering(capabilities=b"IMAP4rev1 LOGINDISABLED")) as server:
        assert failure(server).code == "auth.privacy"
        assert not leaked(server)


@pytest.mark.parametrize("password", ["two\r\nlines", "nul\0"])
def test_a_password_cannot_become_a_command(password: str) -> None:
    with Scripted(answering(capabilities=b"IMAP4rev1")) as server:
        assert failure(server, secret=password).code == "auth.failed"
        assert not leaked(server)


@pytest.mark.parametrize("password", ['quote " and \\ backslash', "كلمة سر", "{5}"])
@pytest.mark.parametrize("capabilities", [b"IMAP4rev1", b"IMAP4rev1 AUTH=PLAIN", b"IMAP4rev1 AUTH=PLAIN SASL-IR"])
def test_any_other_password_arrives_as_it_is(password: str, capabilities: bytes) -> None:
    def ask(talk: Talk, line: bytes) -> bytes:
        given = line.split(b" ")[3:]
        if not given:
            talk.say(b"+ \r\n")
            given = [talk.hear()]
        assert base64.b64decode(given[0]) == f"\0sara@firm.example\0{password}".encode()
        return b"{tag} OK done\r\n"

    with Scripted(answering({b"AUTHENTICATE": ask}, capabilities=capabilities)) as server:
        connect(server, secret=password).close()
        if b"PLAIN" not in capabilities:
            assert f'LOGIN "sara@firm.example" {quoted(password.encode()).decode()}'.encode() in server.commands


@pytest.mark.parametrize("kind", ["xoauth2", "oauthbearer"])
@pytest.mark.parametrize("initial", [b"", b" SASL-IR"])
def test_a_token_is_never_the_answer_to_an_error(kind: str, initial: bytes) -> None:
    def ask(talk: Talk, line: bytes) -> bytes:
        if not initial:
            talk.say(b"+ \r\n")
            talk.hear()
        for _ in range(3):
            talk.say(b"+ " + base64.b64encode(b'{"status":"400"}') + b"\r\n")
            talk.hear()
        return b"{tag} NO [AUTHENTICATIONFAILED] no\r\n"

    with Scripted(answering({b"AUTHENTICATE": ask}, capabilities=b"IMAP4rev1 AUTH=" + kind.upper().encode() + initial)) as server:
        assert failure(server, auth=kind).code == "auth.failed"
        tokens = [word for line in server.log for word in line.split(b" ") if len(word) > 20 and SECRET.encode() in _decoded(word)]
        assert len(tokens) == 1
        assert server.log[-2] == (b"" if kind == "xoauth2" else b"AQ==")


@pytest.mark.parametrize("kind", ["password", "xoauth2", "oauthbearer"])
def test_after_an_error_a_secret_is_not_sent_whatever_is_asked_for(kind: str) -> None:
    def ask(talk: Talk, line: bytes) -> bytes:
        for challenge in (b"+ " + base64.b64encode(b"error") + b"\r\n", b"+ \r\n"):
            talk.say(challenge)
            talk.hear()
        return b"{tag} NO [AUTHENTICATIONFAILED] no\r\n"

    mechanism = b"PLAIN" if kind == "password" else kind.upper().encode()
    with Scripted(answering({b"AUTHENTICATE": ask}, capabilities=b"IMAP4rev1 AUTH=" + mechanism)) as server:
        assert failure(server, auth=kind).code == "auth.failed"
        assert not any(SECRET.encode() in _decoded(word) for line in server.log for word in line.split(b" "))


def test_a_way_of_signing_in_that_is_not_offered_is_not_tried() -> None:
    with Scripted(answering()) as server:
        assert failure(server, auth="xoauth2").code == "auth.mechanism"
        assert not leaked(server)


def _decoded(word: bytes) -> bytes:
    try:
        return base64.b64decode(word)
    except ValueError:
        return b""


# Servers that are broken, or want to break us ---------------------------------------------------------------------------


def test_nobody_there() -> None:
    with pytest.raises(WorldError) as caught:
        open_source(f"imaps://sara@127.0.0.1:{free_port()}", Connection(secret=SECRET))
    assert caught.value.code == "connection"


@pytest.mark.parametrize(
    ("greeting", "code"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "protocol"),
        (b"* BYE [UNAVAILABLE] maintenance\r\n", "server.unavailable"),
        (b"* BYE go away\r\n", "server.bye"),
        (b"* OK " + b"x" * 100_000 + b"\r\n", "protocol.too_large"),
        (b"\x00\xff\r\n", "protocol"),
    ],
)
def test_a_greeting_that_is_none(greeting: bytes, code: str) -> None:
    with Scripted(answering(greeting=greeting)) as server:
        error = failure(server)
        assert (type(error), error.code) == (WorldError, code)
        assert all(len(str(value)) <= bounds.TEXT for value in error.params.values())


def test_a_server_that_hangs_up_at_once() -> None:
    with Scripted(lambda talk: None) as server:
        assert failure(server).code == "connection"


def test_a_silent_server_is_given_up() -> None:
    with Scripted(lambda talk: talk.hear() and None) as server:
        assert failure(server, timeout=0.2).code == "timeout"


def test_a_server_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "COMMAND_SECONDS", 0.2)
    monkeypatch.setattr(bounds, "SLOWEST", 1e9)

    def drip(talk: Talk, line: bytes) -> bytes:
        while True:
            talk.say(b"* OK still here\r\n")

    with Scripted(answering({b"LIST": drip})) as server:
        source = connect(server)
        with pytest.raises(WorldError) as caught:
            source.folders()
        assert caught.value.code in ("timeout", "protocol.too_large")
        source.close()


@pytest.mark.parametrize(
    ("command", "answer", "code"),
    [
        (b"CAPABILITY", b"{tag} NO\r\n", "protocol"),
        (b"LIST", b"* LIST ((((\r\n{tag} OK done\r\n", "protocol"),
        (b"LIST", b"* LIST () \"/\" {99999999}\r\n", "protocol.too_large"),
        (b"LIST", b"* LIST () \"/\" " + b"(" * 60_000 + b"\r\n{tag} OK done\r\n", "protocol"),
        (b"LIST", b"* LIST () \"/\" {12}\r\na\r\nX STORE 1\r\n{tag} OK done\r\n", "protocol"),
        (b"LIST", b"N999 OK whose?\r\n", "protocol"),
        (b"LIST", b"{tag} NO [INUSE] later\r\n", "server.unavailable"),
        (b"LIST", b"* BYE shutting down\r\n", "server.bye"),
        (b"LIST", b"no newline" * 10_000, "protocol.too_large"),
    ],
)
def test_an_answer_that_makes_no_sense(command: bytes, answer: bytes, code: str) -> None:
    with Scripted(answering({command: answer})) as server:
        with pytest.raises(WorldError) as caught:
            list(read(server))
        assert caught.value.code == code


# Reading ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def held() -> dict[int, bytes]:
    return {uid: HEADER.replace(b"hello", b"%d" % uid) for uid in (3, 4, 5, 743_000_000)}


@pytest.mark.parametrize("line", [b"* ESEARCH UID ALL 1:40000\r\n", b"* SEARCH" + b" 7" * 30_000 + b"\r\n"], ids=["ESEARCH", "SEARCH"])
def test_a_search_names_no_more_than_may_be_however_many_lines_it_takes(held: dict[int, bytes], line: bytes) -> None:
    with Scripted(answering({**mailbox(held), b"UID SEARCH": line * 3 + b"{tag} OK done\r\n"})) as server:
        with pytest.raises(WorldError) as caught:
            list(read(server))
        assert caught.value.code == "protocol"


def read(server: Scripted) -> Iterator[object]:
    source = connect(server)
    try:
        for folder in source.folders():
            yield from source.batches(folder)
    finally:
        source.close()


def test_the_dialogue_holds_nothing_but_allowed_commands(held: dict[int, bytes]) -> None:
    with Scripted(answering(mailbox(held))) as server:
        (batch,) = read(server)
        assert [message.id for message in batch.messages] == [f"INBOX;UIDVALIDITY=7/;UID={uid}" for uid in held]  # type: ignore[attr-defined]
        assert [command.split(b" ")[0] for command in server.commands] == [
            b"CAPABILITY", b"AUTHENTICATE", b"CAPABILITY", b"EXAMINE", b"LIST", b"STATUS", b"EXAMINE", b"UID", b"UID", b"LOGOUT",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "problem", "missing"),
    [
        (b'* 1 FETCH (UID 3 BODY[HEADER]<0> NIL)\r\n{tag} OK done\r\n', "message.unreadable", 0),
        (b'* 1 FETCH (UID 3 BODY[HEADER] "")\r\n{tag} OK done\r\n', "message.unreadable", 0),
        (b"* 1 FETCH (FLAGS (\\Seen))\r\n" + fetched(9, 9, HEADER) + fetched(1, 3, HEADER) + b"{tag} OK done\r\n", "", 0),
        (b'* 1 FETCH (FLAGS () BODY[HEADER]<0> "From: a@b.example" UID 3 X-NEW (a (b)))\r\n{tag} OK done\r\n', "", 0),
        (fetched(1, 3, b"X: " + b"y" * 65_534) + b"{tag} OK done\r\n", "message.too_large", 0),
        (b"{tag} NO [SERVERBUG] cannot read it\r\n", "message.unreadable", 0),
        (b"{tag} OK done\r\n", None, 1),
    ],
    ids=["NIL", "empty", "unasked", "other shape", "huge", "refused", "silent"],
)
def test_one_message_however_it_is_answered(answer: bytes, problem: str | None, missing: int) -> None:
    with Scripted(answering({**mailbox({3: HEADER}), b"UID FETCH": answer})) as server:
        (batch,) = read(server)
        assert [message.problem for message in batch.messages] == ([] if problem is None else [problem])  # type: ignore[attr-defined]
        assert (batch.missing, batch.lost) == (missing, 0)  # type: ignore[attr-defined]


@pytest.mark.parametrize("said", [b"* 2 EXPUNGE\r\n", b""], ids=["told", "not told"])
def test_a_message_that_is_not_found_any_more_is_lost_whatever_is_said_of_it(held: dict[int, bytes], said: bytes) -> None:
    usual = mailbox(held)
    rest = mailbox({uid: header for uid, header in held.items() if uid != 4})

    def search(talk: Talk, line: bytes) -> bytes:
        answer = (rest if b"SEARCH UID" in line and b":*" not in line else usual)[b"UID SEARCH"]
        assert callable(answer)
        return (b"SEARCH UID" in line and b":*" not in line) * said + answer(talk, line)

    with Scripted(answering({**usual, b"UID SEARCH": search, b"UID FETCH": rest[b"UID FETCH"]})) as server:
        (batch,) = read(server)
        assert (len(batch.messages), batch.missing, batch.lost, batch.total) == (3, 1, 1, 4)  # type: ignore[attr-defined]


def test_one_poisonous_message_costs_itself_alone() -> None:
    held = dict.fromkeys(range(1, 33), HEADER)
    usual = mailbox(held)[b"UID FETCH"]
    assert callable(usual)

    def fetch(talk: Talk, line: bytes) -> bytes:
        low, _, high = line.split(b" ")[3].partition(b":")
        return b"{tag} NO [SERVERBUG]\r\n" if int(low) <= 13 <= int(high or low) else usual(talk, line)

    with Scripted(answering({**mailbox(held), b"UID FETCH": fetch})) as server:
        (batch,) = read(server)
        assert [message.problem for message in batch.messages].count("message.unreadable") == 1  # type: ignore[attr-defined]
        assert (len(batch.messages), batch.missing) == (32, 0)  # type: ignore[attr-defined]


def test_two_different_answers_for_one_message_are_a_warning_and_the_first_stays() -> None:
    answer = fetched(1, 3, HEADER) + fetched(1, 3, HEADER.replace(b"sara", b"eve")) + b"{tag} OK done\r\n"
    with Scripted(answering({**mailbox({3: HEADER}), b"UID FETCH": answer})) as server:
        (batch,) = read(server)
        assert [message.header for message in batch.messages] == [HEADER]  # type: ignore[attr-defined]
        assert [notice.code for notice in batch.notices] == ["server.bug"]  # type: ignore[attr-defined]


def test_what_was_read_before_the_connection_broke_is_kept() -> None:
    held = dict.fromkeys(range(1, 1201), HEADER)
    usual = mailbox(held)[b"UID FETCH"]
    assert callable(usual)

    def fetch(talk: Talk, line: bytes) -> bytes:
        if b"1001" in line:
            talk.hang_up()
        return usual(talk, line)

    with Scripted(answering({**mailbox(held), b"UID FETCH": fetch})) as server:
        batches = read(server)
        first = next(batches)
        assert len(first.messages) == 250  # type: ignore[attr-defined]
        with pytest.raises(WorldError) as caught:
            list(batches)
        assert caught.value.code == "connection"


def test_a_mailbox_that_may_not_be_opened_is_said_and_the_others_are_read(held: dict[int, bytes]) -> None:
    usual = mailbox(held)
    listed = b'* LIST () "/" INBOX\r\n* LIST (\\Noselect) "/" Top\r\n* LIST () "/" 007\r\n{tag} OK done\r\n'

    def examine(talk: Talk, line: bytes) -> bytes:
        answer = usual[b"EXAMINE"]
        assert isinstance(answer, bytes)
        return answer if b"INBOX" in line else b"{tag} NO [NOPERM] not yours\r\n"

    with Scripted(answering({**usual, b"LIST": listed, b"EXAMINE": examine})) as server:
        inbox, other = read(server)
        assert len(inbox.messages) == 4  # type: ignore[attr-defined]
        assert (other.missing, [notice.code for notice in other.notices]) == (1, ["mailbox.denied"])  # type: ignore[attr-defined]
        assert dict(other.notices[0].params)["folder"] == "007"  # type: ignore[attr-defined]


def test_answers_to_two_commands_may_be_mixed() -> None:
    """Dovecot works on several FETCHes at once."""
    held = {uid: HEADER.replace(b"hello", b"%d" % uid) for uid in range(1, 501)}
    second: list[bytes] = []

    def fetch(talk: Talk, line: bytes) -> bytes:
        if not second:
            second.append(line)
            return b""
        one, two = second[0].split(b" ")[0], line.split(b" ")[0]
        for uid in range(1, 251):
            talk.say(fetched(uid + 250, uid + 250, held[uid + 250]) + fetched(uid, uid, held[uid]))
        return b"%b OK\r\n%b OK\r\n" % (two, one)

    with Scripted(answering({**mailbox(held), b"UID FETCH": fetch})) as server:
        batches = list(read(server))
        assert [message.header for batch in batches for message in batch.messages] == list(held.values())  # type: ignore[attr-defined]
        assert sum(command.startswith(b"UID FETCH") for command in server.commands) == 2


# The allow-list ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        b"A1 STORE 1 +FLAGS (\\Deleted)\r\n", b"A1 UID STORE 1 FLAGS ()\r\n", b"A1 SELECT INBOX\r\n", b"A1 CLOSE\r\n", b"A1 EXPUNGE\r\n",
        b"A1 UID FETCH 1 (BODY[])\r\n", b"A1 UID FETCH 1 (BODY[HEADER])\r\n", b"A1 UID FETCH 1 (RFC822)\r\n", b"A1 FETCH 1 (BODY.PEEK[HEADER])\r\n",
        b"A1 UID COPY 1 x\r\n", b"A1 DELETE x\r\n", b"A1 APPEND x {3}\r\n", b"A1 NOOP\r\nA2 EXPUNGE\r\n", b"A1 NOOP", b"A1 EXAMINE a\rb\r\n",
        b"A1 EXAMINE {3}\r\n", b"A1 EXAMINE {3+}\r\n", b"A1 EXAMINE a\0\r\n", b"A1 LIST \"\" \"*\"\nA2 EXPUNGE\r\n", b"EXPUNGE\r\n", b"",
    ],
)  # fmt: skip
def test_nothing_else_is_ever_sent(line: bytes) -> None:
    with pytest.raises(NotAllowed):
        checked(line)


@pytest.mark.parametrize("line", [b"A1 EXPUNGE\r\n", b"abc\r\nA1 EXPUNGE\r\n", b"a b\r\n", b"abc"])
def test_no_answer_to_a_challenge_can_be_a_command(line: bytes) -> None:
    with pytest.raises(NotAllowed):
        checked_answer(line)


def test_a_name_with_a_line_break_is_never_quoted() -> None:
    with pytest.raises(NotAllowed):
        quoted(b"a\r\nA1 EXPUNGE")
