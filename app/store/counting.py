"""How many messages a cache has, copies told apart from messages by their identities."""

from __future__ import annotations

import sqlite3
from struct import Struct

COUNTED_AT_ONCE = 60_000
"""Messages whose identities are in memory at once."""
DIGEST = 16
"""Octets of a message's identity."""
_MANY = Struct(f"{DIGEST}s" * 1_024)


def count_all(db: sqlite3.Connection) -> tuple[int, int, int]:
    """(distinct readable messages, duplicates, unreadable) of the covered folders.

    Each part of all identities goes as one value to where it takes a fraction of the time to tell equal ones: SQLite would sort them.
    """
    messages, hidden = db.execute("SELECT (SELECT COUNT(*) FROM messages), EXISTS (SELECT 1 FROM folders WHERE NOT covered)").fetchone()
    parts = max(1, min(256, -(-messages // COUNTED_AT_ONCE)))
    query = (
        "SELECT CAST(group_concat(digest, '') AS BLOB), CAST(group_concat(CASE problem WHEN 'message.unreadable' THEN digest END, '') AS BLOB)"
        f" FROM messages WHERE {'digest >= ? AND digest < ?' if parts > 1 else '? < ?'}"
        f"{' AND folder IN (SELECT id FROM folders WHERE covered)' if hidden else ''}"
    )
    rows = distinct = unreadable = 0
    for part in range(parts):
        of_all, of_unreadable = db.execute(query, (_first(part, parts), _first(part + 1, parts))).fetchone()
        rows += len(of_all or b"") // DIGEST
        distinct += _distinct(of_all or b"")
        unreadable += _distinct(of_unreadable or b"")
    return distinct - unreadable, rows - distinct, unreadable


def _first(part: int, parts: int) -> bytes:
    """Where a part of all identities begins; behind the last one nothing does."""
    return bytes([256 * part // parts]) if part < parts else b"\xff" * (DIGEST + 1)


def _distinct(digests: bytes) -> int:
    found: set[bytes] = set()
    whole = len(digests) - len(digests) % _MANY.size
    for many in _MANY.iter_unpack(memoryview(digests)[:whole]):
        found.update(many)
    found.update(digests[start : start + DIGEST] for start in range(whole, len(digests), DIGEST))
    return len(found)
