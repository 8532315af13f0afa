"""What the colours and textures of a chart mean, with their sums; a line breaks where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.charts import ChartData
from app.i18n import Translation
from ui import tokens as t
from ui.chart_picture import swatch_picture
from ui.controls import label, row


class Legend(QWidget):
    def __init__(self, chart: ChartData, say: Translation) -> None:
        super().__init__()
        self._entries = [self._entry(series.tone, series.name, say.number(chart.sum_of(at))) for at, series in enumerate(chart.series)]
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _entry(self, tone: str, name: str, amount: str) -> QWidget:
        sign = QLabel()
        sign.setPixmap(swatch_picture(tone))
        entry = QWidget(self)
        entry.setLayout(row(sign, label(name, "caption"), label(amount, "amount"), spacing=6))
        return entry

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, move=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self._arrange(self.width(), move=True))

    def _arrange(self, width: int, *, move: bool) -> int:
        """Put the entries into lines in reading direction; gives the height that takes."""
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = y = line = 0
        for entry in self._entries:
            size = entry.sizeHint()
            if x and x + size.width() > width:
                x, y, line = 0, y + line + t.XS, 0
            if move:
                entry.resize(size)
                entry.move(QPoint(width - x - size.width() if rtl else x, y))
            x, line = x + size.width() + t.L, max(line, size.height())
        return y + line
