"""Whether a cache was closed in order and not written since, so that it need not be looked through before it is filled again.

The file itself says when it was sealed, and its time in the file system is set to the same: whoever writes to it later, or finds it damaged, leaves
another time there. Octets that changed on the disk by themselves are found out when they are read.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

_SECOND = 1_000_000_000


def seal(db: sqlite3.Connection, path: Path) -> None:
    """Not where somebody who reads keeps back what was written last, or another engine takes it over; then the file is looked through the next time."""
    moment = path.stat().st_mtime_ns // _SECOND  # whole seconds, which every file system can hold
    db.execute("INSERT OR REPLACE INTO facts VALUES ('sealed', ?)", (str(moment),))
    busy, logged, copied = db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    if not busy and logged == copied:
        with suppress(PermissionError):  # it is somebody else's
            os.utime(path, (moment, moment))


def is_sealed(db: sqlite3.Connection, path: Path) -> bool:
    try:
        moment, more = divmod(path.stat().st_mtime_ns, _SECOND)
    except FileNotFoundError:  # another engine has just put it out of the way
        return False
    return not more and db.execute("SELECT value FROM facts WHERE name = 'sealed'").fetchone() == (str(moment),)
