"""Other people's and shared mailboxes: shown for what they are, read only where they are asked for, and never taken for the owner's own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.model import Facts, FolderRole, Notice, OtherMailbox, Scan, ScanStatus, Whose
from app.scan import Scanner, ScanOptions
from app.sources import Connection, open_source, parse_address
from app.sources.imap.trial import try_out
from app.store.cache import Cache
from tests.mailmaker import message
from tests.servers.certificates import authority
from tests.servers.dovecot import Dovecot
from tests.servers.scripted import CAPABILITIES, Scripted, answering
from tests.test_cli import nitaq

SARA, OMAR, LINA = "sara@firm.example", "omar@firm.example", "lina@firm.example"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    """Sara may read Omar's INBOX, Sent and Projects, and what is public; nothing of Lina's."""
    with Dovecot(tmp_path_factory.mktemp("dovecot"), shared=True) as server:
        server.add_maildir(SARA, [message(n) for n in range(1, 6)])
        server.add_maildir(SARA, [message(90, "Sara <sara@firm.example>", to="friend@partner.example")], "Sent")
        server.add_maildir(OMAR, [message(n, "Bank <pay@bank.example>") for n in range(10, 13)])
        server.add_maildir(OMAR, [message(91, "Omar <omar@firm.example>", to="customer@other.example")], "Sent")
        server.add_maildir(OMAR, [message(20, "Eve <eve@project.example>")], "Projects")
        server.add_maildir(LINA, [message(30, "X <x@secret.example>")])
        for folder in ("INBOX", "Sent", "Projects"):
            server.share(OMAR, SARA, folder)
        server.add_public([message(40, "News <news@list.example>")], "News")
        yield server


def connection(server: Dovecot, *others: str) -> Connection:
    return Connection(secret=server.password, ca_file=server.ca_file, others=others)


def scanned(server: Dovecot, options: ScanOptions, *others: str) -> tuple[Scan, list[Notice], Cache, list[str]]:
    cache, notices, books = Cache(None), [], Scan()
    source = open_source(server.url(SARA), connection(server, *others))
    for event in Scanner(source, cache, Facts(), options, lambda: 0.0).run():
        if isinstance(event, Notice):
            notices.append(event)
        elif isinstance(event, Scan):
            books = event
    source.close()
    return books, notices, cache, sorted({record.claim.domain for record in cache.claims()})


def test_only_the_own_mailbox_is_read_unless_others_are_asked_for(server: Dovecot) -> None:
    books, notices, cache, domains = scanned(server, ScanOptions())
    assert (books.status, books.messages, notices, domains) == (ScanStatus.COMPLETE, 6, [], ["partner.example"])
    assert {folder.name for folder in cache.folders("s")} == {"INBOX", "Sent"}
    cache.close()


def test_a_trial_says_whose_mailboxes_can_be_read(server: Dovecot) -> None:
    trial = try_out(parse_address(server.url(SARA)), connection(server))
    assert trial.folders == 2
    assert set(trial.others) == {
        OtherMailbox(f"shared/{OMAR}", OMAR, Whose.OTHER, 3),
        OtherMailbox("Public/News", "News", Whose.SHARED, 1),
    }


def test_a_trial_finds_what_is_listed_by_its_prefix_alone(tmp_path: Path) -> None:
    with Dovecot(tmp_path, shared=True, listed=False) as server:
        server.add_maildir(SARA, [message(1)])
        server.add_public([message(40, "News <news@list.example>")], "News")
        trial = try_out(parse_address(server.url(SARA)), connection(server))
    assert trial.others == (OtherMailbox("Public/News", "News", Whose.SHARED, 1),)


def test_a_mailbox_that_is_called_like_all_of_them_is_not_offered(tmp_path: Path) -> None:
    answers = {
        b"LIST": b'* LIST () "/" INBOX\r\n* LIST () "/" "*"\r\n* LIST () "/" "*/omar"\r\n{tag} OK done\r\n',
        b"NAMESPACE": b'* NAMESPACE (("" "/")) (("*" NIL)("*/" "/")) NIL\r\n{tag} OK done\r\n',
    }
    ca = authority(tmp_path)
    with Scripted(answering(answers, capabilities=CAPABILITIES + b" NAMESPACE"), ca.server("localhost")) as server:
        trial = try_out(parse_address(f"imaps://sara@localhost:{server.port}"), Connection(secret="x", ca_file=ca.file))
    assert [each.name for each in trial.others] == ["*/omar"]


def test_a_mailbox_that_is_asked_for_is_read_with_all_its_folders(server: Dovecot) -> None:
    books, notices, cache, domains = scanned(server, ScanOptions(others=(f"shared/{OMAR}",)), f"shared/{OMAR}")
    assert (books.status, books.messages, notices) == (ScanStatus.COMPLETE, 11, [])
    assert domains == ["bank.example", "partner.example", "project.example"]
    cache.close()


def test_what_somebody_else_sent_was_neither_sent_by_the_owner_nor_received(server: Dovecot) -> None:
    """No correspondent of Sara's, and no claim in the firm's own name."""
    _, _, cache, domains = scanned(server, ScanOptions(others=("*",)), "*")
    assert list(cache.correspondents()) == ["friend@partner.example"]
    assert "firm.example" not in domains
    assert "list.example" in domains
    source = open_source(server.url(SARA), connection(server, "*"))
    roles = {folder.name: (folder.role, folder.whose) for folder in source.folders()}
    assert roles[f"shared/{OMAR}/Sent"] == (FolderRole.SENT, Whose.OTHER)
    assert roles["Public/News"] == (FolderRole.ORDINARY, Whose.SHARED)
    source.close()
    cache.close()


def test_one_folder_of_a_mailbox_can_be_asked_for_and_own_folders_chosen_beside_it(server: Dovecot) -> None:
    wanted = f"shared/{OMAR}/Projects"
    books, notices, cache, domains = scanned(server, ScanOptions(("Sent",), (wanted,)), wanted)
    assert (books.messages, notices, domains) == (2, [], ["project.example"])
    cache.close()


def test_a_mailbox_that_may_not_be_read_is_said(server: Dovecot) -> None:
    wanted = f"shared/{LINA}"
    books, notices, cache, _ = scanned(server, ScanOptions(others=(wanted,)), wanted)
    assert books.status is ScanStatus.PARTIAL
    assert notices == [Notice("mailbox.denied", (("folder", wanted),))]
    cache.close()


def test_a_second_scan_ends_as_the_first(server: Dovecot, tmp_path: Path) -> None:
    words = ["audit", server.url(SARA), "--also", f"shared/{OMAR}", "--secret-stdin", "--ca", server.ca_file, "--store", tmp_path, "--progress", "none"]
    told = []
    for n in range(2):
        out = tmp_path / f"{n}.json"
        assert nitaq(*words, "--report", out, stdin=server.password + "\n").returncode == 0
        report = json.loads(out.read_text(encoding="utf-8"))
        told.append((report["scan"]["messages"], [folder["name"] for folder in report["scope"]["folders"]], len(report["domains"])))
    assert told[0] == told[1]
    assert told[0][0] == 11


def test_a_message_of_a_shared_mailbox_is_found_again(server: Dovecot) -> None:
    source = open_source(server.url(SARA), connection(server, f"shared/{OMAR}"))
    folder = next(each for each in source.folders() if each.name == f"shared/{OMAR}/INBOX" or each.name == f"shared/{OMAR}")
    (batch,) = source.batches(folder)
    assert b"bank.example" in source.header(batch.messages[0].id)
    source.close()


def test_nothing_of_it_changes(server: Dovecot) -> None:
    before = {path: path.read_bytes() for path in server.maildir(OMAR).rglob("*") if path.is_file() and path.parent.name in ("cur", "new")}
    _, _, cache, _ = scanned(server, ScanOptions(others=("*",)), "*")
    cache.close()
    assert {path: path.read_bytes() for path in before} == before


# Odd servers ----------------------------------------------------------------------------------------------------------

NAMES = b"".join(b'* LIST () "/" %b\r\n' % name for name in (b"INBOX", b"Work", b'"Other Users/omar"', b'"Other Users/omar/Old"', b"Shared", b"#pub"))


def sorted_by(namespace: bytes, names: bytes = NAMES) -> dict[str, tuple[Whose, str]]:
    """Folder -> whose and which mailbox, by a server that says this of its namespaces."""
    answers = {
        b"NAMESPACE": namespace + b"{tag} OK done\r\n" if namespace.startswith(b"*") else namespace,
        b"LIST": names + b"{tag} OK done\r\n",
        b"STATUS": b"{tag} NO no\r\n",
    }
    from app.network.tls import context
    from app.sources.folder_names import shown
    from app.sources.imap.login import log_in
    from app.sources.imap.mailboxes import mailboxes
    from app.sources.imap.session import Session
    from app.sources.imap.wire import Endpoint

    with Scripted(answering(answers, capabilities=CAPABILITIES + b" NAMESPACE")) as server:
        address = parse_address(f"imap://sara@localhost:{server.port}")
        session = Session(Endpoint(address, context(None), 5.0, plaintext=True))
        log_in(session, "sara", Connection(secret="x", insecure_plaintext=True))
        found = mailboxes(session)
        session.part()
        sent = [line for line in server.commands if line.startswith(b"LIST")]
    assert sent == [b'LIST "" "*"']
    return {box.folder.name: (box.place.whose, shown(box.place.mailbox)) for box in found}


ALL_OWN = dict.fromkeys(("INBOX", "Work", "Other Users/omar", "Other Users/omar/Old", "Shared", "#pub"), (Whose.OWN, ""))
OTHERS = {**ALL_OWN, **dict.fromkeys(("Other Users/omar", "Other Users/omar/Old"), (Whose.OTHER, "Other Users/omar"))}


@pytest.mark.parametrize(
    ("namespace", "found"),
    [
        (b'* NAMESPACE (("" "/")) (("Other Users/" "/")) (("#pub" NIL)("Shared/" "/"))\r\n',
         {**OTHERS, "Shared": (Whose.SHARED, "Shared"), "#pub": (Whose.SHARED, "#pub")}),
        (b'* NAMESPACE (("" "/")) (("Other Users/" "/")) NIL\r\n', OTHERS),
        (b'* namespace (("" "/" "X-PARAM" ("a" "b"))) (("Other Users/" "/" "X" ("y"))) NIL\r\n', OTHERS),
        (b'* NAMESPACE NIL NIL NIL\r\n', ALL_OWN),
        (b'* NAMESPACE NIL (("" "/")) (("" NIL))\r\n', ALL_OWN),
        (b'* NAMESPACE (("Work" "/")) (("Work" "/")) NIL\r\n', ALL_OWN),
        (b'* NAMESPACE (("" "/")) (("INBOX" "/")("INB" NIL)) NIL\r\n', ALL_OWN),
        (b'* NAMESPACE (("" "/")) (("%" "/")("*" "/")("../" "/")("a\\"b" "/")) NIL\r\n', ALL_OWN),
        (b'* NAMESPACE (("" "//")) ((NIL NIL)("x")("Other Users/" "long")) nonsense\r\n', ALL_OWN),
        (b'* NAMESPACE ((((\r\n', ALL_OWN),
        (b'* NAMESPACE\r\n', ALL_OWN),
        (b"{tag} OK nothing said\r\n", ALL_OWN),
        (b"{tag} NO not today\r\n", ALL_OWN),
        (b"{tag} BAD what?\r\n", ALL_OWN),
        (b'* NAMESPACE (("" "/")) (' + b'("Other Users/" "/")' * 500 + b") NIL\r\n", OTHERS),
    ],
    ids=["all three", "no shared", "extended", "none", "empty prefixes", "equal prefixes", "over INBOX", "patterns", "wrong shapes", "unfinished", "bare",
         "silent", "refused", "unknown", "flood"],
)  # fmt: skip
def test_whatever_a_server_says_of_its_namespaces_inbox_is_the_owners(namespace: bytes, found: dict[str, tuple[Whose, str]]) -> None:
    assert sorted_by(namespace) == found


def test_a_server_without_namespaces_is_not_asked(tmp_path: Path) -> None:
    with Scripted(answering()) as server:
        source = open_source(f"imap://sara@localhost:{server.port}", Connection(secret="x", insecure_plaintext=True))
        source.folders()
        source.close()
        assert not any(line.startswith(b"NAMESPACE") for line in server.commands)


def test_others_are_listed_by_their_prefix_where_the_whole_list_leaves_them_out() -> None:
    """And a prefix that is a pattern is never sent as one."""
    lists = {
        b'LIST "" "*"': b'* LIST () "/" INBOX\r\n{tag} OK done\r\n',
        b'LIST "" "USER/*"': b'* LIST () "/" user/omar\r\n* LIST () "/" user/omar/Sent\r\n{tag} OK done\r\n',
        b'LIST "" "GONE/*"': b"{tag} NO nothing here\r\n",
        b"NAMESPACE": b'* NAMESPACE (("" "/")) (("user/" "/")("gone/" "/")("%" "/")) NIL\r\n{tag} OK done\r\n',
    }
    with Scripted(answering(lists, capabilities=CAPABILITIES + b" NAMESPACE")) as server:
        source = open_source(f"imap://sara@localhost:{server.port}", Connection(secret="x", insecure_plaintext=True, others=("user/omar",)))
        assert [folder.name for folder in source.folders()] == ["INBOX", "user/omar", "user/omar/Sent"]
        source.close()
        assert [line for line in server.commands if line.startswith(b"LIST")] == [b'LIST "" "*"', b'LIST "" "user/*"', b'LIST "" "gone/*"']
