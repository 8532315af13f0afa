"""The mailboxes of an account: names as octets for the server, decoded for people, and what each is for (RFC 6154)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from app.errors import WorldError
from app.model import Folder, FolderRole
from app.sources.folder_names import decode_utf7
from app.sources.imap import bounds, failures
from app.sources.imap.answers import Malformed, Value, number, pairs, values
from app.sources.imap.commands import NotAllowed, quoted
from app.sources.imap.session import Reply, Session

_ROLES = {
    b"\\ALL": FolderRole.ALL,
    b"\\ARCHIVE": FolderRole.ARCHIVE,
    b"\\SENT": FolderRole.SENT,
    b"\\DRAFTS": FolderRole.DRAFTS,
    b"\\JUNK": FolderRole.JUNK,
    b"\\TRASH": FolderRole.TRASH,
}
_CLOSED = frozenset([b"\\NOSELECT", b"\\NONEXISTENT"])
_STATUS_ITEMS = b"(MESSAGES UIDNEXT UIDVALIDITY)"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One mailbox that can be opened."""

    raw: bytes
    folder: Folder
    url: str
    """Its name in a message's id (RFC 5092 section 2, enc-mailbox): UTF-8, percent-encoded."""


def key_of(raw: bytes) -> str:
    """Octets of a name as text, one character each."""
    return raw.decode("latin-1")


def shown(raw: bytes) -> str:
    """A name as people read it: modified UTF-7, or UTF-8 where a server sends that."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
    return decode_utf7(text) if text.isascii() else text


def mailboxes(session: Session) -> list[Mailbox]:
    """Every mailbox that can be opened, in the server's order. Raises WorldError."""
    with_status = session.offers("LIST-STATUS")
    options = [b"SPECIAL-USE"] if session.offers("SPECIAL-USE") else []
    if with_status:
        options.append(b"STATUS " + _STATUS_ITEMS)
    extended = session.offers("LIST-EXTENDED") and options
    command = b'LIST "" "*"' + (b" RETURN (%b)" % b" ".join(options) if extended else b"")
    reply = session.demand(command)
    found = _listed(reply, session)
    known = _statuses([reply], session) if extended and with_status else {}
    if unknown := [raw for raw in found if raw not in known]:
        asked = (b"STATUS %b %b" % (quoted(raw), _STATUS_ITEMS) for raw in unknown)
        known |= _statuses(session.ask_all(asked, bounds.LINE * 4, 50), session)
    taken: set[str] = set()
    boxes = []
    for raw, flags in found.items():
        url = quote(shown(raw), safe="/~!$'()*+,:@")
        url = quote(raw, safe="/") if url in taken else url
        taken.add(url)
        messages, validity = known.get(raw, (None, 0))
        boxes.append(Mailbox(raw, Folder(key_of(raw), shown(raw), _role(raw, flags), messages, validity), url))
    return boxes


def _listed(reply: Reply, session: Session) -> dict[bytes, frozenset[bytes]]:
    """Names and attributes; a line that makes no sense hides a mailbox, so it is an error."""
    found: dict[bytes, frozenset[bytes]] = {}
    for parts in reply.of(b"LIST"):
        try:
            flags, _, name, *_ = [*values(parts), None, None]
            raw = b"NIL" if name is None else name
            if not isinstance(flags, list) or not isinstance(raw, bytes):
                raise Malformed
            attributes = frozenset(flag.upper() for flag in flags if isinstance(flag, bytes))
            if attributes & _CLOSED:
                continue
            quoted(raw)
        except (Malformed, NotAllowed):
            raise failures.no_sense(session.host_name, parts[0]) from None
        found.setdefault(b"INBOX" if raw.upper() == b"INBOX" else raw, attributes)
    if not found:  # an account without any mailbox is not to be believed; opening this one will tell
        found[b"INBOX"] = frozenset()
    if len(found) > bounds.MAILBOXES:
        raise failures.too_large(session.host_name)
    return found


def _statuses(replies: Iterable[Reply], session: Session) -> dict[bytes, tuple[int | None, int]]:
    """Number of messages and UIDVALIDITY by name; a mailbox whose STATUS is refused is left out: opening it will say why."""
    known: dict[bytes, tuple[int | None, int]] = {}
    for reply in replies:
        for parts in reply.of(b"STATUS"):
            try:
                name, items = values(parts)
                if not isinstance(name, bytes):
                    raise Malformed
                mapped: dict[bytes, Value] = pairs(items)
                raw = b"INBOX" if name.upper() == b"INBOX" else name
                known[raw] = (number(mapped.get(b"MESSAGES")), number(mapped.get(b"UIDVALIDITY")))
            except (Malformed, ValueError):
                continue
    return known


def _role(raw: bytes, attributes: frozenset[bytes]) -> FolderRole:
    if raw == b"INBOX":
        return FolderRole.INBOX
    return next((role for flag, role in _ROLES.items() if flag in attributes), FolderRole.ORDINARY)


@dataclass(frozen=True, slots=True)
class Opened:
    """A mailbox after EXAMINE."""

    exists: int
    validity: int


def examine(session: Session, mailbox: Mailbox) -> Opened:
    """Open for reading only. Raises WorldError `mailbox.denied` where the server refuses, and others."""
    reply = session.ask(b"EXAMINE " + quoted(mailbox.raw), bounds.LINE * 16)
    if reply.status != b"OK":
        refused = failures.refused_command(reply.text, session.host_name)
        if refused.code != "protocol":
            raise refused
        raise WorldError("mailbox.denied", folder=mailbox.folder.name, reason=failures.words(reply.text))
    exists, validity = -1, 0
    for parts in reply.answers:
        line = parts[0].upper()
        try:
            if line.endswith(b" EXISTS"):
                exists = max(exists, number(line[:-7].strip()))
            elif line.startswith(b"OK [UIDVALIDITY "):
                validity = number(line[16:].partition(b"]")[0].strip())
        except Malformed:
            raise failures.no_sense(session.host_name, parts[0]) from None
    if exists < 0 or not validity:
        raise failures.no_sense(session.host_name, reply.text)
    if exists > bounds.MESSAGES:
        raise failures.too_large(session.host_name)
    return Opened(exists, validity)
