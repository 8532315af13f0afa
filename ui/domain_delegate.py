"""Paints a cell of the table: a drawing, a line, a smaller line below it; mirrored where the window runs from right to left."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap, QPolygon
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import tokens as t
from ui.domain_cells import Cell, Column
from ui.domain_model import CELL, LEVEL, OPEN
from ui.icons import pixmap
from ui.theme import colours, font

PADDING, SHAPE, SMALL_SHAPE, GAP = t.M, 17, 13, 7
TRIANGLE, INDENT = 26, 22
"""What can be pressed to see the parts of a line, and how far these stand further in."""
_START = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_PLACE = {direction: QStyle.visualAlignment(direction, _START) | Qt.TextFlag.TextSingleLine for direction in Qt.LayoutDirection}
ELIDED = 4096
"""Shortened texts that are kept: the same words and names come again with every row and every scroll."""
_SELECTED, _FOCUSED = QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_HasFocus
_ELIDE, _ELIDE_NAME = Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideMiddle
"""A domain keeps its end: that is where its owner stands."""


class DomainDelegate(QStyledItemDelegate):
    """Reads a `Cell` from the model. Fonts, colours and drawings are made once."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._colours = colours()
        self._plain, self._strong, self._small = font(), font(weight=QFont.Weight.DemiBold), font(t.CAPTION)
        self._drawings: dict[tuple[str, str, int], QPixmap] = {}
        self._ink = cache(QColor)
        self._metrics = {id(face): QFontMetrics(face) for face in (self._plain, self._strong, self._small)}
        self._elided = lru_cache(ELIDED)(self._shortened)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        cell: Cell = index.data(CELL)
        first = QFontMetrics(self._strong if cell.strong else self._plain).horizontalAdvance(cell.text)
        second = QFontMetrics(self._small).horizontalAdvance(cell.second)
        width = max(first + (SHAPE + GAP if cell.shape else 0), second + (SMALL_SHAPE + GAP if cell.second_shape else 0))
        return QSize(width + 2 * PADDING + 2, t.ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        cell: Cell = index.data(CELL)
        c, area, direction = self._colours, option.rect, option.direction
        painter.save()
        if option.state & _SELECTED:
            painter.fillRect(area, self._ink(c.selection))
        painter.setPen(self._ink(c.border))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if index.column() == 0 and option.state & _SELECTED:
            edge = QStyle.visualRect(direction, area, QRect(area.left(), area.top(), 3, area.height() - 1))
            painter.fillRect(edge, self._ink(c.accent))
        inner = area.adjusted(PADDING, 0, -PADDING, -1)
        if index.column() == Column.DOMAIN:
            level = index.data(LEVEL)
            self._triangle(painter, triangle_in(area, level, direction), index.data(OPEN), direction)
            inner = QStyle.visualRect(direction, area, area.adjusted(TRIANGLE + (level - 1) * INDENT, 0, -PADDING, -1))
        if cell.second:
            half = inner.height() // 2
            self._line(painter, QRect(inner.left(), inner.top() + 3, inner.width(), half), direction, cell, first=True)
            self._line(painter, QRect(inner.left(), inner.top() + half, inner.width(), half - 3), direction, cell, first=False)
        else:
            self._line(painter, inner, direction, cell, first=True)
        painter.restore()

    def _line(self, painter: QPainter, area: QRect, direction: Qt.LayoutDirection, cell: Cell, *, first: bool) -> None:
        c = self._colours
        text, tone, shape, size = (cell.text, cell.tone, cell.shape, SHAPE) if first else (cell.second, cell.second_tone, cell.second_shape, SMALL_SHAPE)
        ink = getattr(c, tone).ink if tone and tone != "neutral" else c.text if first else c.muted
        rest = area
        if shape:
            box = QRect(area.left(), area.center().y() - size // 2, size, size)
            painter.drawPixmap(QStyle.visualRect(direction, area, box), self._drawing(shape, getattr(c, tone).ink, size))
            rest = QStyle.visualRect(direction, area, area.adjusted(size + GAP, 0, 0, 0))
        face = (self._strong if cell.strong else self._plain) if first else self._small
        painter.setFont(face)
        painter.setPen(self._ink(ink))
        painter.setLayoutDirection(direction)
        elided = self._elided(text, id(face), cell.name, rest.width())
        painter.drawText(rest, _PLACE[direction], elided)

    def _triangle(self, painter: QPainter, place: QRect, opened: bool | None, direction: Qt.LayoutDirection) -> None:
        """Pointing down where the parts are shown, else to where the text runs; nothing where there are none."""
        if opened is None:
            return
        x, y, ahead = place.center().x(), place.center().y(), -1 if direction == Qt.LayoutDirection.RightToLeft else 1
        corners = ((-4, -2), (4, -2), (0, 3)) if opened else ((-2 * ahead, -4), (-2 * ahead, 4), (3 * ahead, 0))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ink(self._colours.muted))
        painter.drawPolygon(QPolygon([QPoint(x + right, y + down) for right, down in corners]))

    def _shortened(self, text: str, face: int, name: bool, width: int) -> str:
        return self._metrics[face].elidedText(text, _ELIDE_NAME if name else _ELIDE, width)

    def _drawing(self, name: str, colour: str, size: int) -> QPixmap:
        key = (name, colour, size)
        if key not in self._drawings:
            self._drawings[key] = pixmap(name, colour, size)
        return self._drawings[key]


def triangle_in(cell: QRect, level: int, direction: Qt.LayoutDirection) -> QRect:
    """Where the triangle of a line stands in its first cell."""
    return QStyle.visualRect(direction, cell, QRect(cell.left() + (level - 1) * INDENT, cell.top(), TRIANGLE, cell.height()))
