"""One scan as the window knows it: the engine, the latest of what it said, and how fast it goes. Outlives the screen that shows it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic

from PySide6.QtCore import QObject, Signal

from app.model import Notice, ScanStatus
from ui.engine import End, Engine

WINDOW = 20.0
"""Seconds over which the rate is measured."""
ENOUGH = 3.0
"""Seconds of measuring before a remaining time is more than a guess."""
NOTICES_KEPT = 50


class ScanRun(QObject):
    """Emits `changed` after everything that was said, and `ended` once."""

    changed = Signal()
    ended = Signal(object)

    def __init__(self, engine: Engine, title: str, source: str, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(engine)
        self.engine, self.title, self.source = engine, title, source
        self.folder, self.done, self.total = "", 0, 0
        self.notices: list[Notice] = []
        self.end: End | None = None
        self.cancelling = False
        self.parts: Sequence[ScanRun] = ()
        """Of several scans as one, each (`ui.scan_runs.ScanRuns`)."""
        self.aside = ""
        """A sentence beside the scan, in the language it was begun in."""
        self.by_browser = False
        """The account is signed in with the browser."""
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()
        engine.progressed.connect(self._progressed)
        engine.warned.connect(self._warned)
        engine.ended.connect(self._ended)

    def cancel(self) -> None:
        self.cancelling = True
        self.changed.emit()
        self.engine.cancel()

    def stop(self) -> None:
        """When the window closes."""
        self.engine.stop()

    def give_up(self) -> None:
        """It was cancelled before it began."""
        self._ended(End(ScanStatus.CANCELLED))

    @property
    def rate(self) -> float | None:
        """Messages a second lately; None until there is enough to say so."""
        if len(self._seen) < 2:
            return None
        (start, first), (now, last) = self._seen[0], self._seen[-1]
        return (last - first) / (now - start) if now - start >= ENOUGH and last > first else None

    @property
    def seconds_left(self) -> float | None:
        """None while nobody can know."""
        rate = self.rate
        return (self.total - self.done) / rate if rate and self.total > self.done else None

    def _progressed(self, folder: str, done: int, total: int) -> None:
        self.folder, self.done, self.total = folder, done, total
        now = self._clock()
        self._seen.append((now, done))
        while now - self._seen[0][0] > WINDOW:
            self._seen.popleft()
        self.changed.emit()

    def _warned(self, code: str, params: dict[str, object]) -> None:
        if len(self.notices) < NOTICES_KEPT:
            self.notices.append(Notice(code, tuple((str(k), v if isinstance(v, int) else str(v)) for k, v in params.items())))
        self.changed.emit()

    def _ended(self, end: End) -> None:
        self.end = end
        self.changed.emit()
        self.ended.emit(end)
