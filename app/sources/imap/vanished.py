"""Which messages have gone from the open mailbox, as a server with QRESYNC (RFC 7162 section 3.2.6) remembers it."""

from __future__ import annotations

from app.sources.imap import bounds
from app.sources.imap.answers import Malformed, ranges
from app.sources.imap.session import Session

EARLIER = b"(EARLIER) "


def vanished(session: Session, last: int, modseq: int) -> list[int] | None:
    """The UIDs up to `last` that have gone since `modseq`, maybe more of them than were ever read; None where it does not say, too many, or nonsense.

    Raises WorldError.
    """
    reply = session.ask(b"UID FETCH 1:%d (UID) (CHANGEDSINCE %d VANISHED)" % (last, modseq), line=bounds.RANGES)
    if reply.status != b"OK":
        return None
    uids: list[int] = []
    try:
        for parts in reply.of(b"VANISHED"):
            if not parts[0].upper().startswith(EARLIER):
                continue
            for low, high in ranges(parts[0][len(EARLIER) :]):
                if len(uids) + high - low >= bounds.SEARCHED:
                    return None
                uids += range(low, high + 1)
    except Malformed:
        return None
    return uids
