"""Headers by UID, several batches on the way at once; what was asked for is compared with what came."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.mail.headers import WANTED, raw_fields
from app.sources.imap import bounds, failures
from app.sources.imap.commands import uid_set
from app.sources.imap.fetched import Fetched
from app.sources.imap.pace import Pace, Timing
from app.sources.imap.search import still_there
from app.sources.imap.session import Reply, Session

_ASKED_OCTETS = bounds.HEADER + 1
"""One more than is kept shows that there is more."""
_MOST = bounds.BATCH * (_ASKED_OCTETS + 4_096) + (1 << 20)
_FIELDS = b"HEADER.FIELDS (%b)" % b" ".join(sorted(name.upper() for name in WANTED))
_TWIN_ITEMS = {"X-GM-EXT-1": b"X-GM-MSGID", "OBJECTID": b"EMAILID"}
_TRIES = 64
"""Commands that are spent on what a batch lacks; the rest counts as missing."""
_PASSING = frozenset(["server.unavailable", "server.limit", "server.throttled"])


@dataclass(slots=True)
class Answered:
    """What came for one batch of UIDs."""

    messages: dict[int, Fetched] = field(default_factory=dict)
    missing: int = 0
    """Never answered."""
    lost: int = 0
    """Of these, the ones that are not found any more. What a server says of deletions tells nothing of them: it says it with the answer to any command,
    and by numbers."""
    contradicted: int = 0
    """UIDs that were answered twice, differently; the first answer stays."""


def fetch(session: Session, uids: Sequence[int], pace: Pace) -> Iterator[Answered]:
    """The messages of growing `uids`, in batches of bounds.BATCH. Raises WorldError.

    Until `pace` has settled they are read in stretches, each of them timed. Ends early where the way that it settles on needs another connection.
    """
    batches = [uids[n : n + bounds.BATCH] for n in range(0, len(uids), bounds.BATCH)]
    whole: dict[int, Fetched] = {}
    while batches:
        trying = not pace.settled and len(batches) >= (bounds.TIMED if pace.begun else bounds.WORTH_TIMING)
        if pace.settled or trying:
            _prepare(session, pace, whole)
        if pace.settled and session.compressed and not pace.way.compressed:
            return
        fields = pace.way.fields and (pace.settled or trying)
        stretch, batches = (batches[: bounds.TIMED], batches[bounds.TIMED :]) if trying else (batches, [])
        items = _items(session, fields)
        replies = session.ask_all((_command(batch, items) for batch in stretch), _MOST, uids=map(frozenset, stretch))
        moments = []
        for batch, reply in zip(stretch, replies, strict=True):
            moments.append(_Moment(time.perf_counter(), session.wire.incoming.waited, session.wire.incoming.octets))
            answered = Answered()
            _take(reply, answered, session)
            if len(answered.messages) < len(batch):
                _complete(session, items, batch, answered)
            whole = {} if fields else answered.messages
            _ask_again(session, fields, answered)
            yield answered
        if trying and not pace.settled:
            first, last = moments[0], moments[-1]
            messages = (len(stretch) - 1) * bounds.BATCH
            pace.took(Timing(messages, last.time - first.time, last.waited - first.waited, last.octets - first.octets))


def fetch_one(session: Session, uid: int) -> Fetched | None:
    """One message with its whole header; None where it is not there."""
    answered = Answered()
    _take(_ask(session, [uid], _items(session)), answered, session)
    return answered.messages.get(uid)


class _Moment(NamedTuple):
    time: float
    waited: float
    octets: int


def _prepare(session: Session, pace: Pace, whole: dict[int, Fetched]) -> None:
    """Have the server do what the way takes; another way where it will not, or where it would not be the same that is read."""
    while True:
        way = pace.way
        compressed = not way.compressed or session.compressed or (session.offers("COMPRESS=DEFLATE") and session.compress())
        pace.faithful = pace.faithful or (way.fields and _reads_the_same(session, whole))
        if compressed and (pace.faithful or not way.fields):
            return
        pace.refused()


def _reads_the_same(session: Session, whole: dict[int, Fetched]) -> bool:
    """Whether the wanted fields alone are the same as those of the whole headers, in a sample of messages that have just been read."""
    sample = {uid: each.header for uid, each in sorted(whole.items()) if each.header and len(each.header) <= bounds.HEADER}
    uids = list(sample)[: bounds.COMPARED]
    answered = Answered()
    if uids:
        _take(_ask(session, uids, _items(session, fields=True)), answered, session)
    return bool(uids) and all(uid in answered.messages and raw_fields(answered.messages[uid].header or b"") == raw_fields(sample[uid]) for uid in uids)


def _ask_again(session: Session, fields: bool, answered: Answered) -> None:
    """So that the same is read in either way: of a header that is too large the wanted fields, of one that has no wanted field all."""
    odd = [uid for uid, each in answered.messages.items() if each.header and (not each.header.strip() if fields else len(each.header) > bounds.HEADER)]
    if not odd:
        return
    again = Answered()
    _take(_ask(session, sorted(odd), _items(session, not fields)), again, session)
    answered.messages.update((uid, each) for uid, each in again.messages.items() if each.header and each.header.strip())


def _items(session: Session, fields: bool = False) -> bytes:
    twin = next((item + b" " for capability, item in _TWIN_ITEMS.items() if session.offers(capability)), b"")
    wanted = _FIELDS if fields else b"HEADER"
    return b"(UID INTERNALDATE RFC822.SIZE %bBODY.PEEK[%b]<0.%d>)" % (twin, wanted, _ASKED_OCTETS)


def _command(uids: Sequence[int], items: bytes) -> bytes:
    return b"UID FETCH %b %b" % (uid_set(uids), items)


def _ask(session: Session, uids: Sequence[int], items: bytes) -> Reply:
    return session.ask(_command(uids, items), _MOST, uids=frozenset(uids))


def _complete(session: Session, items: bytes, batch: Sequence[int], answered: Answered) -> None:
    """Ask again for what did not come; halve what is refused until the messages that the server cannot give stand alone."""
    rest = [uid for uid in batch if uid not in answered.messages]
    there = still_there(session, rest)
    answered.lost = answered.missing = len(rest) - len(there)
    waiting = [[uid for uid in rest if uid in there]]
    for _ in range(_TRIES):
        if not waiting or not waiting[-1]:
            break
        asked = waiting.pop()
        reply = _ask(session, asked, items)
        _take(reply, answered, session)
        left = [uid for uid in asked if uid not in answered.messages]
        if reply.status == b"OK" or not left:
            answered.missing += len(left)
        elif len(asked) == 1:
            answered.messages[asked[0]] = Fetched(asked[0], None)
        else:
            middle = (len(left) + 1) // 2
            waiting += [half for half in (left[middle:], left[:middle]) if half]
    answered.missing += sum(len(uids) for uids in waiting)


def _take(reply: Reply, answered: Answered, session: Session) -> None:
    """Sort the answers in."""
    if reply.status != b"OK":
        refused = failures.refused_command(reply.text, session.host_name)
        if refused.code in _PASSING:
            raise refused
    for fetched in reply.fetched:
        first = answered.messages.setdefault(fetched.uid, fetched)
        answered.contradicted += first is not fetched and first != fetched
