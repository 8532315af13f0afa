"""Where the window is, in a small file: there while it runs, gone when it has ended properly. One that is found at a start tells of a bad end."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

MOST = 16 * 1024


class Place(NamedTuple):
    """A screen and the source that it shows."""

    screen: str = "start"
    """`start`, `scan` or `audit`."""
    source: str = ""
    again: bool = False
    """Whether it was opened by itself after a bad end; a second time it is only offered, or a fault in it would never end."""


class Session:
    """The file of one store folder. It may be lost without harm, so nothing here raises."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "session.json"

    def last(self) -> Place | None:
        """Where a session was that ended badly; None after a good end."""
        try:
            with self._path.open("rb") as file:
                kept = json.loads(file.read(MOST))
            place = Place(str(kept["screen"]), str(kept["source"]), kept.get("again") is True)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return Place()
        return place if place.screen in ("scan", "audit") and place.source and "\0" not in place.source else Place()

    def at(self, place: Place) -> None:
        with suppress(OSError):
            beside = self._path.with_suffix(".part")
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(place._asdict(), file)
            beside.replace(self._path)

    def end(self) -> None:
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
