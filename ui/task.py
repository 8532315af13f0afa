"""Work that takes a while, done in a thread; what comes of it is handed over in the window's own thread."""

from __future__ import annotations

import sys
from collections.abc import Callable
from threading import Thread

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.errors import NitaqError


class Task(QObject):
    """One piece of work. Connect `done` and `failed`, then `start()`; both are emitted in the thread that made the task.

    (A function connected straight to a worker's signal would run in the worker's thread; this object stands between.)
    """

    done = Signal(object)
    failed = Signal(object)
    """A `NitaqError`."""
    _arrived = Signal(object, object)

    def __init__(self, work: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        try:
            result, error = self._work(), None
        except NitaqError as problem:
            result, error = None, problem
        except Exception as problem:  # a bug must end in a sentence, not in a window that waits for ever
            sys.excepthook(type(problem), problem, problem.__traceback__)
            result, error = None, NitaqError("program.fault", reason=type(problem).__name__)
        try:
            self._arrived.emit(result, error)
        except RuntimeError:
            return  # the window was closed meanwhile

    @Slot(object, object)
    def _deliver(self, result: object, error: NitaqError | None) -> None:
        if error is None:
            self.done.emit(result)
        else:
            self.failed.emit(error)
        self.deleteLater()


def in_background(parent: QObject, work: Callable[[], object], done: Callable[..., object], failed: Callable[[NitaqError], object]) -> None:
    """`work` in a thread, then in this one `done` with what came of it, or `failed`; neither if `parent` is gone meanwhile."""
    task = Task(work, parent)
    task.done.connect(done)
    task.failed.connect(failed)
    task.start()
