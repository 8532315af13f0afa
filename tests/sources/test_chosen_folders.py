"""Of an account of which some folders are chosen, the others are listed and left alone."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from app.model import Account
from app.store.folder import StoreFolder
from tests.servers.misbehaviours import DONE, HELD
from tests.servers.scripted import Answer, Scripted, Talk, answering, mailbox, telling_next
from tests.test_cli import lines_of, nitaq

OPENED = b"* 4 EXISTS\r\n* OK [UIDVALIDITY 9]\r\n* OK [UIDNEXT 743000001]\r\n" + DONE


def status(talk: Talk, line: bytes) -> bytes:
    return b"* STATUS %b (MESSAGES 4 UIDNEXT 743000001 UIDVALIDITY 9)\r\n" % line.split(b" ")[2] + DONE


ANSWERS: dict[bytes, Answer] = {
    **telling_next(mailbox(HELD)),
    b"LIST": b"".join(b'* LIST () "/" %b\r\n' % name for name in (b"INBOX", b"Archive", b"Old")) + DONE,
    b"STATUS": status,
    b'EXAMINE "ARCHIVE"': OPENED,
}


@pytest.mark.parametrize(
    ("chosen", "touched"),
    [
        (("Archive",), [b'STATUS "Archive" (MESSAGES UIDNEXT UIDVALIDITY)', b'EXAMINE "Archive"']),
        (("INBOX",), [b'EXAMINE "INBOX"']),
        (("INBOX", "Archive"), [b'EXAMINE "INBOX"', b'STATUS "Archive" (MESSAGES UIDNEXT UIDVALIDITY)', b'EXAMINE "Archive"']),
    ],
)
@pytest.mark.parametrize("saved", [False, True], ids=["in the call", "with the account"])
def test_only_the_chosen_folders_are_looked_at_and_opened(chosen: tuple[str, ...], touched: list[bytes], saved: bool, tmp_path: Path) -> None:
    with Scripted(answering(ANSWERS)) as server:
        source = f"imap://sara@127.0.0.1:{server.port}"
        words = [word for folder in chosen for word in ("--folder", folder)]
        if saved:
            words = []
            with closing(StoreFolder(tmp_path).workspace()) as workspace:
                workspace.save_account(Account("work", source, folders=chosen))
        done = nitaq("audit", source, "--store", tmp_path, "--insecure-plaintext", "--secret-stdin", "--progress", "json", *words, stdin="x\n")
        *_, end = lines_of(done.stdout)
        assert (end["status"], end["messages"]) == ("complete", 4), done.stdout
        assert [command for command in server.commands if command.startswith((b"STATUS", b"EXAMINE"))] == touched
