"""A name or an address as claimed, on its own line or lines: what is not what it seems stands in a coloured box with a line under it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domains import to_unicode
from app.i18n import Translation
from app.lookalike.marked import Mark, in_words, marked
from ui.controls import column, edge, label
from ui.theme import colours, font
from ui.words import ltr

LONGEST_WORD = 40


def claimed_address(address: str, say: Translation) -> QVBoxLayout:
    """An address as people see it (U-labels), left to right in every language."""
    local, at, domain = address.rpartition("@")
    return claimed(local + at + to_unicode(domain), say, address=True)


def claimed(text: str, say: Translation, *, address: bool = False) -> QVBoxLayout:
    """The text with its marks, and under it the same in words."""
    shown, marks = marked(text)
    if not marks and not _unbreakable(shown):
        plain = label(ltr(shown) if address else say.isolate(shown), wrap=True, selectable=True)
        plain.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a long list of names is no list of stops for Tab
        return column(plain)
    words = in_words(text, say)
    text_with_marks = MarkedText(shown, marks, " ".join([say.isolate(shown), *words]), address=address)
    return column(text_with_marks, *(label(each, "caption", tone="warn", wrap=True) for each in words), spacing=2)


def _unbreakable(text: str) -> bool:
    """A word so long that a label, which breaks at spaces alone, would push the panel's edge away."""
    return any(len(word) > LONGEST_WORD for word in text.split())


class MarkedText(QWidget):
    """Plain text, painted: it is never markup, whatever it holds."""

    def __init__(self, text: str, marks: tuple[Mark, ...], name: str, *, address: bool = False) -> None:
        super().__init__()
        self.text, self.marks = text, marks
        self.setAccessibleName(name)
        self._layout = QTextLayout(text, font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LeftToRight if address else Qt.LayoutDirection.LayoutDirectionAuto)
        option.setAlignment(edge())
        self._layout.setTextOption(option)
        self._layout.setFormats([self._format(mark) for mark in marks])
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @staticmethod
    def _format(mark: Mark) -> QTextLayout.FormatRange:
        result = QTextLayout.FormatRange()
        result.start, result.length = mark.start, mark.end - mark.start
        look = QTextCharFormat()
        look.setBackground(QColor(colours().warn.ground))
        look.setForeground(QColor(colours().warn.ink))
        look.setFontUnderline(True)
        result.format = look
        return result

    def heightForWidth(self, width: int) -> int:
        self._layout.beginLayout()
        height = 0.0
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(width, 40))
            line.setPosition(QPointF(0, height))
            height += line.height()
        self._layout.endLayout()
        return int(height) + 2

    def sizeHint(self) -> QSize:
        return QSize(120, self.heightForWidth(max(self.width(), 120)))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.heightForWidth(max(self.width(), 120)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setMinimumHeight(self.heightForWidth(self.width()))
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.heightForWidth(self.width())
        painter = QPainter(self)
        painter.setPen(QColor(colours().text))
        self._layout.draw(painter, QPointF(0, 0))
