"""The mailboxes of an account: names as octets for the server, decoded for people, and what each is for (RFC 6154)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

from app.errors import WorldError
from app.model import Folder, FolderRole, OtherMailbox, Whose
from app.sources.folder_names import guessed_role, shown
from app.sources.imap import bounds, failures
from app.sources.imap.answers import Malformed, Value, number, pairs, values
from app.sources.imap.commands import NotAllowed, quoted
from app.sources.imap.examine import Opened, examine_command, opened
from app.sources.imap.namespaces import OWN, Namespace, Place, listable, namespaces, place_of
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
ALL = "*"
"""Stands for every mailbox of others."""
INBOX = b"INBOX"
_STATUS_ITEMS = b"(MESSAGES UIDNEXT UIDVALIDITY)"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One mailbox that can be opened."""

    raw: bytes
    folder: Folder
    url: str
    """Its name in a message's id (RFC 5092 section 2, enc-mailbox): UTF-8, percent-encoded."""
    next_uid: int = 0
    """UIDNEXT when it was listed; 0 where the server does not say."""
    place: Place = OWN
    wanted: bool = True
    """It is to be read; of other mailboxes nothing is asked."""
    opened: Opened | None = None
    """What opening it said, of one that was opened rather than asked for its STATUS."""


def key_of(raw: bytes) -> str:
    """Octets of a name as text, one character each."""
    return raw.decode("latin-1")


@dataclass(frozen=True, slots=True)
class Status:
    """What a server says of a mailbox that is not open (RFC 9051 section 6.3.11)."""

    messages: int | None = None
    validity: int = 0
    next_uid: int = 0

    @property
    def state(self) -> str:
        """UIDNEXT grows with every message that comes (RFC 9051 section 2.3.1.1), so that with equal UIDNEXT an equal number means that none went."""
        return f"{self.messages} {self.next_uid}" if self.validity and self.next_uid else ""


def mailboxes(session: Session, folders: Collection[str] = (), others: Collection[str] = (), *, offered: bool = False) -> list[Mailbox]:
    """Every mailbox that can be opened, in the server's order. Raises WorldError.

    `folders`: names of the account's own that are wanted; none: all.
    `others`: names of other people's and shared mailboxes (or of folders in them) that are wanted besides the account's own; `*`: all.
    `offered`: the user is to choose among them, so those that a server lists by their prefix alone are asked for too.

    STATUS is asked of each, many at once, rather than by LIST-STATUS (RFC 5819), which may say nothing until it knows all: Dovecot was silent
    for a minute over 2,000 folders that it had never indexed, and silence is what a lost connection looks like.

    INBOX, where mail comes, is opened instead if it is wanted, and stands first, so that it is read as it is open: a server may look through all of a
    Maildir whenever it is asked for its STATUS, and again when it is opened. Before LIST, since behind it Dovecot takes its time over an unchanged one too.
    """
    found, spaces, inbox = _found(session, bool(others) or offered, opening=not offered and (not folders or shown(INBOX) in folders))
    places = {raw: place_of(raw, spaces) for raw in found}
    wanted = {raw for raw, place in places.items() if _is_wanted(raw, place, folders, others)}
    known = {INBOX: Status(inbox.exists, inbox.validity, inbox.next_uid)} if inbox else {}
    asked = (b"STATUS %b %b" % (quoted(raw), _STATUS_ITEMS) for raw in found if raw in wanted and raw not in known)
    known |= _statuses(session.ask_all(asked, bounds.LINE * 4, bounds.STATUS_AT_ONCE), session)
    taken: set[str] = set()
    boxes = []
    for raw in sorted(found, key=lambda raw: raw != INBOX):
        url = quote(shown(raw), safe="/~!$'()*+,:@")
        url = quote(raw, safe="/") if url in taken else url
        taken.add(url)
        status = known.get(raw, Status())
        place = places[raw]
        folder = Folder(key_of(raw), shown(raw), _role(raw, found[raw], place), status.messages, status.validity, state=status.state, whose=place.whose)
        boxes.append(Mailbox(raw, folder, url, status.next_uid, place, raw in wanted, inbox if raw == INBOX else None))
    return boxes


def other_mailboxes(boxes: Iterable[Mailbox]) -> tuple[OtherMailbox, ...]:
    """Other people's and shared mailboxes, each with how many folders it has."""
    found: dict[bytes, OtherMailbox] = {}
    for box in boxes:
        place = box.place
        if place.whose is not Whose.OWN and shown(place.mailbox) != ALL:  # whoever ticks one means that one
            known = found.get(place.mailbox)
            found[place.mailbox] = OtherMailbox(shown(place.mailbox), shown(place.owner), place.whose, known.folders + 1 if known else 1)
    return tuple(found.values())


def _is_wanted(raw: bytes, place: Place, folders: Collection[str], others: Collection[str]) -> bool:
    if place.whose is Whose.OWN:
        return not folders or shown(raw) in folders
    return any(each in (ALL, shown(raw), shown(place.mailbox)) for each in others)


def _found(session: Session, all_of_others: bool, *, opening: bool) -> tuple[dict[bytes, frozenset[bytes]], Sequence[Namespace], Opened | None]:
    """Names with attributes, the namespaces they are in, and INBOX where opening it said all that its STATUS would.

    A server need not list others' mailboxes unless it is asked for them by their prefix.
    """
    extended = session.offers("LIST-EXTENDED") and session.offers("SPECIAL-USE")
    options = b" RETURN (SPECIAL-USE)" if extended else b""
    first = [examine_command(INBOX)] if opening else []
    asked = [b"NAMESPACE"] if session.offers("NAMESPACE") or session.offers("IMAP4REV2") else []
    replies = session.ask_all([*first, *asked, b'LIST "" "*"' + options], in_flight=3)
    if opening:
        _select(session, next(replies))
    spaces = namespaces(next(replies)) if asked else ()
    listed = next(replies)
    found = _listed(session.accepted(listed), session)
    for reply in session.ask_all(b"LIST %b %b" % (quoted(b""), quoted(prefix + b"*")) + options for prefix in listable(spaces) if all_of_others):
        if reply.status == b"OK":
            for raw, attributes in _listed(reply, session).items():
                found.setdefault(raw, attributes)
    if len(found) > bounds.MAILBOXES:
        raise failures.too_large(session.host_name)
    inbox = session.selected if opening else None
    return found, spaces, inbox if inbox and inbox.next_uid else None


def _select(session: Session, reply: Reply) -> None:
    """INBOX, if it is open: at once, so that what is deleted from now on is noticed."""
    with suppress(WorldError):  # where it is to be read, opening it will say why
        session.selected = opened(reply, session, INBOX)


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
        found.setdefault(INBOX if raw.upper() == INBOX else raw, attributes)
    if not found:  # an account without any mailbox is not to be believed; opening this one will tell
        found[INBOX] = frozenset()
    if len(found) > bounds.MAILBOXES:
        raise failures.too_large(session.host_name)
    return found


def _statuses(replies: Iterable[Reply], session: Session) -> dict[bytes, Status]:
    """By name; a mailbox whose STATUS is refused is left out: opening it will say why."""
    known: dict[bytes, Status] = {}
    seen: set[tuple[bytes, ...]] = set()  # an answer is in the reply of every command that was on the way
    for reply in replies:
        for parts in reply.of(b"STATUS"):
            if tuple(parts) in seen:
                continue
            seen.add(tuple(parts))
            try:
                name, items = values(parts)
                if not isinstance(name, bytes):
                    raise Malformed
                mapped: dict[bytes, Value] = pairs(items)
                raw = INBOX if name.upper() == INBOX else name
                messages, validity = number(mapped.get(b"MESSAGES")), number(mapped.get(b"UIDVALIDITY"))
                known[raw] = Status(messages, validity, number(mapped.get(b"UIDNEXT", b"0")))
            except (Malformed, ValueError):
                continue
    return known


def _role(raw: bytes, attributes: frozenset[bytes], place: Place) -> FolderRole:
    """Servers seldom say what the folders of other people are for, and what somebody sent must not be taken for mail that came."""
    if raw == INBOX:
        return FolderRole.INBOX
    said = next((role for flag, role in _ROLES.items() if flag in attributes), FolderRole.ORDINARY)
    if said is not FolderRole.ORDINARY or place.whose is Whose.OWN:
        return said
    return guessed_role(shown(raw.rpartition(place.delimiter)[2] if place.delimiter else raw))


def empty(session: Session, boxes: Sequence[Mailbox]) -> set[str]:
    """The keys of those that are empty when they are opened, many at once; whatever is odd about another is for opening it alone to say.

    Answers on the way at the same time are in each other's replies, so that one mailbox with messages leaves its neighbours open too.
    """
    replies = session.ask_all([examine_command(mailbox.raw) for mailbox in boxes], bounds.LINE * 4, bounds.STATUS_AT_ONCE)
    found = set()
    for mailbox, reply in zip(boxes, replies, strict=True):
        with suppress(WorldError):
            now = opened(reply, session, mailbox.raw)
            if not now.exists and now.validity == (mailbox.folder.validity or now.validity):
                found.add(mailbox.folder.key)
    return found
