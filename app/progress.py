"""How a headless audit says how far it is: JSON lines for programs, a bar for a terminal, or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Protocol, TextIO

from app.contain import contained
from app.error_text import describe
from app.i18n import Translation
from app.model import Notice, Scan
from app.scan import Progress

BAR_WIDTH = 24


class Reporter(Protocol):
    """Told everything that happens."""

    def progress(self, progress: Progress) -> None: ...

    def warning(self, notice: Notice) -> None: ...

    def end(self, scan: Scan) -> None: ...


class JsonLines:
    """One JSON object a line, as the public interface says."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def progress(self, progress: Progress) -> None:
        rate = None if progress.rate is None else round(progress.rate, 1)
        left = None if progress.left is None else round(progress.left)
        self._line(event="progress", folder=progress.folder, done=progress.done, total=progress.total, rate=rate, left=left)

    def warning(self, notice: Notice) -> None:
        self._line(event="warning", code=notice.code, params=dict(notice.params))

    def end(self, scan: Scan) -> None:
        self._line(
            event="end", status=scan.status, code=scan.code, messages=scan.messages, missing=scan.missing, unreadable=scan.unreadable
        )

    def _line(self, **values: object) -> None:
        self._out.write(json.dumps(values) + "\n")
        self._out.flush()


class Quiet:
    """Warnings as sentences on standard error; progress not at all."""

    def __init__(self, err: TextIO, say: Translation) -> None:
        self._err = err
        self._say = say

    def progress(self, progress: Progress) -> None:
        pass

    def warning(self, notice: Notice) -> None:
        self._err.write(describe(notice.code, dict(notice.params), self._say) + "\n")

    def end(self, scan: Scan) -> None:
        pass


class Bar(Quiet):
    """A line on a terminal that is written again and again."""

    def __init__(self, err: TextIO, say: Translation, columns: Callable[[], int]) -> None:
        super().__init__(err, say)
        self._columns = columns
        self._shown = False

    def progress(self, progress: Progress) -> None:
        filled = BAR_WIDTH * progress.done // max(1, progress.total)
        counts = f"{self._say.number(progress.done)} / {self._say.number(progress.total)}"
        pace = f"  {time_left(progress.left, self._say)}" if progress.left is not None else ""
        line = f"[{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {counts}{pace}  {contained(progress.folder)}"
        self._err.write("\r\x1b[K" + line[: self._columns() - 1])
        self._err.flush()
        self._shown = True

    def warning(self, notice: Notice) -> None:
        self._clear()
        super().warning(notice)

    def end(self, scan: Scan) -> None:
        self._clear()

    def _clear(self) -> None:
        if self._shown:
            self._err.write("\r\x1b[K")
            self._shown = False


def time_left(seconds: float | None, say: Translation) -> str:
    """Rounded as roughly as it is known."""
    if seconds is None:
        return "–"
    if seconds < 60:
        return say("less than a minute")
    minutes = round(seconds / 60)
    if minutes < 60:
        return say.plural("about {n} minute", "about {n} minutes", minutes)
    return say.plural("about {n} hour", "about {n} hours", round(minutes / 60))
