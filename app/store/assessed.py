"""The judgement of a mailbox as the engine stored it: one text about the whole, one for each domain, and which claims that has with their counts.

It holds while the messages are those that were judged: the cache lets go of it in the transaction in which one comes or goes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.mail.subject import subject_text
from app.model import Claim, ClaimRecord, Example
from app.store.codec import decode_author
from app.store.database import sense, store_errors, transaction
from app.store.intake import claim_key
from app.store.names import NAME


def migrate(db: sqlite3.Connection) -> None:
    """The table, and the triggers (of statements that hold semicolons, so they are no script)."""
    db.execute("CREATE TABLE assessed (position INTEGER PRIMARY KEY, body TEXT NOT NULL, claims TEXT NOT NULL)")
    for change in ("INSERT", "DELETE"):
        db.execute(
            f"CREATE TRIGGER assessed_before_{change.lower()} AFTER {change} ON messages WHEN EXISTS (SELECT 1 FROM facts WHERE name = 'assessed')"
            " BEGIN DELETE FROM facts WHERE name = 'assessed'; END"
        )


@dataclass(frozen=True, slots=True)
class AssessedRow:
    """One domain: its text, and its claims, whose examples and bodies are in the cache already."""

    body: str
    claims: Iterable[ClaimRecord]


class Assessed:
    """Part of a `Cache`, over the same file."""

    def __init__(self, db: sqlite3.Connection, path: Path | None, decode: Callable[[], Callable[[str, str], Claim]]) -> None:
        self._db, self._path, self._decode = db, path, decode

    def outdated(self) -> None:
        """Let go of it, within the transaction that the messages change in."""
        self._db.execute("DELETE FROM facts WHERE name = 'assessed'")

    def scope(self) -> str:
        """What is covered; the same messages in other folders, or fewer of them, are another mailbox to judge."""
        with store_errors(self._path):
            rows = self._db.execute("SELECT id, name, role, validity, since, covered FROM folders ORDER BY id").fetchall()
        return json.dumps(rows)

    def keep(self, head: str, rows: Iterable[AssessedRow], counted: tuple[int, int, int], carried: str) -> None:
        """In place of an earlier judgement; `counted` as `Cache.totals` gives it, `carried` a text that is rarely wanted."""
        totals = json.dumps([self.scope(), counted])
        texts = ((position, row.body, json.dumps([_counts(record) for record in row.claims])) for position, row in enumerate(rows))
        with store_errors(self._path), transaction(self._db):
            self._db.execute("DELETE FROM assessed")
            self._db.executemany("INSERT INTO assessed VALUES (?, ?, ?)", texts)
            self._db.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", [("assessed", head), ("counted", totals), ("carried", carried)])

    def counted(self) -> tuple[int, int, int] | None:
        """What was counted when this was judged; None where the messages, or the folders that are covered, are others by now."""
        with store_errors(self._path), sense(self._path):
            row = self._db.execute("SELECT value FROM facts WHERE name = 'counted' AND EXISTS (SELECT 1 FROM facts WHERE name = 'assessed')").fetchone()
            if row is None:
                return None
            scope, (messages, duplicates, unreadable) = json.loads(row[0])
        return (messages, duplicates, unreadable) if scope == self.scope() else None

    def head(self) -> str | None:
        """The text about the whole; None where nothing was judged, or the messages are others by now."""
        with store_errors(self._path):
            row = self._db.execute("SELECT value FROM facts WHERE name = 'assessed'").fetchone()
        return str(row[0]) if row else None

    def carried(self) -> str:
        """What was kept beside the last judgement."""
        with store_errors(self._path):
            row = self._db.execute("SELECT value FROM facts WHERE name = 'carried'").fetchone()
        return str(row[0]) if row else "[]"

    def bodies(self) -> list[str]:
        """The texts of the domains; each is known by its position."""
        with store_errors(self._path):
            return [body for (body,) in self._db.execute("SELECT body FROM assessed ORDER BY position")]

    def claims(self, position: int) -> list[ClaimRecord]:
        """The claims of a domain, as they were judged."""
        with store_errors(self._path), sense(self._path):
            row = self._db.execute("SELECT claims FROM assessed WHERE position = ?", (position,)).fetchone()
            return list(self._records(json.loads(row[0]))) if row else []

    def said(self) -> Iterator[tuple[str, str, str]]:
        """Author domain, address and display name of every claim that is kept."""
        with store_errors(self._path), sense(self._path):
            for (body,) in self._db.execute("SELECT body FROM claims"):
                yield decode_author(body)

    def domains_by_folder(self) -> Iterator[tuple[str, set[str]]]:
        """Of each covered folder in the mailbox's order, its name and the author domains that wrote into it (empty: none could be read). Folders
        that the owner writes into have none, nor have those without messages."""
        with store_errors(self._path), sense(self._path):
            authors = {id: decode_author(body)[0] for id, body in self._db.execute("SELECT id, body FROM claims")}
            found: dict[str, set[str]] = {}
            for folder, claim in self._db.execute(
                "SELECT folders.name, claim FROM (SELECT DISTINCT folder, claim FROM messages WHERE claim IS NOT NULL)"
                " JOIN folders ON folders.id = folder WHERE covered AND role NOT IN ('sent', 'drafts') ORDER BY folders.id"
            ):
                found.setdefault(folder, set()).add(authors[claim])
        yield from found.items()

    def _records(self, counts: list[list[Any]]) -> Iterator[ClaimRecord]:
        decode = self._decode()
        keys = json.dumps([claim_key(each[0]) for each in counts])
        wanted = "SELECT value FROM json_each(?)"
        bodies = {digest.hex(): body for digest, body in self._db.execute(f"SELECT digest, body FROM claims WHERE key IN ({wanted})", (keys,))}
        examples: dict[str, list[Example]] = {}
        for digest, name, when, subject, message_id, folder in self._db.execute(
            f"SELECT claims.digest, {NAME}, date, subject, message_id, folders.name FROM claims JOIN messages ON claim = claims.id"
            f" JOIN folders ON folders.id = folder WHERE covered AND example = 1 AND claims.key IN ({wanted})"
            " ORDER BY claims.id, date DESC, messages.id",
            (keys,),
        ):
            examples.setdefault(digest.hex(), []).append(Example(name, when, subject_text(subject), message_id, folder))
        for id, messages, first, last, junk, outside in counts:
            yield ClaimRecord(id, decode(id, bodies[id]), messages, first, last, junk, tuple(examples.get(id, ())), outside)


def _counts(record: ClaimRecord) -> list[object]:
    return [record.id, record.messages, record.first_seen, record.last_seen, record.junk, record.outside_replies]
