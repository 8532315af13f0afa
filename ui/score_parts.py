"""A score as the sum it is: each part with its points and a bar that begins where the one before it ended."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from app.i18n import Translation
from app.model import Finding
from app.report import band_of
from app.texts import title_in_words
from ui import tokens as t
from ui.controls import edge, label, line
from ui.theme import colours
from ui.words import BANDS, points


class Bar(QWidget):
    """A piece of the scale from 0 to 100, mirrored with the window. The words beside it say the same."""

    def __init__(self, start: int, end: int, colour: str) -> None:
        super().__init__()
        self._start, self._end = sorted((max(0, min(100, start)), max(0, min(100, end))))
        self._colour = QColor(colour)
        self.setMinimumSize(70, 18)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        top, height = (self.height() - 8) / 2, 8.0
        painter.setBrush(QColor(colours().sunken))
        painter.drawRoundedRect(QRectF(0, top, self.width(), height), 4, 4)
        painter.setBrush(self._colour)
        left, right = self.width() * self._start / 100, self.width() * self._end / 100
        painter.drawRoundedRect(QRectF(left, top, max(3.0, right - left), height), 4, 4)


def score_parts(findings: tuple[Finding, ...], score: int, say: Translation) -> QFrame:
    """The parts of one score and their sum."""
    c = colours()
    grid = QGridLayout()
    grid.setContentsMargins(t.L, t.M, t.L, t.M)
    grid.setHorizontalSpacing(t.M)
    grid.setVerticalSpacing(t.S)
    grid.setColumnStretch(0, 3)
    grid.setColumnStretch(1, 2)
    total = 0
    for finding in findings:
        before, total = total, total + finding.points
        start = finding.id == "base"
        tone = "muted" if start or not finding.points else "good" if finding.points > 0 else "bad"
        ink = c.outline if tone == "muted" else getattr(c, tone).ink
        _part(grid, title_in_words(finding, say), Bar(before, total, ink), points(finding.points, say) if not start else say.number(finding.points), tone)
    grid.addWidget(line(), grid.rowCount(), 0, 1, 3)
    word = BANDS[band_of(score)]
    _part(grid, say("Score: {band}", band=say(word.text)), Bar(0, score, getattr(c, word.tone).ink), say.number(score), word.tone, strong=True)
    result = QFrame()
    result.setProperty("kind", "card")
    result.setLayout(grid)
    return result


def _part(grid: QGridLayout, title: str, bar: Bar, value: str, tone: str, *, strong: bool = False) -> None:
    at = grid.rowCount()
    words = label(title, "subheading" if strong else "", wrap=True)
    number = label(value, "heading" if strong else "subheading", tone="" if tone == "muted" else tone)
    number.setAlignment(edge(end=True) | Qt.AlignmentFlag.AlignVCenter)
    grid.addWidget(words, at, 0)
    grid.addWidget(bar, at, 1)
    grid.addWidget(number, at, 2)
