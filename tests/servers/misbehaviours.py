"""What servers do wrong, by name: how each answers, and how an audit of it has to end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.servers.scripted import CAPABILITIES, Answer, Script, Talk, answering, fetched, mailbox

HEADER = b"From: Sara <sara@partner.example>\r\nSubject: hello\r\n\r\n"
HELD = {uid: HEADER.replace(b"hello", b"%d" % uid) for uid in (3, 4, 5, 743_000_000)}
DONE = b"{tag} OK done\r\n"


@dataclass(frozen=True, slots=True)
class Misbehaviour:
    """A server with four messages in its INBOX that behaves but for this; over plain text on loopback."""

    name: str
    answers: Mapping[bytes, Answer] = field(default_factory=dict)
    status: str = "error"
    code: str | None = "protocol"
    messages: int = 0
    greeting: bytes = b"* OK ready\r\n"
    capabilities: bytes = CAPABILITIES
    told: bool = True
    """Whether the secret may have been sent."""
    before: Answer | None = None
    """What is done before the greeting."""

    def script(self) -> Script:
        usual = answering({**mailbox(HELD), **self.answers}, self.greeting, self.capabilities)

        def script(talk: Talk) -> None:
            if callable(self.before):
                self.before(talk, b"")
            usual(talk)

        return script


def _silent(talk: Talk, line: bytes) -> bytes:
    return b""


def _cut(talk: Talk, line: bytes) -> bytes:
    talk.hang_up()
    return b""


def _flood(talk: Talk, line: bytes) -> bytes:
    while True:
        talk.say(b"* OK [ALERT] look here\r\n" * 1_000)


def instead(command: bytes, old: bytes, new: bytes) -> dict[bytes, Answer]:
    """The usual answer with one thing changed."""
    usual = mailbox(HELD)[command]

    def answer(talk: Talk, line: bytes) -> bytes:
        return (usual(talk, line) if callable(usual) else usual).replace(old, new)

    return {command: answer}


def listed(*lines: bytes) -> dict[bytes, Answer]:
    return {b"LIST": b"".join(b"* LIST " + line + b"\r\n" for line in lines) + DONE}


def _sayings() -> list[Misbehaviour]:
    """The same few answers at every point of the dialogue."""
    points = (b"CAPABILITY", b"AUTHENTICATE", b"LIST", b"EXAMINE", b"UID SEARCH", b"UID FETCH")
    answers: list[tuple[str, Answer, str]] = [
        ("says goodbye", b"* BYE enough\r\n", "server.bye"),
        ("hangs up", _cut, "connection"),
        ("falls silent", _silent, "timeout"),
        ("talks rubbish", b"\0\xff\xfe)(\r\n", "protocol"),
        ("sends an endless line", b"* " + b"x" * 70_000, "protocol.too_large"),
    ]
    return [Misbehaviour(f"{what} at {at.decode()}", {at: answer}, code=code, told=at != b"CAPABILITY") for at in points for what, answer, code in answers]


def _said(answers: Mapping[bytes, Answer], command: bytes, talk: Talk, line: bytes) -> bytes:
    answer = answers[command]
    return answer(talk, line) if callable(answer) else answer


def _more(command: bytes, told: bytes) -> dict[bytes, Answer]:
    """The usual answer, and something before it."""
    usual = mailbox(HELD)[command]
    return {command: lambda talk, line: told + (usual(talk, line) if callable(usual) else usual)}


_GROWN = mailbox({**HELD, 743_000_001: HEADER, 743_000_002: HEADER.replace(b"hello", b"and another")})
_SHRUNK = mailbox({uid: HELD[uid] for uid in (3, 4)})
_OPENED = b"* 4 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n{tag} OK [READ-ONLY]\r\n"


CONTRADICTIONS = (
    Misbehaviour("finds more messages than there are", {b"UID SEARCH": _GROWN[b"UID SEARCH"], b"UID FETCH": _GROWN[b"UID FETCH"]}, "complete", None, 4),
    Misbehaviour("names more messages than it was asked for", {
        b"UID SEARCH": b"* SEARCH 3 4 5 743000000 743000001 743000002\r\n" + DONE, b"UID FETCH": _GROWN[b"UID FETCH"],
    }, "partial", "incomplete", 6),
    Misbehaviour("names more messages than it gives", instead(b"UID SEARCH", b"SEARCH 3", b"SEARCH 1 2 3"), "partial", "incomplete", 4),
    Misbehaviour("finds fewer messages than there are", instead(b"UID SEARCH", b" 4 5", b""), "partial", "incomplete", 2),
    Misbehaviour("finds more and more messages in few octets", {
        b"UID SEARCH": b"* ESEARCH UID ALL 1:40000\r\n" * 2_000 + DONE,
    }),
    Misbehaviour("finds a message of UID 0", instead(b"UID SEARCH", b" 5", b" 0"), "partial", "incomplete", 3),
    Misbehaviour("finds UIDs out of order", {b"UID SEARCH": b"* SEARCH 743000000 4 3 5\r\n" + DONE}, "complete", None, 4),
    Misbehaviour("finds the largest UID", {
        **mailbox({4_294_967_295: HEADER, **{uid: HELD[uid] for uid in (3, 4, 5)}}),
    }, "complete", None, 4),
    Misbehaviour("fetches more than was asked for", _more(b"UID FETCH", fetched(9, 9, HEADER) + fetched(0, 0, HEADER)), "complete", None, 4),
    Misbehaviour("fetches a message twice", _more(b"UID FETCH", fetched(1, 3, HELD[3])), "complete", None, 4),
    Misbehaviour("fetches two messages of one UID", _more(b"UID FETCH", fetched(1, 3, HEADER)), "complete", None, 4),
    Misbehaviour("fetches everything as one UID", {
        b"UID FETCH": b"".join(fetched(n, 3, HELD[uid]) for n, uid in enumerate(HELD, start=1)) + DONE,
    }, "partial", "incomplete", 1),
    Misbehaviour("gives all messages one identity", {
        b"UID FETCH": b"".join(fetched(n, uid, HELD[uid]).replace(b" BODY", b" X-GM-MSGID 1 BODY") for n, uid in enumerate(HELD, start=1)) + DONE,
    }, "complete", None, 4, capabilities=CAPABILITIES + b" X-GM-EXT-1"),
    Misbehaviour("forgets messages without a word", {
        b"UID SEARCH": lambda talk, line: _said(_SHRUNK if b"SEARCH UID" in line else mailbox(HELD), b"UID SEARCH", talk, line),
        b"UID FETCH": _SHRUNK[b"UID FETCH"],
    }, "partial", "incomplete", 2),
    Misbehaviour("says that more came", _more(b"UID SEARCH", b"* 6 EXISTS\r\n"), "complete", None, 4),
    Misbehaviour("says that there are fewer now", _more(b"UID SEARCH", b"* 2 EXISTS\r\n"), "complete", None, 4),
    Misbehaviour("says that messages were deleted, and gives them", _more(b"UID SEARCH", b"* 1 EXPUNGE\r\n" * 2), "partial", "incomplete", 4),
    Misbehaviour("says that more were deleted than there are", _more(b"UID SEARCH", b"* 1 EXPUNGE\r\n" * 9), "partial", "incomplete", 4),
    Misbehaviour("counts twice, the second time less", {b"EXAMINE": b"* 4 EXISTS\r\n* 0 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n{tag} OK\r\n"}, "complete", None, 4),
    Misbehaviour("opens a mailbox without a number of messages", instead(b"EXAMINE", b"* 4 EXISTS\r\n", b"")),
    Misbehaviour("opens a mailbox without UIDVALIDITY", instead(b"EXAMINE", b"* OK [UIDVALIDITY 7]\r\n", b"")),
    Misbehaviour("has a UIDVALIDITY of 0", instead(b"EXAMINE", b"UIDVALIDITY 7", b"UIDVALIDITY 0")),
    Misbehaviour("has more messages than its STATUS says", instead(b"STATUS", b"MESSAGES 4", b"MESSAGES 1"), "complete", None, 4),
    Misbehaviour("has fewer messages than its STATUS says", instead(b"STATUS", b"MESSAGES 4", b"MESSAGES 9"), "complete", None, 4),
    Misbehaviour("has no STATUS", {b"STATUS": b"{tag} NO x\r\n"}, "complete", None, 4),
    Misbehaviour("has the STATUS of another mailbox", {b"STATUS": b"* STATUS Other (MESSAGES 9 UIDNEXT 9 UIDVALIDITY 9)\r\n" + DONE}, "complete", None, 4),
    Misbehaviour("has a STATUS that makes no sense", {b"STATUS": b"* STATUS INBOX (MESSAGES -1 UIDVALIDITY 99999999999)\r\n" + DONE}, "complete", None, 4),
    Misbehaviour("lists no mailbox", {b"LIST": DONE}, "complete", None, 4),
    Misbehaviour("lists a mailbox that is not there", {
        **listed(b'() "/" INBOX', b'() "/" Ghost'),
        b"EXAMINE": lambda talk, line: b"{tag} NO [NONEXISTENT] x\r\n" if b"Ghost" in line else _OPENED,
    }, "partial", "incomplete", 4),
    Misbehaviour("says in two ways whether a mailbox can be opened", listed(b'(\\Noselect) "/" INBOX', b'() "/" INBOX'), "complete", None, 4),
)  # fmt: skip

ALL = (
    *_sayings(),
    *CONTRADICTIONS,
    Misbehaviour("greets with PREAUTH", greeting=b"* PREAUTH welcome\r\n", status="refused", code="auth.preauth", told=False),
    Misbehaviour("greets with BYE", greeting=b"* BYE\r\n", code="server.bye", told=False),
    Misbehaviour("greets as unavailable", greeting=b"* BYE [UNAVAILABLE] x\r\n", code="server.unavailable", told=False),
    Misbehaviour("greets in another protocol", greeting=b"220 smtp ready\r\n", told=False),
    Misbehaviour("greets without end", greeting=b"* OK " + b"x" * 70_000, code="protocol.too_large", told=False),
    Misbehaviour("disables LOGIN", capabilities=b"IMAP4rev1 LOGINDISABLED", code="auth.privacy", told=False),
    Misbehaviour("refuses the password", {b"AUTHENTICATE": b"{tag} NO [AUTHENTICATIONFAILED] x\r\n"}, code="auth.failed"),
    Misbehaviour("says the password expired", {b"AUTHENTICATE": b"{tag} NO [EXPIRED] x\r\n"}, code="auth.expired"),
    Misbehaviour("wants privacy", {b"AUTHENTICATE": b"{tag} NO [PRIVACYREQUIRED] x\r\n"}, code="auth.privacy"),
    Misbehaviour("wants a web login", {b"AUTHENTICATE": b"{tag} NO [WEBALERT https://x.example] Web login required\r\n"}, code="auth.weblogin"),
    Misbehaviour("wants the administrator", {b"AUTHENTICATE": b"{tag} NO [CONTACTADMIN] x\r\n"}, code="auth.admin"),
    Misbehaviour("does not know the mechanism", {b"AUTHENTICATE": b"{tag} BAD x\r\n"}, code="auth.mechanism"),
    Misbehaviour("is in use at signing in", {b"AUTHENTICATE": b"{tag} NO [INUSE] x\r\n"}, code="server.unavailable"),
    Misbehaviour("floods with alerts", {b"LIST": _flood}, code="protocol.too_large"),
    Misbehaviour("nests without end", listed(b"(" * 60_000)),
    Misbehaviour("announces an absurd literal", listed(b'() "/" {99999999999}'), code="protocol.too_large"),
    Misbehaviour("lists a name with a line break", {b"LIST": b'* LIST () "/" {12}\r\na\r\nX STORE 1\r\n' + DONE}),
    Misbehaviour("lists a name with NUL", listed(b'() "/" "a\0b"')),
    Misbehaviour("answers a tag that nobody sent", {b"LIST": b"N999 OK whose?\r\n"}),
    Misbehaviour("lists INBOX twice", listed(b'() "/" INBOX', b'() "/" inbox'), "complete", None, 4),
    Misbehaviour("will not open a mailbox", {b"EXAMINE": b"{tag} NO [NOPERM] x\r\n"}, "partial", "incomplete"),
    Misbehaviour("replaces a mailbox", instead(b"EXAMINE", b"UIDVALIDITY 7", b"UIDVALIDITY 8"), "partial", "incomplete"),
    Misbehaviour("claims more messages than there are", instead(b"EXAMINE", b"* 4 EXISTS", b"* 9 EXISTS"), "partial", "incomplete", 4),
    Misbehaviour("claims an absurd number of messages", instead(b"EXAMINE", b"* 4 EXISTS", b"* 4294967295 EXISTS"), code="protocol.too_large"),
    Misbehaviour("claims a negative number of messages", instead(b"EXAMINE", b"* 4 EXISTS", b"* -4 EXISTS")),
    Misbehaviour("has a UIDVALIDITY that is no number", instead(b"EXAMINE", b"UIDVALIDITY 7", b"UIDVALIDITY x")),
    Misbehaviour("finds a UID beyond 32 bits", {b"UID SEARCH": b"* SEARCH 99999999999\r\n" + DONE}),
    Misbehaviour("finds words", {b"UID SEARCH": b"* SEARCH three\r\n" + DONE}),
    Misbehaviour("finds nothing", {b"UID SEARCH": b"* SEARCH\r\n" + DONE}, "partial", "incomplete"),
    Misbehaviour("finds a message twice", instead(b"UID SEARCH", b"SEARCH 3", b"SEARCH 3 3"), "complete", None, 4),
    Misbehaviour("refuses to search", {b"UID SEARCH": b"{tag} NO x\r\n"}),
    Misbehaviour("fetches nothing", {b"UID FETCH": DONE}, "partial", "incomplete"),
    Misbehaviour("fetches what was not asked for", {b"UID FETCH": fetched(9, 9, HEADER) + DONE}, "partial", "incomplete"),
    Misbehaviour("has no sense of time", instead(b"UID FETCH", b"01-Jan-2026", b"99-Foo-0000"), "complete", None, 4),
    Misbehaviour("has a size beyond measure", instead(b"UID FETCH", b"RFC822.SIZE ", b"RFC822.SIZE 9999999999999")),
    Misbehaviour("has a negative size", instead(b"UID FETCH", b"RFC822.SIZE ", b"RFC822.SIZE -")),
    Misbehaviour("throttles for ever", {b"UID FETCH": b"{tag} NO [THROTTLED] x\r\n"}, code="server.throttled"),
    Misbehaviour("has reached a limit for ever", {b"UID FETCH": b"{tag} NO [LIMIT] x\r\n"}, code="server.limit"),
)
