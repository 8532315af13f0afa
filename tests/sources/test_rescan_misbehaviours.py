"""A second audit of a server that answers wrongly: what it says of changes is checked by what it says of messages, and absurd numbers go nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from app.model import ScanStatus
from app.store.cache import Cache
from tests.servers.misbehaviours import DONE, HEADER, HELD
from tests.servers.scripted import CAPABILITIES, Answer, Scripted, Talk, answering, fetched, mailbox, telling_next
from tests.sources.test_misbehaviours import audit, hang_up

REMEMBERING = CAPABILITIES + b" ENABLE CONDSTORE QRESYNC"
LESS = {uid: header for uid, header in HELD.items() if uid != 4}
NEW = 743_000_001
MORE = {**HELD, NEW: HEADER.replace(b"hello", b"new")}
ABSURD = b"* VANISHED 1:4294967295\r\n"


def said(answer: Answer, talk: Talk, line: bytes) -> bytes:
    return answer(talk, line) if callable(answer) else answer


def box(messages: dict[int, bytes], **instead: Answer) -> dict[bytes, Answer]:
    """A server that remembers; `instead` by a command's first word."""
    usual: dict[bytes, Answer] = {b"LIST": b'* LIST () "/" INBOX\r\n' + DONE, b"ENABLE": b"* ENABLED QRESYNC\r\n" + DONE}
    return {**usual, **telling_next(mailbox(messages)), **{word.encode(): answer for word, answer in instead.items()}}


def telling(messages: dict[int, bytes], command: str, before: bytes = b"", behind: bytes = b"") -> dict[bytes, Answer]:
    """The usual answers, and something around one of them."""
    answers = box(messages)
    usual = answers[command.encode()]
    return {**answers, command.encode(): lambda talk, line: before + said(usual, talk, line).replace(b"{tag} OK", behind + b"{tag} OK")}


def opening(messages: dict[int, bytes], told: bytes) -> dict[bytes, Answer]:
    """EXAMINE says this besides."""
    return telling(messages, "EXAMINE", told)


def vanishing(told: bytes, modseq: int = 9) -> dict[bytes, Answer]:
    """One has gone, and this is what it says of that."""
    answers = opening(LESS, b"* OK [HIGHESTMODSEQ %d]\r\n" % modseq)
    usual = answers[b"UID FETCH"]
    return {**answers, b"UID FETCH": lambda talk, line: told if b"VANISHED" in line else said(usual, talk, line)}


def next_uid(number: int, messages: dict[int, bytes]) -> dict[bytes, Answer]:
    opened = said(box(messages)[b"EXAMINE"], Talk.__new__(Talk), b"")
    return box(messages, EXAMINE=re.sub(rb"UIDNEXT \d+", b"UIDNEXT %d" % number, opened))


def answered_late() -> dict[bytes, Answer]:
    """The first time it says that it is done before it gives anything."""
    answers, asked = box(MORE), list[bytes]()
    usual = answers[b"UID FETCH"]

    def fetch(talk: Talk, line: bytes) -> bytes:
        asked.append(line)
        octets = said(usual, talk, line)
        return octets if len(asked) > 1 else DONE + octets[: octets.rindex(b"{tag}")]

    return {**answers, b"UID FETCH": fetch}


EXACT: dict[str, dict[bytes, Answer]] = {
    "its mod-sequence went back": vanishing(DONE, modseq=3),
    "it keeps no mod-sequence any more": opening(LESS, b"* OK [NOMODSEQ] x\r\n"),
    "its mod-sequence is 0": opening(LESS, b"* OK [HIGHESTMODSEQ 0]\r\n"),
    "its mod-sequence is beyond 63 bits": opening(LESS, b"* OK [HIGHESTMODSEQ 99999999999999999999999]\r\n"),
    "its mod-sequence is no number": opening(LESS, b"* OK [HIGHESTMODSEQ x]\r\n"),
    "everything vanished": vanishing(b"* VANISHED (EARLIER) 1:4294967295\r\n" + DONE),
    "what never was vanished": vanishing(b"* VANISHED (EARLIER) 4294967296\r\n" + DONE),
    "words vanished": vanishing(b"* VANISHED (EARLIER) three\r\n" + DONE),
    "nothing named vanished": vanishing(b"* VANISHED (EARLIER) \r\n" + DONE),
    "an open end vanished": vanishing(b"* VANISHED (EARLIER) 4:*\r\n" + DONE),
    "all that is there vanished": vanishing(b"* VANISHED (EARLIER) 1:5,743000000\r\n" + DONE),
    "it vanished now, not earlier": vanishing(b"* VANISHED 4\r\n" + DONE),
    "it enabled nothing": {**vanishing(b"{tag} BAD not enabled\r\n"), b"ENABLE": b"* ENABLED\r\n" + DONE},
    "ENABLE is not answered": box(LESS, ENABLE=b""),
    "ENABLE is the end": box(LESS, ENABLE=b"* BYE x\r\n"),
    "ENABLE cuts the line": box(LESS, ENABLE=hang_up),
    "UIDNEXT is behind what is there": next_uid(1, MORE),
    "UIDNEXT is behind what has gone": next_uid(4, LESS),
    "UIDNEXT is 0": next_uid(0, LESS),
    "it opened for writing": box(LESS, EXAMINE=b"* 3 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n{tag} OK [READ-WRITE] x\r\n"),
    "more went than there can be, while it is opened": telling(LESS, "EXAMINE", behind=ABSURD),
    "more went than there can be, while folders are listed": telling(LESS, "LIST", ABSURD),
    "more went than there can be, while it is read": telling(MORE, "UID FETCH", ABSURD),
    "much went, in one line, while it is read": telling(MORE, "UID FETCH", b"* VANISHED " + b",".join(b"%d" % uid for uid in range(10, 40_000, 2)) + b"\r\n"),
    "fewer are there without one that went": telling(MORE, "UID FETCH", b"* 2 EXISTS\r\n"),
    "a flag changed at mod-sequence 0": telling(MORE, "UID FETCH", b"* 1 FETCH (UID 3 MODSEQ (0) FLAGS (\\Seen))\r\n"),
    "the answer comes behind its end": answered_late(),
}


@pytest.fixture
def kept() -> Iterator[Cache]:
    """What a first audit of four messages read."""
    cache = Cache(None)
    with Scripted(answering(opening(HELD, b"* OK [HIGHESTMODSEQ 5]\r\n"), capabilities=REMEMBERING)) as server:
        assert audit(server, cache).status is ScanStatus.COMPLETE
    yield cache
    cache.close()


def uids(cache: Cache) -> set[int]:
    return {int(row.id.rpartition("=")[2]) for row in cache.messages()}


@pytest.mark.parametrize("name", EXACT)
def test_whatever_a_server_says_of_what_went_the_audit_is_exact(kept: Cache, name: str) -> None:
    answers = EXACT[name]
    with Scripted(answering(answers, capabilities=REMEMBERING)) as server:
        books = audit(server, kept)
        assert (books.status, books.missing) == (ScanStatus.COMPLETE, 0), books
        assert uids(kept) in (set(LESS), set(MORE))
        assert books.messages == len(uids(kept))


@dataclass(frozen=True)
class Partial:
    answers: dict[bytes, Answer]
    code: str
    missing: int


PARTIAL = {
    "more went than there can be, while it is searched": Partial(telling(LESS, "UID SEARCH", ABSURD), "incomplete", 4),
    "a header of 4 GiB": Partial(box(MORE, **{"UID FETCH": b"* 1 FETCH (UID 743000001 BODY[HEADER] {4294967296}\r\n"}), "protocol.too_large", 1),
    "a header of 10 MB": Partial(box(MORE, **{"UID FETCH": fetched(5, NEW, HEADER).replace(b"{%d}" % len(HEADER), b"{9999999}")}), "protocol.too_large", 1),
}


@pytest.mark.parametrize("name", PARTIAL)
def test_what_cannot_be_known_is_said_in_numbers_that_can_be(kept: Cache, name: str) -> None:
    case = PARTIAL[name]
    with Scripted(answering(case.answers, capabilities=REMEMBERING)) as server:
        books = audit(server, kept)
        assert (books.status, books.code, books.messages, books.missing) == (ScanStatus.PARTIAL, case.code, 4, case.missing)


def test_a_folder_that_is_closed_while_one_asks_what_went_leaves_the_others_to_be_read() -> None:
    """INBOX is open when something is deleted from it, so it would be opened again to ask."""
    remembers = b"* OK [HIGHESTMODSEQ 5]\r\n"
    listed = b'* LIST () "/" INBOX\r\n* LIST () "/" Other\r\n' + DONE
    other = b"* 4 EXISTS\r\n* OK [UIDVALIDITY 9]\r\n* OK [UIDNEXT 743000001]\r\n" + DONE
    both = {**opening(HELD, remembers), b"LIST": listed, b'STATUS "OTHER"': b"{tag} NO x\r\n", b'EXAMINE "OTHER"': other}
    opened: list[bytes] = []

    def examine(talk: Talk, line: bytes) -> bytes:
        opened.append(line)
        return said(opening(LESS, remembers)[b"EXAMINE"], talk, line) if len(opened) == 1 else b"{tag} NO [NOPERM] not any more\r\n"

    def search(talk: Talk, line: bytes) -> bytes:
        return b"* 1 EXPUNGE\r\n" * (len(opened) == 1) + said(both[b"UID SEARCH"], talk, line)

    kept = Cache(None)
    with Scripted(answering(both, capabilities=REMEMBERING)) as server:
        assert audit(server, kept).status is ScanStatus.COMPLETE
    with Scripted(answering({**both, b"EXAMINE": examine, b"UID SEARCH": search}, capabilities=REMEMBERING)) as server:
        books = audit(server, kept)
        assert (books.status, books.code, books.notices[0].code) == (ScanStatus.PARTIAL, "incomplete", "mailbox.denied")
        assert b'EXAMINE "Other"' in server.commands
    kept.close()
