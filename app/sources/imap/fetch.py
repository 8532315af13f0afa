"""Headers by UID, two batches on the way at once; what was asked for is compared with what came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.sources.imap import bounds, failures
from app.sources.imap.commands import uid_set
from app.sources.imap.fetched import Fetched
from app.sources.imap.search import expunged, still_there
from app.sources.imap.session import Reply, Session

_ASKED_OCTETS = bounds.HEADER + 1
"""One more than is kept shows that there is more."""
_MOST = bounds.BATCH * (_ASKED_OCTETS + 4_096) + (1 << 20)
_TWIN_ITEMS = {"X-GM-EXT-1": b"X-GM-MSGID", "OBJECTID": b"EMAILID"}
_TRIES = 64
"""Commands that are spent on what a batch lacks; the rest counts as missing."""
_PASSING = frozenset(["server.unavailable", "server.limit", "server.throttled"])


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
    for fetched in reply.fetched:
        if fetched.uid in asked:
            first = answered.messages.setdefault(fetched.uid, fetched)
            answered.contradicted += first != fetched
