"""Opening a mailbox for reading only (EXAMINE, RFC 9051 section 6.3.3), and what the server says of it then."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from app.errors import WorldError
from app.sources.folder_names import shown
from app.sources.imap import bounds, failures
from app.sources.imap.answers import Malformed, number
from app.sources.imap.commands import quoted
from app.sources.imap.session import Reply, Session


@dataclass(frozen=True, slots=True)
class Opened:
    """A mailbox after EXAMINE."""

    raw: bytes
    """Its name."""
    exists: int
    validity: int
    modseq: int = 0
    """HIGHESTMODSEQ (RFC 7162 section 3.1.2.1); 0 where the server keeps none."""
    next_uid: int = 0
    """UIDNEXT; 0 where the server does not say."""


def examine(session: Session, raw: bytes) -> Opened:
    """Open the mailbox of this name. Raises WorldError `mailbox.denied` where the server refuses, and others."""
    session.selected = opened(session.ask(examine_command(raw), bounds.LINE * 16), session, raw)
    return session.selected


def examine_command(raw: bytes) -> bytes:
    return b"EXAMINE " + quoted(raw)


def opened(reply: Reply, session: Session, raw: bytes) -> Opened:
    """What a server answered to `examine_command`. Raises WorldError."""
    if reply.status != b"OK":
        refused = failures.refused_command(reply.text, session.host_name)
        if refused.code != "protocol":
            raise refused
        raise WorldError("mailbox.denied", folder=shown(raw), reason=failures.words(reply.text))
    exists, validity, modseq, next_uid = -1, 0, 0, 0
    for parts in _since_closed(reply.answers):
        line = parts[0].upper()
        try:
            if line.endswith(b" EXISTS"):
                exists = max(exists, number(line[:-7].strip()))
            elif line.startswith(b"OK [UIDVALIDITY "):
                validity = _coded(line)
            elif line.startswith(b"OK [UIDNEXT "):
                with suppress(Malformed):  # beyond the largest UID there is none
                    next_uid = _coded(line)
            elif line.startswith(b"OK [HIGHESTMODSEQ "):
                with suppress(Malformed):  # it does without
                    modseq = _coded(line, bounds.MODSEQ)
        except Malformed:
            raise failures.no_sense(session.host_name, parts[0]) from None
    if exists < 0 or not validity:
        raise failures.no_sense(session.host_name, reply.text)
    if exists > bounds.MESSAGES:
        raise failures.too_large(session.host_name)
    return Opened(raw, exists, validity, modseq, next_uid)


def _since_closed(answers: Sequence[list[bytes]]) -> Sequence[list[bytes]]:
    """Without what was said of mailboxes that were open before (RFC 9051 section 7.1), which is most of it where many are opened at once."""
    for at in range(len(answers) - 1, -1, -1):
        if answers[at][0].upper().startswith(b"OK [CLOSED]"):
            return answers[at:]
    return answers


def _coded(line: bytes, most: int = bounds.UID) -> int:
    """The number of a response code. Raises Malformed."""
    return number(line.partition(b"]")[0].split()[-1], most)
