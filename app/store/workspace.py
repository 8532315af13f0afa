"""What only the user can give again: accounts, own domains, decisions, exceptions, settings and frozen audits. Durable rather than fast."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, count
from threading import RLock
from typing import TYPE_CHECKING, Any

from app.audit_key import key_of, sources_of
from app.store.database import open_database, script, sense, store_errors, transaction

if TYPE_CHECKING:
    import sqlite3
    from datetime import date
    from pathlib import Path

    from app.model import Account, AuditEntry, DecisionRecord, ExceptionRule, OAuthClient, Skip, Traces


def _one_row_each(db: sqlite3.Connection) -> None:
    """An audit of several sources, which used to be kept once for each, is kept under all of them."""
    query = "SELECT MIN(id), json_group_array(source) FROM audits GROUP BY created, report HAVING COUNT(DISTINCT source) > 1"
    for id, sources in db.execute(query).fetchall():
        db.execute("DELETE FROM audits WHERE id <> ? AND (created, report) = (SELECT created, report FROM audits WHERE id = ?)", (id, id))
        db.execute("UPDATE audits SET source = ? WHERE id = ?", (key_of(_read(sources)), id))


MIGRATIONS = (
    script("""
    CREATE TABLE accounts (name TEXT PRIMARY KEY, source TEXT NOT NULL UNIQUE, own_domains TEXT, folders TEXT NOT NULL, since TEXT,
                           keep_secret INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE decisions (subject TEXT PRIMARY KEY, decision TEXT NOT NULL, by TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER, until TEXT,
                            proofs TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE exceptions (domain TEXT NOT NULL, direction TEXT NOT NULL, source TEXT NOT NULL, approved_by TEXT NOT NULL, reason TEXT NOT NULL,
                             until TEXT, PRIMARY KEY (domain, direction, source)) WITHOUT ROWID;
    CREATE TABLE audits (id INTEGER PRIMARY KEY, source TEXT NOT NULL, created INTEGER NOT NULL, status TEXT NOT NULL, messages INTEGER NOT NULL,
                         report BLOB NOT NULL);
    CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID
    """),
    script("CREATE TABLE pins (source TEXT NOT NULL, server TEXT NOT NULL, PRIMARY KEY (source, server)) WITHOUT ROWID"),
    script("ALTER TABLE accounts ADD COLUMN ca_file TEXT NOT NULL DEFAULT ''"),
    script("CREATE TABLE skipped (source TEXT NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (source, subject)) WITHOUT ROWID"),
    script("""
    ALTER TABLE skipped ADD COLUMN worst INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE skipped ADD COLUMN uncovered INTEGER NOT NULL DEFAULT 0
    """),
    script("ALTER TABLE accounts ADD COLUMN oauth TEXT NOT NULL DEFAULT ''"),
    script("ALTER TABLE accounts ADD COLUMN direct INTEGER NOT NULL DEFAULT 0"),
    script("""
    ALTER TABLE exceptions RENAME TO exceptions_of_domains;
    CREATE TABLE exceptions (domain TEXT NOT NULL, direction TEXT NOT NULL, source TEXT NOT NULL, kind TEXT NOT NULL, approved_by TEXT NOT NULL,
                             reason TEXT NOT NULL, until TEXT, PRIMARY KEY (domain, direction, source, kind)) WITHOUT ROWID;
    INSERT INTO exceptions SELECT domain, direction, source, '', approved_by, reason, until FROM exceptions_of_domains;
    DROP TABLE exceptions_of_domains
    """),
    _one_row_each,
    script("ALTER TABLE accounts ADD COLUMN others TEXT NOT NULL DEFAULT '[]'"),
)
_OF_ACCOUNTS = ("accounts", "audits", "pins", "skipped")
_FINGERPRINT = re.compile(r"sha256:[0-9a-f]{64}")


class Workspace:
    """One file for everything that the user decided. What its records are is imported with the first of them: a window that starts asks for settings.

    The window's thread and its workers share it: one at a time has its connection, which could not begin a transaction within another's.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._turn = RLock()
        self._db = open_database(path, MIGRATIONS, "FULL")

    def close(self) -> None:
        with self._turn:
            self._db.close()

    @contextmanager
    def _guard(self) -> Iterator[None]:
        """Also what the file holds in place of a date, a choice or a list is damage."""
        with self._turn, store_errors(self.path), sense(self.path):
            yield

    # Accounts ----------------------------------------------------------------------------------------------------

    def accounts(self) -> tuple[Account, ...]:
        from app.model import Account

        with self._guard():
            rows = self._db.execute("SELECT name, source, own_domains, folders, since, keep_secret, ca_file, oauth, direct, others FROM accounts ORDER BY name")
            return tuple(
                Account(
                    name,
                    source,
                    None if own is None else tuple(_read(own)),
                    tuple(_read(folders)),
                    _date(since),
                    bool(keep),
                    ca,
                    _client(oauth),
                    bool(direct),
                    tuple(_read(others)),
                )
                for name, source, own, folders, since, keep, ca, oauth, direct, others in rows
            )

    def account(self, source: str) -> Account | None:
        """The account of this source, or None."""
        return next((account for account in self.accounts() if account.source == source), None)

    def save_account(self, account: Account) -> None:
        """Add the account, or change the one with its source. Where another source's account has its name, a number tells them apart."""
        from dataclasses import asdict

        own = None if account.own_domains is None else _write(account.own_domains)
        oauth = _write(asdict(account.oauth)) if account.oauth else ""
        how = (account.keep_secret, account.ca_file, oauth, account.direct, _write(account.others))
        with self._guard(), transaction(self._db):
            self._db.execute("DELETE FROM accounts WHERE source = ?", (account.source,))
            taken = {name for (name,) in self._db.execute("SELECT name FROM accounts")}
            names = chain([account.name], (f"{account.name} ({number})" for number in count(2)))
            self._db.execute(
                "INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (next(name for name in names if name not in taken), account.source, own, _write(account.folders), _text(account.since), *how),
            )

    def traces(self, source: str) -> Traces:
        """What this file holds of an account, or of an audit of several; decisions belong to no account."""
        from app.model import Traces

        with self._guard():
            kept = {table: [key for (key,) in self._db.execute(f"SELECT source FROM {table}") if source in (key, *sources_of(key))] for table in _OF_ACCOUNTS}
        alone = kept["audits"].count(source)
        return Traces(
            source,
            saved=source in kept["accounts"],
            audits=alone,
            audits_of_several=len(kept["audits"]) - alone,
            servers=kept["pins"].count(source),
            put_off=kept["skipped"].count(source),
        )

    def sources(self) -> frozenset[str]:
        """All single sources that anything here is about."""
        with self._guard():
            keys = {key for table in _OF_ACCOUNTS for (key,) in self._db.execute(f"SELECT DISTINCT source FROM {table}")}
            return frozenset(source for key in keys for source in sources_of(key))

    def forget_account(self, source: str) -> None:
        """The account with its frozen audits, those of several accounts too; its cache and its secret are elsewhere. Nothing of it stays in the log."""
        with self._guard(), transaction(self._db):
            for table in _OF_ACCOUNTS:
                keys = [key for (key,) in self._db.execute(f"SELECT DISTINCT source FROM {table}") if source in (key, *sources_of(key))]
                self._db.executemany(f"DELETE FROM {table} WHERE source = ?", [(key,) for key in keys])
        with self._guard():
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def pins(self, source: str) -> tuple[str, ...]:
        """The authserv-ids that the user confirmed or chose for this source; none: they are learned."""
        with self._guard():
            return tuple(server for (server,) in self._db.execute("SELECT server FROM pins WHERE source = ? ORDER BY server", (source,)))

    def pin(self, source: str, servers: Iterable[str]) -> None:
        """Believe these servers and no others from now on; none: learn again."""
        with self._guard(), transaction(self._db):
            self._db.execute("DELETE FROM pins WHERE source = ?", (source,))
            self._db.executemany("INSERT OR IGNORE INTO pins VALUES (?, ?)", [(source, server) for server in servers])

    # Decisions and exceptions ------------------------------------------------------------------------------------

    def decisions(self) -> tuple[DecisionRecord, ...]:
        from app.model import Decision, DecisionRecord

        with self._guard():
            rows = self._db.execute("SELECT subject, decision, by, reason, at, until, proofs FROM decisions ORDER BY subject")
            return tuple(
                DecisionRecord(subject, Decision(decision), by, reason, at, _date(until), tuple((proof, source) for proof, source in _read(proofs)))
                for subject, decision, by, reason, at, until, proofs in rows
            )

    def decide(self, records: Iterable[DecisionRecord]) -> None:
        """Record decisions, all or none, each in place of an earlier one on the same subject; "unreviewed" takes that back."""
        from app.model import Decision

        records = list(records)
        with self._guard(), transaction(self._db):
            for record in records:
                self._db.execute("DELETE FROM decisions WHERE subject = ?", (record.subject,))
                if record.decision is not Decision.UNREVIEWED:
                    values = (record.subject, record.decision, record.by, record.reason, record.at, _text(record.until), _write(record.proofs))
                    self._db.execute("INSERT INTO decisions VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def skipped(self, source: str) -> tuple[Skip, ...]:
        """What a review of this source has put off."""
        from app.model import Skip

        with self._guard():
            rows = self._db.execute("SELECT subject, worst, uncovered FROM skipped WHERE source = ? ORDER BY subject", (source,))
            return tuple(Skip(*row) for row in rows)

    def skip(self, source: str, skips: Iterable[Skip]) -> None:
        """Put off these subjects and no others."""
        with self._guard(), transaction(self._db):
            self._db.execute("DELETE FROM skipped WHERE source = ?", (source,))
            self._db.executemany("INSERT OR IGNORE INTO skipped VALUES (?, ?, ?, ?)", [(source, each.subject, each.worst, each.uncovered) for each in skips])

    def exceptions(self) -> tuple[ExceptionRule, ...]:
        from app.model import Direction, DomainClass, ExceptionRule

        with self._guard():
            rows = self._db.execute(
                "SELECT domain, direction, source, approved_by, reason, until, kind FROM exceptions ORDER BY domain, direction, source, kind"
            )
            return tuple(
                ExceptionRule(domain, Direction(direction), source, by, why, _date(until), DomainClass(kind) if kind else None)
                for domain, direction, source, by, why, until, kind in rows
            )

    def save_exceptions(self, rules: Iterable[ExceptionRule]) -> None:
        values = [(r.domain, r.direction, r.source, r.kind or "", r.approved_by, r.reason, _text(r.until)) for r in rules]
        with self._guard(), transaction(self._db):
            self._db.executemany("INSERT OR REPLACE INTO exceptions VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def forget_exception(self, rule: ExceptionRule) -> None:
        with self._guard():
            key = (rule.domain, rule.direction, rule.source, rule.kind or "")
            self._db.execute("DELETE FROM exceptions WHERE domain = ? AND direction = ? AND source = ? AND kind = ?", key)

    # Frozen audits -----------------------------------------------------------------------------------------------

    def freeze(self, source: str, created: int, status: str, messages: int, report: bytes) -> None:
        """Keep a finished report (JSON) as it is. It is written into its place: as a value of a statement, SQLite would make two copies of it."""
        query = "INSERT INTO audits (source, created, status, messages, report) VALUES (?, ?, ?, ?, zeroblob(?)) RETURNING id"
        with self._guard(), transaction(self._db):
            (id,) = self._db.execute(query, (source, created, status, messages, len(report))).fetchone()
            with self._db.blobopen("audits", "report", id) as place:
                place.write(report)

    def audits(self) -> tuple[AuditEntry, ...]:
        """Newest first."""
        from app.model import AuditEntry

        with self._guard():
            rows = self._db.execute("SELECT id, source, created, status, messages FROM audits ORDER BY created DESC, id DESC")
            return tuple(AuditEntry(*row) for row in rows)

    def fingerprint(self, id: int) -> str:
        """Of one frozen audit, which stands at the end of its JSON; empty where there is none."""
        with self._guard():
            row = self._db.execute("SELECT substr(report, -100) FROM audits WHERE id = ?", (id,)).fetchone()
        found = _FINGERPRINT.findall(bytes(row[0]).decode("utf-8", "replace")) if row else []
        return found[-1] if found else ""

    def frozen(self, id: int) -> bytes:
        """The JSON report of one audit; KeyError where there is none."""
        with self._guard():
            row = self._db.execute("SELECT report FROM audits WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise KeyError(id)
        return bytes(row[0])

    # Settings ----------------------------------------------------------------------------------------------------

    def setting(self, name: str, default: str = "") -> str:
        with self._guard():
            row = self._db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else default

    def set(self, name: str, value: str) -> None:
        with self._guard(), transaction(self._db):
            self._db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))


def _read(text: str) -> Any:
    import json

    return json.loads(text)


def _write(value: object) -> str:
    import json

    return json.dumps(value)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    from datetime import date

    return date.fromisoformat(text) if text else None


def _client(text: str) -> OAuthClient | None:
    if not text:
        return None
    from app.model import OAuthClient, OAuthService

    fields = _read(text)
    service = fields["service"]
    extra = tuple((name, value) for name, value in service["extra"])
    return OAuthClient(fields["id"], OAuthService(**{**service, "scopes": tuple(service["scopes"]), "extra": extra}))
