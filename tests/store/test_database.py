"""Opening a store: every version reads what an earlier one wrote."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from app.errors import NitaqError
from app.store.database import open_database, script


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
