"""The UIDs of a mailbox, asked for in windows of message numbers: no answer is ever long, and UIDs may be as far apart as they like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.sources.imap import bounds, failures
from app.sources.imap.answers import Malformed, number
from app.sources.imap.commands import uid_set
from app.sources.imap.session import Reply, Session

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True, slots=True)
class Found:
    """The result of a search."""

    uids: list[int]
    """Growing."""
    exists: int
    """Messages in the mailbox, without those that others deleted meanwhile."""


def search(session: Session, exists: int, since: date | None = None, after: int = 0) -> Found:
    """The UIDs above `after` of the messages that came on `since` (INTERNALDATE) or later. Raises WorldError.

    From the last window to the first: messages that somebody deletes meanwhile move the others down, into windows still to come,
    so none can be missed; one that comes twice is one.
    """
    day = f" SINCE {since.day}-{_MONTHS[since.month - 1]}-{since.year:04d}".encode() if since else b""
    uids: set[int] = set()
    high = exists
    while high > 0:
        low = max(1, high - bounds.SEARCH_WINDOW + 1)
        reply = session.demand(b"UID SEARCH %d:%d%b" % (low, high, day))
        window = _uids(reply, session)
        uids.update(uid for uid in window if uid > after)
        exists -= expunged(reply)
        if not since and (any(uid <= after for uid in window) or not window):  # a server that cannot name one of thousands is not asked for more
            break
        high = min(low - 1, exists)
    return Found(sorted(uids), exists)


def still_there(session: Session, uids: list[int]) -> tuple[set[int], int]:
    """Which of these UIDs are in the mailbox now, at most a batch of them, and how many messages the server says were deleted meanwhile."""
    reply = session.demand(b"UID SEARCH UID " + uid_set(uids))
    return set(_uids(reply, session)) & set(uids), expunged(reply)


def expunged(reply: Reply) -> int:
    """How many messages the server says were deleted."""
    return sum(parts[0].upper().endswith(b" EXPUNGE") for parts in reply.answers)


def _uids(reply: Reply, session: Session) -> list[int]:
    uids: list[int] = []
    for parts in [*reply.of(b"SEARCH")]:
        try:
            uids += [number(word) for word in parts[0].partition(b"(")[0].split()]
        except Malformed:
            raise failures.no_sense(session.host_name, parts[0]) from None
    return [uid for uid in uids if uid]
