"""A chart as it is drawn for every form of the report, here to be pointed at and clicked. The table beside it says the same to everybody."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.charts import ChartData, Palette, draw, swatch
from app.charts.sheet import Area
from app.i18n import Translation
from ui.theme import colours

LEAST_WIDTH = 240


def palette() -> Palette:
    """The colours in force."""
    c = colours()
    return Palette(c.text, c.muted, c.border, c.surface, c.good.ink, c.warn.ink, c.bad.ink, c.neutral.ink, c.info.ink)


def swatch_picture(tone: str) -> QPixmap:
    """The sign of a series in a legend."""
    result = QPixmap(QSize(28, 28))
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    QSvgRenderer(QByteArray(swatch(tone, palette()).encode())).render(painter, QRectF(0, 0, 28, 28))
    painter.end()
    result.setDevicePixelRatio(2)
    return result


class ChartPicture(QWidget):
    """Emits `chosen` with a row and a series (or None) of the chart."""

    chosen = Signal(int, object)

    def __init__(self, chart: ChartData, say: Translation, *, leads: bool = True) -> None:
        super().__init__()
        self._chart, self._say, self._leads = chart, say, leads
        self._pointed: Area | None = None
        self.drawing = draw(chart, palette(), LEAST_WIDTH, say.rtl, say.number)
        self._renderer = QSvgRenderer(self)
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription(chart.meaning)
        self.setMouseTracking(True)
        self.setMinimumWidth(LEAST_WIDTH)
        self.setFixedHeight(self.drawing.height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.drawing = draw(self._chart, palette(), max(LEAST_WIDTH, self.width()), self._say.rtl, self._say.number)
        self._renderer.load(QByteArray(self.drawing.svg.encode()))
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = self._pointed
        if area is not None:
            row = next(each for each in self.drawing.areas if each.row == area.row and each.series is None)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours().hover))
            painter.drawRoundedRect(QRectF(row.x, row.y, row.width, row.height), 4, 4)
        self._renderer.render(painter, QRectF(0, 0, self.drawing.width, self.drawing.height))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        area = self._at(event)
        if area != self._pointed:
            self._pointed = area
            self.setCursor(Qt.CursorShape.PointingHandCursor if area and self._leads else Qt.CursorShape.ArrowCursor)
            self.update()
            QToolTip.showText(event.globalPosition().toPoint(), self.words(area) if area else "", self)

    def leaveEvent(self, event: QEvent) -> None:
        self._pointed = None
        self.update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        area = self._at(event)
        if area is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(area.row, area.series)

    def words(self, area: Area) -> str:
        """`Mar 2026 · Proven: 412`, or every part of a row."""
        row, say = self._chart.rows[area.row], self._say
        shown = range(len(self._chart.series)) if area.series is None else [area.series]
        parts = [say("{name}: {n}", name=self._chart.series[at].name, n=row.amounts[at]) for at in shown if row.amounts[at]]
        return " · ".join([row.label, *parts])

    def _at(self, event: QMouseEvent) -> Area | None:
        """What is pointed at, unless it is empty."""
        area = self.drawing.at(event.position().x(), event.position().y())
        return area if area is not None and self._chart.rows[area.row].total else None
