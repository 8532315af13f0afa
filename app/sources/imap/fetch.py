"""Headers by UID, two batches on the way at once; what was asked for is compared with what came.

The answer that servers send is read by one regular expression; any other shape by the grammar, to the same effect.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from app.sources.imap import bounds, failures
from app.sources.imap.answers import Malformed, Value, internal_date, number, pairs, values
from app.sources.imap.commands import uid_set
from app.sources.imap.search import expunged, still_there
from app.sources.imap.session import Reply, Session

_ASKED_OCTETS = bounds.HEADER + 1
"""One more than is kept shows that there is more."""
_MOST = bounds.BATCH * (_ASKED_OCTETS + 4_096) + (1 << 20)
_TWIN_ITEMS = {"X-GM-EXT-1": b"X-GM-MSGID", "OBJECTID": b"EMAILID"}
_USUAL = re.compile(
    rb'\d+ FETCH \(UID (\d{1,10}) INTERNALDATE "([^"]{1,40})" RFC822\.SIZE (\d{1,13})(?: (?:X-GM-MSGID (\d{1,20})|EMAILID \(([^() ]{1,255})\)))?'
    rb" BODY\[HEADER\](?:<0>)? "
)
_TRIES = 64
"""Commands that are spent on what a batch lacks; the rest counts as missing."""
_PASSING = frozenset(["server.unavailable", "server.limit", "server.throttled"])
_FETCH = re.compile(rb"\d+ FETCH ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """One message as the server gave it; `header` None where it gave NIL, or refused."""

    uid: int
    header: bytes | None
    received: int | None = None
    size: int = 0
    twin: str = ""


@dataclass(slots=True)
class Answered:
    """What came for one batch of UIDs."""

    messages: dict[int, Fetched] = field(default_factory=dict)
    gone: int = 0
    """Deleted by somebody else since the search, as the server says."""
    missing: int = 0
    """Never answered, and not said to be deleted."""
    contradicted: int = 0
    """UIDs that were answered twice, differently; the first answer stays."""


def fetch(session: Session, uids: list[int]) -> Iterator[Answered]:
    """The messages of growing `uids`, in batches of bounds.BATCH. Raises WorldError."""
    items = _items(session)
    batches = [uids[n : n + bounds.BATCH] for n in range(0, len(uids), bounds.BATCH)]
    for batch, reply in zip(batches, session.ask_all((_command(batch, items) for batch in batches), _MOST), strict=True):
        answered = Answered()
        _take(reply, set(batch), answered, session)
        if len(answered.messages) < len(batch):
            _complete(session, items, batch, answered, expunged(reply))
        yield answered


def fetch_one(session: Session, uid: int) -> Fetched | None:
    """One message; None where it is not there."""
    answered = Answered()
    _take(session.ask(_command([uid], _items(session)), _MOST), {uid}, answered, session)
    return answered.messages.get(uid)


def _items(session: Session) -> bytes:
    twin = next((item + b" " for capability, item in _TWIN_ITEMS.items() if session.offers(capability)), b"")
    return b"(UID INTERNALDATE RFC822.SIZE %bBODY.PEEK[HEADER]<0.%d>)" % (twin, _ASKED_OCTETS)


def _command(uids: list[int], items: bytes) -> bytes:
    return b"UID FETCH %b %b" % (uid_set(uids), items)


def _complete(session: Session, items: bytes, batch: list[int], answered: Answered, told: int) -> None:
    """Ask again for what did not come; halve what is refused until the messages that the server cannot give stand alone.

    Gone is only what the server says was deleted: `told` of them have been by now. Others that it no longer finds are missing.
    """
    rest = [uid for uid in batch if uid not in answered.messages]
    there, more = still_there(session, rest)
    lost = len(rest) - len(there)
    if lost > told + more:
        more += expunged(session.ask(b"NOOP", bounds.LINE))
    answered.gone += min(lost, told + more)
    answered.missing += lost - min(lost, told + more)
    waiting = [[uid for uid in rest if uid in there]]
    for _ in range(_TRIES):
        if not waiting or not waiting[-1]:
            break
        asked = waiting.pop()
        reply = session.ask(_command(asked, items), _MOST)
        _take(reply, set(asked), answered, session)
        left = [uid for uid in asked if uid not in answered.messages]
        if reply.status == b"OK" or not left:
            answered.missing += len(left)
        elif len(asked) == 1:
            answered.messages[asked[0]] = Fetched(asked[0], None)
        else:
            middle = (len(left) + 1) // 2
            waiting += [half for half in (left[middle:], left[:middle]) if half]
    answered.missing += sum(len(uids) for uids in waiting)


def _take(reply: Reply, asked: set[int], answered: Answered, session: Session) -> None:
    """Sort the answers in; what was not asked for is passed over."""
    if reply.status != b"OK":
        refused = failures.refused_command(reply.text, session.host_name)
        if refused.code in _PASSING:
            raise refused
    for parts in reply.answers:
        try:
            fetched = _usual(parts, asked) or _unusual(parts)
        except Malformed:
            raise failures.no_sense(session.host_name, parts[0]) from None
        if fetched is None or fetched.uid not in asked:
            continue
        first = answered.messages.setdefault(fetched.uid, fetched)
        answered.contradicted += first != fetched


def _usual(parts: list[bytes], asked: Container[int]) -> Fetched | None:
    """The shape that servers send: everything in the order it was asked for, the header as a literal; None for any other."""
    if len(parts) != 3 or parts[2] != b")" or (found := _USUAL.fullmatch(parts[0])) is None:
        return None
    uid, date, size, gmail, object_id = found.groups()
    n = int(uid)
    if n not in asked:  # the answer to another command on the way: not worth reading twice
        return Fetched(n, None)
    if int(size) > bounds.SIZE:
        raise Malformed
    return Fetched(n, parts[1], internal_date(date), int(size), _twin(gmail, object_id))


def _unusual(parts: list[bytes]) -> Fetched | None:
    """Any other answer; None where it carries no header of a message (a change of flags, say)."""
    begin = _FETCH.match(parts[0])
    if begin is None:
        return None
    answer = values([parts[0][begin.end() :], *parts[1:]])
    found = pairs(answer[0]) if answer else {}
    body = [name for name in found if name.startswith(b"BODY[HEADER]")]
    if b"UID" not in found or not body:
        return None
    header = found[body[0]]
    if isinstance(header, list):
        raise Malformed
    uid = number(found[b"UID"])
    size = number(found.get(b"RFC822.SIZE", b"0"), bounds.SIZE)
    object_id = found.get(b"EMAILID")
    twin = _twin(found.get(b"X-GM-MSGID"), object_id[0] if isinstance(object_id, list) and object_id else None)
    return Fetched(uid, header, internal_date(found.get(b"INTERNALDATE")), size, twin)


def _twin(gmail: Value, object_id: Value) -> str:
    """The server's own identity of a message, whatever mailbox it lies in (RFC 8474 section 5.1)."""
    if isinstance(gmail, bytes):
        return "gmail:" + gmail.decode("ascii", "replace")[: bounds.TWIN]
    return "emailid:" + object_id.decode("ascii", "replace")[: bounds.TWIN] if isinstance(object_id, bytes) else ""
