"""Two names that look alike, letter under letter; where they differ stands a box with a line under it, and words say the same."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontDatabase, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from app.contain import contained
from app.domains import to_unicode
from app.i18n import Translation, has_rtl, mark
from app.lookalike.difference import Change, Piece, in_words, pieces
from app.model import DomainRow, Finding
from ui import tokens as t
from ui.controls import column, frame, label
from ui.theme import colours
from ui.words import ltr

WHOSE = {
    "lookalike_own": mark("{resembles} is your own domain."),
    "lookalike_known": mark("{resembles} belongs to somebody you deal with."),
    "lookalike_brand": mark("{resembles} belongs to a well-known organisation."),
}
SIZE, LINE, BETWEEN = 18, 28, 10
"""Pixels: of the letters, of a line of them, and between pairs of lines."""
MOST = 6


def resembled_in(domain: DomainRow) -> list[Finding]:
    """One finding for each pair of names, the first that says so."""
    found = {finding.params: finding for claim in domain.claims for finding in claim.findings if finding.id in WHOSE}
    return list(found.values())[:MOST]


def name_pair(finding: Finding, say: Translation) -> QFrame:
    """The name that was found and the one it resembles."""
    params = dict(finding.params)
    name, other = (contained(to_unicode(str(params[key]))) for key in ("domain", "resembles"))
    found = pieces(name, other)
    words = in_words(found, say)
    sentence = say(WHOSE[finding.id], resembles=ltr(other))
    parts: list[QWidget] = []
    if has_rtl(name + other):  # letters that join cannot stand one under the other
        parts += [label(ltr(name), "heading", wrap=True), label(ltr(other), "heading", wrap=True)]
    else:
        parts.append(Letters(found, say("{name} above {other}", name=ltr(name), other=ltr(other))))
    parts += [label(text, wrap=True) for text in words]
    return frame("card", column(*parts, label(sentence, "caption", wrap=True), spacing=t.S, margins=(t.L, t.M, t.L, t.M)))


class Letters(QWidget):
    """The two names in letters of one width. Names read from left to right in every language."""

    def __init__(self, found: tuple[Piece, ...], name: str) -> None:
        super().__init__()
        self.cells = [cell for piece in found for cell in cells_of(piece)]
        self.setAccessibleName(name)
        self._font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self._font.setPixelSize(SIZE)
        self._cell = max(QFontMetrics(self._font).horizontalAdvance("m") + 3, 12)
        self.setMinimumWidth(self._cell * 8)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _a_line(self, width: int) -> int:
        return max(1, (width - 4) // self._cell)

    def heightForWidth(self, width: int) -> int:
        lines = -(-len(self.cells) // self._a_line(width))
        return lines * (2 * LINE + BETWEEN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        a_line = self._a_line(self.width())
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        start = self.width() - min(a_line, len(self.cells)) * self._cell - 2 if rtl else 2
        for at, (here, there, different) in enumerate(self.cells):
            line, place = divmod(at, a_line)
            left, top = start + place * self._cell, line * (2 * LINE + BETWEEN)
            self._letter(painter, QRectF(left, top, self._cell, LINE), here, different)
            self._letter(painter, QRectF(left, top + LINE, self._cell, LINE), there, different)

    def _letter(self, painter: QPainter, area: QRectF, letter: str, different: bool) -> None:
        c = colours()
        if different:
            box = area.adjusted(1, 2, -1, -2)
            painter.setPen(QPen(QColor(c.warn.ink), 1))
            painter.setBrush(QColor(c.warn.ground))
            painter.drawRoundedRect(box, 3, 3)
            painter.fillRect(QRectF(box.left() + 2, box.bottom() - 3, box.width() - 4, 2), QColor(c.warn.ink))
        painter.setPen(QColor(c.warn.ink if different else c.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, letter)


def cells_of(piece: Piece) -> list[tuple[str, str, bool]]:
    """(letter here, letter there, whether they differ); a gap is an empty letter."""
    length = max(len(piece.here), len(piece.there))
    different = piece.change is not Change.SAME
    return [(piece.here[at : at + 1], piece.there[at : at + 1], different) for at in range(length)]
