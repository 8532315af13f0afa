"""An IMAP account as a source of mail (`app.sources.base.Source`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from app.errors import NitaqError, UserError, WorldError
from app.i18n import mark
from app.model import Batch, Folder, Notice, RawMessage
from app.sources.address import Connection, ServerAddress
from app.sources.imap import bounds, tls
from app.sources.imap.fetch import Answered, Fetched, fetch, fetch_one
from app.sources.imap.login import log_in
from app.sources.imap.mailboxes import Mailbox, Opened, examine, mailboxes
from app.sources.imap.search import search
from app.sources.imap.session import Session
from app.sources.imap.wire import Endpoint
from app.sources.message_header import TOO_LARGE, UNREADABLE

_ID = re.compile(r"(.+);UIDVALIDITY=(\d{1,10})/;UID=(\d{1,10})", re.DOTALL)


class ImapSource:
    """One account, signed in. Cursors are UIDs. A failure ends the connection; what was handed over before stays good."""

    def __init__(self, address: ServerAddress, connection: Connection) -> None:
        """Connect and sign in. Raises Refused before a secret could have been seen by others, UserError and WorldError."""
        plaintext = connection.insecure_plaintext and address.scheme == "imap"
        self.label = str(address)
        self.owner = address.user if "@" in address.user else ""
        self._host = address.host
        self._session = Session(Endpoint(address, tls.context(connection.ca_file), connection.timeout, plaintext))
        self._mailboxes: dict[str, Mailbox] | None = None
        try:
            log_in(self._session, address.user, connection)
        except BaseException:
            self._session.part()
            raise

    def folders(self) -> Sequence[Folder]:
        return [mailbox.folder for mailbox in self._known().values()]

    def batches(self, folder: Folder, after: str | None = None, since: date | None = None) -> Iterator[Batch]:
        """Raises WorldError; a mailbox that the server will not open is one batch that says so."""
        try:
            opened = self._examine(folder)
        except WorldError as error:
            if error.code != "mailbox.denied":
                raise
            yield Batch((), after or "0", folder.messages or 1, missing=folder.messages or 1, notices=(_notice(error),))
            return
        last = _uid(after)
        found = search(self._session, opened.exists, since, 0 if since else last)
        total = len(found.uids) if since else found.exists
        uids = [uid for uid in found.uids if uid > last]
        if not uids and total:
            yield Batch((), str(last), total)
        mailbox = self._known()[folder.key]
        for n, answered in enumerate(fetch(self._session, uids), start=1):
            cursor = uids[min(n * bounds.BATCH, len(uids)) - 1]
            yield self._batch(mailbox, opened, answered, str(cursor), total)

    def present(self, folder: Folder, since: date | None = None) -> Sequence[str]:
        opened = self._examine(folder)
        mailbox = self._known()[folder.key]
        return [_id(mailbox, opened, uid) for uid in search(self._session, opened.exists, since).uids]

    def header(self, message_id: str) -> bytes:
        """Raises UserError `input` where there is no such message (any more)."""
        found = _ID.fullmatch(message_id)
        mailbox = next((m for m in self._known().values() if found and m.url == found[1]), None)
        if found is not None and mailbox is not None:
            opened = self._examine(mailbox.folder)
            fetched = fetch_one(self._session, int(found[3])) if opened.validity == int(found[2]) else None
            if fetched is not None:
                return (fetched.header or b"")[: bounds.HEADER]
        raise UserError("input", path=message_id, reason=mark("there is no such message"))

    def close(self) -> None:
        self._session.part()

    def _known(self) -> dict[str, Mailbox]:
        if self._mailboxes is None:
            self._mailboxes = {mailbox.folder.key: mailbox for mailbox in mailboxes(self._session)}
        return self._mailboxes

    def _examine(self, folder: Folder) -> Opened:
        """Opened anew each time, so that the number of messages is of now."""
        opened = examine(self._session, self._known()[folder.key])
        if folder.validity and opened.validity != folder.validity:
            raise WorldError("server.bug", host=self._host, reason=mark("a folder was replaced while it was read"))
        return opened

    def _batch(self, mailbox: Mailbox, opened: Opened, answered: Answered, cursor: str, total: int) -> Batch:
        messages = tuple(_message(mailbox, opened, answered.messages[uid]) for uid in sorted(answered.messages))
        notices: tuple[Notice, ...] = ()
        if answered.contradicted:
            notices = (Notice("server.bug", (("host", self._host), ("reason", mark("it gave two different answers for one message")))),)
        return Batch(messages, cursor, total, answered.gone, answered.missing, notices)


def _message(mailbox: Mailbox, opened: Opened, fetched: Fetched) -> RawMessage:
    header = fetched.header or b""
    problem = TOO_LARGE if len(header) > bounds.HEADER else "" if header.strip() else UNREADABLE
    return RawMessage(_id(mailbox, opened, fetched.uid), header[: bounds.HEADER], fetched.received, fetched.size, fetched.twin, problem)


def _id(mailbox: Mailbox, opened: Opened, uid: int) -> str:
    return f"{mailbox.url};UIDVALIDITY={opened.validity}/;UID={uid}"


def _uid(cursor: str | None) -> int:
    return int(cursor) if cursor and cursor.isdecimal() else 0


def _notice(error: NitaqError) -> Notice:
    return Notice(error.code, tuple(error.params.items()))
