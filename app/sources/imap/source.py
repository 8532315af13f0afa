"""An IMAP account as a source of mail (`app.sources.base.Source`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from app.errors import NitaqError, UserError, WorldError
from app.i18n import mark
from app.model import Batch, Folder, Notice, RawMessage
from app.network import tls
from app.sources.address import Connection, ServerAddress
from app.sources.imap import bounds
from app.sources.imap.examine import Opened, examine
from app.sources.imap.fetch import Answered, fetch, fetch_one
from app.sources.imap.fetched import Fetched
from app.sources.imap.login import log_in
from app.sources.imap.mailboxes import Mailbox, empty, mailboxes
from app.sources.imap.pace import Pace
from app.sources.imap.persistence import Persistence
from app.sources.imap.search import Found, open_and_search, search
from app.sources.imap.session import Session
from app.sources.imap.vanished import vanished
from app.sources.imap.wire import Endpoint
from app.sources.message_header import TOO_LARGE, UNREADABLE

T = TypeVar("T")

_LOST = frozenset(["connection", "timeout", "proxy.connection", "proxy.timeout"])
_ID = re.compile(r"(.+);UIDVALIDITY=(\d{1,10})/;UID=(\d{1,10})", re.DOTALL)


class _Replaced(WorldError):
    """Another mailbox stands under the name (UIDVALIDITY changed): what is in the cache is of no use, and the next audit reads it anew."""


class ImapSource:
    """One account, signed in. Cursors are UIDs, behind them the mailbox's mod-sequence where the server remembers what went.

    What was handed over stays good, and reading goes on behind it after a failure that may pass.
    """

    def __init__(self, address: ServerAddress, connection: Connection, persistence: Persistence | None = None) -> None:
        """Connect and sign in. Raises Refused before a secret could have been seen by others, UserError and WorldError."""
        plaintext = connection.insecure_plaintext and address.scheme == "imap"
        self.label = str(address)
        self.owner = address.user if "@" in address.user else ""
        self._host = address.host
        proxy = connection.proxy_for(address.host, address.port)
        self._endpoint = Endpoint(address, tls.context(connection.ca_file), connection.timeout, plaintext, proxy)
        self._connection = connection
        self._persistence = persistence or Persistence()
        self._mailboxes: dict[str, Mailbox] | None = None
        self._validities: dict[str, int] = {}
        self._empty: set[str] | None = None
        self._pace = Pace()
        self._may_enable = True
        """Ask for QRESYNC (RFC 7162), so that the server says what went, and counts the changes of each mailbox; not again of one that hung up over it."""
        self._session = self._signed_in()

    def _signed_in(self) -> Session:
        session = Session(self._endpoint)
        try:
            log_in(session, self._endpoint.address.user, self._connection)
            if self._may_enable and session.offers("QRESYNC"):
                session.enable(b"QRESYNC")
        except BaseException:
            session.part()
            raise
        return session

    def folders(self) -> Sequence[Folder]:
        """The account's own, or those of them that were chosen, and those of others that were asked for."""
        return [mailbox.folder for mailbox in self._known().values() if mailbox.wanted]

    def batches(self, folder: Folder, after: str | None = None, since: date | None = None) -> Iterator[Batch]:
        """Raises NitaqErrors; a mailbox that the server will not open, or put another in place of, is one batch that says so.

        Each failure that may pass is a batch with a notice; then the folder is opened anew and read on from the last cursor.
        """
        cursor, resumed = after if folder.validity else None, False  # what the UIDs of another time mean is not known without
        given = 0
        while True:
            try:
                for batch in self._read(folder, cursor, since, resumed):
                    cursor = batch.cursor
                    yield batch
                    given += len(batch.messages)
                    if batch.messages:
                        self._persistence.advanced()
                return
            except WorldError as error:
                if isinstance(error, _Replaced) or error.code == "mailbox.denied":
                    count = max(folder.messages or 0, given + 1)
                    yield Batch((), cursor or "0", count, missing=count - given, notices=(_notice(error),))
                    return
                if not self._persistence.goes_on(error):
                    raise
                yield Batch((), cursor or "0", folder.messages or 0, notices=(_notice(error),))
                self._recover(error)
                resumed = True

    def _read(self, folder: Folder, after: str | None, since: date | None, resumed: bool) -> Iterator[Batch]:
        if self._is_empty(folder):
            return
        last = _uid(after)
        opened, found = self._open_and_search(folder, since, last)
        total = len(found.uids) if since else found.exists
        uids = found.uids[bisect_right(found.uids, last) :]
        del found  # a large mailbox's are megabytes
        if not uids and (total or resumed):
            yield Batch((), self._cursor(last, opened), total)
        mailbox = self._known()[folder.key]
        done = 0
        while done < len(uids):
            if done:  # reading in the best way takes another connection
                self._sign_in_again()
                self._examine(folder)
            for answered in fetch(self._session, uids[done:], self._pace):
                done = min(done + bounds.BATCH, len(uids))
                yield self._batch(mailbox, opened, answered, self._cursor(uids[done - 1], opened), total)

    def _cursor(self, uid: int, opened: Opened) -> str:
        """The last UID that was read, and behind it what `vanished` goes by."""
        return f"{uid} {opened.modseq}" if opened.modseq and self._session.enabled else str(uid)

    def vanished(self, folder: Folder, after: str | None) -> Sequence[str] | None:
        return self._persist(lambda: self._vanished(folder, after))

    def _vanished(self, folder: Folder, after: str | None) -> list[str] | None:
        modseq = (after or "").partition(" ")[2]
        if not modseq.isdecimal() or not folder.validity:
            return None
        mailbox = self._known()[folder.key]
        try:
            selected = self._session.selected
            opened = selected if selected and selected.raw == mailbox.raw else self._examine(folder)
            self._check(opened, folder)
            uids = vanished(self._session, _uid(after), int(modseq)) if self._session.enabled else None
        except WorldError as error:
            if error.code != "protocol.too_large":
                raise
            self._sign_in_again()  # it had more to say than is taken at once
            return None
        return None if uids is None else [_id(mailbox, opened, uid) for uid in uids]

    def _sign_in_again(self) -> None:
        self._session.part()
        self._session = self._signed_in()

    def present(self, folder: Folder, since: date | None = None) -> Sequence[str]:
        return self._persist(lambda: self._present(folder, since))

    def _present(self, folder: Folder, since: date | None) -> list[str]:
        """Raises WorldError where the server names more or fewer messages than it counts, time and again: then it is not known what is there."""
        mailbox = self._known()[folder.key]
        for _ in range(bounds.LOOKS):
            opened = self._examine(folder)
            found = search(self._session, opened.exists, since)
            if len(found.uids) == found.exists or (since and len(found.uids) < found.exists):
                return [_id(mailbox, opened, uid) for uid in found.uids]
        raise WorldError("server.bug", host=self._host, reason=mark("it counts more or fewer messages than it can name"))

    def header(self, message_id: str) -> bytes:
        """Raises UserError `input` where there is no such message (any more)."""
        return self._persist(lambda: self._header(message_id))

    def _header(self, message_id: str) -> bytes:
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
            found = self._persist(lambda: mailboxes(self._session, self._connection.folders, self._connection.others))
            self._mailboxes = {mailbox.folder.key: mailbox for mailbox in found}
        return self._mailboxes

    def _persist(self, work: Callable[[], T]) -> T:
        while True:
            try:
                return work()
            except WorldError as error:
                if not self._persistence.goes_on(error):
                    raise
                self._recover(error)

    def _recover(self, error: WorldError) -> None:
        """Pause, and sign in again where the connection is lost. Raises at once what a new connection must not be talked out of: Refused, UserError."""
        lost = error.code in _LOST or self._session.closed
        self._session.selected = None  # by then others may have changed it
        self._may_enable = self._may_enable and not self._session.enabling
        while True:
            self._persistence.wait()
            if not lost:
                return
            self._session.shutdown()
            try:
                self._session = self._signed_in()
                return
            except WorldError as again:
                if not self._persistence.goes_on(again):
                    raise

    def _examine(self, folder: Folder) -> Opened:
        """Opened anew each time, so that the number of messages is of now."""
        opened = examine(self._session, self._known()[folder.key].raw)
        self._check(opened, folder)
        return opened

    def _is_empty(self, folder: Folder) -> bool:
        """Whether opening shows what STATUS said, that nothing is in it. The first such question opens all of these folders at once."""
        if folder.messages != 0:
            return False
        if self._empty is None:
            self._empty = empty(self._session, [mailbox for mailbox in self._known().values() if mailbox.folder.messages == 0])
        return folder.key in self._empty

    def _open_and_search(self, folder: Folder, since: date | None, after: int) -> tuple[Opened, Found]:
        opened, found = open_and_search(self._session, self._known()[folder.key], since, after)
        self._check(opened, folder)
        return opened, found

    def _check(self, opened: Opened, folder: Folder) -> None:
        if opened.validity != self._validities.setdefault(folder.key, folder.validity or opened.validity):
            raise _Replaced("server.bug", host=self._host, reason=mark("a folder was replaced while it was read"))

    def _batch(self, mailbox: Mailbox, opened: Opened, answered: Answered, cursor: str, total: int) -> Batch:
        messages = tuple(_message(mailbox, opened, answered.messages[uid]) for uid in sorted(answered.messages))
        notices: tuple[Notice, ...] = ()
        if answered.contradicted:
            notices = (Notice("server.bug", (("host", self._host), ("reason", mark("it gave two different answers for one message")))),)
        return Batch(messages, cursor, total, 0, answered.missing, notices, answered.lost)


def _message(mailbox: Mailbox, opened: Opened, fetched: Fetched) -> RawMessage:
    header = fetched.header or b""
    problem = TOO_LARGE if len(header) > bounds.HEADER else UNREADABLE if not header or header.isspace() else ""
    return RawMessage(_id(mailbox, opened, fetched.uid), header[: bounds.HEADER], fetched.received, fetched.size, fetched.twin, problem)


def _id(mailbox: Mailbox, opened: Opened, uid: int) -> str:
    return f"{mailbox.url};UIDVALIDITY={opened.validity}/;UID={uid}"


def _uid(cursor: str | None) -> int:
    uid = (cursor or "").partition(" ")[0]
    return int(uid) if uid.isdecimal() else 0


def _notice(error: NitaqError) -> Notice:
    return Notice(error.code, tuple(error.params.items()))
