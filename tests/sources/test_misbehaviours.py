"""Whatever a server does, an audit ends, says truly how, and keeps the secret; it goes on where that makes sense, and only there."""

from __future__ import annotations

import base64

import pytest

from app.error_text import describe
from app.errors import NitaqError, Refused, WorldError
from app.i18n import Translation
from app.model import Facts, Scan, ScanStatus
from app.scan import Scanner, ScanOptions
from app.sources import Connection, open_source
from app.sources.imap import bounds
from app.sources.imap.commands import checked
from app.sources.imap.persistence import Persistence
from app.store.cache import Cache
from tests.servers import hostilities, misbehaviours
from tests.servers.misbehaviours import DONE, HEADER, HELD, Misbehaviour
from tests.servers.scripted import CAPABILITIES, Answer, Scripted, Talk, answering, mailbox, telling_next

ALL = (*misbehaviours.ALL, *hostilities.ALL)
SECRET = "a very secret word"
MANY = {uid: HEADER.replace(b"hello", b"%d" % uid) for uid in range(1, 1_201)}
MANY_BOX = mailbox(MANY)


def audit(server: Scripted, kept: Cache | None = None) -> Scan:
    """As the verb does it: failures to open are books too. `kept`: what earlier audits read."""
    connection = Connection(secret=SECRET, timeout=0.3, insecure_plaintext=True)
    try:
        source = open_source(f"imap://sara%40firm.example@127.0.0.1:{server.port}", connection)
    except NitaqError as error:
        return Scan(ScanStatus.REFUSED if isinstance(error, Refused) else ScanStatus.ERROR, error.code)
    cache = kept or Cache(None)
    try:
        *_, books = Scanner(source, cache, Facts(), ScanOptions(), lambda: 0.0).run()
    finally:
        source.close()
        if kept is None:
            cache.close()
    assert isinstance(books, Scan)
    return books


def sign_ins(server: Scripted) -> int:
    return sum(command.startswith((b"LOGIN", b"AUTHENTICATE")) for command in server.commands)


def test_there_are_many_and_each_has_its_own_name() -> None:
    assert len({case.name for case in ALL}) == len(ALL) >= 60


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_an_audit_ends_and_says_truly_how(case: Misbehaviour, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "LINES", 20_000)
    for name in ("GREETING_SECONDS", "COMMAND_SECONDS"):
        monkeypatch.setattr(bounds, name, 0.4)
    monkeypatch.setattr(bounds, "SLOWEST", 100_000)
    monkeypatch.setattr(bounds, "IDLE", -1.0)
    monkeypatch.setattr(bounds, "FAST_LINK", 10**18)
    with Scripted(case.script()) as server:
        books = audit(server)
        assert (books.status, books.code, books.messages) == (case.status, case.code, case.messages)
        if books.status is ScanStatus.PARTIAL:
            assert books.missing
        for line in server.log:
            checked(line + b"\r\n")
        heard = b"\n".join(server.log)
        secret = base64.b64encode(f"\0sara@firm.example\0{SECRET}".encode())
        assert (secret in heard or SECRET.encode() in heard) is case.told


# Once more ---------------------------------------------------------------------------------------------------------

LESS = mailbox({uid: HELD[uid] for uid in (3, 4)})
CHANGES = ("as before", "one came", "two went", "one came and two are not named", "one came and is not given")
NO_MORE = {**mailbox(HELD), b"EXAMINE": LESS[b"EXAMINE"], b"UID SEARCH": b"* SEARCH 3 4 5 743000000\r\n" + DONE}
CAME = mailbox({**HELD, 743_000_001: HEADER})


@pytest.mark.parametrize(
    ("answers", "status", "messages"),
    [
        (mailbox(HELD), "complete", 4),
        (CAME, "complete", 5),
        (LESS, "complete", 2),
        ({**CAME, b"UID SEARCH": LESS[b"UID SEARCH"]}, "partial", 4),
        ({**CAME, b"UID FETCH": DONE}, "partial", 4),
        (NO_MORE, "complete", 4),
        (telling_next(mailbox(HELD)), "complete", 4),
        (telling_next(CAME), "complete", 5),
        (telling_next(LESS), "complete", 2),
        (telling_next({**CAME, b"UID SEARCH": LESS[b"UID SEARCH"]}), "partial", 4),
        (telling_next({**CAME, b"UID FETCH": DONE}), "partial", 4),
        (telling_next({**CAME, b"UID SEARCH": mailbox({**HELD, 743_000_001: HEADER, 743_000_002: HEADER})[b"UID SEARCH"]}), "complete", 5),
        (telling_next(NO_MORE), "partial", 4),
        ({**LESS, b"EXAMINE": b"{tag} NO x\r\n"}, "partial", 4),
    ],
    ids=[
        *CHANGES, "nothing went by its STATUS",
        *(f"{change}, told when it was opened" for change in (*CHANGES, "one more came since", "two went, and are named")), "denied",
    ],
)
def test_another_audit_forgets_nothing_on_the_word_of_a_server_that_contradicts_itself(answers: dict[bytes, Answer], status: str, messages: int) -> None:
    kept = Cache(None)
    with Scripted(answering(mailbox(HELD))) as server:
        assert audit(server, kept).status is ScanStatus.COMPLETE
    with Scripted(answering({**mailbox(HELD), **answers})) as server:
        books = audit(server, kept)
        assert (books.status, books.messages) == (status, messages)
        assert bool(books.missing) is (status == "partial")
    kept.close()


def test_a_status_that_was_wrong_when_the_mailbox_was_read_is_not_believed_the_next_time() -> None:
    kept = Cache(None)
    for held, messages in ((mailbox(HELD), 4), (CAME, 5)):
        with Scripted(answering({**held, b"STATUS": b"* STATUS INBOX (MESSAGES 2 UIDNEXT 5 UIDVALIDITY 7)\r\n" + DONE})) as server:
            books = audit(server, kept)
            assert (books.status, books.messages) == (ScanStatus.COMPLETE, messages)
    kept.close()


@pytest.mark.parametrize("status", [b"{tag} NO x\r\n", b"* STATUS INBOX (MESSAGES 4)\r\n" + DONE], ids=["refused", "without UIDVALIDITY"])
def test_a_mailbox_without_status_that_was_replaced_between_two_audits_is_read_anew(status: bytes) -> None:
    kept = Cache(None)
    for validity in (b"7", b"8"):
        held = mailbox({uid: header.replace(b"sara", b"v" + validity) for uid, header in HELD.items()})
        opened = b"* 4 EXISTS\r\n* OK [UIDVALIDITY " + validity + b"]\r\n" + DONE
        with Scripted(answering({**held, b"EXAMINE": opened, b"STATUS": status})) as server:
            books = audit(server, kept)
            assert (books.status, books.messages) == (ScanStatus.COMPLETE, 4)
    assert {record.claim.address for record in kept.claims()} == {"v8@partner.example"}
    kept.close()


EMPTY_BY_STATUS = b"* STATUS INBOX (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 7)\r\n" + DONE


def test_a_mailbox_that_is_empty_by_its_status_alone_is_read() -> None:
    with Scripted(answering({**mailbox(HELD), b"STATUS": EMPTY_BY_STATUS})) as server:
        books = audit(server)
        assert (books.status, books.messages, books.missing) == (ScanStatus.COMPLETE, 4, 0)


def test_an_empty_mailbox_that_cannot_be_opened_is_said() -> None:
    with Scripted(answering({b"EXAMINE": b"{tag} NO x\r\n"})) as server:
        books = audit(server)
        assert (books.status, books.missing, books.notices[0].code) == (ScanStatus.PARTIAL, 1, "mailbox.denied")


def test_a_connection_lost_while_the_empty_mailboxes_are_opened_is_made_again() -> None:
    with Scripted(answering(once({}, b"EXAMINE", hang_up))) as server:
        assert (audit(server).status, sign_ins(server)) == (ScanStatus.COMPLETE, 2)


# Going on ----------------------------------------------------------------------------------------------------------


def once(held: dict[int, bytes], command: bytes, wrong: Answer, having: bytes = b"") -> dict[bytes, Answer]:
    """A server that does something wrong the first time that it hears `command` with `having` in it."""
    usual = {b"LIST": b'* LIST (\\HasNoChildren) "/" INBOX\r\n' + DONE, **mailbox(held)}
    left = [wrong]

    def answer(talk: Talk, line: bytes) -> bytes:
        right = usual[command]
        said = left.pop() if left and having in line else right
        return said(talk, line) if callable(said) else said

    return {**usual, command: answer}


def hang_up(talk: Talk, line: bytes) -> bytes:
    talk.hang_up()
    return b""


@pytest.mark.parametrize("command", [b"LIST", b"STATUS", b"EXAMINE", b"UID SEARCH", b"UID FETCH"])
@pytest.mark.parametrize("wrong", [hang_up, b"* BYE [UNAVAILABLE] x\r\n", b"* BYE x\r\n", b""], ids=["cut", "unavailable", "bye", "silence"])
def test_a_lost_connection_is_made_again_and_nothing_is_lost(command: bytes, wrong: Answer) -> None:
    with Scripted(answering(once(HELD, command, wrong))) as server:
        books = audit(server)
        assert (books.status, books.messages, books.missing) == (ScanStatus.COMPLETE, 4, 0)
        assert len(books.notices) == (command not in (b"EXAMINE", b"LIST", b"STATUS"))  # nothing had been read yet that could be in doubt
        assert sign_ins(server) == 2


def test_reading_goes_on_behind_what_was_read() -> None:
    with Scripted(answering(once(MANY, b"UID FETCH", hang_up, b"1001"))) as server:
        books = audit(server)
        assert (books.status, books.messages) == (ScanStatus.COMPLETE, 1_200)
        assert sum(command.startswith(b"UID FETCH 1:250 ") for command in server.commands) == 1


@pytest.mark.parametrize("code", [b"THROTTLED", b"UNAVAILABLE", b"INUSE", b"LIMIT"])
def test_a_server_that_asks_for_time_gets_it_on_the_same_connection(code: bytes) -> None:
    with Scripted(answering(once(HELD, b"UID FETCH", b"{tag} NO [" + code + b"] x\r\n"))) as server:
        books = audit(server)
        assert (books.status, books.messages, len(books.notices)) == (ScanStatus.COMPLETE, 4, 1)
        assert sign_ins(server) == 1


def test_a_used_up_quota_ends_politely_with_what_was_read() -> None:
    with Scripted(answering(once(MANY, b"UID FETCH", b"{tag} NO [OVERQUOTA] come back tomorrow\r\n", b"1001"))) as server:
        books = audit(server)
        assert (books.status, books.code) == (ScanStatus.PARTIAL, "server.limit")
        assert (books.messages, books.missing) == (1_000, 200)
        assert sign_ins(server) == 1


def test_a_connection_that_is_lost_for_good_leaves_a_report_of_what_was_read() -> None:
    usual = mailbox(MANY)[b"UID FETCH"]
    assert callable(usual)

    def fetch(talk: Talk, line: bytes) -> bytes:
        return hang_up(talk, line) if b"1001" in line else usual(talk, line)

    with Scripted(answering({**mailbox(MANY), b"UID FETCH": fetch})) as server:
        books = audit(server)
        assert (books.status, books.code) == (ScanStatus.PARTIAL, "connection")
        assert books.messages + books.missing == len(MANY)
        assert books.messages in (250, 500, 750, 1_000)  # others may be on the way when the connection breaks


def test_one_header_on_demand_survives_a_lost_connection() -> None:
    with Scripted(answering(once(HELD, b"UID FETCH", hang_up))) as server:
        source = open_source(f"imap://sara@127.0.0.1:{server.port}", Connection(secret=SECRET, insecure_plaintext=True))
        assert source.header("INBOX;UIDVALIDITY=7/;UID=3") == HELD[3]
        source.close()
        assert sign_ins(server) == 2


def test_the_pauses_grow_to_a_minute_and_begin_again_after_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "LONGEST_PAUSE", 60.0)
    paused: list[float] = []
    persistence = Persistence(paused.append)
    asks = WorldError("server.throttled", host="mail.example")
    while persistence.goes_on(asks):
        persistence.wait()
    assert paused == [1, 2, 4, 8, 16, 32, 60]
    persistence.advanced()
    assert persistence.goes_on(asks)
    persistence.wait()
    assert paused[-1] == 1
    assert not persistence.goes_on(WorldError("server.limit", host="mail.example", quota=1))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_used_up_quota_says_when_to_come_back(language: str) -> None:
    say = Translation(language)
    text = describe("server.limit", {"host": "mail.example", "reason": "bandwidth", "quota": 1}, say)
    assert "24" in text
    assert text != describe("server.limit", {"host": "mail.example", "reason": "bandwidth"}, say)


def test_a_password_refused_on_the_way_is_not_tried_again() -> None:
    usual: list[Answer] = [b"{tag} NO [AUTHENTICATIONFAILED] x\r\n", DONE]

    def sign_in(talk: Talk, line: bytes) -> bytes:
        said = usual.pop()
        assert isinstance(said, bytes)
        return said

    with Scripted(answering({**once(MANY, b"UID FETCH", hang_up, b"1001"), b"AUTHENTICATE": sign_in})) as server:
        books = audit(server)
        assert (books.status, books.code) == (ScanStatus.ERROR, "auth.failed")
        assert books.messages in (250, 500, 750, 1_000)  # others may be on the way when the connection breaks
        assert sign_ins(server) == 2


def test_a_mailbox_that_was_replaced_meanwhile_is_not_mixed_with_the_new_one() -> None:
    answers = once(MANY, b"UID FETCH", hang_up, b"1001")
    opened = [b"* 1200 EXISTS\r\n* OK [UIDVALIDITY %d]\r\n{tag} OK\r\n" % validity for validity in (8, 7)]

    with Scripted(answering({**answers, b"EXAMINE": lambda talk, line: opened.pop()})) as server:
        books = audit(server)
        assert (books.status, books.code) == (ScanStatus.PARTIAL, "incomplete")
        assert "server.bug" in [notice.code for notice in books.notices]


@pytest.mark.parametrize("broken", [False, True])
def test_a_message_deleted_meanwhile_is_missed_by_nobody_even_over_a_lost_connection(broken: bool) -> None:
    rest = mailbox({uid: header for uid, header in MANY.items() if uid != 13})
    answers = once(MANY, b"UID FETCH", hang_up if broken else rest[b"UID FETCH"], b"1001")
    deleted: list[bool] = []

    def fetch(talk: Talk, line: bytes) -> bytes:
        answer = answers[b"UID FETCH"] if b"1001" in line else rest[b"UID FETCH"]
        assert callable(answer)
        return answer(talk, line)

    def search(talk: Talk, line: bytes) -> bytes:
        answer = (rest if deleted else answers)[b"UID SEARCH"]
        told = b"* 13 EXPUNGE\r\n" if b"SEARCH UID" in line else b""
        deleted.append(True)
        assert callable(answer)
        return told + answer(talk, line)

    def examine(talk: Talk, line: bytes) -> bytes:
        answer = (rest if deleted else answers)[b"EXAMINE"]
        assert isinstance(answer, bytes)
        return answer

    with Scripted(answering({**answers, b"UID FETCH": fetch, b"UID SEARCH": search, b"EXAMINE": examine})) as server:
        books = audit(server)
        assert (books.status, books.messages, books.missing) == (ScanStatus.COMPLETE, 1_199, 0)


@pytest.mark.parametrize("withheld", [False, True], ids=["honest", "one is withheld"])
@pytest.mark.parametrize("told_with", [b" 1:250 ", b" 751:1000 ", b" 1001:1200 "], ids=["first", "fourth", "last"])
def test_a_deletion_told_with_four_commands_on_the_way_accounts_for_that_message_alone(withheld: bool, told_with: bytes) -> None:
    """And not for one that the server still names to whoever looks at the whole mailbox."""
    rest = mailbox({uid: header for uid, header in MANY.items() if uid != 1_100})
    given = mailbox({uid: header for uid, header in MANY.items() if uid != 1_100 and not (withheld and uid == 600)})
    told: list[bytes] = []

    def fetch(talk: Talk, line: bytes) -> bytes:
        said = b""
        if told_with in line and not told:
            told.append(line)
            said = b"* 1100 EXPUNGE\r\n"
        return _answer(given, b"UID FETCH", talk, line).replace(b"{tag} OK", said + b"{tag} OK")

    def search(talk: Talk, line: bytes) -> bytes:
        named = (given if b"SEARCH UID" in line else rest) if told else MANY_BOX
        return _answer(named, b"UID SEARCH", talk, line)

    def examine(talk: Talk, line: bytes) -> bytes:
        return _answer(rest if told else MANY_BOX, b"EXAMINE", talk, line)

    with Scripted(answering({**MANY_BOX, b"UID FETCH": fetch, b"UID SEARCH": search, b"EXAMINE": examine})) as server:
        books = audit(server)
        assert (books.messages, books.missing) == (1_199 - withheld, int(withheld))
        assert books.status is (ScanStatus.PARTIAL if withheld else ScanStatus.COMPLETE)


def _answer(answers: dict[bytes, Answer], command: bytes, talk: Talk, line: bytes) -> bytes:
    answer = answers[command]
    return answer(talk, line) if callable(answer) else answer


@pytest.mark.parametrize(
    ("opened", "status", "messages", "code"),
    [
        (mailbox({})[b"EXAMINE"], ScanStatus.COMPLETE, 0, ""),
        (b"{tag} NO [NONEXISTENT] x\r\n", ScanStatus.PARTIAL, 500, "mailbox.denied"),
        (b"* 0 EXISTS\r\n* OK [UIDVALIDITY 8]\r\n" + DONE, ScanStatus.PARTIAL, 500, "server.bug"),
        (b"* 1200 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n" + DONE, ScanStatus.PARTIAL, 500, "server.bug"),
    ],
    ids=["emptied", "deleted", "replaced", "emptied, but for its number"],
)
def test_what_becomes_of_a_mailbox_while_it_is_read_is_found_out(opened: Answer, status: ScanStatus, messages: int, code: str) -> None:
    over: list[bytes] = []

    def fetch(talk: Talk, line: bytes) -> bytes:
        over.extend([line] * (b" 501:750 " in line))
        return DONE if over else _answer(MANY_BOX, b"UID FETCH", talk, line)

    def search(talk: Talk, line: bytes) -> bytes:
        return b"* SEARCH\r\n" + DONE if over else _answer(MANY_BOX, b"UID SEARCH", talk, line)

    def examine(talk: Talk, line: bytes) -> bytes:
        return _answer({b"EXAMINE": opened} if over else MANY_BOX, b"EXAMINE", talk, line)

    with Scripted(answering({**MANY_BOX, b"UID FETCH": fetch, b"UID SEARCH": search, b"EXAMINE": examine})) as server:
        books = audit(server)
        assert (books.status, books.messages) == (status, messages)
        assert [notice.code for notice in books.notices] == [code, "incomplete"] * bool(code)


@pytest.mark.parametrize("identity", [b"", b"X-GM-MSGID 17", b"X-GM-MSGID NIL", b"X-GM-MSGID 0", b"X-GM-MSGID (1 2)", b"X-GM-MSGID -1", b"X-GM-MSGID x"])
@pytest.mark.parametrize("place", [b"UID ", b"BODY["], ids=["first", "as asked for"])
def test_an_identity_that_makes_no_sense_hides_no_message(identity: bytes, place: bytes) -> None:
    """As Gmail would give one (X-GM-EXT-1)."""

    def fetch(talk: Talk, line: bytes) -> bytes:
        return _answer(mailbox(HELD), b"UID FETCH", talk, line).replace(place, identity + b" " + place)

    with Scripted(answering({**mailbox(HELD), b"UID FETCH": fetch}, capabilities=CAPABILITIES + b" X-GM-EXT-1")) as server:
        books = audit(server)
        assert (books.status, books.messages) == (ScanStatus.COMPLETE, len(HELD))
        assert any(b"X-GM-MSGID" in command for command in server.commands)


@pytest.mark.parametrize("refused", [b"{tag} NO x\r\n", b"{tag} BAD x\r\n"], ids=["NO", "BAD"])
def test_one_of_four_commands_on_the_way_may_be_refused_and_the_others_answered_in_any_order(refused: bytes) -> None:
    first: list[bytes] = []

    def fetch(talk: Talk, line: bytes) -> bytes:
        if b" 251:500 " in line:
            return refused
        answer = _answer(MANY_BOX, b"UID FETCH", talk, line).replace(b"{tag}", line.partition(b" ")[0])
        if len(first) == 3:
            return answer
        first.append(answer)
        return b"".join(reversed(first)) if len(first) == 3 else b""

    with Scripted(answering({**MANY_BOX, b"UID FETCH": fetch})) as server:
        books = audit(server)
        assert (books.status, books.messages, books.missing) == (ScanStatus.COMPLETE, len(MANY), 0)


GONE = 3
MORE = {uid: HEADER.replace(b"hello", b"%d" % uid) for uid in range(1, bounds.SEARCH_AT_ONCE + 501)}


@pytest.mark.parametrize("told_at", [b"LIST", b'STATUS "OTHER"'], ids=["LIST", "STATUS"])
@pytest.mark.parametrize("said", [b"* 1 EXPUNGE\r\n" * GONE, b"* VANISHED 1:%d\r\n" % GONE, b""], ids=["EXPUNGE", "VANISHED", "nothing"])
def test_what_is_deleted_while_the_other_folders_are_looked_at_is_not_asked_for_by_its_number(said: bytes, told_at: bytes) -> None:
    before = telling_next(mailbox(MORE))
    after = telling_next(mailbox({uid: header for uid, header in MORE.items() if uid > GONE})) if said else before
    left, find = len(MORE) - GONE * bool(said), after[b"UID SEARCH"]
    assert callable(find)
    opened = iter((before[b"EXAMINE"], after[b"EXAMINE"]))

    def examine(talk: Talk, line: bytes) -> bytes:
        answer = next(opened)
        assert isinstance(answer, bytes)
        return answer

    def search(talk: Talk, line: bytes) -> bytes:
        return find(talk, line) if int(line.rpartition(b":")[2]) <= left else b"{tag} BAD there are not so many\r\n"

    empty = b"* 0 EXISTS\r\n* OK [UIDVALIDITY 9]\r\n" + DONE
    answers = {
        **after,
        b"LIST": b'* LIST () "/" INBOX\r\n* LIST () "/" Other\r\n' + DONE,
        b'STATUS "OTHER"': b"* STATUS Other (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 9)\r\n" + DONE,
        b"EXAMINE": examine, b'EXAMINE "OTHER"': empty, b"UID SEARCH": search,
    }  # fmt: skip
    told = answers[told_at]
    assert isinstance(told, bytes)
    with Scripted(answering({**answers, told_at: said + told})) as server:
        books = audit(server)
        assert (books.status, books.code, books.messages) == (ScanStatus.COMPLETE, None, left)
        assert sum(command == b'EXAMINE "INBOX"' for command in server.commands) == 1 + bool(said)


def test_what_is_deleted_from_another_mailbox_before_one_is_open_does_not_count() -> None:
    answers = telling_next(mailbox(MORE))
    opened = answers[b"EXAMINE"]
    assert isinstance(opened, bytes)
    with Scripted(answering({**answers, b"EXAMINE": b"* 1 EXPUNGE\r\n" + opened})) as server:
        books = audit(server)
        assert (books.status, books.messages) == (ScanStatus.COMPLETE, len(MORE))


def test_a_server_that_enables_nothing_once_a_mailbox_is_open_says_what_went() -> None:
    """Also over a connection that had to be made again."""
    less = {uid: header for uid, header in HELD.items() if uid != 4}
    enabled, opened, cut = list[Talk](), list[Talk](), list[Talk]()

    def enable(talk: Talk, line: bytes) -> bytes:
        if talk in opened:
            return b"{tag} BAD a mailbox is open\r\n"
        enabled.append(talk)
        return b"* ENABLED QRESYNC\r\n" + DONE

    def serving(messages: dict[int, bytes], modseq: int) -> dict[bytes, Answer]:
        answers = telling_next(mailbox(messages))

        def examine(talk: Talk, line: bytes) -> bytes:
            opened.append(talk)
            return b"* OK [HIGHESTMODSEQ %d]\r\n" % modseq * (talk in enabled) + _answer(answers, b"EXAMINE", talk, line)

        def fetch(talk: Talk, line: bytes) -> bytes:
            if b"VANISHED" not in line:
                return _answer(answers, b"UID FETCH", talk, line)
            if not cut:
                cut.append(talk)
                return hang_up(talk, line)
            return b"* VANISHED (EARLIER) 4\r\n" + DONE if talk in enabled else b"{tag} BAD not enabled\r\n"

        return {**answers, b"ENABLE": enable, b"EXAMINE": examine, b"UID FETCH": fetch}

    capabilities = CAPABILITIES + b" ENABLE CONDSTORE QRESYNC"
    kept = Cache(None)
    for held, modseq in ((HELD, 5), (less, 9)):
        with Scripted(answering(serving(held, modseq), capabilities=capabilities)) as server:
            books = audit(server, kept)
            assert (books.status, books.messages) == (ScanStatus.COMPLETE, len(held))
    assert not any(command.startswith(b"UID SEARCH 1:") for command in server.commands)
    assert sum(b"(CHANGEDSINCE 5 VANISHED)" in command for command in server.commands) == 2
    kept.close()


@pytest.mark.parametrize("refusal", [b"{tag} BAD a mailbox is open\r\n", b"{tag} NO not now\r\n"], ids=["BAD", "NO"])
def test_a_server_that_does_not_say_what_went_is_looked_at(refusal: bytes) -> None:
    def remembering(messages: dict[int, bytes], modseq: int) -> dict[bytes, Answer]:
        answers = telling_next(mailbox(messages))
        opened = answers[b"EXAMINE"]
        assert isinstance(opened, bytes)
        return {**answers, b"EXAMINE": b"* OK [HIGHESTMODSEQ %d]\r\n" % modseq + opened, b"ENABLE": refusal}

    capabilities = CAPABILITIES + b" ENABLE CONDSTORE QRESYNC"
    kept = Cache(None)
    try:
        with Scripted(answering(remembering(HELD, 5), capabilities=capabilities)) as server:
            audit(server, kept)
        less = {uid: header for uid, header in HELD.items() if uid != 4}
        with Scripted(answering(remembering(less, 9), capabilities=capabilities)) as server:
            books = audit(server, kept)
            assert b"ENABLE QRESYNC" in server.commands
            assert not any(b"CHANGEDSINCE" in command for command in server.commands)
            assert (books.status, books.code, books.messages) == (ScanStatus.COMPLETE, None, len(less))
    finally:
        kept.close()


def test_what_stands_in_brackets_may_end_in_a_space() -> None:
    answers = telling_next(mailbox(HELD))
    opened = answers[b"EXAMINE"]
    assert isinstance(opened, bytes)
    with Scripted(answering({**answers, b"EXAMINE": opened.replace(b"]\r\n", b" ]\r\n")})) as server:
        assert audit(server).status is ScanStatus.COMPLETE


def test_what_is_said_of_the_mailbox_that_was_open_before_is_not_taken_for_what_is_opened() -> None:
    answers = telling_next(mailbox(HELD))
    opened = answers[b"EXAMINE"]
    assert isinstance(opened, bytes)
    before = b"* 90 EXISTS\r\n* OK [UIDNEXT 700]\r\n* OK [CLOSED]\r\n"
    with Scripted(answering({**answers, b"EXAMINE": before + opened})) as server:
        books = audit(server)
        assert (books.status, books.messages) == (ScanStatus.COMPLETE, len(HELD))
        assert sum(command.startswith(b"EXAMINE") for command in server.commands) == 1
