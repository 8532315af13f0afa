"""Exceptions that nobody caught, in slots and threads: each becomes a report and a line above the screen, and the window goes on."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer, Signal

from app.faults import FaultFolder, fault_report, where

MOST = 20
"""Faults of one session that are written down; a window that fails while it paints could do so without end."""


class FaultWatch(QObject):
    """Emits `happened` with the path of the report, or None where none could be written, in the window's own thread.

    While it watches, what native code leaves when it crashes is kept too. `end()` puts everything back.
    """

    happened = Signal(object)
    _caught = Signal(object)

    def __init__(self, faults: FaultFolder, versions: str, parent: QObject) -> None:
        super().__init__(parent)
        self._faults, self._versions, self._count = faults, versions, 0
        self._before = sys.excepthook, threading.excepthook
        self._end_native = faults.watch("window")
        self._caught.connect(self._tell)
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self._write(args.exc_value) if args.exc_value else None

    def end(self) -> None:
        sys.excepthook, threading.excepthook = self._before
        self._end_native()

    def _tell(self, path: Path | None) -> None:
        """In the window's thread, and after what has just failed."""
        QTimer.singleShot(0, self, lambda: self.happened.emit(path))

    def _hook(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        if isinstance(fault, Exception):
            self._write(fault)
        else:
            self._before[0](kind, fault, trace)

    def _write(self, fault: BaseException) -> None:
        self._count += 1
        if self._count > MOST:
            return
        if sys.stderr is not None:
            sys.stderr.write(f"nitaq: {where(fault) if fault.__traceback__ else type(fault).__name__}\n")
        path = self._faults.keep(fault_report(fault, "window", self._versions))
        self._caught.emit(path)
