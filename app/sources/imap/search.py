"""The UIDs of a mailbox, asked for in windows of message numbers: no answer is ever long, and UIDs may be as far apart as they like."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.sources.imap import bounds, failures
from app.sources.imap.answers import Malformed, deleted, number, ranges, values
from app.sources.imap.commands import uid_set
from app.sources.imap.examine import Opened, examine_command, opened
from app.sources.imap.mailboxes import Mailbox
from app.sources.imap.session import Reply, Session

UIDS = "I"
"""Array of UIDs: an `int` of Python takes ten times the room."""
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True, slots=True)
class Found:
    """The result of a search."""

    uids: Sequence[int]
    """Growing; of a large mailbox, in four octets each."""
    exists: int
    """Messages in the mailbox, without those that others deleted meanwhile."""


def open_and_search(session: Session, mailbox: Mailbox, since: date | None = None, after: int = 0) -> tuple[Opened, Found]:
    """EXAMINE and `search`: in one round trip where, by its STATUS, few messages are asked for. Raises WorldError as both of them do.

    A mailbox that is open since it was listed is searched as it was then; what has come meanwhile is for the next scan.
    One that something was deleted from is opened anew: by its number a message would be another, or none.
    """
    wanted = mailbox.folder.messages
    if wanted is not None and after and mailbox.next_uid and not since:
        wanted = min(wanted, mailbox.next_uid - 1 - after)
    at_once = wanted is not None and wanted <= bounds.SEARCH_AT_ONCE
    still_open = mailbox.opened if session.selected is mailbox.opened else None
    commands = [examine_command(mailbox.raw)] * (not still_open) + [_command(session, b"UID %d:*" % (1 if since else after + 1), since)] * at_once
    replies = session.ask_all(commands, bounds.LINE * 16, len(commands))
    now = session.selected = still_open or opened(next(replies), session, mailbox.raw)
    found = next(replies) if at_once else None
    if found is None or found.status != b"OK":
        return now, search(session, now.exists, since, 0 if since else after)
    uids = {uid for uid in _uids(found, session) if (since or uid > after) and not (still_open and uid >= still_open.next_uid)}
    return now, Found(sorted(uids), max(0, now.exists - expunged(found)))


def search(session: Session, exists: int, since: date | None = None, after: int = 0) -> Found:
    """The UIDs above `after` of the messages that came on `since` (INTERNALDATE) or later. Raises WorldError.

    From the last window to the first: messages that somebody deletes meanwhile move the others down, into windows still to come,
    so none can be missed; one that comes twice is one.
    """
    uids: set[int] = set()
    high, size = exists, bounds.EXTENDED_WINDOW if session.offers("ESEARCH") else bounds.SEARCH_WINDOW
    while high > 0:
        low = max(1, high - size + 1)
        reply = session.demand(_command(session, b"%d:%d" % (low, high), since), line=bounds.RANGES)
        window = _uids(reply, session)
        uids.update(uid for uid in window if uid > after)
        exists = max(0, exists - expunged(reply))
        if not since and (any(uid <= after for uid in window) or not window):  # a server that cannot name one of thousands is not asked for more
            break
        high = min(low - 1, exists)
    return Found(array(UIDS, sorted(uids)), exists)


def _command(session: Session, messages: bytes, since: date | None) -> bytes:
    """With ESEARCH (RFC 4731) the answer is as short as the gaps between UIDs allow."""
    day = f" SINCE {since.day}-{_MONTHS[since.month - 1]}-{since.year:04d}".encode() if since else b""
    return b"UID SEARCH %b%b%b" % (b"RETURN (ALL) " if session.offers("ESEARCH") else b"", messages, day)


def still_there(session: Session, uids: list[int]) -> set[int]:
    """Which of these UIDs are in the mailbox now, at most a batch of them."""
    return set(_uids(session.demand(b"UID SEARCH UID " + uid_set(uids)), session)) & set(uids)


def expunged(reply: Reply) -> int:
    """How many messages the server says were deleted."""
    return sum(map(deleted, reply.answers))


def _uids(reply: Reply, session: Session) -> list[int]:
    uids: list[int] = []
    try:
        for parts in reply.of(b"SEARCH"):
            uids += [number(word) for word in parts[0].partition(b"(")[0].split()]
            if len(uids) > bounds.SEARCHED:
                raise Malformed
        for parts in reply.of(b"ESEARCH"):
            uids += _extended(parts, bounds.SEARCHED - len(uids))
    except Malformed:
        raise failures.no_sense(session.host_name, parts[0]) from None
    return [uid for uid in uids if uid]


def _extended(parts: list[bytes], most: int) -> list[int]:
    """`(TAG "N7") UID ALL 2:5,9` (RFC 4731 section 3.1). Raises Malformed, also where it names more than `most`."""
    answer = values(parts)
    if b"ALL" not in answer[:-1]:
        return []
    uids: list[int] = []
    named = answer[answer.index(b"ALL") + 1]
    for low, high in ranges(named) if isinstance(named, bytes) else ():
        if len(uids) + high - low >= most:
            raise Malformed
        uids += range(low, high + 1)
    return uids
