"""How far each mailbox is, where several are read for one audit: its name, and one line that says so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QWidget

from app.contain import contained
from app.i18n import Translation
from app.model import ScanStatus
from ui import tokens as t
from ui.controls import column, frame, label, line, picture, row, scrolling
from ui.endings import sentence_of
from ui.scan_run import ScanRun
from ui.theme import colours

SHOWN_WHOLE, HEIGHT = 4, 190
"""So many mailboxes are shown without scrolling; more, in a window of this height."""
SHAPES = {
    ScanStatus.COMPLETE: ("good", "good"), ScanStatus.PARTIAL: ("warn", "warn"), ScanStatus.CANCELLED: ("info", "neutral"),
    ScanStatus.ERROR: ("bad", "bad"), ScanStatus.REFUSED: ("lock", "bad"),
}  # fmt: skip


class ScanParts(QWidget):
    """`show_parts()` after each change."""

    def __init__(self, say: Translation, parts: Sequence[ScanRun]) -> None:
        super().__init__()
        self._say, self._parts = say, parts
        self.lines: list[QLabel] = []
        self._pictures: list[QLabel] = []
        inner: QWidget = QWidget()
        layout = column(spacing=t.XS, margins=(t.L, t.S, t.L, t.S))
        for at, run in enumerate(parts):
            if at:
                layout.addWidget(line())
            name, state = label(say.isolate(contained(run.title)), "subheading", wrap=True), label("", "caption", wrap=True)
            mark = picture("mailbox", colours().muted)
            self.lines.append(state)
            self._pictures.append(mark)
            each = row(mark, column(name, state, spacing=0), spacing=t.M)
            each.setStretch(1, 1)
            layout.addLayout(each)
        inner.setLayout(layout)
        if len(parts) > SHOWN_WHOLE:
            area = scrolling(inner, say("The mailboxes of this audit"))
            area.setFixedHeight(HEIGHT)
            inner = area
        self.setLayout(column(frame("card", column(inner))))
        self.show_parts()

    def show_parts(self) -> None:
        for run, state, mark in zip(self._parts, self.lines, self._pictures, strict=True):
            state.setText(self._state(run))
            if run.end is not None:
                shape, tone = SHAPES[run.end.status]
                mark.setPixmap(picture(shape, getattr(colours(), tone).ink).pixmap())

    def _state(self, run: ScanRun) -> str:
        say = self._say
        if run.end is not None:
            return _ended(run, say)
        if run.total:
            return say.plural("{done} of {n} message", "{done} of {n} messages", run.total, done=say.number(run.done))
        return say("connecting …") if run.engine.running else say("waiting")


def _ended(run: ScanRun, say: Translation) -> str:
    """Where it failed, why and what to do."""
    assert run.end
    if run.end.status is ScanStatus.COMPLETE:
        return say.plural("{n} message was read.", "{n} messages were read.", run.end.messages)
    if run.end.failed:
        return sentence_of(run.end, run.notices, say)
    return say("not complete") if run.end.status is ScanStatus.PARTIAL else say("Cancelled")
