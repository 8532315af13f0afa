"""Several scans as one: each mailbox has an engine of its own, some of them run side by side, and what they say is added up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from app.model import Notice
from app.several import AT_ONCE, status_of
from ui.engine import End
from ui.scan_run import ScanRun


class ScanRuns(QObject):
    """Emits `changed` after everything that was said, and `ended` once; see `ui.scan_run.ScanRun`, which it stands for."""

    changed = Signal()
    ended = Signal(object)

    def __init__(self, title: str, source: str, parts: Sequence[tuple[ScanRun, Callable[[], None]]], parent: QObject) -> None:
        """`source`: the key of them all. `parts`: each with what starts its engine. `start()` it."""
        super().__init__(parent)
        self.title, self.source, self.aside = title, source, ""
        self.parts = [run for run, _ in parts]
        self.end: End | None = None
        self.cancelling = False
        self._waiting = list(parts)
        for run in self.parts:
            run.changed.connect(self.changed)
            run.ended.connect(self._one_ended)

    def start(self) -> None:
        for _ in range(AT_ONCE):
            self._next()

    def cancel(self) -> None:
        """Those that have not begun never do."""
        self.cancelling = True
        waiting, self._waiting = self._waiting, []
        for run, _ in waiting:
            run.give_up()
        for run in self.parts:
            if run.end is None:
                run.cancel()
        self.changed.emit()

    def stop(self) -> None:
        for run in self.parts:
            run.stop()

    @property
    def folder(self) -> str:
        return next((run.folder for run in self.parts if run.folder and run.end is None), "")

    @property
    def done(self) -> int:
        return sum(run.done for run in self.parts)

    @property
    def total(self) -> int:
        """0 while one is read of which nobody knows how much there is."""
        if any(run.done and not run.total and run.end is None for run in self.parts):
            return 0
        return sum(run.total or run.done for run in self.parts)

    @property
    def rate(self) -> float | None:
        return sum(run.rate or 0.0 for run in self.parts if run.end is None) or None

    @property
    def seconds_left(self) -> float | None:
        """Only known once every mailbox has said how much there is."""
        rate = self.rate
        known = all(run.total or run.end for run in self.parts)
        return (self.total - self.done) / rate if rate and known and self.total > self.done else None

    @property
    def notices(self) -> list[Notice]:
        return [notice for run in self.parts for notice in run.notices]

    def _next(self) -> None:
        if self._waiting:
            _, start = self._waiting.pop(0)
            start()

    def _one_ended(self, _: End) -> None:
        self._next()
        ends = [run.end for run in self.parts if run.end is not None]
        if len(ends) == len(self.parts) and self.end is None:
            status, worst = status_of([end.status for end in ends])
            self.end = End(status, ends[worst].code, *(sum(getattr(end, name) for end in ends) for name in ("messages", "missing", "unreadable")))
            self.changed.emit()
            self.ended.emit(self.end)
