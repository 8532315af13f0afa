"""What a line says may lie in the store, and that of a large domain takes a moment to come from there: a thread brings it, and the window goes on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.errors import NitaqError
from app.later import Later
from app.model import DomainRow
from app.parts import Key, key_of
from ui.task import in_background

FEW = 50
"""Claims that are read sooner than a thread is started."""


class ClaimsAtHand(QObject):
    """Over `shown` the mouse's cursor tells that something is on its way. Emits `failed` with a `NitaqError`."""

    failed = Signal(object)

    def __init__(self, shown: QWidget) -> None:
        super().__init__(shown)
        self._shown = shown
        self._coming: dict[Key, Callable[[], None]] = {}

    def bring(self, row: DomainRow, then: Callable[[], None]) -> None:
        """`then` is called once its claims are at hand, perhaps at once; of several for one row the last."""
        if len(row.claims) > FEW and isinstance(row.claims, Later) and not row.claims.made:
            self._bring_in_thread(row, then)
            return
        try:
            _read(row)
        except NitaqError as error:
            self.failed.emit(error)
        else:
            then()

    def _bring_in_thread(self, row: DomainRow, then: Callable[[], None]) -> None:
        key = key_of(row)
        waits, self._coming[key] = key in self._coming, then
        if not waits:
            self._shown.setCursor(Qt.CursorShape.BusyCursor)
            in_background(self, lambda: _read(row), lambda _: self._came(key)(), lambda error: self._did_not_come(key, error))

    def _did_not_come(self, key: Key, error: NitaqError) -> None:
        self._came(key)
        self.failed.emit(error)

    def _came(self, key: Key) -> Callable[[], None]:
        then = self._coming.pop(key)
        if not self._coming:
            self._shown.unsetCursor()
        return then


def _read(row: DomainRow) -> None:
    """What is made when it is first asked for."""
    for each in (row.claims, row.addresses):
        each[:1]
