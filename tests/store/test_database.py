"""Opening a store: every version reads what an earlier one wrote."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.errors import NitaqError, WorldError
from app.store import database
from app.store.database import open_database, script, store_errors, transaction


def test_what_an_older_version_kept_is_brought_to_the_newest(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    first = script("CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1), (2)")
    open_database(path, (first,), "FULL").close()
    with closing(open_database(path, (first, script("ALTER TABLE a ADD COLUMN y INTEGER; UPDATE a SET y = x * 10")), "FULL")) as db:
        assert db.execute("SELECT x, y FROM a ORDER BY x").fetchall() == [(1, 10), (2, 20)]
        assert db.execute("PRAGMA user_version").fetchone() == (2,)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "cache.sqlite"
    first, second = script("CREATE TABLE a (x INTEGER)"), script("ALTER TABLE a ADD COLUMN y INTEGER; INSERT INTO nowhere VALUES (1)")
    open_database(path, (first,), "FULL").close()
    with pytest.raises(NitaqError):
        open_database(path, (first, second), "FULL")
    with closing(open_database(path, (first,), "FULL")) as db:
        assert [column for _, column, *_ in db.execute("PRAGMA table_info(a)")] == ["x"]


def test_what_its_end_finds_wrong_undoes_all_of_a_transaction_and_the_next_one_begins(tmp_path: Path) -> None:
    tables = script("CREATE TABLE a (x INTEGER PRIMARY KEY); CREATE TABLE b (x INTEGER REFERENCES a DEFERRABLE INITIALLY DEFERRED)")
    with closing(open_database(tmp_path / "cache.sqlite", (tables,), "FULL")) as db:
        with pytest.raises(sqlite3.IntegrityError), transaction(db):
            db.execute("INSERT OR FAIL INTO b VALUES (1), (2)")
        with transaction(db):
            db.execute("INSERT INTO a VALUES (1)")
        assert db.execute("SELECT (SELECT COUNT(*) FROM a), (SELECT COUNT(*) FROM b)").fetchone() == (1, 0)


class InterruptedAsItBegins(sqlite3.Connection):
    """A signal that comes while a transaction waits to begin interrupts once it has begun."""

    def execute(self, sql: str, /, *words: Any) -> sqlite3.Cursor:
        done = super().execute(sql, *words)
        if sql.startswith("BEGIN"):
            raise KeyboardInterrupt
        return done


def test_whoever_is_interrupted_as_a_transaction_begins_leaves_none_open() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None, factory=InterruptedAsItBegins)) as db:
        with pytest.raises(KeyboardInterrupt), transaction(db):
            pass
        assert not db.in_transaction


def test_a_store_that_another_program_is_writing_is_said_to_be_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.0)
    path = tmp_path / "cache.sqlite"
    with closing(open_database(path, (), "FULL")) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorldError) as caught:
            open_database(path, (), "FULL")
        assert caught.value.code == "store.locked"


def test_a_log_that_others_were_always_quicker_to_lock_is_locked_and_not_damaged(tmp_path: Path) -> None:
    error = sqlite3.OperationalError("locking protocol")
    error.sqlite_errorcode = sqlite3.SQLITE_PROTOCOL
    with pytest.raises(WorldError) as caught, store_errors(tmp_path / "cache.sqlite"):
        raise error
    assert caught.value.code == "store.locked"


def test_a_store_in_a_folder_that_takes_no_file_is_said_to_be_read_only() -> None:
    with pytest.raises(NitaqError) as caught:
        open_database(Path("/proc/nitaq/cache.sqlite"), (), "FULL")
    assert caught.value.code == "store.readonly"
