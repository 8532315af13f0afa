"""What servers do to wear a client out: floods, drips, absurd sizes, numbers and names. Each bound of `app.sources.imap.bounds` is met here."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterable

from tests.servers.misbehaviours import CAPABILITIES, DONE, HEADER, HELD, Misbehaviour, instead, listed
from tests.servers.scripted import Answer, Talk, fetched, mailbox

POINTS = (b"CAPABILITY", b"AUTHENTICATE", b"LIST", b"STATUS", b"EXAMINE", b"UID SEARCH", b"UID FETCH")
READING = POINTS[2:]


def _again(octets: bytes) -> Answer:
    def answer(talk: Talk, line: bytes) -> bytes:
        while True:
            talk.say(octets)

    return answer


def drip(octets: bytes = b"* OK wait\r\n") -> Answer:
    """An octet now and then: never silent, never done."""

    def answer(talk: Talk, line: bytes) -> bytes:
        while True:
            for n in range(len(octets)):
                talk.say(octets[n : n + 1])
                time.sleep(0.02)

    return answer


def _compressed(answer: Callable[[Talk], None]) -> dict[bytes, Answer]:
    """A mailbox that is worth timing, so that the server is asked to compress the line where any is slow, which is when it turns."""
    many = mailbox({uid: HEADER.replace(b"hello", b"%d" % uid) for uid in range(1, 6_501)})

    def compress(talk: Talk, line: bytes) -> bytes:
        talk.say(line.partition(b" ")[0] + b" OK begin\r\n")
        answer(talk)
        while True:
            talk.hear_some()  # compressed, so nothing for the log

    return {**many, b"COMPRESS": compress}


def _bomb(talk: Talk) -> None:
    """A thousand octets for each that is sent, without end."""
    deflate = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    while True:
        talk.say(deflate.compress(b"* OK and on\r\n" * 50_000) + deflate.flush(zlib.Z_SYNC_FLUSH))


def _names(*names: bytes) -> dict[bytes, Answer]:
    """INBOX with the usual messages, and empty mailboxes of these names."""
    lines = [b'() "/" INBOX', *(b'() "/" ' + name for name in names)]

    def examine(talk: Talk, line: bytes) -> bytes:
        exists = 4 if line.endswith(b'"INBOX"') else 0
        return b"* %d EXISTS\r\n* OK [UIDVALIDITY 7]\r\n" % exists + DONE

    def status(talk: Talk, line: bytes) -> bytes:
        name = line.split(b" STATUS ")[1].rpartition(b" (")[0]
        return b"* STATUS %b (MESSAGES %d UIDNEXT 743000001 UIDVALIDITY 7)\r\n" % (name, 4 if name == b'"INBOX"' else 0) + DONE

    return {**listed(*lines), b"EXAMINE": examine, b"STATUS": status}


def _quoted(names: Iterable[bytes]) -> list[bytes]:
    return [b'"' + name.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"' for name in names]


_NAMES = {
    "right-to-left overrides": ["\u202egnp.exe\u2066".encode(), "صندوق".encode()],
    "control characters": [b"\x1b]0;x\x07", b"a\x08b\x7f"],
    "malformed modified UTF-7": [b"&", b"&-", b"&AAA", b"&!!!-", b"&2AA-", b"&" * 50, b"&BkU-&BkU"],
    "octets of no encoding": [b"\xff\xfe\x80"],
    "path separators": [b"../../etc/passwd", b"/", b"a//b", b"C:\\x", b"."],
    "great length": [b"x" * 60_000],
    "great depth": [b"/".join([b"d"] * 10_000)],
    "formulas and markup": [b"=1+1", b"<script>alert(1)</script>", b"%s%n"],
    "wildcards": [b"*", b"%", b"a*b"],
}

ALL = (
    *(Misbehaviour(f"drips at {at.decode()}", {at: drip()}, code="timeout", told=at != b"CAPABILITY") for at in POINTS),
    *(Misbehaviour(f"answers without end at {at.decode()}", {at: _again(b"* OK and on\r\n" * 2_000)}, code="protocol.too_large",
                   told=at != b"CAPABILITY") for at in POINTS),
    *(Misbehaviour(f"asks back at {at.decode()}", {at: b"+ go on\r\n"}, told=True) for at in READING),
    Misbehaviour("asks back without end at AUTHENTICATE", {b"AUTHENTICATE": _again(b"+ \r\n" * 500)}, code="protocol.too_large"),
    *(Misbehaviour(f"announces {size} octets at {at.decode()}", {at: b"* X {" + size.encode() + b"}\r\n"}, code="protocol.too_large")
      for at in READING for size in ("99999999999", "1048577", "99999999999999999999")),
    *(Misbehaviour(f"announces {size} octets at UID FETCH", {b"UID FETCH": b"* 1 FETCH (UID 3 BODY[HEADER] {" + size.encode() + b"}\r\n" + DONE})
      for size in ("-1", "1e9", "123456789012345678901234567890")),
    Misbehaviour("compresses a bomb", _compressed(_bomb), "partial", "protocol.too_large", 4_000, capabilities=CAPABILITIES + b" COMPRESS=DEFLATE"),
    Misbehaviour("compresses rubbish", _compressed(lambda talk: talk.say(b"\xff" * 100)), "partial", "protocol", 4_000,
                 capabilities=CAPABILITIES + b" COMPRESS=DEFLATE"),
    Misbehaviour("refuses to compress", {**_compressed(_bomb), b"COMPRESS": b"{tag} NO [COMPRESSIONACTIVE] x\r\n"}, "complete", None, 6_500,
                 capabilities=CAPABILITIES + b" COMPRESS=DEFLATE"),
    Misbehaviour("drips its greeting", greeting=b"", code="timeout", told=False, before=drip(b"* OK " + b"x" * 4_000)),
    Misbehaviour("greets for ever", greeting=b"", code="protocol.too_large", told=False, before=_again(b"* OK\r\n" * 10_000)),
    Misbehaviour("has a thousand literals in one answer", {b"LIST": b"* LIST () {1}\r\n" + b"x {1}\r\n" * 1_000 + DONE}, code="protocol.too_large"),
    Misbehaviour("nests 51 deep", listed(b"(" * 51 + b")" * 51 + b' "/" INBOX')),
    Misbehaviour("has 100,001 mailboxes", listed(*(b'() "/" m%d' % n for n in range(100_001))), code="protocol.too_large"),
    *(Misbehaviour(f"has names with {what}", _names(*_quoted(names)), "complete", None, 4) for what, names in _NAMES.items()),
    *(Misbehaviour(f"gives the date {date!r}", instead(b"UID FETCH", b"01-Jan-2026 10:00:00 +0000", date.encode()), "complete", None, 4)
      for date in ("00-Jan-0000 00:00:00 +0000", "01-Jan-0001 00:00:00 +9999", "31-Dec-9999 23:59:60 -9999", "01-Jan-2026", "", "x" * 60)),
    *(Misbehaviour(f"gives the size {size}", instead(b"UID FETCH", b"RFC822.SIZE ", b"RFC822.SIZE " + size.encode()))
      for size in ("18446744073709551616", "x", "-1")),
    *(Misbehaviour(f"finds the UID {uid}", {b"UID SEARCH": b"* SEARCH " + uid.encode() + b"\r\n" + DONE}) for uid in ("4294967296", "-1", "1:4", "3,4")),
    Misbehaviour("gives a header of 64 KiB and one octet", {**mailbox({3: b"X: " + b"y" * 65_534})}, "complete", None, 1),
    Misbehaviour("gives an EMAILID of 10,000 octets", {
        b"UID FETCH": b"".join(fetched(n, uid, HELD[uid]).replace(b" BODY", b" EMAILID (" + b"e" * 10_000 + b") BODY") for n, uid in enumerate(HELD, 1)) + DONE,
    }, "complete", None, 4, capabilities=CAPABILITIES + b" OBJECTID"),
    Misbehaviour("has a capability of 60,000 octets", capabilities=CAPABILITIES + b" X" + b"x" * 60_000, status="complete", code=None, messages=4),
    Misbehaviour("refers to another server at signing in", {b"AUTHENTICATE": b"{tag} NO [REFERRAL imap://elsewhere.example/] x\r\n"}, code="auth.failed"),
    Misbehaviour("refers to another server at opening", {b"EXAMINE": b"{tag} NO [REFERRAL imap://elsewhere.example/x] x\r\n"}, "partial", "incomplete"),
    Misbehaviour("gives a header that is another answer", {**mailbox({3: HEADER + b"* 9 EXISTS\r\n)\r\nN1 OK done\r\n"})}, "complete", None, 1),
)  # fmt: skip
