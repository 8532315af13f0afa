"""Who wrote most so far, while a mailbox is scanned: looked up in a thread, at most twice a second."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.contain import contained
from app.i18n import Translation
from ui import tokens as t
from ui.controls import column, frame, label
from ui.task import in_background

EVERY = 500
"""Milliseconds between two looks at least."""

Look = Callable[[], Sequence[tuple[str, int]]]
"""Domains and their messages, the most first."""


class LiveSenderList(QWidget):
    """Nothing is shown before there is something. A look that fails leaves what was there."""

    def __init__(self, say: Translation, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._say, self._look, self._looking = say, look, False
        self._rows = [(label(""), label("", "muted")) for _ in range(5)]
        grid = QGridLayout()
        grid.setVerticalSpacing(t.XS)
        grid.setColumnStretch(0, 1)
        for at, (domain, count) in enumerate(self._rows):
            grid.addWidget(domain, at, 0)
            grid.addWidget(count, at, 1, Qt.AlignmentFlag.AlignTrailing)
        layout: QVBoxLayout = column(label(say("Who wrote most so far"), "caption"), grid, spacing=t.S, margins=(t.XL, t.M, t.XL, t.M))
        self.setLayout(column(frame("card", layout)))
        self.hide()
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()

    def refresh(self) -> None:
        """Look again, unless a look is still on its way."""
        if not self._looking:
            self._looking = True
            in_background(self, self._look, self.show_senders, self._looked)

    def stop(self) -> None:
        """The scan has ended, and its result says more."""
        self._timer.stop()
        self.hide()

    def show_senders(self, senders: Sequence[tuple[str, int]]) -> None:
        """The most, the first of them on top."""
        self._looked()
        for at, (domain, count) in enumerate(self._rows):
            name, messages = senders[at] if at < len(senders) else ("", 0)
            domain.setText(self._say.isolate(contained(name)))
            count.setText(self._say.plural("{n} message", "{n} messages", messages) if name else "")
        self.setVisible(bool(senders) and self._timer.isActive())

    def _looked(self, *_: object) -> None:
        self._looking = False
