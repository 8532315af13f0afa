"""What was read from one mailbox: claims, messages and cursors. It can be rebuilt by reading again, so it is fast rather than durable.

Counts are never kept, they are counted: a message is one row, equal copies share a digest, and what was killed or deleted cannot leave a sum wrong.
"""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from app.errors import NitaqError
from app.mail.remembered import Remembered
from app.mail.subject import subject_text
from app.model import (
    Claim,
    ClaimRecord,
    Correspondent,
    Example,
    Folder,
    FolderRole,
    FolderScope,
    MessageRow,
    Notice,
    Scan,
    ScanStatus,
)
from app.store import assessed
from app.store.codec import AUTHOR_DOMAIN, decoder, digest_of
from app.store.counting import count_all
from app.store.database import damaged, open_database, sense, store_errors, transaction
from app.store.intake import Intake, ReadMessage, claim_key, unpacked
from app.store.names import NAME, short
from app.store.schema import MIGRATIONS, MISSHAPEN, TEXTS
from app.store.seal import is_sealed, seal

MAX_REMEMBERED = 4_096
"""Circles of people who were written to, of which one object is made; a message may go to a hundred people, and be answered thousands of times."""
UNJUDGED = (FolderRole.SENT, FolderRole.DRAFTS)
"""They say whom the owner writes to; nobody claims anything there."""
_LEFT_OUT = "SELECT digest FROM messages JOIN folders ON folders.id = folder WHERE role IN ('sent', 'drafts') UNION ALL SELECT digest FROM temp.elsewhere"
"""What nobody claims anything in, and what another cache of the same audit counts."""

_CONTRADICTIONS = frozenset(
    (sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID, sqlite3.SQLITE_CONSTRAINT_UNIQUE)
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A judged message that answers something the owner sent, and whom that had been sent to."""

    claim: str
    """The claim's id."""
    message: str
    sent_to: frozenset[str]


@dataclass(frozen=True, slots=True)
class KnownFolder:
    """How far a folder has been read."""

    id: int
    cursor: str | None
    state: str = ""
    """`Folder.state` when all of it had been read; empty where something may be missing."""


class Cache:
    """One account's cache; the engine writes it, everybody may read it."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._db = open_database(path, MIGRATIONS, "NORMAL")
        self._db.execute("CREATE TEMP TABLE elsewhere (digest BLOB PRIMARY KEY) WITHOUT ROWID")
        self._intake = Intake(self._db)
        self.assessed = assessed.Assessed(self._db, path, self._decoder)

    def close(self) -> None:
        self._db.close()

    def seal(self) -> None:
        """An audit ended well, so that the file is whole until somebody writes to it."""
        if self.path is not None:
            with suppress(NitaqError), store_errors(self.path):  # without a seal it is looked through the next time
                seal(self._db, self.path)

    def is_sound(self) -> bool:
        """Whether the file is whole: by its seal, else by reading all of it. SQLite sees to its own structure, the digests to what the claims say."""
        try:
            if self.path is not None and is_sealed(self._db, self.path):
                return True
            if self._db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return False
            for query in TEXTS:
                deque(self._db.execute(query), maxlen=0)
            if self._db.execute(MISSHAPEN).fetchone() != (0,):
                return False
            claims = ((key, digest.hex(), digest_of(body)) for key, digest, body in self._db.execute("SELECT key, digest, body FROM claims"))
            return all(key == claim_key(digest) and digest == found for key, digest, found in claims)
        except (sqlite3.DatabaseError, UnicodeError):
            return False

    # Writing -----------------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction. What is written was looked up before, so a row that contradicts another one is damage."""
        with store_errors(self.path), transaction(self._db):
            try:
                yield
            except sqlite3.IntegrityError as error:
                if error.sqlite_errorcode in _CONTRADICTIONS:
                    raise damaged(self.path) from error
                raise

    def enter(self, folder: Folder, since: date | None) -> KnownFolder:
        """Begin or go on with a folder. Another UIDVALIDITY or another first day forgets what is known of it."""
        return self.enter_all([folder], since)[0]

    def enter_all(self, folders: Iterable[Folder], since: date | None) -> list[KnownFolder]:
        """The same for many, in one transaction."""
        with self._writing():
            return [self._enter(folder, _text(since)) for folder in folders]

    def _enter(self, folder: Folder, since: str | None) -> KnownFolder:
        gone = self._db.execute("DELETE FROM folders WHERE key = ? AND (validity <> ? OR since IS NOT ?)", (folder.key, folder.validity, since))
        if gone.rowcount:
            self._swept()
        row = self._db.execute(
            "INSERT INTO folders (key, name, role, validity, since) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET name = excluded.name, role = excluded.role RETURNING id, cursor, state",
            (folder.key, folder.name, folder.role, folder.validity, since),
        ).fetchone()
        return KnownFolder(*row)

    def add(self, folder_id: int, messages: Sequence[ReadMessage], cursor: str) -> int:
        """Store a batch and the cursor behind it in one transaction; gives how many were new. A message that is known changes nothing."""
        try:
            with self._writing():
                added = self._intake.add(folder_id, messages)
                if added:
                    self.assessed.outdated()
                self._db.execute("UPDATE folders SET cursor = ? WHERE id = ?", (cursor, folder_id))
        except BaseException:
            self._intake.forget()  # what it knows of this batch is undone
            raise
        return added

    def rewind(self, folder_id: int) -> None:
        """Read the folder from its beginning the next time, since something in it is missing; what is known stays."""
        with store_errors(self.path):
            self._db.execute("UPDATE folders SET cursor = NULL, state = '' WHERE id = ?", (folder_id,))

    def settle(self, folder_id: int, state: str) -> None:
        """All of the folder has been read; it need not be looked at again as long as its source says this of it."""
        with store_errors(self.path):
            self._db.execute("UPDATE folders SET state = ? WHERE id = ?", (state, folder_id))

    def forget_messages(self, folder_id: int, names: Iterable[str]) -> None:
        """Messages that are no longer in the folder."""
        with self._writing():
            (stem,) = self._db.execute("SELECT stem FROM folders WHERE id = ?", (folder_id,)).fetchone()
            gone = self._db.executemany("DELETE FROM messages WHERE folder = ? AND name = ?", [(folder_id, short(name, stem)) for name in names])
            if gone.rowcount > 0:
                self._swept()

    def _swept(self) -> None:
        """Messages are gone, and what was known by them."""
        self._intake.forget()
        self.assessed.outdated()

    def forget_subjects(self) -> None:
        """Of all example messages, in the file and in its log; what was judged with them is judged anew."""
        with store_errors(self.path):
            with transaction(self._db):
                if self._db.execute("UPDATE messages SET subject = x'' WHERE subject <> x''").rowcount:
                    self._db.execute("DELETE FROM facts WHERE name = 'assessed'")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def cover(self, folder_ids: Iterable[int]) -> None:
        """Only these folders are in scope; what is known of others is kept, and not shown."""
        with store_errors(self.path), transaction(self._db):
            self._db.execute("UPDATE folders SET covered = 0")
            self._db.executemany("UPDATE folders SET covered = 1 WHERE id = ?", [(id,) for id in folder_ids])

    def remember(self, scan: Scan, since: date | None) -> None:
        """The books of the last scan, for opening the audit again."""
        books = [scan.status, scan.code, scan.missing, scan.seconds, [[n.code, n.params] for n in scan.notices], _text(since)]
        with store_errors(self.path):
            self._db.execute("INSERT OR REPLACE INTO facts VALUES ('scan', ?)", (json.dumps(books),))

    # Reading -----------------------------------------------------------------------------------------------------

    def names(self, folder_id: int) -> set[str]:
        with store_errors(self.path):
            rows = self._db.execute(f"SELECT {NAME} FROM messages JOIN folders ON folders.id = folder WHERE folder = ?", (folder_id,))
            return {name for (name,) in rows}

    def stored_behind(self, row: int) -> tuple[int, dict[str, int]]:
        """The last row of messages, and of those behind `row` how many there are by author domain, all labels."""
        with store_errors(self.path):
            last = self._db.execute("SELECT IFNULL(MAX(id), 0) FROM messages").fetchone()[0]
            rows = self._db.execute(
                f"SELECT {AUTHOR_DOMAIN} AS host, COUNT(*) FROM messages JOIN claims ON claims.id = claim"
                " WHERE messages.id > ? AND messages.id <= ? AND host <> '' GROUP BY host",
                (row, last),
            )
            return last, dict(rows.fetchall())

    def count(self, folder_id: int) -> int:
        with store_errors(self.path):
            return int(self._db.execute("SELECT COUNT(*) FROM messages WHERE folder = ?", (folder_id,)).fetchone()[0])

    def counts(self) -> dict[int, int]:
        """Messages by folder; a folder without any is left out."""
        with store_errors(self.path):
            return dict(self._db.execute("SELECT folder, COUNT(*) FROM messages GROUP BY folder"))

    def last_scan(self, totals: tuple[int, int, int] | None = None) -> tuple[Scan, date | None] | None:
        """The books of the last scan and the date it began at, with today's counts, counted where they are not given; None before the first."""
        with store_errors(self.path), sense(self.path):
            row = self._db.execute("SELECT value FROM facts WHERE name = 'scan'").fetchone()
            if row is None:
                return None
            status, code, missing, seconds, notices, since = json.loads(row[0])
            messages, duplicates, unreadable = totals or self.totals()
            found = tuple(Notice(code, tuple((name, value) for name, value in params)) for code, params in notices)
            return Scan(ScanStatus(status), code, messages, duplicates, unreadable, missing, seconds, found), _date(since)

    def totals(self) -> tuple[int, int, int]:
        """(distinct readable messages, duplicates, unreadable) of the covered folders; counted only where they were not since the last change."""
        counted = self.assessed.counted()
        if counted is None:
            with store_errors(self.path):
                counted = count_all(self._db)
        return counted

    def digests(self) -> set[bytes]:
        """The identities of all readable messages in the covered folders."""
        with store_errors(self.path):
            rows = self._db.execute("SELECT digest FROM messages JOIN folders ON folders.id = folder WHERE covered AND problem <> 'message.unreadable'")
            return {digest for (digest,) in rows}

    def leave_out(self, digests: Iterable[bytes]) -> None:
        """From now on these messages are counted elsewhere, as long as this is open; nothing of it is stored."""
        with store_errors(self.path):
            self._db.execute("DELETE FROM temp.elsewhere")
            self._db.executemany("INSERT INTO temp.elsewhere VALUES (?)", [(digest,) for digest in digests])

    def folders(self, source: str) -> tuple[FolderScope, ...]:
        with store_errors(self.path):
            rows = self._db.execute("SELECT name, (SELECT COUNT(*) FROM messages WHERE folder = folders.id), validity FROM folders WHERE covered ORDER BY id")
            return tuple(FolderScope(source, name, messages, validity) for name, messages, validity in rows)

    def claims(self) -> Iterator[ClaimRecord]:
        """Every claim with its counts; each message once, those that the owner sent left out."""
        with store_errors(self.path):
            examples, decode = self._examples(), self._decoder()
            rows = self._db.execute(
                "SELECT id, digest, body, counted.* FROM (SELECT claim, COUNT(DISTINCT messages.digest), MIN(date), MAX(date),"
                " COUNT(DISTINCT CASE WHEN role = 'junk' THEN messages.digest END) FROM messages JOIN folders ON folders.id = folder"
                f" WHERE covered AND messages.digest NOT IN ({_LEFT_OUT}) GROUP BY claim) AS counted JOIN claims ON id = claim ORDER BY claim"
            )
            for row, digest, body, _, messages, first, last, junk in rows:
                id = digest.hex()
                yield ClaimRecord(id, decode(id, body), messages, first, last, junk, tuple(examples.get(row, ())))

    def _decoder(self) -> Callable[[str, str], Claim]:
        """What makes a claim of its id and its text, if they belong together."""
        decode = decoder()

        def decoded(id: str, body: str) -> Claim:
            try:
                if digest_of(body) != id:
                    raise ValueError(id)
                return decode(body)
            except (LookupError, TypeError, ValueError) as error:
                raise damaged(self.path) from error

        return decoded

    def _examples(self) -> dict[int, list[Example]]:
        examples: dict[int, list[Example]] = {}
        folders: dict[str, str] = {}
        for claim, name, when, subject, message_id, folder in self._db.execute(
            f"SELECT claim, {NAME}, date, subject, message_id, folders.name FROM messages JOIN folders ON folders.id = folder"
            " WHERE covered AND example = 1 ORDER BY claim, date DESC, messages.id"
        ):
            examples.setdefault(claim, []).append(Example(name, when, subject_text(subject), message_id, folders.setdefault(folder, folder)))
        return examples

    def messages(self) -> Iterator[MessageRow]:
        """One row for each judged message."""
        with store_errors(self.path):
            rows = self._db.execute(
                f"SELECT MIN({NAME}), date, claims.digest FROM messages JOIN folders ON folders.id = folder JOIN claims ON claims.id = claim"
                f" WHERE covered AND messages.digest NOT IN ({_LEFT_OUT}) GROUP BY messages.digest ORDER BY MIN(messages.id)"
            )
            yield from (MessageRow(name, when, claim.hex()) for name, when, claim in rows)

    def months(self) -> dict[tuple[str, str], int]:
        """Judged messages by claim and month of their date (`2026-03`, UTC), each message once; those without a usable date left out."""
        with store_errors(self.path):
            rows = self._db.execute(
                "SELECT claims.digest, month, counted FROM (SELECT claim, strftime('%Y-%m', date, 'unixepoch') AS month,"
                " COUNT(DISTINCT messages.digest) AS counted FROM messages JOIN folders ON folders.id = folder"
                f" WHERE covered AND month IS NOT NULL AND messages.digest NOT IN ({_LEFT_OUT}) GROUP BY claim, month) JOIN claims ON claims.id = claim"
            )
            known: dict[str, str] = {}
            return {(claim.hex(), known.setdefault(month, month)): messages for claim, month, messages in rows}

    def answers(self) -> Iterator[Answer]:
        """The judged messages that answer what the owner sent, each once."""
        with store_errors(self.path):
            sent: dict[int, set[str]] = {}
            for key, address in self._db.execute("SELECT key, address FROM recipients"):
                sent.setdefault(key, set()).add(address)
            answered: dict[int, tuple[int, ...]] = {}
            together = Remembered[tuple[int, ...], frozenset[str]](lambda keys: frozenset().union(*map(sent.__getitem__, keys)), MAX_REMEMBERED)
            for id, keys in self._db.execute("SELECT id, answers FROM messages WHERE answers <> x''") if sent else ():
                try:
                    found = tuple([key for key in unpacked(keys) if key in sent])
                except ValueError as error:
                    raise damaged(self.path) from error
                if found:
                    answered[id] = found
            rows = self._db.execute(
                f"SELECT claims.digest, messages.digest, messages.id, {NAME} FROM json_each(?) CROSS JOIN messages ON messages.id = value"
                " JOIN folders ON folders.id = folder JOIN claims ON claims.id = claim WHERE covered ORDER BY claim, messages.digest, 4",
                (json.dumps(list(answered)),),
            )
            for (claim, _), copies in groupby(rows, key=itemgetter(0, 1)):
                same = list(copies)
                yield Answer(claim.hex(), same[0][3], together[tuple(sorted({key for _, _, id, _ in same for key in answered[id]}))])

    def correspondents(self) -> dict[str, Correspondent]:
        """Whom the owner wrote to, by address."""
        with store_errors(self.path):
            rows = self._db.execute(
                "SELECT address, COUNT(DISTINCT digest), MIN(date), MAX(date) FROM recipients JOIN messages ON messages.id = message GROUP BY address"
            )
            return {row[0]: Correspondent(*row) for row in rows}


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
