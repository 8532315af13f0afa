"""What was read from one mailbox: claims, messages and cursors. It can be rebuilt by reading again, so it is fast rather than durable.

Counts are never kept, they are counted: a message is one row, equal copies share a digest, and what was killed or deleted cannot leave a sum wrong.
"""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from app.errors import WorldError
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
from app.store.database import open_database, script, store_errors, transaction
from app.store.names import NAME, short, stem_of

MIGRATIONS = (
    script("""
    CREATE TABLE folders (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL,
                          validity INTEGER NOT NULL, cursor TEXT, since TEXT, covered INTEGER NOT NULL DEFAULT 1);
    CREATE TABLE claims (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
    CREATE TABLE messages (id INTEGER PRIMARY KEY, folder INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE, name TEXT NOT NULL,
                           claim INTEGER REFERENCES claims, date INTEGER, digest BLOB NOT NULL, problem TEXT NOT NULL,
                           key INTEGER, UNIQUE (folder, name));
    CREATE INDEX messages_by_digest ON messages (digest);
    CREATE INDEX messages_by_key ON messages (key) WHERE key IS NOT NULL;
    CREATE TABLE answers (message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE, key INTEGER NOT NULL,
                          PRIMARY KEY (message, key)) WITHOUT ROWID;
    CREATE TABLE examples (claim INTEGER NOT NULL REFERENCES claims, slot INTEGER NOT NULL,
                           message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE, subject TEXT NOT NULL, message_id TEXT NOT NULL,
                           PRIMARY KEY (claim, slot)) WITHOUT ROWID;
    CREATE INDEX examples_by_message ON examples (message);
    CREATE TABLE recipients (message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE, address TEXT NOT NULL,
                             PRIMARY KEY (message, address)) WITHOUT ROWID;
    CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID
    """),
    script("ALTER TABLE folders ADD COLUMN state TEXT NOT NULL DEFAULT ''"),
    assessed.migrate,
    script("""
    DROP TABLE answers;
    DROP TABLE recipients;
    DROP TABLE examples;
    DROP TABLE messages;
    DELETE FROM claims;
    DELETE FROM assessed;
    DELETE FROM facts;
    UPDATE folders SET cursor = NULL, state = '';
    ALTER TABLE folders ADD COLUMN stem TEXT;
    CREATE TABLE messages (id INTEGER PRIMARY KEY, folder INTEGER NOT NULL REFERENCES folders ON DELETE CASCADE, name NOT NULL,
                           claim INTEGER, date INTEGER, digest BLOB NOT NULL, problem TEXT NOT NULL, key INTEGER, UNIQUE (folder, name));
    CREATE INDEX messages_by_key ON messages (key) WHERE key IS NOT NULL;
    CREATE TABLE answers (message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE, key INTEGER NOT NULL,
                          PRIMARY KEY (message, key)) WITHOUT ROWID;
    CREATE TABLE examples (claim INTEGER NOT NULL, slot INTEGER NOT NULL, message INTEGER NOT NULL, subject TEXT NOT NULL,
                           message_id TEXT NOT NULL, PRIMARY KEY (claim, slot)) WITHOUT ROWID;
    CREATE TABLE recipients (message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE, address TEXT NOT NULL,
                             PRIMARY KEY (message, address)) WITHOUT ROWID
    """),
)
"""The fourth is read anew from the mailbox: messages are told apart by other octets of their header, and named in short."""

_TEXTS = (
    "SELECT key, name, cursor, stem FROM folders",
    "SELECT name, problem FROM messages",
    "SELECT subject, message_id FROM examples",
    "SELECT address FROM recipients",
    "SELECT name, value FROM facts",
    "SELECT body, claims FROM assessed",
)
"""All text but that of claims: octets that are no UTF-8 are damage that SQLite does not look for."""
EXAMPLES, OLDEST_KEPT = 5, 2
"""Examples a claim keeps: the first of all, and the latest."""
AT_ONCE = 10_000
"""Values that one query looks for; SQLite takes some 30,000."""
MAX_REFERENCES = 8
"""Message-IDs of one message's References that are kept: the message it answers, and those before."""
MAX_REMEMBERED = 4_096
"""Claims whose rows are kept in memory while reading; beyond, they are looked up again, so that memory stays flat."""
UNJUDGED = (FolderRole.SENT, FolderRole.DRAFTS)
"""They say whom the owner writes to; nobody claims anything there."""
_LEFT_OUT = "SELECT digest FROM messages JOIN folders ON folders.id = folder WHERE role IN ('sent', 'drafts') UNION ALL SELECT digest FROM temp.elsewhere"
"""What nobody claims anything in, and what another cache of the same audit counts."""


class ReadMessage(NamedTuple):
    """One message as it is stored: where it lies, what it claims, and its identity across folders."""

    name: str
    claim: tuple[str, str] | None
    """As `encode_claim` gives it."""
    date: int | None
    digest: bytes
    subject: str = ""
    message_id: str = ""
    problem: str = ""
    recipients: tuple[str, ...] = ()
    """Whom the owner sent it to; empty unless it is sent mail."""
    answers: tuple[int, ...] = ()
    """Keys of the Message-IDs that it answers, at most MAX_REFERENCES; none of sent mail."""


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


@dataclass(slots=True)
class _Interned:
    """The row of a claim, and how many messages of it were seen."""

    id: int = 0
    seen: int = 0


class Cache:
    """One account's cache; the engine writes it, everybody may read it."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._db = open_database(path, MIGRATIONS, "NORMAL")
        self._db.execute("CREATE TEMP TABLE elsewhere (digest BLOB PRIMARY KEY) WITHOUT ROWID")
        self._claims: dict[str, _Interned] = {}
        """By id."""
        self.assessed = assessed.Assessed(self._db, path, self._decoder)

    def close(self) -> None:
        self._db.close()

    def is_sound(self) -> bool:
        """Whether the file is whole, by reading all of it. SQLite sees to its own structure, the digests to what the claims say."""
        try:
            if self._db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return False
            for query in _TEXTS:
                deque(self._db.execute(query), maxlen=0)
            return all(digest == digest_of(body) for digest, body in self._db.execute("SELECT digest, body FROM claims"))
        except (sqlite3.DatabaseError, UnicodeError):
            return False

    # Writing -----------------------------------------------------------------------------------------------------

    def enter(self, folder: Folder, since: date | None) -> KnownFolder:
        """Begin or go on with a folder. Another UIDVALIDITY or another first day forgets what is known of it."""
        return self.enter_all([folder], since)[0]

    def enter_all(self, folders: Iterable[Folder], since: date | None) -> list[KnownFolder]:
        """The same for many, in one transaction."""
        with store_errors(self.path), transaction(self._db):
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
        with store_errors(self.path):
            try:
                with transaction(self._db):
                    added = self._add(folder_id, messages)
                    self._db.execute("UPDATE folders SET cursor = ? WHERE id = ?", (cursor, folder_id))
            except BaseException:
                self._claims.clear()  # what it says of this batch is undone
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

    def _add(self, folder_id: int, messages: Sequence[ReadMessage]) -> int:
        if len(self._claims) > MAX_REMEMBERED:
            self._claims.clear()
        new = self._new(folder_id, messages)
        interned = self._interned([message.claim for _, message in new])
        id = self._db.execute("SELECT IFNULL(MAX(id), 0) FROM messages").fetchone()[0]
        rows: list[tuple[object, ...]] = []
        examples: dict[tuple[int, int], tuple[object, ...]] = {}
        recipients: list[tuple[int, str]] = []
        answers: list[tuple[int, int]] = []
        for (name, message), claim in zip(new, interned, strict=True):
            id += 1
            if claim is not None:
                slot = _slot(claim.seen)
                claim.seen += 1
                examples[claim.id, slot] = claim.id, slot, id, _storable(message.subject), _storable(message.message_id)
            key = key_of(message.message_id) if message.recipients else None
            rows.append((id, folder_id, name, claim.id if claim else None, message.date, message.digest, message.problem, key))
            if message.recipients:
                recipients += [(id, address) for address in message.recipients]
            elif message.answers:
                answers += [(id, key) for key in message.answers]
        self._db.executemany("INSERT INTO messages (id, folder, name, claim, date, digest, problem, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._db.executemany("INSERT OR REPLACE INTO examples VALUES (?, ?, ?, ?, ?)", examples.values())
        self._db.executemany("INSERT OR IGNORE INTO recipients VALUES (?, ?)", recipients)
        self._db.executemany("INSERT OR IGNORE INTO answers VALUES (?, ?)", answers)
        if rows:
            self.assessed.outdated()
        return len(rows)

    def _new(self, folder_id: int, messages: Sequence[ReadMessage]) -> list[tuple[str | int, ReadMessage]]:
        """Those that the folder does not have yet, by their names in short."""
        (stem,) = self._db.execute("SELECT stem FROM folders WHERE id = ?", (folder_id,)).fetchone()
        if stem is None and messages and (stem := stem_of(messages[0].name)) is not None:
            self._db.execute("UPDATE folders SET stem = ? WHERE id = ?", (stem, folder_id))
        by_name: dict[str | int, ReadMessage] = {}
        for message in messages:
            by_name.setdefault(short(message.name, stem), message)
        for name in self._known(folder_id, list(by_name)):
            del by_name[name]
        return list(by_name.items())

    def _known(self, folder_id: int, names: Sequence[str | int]) -> list[str | int]:
        """Those of the names that the folder has already; behind the greatest number there is none to look for."""
        (last,) = self._db.execute("SELECT MAX(name) FROM messages WHERE folder = ?", (folder_id,)).fetchone()
        looked_for = [name for name in names if last is not None and (isinstance(name, str) or isinstance(last, str) or name <= last)]
        found: list[str | int] = []
        for start in range(0, len(looked_for), AT_ONCE):
            part = looked_for[start : start + AT_ONCE]
            places = ", ".join("?" * len(part))
            found += [name for (name,) in self._db.execute(f"SELECT name FROM messages WHERE folder = ? AND name IN ({places})", (folder_id, *part))]
        return found

    def _interned(self, claims: Iterable[tuple[str, str] | None]) -> list[_Interned | None]:
        """Each of them with its row, which is made where there is none."""
        found: list[_Interned | None] = []
        unknown: dict[str, tuple[str, _Interned]] = {}
        for claim in claims:
            interned = None
            if claim is not None:
                digest, body = claim
                interned = self._claims.get(digest)
                if interned is None:
                    interned = self._claims[digest] = _Interned()
                    unknown[digest] = body, interned
            found.append(interned)
        self._find(unknown)
        (last,) = self._db.execute("SELECT IFNULL(MAX(id), 0) FROM claims").fetchone()
        new = [(digest, body, interned) for digest, (body, interned) in unknown.items() if not interned.id]
        for id, (_, _, interned) in enumerate(new, start=last + 1):
            interned.id = id
        self._db.executemany("INSERT INTO claims (id, digest, body) VALUES (?, ?, ?)", [(interned.id, digest, body) for digest, body, interned in new])
        return found

    def _find(self, unknown: Mapping[str, tuple[str, _Interned]]) -> None:
        """Fill in the claims that have a row."""
        digests = list(unknown)
        for start in range(0, len(digests), AT_ONCE):
            part = digests[start : start + AT_ONCE]
            query = "SELECT digest, id, (SELECT COUNT(*) FROM examples WHERE claim = claims.id) FROM claims WHERE digest IN"
            for digest, id, seen in self._db.execute(f"{query} ({', '.join('?' * len(part))})", part):
                _, interned = unknown[digest]
                interned.id, interned.seen = id, seen

    def forget_messages(self, folder_id: int, names: Iterable[str]) -> None:
        """Messages that are no longer in the folder."""
        with store_errors(self.path), transaction(self._db):
            (stem,) = self._db.execute("SELECT stem FROM folders WHERE id = ?", (folder_id,)).fetchone()
            gone = self._db.executemany("DELETE FROM messages WHERE folder = ? AND name = ?", [(folder_id, short(name, stem)) for name in names])
            if gone.rowcount > 0:
                self._swept()

    def _swept(self) -> None:
        """What hung on messages that are gone."""
        self._db.execute("DELETE FROM examples WHERE message NOT IN (SELECT id FROM messages)")
        self.assessed.outdated()

    def forget_subjects(self) -> None:
        """Of all example messages, in the file and in its log; what was judged with them is judged anew."""
        with store_errors(self.path):
            with transaction(self._db):
                if self._db.execute("UPDATE examples SET subject = '' WHERE subject != ''").rowcount:
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
        with store_errors(self.path):
            row = self._db.execute("SELECT value FROM facts WHERE name = 'scan'").fetchone()
            if row is None:
                return None
            status, code, missing, seconds, notices, since = json.loads(row[0])
            messages, duplicates, unreadable = totals or self.totals()
        found = tuple(Notice(code, tuple((name, value) for name, value in params)) for code, params in notices)
        return Scan(ScanStatus(status), code, messages, duplicates, unreadable, missing, seconds, found), _date(since)

    def totals(self) -> tuple[int, int, int]:
        """(distinct readable messages, duplicates, unreadable) of the covered folders; counted only where they were not since the last change."""
        return self.assessed.counted() or self._count_all()

    def _count_all(self) -> tuple[int, int, int]:
        with store_errors(self.path):
            rows, distinct, unreadable = self._db.execute(
                "SELECT COUNT(*), COUNT(DISTINCT digest), COUNT(DISTINCT CASE WHEN problem = 'message.unreadable' THEN digest END)"
                " FROM messages JOIN folders ON folders.id = folder WHERE covered"
            ).fetchone()
        return distinct - unreadable, rows - distinct, unreadable

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
                "SELECT claims.id, claims.digest, body, COUNT(DISTINCT messages.digest), MIN(date), MAX(date),"
                " COUNT(DISTINCT CASE WHEN role = 'junk' THEN messages.digest END)"
                " FROM messages JOIN folders ON folders.id = folder JOIN claims ON claims.id = claim"
                f" WHERE covered AND messages.digest NOT IN ({_LEFT_OUT}) GROUP BY claims.id ORDER BY claims.id"
            )
            for id, digest, body, messages, first, last, junk in rows:
                yield ClaimRecord(digest, decode(body), messages, first, last, junk, tuple(examples.get(id, ())))

    def _decoder(self) -> Callable[[str], Claim]:
        decode = decoder()

        def decoded(body: str) -> Claim:
            try:
                return decode(body)
            except (LookupError, TypeError, ValueError) as error:
                raise WorldError("store.damaged", path=str(self.path)) from error

        return decoded

    def _examples(self) -> dict[int, list[Example]]:
        examples: dict[int, list[Example]] = {}
        for claim, name, when, subject, message_id, folder in self._db.execute(
            f"SELECT examples.claim, {NAME}, date, subject, message_id, folders.name FROM examples JOIN messages ON messages.id = message"
            " JOIN folders ON folders.id = folder WHERE covered ORDER BY examples.claim, date DESC, slot"
        ):
            examples.setdefault(claim, []).append(Example(name, when, subject, message_id, folder))
        return examples

    def messages(self) -> Iterator[MessageRow]:
        """One row for each judged message."""
        with store_errors(self.path):
            rows = self._db.execute(
                f"SELECT MIN({NAME}), date, claims.digest FROM messages JOIN folders ON folders.id = folder JOIN claims ON claims.id = claim"
                f" WHERE covered AND messages.digest NOT IN ({_LEFT_OUT}) GROUP BY messages.digest ORDER BY MIN(messages.id)"
            )
            yield from (MessageRow(*row) for row in rows)

    def months(self) -> dict[tuple[str, str], int]:
        """Judged messages by claim and month of their date (`2026-03`, UTC), each message once; those without a usable date left out."""
        with store_errors(self.path):
            rows = self._db.execute(
                "SELECT claims.digest, strftime('%Y-%m', date, 'unixepoch') AS month, COUNT(DISTINCT messages.digest)"
                " FROM messages JOIN folders ON folders.id = folder JOIN claims ON claims.id = claim"
                f" WHERE covered AND month IS NOT NULL AND messages.digest NOT IN ({_LEFT_OUT}) GROUP BY claims.id, month"
            )
            return {(claim, month): messages for claim, month, messages in rows}

    def answers(self) -> Iterator[Answer]:
        """The judged messages that answer what the owner sent, each once."""
        with store_errors(self.path):
            rows = self._db.execute(
                f"SELECT claims.digest, MIN({NAME}), json_group_array(recipients.address) FROM answers JOIN messages ON messages.id = answers.message"
                " JOIN folders ON folders.id = messages.folder JOIN claims ON claims.id = messages.claim"
                " JOIN messages AS sent ON sent.key = answers.key JOIN recipients ON recipients.message = sent.id"
                " WHERE covered GROUP BY claims.id, messages.digest ORDER BY claims.id"
            )
            yield from (Answer(claim, name, frozenset(json.loads(sent_to))) for claim, name, sent_to in rows)

    def correspondents(self) -> dict[str, Correspondent]:
        """Whom the owner wrote to, by address."""
        with store_errors(self.path):
            rows = self._db.execute(
                "SELECT address, COUNT(DISTINCT digest), MIN(date), MAX(date) FROM recipients JOIN messages ON messages.id = message GROUP BY address"
            )
            return {row[0]: Correspondent(*row) for row in rows}


def _slot(seen: int) -> int:
    return seen if seen < OLDEST_KEPT else OLDEST_KEPT + (seen - OLDEST_KEPT) % (EXAMPLES - OLDEST_KEPT)


def key_of(message_id: str) -> int:
    """A Message-ID as a number that fits SQLite's."""
    return int.from_bytes(blake2b(message_id.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def _storable(text: str) -> str:
    """SQLite takes no lone surrogates."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
