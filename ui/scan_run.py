"""One scan as the window knows it: the engine, and the latest of what it said. Outlives the screen that shows it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.errors import NitaqError, Refused
from app.model import Notice, ScanStatus
from ui.engine import End, Engine

NOTICES_KEPT = 50


class ScanRun(QObject):
    """Emits `changed` after everything that was said, and `ended` once."""

    changed = Signal()
    ended = Signal(object)

    def __init__(self, engine: Engine, title: str, source: str) -> None:
        super().__init__(engine)
        self.engine, self.title, self.source = engine, title, source
        self.folder, self.done = "", 0
        self.total = 0
        """0 while it is not known: of a mail file nobody knows more than was read of it."""
        self._foreseen = False
        self.rate: float | None = None
        """Messages a second lately; None until there is enough to say so."""
        self.seconds_left: float | None = None
        """None while nobody can know."""
        self.notices: list[Notice] = []
        self.end: End | None = None
        self.cancelling = False
        self.parts: Sequence[ScanRun] = ()
        """Of several scans as one, each (`ui.scan_runs.ScanRuns`)."""
        self.aside = ""
        """A sentence beside the scan, in the language it was begun in."""
        self.by_browser = False
        """The account is signed in with the browser."""
        engine.progressed.connect(self._progressed)
        engine.paced.connect(self._paced)
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

    def leave_out(self, why: NitaqError) -> None:
        """It cannot begin."""
        self._warned(why.code, dict(why.params))
        self._ended(End(ScanStatus.REFUSED if isinstance(why, Refused) else ScanStatus.ERROR, why.code))

    def _progressed(self, folder: str, done: int, total: int) -> None:
        self._foreseen = self._foreseen or done < total
        self.folder, self.done, self.total = folder, done, total if self._foreseen else 0
        self.changed.emit()

    def _paced(self, rate: float | None, left: float | None) -> None:
        self.rate, self.seconds_left = rate, left
        self.changed.emit()

    def _warned(self, code: str, params: dict[str, object]) -> None:
        if len(self.notices) < NOTICES_KEPT:
            self.notices.append(Notice(code, tuple((str(k), v if isinstance(v, int) else str(v)) for k, v in params.items())))
        self.changed.emit()

    def _ended(self, end: End) -> None:
        self.end = end
        self.changed.emit()
        self.ended.emit(end)
