"""Python's search for reference cycles, in the window's thread alone.

Python searches in whichever thread makes the next object, and destroys there what it finds: a screen that was closed long ago, by a worker, while its
timers are about to go off in the window's thread. Qt does not survive that.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 250
"""Milliseconds between two looks whether there is enough to search."""
FEW = 700
"""Objects made since the last search that are not worth one; Python's own measure."""
SHARE = 4
"""All is searched once what is new is one part in so many of what was found alive, so that a large audit is not searched again and again."""


class CycleSearch(QObject):
    """`begin()` takes it over from Python for good. What is there by then stays, and is not searched."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._alive = self._new = 0
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.search)

    def begin(self) -> None:
        gc.disable()
        gc.freeze()
        self._timer.start()

    def search(self) -> None:
        """What is new, or all where that has become much."""
        new = gc.get_count()[0]
        if new < FEW:
            return
        self._new += new
        if self._new > self._alive // SHARE:
            gc.collect()
            self._alive, self._new = len(gc.get_objects()), 0
        else:
            gc.collect(0)
