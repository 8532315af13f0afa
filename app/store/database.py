"""Opening a SQLite file the way Nitaq needs it: owner's eyes only, WAL, migrated, and errors as codes."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from app.errors import UserError, WorldError

Migration = Callable[[sqlite3.Connection], None]
BUSY_SECONDS = 10.0
LOG_PAGES = 4_000
"""Pages that the log has (16 MB) when they are taken over into the file: one that was written many times goes there once, and the disk is waited for less."""
_FULL = frozenset((sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC))
_LOCKED = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL))
"""The last one is what SQLite says after seconds in which others were always quicker to lock the log."""


def script(text: str) -> Migration:
    """A migration made of SQL statements that need no parameters."""

    def run(db: sqlite3.Connection) -> None:
        for statement in filter(str.strip, text.split(";")):
            db.execute(statement)

    return run


def open_database(path: Path | None, migrations: Sequence[Migration], synchronous: str) -> sqlite3.Connection:
    """Open (or make) the database and bring it to the newest version; None keeps it in memory.

    Raises UserError `store.readonly`, WorldError `store.full`, `store.locked` or `store.damaged`.
    """
    with store_errors(path):
        if path is not None:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        db = sqlite3.connect(path or ":memory:", timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute(f"PRAGMA synchronous = {synchronous}")
            db.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
            db.execute("PRAGMA secure_delete = ON")
            db.execute("PRAGMA foreign_keys = ON")
            _migrate(db, migrations, path)
        except BaseException:
            db.close()
            raise
        return db


def _migrate(db: sqlite3.Connection, migrations: Sequence[Migration], path: Path | None) -> None:
    with transaction(db):
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version > len(migrations):
            raise UserError("store.newer", path=str(path))
        for number, migration in enumerate(migrations[version:], start=version + 1):
            migration(db)
            db.execute(f"PRAGMA user_version = {number}")


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, and nobody else writes meanwhile."""
    try:
        db.execute("BEGIN IMMEDIATE")  # may wait for long, and whoever is interrupted then has begun nevertheless
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # some failures end it
            db.execute("ROLLBACK")
        raise


@contextmanager
def store_errors(path: Path | None) -> Iterator[None]:
    """Turn what SQLite and the file system say into codes of the public interface."""
    where = str(path) if path else "memory"
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # a fault of ours, not of the file
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        primary = code & 0xFF if code is not None else None
        if code in _FULL or primary in _FULL:
            raise WorldError("store.full", path=where) from error
        if primary in _LOCKED:
            raise WorldError("store.locked", path=where) from error
        if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise UserError("store.readonly", path=where) from error
        raise damaged(path) from error
    except UnicodeDecodeError as error:  # SQLite quotes what it cannot make sense of
        raise damaged(path) from error
    except PermissionError as error:
        raise UserError("store.readonly", path=where) from error
    except OSError as error:
        raise WorldError("store.full" if error.errno == 28 else "store.readonly", path=where) from error


@contextmanager
def sense(path: Path | None) -> Iterator[None]:
    """What the file holds in place of a date, a choice or a list is damage."""
    try:
        yield
    except UnicodeEncodeError:
        raise  # what was to be written, not what was read
    except (LookupError, TypeError, ValueError) as error:
        raise damaged(path) from error


def damaged(path: Path | None) -> WorldError:
    """What is raised over a file that turns out to be damaged. That breaks its seal (`app.store.seal`)."""
    if path is not None:
        with suppress(OSError):
            os.utime(path)
    return WorldError("store.damaged", path=str(path) if path else "memory")


def remove(path: Path) -> None:
    """Delete a database with the files that SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
