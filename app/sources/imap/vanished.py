"""Which messages have gone since a mailbox was last opened, as a server with QRESYNC (RFC 7162 section 3.2) remembers it."""

from __future__ import annotations

from app.sources.imap import bounds, failures
from app.sources.imap.answers import Malformed
from app.sources.imap.commands import quoted
from app.sources.imap.examine import Opened, opened
from app.sources.imap.mailboxes import Mailbox
from app.sources.imap.search import ranges
from app.sources.imap.session import Session

EARLIER = b"(EARLIER) "


def vanished(session: Session, mailbox: Mailbox, validity: int, modseq: int) -> tuple[Opened, list[int] | None]:
    """Open a mailbox and give the UIDs that have gone since `modseq`, maybe more of them than were ever read; None where there are too many to name.

    Raises WorldError.
    """
    session.demand(b"ENABLE QRESYNC", bounds.LINE)
    command = b"EXAMINE %b (QRESYNC (%d %d))" % (quoted(mailbox.raw), validity, modseq)
    reply = session.ask(command, line=bounds.RANGES)
    found = opened(reply, session, mailbox.raw)
    uids: list[int] = []
    try:
        for parts in reply.of(b"VANISHED"):
            if not parts[0].upper().startswith(EARLIER):
                continue
            for low, high in ranges(parts[0][len(EARLIER) :]):
                if len(uids) + high - low >= bounds.SEARCHED:
                    return found, None
                uids += range(low, high + 1)
    except Malformed:
        raise failures.no_sense(session.host_name, parts[0]) from None
    return found, uids
